"""One model with all that keeps a call to it from hurting: deadlines, retries, price and budget."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Protocol

from interviewer.llm.budget import Budget, highest_usage
from interviewer.llm.deadline import Patience, within
from interviewer.llm.faults import Fault
from interviewer.llm.model import Chunk, Model, Prompt, Usage
from interviewer.llm.prices import Price, find_price
from interviewer.llm.retry import Sleep, with_retries
from interviewer.llm.target import Target


class Adapter(Model, Protocol):
    """A model somewhere else."""

    @property
    def target(self) -> Target:
        """Where it is reached."""


class Endpoint:
    """A `Model` that tries again where that helps, until the first word; afterwards what was said cannot be unsaid."""

    def __init__(self, adapter: Adapter, patience: Patience, budget: Budget, sleep: Sleep = asyncio.sleep) -> None:
        self.name = adapter.name
        self._adapter = adapter
        self._patience = patience
        self._budget = budget
        self._sleep = sleep
        self._found: tuple[Price | None] | None = None

    @property
    def lack(self) -> str | None:
        """What has to be set first."""
        return self._adapter.lack

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        """The reply in pieces; the last one has the usage with its price, where the endpoint reports it.

        Raises:
            ModelError: the model did not deliver, or the budget does not allow the call.
        """
        lasting = () if prompt.response_format is None else (Fault.FAILED,)  # some servers fall over a form
        held, rest = await with_retries(lambda: self._begun(prompt), self._patience, self._sleep, lasting)
        async with aclosing(rest):
            for chunk in held:
                yield chunk
            async for chunk in rest:
                yield chunk

    async def _begun(self, prompt: Prompt) -> tuple[list[Chunk], AsyncGenerator[Chunk]]:
        """The pieces up to the first word, and what is to come."""
        stream = self._call(prompt)
        held = []
        try:
            async for chunk in stream:
                held.append(chunk)
                if chunk.text:
                    break
        except BaseException:
            await stream.aclose()
            raise
        return held, stream

    async def _call(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        worst = 0.0
        if self._budget.limit_usd is not None and (price := await self._price()):
            worst = price.of(highest_usage(prompt))
        with self._budget.call(prompt, worst) as booking:
            async with aclosing(within(self._adapter.stream(prompt), self._patience, self._adapter.target)) as chunks:
                async for chunk in chunks:
                    if chunk.usage:
                        booking.usage = await self._priced(chunk.usage)
                    yield Chunk(chunk.text, booking.usage if chunk.usage else None, self.name)

    async def _priced(self, usage: Usage) -> Usage:
        price = await self._price()
        return replace(usage, cost_usd=price.of(usage) if price else None)

    async def _price(self) -> Price | None:
        """Looked up once, in a thread: the list is long."""
        if self._found is None:
            self._found = (await asyncio.to_thread(find_price, self._adapter.target),)
        return self._found[0]
