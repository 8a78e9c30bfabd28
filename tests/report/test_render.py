"""The three formats: the JSON shape that scripts rely on, and what people get to see."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import pytest

from interviewer.engine import commands as cmd
from interviewer.errors import UsageError
from interviewer.report import FORMATS, Report, build, render
from interviewer.report.words import duration
from tests.fakes import PROBLEM, make_persona
from tests.report.sessions import BOTH, ESSENTIAL_ONLY, NEITHER, hold, report_of, zoo_plan

PROMISED = {
    "": "session round personas model started ended questions overall usage",
    "questions": "id position kind ask outcome thread level score grader hints seconds criteria",
    "questions.thread": "speaker persona kind text at",
    "questions.criteria": "id point weight verdict evidence",
    "overall": "level signal by_competency",
    "usage": "prompt_tokens completion_tokens cost_usd",
}
ADDED = {
    "": "kind title interviewers grader agreement notes debrief status ended_early seconds minutes frame",
    "questions": "topic intent open capped remarks minutes red_flags levels model_answer study problem target"
    " confidence range found_red_flags",
    "questions.criteria": "essential confidence",
    "overall": "provisional reasons",
}


@pytest.fixture
def mixed() -> Report:
    """Answered, skipped, answered with a hint, not reached."""
    plan = zoo_plan(5, make_persona("ann", max_follow_ups=0), make_persona("bob", max_follow_ups=0))
    return report_of(plan, BOTH, cmd.Skip(), cmd.AskHint(), BOTH, NEITHER, cmd.End())


class Page(HTMLParser):
    """An HTML page taken apart: elements with their attributes, all text, and the text by element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open:
            self.words.setdefault(self._open[-1], []).append(data)

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.elements)


@pytest.mark.parametrize("part", PROMISED)
def test_json_keys(mixed: Report, part: str) -> None:
    data = json.loads(render(mixed, "json"))
    for step in filter(None, part.split(".")):
        data = data[step][0] if isinstance(data[step], list) else data[step]
    assert set(data) == {*PROMISED[part].split(), *ADDED.get(part, "").split()}


def test_json_values(mixed: Report) -> None:
    data = json.loads(render(mixed, "json"))
    assert [q["outcome"] for q in data["questions"]] == ["answered", "skipped", "answered", "answered", "not_reached"]
    assert [q["position"] for q in data["questions"]] == [1, 2, 3, 4, 5]
    assert [q["level"] for q in data["questions"]] == [4, 1, 3, 1, None]
    assert data["questions"][0]["thread"][1] == {
        "speaker": "candidate",
        "persona": None,
        "kind": "answer",
        "text": BOTH,
        "at": "2023-11-14T22:13:30Z",
    }
    assert data["personas"] == ["ann", "bob"]
    assert data["ended"] and data["status"] == "ended"


def test_json_reads_back(mixed: Report) -> None:
    assert Report.model_validate_json(render(mixed, "json")) == mixed


def test_unknown_format(mixed: Report) -> None:
    with pytest.raises(UsageError, match="md, html, json"):
        render(mixed, "docx")


@pytest.mark.parametrize("format", FORMATS)
def test_rendering_is_pure(mixed: Report, format: str) -> None:
    assert render(mixed, format) == render(mixed, format)


@pytest.mark.parametrize("format", ["md", "html"])
@pytest.mark.parametrize(
    "words",
    ["Test round", "Ann", "bob role", "14 November 2023, 22:13 UTC", "Not yet measured.", "offline-", "1 hint taken"],
)
def test_cover_and_facts(mixed: Report, format: str, words: str) -> None:
    assert words in render(mixed, format)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (0.6, "1 s"), (59.6, "1 min"), (250, "4 min 10 s"), (3600, "1 h"), (3905, "1 h 5 min")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize("format", ["md", "html"])
