"""A report to what the report screen shows: rows for the list, pages of styled text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from interviewer.content.models import Verdict
from interviewer.engine.events import Outcome
from interviewer.grade import LEVELS
from interviewer.report.model import FoundMisconception, PointResult, QuestionReport, Report
from interviewer.report.words import NO_RUBRIC, NOT_GRADED, certainty, graded_by, result, speaker
from interviewer.text import printable
from interviewer.tui.clocks import minutes
from interviewer.tui.present import showable

MARKS = {
    Verdict.MET: ("✓ met", "green"),
    Verdict.PARTIAL: ("~ partial", "yellow"),
    Verdict.MISSED: ("✗ missed", "red"),
    Verdict.CANNOT_ASSESS: ("? cannot assess", "dim"),
}


def headline(report: Report) -> Text:
    """The signal, and how sure one can be of it."""
    provisional = "  (provisional)" if report.overall.provisional else ""
    signal = (report.overall.signal.capitalize(), "bold")
    return Text.assemble(signal, (provisional, "dim"), printable(f"\n{report.round}  {report.title}"))


def row(question: QuestionReport) -> Text:
    """One line of the list on the left."""
    level = (f" {question.level} ", "bold reverse") if question.level is not None else (" · ", "dim")
    ask = (printable(question.ask), "") if question.thread else ("not asked", "dim")
    return Text.assemble(level, f" {question.position}. ", ask)


def overview(report: Report) -> Iterator[Text]:
    """The first page: why this signal, strengths by competency, what to work on."""
    people = ", ".join(f"{p.name} ({p.role})" for p in report.interviewers)
    yield _plain(f"{report.title}\n{people}\n{minutes(report.seconds)} of {report.minutes}:00 used")
    if report.notes:
        yield _section("Not complete yet", "\n".join(report.notes))
    yield _section("Why", "\n".join(f"- {reason}" for reason in report.overall.reasons))
    if report.debrief:
        claims = "\n".join(f"- {c.text} (question {c.question})" for c in report.debrief.claims)
        yield _section("Debrief", f"{claims}\nWritten by {report.debrief.author} from the verdicts alone.")
    if report.overall.by_competency:
        bars = (f"{name:<16} {_bar(mean)} {mean:.1f}" for name, mean in report.overall.by_competency.items())
        yield _section("By kind of question", "\n".join(bars))
    if report.focus:
        asks = (f"- {q.position}. {q.ask}" for q in report.focus)
        yield _section("Work on these first", "\n".join(asks))
    judged = f"Graded by {report.grader}. {report.agreement}" if report.grader else f"Graded by {NOT_GRADED}"
    speaker = report.model or "the scripted interviewer"
    yield _section("Who judged", f"{judged}\nThe lines were spoken by {speaker}.")


def page(report: Report, question: QuestionReport) -> Iterator[RenderableType]:
    """One question: the verdicts, the talk, and what a strong answer sounds like."""
    if not question.thread:
        yield _plain("This question was not asked. It stays hidden, so that you can still meet it in an interview.")
        return
    yield Text(f"{question.position}. {printable(question.ask)}", style="bold")
    yield _plain(_standing(question))
    if question.criteria:
        yield Group(Text("Points", style="bold underline"), _points(question.criteria))
    if question.found_red_flags:
        yield Group(Text("What you said and what is right", style="bold underline"), _flags(question.found_red_flags))
    if question.problem:
        yield _section("The problem", question.problem)
    said = [Text.assemble((f"{printable(speaker(s, report))}: ", "bold"), showable(s.text)) for s in question.thread]
    yield Text("\n\n").join([Text("What was said", style="bold underline"), *said])
    if question.outcome is not Outcome.NOT_REACHED:
        if question.model_answer:
            yield _section("A strong answer", question.model_answer)
        if question.study:
            yield _section("Read next", "\n".join(f"- {s}" for s in question.study))


def _standing(question: QuestionReport) -> str:
    if question.outcome is Outcome.NOT_REACHED:
        return "This question was asked, but not answered."
    if question.level is None:
        return f"{result(question).capitalize()}. {NO_RUBRIC if question.unassessable else ''}".strip()
    parts = [f"Level {question.level}, {LEVELS[question.level]}", f"{minutes(question.seconds)} used"]
    if question.outcome is Outcome.SKIPPED:
        parts.append("skipped")
    if question.hints:
        parts.append(f"{question.hints} hint{'s' if question.hints > 1 else ''} taken")
    if sure := certainty(question):
        parts.append(sure)
    if question.capped:
        parts.append(f"held down because {question.capped}")
    return " ".join(["; ".join(parts) + ".", f"Graded by {graded_by(question)}.", *question.remarks])


def _points(points: Iterable[PointResult]) -> Table:
    """The verdicts in a column of their own, so that long points stay apart."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    for point in points:
        mark, style = MARKS[point.verdict]
        text = Text(printable(point.point))
        if point.essential:
            text.append("  essential", "dim italic")
        for quote in point.evidence:
            text.append(f"\n“{printable(quote)}”", "italic")
        table.add_row(Text(mark, style), text)
    return table


def _flags(flags: Iterable[FoundMisconception]) -> Table:
    """What was said wrongly, in the candidate's words, with what is right."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    for flag in flags:
        text = Text("\n").join(Text(f"“{printable(quote)}”", "italic") for quote in flag.evidence)
        text.append(f"\n{printable(flag.correction)}")
        table.add_row(Text("✗ wrong", "red"), text)
    return table


def _section(heading: str, body: str) -> Text:
    return Text("\n").join([Text(heading, style="bold underline"), Text(printable(body))])


def _plain(body: str) -> Text:
    return Text(printable(body), style="dim")


def _bar(level: float, width: int = 12) -> str:
    full = round((level - 1) / 3 * width)
    return "█" * full + "░" * (width - full)
