"""Exceptions of the OpenAI SDK, and litellm's, which derive from them, as a `ModelError`.

What the libraries say is read to tell the faults apart and is never shown: it may hold keys, addresses and prompts.
"""

from __future__ import annotations

import math
import re
import socket
import ssl
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.target import Target

_WRAPPERS = {"MidStreamFallbackError", "APIConnectionError"}
_CONTEXT = re.compile(r"context[ _-]?(?:length|size|window)|maximum context|prompt is too long|too many tokens")
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|credit balance|billing")
_FILTER = re.compile(r"content_filter|content_policy|content management policy|contentpolicy")
_NO_KEY = re.compile(r"missing credentials|api key not found|missing api key")
_NO_PROVIDER = re.compile(r"llm provider not provided")
_RATE = re.compile(r"rate_limit|too many requests")
_BUSY = re.compile(r"overloaded|server_error|unavailable")


def diagnose(error: Exception, target: Target, *, begun: bool) -> ModelError:
    """What a library's exception means for a person. `begun` says that words had already come."""
    import httpx
    import openai

    chain = list(_chain(error))
    if any(isinstance(e, ssl.SSLError) for e in chain):
        return trouble(Fault.INSECURE, target)
    if any(isinstance(e, socket.gaierror) for e in chain):
        return trouble(Fault.UNKNOWN_HOST, target)
    if any(isinstance(e, ImportError) for e in chain):
        return trouble(Fault.SETUP, target)
    if any(isinstance(e, UnicodeEncodeError) for e in chain):
        return trouble(Fault.KEY, target)
    if any(isinstance(e, TimeoutError | httpx.TimeoutException | openai.APITimeoutError) for e in chain):
        return trouble(Fault.TIMEOUT, target)
    if any(isinstance(e, ConnectionError | httpx.TransportError | openai.APIConnectionError) for e in chain):
        return trouble(Fault.CUT if begun else Fault.UNREACHABLE, target)
    statuses = [s for e in chain if isinstance(s := getattr(e, "status_code", None), int)]
    status = statuses[-1] if statuses else None  # litellm's own says 500 for much that it does not know
    said = " ".join(_words(e) for e in chain)
    if any(isinstance(e, openai.APIStatusError) for e in chain) and status and not begun:
        return trouble(_by_status(status, said), target, status, _retry_after(chain))
    if any(isinstance(e, openai.APIError) for e in chain):
        return trouble(Fault.CUT if begun else _by_words(said) or Fault.UNREADABLE, target)
    return trouble(Fault.UNREADABLE, target)


def trouble(fault: Fault, target: Target, status: int | None = None, retry_after: float | None = None) -> ModelError:
    """The fault as a line for a person who set up this target."""
    what, mend = _SAID[fault]
    code = f" (HTTP {status})" if status else ""
    return ModelError(f"{target.name} {what}{code}: {_mend(mend, target)}.", fault, retry_after)


def _by_status(status: int, said: str) -> Fault:
    if status == 429:
        return Fault.QUOTA if _QUOTA.search(said) else Fault.RATE_LIMIT
    if known := {401: Fault.KEY, 402: Fault.QUOTA, 403: Fault.FORBIDDEN, 404: Fault.NO_MODEL}.get(status):
        return known
    if _CONTEXT.search(said):
        return Fault.CONTEXT
    if status >= 500:
        return Fault.FAILED if status == 500 else Fault.OVERLOADED
    return _by_words(said) or Fault.REFUSED


def _by_words(said: str) -> Fault | None:
    """What an error without a telling status means."""
    for pattern, fault in (
        (_NO_KEY, Fault.KEY),
        (_NO_PROVIDER, Fault.NO_MODEL),
        (_QUOTA, Fault.QUOTA),
        (_CONTEXT, Fault.CONTEXT),
        (_FILTER, Fault.FILTERED),
        (_RATE, Fault.RATE_LIMIT),
        (_BUSY, Fault.OVERLOADED),
    ):
        if pattern.search(said):
            return fault
    return None


