"""A pause for a model that does not answer, so that nobody waits for it again and again."""

from __future__ import annotations

from collections.abc import Callable

from interviewer.llm.faults import ModelError

FIRST_PAUSE, LONGEST_PAUSE = 10.0, 120.0
"""Seconds; each failure in a row doubles the pause."""


class Breaker:
    """Open while the model rests. `clock` is monotonic, in seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._rests_until = 0.0
        self._reason: ModelError | None = None

    @property
    def resting(self) -> ModelError | None:
        """The fault that the model rests for; None lets a call through."""
        return self._reason if self._clock() < self._rests_until else None

    def failed(self, error: ModelError) -> None:
        """Take note of an outage; the endpoint's own wish how long to wait counts."""
        if not error.fault.is_outage:
            return
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self._failures, 10))
        self._failures += 1
        self._rests_until = self._clock() + max(pause, error.retry_after or 0.0)
        self._reason = error

    def succeeded(self) -> None:
        """Forget all outages."""
        self._failures, self._rests_until = 0, 0.0
