"""Answers that need no grading: empty, the question said back, words without language. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.grading.language import FUNCTION_WORDS, stems, tokens

MIN_WORDS = 3
ECHO_SHARE = 0.85
SALAD_MIN_WORDS = 8
SALAD_FUNCTION_SHARE = 0.12


def closed_by(text: str, question: str) -> str | None:
    """Why the text cannot cover any point, or None where it has to be graded."""
    words = tokens(text)
    if len(words) < MIN_WORDS and not stems(text):
        return "empty"
    if is_echo(text, question):
        return "echo"
    return "salad" if is_salad(words) else None


def is_echo(text: str, question: str) -> bool:
    """Nearly all content words of the text come from the question, and there are several of them."""
    content = stems(text)
    if len(content) < 3:
        return False
    asked = set(stems(question))
    return sum(s in asked for s in content) / len(content) >= ECHO_SHARE


def is_salad(words: Sequence[str]) -> bool:
    """A row of keywords: hardly any of the small words that sentences need."""
    if len(words) < SALAD_MIN_WORDS:
        return False
    return sum(w in FUNCTION_WORDS for w in words) / len(words) < SALAD_FUNCTION_SHARE
