"""A model's judgement in bulk."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.bulk.answers import Answer, answer_of
from interviewer.bulk.grader import Questions
from interviewer.bulk.judge import JudgeGrader
from interviewer.bulk.lines import LineError
from interviewer.content.bank import Bank
from interviewer.errors import InterviewerError
from interviewer.grading.judge import Judge
from interviewer.llm.faults import Fault, ModelError
from tests.fakes import make_persona, make_point, make_question, make_round, write_bank
from tests.grading.judges import Play, StubJudge, giving

SAID = "A walrus swims in the sea and eats the mussels there."


def answer(text: str = SAID, **more: object) -> Answer:
    return answer_of({"id": 1, "answer": text, "question_id": "first", **more})


def grader(folder: Path, *plays: Play) -> JudgeGrader:
    question = make_question("first", rubric=[make_point("one", point="Names the walrus.", terms=["walrus"])])
    write_bank(folder, [make_round("hard-01", ["first"])], [question], [make_persona()])
    return JudgeGrader(Judge(StubJudge(*plays)), Questions(lambda: Bank(folder, folder / "personas")))


async def test_an_answer_gets_the_grade_of_the_judge(tmp_path: Path) -> None:
    judge = grader(tmp_path, giving({"Names the walrus.": ("met", ["A walrus swims"])}))
    graded = await judge.grade(answer())
    assert (graded.score, graded.grader) == (1.0, judge.name(answer()))
    assert judge.usage.prompt_tokens > 0
    assert "stub" in judge.name(answer())


async def test_a_reply_that_failed_is_a_remark_on_that_answer(tmp_path: Path) -> None:
    judge = grader(tmp_path, ModelError("the reply has no shape; try another model", Fault.WRONG_SHAPE))
    graded = await judge.grade(answer())
    assert (graded.score, graded.level, graded.grader) == (None, None, judge.name(answer()))
    assert graded.remarks == ("the reply has no shape; try another model",)


@pytest.mark.parametrize("fault", [Fault.KEY, Fault.UNREACHABLE, Fault.QUOTA, Fault.BUDGET])
async def test_what_other_answers_would_meet_too_ends_the_run(tmp_path: Path, fault: Fault) -> None:
    with pytest.raises(InterviewerError, match="no key; set one"):
        await grader(tmp_path, ModelError("no key; set one", fault)).grade(answer())


def test_a_model_judges_by_the_bank_alone(tmp_path: Path) -> None:
    judge = grader(tmp_path, giving({}))
    with pytest.raises(LineError, match="by the bank alone"):
        judge.name(answer(question="What?", reference="It."))
    with pytest.raises(LineError, match="no question `second`"):
        judge.name(answer(question_id="second"))
