"""The debrief stands below the signal in every format, and nowhere where no model wrote one."""

from __future__ import annotations

import json
from dataclasses import replace

from rich.text import Text

from interviewer.debrief import Claim, Debrief
from interviewer.report import Report, build, render
from interviewer.tui.present_report import overview
from tests.report.sessions import BOTH, NEITHER, hold, zoo_plan

CLAIM = Claim("You kept <b>the</b> [bold]beat[/bold].", "strength", 1, "beat")
STATE = hold(zoo_plan(2), BOTH, NEITHER)


def report(*claims: Claim) -> Report:
    debrief = Debrief(claims, "a-model") if claims else None
    return build("s1", replace(STATE, debrief=debrief), model=None, agreement="Not measured.")


def on_screen(found: Report) -> str:
    return "\n".join(t.plain for t in overview(found) if isinstance(t, Text))


def test_it_is_in_every_format() -> None:
    found = report(CLAIM)
    page = render(found, "html")
    assert "You kept &lt;b&gt;the&lt;/b&gt; [bold]beat[/bold]." in page
    assert page.index('id="signal"') < page.index('id="debrief"') < page.index('id="competency"')
    assert '<a href="#q1">Question 1</a>' in page.split('id="debrief"')[1].split("</section>")[0]
    markdown = render(found, "md")
    assert markdown.index("## Signal") < markdown.index("\n\n## Debrief\n\n- ") < markdown.index("## The questions")
    assert "You kept <b>the</b> [bold]beat[/bold]. (question 1)" in on_screen(found)
    assert json.loads(render(found, "json"))["debrief"] == {
        "author": "a-model",
        "claims": [{"text": CLAIM.text, "kind": "strength", "question": 1, "point": "beat"}],
    }


def test_without_a_model_there_is_none() -> None:
    found = report()
    assert found.debrief is None
    assert not [f for f in ("html", "md") if "Debrief" in render(found, f)]
    assert "Debrief" not in on_screen(found)


def test_a_debrief_of_which_no_claim_held_is_none() -> None:
    empty = replace(STATE, debrief=Debrief((), "a-model"))
    assert build("s1", empty, model=None, agreement="").debrief is None
