"""How long a reply is waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from interviewer.llm.diagnose import trouble
from interviewer.llm.faults import Fault
from interviewer.llm.model import Chunk
from interviewer.llm.target import Target


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds until the first piece, between two pieces, until the whole reply; and for trying again, how often."""

    first: float = 30
    gap: float = 20
    whole: float = 60
    retries: float = 6
    attempts: int = 4


TALKING = Patience()
"""Somebody waits for the reply."""

WORKING = Patience(first=90, gap=60, whole=300, retries=60, attempts=12)
"""The work goes on behind."""


async def within(stream: AsyncGenerator[Chunk], patience: Patience, target: Target) -> AsyncGenerator[Chunk]:
    """The same pieces; what the listener does between them counts for nothing but the whole.

    Raises:
        ModelError: the next piece did not come in time.
    """
    now = asyncio.get_running_loop().time
    end = now() + patience.whole
    wait = patience.first
    async with aclosing(stream):
        while True:
            try:
                async with asyncio.timeout_at(min(end, now() + wait)):
                    chunk = await anext(stream)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise trouble(Fault.TIMEOUT, target) from None
            yield chunk
            wait = patience.gap
