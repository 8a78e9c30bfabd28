"""Has a model write the debrief from the verdicts, and keeps the claims that a verdict carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel

from interviewer.content.models import Verdict
from interviewer.debrief import Claim, Debrief
from interviewer.grade import Criterion, Grade
from interviewer.llm.model import StructuredModel, Usage
from interviewer.llm.prompts.debriefing import debriefing_prompt
from interviewer.text import one_line

MOST_CLAIMS = 7
LONGEST = 400
CARRIES = {"strength": {Verdict.MET, Verdict.PARTIAL}, "gap": {Verdict.MISSED, Verdict.PARTIAL}}
_RATES = re.compile(r"\b(?:levels?|scores?|grades?|hired?|hiring|percent|out of \d)\b|\d\s*/\s*\d|%", re.IGNORECASE)


class DraftedClaim(BaseModel):
    """A claim as the model gives it."""

    verdict_id: str
    kind: Literal["strength", "gap"]
    sentence: str


class Draft(BaseModel):
    """A model's reply."""

    claims: list[DraftedClaim]


async def write_debrief(model: StructuredModel, graded: Mapping[int, tuple[str, Grade]]) -> tuple[Debrief, Usage]:
    """The debrief of the questions that were graded, by their positions, each with what was asked.

    Raises:
        ModelError: the model did not deliver.
    """
    known: dict[str, tuple[int, Criterion]] = {}
    questions = []
    for position, (ask, grade) in graded.items():
        keyed = {f"q{position}.{n}": c for n, c in enumerate(grade.criteria, 1)}
        known |= {key: (position, criterion) for key, criterion in keyed.items()}
        questions.append((ask, [(key, c.verdict, c.point) for key, c in keyed.items()]))
    draft, usage = await model.structured(debriefing_prompt(questions), Draft)
    kept = (_kept(claim, known) for claim in draft.claims)
    return Debrief(tuple(c for c in kept if c)[:MOST_CLAIMS], model.name), usage


def _kept(claim: DraftedClaim, known: Mapping[str, tuple[int, Criterion]]) -> Claim | None:
    """The claim where its verdict exists and carries it, and where it does not rate."""
    position, criterion = known.get(claim.verdict_id.strip(), (0, None))
    text = one_line(claim.sentence).strip()
    if criterion is None or criterion.verdict not in CARRIES[claim.kind]:
        return None
    if not text or len(text) > LONGEST or _RATES.search(text):
        return None
    return Claim(text, claim.kind, position, criterion.id)
