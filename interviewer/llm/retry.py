"""One policy for trying again: a few times, at jittered distances, as the endpoint asks, and not past a deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Container
from typing import TYPE_CHECKING, TypeVar

from interviewer.llm.deadline import Patience
from interviewer.llm.faults import Fault, ModelError

if TYPE_CHECKING:
    from tenacity import RetryCallState

Result = TypeVar("Result")
Sleep = Callable[[float], Awaitable[None]]

LONGEST_WAIT = 8.0


async def with_retries(
    call: Callable[[], Awaitable[Result]],
    patience: Patience,
    sleep: Sleep = asyncio.sleep,
    lasting: Container[Fault] = (),
) -> Result:
    """The call's result; a fault that passes is tried again as long as the next attempt begins in time.

    The `lasting` ones are taken not to pass with this call.

    Raises:
        ModelError: the last attempt's.
    """
    import tenacity

    policy = tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(patience.attempts) | tenacity.stop_before_delay(patience.retries),
        wait=_wait,
        retry=tenacity.retry_if_exception(
            lambda e: isinstance(e, ModelError) and e.fault.passes and e.fault not in lasting
        ),
        sleep=sleep,
        reraise=True,
    )

    async def attempt() -> Result:
        return await call()

    return await policy(attempt)


def _wait(state: RetryCallState) -> float:
    """Never less than the endpoint asks for, and never the same for all who wait."""
    import tenacity

    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ModelError) else None
    jittered: float = tenacity.wait_random_exponential(multiplier=0.5, min=0.1, max=LONGEST_WAIT)(state)
    return jittered + (asked or 0.0)
