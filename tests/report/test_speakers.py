"""The report names who really put the lines into words, whatever model the session was started with."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.engine import commands as cmd
from interviewer.workspace import OpenSession, Workspace
from tests.fakes import Play, StubModel, make_question, make_round, write_bank


@pytest.fixture
def bank(home: Path) -> Path:
    return write_bank(home / "bank", [make_round("hard-01", ["first"])], [make_question("first")])


async def hold(opened: OpenSession, model: StubModel | None) -> None:
    """Two lines, spoken by the model (None: by nobody, so that the scripted interviewer has to)."""
    opened.session._model = model or StubModel(*[Play()] * 5)
    await opened.session.handle(opened.first)
    await opened.session.handle(cmd.Pause())
    await opened.session.settle()
    opened.lock.release()


def workspace(bank: Path, model: str | None) -> Workspace:
    """With the bank's own personas in place of the shipped ones."""
    found = Workspace(bank, model)
    found.bank = type(found.bank)(bank, bank / "personas")
    return found


async def test_nobody_is_named_where_the_model_never_spoke(bank: Path) -> None:
    space = workspace(bank, "ollama/never-there")
    await hold(space.start("hard-01"), None)
    assert space.sessions()[0].model == "ollama/never-there"
    assert space.report().model is None


async def test_every_model_that_spoke_is_named_once(bank: Path) -> None:
    space = workspace(bank, None)
    await hold(space.start("hard-01"), StubModel(name="one"))
    await hold(space.resume(), StubModel(fallback="Where were we, what was the ask of it?", name="two"))
    await hold(space.resume(), StubModel(name="one"))
    assert space.report().model == "one, two"
