"""What the doctor finds, each with its mend."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from interviewer.doctor import Check, examine
from interviewer.workspace import Workspace
from tests.llm.server import GOOD, HEAD, Reply, html, piece, serving, status, whole

KEY = "sk-planted-0123456789"
SETTINGS = "api_base, budget_tokens, budget_usd, database_url, fallback, interviewer, judge, model"


def checks(name: str, model: str | None = None) -> list[Check]:
    return [c for c in examine(Workspace(model=model)) if c.name == name]


@pytest.fixture(autouse=True)
def _no_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(("model", "variable"), [("gpt-4o-mini", "OPENAI"), ("claude-x", "ANTHROPIC")])
def test_a_missing_key_is_named_without_a_call(model: str, variable: str) -> None:
    (check,) = checks("key", model)
    assert (check.ok, check.text) == (False, f"{model} needs a key: set {variable}_API_KEY.")


MODEL_PARTS = ["endpoint", "key", "model", "streaming", "structured"]
FITS = whole('{"colour": "red"}')
ECHO = {"message": f"Incorrect API key provided: {KEY}"}


@pytest.mark.parametrize(
    ("replies", "found"),
    [
        ([GOOD, FITS], [True] * 5),
        ([GOOD, status(400, ECHO), FITS], [True] * 5),
        ([GOOD, GOOD], [True, True, True, True, None]),
        ([html()], [False]),
        ([status(401, ECHO)], [True, False]),
        ([status(403, ECHO)], [True, False]),
        ([status(404, ECHO)], [True, True, False]),
        ([HEAD + piece("Go")], [True, True, True, False]),
    ],
    ids=["all well", "no schema", "no structure", "html", "401", "403", "404", "cut"],
)
async def test_two_small_calls_say_what_works(
    replies: list[Reply], found: list[bool | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    async with serving(*replies) as base:
        monkeypatch.setenv("INTERVIEWER_API_BASE", base)
        all_checks = await asyncio.to_thread(examine, Workspace(model="test-model"))
    parts = [c for c in all_checks if c.name in MODEL_PARTS]
    assert [c.name for c in parts] == MODEL_PARTS[: len(found)]
    assert [c.ok for c in parts] == found
    assert all("test-model" in c.text for c in parts)
    assert KEY not in str([str(c) for c in all_checks])


async def test_a_server_that_does_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(GOOD) as base:
        pass
    monkeypatch.setenv("INTERVIEWER_API_BASE", base)
    (check,) = await asyncio.to_thread(checks, "endpoint", "test-model")
    assert (check.ok, "see that its server runs" in check.text) == (False, True)


async def test_each_model_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_MODEL", "one")
    monkeypatch.setenv("INTERVIEWER_FALLBACK", "two")
    monkeypatch.setenv("INTERVIEWER_JUDGE_MODEL", "three")
    async with serving(GOOD, FITS, GOOD, FITS, GOOD, FITS, status(418)) as base:
        monkeypatch.setenv("INTERVIEWER_API_BASE", base)
        found = await asyncio.to_thread(checks, "structured")
    assert [c.text.split()[0] for c in found] == ["one", "two", "three"]
    assert all(c.ok for c in found)


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_model_is_none(empty: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config.toml").write_text(f'model = "{empty}"\n')
    for workspace in (Workspace(), Workspace(model=empty)):
        assert workspace.gateway("interviewer") is None
    (check,) = checks("model")
    assert check.ok is None
    monkeypatch.setenv("INTERVIEWER_MODEL", empty)
    assert Workspace().gateway("judge") is None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('modle = "x"', "`modle` is not a setting; did you mean `model`?"),
        ("database = 1", "`database` is not a setting; did you mean `database_url`?"),
        ("[judge]\nmodle = 1", "`judge.modle` is not a setting; did you mean `judge.model`?"),
        ("[interviewer]\nzzz = 1", "`interviewer.zzz` is not a setting; there are api_base, fallback, model"),
        (
            "zzz = 1",
            f"`zzz` is not a setting; there are {SETTINGS}",
        ),
        (
            '"a\\u001b[31mb" = 1',
            f"`a[31mb` is not a setting; there are {SETTINGS}",
        ),
    ],
)
def test_keys_that_are_no_setting_are_named(line: str, said: str, home: Path) -> None:
    (home / "config.toml").write_text(f'model = ""\n{line}\n')
    notes = checks("settings")
    assert [(c.ok, c.text) for c in notes[1:]] == [(None, said)]


@pytest.mark.parametrize("written", [None, 'model = "x"\n', "model = ["])
def test_nothing_to_say_about_the_keys(written: str | None, home: Path) -> None:
    if written is not None:
        (home / "config.toml").write_text(written)
    assert len(checks("settings")) == 1
