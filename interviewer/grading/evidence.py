"""Whether a quote really stands in what the candidate said."""

from __future__ import annotations

from collections.abc import Sequence


def stands_in(quote: str, texts: Sequence[str]) -> bool:
    """True when the quote occurs in one of the texts, white space and case folded."""
    folded = fold(quote)
    return bool(folded) and any(folded in fold(text) for text in texts)


def fold(text: str) -> str:
    """Lower case, runs of white space as one space."""
    return " ".join(text.casefold().split())
