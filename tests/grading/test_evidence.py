"""A quote counts when it stands in the candidate's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.models import Verdict
from interviewer.grade import Criterion
from interviewer.grading.evidence import stands_in, verified

SAID = ("TCP resends\n  what is   LOST.", "Straße und Weg")


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("TCP resends", True),
        ("tcp RESENDS what", True),
        ("resends what is lost", True),
        (" is\tlost. ", True),
        ("STRASSE", True),
        ("TCP does not resend", False),
        ("resends ... lost", False),
        ("lost. Straße", False),
        ("resend what", False),
        ("", False),
        ("  \n", False),
    ],
)
def test_white_space_and_case_are_folded_and_nothing_else(quote: str, stands: bool) -> None:
    assert stands_in(quote, SAID) is stands


def test_nothing_stands_in_nothing() -> None:
    assert not stands_in("a", [])


@pytest.mark.parametrize(
    ("verdict", "quotes", "verdict_after", "quotes_after"),
    [
        (Verdict.MET, ("TCP resends", "Straße"), Verdict.MET, ("TCP resends", "Straße")),
        (Verdict.MET, ("TCP resends", "made up"), Verdict.MET, ("TCP resends",)),
        (Verdict.MET, ("made up",), Verdict.MISSED, ()),
        (Verdict.MET, (), Verdict.MISSED, ()),
        (Verdict.PARTIAL, ("made up",), Verdict.MISSED, ()),
        (Verdict.PARTIAL, ("what is lost",), Verdict.PARTIAL, ("what is lost",)),
        (Verdict.MISSED, ("made up",), Verdict.MISSED, ()),
        (Verdict.CANNOT_ASSESS, (), Verdict.CANNOT_ASSESS, ()),
    ],
)
def test_a_credited_point_without_a_true_quote_is_missed(
    verdict: Verdict, quotes: tuple[str, ...], verdict_after: Verdict, quotes_after: tuple[str, ...]
) -> None:
    before = Criterion("id", "Says it.", 3, verdict, quotes, essential=True)
    (after,) = verified([before], SAID)
    assert after == Criterion("id", "Says it.", 3, verdict_after, quotes_after, essential=True)


@given(text=st.text(min_size=1).filter(str.strip), data=st.data())
def test_every_piece_of_a_text_stands_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    piece = text[start:end]
    assert stands_in(piece, ["something else", text]) or not piece.strip()
