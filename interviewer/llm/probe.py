"""Does a model work? Two small calls: one reply that streams, one in a given shape."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass

from pydantic import BaseModel

from interviewer.llm.budget import Budget
from interviewer.llm.deadline import TALKING
from interviewer.llm.endpoint import Endpoint
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.gateway import open_adapter
from interviewer.llm.model import Message, Prompt
from interviewer.llm.structured import Form, StructuredReplies
from interviewer.llm.target import Target

PARTS = ("endpoint", "key", "model", "streaming", "structured")
"""What is looked at, in the order in which a call meets it."""

_PART = {
    **dict.fromkeys((Fault.SETUP, Fault.UNREACHABLE, Fault.UNKNOWN_HOST, Fault.INSECURE), "endpoint"),
    **dict.fromkeys((Fault.OVERLOADED, Fault.FAILED, Fault.TIMEOUT, Fault.UNREADABLE), "endpoint"),
    **dict.fromkeys((Fault.KEY, Fault.FORBIDDEN, Fault.QUOTA, Fault.RATE_LIMIT), "key"),
    **dict.fromkeys((Fault.NO_MODEL, Fault.REFUSED), "model"),
}
_HELLO = Prompt((Message("system", "You test a connection."), Message("user", "Say hello in one short sentence.")))
_COLOUR = Prompt((Message("system", "You test a connection."), Message("user", "Name a colour in the field `colour`.")))


class _Colour(BaseModel):
    """The shape that is asked for."""

    colour: str


@dataclass(frozen=True, slots=True)
class Probe:
    """What was found: the part that failed with the fault, if one did, and how shapes have to be asked for."""

    failed: str | None
    error: ModelError | None
    form: Form

    def works(self, part: str) -> bool | None:
        """Whether that part works; None where the calls did not get so far."""
        if self.failed is None:
            return True
        at, reached = PARTS.index(part), PARTS.index(self.failed)
        return None if at > reached else at < reached


async def probe(target: Target) -> Probe:
    """Make the two calls; the second one only where the first one worked."""
    endpoint = Endpoint(open_adapter(target), TALKING, Budget())
    structured = StructuredReplies(endpoint)
    try:
        async with aclosing(endpoint.stream(_HELLO)) as chunks:
            async for _ in chunks:
                pass
    except ModelError as error:
        return Probe(_PART.get(error.fault, "streaming"), error, structured.form)
    try:
        await structured.ask(_COLOUR, _Colour)
    except ModelError as error:
        return Probe("structured", error, structured.form)
    return Probe(None, None, structured.form)
