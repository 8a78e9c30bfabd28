"""Settings: environment first, then the configuration file, then these defaults."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from interviewer import paths
from interviewer.errors import UsageError
from interviewer.text import printable

Role = Literal["interviewer", "judge"]


def _names(value: object) -> object:
    """Several names as people write them: in the environment with commas between."""
    return tuple(n.strip() for n in value.split(",") if n.strip()) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)]


class RoleSettings(BaseModel):
    """What holds for one role alone, in place of what is set for all."""

    model: str | None = None
    fallback: Names | None = None
    api_base: str | None = None


class JudgeSettings(RoleSettings):
    """What holds for the judge alone, and how it judges."""

    samples: Annotated[int, Field(ge=1, le=9)] = 1
    """How many readings it takes of each answer; several show how sure it is."""


class Settings(BaseSettings):
    """What a person can set. Keys of providers are not among it: they stay in the provider's own variables."""

    model_config = SettingsConfigDict(
        env_prefix="INTERVIEWER_",
        extra="ignore",
        env_ignore_empty=True,
        env_nested_delimiter="_",
        env_nested_max_split=1,
    )

    model: str | None = None
    """The model that speaks and judges, e.g. `gpt-4o-mini`; none means the scripted interviewer."""

    fallback: Names = ()
    """The models that stand in for it, in this order."""

    api_base: str | None = None
    """The address of an OpenAI-compatible endpoint, e.g. `http://localhost:11434/v1`."""

    interviewer: RoleSettings = RoleSettings()
    """What holds for the interviewer alone."""

    judge: JudgeSettings = JudgeSettings()
    """What holds for the judge alone."""

    budget_usd: Annotated[float, Field(gt=0)] | None = None
    """US dollars that a session may cost; no model is called that could exceed it."""

    budget_tokens: Annotated[int, Field(gt=0)] | None = None
    """Tokens that a session may take, prompts and replies together."""

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

    def of(self, role: Role) -> RoleSettings:
        """What holds for a role, its own settings first."""
        own: RoleSettings = getattr(self, role)
        fallback = self.fallback if own.fallback is None else own.fallback
        return RoleSettings(model=own.model or self.model, fallback=fallback, api_base=own.api_base or self.api_base)

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
    roles = {role: values for role in get_args(Role) if isinstance(values := keys.get(role), dict)}
    known = {"interviewer": list(RoleSettings.model_fields), "judge": list(JudgeSettings.model_fields)}
    return [
        *(_unknown(key, list(Settings.model_fields)) for key in keys if key not in Settings.model_fields),
        *(
            _unknown(key, known[role], f"{role}.")
            for role, values in roles.items()
            for key in values
            if key not in known[role]
        ),
    ]


def _unknown(key: str, known: list[str], prefix: str = "") -> str:
    meant = get_close_matches(key, known, n=1)
    mend = f"did you mean `{prefix}{meant[0]}`?" if meant else f"there are {', '.join(sorted(known))}"
    return f"`{prefix}{printable(key)}` is not a setting; {mend}"
