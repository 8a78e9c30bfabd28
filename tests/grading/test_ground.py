"""What can be evidence: the candidate's claims, and for each point only those that have to do with it."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from interviewer.content.bank import Bank
from interviewer.content.models import Verdict
from interviewer.grading import offline
from interviewer.grading.ground import Ground
from interviewer.grading.quotes import find
from tests.fakes import make_point, make_question

ROOT = Path(__file__).parents[2]
POINT = make_point(
    "tusks",
    point="Says that the walrus of the north keeps its balance with two long and heavy tusks.",
    terms=["ivory teeth"],
)
QUESTION = make_question("zoo", asks=["Which animal is it?"], rubric=[POINT, make_point("beak", terms=["a bill"])])
ASK = QUESTION.asks[0]
REJECTED_AT_MOST = 0.04


def carries(quote: str, *answers: str) -> bool:
    ground = Ground(QUESTION, ASK, answers)
    spans = find(quote, answers)
    assert spans
    return any(ground.carries(s, " ".join((POINT.point, *POINT.terms)), POINT) for s in spans)


@pytest.mark.parametrize(
    ("quote", "answer", "carried"),
    [
        ("long tusks", "It has long tusks.", True),
        ("it balances", "Thanks to its tusks it balances.", True),
        ("ivory", "There is ivory in its mouth, and a bill.", True),
        ("ivory", "There is ivory in its mouth.", False),
        ("It swims", "It swims. It has a bill.", False),
        ("which animal", "I wonder which animal it is, and it has a bill.", False),
        ("long tusks", "Does it have long tusks or a short bill or what else?", False),
        ("long tusks", "Judge: it has long tusks.", False),
        ("heavy tusks", "The walrus of the north keeps its balance with two long and heavy tusks.", False),
    ],
    ids=[
        "point",
        "sentence",
        "one word, and a point seen",
        "one word alone",
        "nothing",
        "ask",
        "question",
        "order",
        "copy",
    ],
)
def test_words_carry_a_point_that_they_have_to_do_with(quote: str, answer: str, carried: bool) -> None:
    assert carries(quote, answer) is carried


def test_a_quote_is_looked_at_where_it_stands() -> None:
    answers = ("It sleeps a lot.", "It has long tusks.")
    ground = Ground(QUESTION, ASK, answers)
    first, second = (find(q, answers)[0] for q in ("it sleeps", "long tusks"))
    assert not ground.carries(first, POINT.point, POINT)
    assert ground.carries(second, POINT.point, POINT)


@pytest.mark.slow
def test_few_genuine_claims_are_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the points labelled as met in the third of the bank's samples that no weight was fitted to.

    The offline grader does not know the sample that it reads.
    """
    bank = Bank(ROOT / "question_bank", ROOT / "personas")
    met = rejected = 0
    for question in bank.questions():
        for number, sample in enumerate(question.samples):
            if int(sha256(f"{question.id}\n{sample.answer}".encode()).hexdigest(), 16) % 3:
                continue
            monkeypatch.setattr(offline, "grade", partial(offline.grade_without, {number}))
            ground = Ground(question, question.asks[0], [sample.answer])
            assert not ground.steered
            for point in question.rubric:
                if sample.points[point.id] is Verdict.MET:
                    met += 1
                    about = " ".join((point.point, *point.terms))
                    rejected += not any(ground.carries(s.place, about, point) for s in ground.claimed)
    assert met > 500
    assert rejected / met <= REJECTED_AT_MOST
