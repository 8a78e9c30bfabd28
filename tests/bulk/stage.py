"""A grader that plays, and a run into a file."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from interviewer.bulk.answers import Answer
from interviewer.bulk.meter import Meter
from interviewer.bulk.output import Output
from interviewer.bulk.run import run
from interviewer.content.models import Verdict
from interviewer.grade import Criterion, Grade

POINT = Criterion("1", "Says it.", 1, Verdict.MET, ("it",))


class StubGrader:
    """Scores by the length of the answer. Later answers are done sooner, so that order is not kept by chance."""

    def __init__(self, name: str = "stub") -> None:
        self.graded: list[str | int] = []
        self.most_under_way = 0
        self._name = name
        self._under_way = 0

    def name(self, answer: Answer) -> str:
        return self._name

    async def grade(self, answer: Answer) -> Grade:
        self.graded.append(answer.id)
        self._under_way += 1
        self.most_under_way = max(self.most_under_way, self._under_way)
        for _ in range(10 - len(self.graded) % 10):
            await asyncio.sleep(0)
        self._under_way -= 1
        score = len(answer.answer) % 11 / 10
        return Grade(1 + round(score * 3), score, self._name, (POINT,))


class NamedBytes(BytesIO):
    """A source with the name that complaints begin with."""

    name = "in.jsonl"


def answer_line(number: int, answer: str = "It is so.", **more: object) -> bytes:
    """A line that any grader takes."""
    fields = {"id": number, "question": "What is it?", "reference": "It.", "answer": answer, **more}
    return json.dumps(fields).encode() + b"\n"


def graded(data: bytes, output: Path, grader: StubGrader | None = None, concurrency: int = 1) -> Meter:
    """Grade the lines into the file, which may hold some already; what was counted."""
    source = NamedBytes(data)
    meter = Meter(source, shown=False)
    with Output.open(output) as sink:
        run(source, sink, grader or StubGrader(), concurrency, meter)
    return meter


def ids(output: Path) -> Sequence[int]:
    """The ids of the lines in the file."""
    return [json.loads(line)["id"] for line in output.read_text(encoding="ascii").splitlines()]
