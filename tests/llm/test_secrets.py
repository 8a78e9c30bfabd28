"""A planted key, echoed by a hostile endpoint wherever it can, turns up nowhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.doctor import examine
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.errors import InterviewerError
from interviewer.llm.deadline import Patience
from interviewer.llm.litellm import _litellm
from interviewer.report import render
from interviewer.session import Notice, Update
from interviewer.workspace import Workspace
from tests.llm import anthropic, server
from tests.llm.server import HEAD, Reply, piece, serving, status

KEY = "sk-planted-0123456789abcdef"
WORDS = "I keep the furnace at Initech running."
ECHO = {"type": "error", "code": KEY, "message": f"Authorization: Bearer {KEY}. You said: {WORDS}", "param": KEY}
HEADERS = f"X-Echo: {KEY}\r\nRetry-After: 900\r\n"


def openai_speaks(base: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("INTERVIEWER_API_BASE", base)
    return "some-model"


def anthropic_speaks(base: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ANTHROPIC_API_BASE", base.removesuffix("/v1"))
    return "anthropic/claude-sonnet-4-5"


BROKEN = {
    "refused": status(401, ECHO, HEADERS),
    "busy": status(429, ECHO, HEADERS),
    "falls over": status(500, ECHO, HEADERS),
    "page": server.html(404),
    "error event": HEAD + server.event({"error": ECHO}) + anthropic.event("error", error=ECHO),
    "garbage": HEAD + b"data: {" + KEY.encode() + b"\n\n",
    "cut": HEAD + piece("Well") + anthropic.begun().removeprefix(HEAD) + anthropic.words("Well"),
}


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("speaks", [openai_speaks, anthropic_speaks])
async def test_a_key_turns_up_nowhere(
    speaks: Callable[[str, pytest.MonkeyPatch], str],
    reply: Reply,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    _litellm()
    caplog.set_level(logging.DEBUG)
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.setenv(name, KEY)
    for patience in ("TALKING", "WORKING"):
        monkeypatch.setattr(f"interviewer.llm.deadline.{patience}", Patience(attempts=1))
    async with serving(reply) as base:
        workspace = Workspace(model=speaks(base, monkeypatch))
        heard = await held(workspace)
        shown = [str(c) for c in await asyncio.to_thread(examine, workspace)]
    shown += [str(u) for u in heard]
    report = await asyncio.to_thread(workspace.report)
    shown += [render(report, form) for form in ("md", "html", "json")]
    workspace.database.dispose()
    assert len([u for u in heard if isinstance(u, Notice)]) == 1
    assert not [u for u in heard if isinstance(u, Notice) and "Initech" in u.text]
    assert WORDS in shown[-1]
    printed = capfd.readouterr()
    kept = b"".join(path.read_bytes() for path in files(home))
    assert WORDS.encode() in kept
    assert KEY.encode() not in kept
    assert not [text for text in (*shown, caplog.text, printed.out, printed.err) if KEY in text]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def held(workspace: Workspace) -> list[Update]:
    """All that a candidate hears in a short interview."""
    heard: list[Update] = []
    opened = workspace.start("soft-01")
    opened.session.listener = heard.append
    with opened.lock:
        for command in (opened.first, cmd.Submit(WORDS), cmd.AskHint(), cmd.End()):
            await opened.session.handle(command)
        await opened.session.settle()
    assert all(u.speaker == "scripted" for u in heard if isinstance(u, ev.LineSpoken))
    return heard


def test_a_key_in_a_models_name_is_an_error_that_shows_no_more_than_was_typed(home: Path) -> None:
    with pytest.raises(InterviewerError, match="a name has no white space"):
        Workspace(model="gpt 4").start("soft-01")
