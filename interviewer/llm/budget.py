"""What a session may spend on models, counted before it is spent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Prompt, Usage

FRAME_TOKENS = 16
"""What a chat template puts around a message, at most."""


@dataclass(slots=True)
class Booking:
    """One call under way; `usage` is set once the endpoint said what it took."""

    usage: Usage | None = None


class Budget:
    """Limits of US dollars and tokens, None for none, and what is spent and promised of them."""

    def __init__(
        self,
        limit_usd: float | None = None,
        limit_tokens: int | None = None,
        spent_usd: float = 0.0,
        spent_tokens: int = 0,
    ) -> None:
        self.limit_usd, self.limit_tokens = limit_usd, limit_tokens
        self._usd, self._tokens = spent_usd, spent_tokens

    @contextmanager
    def call(self, prompt: Prompt, worst_usd: float) -> Iterator[Booking]:
        """Hold the call's highest possible price until its real one is known; a call that told none costs that much.

        Raises:
            ModelError: the call could exceed the budget.
        """
        worst = highest_usage(prompt)
        worst_tokens = worst.prompt_tokens + worst.completion_tokens
        self._check(worst_usd, worst_tokens)
        self._usd += worst_usd
        self._tokens += worst_tokens
        booking = Booking()
        try:
            yield booking
        except ModelError as error:
            booking.usage = booking.usage or (Usage(cost_usd=0.0) if error.fault.is_free else None)
            raise
        finally:
            if used := booking.usage:
                self._usd += (used.cost_usd if used.cost_usd is not None else worst_usd) - worst_usd
                self._tokens += used.prompt_tokens + used.completion_tokens - worst_tokens

    def _check(self, usd: float, tokens: int) -> None:
        if self.limit_usd is not None and self._usd + usd > self.limit_usd:
            raise _spent(f"${self.limit_usd:g}", "budget_usd")
        if self.limit_tokens is not None and self._tokens + tokens > self.limit_tokens:
            raise _spent(f"{self.limit_tokens:,} tokens", "budget_tokens")


def highest_usage(prompt: Prompt) -> Usage:
    """More tokens than the call can take: none is shorter than a byte."""
    words = sum(len(m.content.encode(errors="replace")) + FRAME_TOKENS for m in prompt.messages)
    return Usage(words + len(str(prompt.response_format or "")), prompt.max_tokens)


def _spent(limit: str, setting: str) -> ModelError:
    return ModelError(f"This session's model budget of {limit} is used up: raise {setting} to go on.", Fault.BUDGET)
