"""Wrong claims: said in their own direction they are found, denied or merely alike they are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from interviewer.content.models import RedFlag
from interviewer.grading import flags, offline
from tests.fakes import make_point, make_question

CLAIM = "A mutex guarantees that the threads take turns."
FLAG = RedFlag(claim=CLAIM, correction="A mutex keeps them apart and says nothing about who comes next.")
RIGHT = "A semaphore wakes the other thread after each number. The lock is released while a thread waits."


def found(said: str) -> Sequence[str]:
    question = make_question(
        "turns", rubric=(make_point("one", terms=("semaphore",)),), red_flags=(FLAG,), model_answer=RIGHT
    )
    return [f.claim for f in offline.grade(question, "How do two threads take turns?", [said]).red_flags]


@pytest.mark.parametrize(
    ("said", "is_found"),
    [
        (CLAIM, True),
        ("With a mutex it is guaranteed that both threads take turns.", True),
        ("A mutex doesn't guarantee that the threads take turns.", False),
        ("A mutex never guarantees that threads take turns.", False),
        (FLAG.correction, False),
        ("I would use a mutex.", False),
        ("The threads sleep in turns.", False),
        ("I like the sea.", False),
    ],
)
def test_a_red_flag_is_found_in_its_own_direction(said: str, is_found: bool) -> None:
    assert found(said) == ([CLAIM] if is_found else [])


@pytest.mark.parametrize(
    ("said", "turned"),
    [
        ("A waiting thread releases the lock.", False),
        ("A waiting thread does not release the lock.", True),
        ("A thread that holds no lock may sleep anywhere it likes.", False),
        ("We had cake.", False),
    ],
)
def test_a_right_sentence_turned_around_is_noticed(said: str, turned: bool) -> None:
    assert flags.reverses(said, ["A waiting thread releases the lock."]) is turned


def test_a_sentence_that_makes_a_wrong_claim_earns_no_point() -> None:
    point = make_point("order", terms=("take turns",))
    question = make_question("turns", rubric=(point,), red_flags=(FLAG,), model_answer=RIGHT)
    assert offline.grade(question, "Well?", [CLAIM]).score == 0
    assert offline.grade(question, "Well?", ["With two semaphores the threads take turns."]).score == 1
