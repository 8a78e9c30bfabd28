"""Every provider that speaks a protocol of its own, through litellm. It is imported on first use, in a thread."""

from __future__ import annotations

import asyncio
import os
import warnings
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import cache
from typing import Any

from interviewer.llm.diagnose import diagnose
from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Chunk, Prompt
from interviewer.llm.quiet import silence
from interviewer.llm.target import Target
from interviewer.llm.wire import read

LONGEST_CALL_SECONDS = 600
"""For litellm itself, beyond every deadline of the gateway."""


class LiteLLMModel:
    """A model of a provider that litellm knows; the provider's usual variables hold key and address."""

    def __init__(self, target: Target) -> None:
        self.name = target.name
        self.target = target

    @property
    def lack(self) -> str | None:
        """A key, where the provider is known to need one."""
        return self.target.lack

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        """The reply in pieces.

        Raises:
            ModelError: the provider did not deliver a whole reply.
        """
        if self.lack:
            raise ModelError(self.lack, Fault.KEY)
        litellm = await asyncio.to_thread(_litellm)
        more = {} if prompt.response_format is None else {"response_format": dict(prompt.response_format)}
        try:
            pieces = await litellm.acompletion(
                model=self.target.model,
                messages=[{"role": m.role, "content": m.content} for m in prompt.messages],
                max_tokens=prompt.max_tokens,
                stream=True,
                stream_options={"include_usage": True},
                timeout=LONGEST_CALL_SECONDS,
                max_retries=0,
                num_retries=0,
                drop_params=True,
                **more,
            )
        except Exception as error:
            raise diagnose(error, self.target, begun=False) from None
        async with aclosing(pieces), aclosing(read(pieces, prompt, self.target, lambda: _ending(pieces))) as chunks:
            async for chunk in chunks:
                yield chunk


def _ending(pieces: Any) -> str | None:
    """How the provider said that the reply ended; litellm's last piece says `stop` when nothing was said."""
    found = pieces.received_finish_reason or getattr(pieces, "intermittent_finish_reason", None)
    return str(found) if found else None


@cache
def _litellm() -> Any:
    """The library, kept quiet: it must write nothing to the terminal, log nothing and send nothing home."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    warnings.filterwarnings("ignore", module=r"pydantic\.|litellm")
    import litellm

    silence("LiteLLM", "LiteLLM Router", "LiteLLM Proxy", "openai", "httpx", "httpcore")
    litellm.suppress_debug_info = True
    litellm.turn_off_message_logging = True
    litellm.telemetry = False
    litellm.disable_aiohttp_transport = True  # one HTTP library, with errors that `diagnose` knows
    litellm.callbacks, litellm.success_callback, litellm.failure_callback = [], [], []
    return litellm
