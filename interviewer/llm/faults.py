"""What can go wrong between this program and a model, in a type and one line for a person."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """What kind of trouble it is."""

    SETUP = "setup"
    UNREACHABLE = "unreachable"
    UNKNOWN_HOST = "unknown_host"
    INSECURE = "insecure"
    KEY = "key"
    FORBIDDEN = "forbidden"
    NO_MODEL = "no_model"
    RATE_LIMIT = "rate_limit"
    QUOTA = "quota"
    OVERLOADED = "overloaded"
    FAILED = "failed"
    REFUSED = "refused"
    CONTEXT = "context"
    TIMEOUT = "timeout"
    CUT = "cut"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    LENGTH = "length"
    ENDLESS = "endless"
    FILTERED = "filtered"
    WRONG_SHAPE = "wrong_shape"
    BUDGET = "budget"

    @property
    def passes(self) -> bool:
        """The same call may work a moment later."""
        return self in {Fault.UNREACHABLE, Fault.RATE_LIMIT, Fault.OVERLOADED, Fault.FAILED, Fault.CUT}

    @property
    def is_outage(self) -> bool:
        """Other calls will meet it too; the rest are about this prompt, this reply or this person's budget."""
        return self not in {
            *(Fault.REFUSED, Fault.CONTEXT, Fault.EMPTY, Fault.LENGTH),
            *(Fault.ENDLESS, Fault.FILTERED, Fault.WRONG_SHAPE, Fault.BUDGET),
        }

    @property
    def is_free(self) -> bool:
        """The endpoint had not begun to generate, so nothing is charged."""
        return self in {
            *(Fault.SETUP, Fault.UNREACHABLE, Fault.UNKNOWN_HOST, Fault.INSECURE),
            *(Fault.KEY, Fault.FORBIDDEN, Fault.NO_MODEL),
            *(Fault.RATE_LIMIT, Fault.QUOTA, Fault.OVERLOADED, Fault.FAILED),
            *(Fault.REFUSED, Fault.CONTEXT, Fault.BUDGET),
        }


class ModelError(Exception):
    """The model did not deliver. The message is one line for a person: what, and how to mend it.

    It never holds a key, a header, an address or anything that a prompt or a reply said. `retry_after` is in seconds,
    as the endpoint asked for it.
    """

    def __init__(self, message: str, fault: Fault = Fault.UNREADABLE, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.fault = fault
        self.retry_after = retry_after
