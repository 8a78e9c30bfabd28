"""Any OpenAI-compatible endpoint. The SDK is imported on first use, never on the start path."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING, Any

from interviewer.errors import UsageError
from interviewer.llm.model import Chunk, ModelError, Prompt, Usage

if TYPE_CHECKING:
    from openai import AsyncOpenAI

DEADLINE_SECONDS = 60
MAX_REPLY_CHARACTERS = 4_000
OPENAI_BASE = "https://api.openai.com/v1"
LOCAL_BASES = {"ollama": "http://localhost:11434/v1"}
NO_KEY = "none"
NEW_LIMIT, OLD_LIMIT = "max_completion_tokens", "max_tokens"
_KEY_MEND = "the key is missing or not allowed this; check OPENAI_API_KEY, which goes to https endpoints only"
_MENDS = {
    401: _KEY_MEND,
    403: _KEY_MEND,
    404: "no such model or address; check the model's name and INTERVIEWER_API_BASE",
    429: "a limit is reached; wait a little, or look at your plan and its credit",
}


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint.

    `name` is the model's name, with or without `openai/`; `ollama/NAME` finds a local Ollama by itself. The key is
    read from `OPENAI_API_KEY` and goes to OpenAI itself and to an `api_base` that is https, nowhere else.

    Raises:
        UsageError: a provider that speaks another protocol, without an `api_base`.
    """

    def __init__(self, name: str, api_base: str | None = None) -> None:
        provider, _, rest = name.partition("/")
        known = provider in {"openai", *LOCAL_BASES} and bool(rest)
        if rest and not known and not api_base:
            raise UsageError(
                f"model `{name}`: `{provider}` is not reached directly yet; set INTERVIEWER_API_BASE to an "
                "OpenAI-compatible endpoint, or use `openai/NAME` or `ollama/NAME`"
            )
        self.name = name
        self._model = rest if known else name
        self._base = api_base or LOCAL_BASES.get(provider) or os.environ.get("OPENAI_BASE_URL") or OPENAI_BASE
        address = f"{self._base}/".lower()
        self._is_openai = address.startswith("https://api.openai.com/")
        self._takes_key = address.startswith("https://") and provider not in LOCAL_BASES
        self._limit = NEW_LIMIT if self._is_openai else OLD_LIMIT
        self._client: AsyncOpenAI | None = None

    @property
    def lack(self) -> str | None:
        """OpenAI itself wants a key; whether another endpoint does, only the endpoint knows."""
        if self._is_openai and self._key == NO_KEY:
            return f"{self.name} needs a key: set OPENAI_API_KEY."
        return None

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        """The reply in pieces.

        Raises:
            ModelError: the endpoint did not deliver a whole reply.
        """
        import httpx
        import openai

        ending: str | None = None
        length = 0
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                async for piece in await self._open(prompt):
                    text = _text(piece)
                    ending = piece.choices[0].finish_reason or ending if piece.choices else ending
                    length += len(text)
                    if length > MAX_REPLY_CHARACTERS:
                        raise ModelError(f"{self.name} does not stop talking: try another model.")
                    yield Chunk(text, _usage(piece))
        except (TimeoutError, openai.APITimeoutError):
            raise ModelError(
                f"{self.name} did not answer in {DEADLINE_SECONDS} seconds: try a smaller model or another endpoint."
            ) from None
        except openai.APIStatusError as error:
            raise ModelError(f"{self.name} refused (HTTP {error.status_code}): {_mend(error.status_code)}.") from None
        except openai.APIConnectionError:
            raise ModelError(
                f"{self.name} cannot be reached: see that its server runs, and check INTERVIEWER_API_BASE."
            ) from None
        except (openai.OpenAIError, httpx.HTTPError, ValueError, AttributeError, TypeError, LookupError):
            raise self._unreadable() from None
        if ending == "length":
            raise ModelError(
                f"{self.name} ran out of its {prompt.max_tokens} tokens: take a model that does not think first."
            )
        if ending != "stop":
            raise ModelError(f"{self.name} stopped in the middle.") if length else self._unreadable()

    async def _open(self, prompt: Prompt) -> Any:
        """The stream. Endpoints differ in what they call the token limit: one that refuses a name gets the other."""
        import openai

        try:
            return await self._request(prompt, self._limit)
        except openai.BadRequestError as error:
            if self._limit not in str(error):
                raise
            other = OLD_LIMIT if self._limit == NEW_LIMIT else NEW_LIMIT
            opened = await self._request(prompt, other)
            self._limit = other
            return opened

    async def _request(self, prompt: Prompt, limit: str) -> Any:
        messages: Any = [{"role": m.role, "content": m.content} for m in prompt.messages]
        limits: Any = {limit: prompt.max_tokens}
        return await self._connected().chat.completions.create(
            model=self._model, messages=messages, stream=True, stream_options={"include_usage": True}, **limits
        )

    def _connected(self) -> AsyncOpenAI:
        if self.lack:
            raise ModelError(self.lack)
        if self._client is None:
            import httpx
            from openai import AsyncOpenAI

            try:
                self._client = AsyncOpenAI(
                    api_key=self._key, base_url=self._base, max_retries=0, timeout=DEADLINE_SECONDS
                )
            except (OSError, ValueError, ImportError, httpx.InvalidURL):
                raise ModelError(
                    f"{self.name} cannot be connected to: check INTERVIEWER_API_BASE, SSL_CERT_FILE and the proxy's "
                    "variables."
                ) from None
        return self._client

    @property
    def _key(self) -> str:
        """The person's key where it may go; elsewhere a word that servers without keys take."""
        key = os.environ.get("OPENAI_API_KEY", "").strip() if self._takes_key else ""
        return key or NO_KEY

    def _unreadable(self) -> ModelError:
        return ModelError(
            f"{self.name} sent something unreadable: check that INTERVIEWER_API_BASE is such an endpoint."
        )


def _mend(status: int) -> str:
    if status >= 500:
        return "the endpoint has trouble of its own; try again later"
    return _MENDS.get(status, "it does not take such a request; try another model or endpoint")


def _text(piece: Any) -> str:
    """The words of a piece; the SDK checks no types."""
    content = piece.choices[0].delta.content if piece.choices else None
    if not isinstance(content, str | None):
        raise TypeError("content is no text")
    return content or ""


def _usage(piece: Any) -> Usage | None:
    found = getattr(piece, "usage", None)
    if not found:
        return None
    return Usage(_count(found, "prompt_tokens"), _count(found, "completion_tokens"))


def _count(usage: Any, name: str) -> int:
    """A number of tokens; 0 where the endpoint sent none that can be read."""
    try:
        return max(0, int(getattr(usage, name, 0)))
    except (TypeError, ValueError, OverflowError):
        return 0
