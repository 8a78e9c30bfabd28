"""What the doctor finds, each with its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.doctor import Check, examine
from interviewer.llm.scripted import ScriptedInterviewer
from interviewer.workspace import Workspace


def checks(name: str, model: str | None = None) -> list[Check]:
    return [c for c in examine(Workspace(model=model)) if c.name == name]


@pytest.fixture(autouse=True)
def _no_key(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("model", "key", "base", "ok"),
    [
        ("gpt-4o-mini", None, None, False),
        ("openai/gpt-4o-mini", "  ", None, False),
        ("gpt-4o-mini", "sk-secret", None, True),
        ("some-model", None, "http://localhost:8000/v1", True),
        ("some-model", None, "https://models.example/v1", True),
        ("ollama/qwen3", None, None, True),
        ("anthropic/some-model", "sk-secret", None, False),
    ],
)
def test_a_model_is_well_when_nothing_is_missing(
    model: str, key: str | None, base: str | None, ok: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if key:
        monkeypatch.setenv("OPENAI_API_KEY", key)
    if base:
        monkeypatch.setenv("INTERVIEWER_API_BASE", base)
    (check,) = checks("model", model)
    assert check.ok is ok
    assert ok or "API" in check.text
    assert "sk-secret" not in check.text


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_model_is_none(empty: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config.toml").write_text(f'model = "{empty}"\n')
    for workspace in (Workspace(), Workspace(model=empty)):
        assert workspace.is_scripted
        assert isinstance(workspace.model, ScriptedInterviewer)
    (check,) = checks("model")
    assert check.ok is None
    monkeypatch.setenv("INTERVIEWER_MODEL", empty)
    assert Workspace().is_scripted


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('modle = "x"', "`modle` is not a setting; did you mean `model`?"),
        ("database = 1", "`database` is not a setting; did you mean `database_url`?"),
        ("zzz = 1", "`zzz` is not a setting; there are api_base, database_url, model"),
        ('"a\\u001b[31mb" = 1', "`a[31mb` is not a setting; there are api_base, database_url, model"),
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
