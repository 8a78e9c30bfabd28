"""Settings: environment first, then the configuration file, then these defaults."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from interviewer import paths
from interviewer.errors import UsageError
from interviewer.text import printable


class Settings(BaseSettings):
    """What a person can set. Keys of providers are not among it: they stay in the provider's own variables."""

    model_config = SettingsConfigDict(env_prefix="INTERVIEWER_", extra="ignore", env_ignore_empty=True)

    model: str | None = None
    """The model that speaks, e.g. `gpt-4o-mini`; none means the scripted interviewer."""

    api_base: str | None = None
    """The address of an OpenAI-compatible endpoint, e.g. `http://localhost:11434/v1`."""

    database_url: str | None = None
    """Where sessions are kept, as an SQLAlchemy URL; none means a file in the data folder."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """No dotenv and no secrets folder: two places are enough to look in."""
        toml = TomlConfigSettingsSource(settings_cls, toml_file=paths.config_file())
        return init_settings, env_settings, toml

    @property
    def database(self) -> str | Path:
        """The database's URL, or the path of its SQLite file: a path is no URL, it may hold a `?`."""
        return self.database_url or paths.data_dir() / "interviews.db"


def load_settings() -> Settings:
    """The settings in force.

    Raises:
        UsageError: the configuration file is broken or a value does not fit.
    """
    try:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{paths.config_file()}: not valid TOML: {error}; mend or remove the file") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(p) for p in first["loc"])
        raise UsageError(f"setting `{name}`: {first['msg']}; see {paths.config_file()} and INTERVIEWER_*") from None


def unknown_settings() -> list[str]:
    """A line for each key of the configuration file that is no setting; none where the file cannot be read."""
    try:
        keys = tomllib.loads(paths.config_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [_unknown(key) for key in keys if key not in Settings.model_fields]


def _unknown(key: str) -> str:
    known = sorted(Settings.model_fields)
    meant = get_close_matches(key, known, n=1)
    mend = f"did you mean `{meant[0]}`?" if meant else f"there are {', '.join(known)}"
    return f"`{printable(key)}` is not a setting; {mend}"
