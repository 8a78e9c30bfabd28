"""Settings: environment first, then the file, then defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.config import load_settings
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
