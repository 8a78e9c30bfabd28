"""One policy for trying again: a few times, at jittered distances, as the endpoint asks, and not past a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeVar

from interviewer.llm.faults import ModelError

if TYPE_CHECKING:
    from tenacity import RetryCallState

Result = TypeVar("Result")
Sleep = Callable[[float], Awaitable[None]]

ATTEMPTS = 4
LONGEST_WAIT = 8.0


async def with_retries(call: Callable[[], Awaitable[Result]], seconds: float, sleep: Sleep = asyncio.sleep) -> Result:
    """The call's result; a fault that passes is tried again as long as the next attempt begins within `seconds`.

    Raises:
        ModelError: the last attempt's.
    """
    import tenacity

    policy = tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(ATTEMPTS) | tenacity.stop_before_delay(seconds),
        wait=_wait,
        retry=tenacity.retry_if_exception(lambda e: isinstance(e, ModelError) and e.fault.passes),
        sleep=sleep,
        reraise=True,
    )

    async def attempt() -> Result:
        return await call()

    return await policy(attempt)


def _wait(state: RetryCallState) -> float:
    import tenacity

    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ModelError) else None
    jittered: float = tenacity.wait_random_exponential(multiplier=0.5, min=0.1, max=LONGEST_WAIT)(state)
    return max(jittered, asked or 0.0)
