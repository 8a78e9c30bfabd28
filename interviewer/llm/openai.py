"""Any OpenAI-compatible endpoint. The SDK is imported on first use, never on the start path."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from interviewer.llm.diagnose import diagnose, trouble
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Chunk, Prompt
from interviewer.llm.quiet import silence
from interviewer.llm.target import Target
from interviewer.llm.wire import read

if TYPE_CHECKING:
    from openai import AsyncOpenAI

KEPT_SECONDS = 240.0
"""An unused connection is kept that long: an answer takes minutes, and a new connection several round trips."""

NEW_LIMIT, OLD_LIMIT = "max_completion_tokens", "max_tokens"


class OpenAIModel:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(self, target: Target) -> None:
        self.name = target.name
        self.target = target
        self._limit = NEW_LIMIT if target.is_openai else OLD_LIMIT
        self._client: AsyncOpenAI | None = None

    @property
    def lack(self) -> str | None:
        """A key where one is needed."""
        return self.target.lack

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        """The reply in pieces.

        Raises:
            ModelError: the endpoint did not deliver a whole reply.
        """
        if self.lack:
            raise ModelError(self.lack, Fault.KEY)
        if self._client is None:
            self._client = await asyncio.to_thread(self._connect)
        try:
            pieces = await self._open(self._client, prompt)
        except Exception as error:
            raise diagnose(error, self.target, begun=False) from None
        if not hasattr(pieces, "close"):
            raise trouble(Fault.UNREADABLE, self.target)
        async with pieces, aclosing(read(pieces, prompt, self.target)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def _open(self, client: AsyncOpenAI, prompt: Prompt) -> Any:
        """The stream. Endpoints differ in what they call the token limit: one that refuses a name gets the other."""
        import openai

        try:
            return await self._request(client, prompt, self._limit)
        except openai.BadRequestError as error:
            if self._limit not in str(error):
                raise
            other = OLD_LIMIT if self._limit == NEW_LIMIT else NEW_LIMIT
            opened = await self._request(client, prompt, other)
            self._limit = other
            return opened

    async def _request(self, client: AsyncOpenAI, prompt: Prompt, limit: str) -> Any:
        more: dict[str, Any] = {limit: prompt.max_tokens}
        if prompt.response_format is not None:
            more["response_format"] = prompt.response_format
        messages: Any = [{"role": m.role, "content": m.content} for m in prompt.messages]
        return await client.chat.completions.create(
            model=self.target.model, messages=messages, stream=True, stream_options={"include_usage": True}, **more
        )

    def _connect(self) -> AsyncOpenAI:
        """In a thread: the import takes most of a second."""
        import httpx
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient

        from interviewer.llm.bounded import bound

        silence("openai", "httpx", "httpcore")
        try:
            client = AsyncOpenAI(
                api_key=self.target.key,
                base_url=self.target.base,
                max_retries=0,
                timeout=None,  # the gateway's deadlines hold for the whole call, the SDK's only for each read
                http_client=DefaultAsyncHttpxClient(
                    event_hooks={"response": [bound]}, limits=httpx.Limits(keepalive_expiry=KEPT_SECONDS)
                ),
            )
        except (OSError, ValueError, ImportError, httpx.InvalidURL):
            raise ModelError(
                f"{self.name} cannot be connected to: check INTERVIEWER_API_BASE, SSL_CERT_FILE and the proxy's "
                "variables.",
                Fault.SETUP,
            ) from None
        _ = client.chat.completions  # imported by the SDK when first touched
        return client