def _words(error: BaseException) -> str:
    parts = (getattr(error, name, "") for name in ("code", "type", "body", "message"))
    return f"{type(error).__name__} {' '.join(str(p) for p in parts if p)} {error}".lower()[:4_000]


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it stems from, less litellm's wrappers around whatever breaks a stream."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        found = waiting.pop(0)
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        if not (hasattr(found, "llm_provider") and type(found).__name__ in _WRAPPERS):
            yield found
        original = getattr(found, "original_exception", None)
        waiting += [original if isinstance(original, BaseException) else None, found.__cause__, found.__context__]


def _retry_after(chain: list[BaseException]) -> float | None:
    """Seconds, from a header that holds seconds or a date; None where nothing sensible was said."""
    for error in chain:
        response = getattr(error, "response", None)
        for headers in (getattr(error, "litellm_response_headers", None), getattr(response, "headers", None)):
            if headers is not None and (value := headers.get("retry-after")):
                return _seconds(str(value))
    return None


def _seconds(value: str) -> float | None:
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _mend(mend: str, target: Target) -> str:
    """The mend for this target where there is a special one."""
    at_ollama = target.provider == "ollama" and not target.own_base
    if at_ollama and mend in _AT_OLLAMA:
        return _AT_OLLAMA[mend].format(model=target.model)
    if not target.own_base and mend in _AT_PROVIDERS:
        return _AT_PROVIDERS[mend]
    key = target.key_variable or "the variables that litellm takes its key from"
    return mend.format(key=f"{key}, which goes to https endpoints only" if target.own_base else key)


_REACH = "see that its server runs, and check INTERVIEWER_API_BASE"
_NAME = "check the model's name and INTERVIEWER_API_BASE"
_HOST = "check INTERVIEWER_API_BASE and your network"
_SAFE = "see that INTERVIEWER_API_BASE is https there, and check SSL_CERT_FILE"
_SPEAKS = "check that INTERVIEWER_API_BASE is an OpenAI-compatible endpoint"
_AT_OLLAMA = {
    _REACH: "start it with `ollama serve`",
    _NAME: "fetch it with `ollama pull {model}`",
}
_AT_PROVIDERS: dict[Any, str] = {
    _REACH: "check your network and the proxy's variables",
    _NAME: "check the model's name",
    _HOST: "check your network",
    _SAFE: "check your network's proxy and SSL_CERT_FILE",
    _SPEAKS: "try again later, or choose another model",
}
_SAID: dict[Fault, tuple[str, str]] = {
    Fault.SETUP: ("needs a Python package that is not installed", "choose another provider"),
    Fault.UNREACHABLE: ("cannot be reached", _REACH),
    Fault.UNKNOWN_HOST: ("cannot be reached, its address is not known", _HOST),
    Fault.INSECURE: ("cannot be reached safely", _SAFE),
    Fault.KEY: ("refused the key", "check {key}"),
    Fault.FORBIDDEN: ("refused", "the key may not do this; choose another model, or check {key}"),
    Fault.NO_MODEL: ("is not known there", _NAME),
    Fault.RATE_LIMIT: ("is at its rate limit", "wait a little, or choose another model"),
    Fault.QUOTA: ("has no credit left", "look at your plan and its billing"),
    Fault.OVERLOADED: ("has trouble of its own", "try again later, or choose another model"),
    Fault.FAILED: ("has trouble of its own", "try again later, or choose another model"),
    Fault.REFUSED: ("refused", "it does not take such a request; choose another model"),
    Fault.CONTEXT: ("cannot hold so long a conversation", "give it a larger context, or choose another model"),
    Fault.TIMEOUT: ("did not answer in time", "choose a smaller model or another endpoint"),
    Fault.CUT: ("broke off in the middle", "look at its server and the connection"),
    Fault.UNREADABLE: ("sent something unreadable", _SPEAKS),
    Fault.EMPTY: ("said nothing", "choose another model"),
    Fault.LENGTH: ("ran out of tokens before its end", "choose a model that does not think first"),
    Fault.ENDLESS: ("does not stop talking", "choose another model"),
    Fault.FILTERED: ("withheld its reply by its content filter", "choose another model"),
}
