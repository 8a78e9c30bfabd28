"""A planted key that a hostile endpoint echoes while it judges turns up nowhere."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from interviewer.report import render
from interviewer.workspace import Workspace
from tests.llm.server import HEAD, event, serving, status, whole
from tests.test_grading_later import bank, hold

KEY = "sk-planted-judge-0123456789"
ECHO = {"type": "error", "code": KEY, "message": f"Authorization: Bearer {KEY}"}
__all__ = ["bank"]


@pytest.mark.parametrize(
    "reply",
    [
        status(401, ECHO, f"X-Echo: {KEY}\r\n"),
        HEAD + event({"error": ECHO}),
        whole(f'{{"items": "{KEY}"}}'),
        whole(KEY),
    ],
    ids=["refused", "error event", "wrong shape", "no JSON"],
)
async def test_a_key_turns_up_nowhere(
    reply: bytes,
    bank: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    async with serving(reply) as base:
        monkeypatch.setenv("INTERVIEWER_JUDGE_MODEL", "test-model")
        monkeypatch.setenv("INTERVIEWER_JUDGE_API_BASE", base)
        told = await hold(bank)
        report = await asyncio.to_thread(Workspace(bank).report)
    assert told and report.notes == told
    shown = "\n".join([*told, *(render(report, f) for f in ("md", "html", "json")), caplog.text, *capfd.readouterr()])
    assert KEY not in shown
    holding = files_with(home)
    assert any(name.startswith("interviews.db") for name in holding)
    assert not any(holding.values())


def files_with(folder: Path) -> dict[str, bool]:
    """Every file below the folder, and whether the key stands in it."""
    return {p.name: KEY.encode() in p.read_bytes() for p in folder.rglob("*") if p.is_file()}
