"""The way to models: the first one that can, in the order in which the person named them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from interviewer.llm.breaker import Breaker
from interviewer.llm.budget import Budget
from interviewer.llm.deadline import TALKING, Patience
from interviewer.llm.endpoint import Adapter, Endpoint
from interviewer.llm.faults import ModelError
from interviewer.llm.model import Chunk, Prompt, Usage
from interviewer.llm.retry import Sleep
from interviewer.llm.structured import StructuredReplies
from interviewer.llm.target import Target

if TYPE_CHECKING:
    from pydantic import BaseModel

    Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class _Line:
    """A model, its answers in a shape, and whether it rests."""

    endpoint: Endpoint
    structured: StructuredReplies
    breaker: Breaker


class Gateway:
    """A `Model` and a `StructuredModel` that stands for several: where one fails, the next one is asked.

    It does so until the first word has come. A model that failed rests for a growing time, in which it is not asked.
    """

    def __init__(
        self,
        adapters: Sequence[Adapter],
        budget: Budget | None = None,
        patience: Patience = TALKING,
        clock: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        endpoints = [Endpoint(a, patience, budget or Budget(), sleep) for a in adapters]
        self._lines = [_Line(e, StructuredReplies(e), Breaker(clock)) for e in endpoints]
        self.name = endpoints[0].name

    @property
    def lack(self) -> str | None:
        """What the first model lacks, where none can speak."""
        lacks = [line.endpoint.lack for line in self._lines]
        return lacks[0] if all(lacks) else None

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        """The reply in pieces, from the first model that begins one.

        Raises:
            ModelError: the first model's fault where no model begins; the speaking one's where it breaks off.
        """
        trouble: ModelError | None = None
        for line in self._lines:
            said = False
            if line.breaker.resting:
                trouble = trouble or line.breaker.resting
                continue
            try:
                async with aclosing(line.endpoint.stream(prompt)) as chunks:
                    async for chunk in chunks:
                        yield chunk if said else replace(chunk, fault=trouble)
                        said = True
            except ModelError as error:
                line.breaker.failed(error)
                if said:
                    raise
                trouble = trouble or error
                continue
            except GeneratorExit:  # whoever listens has heard enough
                line.breaker.succeeded()
                raise
            line.breaker.succeeded()
            return
        assert trouble is not None
        raise trouble.with_traceback(None)

    async def structured(self, prompt: Prompt, schema: type[Shape]) -> tuple[Shape, Usage]:
        """The reply as an instance of `schema`, and what all calls that it took used.

        Raises:
            ModelError: the first model's fault, where none answers in that shape.
        """
        trouble: ModelError | None = None
        for line in self._lines:
            if line.breaker.resting:
                trouble = trouble or line.breaker.resting
                continue
            try:
                found = await line.structured.ask(prompt, schema)
            except ModelError as error:
                line.breaker.failed(error)
                trouble = trouble or error
                continue
            line.breaker.succeeded()
            return found
        assert trouble is not None
        raise trouble.with_traceback(None)


def open_adapter(target: Target) -> Adapter:
    """The adapter that speaks the target's protocol; its library is imported with the first call."""
    if target.base:
        from interviewer.llm.openai import OpenAIModel

        return OpenAIModel(target)
    from interviewer.llm.litellm import LiteLLMModel

    return LiteLLMModel(target)
