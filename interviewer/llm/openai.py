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
LOCAL_BASES = {"ollama": "http://localhost:11434/v1"}


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint.

    `name` is the model's name, with or without `openai/`; `ollama/NAME` finds a local Ollama by itself. The key is
    read from `OPENAI_API_KEY`; endpoints on the own machine need none.

    Raises:
        UsageError: a provider that speaks another protocol, without an `api_base`.
    """

    def __init__(self, name: str, api_base: str | None = None) -> None:
        provider, _, rest = name.partition("/")
        self.name = name
        self._base = api_base or LOCAL_BASES.get(provider)
        known = provider in {"openai", *LOCAL_BASES} and bool(rest)
        if rest and not known and not api_base:
            raise UsageError(
                f"model `{name}`: `{provider}` is not reached directly yet; set INTERVIEWER_API_BASE to an "
                "OpenAI-compatible endpoint, or use `openai/NAME` or `ollama/NAME`"
            )
        self._model = rest if known else name
        self._client: AsyncOpenAI | None = None

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        """The reply in pieces.

        Raises:
            ModelError: the endpoint did not deliver a whole reply.
        """
        import httpx
        import openai

        finished = False
        length = 0
        try:
            async with asyncio.timeout(DEADLINE_SECONDS):
                async for piece in await self._open(prompt):
                    text = piece.choices[0].delta.content or "" if piece.choices else ""
                    finished = finished or bool(piece.choices and piece.choices[0].finish_reason == "stop")
                    length += len(text)
                    if length > MAX_REPLY_CHARACTERS:
                        raise ModelError(f"{self.name} does not stop talking.")
                    yield Chunk(text, _usage(piece))
        except (TimeoutError, openai.APITimeoutError):
            raise ModelError(f"{self.name} did not answer in time.") from None
        except openai.APIStatusError as error:
            raise ModelError(f"{self.name} refused (HTTP {error.status_code}).") from None
        except openai.APIConnectionError:
            raise ModelError(f"{self.name} cannot be reached.") from None
        except (openai.OpenAIError, httpx.HTTPError, ValueError, AttributeError, TypeError):
            raise ModelError(f"{self.name} sent something unreadable.") from None
        if not finished:
            raise ModelError(f"{self.name} stopped in the middle.")

    async def _open(self, prompt: Prompt) -> Any:
        messages: Any = [{"role": m.role, "content": m.content} for m in prompt.messages]
        return await self._connected().chat.completions.create(
            model=self._model,
            messages=messages,
            max_tokens=prompt.max_tokens,
            stream=True,
            stream_options={"include_usage": True},
        )

    def _connected(self) -> AsyncOpenAI:
        if self._client is None:
            from openai import AsyncOpenAI

            key = os.environ.get("OPENAI_API_KEY") or ("none" if self._base else None)
            if key is None:
                raise ModelError("OPENAI_API_KEY is not set.")
            self._client = AsyncOpenAI(api_key=key, base_url=self._base, max_retries=0, timeout=DEADLINE_SECONDS)
        return self._client


def _usage(piece: Any) -> Usage | None:
    found = getattr(piece, "usage", None)
    return Usage(found.prompt_tokens, found.completion_tokens) if found else None
