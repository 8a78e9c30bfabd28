"""Renews the pictures in the documentation: a short panel interview in the real app, saved as SVG."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from interviewer.tui.app import InterviewApp
from interviewer.tui.messages import Begin
from interviewer.tui.widgets.composer import Composer

HERE = Path(__file__).parent
ANSWERS = (
    "I run the training platform of a retailer: four engineers, sixty data scientists. I came from payment systems, "
    "and moved because our models waited two days for a machine. I built the queue that brought it to forty minutes.",
    "The decision who gets preempted. Without me it would have been first come, first served.",
)


async def until(pilot: Pilot[str | None], text: str) -> None:
    """Wait until the screen shows `text`."""
    for _ in range(200):
        await pilot.pause(0.05)
        if text in re.sub(r"&#160;", " ", pilot.app.export_screenshot()):
            return
    raise SystemExit(f"the screen never showed {text!r}")


def save(app: InterviewApp, name: str) -> None:
    """The screen as SVG; without the web font, so that a picture loads nothing."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", app.export_screenshot(), flags=re.DOTALL)
    (HERE / f"{name}.svg").write_text(svg.replace("Fira Code", "ui-monospace"), encoding="utf-8")


async def main() -> None:
    """Home, interview and report."""
    app = InterviewApp()
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, "hard-01")
        save(app, "home")
        app.post_message(Begin("hard-07"))
        await until(pilot, "With me today")
        for number, answer in enumerate(ANSWERS, 1):
            app.screen.query_one(Composer).insert(answer)
            await pilot.press("enter")
            await until(pilot, answer[:30])
            await until(pilot, "follow-up" if number == 1 else "Assistant vice president")
        app.screen.query_one(Composer).insert("The first one is a demand forecast: 12 million rows a day, ")
        await until(pilot, "12 million")
        save(app, "interview")
        await pilot.press("f8")
        await until(pilot, "End it")
        await pilot.press("tab", "enter")
        await until(pilot, "over")
        await pilot.press("enter")
        await until(pilot, "Overview")
        await pilot.press("down")
        await until(pilot, "Points")
        save(app, "report")
        await app.action_quit()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["INTERVIEWER_HOME"] = home
        asyncio.run(main())
