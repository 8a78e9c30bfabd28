"""Sample answers: the graders' test set has to have every kind of answer, labelled without contradiction."""

from __future__ import annotations

from collections.abc import Iterator

from interviewer.content.check.findings import Flaw
from interviewer.content.models import Question, Verdict

MIN_SAMPLES = 6
CONFIDENT_WORDS = 30
"""Who knows that nothing comes says little; a long answer of level 1 is somebody who is sure and wrong."""


def missing(question: Question) -> Iterator[Flaw]:
    """Kinds of answers that a written question still lacks; 2 and 3 are the boundary that is hard to judge."""
    loc, levels = ("samples",), {s.level for s in question.samples}
    if len(question.samples) < MIN_SAMPLES:
        yield Flaw(loc, f"{len(question.samples)} samples where {MIN_SAMPLES} or more are wanted: by different people")
    if absent := sorted({1, 2, 3, 4} - levels):
        yield Flaw(loc, f"no sample of level {' or '.join(map(str, absent))}; write one")
    if 1 in levels and not any(s.level == 1 and len(s.answer.split()) >= CONFIDENT_WORDS for s in question.samples):
        yield Flaw(loc, f"nobody is confident and wrong; write a level 1 answer of {CONFIDENT_WORDS} words or more")


def flaws(question: Question) -> Iterator[Flaw]:
    """Samples that stand there twice, and labels that contradict the scale."""
    essential = [p.id for p in question.rubric if p.essential]
    seen: set[str] = set()
    for number, sample in enumerate(question.samples):
        if sample.answer in seen:
            yield Flaw(("samples", number), "the same answer as above; let somebody else speak")
        seen.add(sample.answer)
        if Verdict.CANNOT_ASSESS in sample.points.values():
            yield Flaw(("samples", number, "points"), "`cannot_assess` is for graders; say met, partial or missed")
        lost = [p for p in essential if sample.points[p] is Verdict.MISSED]
        if sample.level > 2 and lost:
            text = f"level {sample.level} with the essential `{lost[0]}` missed; one of the labels is wrong"
            yield Flaw(("samples", number, "level"), text)
