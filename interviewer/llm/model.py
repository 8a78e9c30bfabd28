"""The protocol that every model fulfils, from the scripted interviewer to a provider's largest."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt. What the candidate typed only ever stands in a `user` message."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked. `authored` are the words that are said when no model is there to find better ones.

    `asks` says that the candidate has to hear a question: a reply without one is not said.
    """

    messages: tuple[Message, ...]
    authored: str
    max_tokens: int = 300
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a call took, as the endpoint counts them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed reply; `usage` comes with the last piece, where the endpoint reports it."""

    text: str = ""
    usage: Usage | None = None


class ModelError(Exception):
    """The model did not deliver. The message is one line for a person, without keys or prompts."""


class Model(Protocol):
    """Something that answers prompts, piece by piece."""

    @property
    def name(self) -> str:
        """How reports call it."""

    @property
    def lack(self) -> str | None:
        """What has to be set before it can speak, in one line with the mend; None where nothing is missing."""

    def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        """The reply in pieces.

        Raises:
            ModelError: at any piece; what was streamed so far is void.
        """
