"""What the runner needs of a grader, and the bank's questions for those who grade."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

from interviewer.bulk.answers import Answer, BankAnswer
from interviewer.bulk.lines import LineError
from interviewer.content.bank import Bank
from interviewer.content.models import Question
from interviewer.errors import UsageError
from interviewer.grade import Grade


class Grader(Protocol):
    """Grades one answer at a time; several may be under way."""

    def name(self, answer: Answer) -> str:
        """Who will grade the answer: the same answer gets the same grade from the same name.

        Raises:
            LineError: nobody can, and why.
        """
        ...

    async def grade(self, answer: Answer) -> Grade:
        """The grade of an answer that has a name."""
        ...


class Questions:
    """The questions of a bank, which is opened for the first answer that names one."""

    def __init__(self, open_bank: Callable[[], Bank]) -> None:
        self._open_bank = open_bank

    def of(self, answer: BankAnswer) -> tuple[Question, str]:
        """The question that was answered, and how it was asked.

        Raises:
            UsageError: the bank cannot be opened.
            LineError: it has no such question, or a broken one.
        """
        bank = self._bank
        try:
            question = bank.question(answer.question_id)
        except UsageError as error:
            raise LineError(str(error)) from None
        return question, answer.question or question.asks[0]

    @cached_property
    def _bank(self) -> Bank:
        return self._open_bank()
