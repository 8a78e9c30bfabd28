"""Settings: environment first, then the file, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.config import load_settings
from interviewer.errors import UsageError
from interviewer.store.database import open_database


def test_the_environment_comes_before_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config.toml").write_text('model = "from-file"\napi_base = "http://localhost:1"\n')
    monkeypatch.setenv("INTERVIEWER_MODEL", "from-environment")
    settings = load_settings()
    assert (settings.model, settings.api_base) == ("from-environment", "http://localhost:1")


def test_a_database_url_is_taken_as_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_DATABASE_URL", "postgresql://host/db")
    assert load_settings().database == "postgresql://host/db"


def test_sessions_lie_in_the_home_whatever_it_is_called(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = home / "what?x=1"
    monkeypatch.setenv("INTERVIEWER_HOME", str(odd))
    open_database(load_settings().database).dispose()
    assert (odd / "interviews.db").is_file()
    assert [p.name for p in home.iterdir()] == ["what?x=1"]


def test_a_role_has_its_own_model_before_the_one_for_all(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "config.toml").write_text(
        'model = "all"\nfallback = ["spare"]\n[judge]\nmodel = "judge"\nfallback = []\napi_base = "http://localhost:2"\n'
    )
    settings = load_settings()
    speaks, judges = settings.of("interviewer"), settings.of("judge")
    assert (speaks.model, speaks.fallback, speaks.api_base) == ("all", ("spare",), None)
    assert (judges.model, judges.fallback, judges.api_base) == ("judge", (), "http://localhost:2")
    monkeypatch.setenv("INTERVIEWER_INTERVIEWER_MODEL", "speaker")
    monkeypatch.setenv("INTERVIEWER_JUDGE_MODEL", "other")
    assert [load_settings().of(r).model for r in ("interviewer", "judge")] == ["speaker", "other"]  # type: ignore[arg-type]


def test_stand_ins_in_the_environment_stand_between_commas(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_FALLBACK", "ollama/qwen3, gpt-4o-mini,")
    assert load_settings().fallback == ("ollama/qwen3", "gpt-4o-mini")


@pytest.mark.parametrize(
    ("name", "value"), [("BUDGET_USD", "much"), ("BUDGET_USD", "-1"), ("BUDGET_USD", "nan"), ("BUDGET_TOKENS", "0")]
)
def test_a_budget_is_a_positive_number(name: str, value: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"INTERVIEWER_{name}", value)
    with pytest.raises(UsageError, match=f"setting `{name.lower()}`"):
        load_settings()
