"""Same direction or the reverse: negations, opposite words, exchanged roles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading import polarity
from interviewer.language import stem, words


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("A stack is a LIFO structure.", "A stack is a FIFO structure."),
        ("TCP guarantees the order of segments.", "UDP guarantees the order of segments."),
        ("TCP guarantees the order of segments.", "TCP does not guarantee the order of segments."),
        ("TCP is connection-oriented.", "TCP is connectionless."),
        ("A private member cannot be read from outside.", "A private member can be read from outside."),
        ("It is a nonlinear function.", "It is a linear function."),
        ("Both lamps are in the same state.", "Both lamps are in different states."),
        ("Reads are cheap while writes are slow.", "Reads are slow while writes are cheap."),
        ("It works without a lock.", "It works with a lock."),
    ],
)
def test_reversed_claims(claim: str, said: str) -> None:
    assert polarity.mismatch(claim, said) == 1.0
    assert polarity.mismatch(said, claim) == 1.0


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("It increases the variance.", "It does not decrease the variance."),
        ("It can read the value.", "Yes, it can read that value."),
        ("It adds and removes elements.", "It removes and adds elements."),
        ("It is not only fast.", "It is fast."),
    ],
)
def test_the_same_claims(claim: str, said: str) -> None:
    assert polarity.mismatch(claim, said) == 0.0


@pytest.mark.parametrize("said", ["", "Bananas are yellow.", "It is not so."])
def test_clauses_about_other_things_are_not_compared(said: str) -> None:
    assert polarity.mismatch("TCP guarantees the order of segments.", said) is None


@given(st.text(max_size=200))
def test_a_claim_never_contradicts_itself(text: str) -> None:
    assert polarity.mismatch(text, text) in {None, 0.0}


@given(st.text(max_size=300))
def test_clauses_are_verbatim_pieces_in_order(text: str) -> None:
    at = 0
    for clause in polarity.clauses(text):
        at = text.index(clause, at) + len(clause)


def test_a_sentence_is_parted_where_a_new_claim_begins() -> None:
    text = "Stacks are LIFO whereas queues are FIFO, but lists allow both ends."
    assert polarity.clauses(text) == ("Stacks are LIFO", "whereas queues are FIFO", "but lists allow both ends.")


@pytest.mark.parametrize(("text", "odd"), [("it isn't so", True), ("it cannot not work", False), ("it works", False)])
def test_negations_are_counted(text: str, odd: bool) -> None:
    assert polarity.negated(words(text)) is odd


def test_opposites_hold_both_ways_and_never_of_a_word_itself() -> None:
    assert stem("queue") in polarity.opposites("stack")
    assert "stack" in polarity.opposites(stem("queue"))
    for one, others in polarity._table().items():
        assert one not in others
        assert all(one in polarity.opposites(other) for other in others)
