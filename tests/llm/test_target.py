"""Names as people know them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from interviewer.errors import UsageError
from interviewer.llm.target import KEYS, OLLAMA_BASE, OPENAI_BASE, find_target, find_targets

BASE = "http://localhost:8000/v1"


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", *(v for variables in KEYS.values() for v in variables)):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("name", "model", "base"),
    [
        ("gpt-4o-mini", "gpt-4o-mini", OPENAI_BASE),
        ("openai/gpt-4o-mini", "gpt-4o-mini", OPENAI_BASE),
        ("ollama/qwen3:8b", "qwen3:8b", OLLAMA_BASE),
        ("anthropic/claude-x", "anthropic/claude-x", None),
        ("claude-x", "anthropic/claude-x", None),
        ("gemini-x", "gemini/gemini-x", None),
        ("somebody/some/model", "somebody/some/model", None),
    ],
)
def test_where_a_name_leads(name: str, model: str, base: str | None) -> None:
    target = find_target(name)
    assert (target.name, target.model, target.base, target.own_base) == (name, model, base, False)


@pytest.mark.parametrize("name", ["some-model", "openai/some-model", "org/some-model", "claude-x", "ollama/qwen3"])
def test_an_own_endpoint_takes_every_name(name: str) -> None:
    target = find_target(name, BASE)
    assert (target.base, target.own_base) == (BASE, True)
    assert target.model == name.removeprefix("openai/").removeprefix("ollama/")


def test_the_sdks_own_variable_is_an_own_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", BASE)
    assert find_target("some-model").own_base


def test_stand_ins_that_name_their_provider_are_reached_there() -> None:
    names = ("qwen3", "org/model", "openai/gpt-4o-mini", "ollama/qwen3", "claude-x")
    assert [t.base for t in find_targets("main", names, BASE)] == [BASE, BASE, BASE, OPENAI_BASE, OLLAMA_BASE, None]


@pytest.mark.parametrize("name", ["", "two words", "two\nlines", "esc\x1b[31m"])
def test_what_is_no_name(name: str) -> None:
    with pytest.raises(UsageError, match="a name has no white space"):
        find_target(name)


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("gpt-4o-mini", "OPENAI_API_KEY"),
        ("claude-x", "ANTHROPIC_API_KEY"),
        ("gemini/gemini-x", "GEMINI_API_KEY"),
        ("gemini/gemini-x", "GOOGLE_API_KEY"),
    ],
)
def test_a_key_is_asked_for_where_one_is_needed(name: str, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_API_KEY" in (find_target(name).lack or "")
    monkeypatch.setenv(variable, " ")
    assert find_target(name).lack
    monkeypatch.setenv(variable, "sk-secret")
    assert find_target(name).lack is None


def test_nobody_knows_what_other_providers_need() -> None:
    assert find_target("somebody/model").lack is None
    assert find_target("some-model", BASE).lack is None


def test_the_names_in_the_documentation_lead_where_it_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "configure-a-model.md").read_text(encoding="utf-8")
    shown = re.findall(r"(?:INTERVIEWER_API_BASE=(\S+) )?interviewer start \S+ --model (\S+)", page)
    assert [find_target(name, base or None).base or "litellm" for base, name in shown] == [
        OLLAMA_BASE,
        *(f"http://localhost:{port}/v1" for port in (8080, 8000, 1234)),
        OPENAI_BASE,
        *("litellm", "litellm"),
    ]