def test_reasons_and_rubric(mixed: Report, format: str) -> None:
    text = render(mixed, format)
    for reason in mixed.overall.reasons:
        assert reason in text
    for words in ("✓", "met", "✗", "missed", "Anchor 3.", "Anchor 4.", "All of it.", "A day at the zoo"):
        assert words in text


@pytest.mark.parametrize("format", ["md", "html"])
@pytest.mark.parametrize("moves", [[cmd.End()], [ESSENTIAL_ONLY, cmd.Pause()]], ids=["not reached", "still open"])
def test_the_model_answer_is_kept_back_while_it_can_still_be_given(format: str, moves: list[str | cmd.Command]) -> None:
    plan = zoo_plan(1, make_persona(max_follow_ups=2))
    text = render(report_of(plan, *moves), format)
    assert "All of it." not in text
    assert "kept back" in text


@pytest.mark.parametrize("format", ["md", "html"])
def test_unfinished_states_render(format: str) -> None:
    plan = zoo_plan(2, make_persona(max_follow_ups=2))
    assert "still open" in render(report_of(plan, ESSENTIAL_ONLY, cmd.Pause()), format)
    assert "not over yet" in render(report_of(plan), format)
    assert "not graded yet" in render(report_of(zoo_plan(), BOTH, graded=False), format)


def test_a_model_and_its_tokens_are_named() -> None:
    report = build("s1", hold(zoo_plan(), BOTH), model="some-model", agreement="a")
    for format in FORMATS:
        assert "some-model" in render(report, format)


def test_html_stands_alone(mixed: Report) -> None:
    text = render(mixed, "html")
    page = Page(text)
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in page.elements}
    for _, attributes in page.elements:
        assert not {"src", "style", "onclick", "onload"} & set(attributes)
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in text and "@import" not in text


def test_html_allows_only_its_own_style(mixed: Report) -> None:
    page = Page(render(mixed, "html"))
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    style = "".join(page.words["style"])
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in policy


def test_html_is_accessible(mixed: Report) -> None:
    page = Page(render(mixed, "html"))
    elements = page.elements
    assert ("html", {"lang": "en"}) in elements
    assert [tag for tag, _ in elements].count("h1") == 1
    ids = [a["id"] for _, a in elements if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in elements:
        for name in ("aria-labelledby", "href"):
            if attributes.get(name):
                assert (attributes[name] or "").lstrip("#") in ids
    assert all("scope" in a for tag, a in elements if tag == "th")
    assert all("open" not in a for tag, a in elements if tag == "details")


def test_html_marks_the_evidence(mixed: Report) -> None:
    marked = Page(render(mixed, "html")).words["mark"]
    assert marked[:2] == [ESSENTIAL_ONLY, "A pelican carries the heavy parcel."]
    assert all(m in BOTH for m in marked)


def test_markdown_table_has_a_row_for_each_question(mixed: Report) -> None:
    rows = re.findall(r"^\| \d+ \|.*\|$", render(mixed, "md"), re.MULTILINE)
    assert len(rows) == 5
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 8 for row in rows)


def test_the_template_engine_is_loaded_on_use_only() -> None:
    code = "import sys, interviewer.report; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("format", ["md", "html"])
def test_a_coding_problem_stands_in_its_report_and_its_targets_come_afterwards(format: str) -> None:
    plan = zoo_plan(1, make_persona(max_follow_ups=2), kind="coding", problem=PROBLEM)
    over, still_open = (unescape(render(report_of(plan, *moves), format)) for moves in ([BOTH], [ESSENTIAL_ONLY]))
    for words in ("Feed", "k", "lions.", "For example:", "k = 2 feeds two", "Constraints:"):
        assert words in over and words in still_open
    assert "time O(k), space O(1)" in over
    assert "O(k)" not in still_open


@pytest.mark.parametrize("format", ["md", "html"])
def test_where_nothing_was_answered_no_grader_is_praised(format: str) -> None:
    text = render(report_of(zoo_plan(), cmd.Skip()), format)
    assert "there was no answer to grade" in text
    assert "Not yet measured." not in text
