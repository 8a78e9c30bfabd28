"""The bank's labelled samples: which are held out, and what the grader sees when it is measured on one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from interviewer import paths
from interviewer.content.bank import Bank
from interviewer.content.models import Question, Sample


@dataclass(frozen=True, slots=True)
class Measured:
    """One sample of a question; `hidden` are the samples that must not be known when it is graded."""

    question: Question
    number: int
    sample: Sample
    hidden: frozenset[int]


def held_out(question: Question, sample: Sample) -> bool:
    """A third of the samples, by the hash of question and answer: never tuned on, never looked at."""
    return int(sha256(f"{question.id}\n{sample.answer}".encode()).hexdigest(), 16) % 3 == 0


def questions() -> list[Question]:
    """The shipped bank's questions that have a rubric, in the order of their files."""
    bank = Bank(paths.shipped("question_bank"), paths.shipped("personas"))
    found = [bank.question(p.parent.name if p.name == "question.yaml" else p.stem) for p in bank.question_files()]
    return [q for q in found if q.rubric]


def measured(asked: list[Question], *, held: bool) -> Iterator[Measured]:
    """The held-out samples, or the others; none of them is graded by an exemplar that is held out, or by itself."""
    for question in asked:
        out = frozenset(n for n, s in enumerate(question.samples) if held_out(question, s))
        for number, sample in enumerate(question.samples):
            if (number in out) is held:
                yield Measured(question, number, sample, out | {number})
