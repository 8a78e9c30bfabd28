"""Answers in bulk: JSON lines in, graded JSON lines out, and how far grades agree with people."""
