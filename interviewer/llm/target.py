"""Model names as people know them, and where each leads."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.errors import UsageError
from interviewer.text import printable

OPENAI_BASE = "https://api.openai.com/v1"
OLLAMA_BASE = "http://localhost:11434/v1"
NO_KEY = "none"
BARE_NAMES = {"claude-": "anthropic", "gemini-": "gemini"}
"""Beginnings of names that are well known without their provider."""

KEYS = {
    "anthropic": ("ANTHROPIC_API_KEY",),
    "cohere": ("COHERE_API_KEY",),
    "deepseek": ("DEEPSEEK_API_KEY",),
    "gemini": ("GEMINI_API_KEY", "GOOGLE_API_KEY"),
    "groq": ("GROQ_API_KEY",),
    "mistral": ("MISTRAL_API_KEY",),
    "openrouter": ("OPENROUTER_API_KEY",),
    "xai": ("XAI_API_KEY",),
}
"""The variables in which the better known providers look for a key; any of a provider's will do."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a model is reached. `base` is an OpenAI-compatible endpoint; None leaves the way to litellm.

    `model` is the name on the wire, `own_base` says that the person gave the address.
    """

    name: str
    provider: str
    model: str
    base: str | None
    own_base: bool = False

    @property
    def is_openai(self) -> bool:
        """OpenAI itself, not one of the many who speak its protocol."""
        return f"{self.base}/".lower().startswith("https://api.openai.com/")

    @property
    def is_named(self) -> bool:
        """The name itself says which provider is meant."""
        return self.provider in KEYS or self.name.startswith(("openai/", "ollama/"))

    @property
    def key_variable(self) -> str | None:
        """Where the person's key is looked for; None where only litellm knows."""
        return "OPENAI_API_KEY" if self.base else KEYS.get(self.provider, (None,))[0]

    @property
    def key(self) -> str:
        """The key for an OpenAI-compatible endpoint where it may go: over https, and never to Ollama.

        Elsewhere a word that servers without keys take.
        """
        safe = f"{self.base}".lower().startswith("https://") and self.provider != "ollama"
        return (os.environ.get("OPENAI_API_KEY", "").strip() if safe else "") or NO_KEY

    @property
    def lack(self) -> str | None:
        """What is missing, with the mend. Whether an own endpoint wants a key only the endpoint knows."""
        if self.base:
            missing = self.is_openai and self.key == NO_KEY
        else:
            variables = KEYS.get(self.provider, ())
            missing = bool(variables) and not any(os.environ.get(v, "").strip() for v in variables)
        return f"{self.name} needs a key: set {self.key_variable}." if missing else None


def find_target(name: str, api_base: str | None = None) -> Target:
    """Where `name` leads; an `api_base` takes every name.

    Raises:
        UsageError: the name is empty or holds white space.
    """
    shown = printable(name)
    if not name or shown != name or name.split() != [name]:
        raise UsageError(
            f"model `{' '.join(shown.split())}`: a name has no white space, e.g. gpt-4o-mini or ollama/qwen3"
        )
    provider, _, rest = name.partition("/")
    direct = provider in {"openai", "ollama"} and bool(rest)
    if api_base:
        return Target(name, provider if direct else "openai", rest if direct else name, api_base, own_base=True)
    if direct and provider == "ollama":
        return Target(name, provider, rest, OLLAMA_BASE)
    if direct or not rest:
        for beginning, known in BARE_NAMES.items():
            if name.startswith(beginning):
                return Target(name, known, f"{known}/{name}", None)
        own = os.environ.get("OPENAI_BASE_URL")
        return Target(name, "openai", rest or name, own or OPENAI_BASE, own_base=bool(own))
    return Target(name, provider, name, None)


def find_targets(model: str, fallbacks: Sequence[str] = (), api_base: str | None = None) -> list[Target]:
    """Where the models lead. An `api_base` takes the model, and those fallbacks that name no provider known here.

    Raises:
        UsageError: a name is none.
    """
    targets = [find_target(model, api_base)]
    for name in fallbacks:
        own = find_target(name)
        targets.append(find_target(name, api_base) if api_base and not own.is_named else own)
    return targets
