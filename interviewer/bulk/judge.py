"""A model's judgement in bulk."""

from __future__ import annotations

from interviewer.bulk.answers import Answer, BankAnswer
from interviewer.bulk.grader import Questions
from interviewer.bulk.lines import LineError
from interviewer.errors import InterviewerError
from interviewer.grade import Grade
from interviewer.grading.judge import Judge
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Usage


class JudgeGrader:
    """A judge for the runner; `usage` is what its model took so far."""

    def __init__(self, judge: Judge, questions: Questions) -> None:
        self._judge = judge
        self._questions = questions
        self.usage = Usage(cost_usd=0.0)

    def name(self, answer: Answer) -> str:
        """See `Grader.name`."""
        if not isinstance(answer, BankAnswer):
            raise LineError("a model judges by the bank alone; name a question with question_id, or leave out --model")
        self._questions.of(answer)
        return self._judge.name

    async def grade(self, answer: Answer) -> Grade:
        """See `Grader.grade`. What is wrong with this answer's reply alone ends as a remark on a grade without score.

        Raises:
            InterviewerError: the model would fail other answers too, or the budget is spent.
        """
        assert isinstance(answer, BankAnswer)
        question, ask = self._questions.of(answer)
        try:
            grade, usage = await self._judge.grade(question, ask, [answer.answer])
        except ModelError as error:
            if error.fault.is_outage or error.fault is Fault.BUDGET:
                raise InterviewerError(str(error)) from None
            return Grade(None, None, self._judge.name, (), remarks=(str(error),))
        self.usage += usage
        return grade
