"""The judge: a model says for each rubric point what was said to it; code checks the quotes and does the counting."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from interviewer.content.models import Question, Verdict
from interviewer.debrief import Debrief
from interviewer.grade import RULE, Criterion, Grade
from interviewer.grading import score
from interviewer.grading.checklist import Checklist, make_checklist
from interviewer.grading.debriefing import write_debrief
from interviewer.grading.ground import Ground
from interviewer.grading.judgement import Judgement, Reading, read
from interviewer.grading.votes import combined
from interviewer.llm.faults import ModelError
from interviewer.llm.model import Prompt, StructuredModel, Usage
from interviewer.llm.prompts.fence import shortened
from interviewer.llm.prompts.judging import judging_prompt

VERSION = "judge-1"
LONGEST = 24_000
"""Characters of one thread that a judge reads, about 6,000 tokens."""

NO_MORE = "no point counts for more than the offline grader gives it."
STEERED = f"Parts of the answer speak to the grader and not to the question. They do not count, and {NO_MORE}"
CREDULOUS = f"The judge credited a point that nobody can meet, so {NO_MORE}"
NOTHING = "There is nothing in the answer that could be judged, so no model was asked."


class Judge:
    """Grades threads with a model. `samples` readings are taken of each; more than one show how sure the judge is."""

    def __init__(self, model: StructuredModel, samples: int = 1) -> None:
        self._model = model
        self._samples = samples

    @property
    def name(self) -> str:
        """How a grade names its grader."""
        several = f" x{self._samples}" if self._samples > 1 else ""
        return f"{VERSION} {self._model.name}{several}"

    @property
    def lack(self) -> str | None:
        """What its model lacks, with the mend; None where nothing is missing."""
        return self._model.lack

    async def grade(self, question: Question, ask: str, answers: Sequence[str], hints: int = 0) -> tuple[Grade, Usage]:
        """The grade of a thread, and what the model took for it. Where nothing was claimed no model is asked.

        Raises:
            ModelError: the model did not deliver a single reading.
        """
        ground = await asyncio.to_thread(Ground, question, ask, answers)
        if ground.empty or not question.rubric:
            return _by_rule(question, hints), Usage(cost_usd=0.0)
        checklist = make_checklist(question)
        shown, lost = shortened(ground.answers, LONGEST)
        flags = {key: flag.claim for key, flag in checklist.flags.items()}
        prompt = judging_prompt(question, ask, checklist.items, flags, shown)
        readings, usage = await self._readings(prompt, checklist, ground)
        grade = combined(readings, self.name, hints)
        remarks = [
            STEERED if ground.steered else "",
            CREDULOUS if any(r.credulous for r in readings) else "",
            _left_to_offline(max(r.unjudged for r in readings)),
            f"The judge did not read {lost:,} words in the middle of long answers." if lost else "",
            f"Read {len(readings)} of {self._samples} times." if len(readings) < self._samples else "",
        ]
        return replace(grade, remarks=tuple(r for r in remarks if r)), usage

    async def debrief(self, graded: Mapping[int, tuple[str, Grade]]) -> tuple[Debrief, Usage]:
        """See `write_debrief`."""
        return await write_debrief(self._model, graded)

    async def _readings(self, prompt: Prompt, checklist: Checklist, ground: Ground) -> tuple[list[Reading], Usage]:
        """As many as there were to be, or as came before the model failed."""
        readings: list[Reading] = []
        usage = Usage(cost_usd=0.0)
        while len(readings) < self._samples:
            try:
                judgement, used = await self._model.structured(prompt, Judgement)
            except ModelError:
                if not readings:
                    raise
                break
            usage += used
            readings.append(read(judgement, checklist, ground))
        return readings, usage


def _left_to_offline(points: int) -> str:
    if not points:
        return ""
    what = "one point" if points == 1 else f"{points} points"
    return f"The judge gave no verdict on {what}, so the offline grader's stands there."


def _by_rule(question: Question, hints: int) -> Grade:
    missed = [Criterion(p.id, p.point, p.weight, Verdict.MISSED, essential=p.essential) for p in question.rubric]
    return replace(score.grade(missed, RULE, hints), remarks=(NOTHING,))
