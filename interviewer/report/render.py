"""`render`: a report as Markdown, HTML or JSON.

Nothing in a report is trusted. Each format has one gate that every value passes on its way into a template: HTML
escapes, Markdown escapes every metacharacter, and both drop characters that cannot be seen. JSON keeps each text as
it was typed and writes all but printable ASCII as escapes.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from interviewer.errors import UsageError
from interviewer.grade import LEVELS
from interviewer.report import markdown, words
from interviewer.report.marks import spans
from interviewer.report.model import Report
from interviewer.text import printable

if TYPE_CHECKING:
    from jinja2 import Environment

FORMATS = ("md", "html", "json")


def render(report: Report, format: str) -> str:
    """The report as text in one of `FORMATS`.

    Raises:
        UsageError: an unknown format.
    """
    match format:
        case "json":
            return _json(report)
        case "md":
            return _environment("md").get_template("report.md.j2").render(report=report)
        case "html":
            css = _style()
            digest = b64encode(sha256(css.encode()).digest()).decode()
            page = _environment("html").get_template("report.html.j2")
            return page.render(report=report, css=css, css_hash=digest)
    raise UsageError(f"unknown report format `{format}`; use one of {', '.join(FORMATS)}")


def _json(report: Report) -> str:
    text = json.dumps(report.model_dump(mode="json"), ensure_ascii=True, indent=2)
    return text.replace("\x7f", "\\u007f") + "\n"


@cache
def _style() -> str:
    return (files(__package__) / "templates" / "report.css").read_text(encoding="utf-8")


@cache
def _environment(format: str) -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("interviewer.report"),
        autoescape=format == "html",
        finalize=_for_html if format == "html" else markdown.inline,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(LEVELS=LEVELS, NO_RUBRIC=words.NO_RUBRIC, NOT_GRADED=words.NOT_GRADED, spans=spans)
    environment.filters.update(
        {
            name: getattr(words, name)
            for name in (
                "certainty",
                "closing",
                "competency",
                "duration",
                "graded_by",
                "groups",
                "level_name",
                "moment",
                "occasion",
                "opening",
                "result",
                "speaker",
                "text_bar",
                "verdict_symbol",
                "verdict_word",
            )
        },
        quoted=markdown.quoted,
    )
    return environment


def _for_html(value: Any) -> Any:
    """Runs before Jinja's escaping; text that is HTML already (a macro's) was through here piece by piece."""
    return printable(value) if type(value) is str else value
