"""What an answer has to bring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bulk.answers import BankAnswer, ReferenceAnswer, answer_of
from interviewer.bulk.lines import LineError

GOOD = {"id": "a", "answer": "It is.", "question_id": "tcp-and-udp"}


def complaint(fields: dict[str, object]) -> str:
    with pytest.raises(LineError) as caught:
        answer_of(fields)
    return str(caught.value)


def test_an_answer_to_a_question_of_the_bank() -> None:
    found = answer_of({**GOOD, "more": 1})
    assert found == BankAnswer(id="a", answer="It is.", question_id="tcp-and-udp")


@pytest.mark.parametrize(
    "by", [{"reference": "It."}, {"key_points": ["It."]}, {"reference": "", "key_points": ["It."]}]
)
def test_an_answer_that_brings_its_reference_is_judged_by_that(by: dict[str, object]) -> None:
    found = answer_of({"id": 1, "answer": "", "question": "What?", "question_id": "1.1", "score": 1, **by})
    assert isinstance(found, ReferenceAnswer)
    assert (found.question, found.question_id, found.score) == ("What?", "1.1", 1.0)
    assert {name: getattr(found, name) for name in by} == by


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"id": 1.5}, "id: must be text or a whole number"),
        ({"id": True}, "id: must be text or a whole number"),
        ({"answer": None}, "answer: must be text"),
        ({"answer": 5}, "answer: must be text"),
        ({"answer": "\ud800"}, "answer: holds half of a character"),
        ({"question_id": None}, "nothing to judge by"),
        ({"question_id": "", "reference": "", "key_points": []}, "nothing to judge by"),
        ({"question_id": 5}, "question_id: must be text"),
        ({"question_id": "../x"}, "question_id: is no question id"),
        ({"question_id": "a\x00"}, "question_id: is no question id"),
        ({"question_id": "a" * 100}, "question_id: is no question id"),
        ({"score": -0.1}, "score: is below 0"),
        ({"score": 1.1}, "score: is above 1"),
        ({"score": "1"}, "score: must be a number"),
        ({"score": True}, "score: must be a number"),
        ({"dataset": 7}, "dataset: must be text"),
        ({"reference": "It."}, "question: is missing"),
        ({"reference": 5, "question": "What?"}, "reference: must be text"),
        ({"key_points": "It.", "question": "What?"}, "key_points: must be a list of texts"),
        ({"key_points": ["It.", 5], "question": "What?"}, "key_points.1: must be text"),
    ],
)
def test_a_field_that_does_not_fit_is_named(change: dict[str, object], what: str) -> None:
    assert complaint({**GOOD, **change}).startswith(what)


def test_a_field_that_is_missing_is_named() -> None:
    assert complaint({k: v for k, v in GOOD.items() if k != "answer"}) == "answer: is missing; add it"


def test_data_sets_that_number_no_answers_are_read_too() -> None:
    assert answer_of({k: v for k, v in GOOD.items() if k != "id"}).id is None


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
VALUES = st.recursive(SCALARS, lambda v: st.lists(v, max_size=2) | st.dictionaries(st.text(max_size=3), v, max_size=2))
FIELDS = st.sampled_from(
    ["id", "answer", "question_id", "question", "reference", "key_points", "score", "dataset", "x"]
)


@given(st.dictionaries(FIELDS, VALUES))
def test_any_object_is_an_answer_or_a_complaint(fields: dict[str, object]) -> None:
    try:
        found = answer_of(fields)
    except LineError as error:
        assert str(error)
    else:
        assert (found.id, found.answer) == (fields.get("id"), fields["answer"])
