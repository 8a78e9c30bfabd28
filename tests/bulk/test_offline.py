"""The offline graders in bulk."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.bulk.answers import Answer, answer_of
from interviewer.bulk.grader import Questions
from interviewer.bulk.lines import LineError
from interviewer.bulk.offline import Offline, OfflineGrader
from interviewer.content.bank import Bank
from interviewer.errors import UsageError
from interviewer.grading import offline, reference
from tests.fakes import make_persona, make_point, make_question, make_round, write_bank

QUESTION = make_question("first", asks=("What swims in the sea over there?",), rubric=[make_point(terms=["walrus"])])


def answer(text: str, **more: object) -> Answer:
    return answer_of({"id": 1, "answer": text, "question_id": "first", **more})


@pytest.fixture
def questions(tmp_path: Path) -> Questions:
    write_bank(tmp_path, [make_round("hard-01", ["first"])], [QUESTION], [make_persona()])
    return Questions(lambda: Bank(tmp_path, tmp_path / "personas"))


async def test_a_bank_answer_gets_the_grade_that_an_interview_gives(questions: Questions) -> None:
    grader, found = OfflineGrader(Offline(questions)), answer("A walrus swims.")
    graded = await grader.grade(found)
    assert graded == offline.grade(QUESTION, QUESTION.asks[0], ["A walrus swims."])
    assert (graded.score, grader.name(found)) == (1.0, graded.grader)


async def test_the_question_may_have_been_asked_in_other_words(questions: Questions) -> None:
    grader, said = OfflineGrader(Offline(questions)), "A walrus swims near my house."
    assert (await grader.grade(answer(said))).score == 1.0
    assert (await grader.grade(answer(said, question="Is it a walrus that swims near my house?"))).score == 0.0


def test_a_question_that_the_bank_lacks(questions: Questions) -> None:
    with pytest.raises(LineError, match="no question `second`"):
        Offline(questions).name(answer_of({"id": 1, "answer": "x", "question_id": "second"}))


def test_a_bank_that_cannot_be_opened_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a question bank"):
        Offline(Questions(lambda: Bank(tmp_path / "no", tmp_path))).name(answer("x"))


REFERENCE = {
    "id": 1,
    "question": "What is a mutex for?",
    "reference": "It lets one thread at a time enter the section.",
}
SAID = "Only one thread at a time can enter the section."


@pytest.mark.parametrize("points", [None, ["One thread at a time enters the section.", "It is released afterwards."]])
async def test_an_answer_is_graded_against_what_it_brings(questions: Questions, points: list[str] | None) -> None:
    found = answer_of({**REFERENCE, "answer": SAID, "key_points": points})
    graded = await OfflineGrader(Offline(questions)).grade(found)
    ask, whole = str(REFERENCE["question"]), str(REFERENCE["reference"])
    assert graded == reference.grade_reference(ask, whole, points or [], SAID)
    assert graded.score is not None and graded.score > 0.3
    assert len(graded.criteria) == len(points or [1])


async def test_severity_is_taken_from_the_score_and_told(questions: Questions) -> None:
    found = answer_of({**REFERENCE, "answer": SAID})
    plain, strict = Offline(questions), Offline(questions, 0.2)
    assert (plain.name(found), strict.name(found)) == (reference.GRADER, f"{reference.GRADER}, severity 0.2")
    before, after = plain.grade(found).score, strict.grade(found).score
    assert before is not None and after == pytest.approx(before - 0.2, abs=1e-4)
