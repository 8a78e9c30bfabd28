"""A real language model behind a real OpenAI-compatible server. It proves the wire, not the wit."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from interviewer.doctor import examine
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.state import Phase
from interviewer.llm.deadline import WORKING
from interviewer.llm.model import Message, Prompt
from interviewer.llm.structured import Form
from interviewer.session import Delta, Notice, Update
from interviewer.workspace import Workspace

PYTHON = Path(__file__).parents[2] / ".venv-model" / "bin" / "python"
SERVER = Path(__file__).with_name("real_model.py")
NAME = "smollm2"
ANSWER = "I build pipelines that train models, and I look after the machines that they run on."

RAMBLES = re.compile("ran out of tokens|goes astray")
"""What so small a model is told off for; anything else would be about the wire."""

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not (PYTHON.parents[1] / "installed").exists(), reason="`make test-model` installs the model"),
]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    """The address of the model's server."""
    with subprocess.Popen(
        [PYTHON, SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        address = server.stdout.readline().strip()
        assert address.startswith("http://"), "the model's server does not start"
        yield f"{address}/v1"
        server.stdin.close()


@pytest.fixture
def workspace(base: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A person's data with this model set."""
    monkeypatch.setenv("INTERVIEWER_API_BASE", base)
    monkeypatch.setattr("interviewer.llm.deadline.TALKING", WORKING)
    return Workspace(model=NAME)


async def test_a_whole_round(base: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Graded offline: so small a model takes minutes to judge an answer."""
    monkeypatch.setenv("INTERVIEWER_API_BASE", base)
    monkeypatch.setenv("INTERVIEWER_INTERVIEWER_MODEL", NAME)
    monkeypatch.setattr("interviewer.llm.deadline.TALKING", WORKING)
    workspace = Workspace()
    heard: list[Update] = []
    opened = workspace.start("soft-01")
    session, session.listener = opened.session, heard.append
    with opened.lock:
        await session.handle(opened.first)
        await session.handle(cmd.Submit(ANSWER))
        while session.state.phase is not Phase.ENDED:
            await session.handle(cmd.Skip())
        await session.settle()
    lines = [u for u in heard if isinstance(u, ev.LineSpoken)]
    assert any(isinstance(u, Delta) for u in heard)
    assert not [u for u in heard if isinstance(u, Notice) and not RAMBLES.search(u.text)]
    report = await asyncio.to_thread(workspace.report)
    spoke = any(u.speaker == NAME for u in lines)
    assert report.model == (NAME if spoke else None)
    assert not report.usage.cost_usd
    assert report.overall.level is not None
    kept = [line.text for line in (*report.frame, *(line for q in report.questions for line in q.thread))]
    assert sorted(t for t in kept if t != ANSWER) == sorted(u.text for u in lines)
    workspace.database.dispose()


class Verdict(BaseModel):
    """A shape that the server has to enforce: the model alone would not keep to it."""

    verdict: Literal["met", "partial", "missed"]
    quotes: list[Annotated[str, Field(max_length=40)]] = Field(min_length=1, max_length=2)
    points: int = Field(ge=1, le=4)


async def test_an_answer_in_a_shape(workspace: Workspace) -> None:
    gateway = workspace.gateway("judge")
    assert gateway is not None
    told = (Message("system", "You judge answers."), Message("user", f"The answer: {ANSWER}"))
    found, usage = await gateway.structured(Prompt(told, max_tokens=1_000), Verdict)
    assert found.verdict in {"met", "partial", "missed"}
    assert usage.completion_tokens > 0
    assert gateway._lines[0].structured.form is Form.SCHEMA


async def test_the_doctor_finds_it_well(workspace: Workspace) -> None:
    checks = await asyncio.to_thread(examine, workspace)
    assert {"endpoint", "key", "model", "streaming"} <= {c.name for c in checks if c.ok}
    workspace.database.dispose()
