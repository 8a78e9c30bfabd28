"""Events to JSON text and back."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from interviewer.engine.events import Event


@cache
def _adapter() -> TypeAdapter[Event]:
    return TypeAdapter(Annotated[Event, Field(discriminator="type")])


def encode(event: Event) -> str:
    """One event as JSON."""
    return _adapter().dump_json(event).decode()


def decode(body: str) -> Event:
    """The event that `encode` wrote.

    Raises:
        pydantic.ValidationError: the text is no event of this version.
    """
    return _adapter().validate_json(body)
