"""Answers to grades: a verdict per rubric point with evidence; code derives the level."""
