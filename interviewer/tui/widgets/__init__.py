"""Widgets that know nothing of the interview but what they are given."""
