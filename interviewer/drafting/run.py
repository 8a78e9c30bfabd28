"""Drafts for the questions of a bank, one after the other, each written as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from interviewer.content import yaml
from interviewer.content.bank import Bank
from interviewer.content.models import Question, Status
from interviewer.drafting.draft import Draft, draft
from interviewer.drafting.edit import add_fields
from interviewer.errors import InterviewerError, UsageError
from interviewer.llm.faults import ModelError
from interviewer.llm.model import StructuredModel, Usage
from interviewer.text import one_line


@dataclass(frozen=True, slots=True)
class Result:
    """How many questions got a draft, how many got none though they lack something, and what it took."""

    drafted: int
    failed: int
    usage: Usage


def choose(bank: Bank, wanted: Sequence[str]) -> list[Question]:
    """The questions meant: those named, else all that no person has accepted.

    Raises:
        UsageError: a question that is not there, or that is accepted: nothing of a person's is drafted over.
    """
    if not wanted:
        return [q for q in bank.questions() if q.status is not Status.ACCEPTED]
    chosen = [bank.question(name) for name in dict.fromkeys(wanted)]
    for question in chosen:
        if question.status is Status.ACCEPTED:
            path = bank.question_file(question.id)
            raise UsageError(
                f"{path}: is accepted; write `status: {Status.DRAFT}` into it to have what it lacks drafted"
            )
    return chosen


async def draft_all(
    bank: Bank, questions: Sequence[Question], model: StructuredModel, tell: Callable[[str], None]
) -> Result:
    """Draft what the questions lack and write it into their files; `tell` gets a line for each thing that happens.

    A question that cannot be drafted does not keep the others from it, unless the model fails altogether.

    Raises:
        InterviewerError: the model is out of reach, out of budget, or refuses to work.
    """
    drafted = failed = 0
    usage = Usage(cost_usd=0.0)
    for question in questions:
        path = bank.question_file(question.id)
        raw = yaml.read_bytes(path)
        try:
            found = await draft(question, yaml.parse(raw, path).keys(), model)
            usage += found.usage
            if found.fields:
                add_fields(path, raw, found.fields)
        except ModelError as error:
            if error.fault.is_outage or error.fault is error.fault.BUDGET:
                raise InterviewerError(f"{drafted} drafted, then stopped at `{question.id}`: {error}") from None
            tell(one_line(f"{path}: no draft: {error}"))
            failed += 1
            continue
        except InterviewerError as error:
            tell(one_line(str(error)))
            failed += 1
            continue
        for line in _told(path, found):
            tell(one_line(line))
        drafted += bool(found.fields)
        failed += not found.fields and bool(found.flaws)
    return Result(drafted, failed, usage)


def _told(path: Path, found: Draft) -> list[str]:
    if not found.fields:
        why = "; ".join(f"{'.'.join(map(str, f.loc))}: {f.text}" for f in found.flaws[:3])
        return [f"{path}: no draft: what came does not fit: {why}" if why else f"{path}: lacks nothing"]
    lines = yaml.Lines(yaml.read_bytes(path))
    flaws = [f"{path}:{lines.of(flaw.loc)}: {flaw.text}" for flaw in found.flaws]
    return [f"{path}: drafted {', '.join(found.fields)}", *flaws]
