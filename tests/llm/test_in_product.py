"""Settings and options lead to the models that they name: through the workspace and the command line."""

from __future__ import annotations

import asyncio
import io
import sys
from pathlib import Path

import pytest

from interviewer.cli.main import run_command_line
from interviewer.engine.state import State
from interviewer.errors import UsageError
from interviewer.llm.faults import Fault
from interviewer.llm.model import Message, ModelError, Prompt, Usage
from interviewer.workspace import Workspace
from tests.llm.server import serving, status, whole

LINE = "As the model asks it, what is it?"
PROMPT = Prompt((Message("user", "Hello"),), max_tokens=100)


@pytest.fixture(autouse=True)
def _no_base(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


def names(workspace: Workspace) -> list[list[str]]:
    return [[t.name for t in workspace.targets(role)] for role in ("interviewer", "judge")]


def test_roles_have_their_own_models_and_an_option_counts_for_all(home: Path) -> None:
    assert names(Workspace()) == [[], []]
    (home / "config.toml").write_text('model = "a"\nfallback = ["b"]\n[judge]\nmodel = "c"\nfallback = []\n')
    assert names(Workspace()) == [["a", "b"], ["c"]]
    assert names(Workspace(model="x")) == [["x", "b"], ["x"]]
    assert names(Workspace(model="x", fallback=("y", "z"))) == [["x", "y", "z"]] * 2


def test_a_stand_in_needs_somebody_to_stand_in_for() -> None:
    with pytest.raises(UsageError, match="name that one with --model"):
        Workspace(fallback=("y",)).targets("interviewer")


def test_a_budget_in_dollars_needs_a_price(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_BUDGET_USD", "0.5")
    assert Workspace(model="gpt-4o-mini").gateway("interviewer") is not None
    with pytest.raises(UsageError, match="the price of no-such-model is not known; set budget_tokens"):
        Workspace(model="gpt-4o-mini", fallback=("no-such-model",)).gateway("judge")


async def test_roles_share_what_is_left_of_a_sessions_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_BUDGET_TOKENS", "300")
    async with serving(whole(LINE)) as base:
        monkeypatch.setenv("INTERVIEWER_API_BASE", base)
        workspace = Workspace(model="some-model")
        budget = workspace.budget(State(prompt_tokens=100, completion_tokens=50))
        speaks, judges = (workspace.gateway(role, budget) for role in ("interviewer", "judge"))
        assert speaks is not None
        assert judges is not None
        assert [c.usage async for c in speaks.stream(PROMPT)][-1] == Usage(7, 2)
        assert [c.usage async for c in judges.stream(PROMPT)][-1] == Usage(7, 2)
        budget.limit_tokens = 200
        with pytest.raises(ModelError) as raised:
            _ = [c async for c in judges.stream(PROMPT)]
    assert raised.value.fault is Fault.BUDGET


async def typed(text: str, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> int | None:
    """The exit status of a command that reads this text."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    def run() -> int | None:
        try:
            return run_command_line(arguments)
        except SystemExit as leaving:
            return leaving.code if isinstance(leaving.code, int) else 0

    return await asyncio.to_thread(run)


@pytest.fixture
def _quiet_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signals are heard in the main thread alone, and the server of these tests lives there."""
    monkeypatch.setattr("interviewer.streams.SIGNALS", ())
    monkeypatch.setattr("interviewer.streams.signal.set_wakeup_fd", lambda *_, **__: -1)


@pytest.mark.usefixtures("_quiet_signals")
async def test_a_stand_in_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with serving(status(401), whole(LINE)) as base:
        monkeypatch.setenv("INTERVIEWER_API_BASE", base)
        command = ("start", "soft-01", "--plain", "--model", "one", "--fallback", "two")
        assert await typed("/end\n", *command, monkeypatch=monkeypatch) in {0, None}
    told = [line for line in capsys.readouterr().out.splitlines() if "one" in line and line.startswith("-- ")]
    assert told == [
        "-- one refused the key (HTTP 401): check OPENAI_API_KEY, which goes to https endpoints only. two goes on."
    ]
    assert Workspace().report().model == "two"


@pytest.mark.usefixtures("_quiet_signals")
async def test_a_budget_on_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERVIEWER_BUDGET_TOKENS", "10")
    requests: list[bytes] = []
    async with serving(whole(LINE), seen=requests.append) as base:
        monkeypatch.setenv("INTERVIEWER_API_BASE", base)
        await typed("/end\n", "start", "soft-01", "--plain", "--model", "one", monkeypatch=monkeypatch)
    assert not requests
    told = [line for line in capsys.readouterr().out.splitlines() if "budget" in line]
    assert told == [
        "-- This session's model budget of 10 tokens is used up: raise budget_tokens to go on. "
        "The scripted interviewer goes on."
    ]
