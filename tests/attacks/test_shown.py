"""A hostile answer is text in every format and on every screen."""

from __future__ import annotations

import json

import pytest
from rich.console import Group
from rich.text import Text

from interviewer.report import render
from interviewer.text import printable
from interviewer.tui.present_report import page
from tests.attacks.families import FAMILIES
from tests.report.test_hostile import TAME, UNSEEN, hostile_report, kinds
from tests.report.test_render import Page

every_family = pytest.mark.parametrize("family", FAMILIES)
SHORT = 2_000  # what is longer is the same text over and over


def texts(family: str) -> list[str]:
    """Those that anything is seen of."""
    return [t[:SHORT] for t in FAMILIES[family]() if printable(t[:SHORT]).strip()]


def elements(text: str) -> list[str]:
    return [tag for tag, _ in Page(render(hostile_report(text), "html")).elements]


@every_family
def test_html_has_no_element_more(family: str) -> None:
    assert [t for t in texts(family) if elements(t) != elements(TAME)] == []


@every_family
def test_markdown_has_no_construct_more(family: str) -> None:
    tame = kinds(render(hostile_report(TAME), "md"))
    assert [t for t in texts(family) if kinds(render(hostile_report(t), "md")) != tame] == []


@every_family
def test_what_is_printed_holds_no_control_character(family: str) -> None:
    for text in texts(family):
        report = hostile_report(text)
        assert not UNSEEN.search(render(report, "md"))
        written = render(report, "json")
        assert written.isascii() and "\x1b" not in written
        assert json.loads(written)["questions"][0]["ask"] == text


@every_family
def test_the_screen_shows_text_and_no_markup(family: str) -> None:
    tame = [_styles(part) for part in page(hostile_report(TAME), hostile_report(TAME).questions[0])]
    for text in texts(family):
        report = hostile_report(text)
        parts = list(page(report, report.questions[0]))
        assert [_styles(part) for part in parts] == tame
        assert not [p for p in parts if isinstance(p, Text) and UNSEEN.search(p.plain)]


def _styles(part: object) -> object:
    if isinstance(part, Group):
        return [_styles(p) for p in part.renderables]
    return sorted({str(s.style) for s in part.spans}) if isinstance(part, Text) else type(part)
