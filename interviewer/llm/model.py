"""The protocols that every model fulfils, from the scripted interviewer to a provider's largest."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from interviewer.llm.faults import ModelError

if TYPE_CHECKING:
    from pydantic import BaseModel

    Shape = TypeVar("Shape", bound=BaseModel)

__all__ = ["Chunk", "Message", "Model", "ModelError", "Prompt", "StructuredModel", "Usage"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt. What the candidate typed only ever stands in a `user` message."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is asked. `authored` are the words that are said when no model is there to find better ones.

    `asks` says that the candidate has to hear a question: a reply without one is not said. `response_format` is the
    wire's field of that name; `StructuredModel.structured` sets it.
    """

    messages: tuple[Message, ...]
    authored: str = ""
    max_tokens: int = 300
    asks: bool = False
    response_format: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """What a call took: tokens as the endpoint counts them, and US dollars at list price (None: price unknown)."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = None

    def __add__(self, other: Usage) -> Usage:
        known = self.cost_usd is not None and other.cost_usd is not None
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            (self.cost_usd or 0.0) + (other.cost_usd or 0.0) if known else None,
        )


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed reply; `usage` comes with the last piece, where the endpoint reports it.

    Where several models stand in for each other, `model` names the one that speaks, and `fault` says why the first
    one does not.
    """

    text: str = ""
    usage: Usage | None = None
    model: str = ""
    fault: ModelError | None = None


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


class StructuredModel(Protocol):
    """Something that answers in a given shape."""

    @property
    def name(self) -> str:
        """How reports call it."""

    @property
    def lack(self) -> str | None:
        """What has to be set before it can answer, in one line with the mend; None where nothing is missing."""

    async def structured(self, prompt: Prompt, schema: type[Shape]) -> tuple[Shape, Usage]:
        """The reply as an instance of `schema`, and what all calls that it took used.

        Set the prompt's `max_tokens` to what the whole JSON text needs.

        Raises:
            ModelError: no reply, or none of that shape after one correction.
        """
