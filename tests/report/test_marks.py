"""Evidence in the candidate's own words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.models import Verdict
from interviewer.report.marks import Span, spans
from interviewer.report.model import Line, PointResult, QuestionReport
from interviewer.text import printable
from tests.report.sessions import BOTH, report_of, zoo_plan


def thread(*texts: str, quotes: list[list[str]], kind: str = "answer") -> QuestionReport:
    base = report_of(zoo_plan(), BOTH).questions[0]
    lines = [Line(speaker="candidate", persona=None, kind=kind, text=t, at="") for t in texts]
    points = [
        PointResult(id=f"p{i}", point="P.", weight=1, essential=False, verdict=Verdict.MET, evidence=q)
        for i, q in enumerate(quotes)
    ]
    return base.model_copy(update={"thread": lines, "criteria": points})


def test_marks_stand_around_the_quote() -> None:
    found = spans(thread("So, it keeps time. Yes.", quotes=[["it keeps time"]]))
    assert found == [[Span("So, "), Span("it keeps time", (1,)), Span(". Yes.")]]


def test_case_and_white_space_are_folded_but_the_candidates_own_text_is_shown() -> None:
    found = spans(thread("It  KEEPS\n time", quotes=[["it keeps time"]]))
    assert found == [[Span("It  KEEPS\n time", (1,))]]


def test_characters_that_grow_when_folded() -> None:
    found = spans(thread("Straße und İzmir halt", quotes=[["strasse"], ["halt"]]))
    assert [s for s in found[0] if s.points] == [Span("Straße", (1,)), Span("halt", (2,))]


def test_overlapping_quotes_become_one_mark_with_both_numbers() -> None:
    found = spans(thread("one two three four", quotes=[["one two three"], ["three four"]]))
    assert found == [[Span("one two three four", (1, 2))]]


def test_only_the_first_place_and_only_answers() -> None:
    assert [bool(line[0].points) for line in spans(thread("yes", "yes", quotes=[["yes"]]))] == [True, False]
    assert spans(thread("yes", quotes=[["yes"]], kind="clarification")) == [[Span("yes")]]


def test_a_quote_that_nobody_said_marks_nothing() -> None:
    assert spans(thread("something", quotes=[["else"], [""], [" "]])) == [[Span("something")]]


def test_interviewers_are_never_marked() -> None:
    report = report_of(zoo_plan(), BOTH)
    asked, answered = spans(report.questions[0])
    assert not any(s.points for s in asked)
    assert [s.text for s in answered if s.points] == BOTH.replace(". A", ".|A").split("|")


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=3))
def test_pieces_always_add_up_to_the_text(text: str, quotes: list[str]) -> None:
    (pieces,) = spans(thread(text, quotes=[quotes]))
    assert "".join(p.text for p in pieces) == printable(text)
