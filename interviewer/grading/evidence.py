"""Whether a quote really stands in what the candidate said. Every grade passes through here, whoever graded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from interviewer.content.models import Verdict
from interviewer.grade import Criterion

NEEDS_EVIDENCE = {Verdict.MET, Verdict.PARTIAL}


def verified(criteria: Sequence[Criterion], answers: Sequence[str]) -> list[Criterion]:
    """The criteria with quotes that the candidate really said; a credited point that has none left is missed."""
    checked = []
    for criterion in criteria:
        quotes = tuple(q for q in criterion.evidence if stands_in(q, answers))
        verdict = criterion.verdict if quotes or criterion.verdict not in NEEDS_EVIDENCE else Verdict.MISSED
        checked.append(replace(criterion, evidence=quotes, verdict=verdict))
    return checked


def stands_in(quote: str, texts: Sequence[str]) -> bool:
    """True when the quote occurs in one of the texts, white space and case folded."""
    folded = fold(quote)
    return bool(folded) and any(folded in fold(text) for text in texts)


def fold(text: str) -> str:
    """Case folded, runs of white space as one space."""
    return " ".join(text.casefold().split())
