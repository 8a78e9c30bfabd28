from __future__ import annotations

from collections.abc import Iterable

import pytest
from rich.console import Console, RenderableType

from interviewer.content.models import Question, Verdict
from interviewer.engine import commands as cmd
from interviewer.grade import Criterion
from interviewer.grading import score
from interviewer.report import Report, build
from interviewer.tui.present_report import MARKS, headline, overview, page, row
from tests.fakes import Performer, make_persona, make_plan, make_point, make_question

HOSTILE = "[red]x[/] \x1b[31mANSI\x07 \u202eevil\u202c"
SHOWN = "[red]x[/] [31mANSI evil"


def grade(question: Question, verdicts: Iterable[Verdict], quote: str = "A quote.", hints: int = 0) -> object:
    criteria = [
        Criterion(p.id, p.point, p.weight, v, (quote,) if v is Verdict.MET else (), p.essential)
        for p, v in zip(question.rubric, verdicts, strict=True)
    ]
    return score.grade(criteria, "stub", hints)


def words(*parts: RenderableType, width: int = 100) -> str:
    console = Console(width=width, color_system=None, file=None)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get()


POINTS = [make_point("one", weight=2, essential=True), make_point("two"), make_point("three"), make_point("four")]
QUESTIONS = [
    make_question("first", rubric=POINTS, study=("A book [1]",), model_answer=f"Do it. {HOSTILE}"),
    make_question("second"),
    make_question("third"),
    make_question("fourth"),
]


@pytest.fixture
def report() -> Report:
    """One answered with a hint, one skipped, one asked, one never reached; two people took turns."""
    people = [make_persona(name, max_follow_ups=0) for name in ("ann", "bob")]
    candidate = Performer(make_plan(*QUESTIONS, personas=people))
    candidate.do(cmd.AskHint())
    candidate.say(HOSTILE)
    verdicts = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSED, Verdict.CANNOT_ASSESS)
    candidate.decide(cmd.Graded(0, grade(QUESTIONS[0], verdicts, HOSTILE, hints=1)))  # type: ignore[arg-type]
    candidate.do(cmd.Skip())
    candidate.do(cmd.End())
    return build("s-1", candidate.state, model=None, agreement="Not measured.")


def test_the_headline_gives_signal_and_round(report: Report) -> None:
    lines = words(headline(report)).splitlines()
    assert lines[0].lower().startswith(report.overall.signal)
    assert lines[0].endswith("(provisional)") is report.overall.provisional
    assert lines[1].rstrip() == "test-round  Test round"


def test_the_list_shows_levels_and_hides_what_was_not_asked(report: Report) -> None:
    rows = [row(q).plain for q in report.questions]
    assert rows[0].startswith(f" {report.questions[0].level}  1. Ask of first?")
    assert rows[3] == " ·  4. not asked"
    assert "Ask of fourth?" not in "".join(rows)


def test_a_page_names_every_verdict_in_words_and_quotes_the_evidence(report: Report) -> None:
    text = words(*page(report, report.questions[0]))
    for mark, _ in MARKS.values():
        assert mark in text
    assert f"“{SHOWN}”" in text
    assert "essential" in text
    assert "1 hint taken" in text
    assert "A book [1]" in text


def test_a_page_names_who_spoke(report: Report) -> None:
    assert "Ann: <question>" in words(*page(report, report.questions[0]))
    assert "Bob: <question>" in words(*page(report, report.questions[1]))
    assert f"You: {SHOWN}" in words(*page(report, report.questions[0]))


def test_nothing_a_terminal_would_obey_gets_onto_a_page(report: Report) -> None:
    parts = [headline(report), *overview(report)]
    for question in report.questions:
        parts += [row(question), *page(report, question)]
    text = words(*parts)
    assert not set(text) & set("\x1b\x07\u202e\u202c")
    assert text.count("[red]x[/]") >= 3


def test_a_long_point_stays_beside_its_verdict(report: Report) -> None:
    crowded = report.questions[0].model_copy(
        update={"criteria": [c.model_copy(update={"point": "word " * 30}) for c in report.questions[0].criteria]}
    )
    lines = words(*page(report, crowded), width=40).splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("✓ met"))
    assert lines[start + 1].startswith(" " * 10)
    assert lines[start + 1].strip().startswith("word")


@pytest.mark.parametrize(
    ("position", "says", "hides"),
    [
        (2, "Skipped", "Not graded yet."),
        (3, "This question was asked, but not answered.", "A strong answer"),
        (4, "This question was not asked. It stays hidden", "Ask of fourth?"),
    ],
)
def test_what_was_not_answered(report: Report, position: int, says: str, hides: str) -> None:
    text = words(*page(report, report.questions[position - 1]))
    assert says.lower() in text.lower()
    assert hides not in text


def test_the_overview_says_why_and_who_judged(report: Report) -> None:
    text = words(*overview(report))
    assert "Ann (ann role), Bob (bob role)" in text
    assert all(reason in text.replace("\n", " ") for reason in report.overall.reasons)
    assert "Not measured." in text
    assert "the scripted interviewer" in text
    assert "Work on these first" in text


def test_every_page_fits_a_narrow_column(report: Report) -> None:
    parts = [*overview(report)]
    for question in report.questions:
        parts += page(report, question)
    assert max(map(len, words(*parts, width=34).splitlines())) <= 34
