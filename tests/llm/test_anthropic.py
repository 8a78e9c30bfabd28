"""A provider with a protocol of its own, through litellm and a real wire: faults, shapes, and a quiet terminal."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from interviewer.llm.deadline import Patience, within
from interviewer.llm.faults import Fault
from interviewer.llm.gateway import Gateway
from interviewer.llm.litellm import LiteLLMModel, _litellm
from interviewer.llm.model import Message, ModelError, Prompt, Usage
from interviewer.llm.target import find_target
from tests.llm import anthropic, server
from tests.llm.server import Reply, serving, status

ROOT = Path(__file__).parents[2]
KEY = "sk-ant-planted-0123456789"
TARGET = find_target("anthropic/claude-sonnet-4-5")
PROMPT = Prompt((Message("system", "Be brief."), Message("user", "Hello")), authored="Hi.")


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    _litellm()


def at(base: str, monkeypatch: pytest.MonkeyPatch) -> LiteLLMModel:
    monkeypatch.setenv("ANTHROPIC_API_KEY", KEY)
    monkeypatch.setenv("ANTHROPIC_API_BASE", base.removesuffix("/v1"))
    return LiteLLMModel(TARGET)


def error(kind: str) -> dict[str, str]:
    return {"type": kind, "message": f"invalid x-api-key {KEY}"}


FAULTS: dict[str, tuple[Reply, Fault]] = {
    "401": (status(401, error("authentication_error")), Fault.KEY),
    "403": (status(403, error("permission_error")), Fault.FORBIDDEN),
    "404": (status(404, error("not_found_error")), Fault.NO_MODEL),
    "429": (status(429, error("rate_limit_error"), "Retry-After: 7\r\n"), Fault.RATE_LIMIT),
    "500": (status(500, error("api_error")), Fault.FAILED),
    "529": (status(529, error("overloaded_error")), Fault.OVERLOADED),
    "context": (status(400, {"type": "invalid_request_error", "message": "prompt is too long: 9 > 8"}), Fault.CONTEXT),
    "error event": (server.HEAD + anthropic.event("error", error=error("overloaded_error")), Fault.FAILED),
    "closed": (b"", Fault.UNREACHABLE),
    "cut": (anthropic.begun() + anthropic.words("Good "), Fault.CUT),
    "stall": (server.hanging(anthropic.begun(), anthropic.words("Good ")), Fault.TIMEOUT),
    "length": (anthropic.begun() + anthropic.words("So") + anthropic.ended("max_tokens"), Fault.LENGTH),
    "refusal": (anthropic.begun() + anthropic.words("No") + anthropic.ended("refusal"), Fault.FILTERED),
    "nothing": (anthropic.begun() + anthropic.ended(), Fault.EMPTY),
}


@pytest.mark.parametrize("case", FAULTS)
async def test_faults(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reply, fault = FAULTS[case]
    patience = Patience(gap=0.3) if fault is Fault.TIMEOUT else Patience()
    async with serving(reply) as base:
        with pytest.raises(ModelError) as raised:
            _ = [c async for c in within(at(base, monkeypatch).stream(PROMPT), patience, TARGET)]
    assert raised.value.fault is fault
    assert KEY not in str(raised.value)
    assert raised.value.retry_after == (7 if case == "429" else None)


async def test_a_good_reply_has_its_price(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(anthropic.whole("Good day.")) as base:
        chunks = [c async for c in Gateway([at(base, monkeypatch)]).stream(PROMPT)]
    assert "".join(c.text for c in chunks) == "Good day."
    (used,) = {c.usage for c in chunks if c.usage}
    assert used == Usage(7, 2, pytest.approx(7 * 3e-6 + 2 * 15e-6))


class Colour(BaseModel):
    """A shape."""

    colour: str


async def test_an_answer_in_a_shape(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(anthropic.whole('{"colour": "red"}')) as base:
        found, _ = await Gateway([at(base, monkeypatch)]).structured(PROMPT, Colour)
    assert found == Colour(colour="red")


@pytest.mark.parametrize(
    "reply",
    [anthropic.whole("As the model says it, what is it?"), FAULTS["401"][0], FAULTS["cut"][0]],
    ids=["well", "401", "cut"],
)
async def test_the_library_writes_nothing_to_the_terminal(reply: bytes, tmp_path: Path) -> None:
    async with serving(reply) as base:
        environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("INTERVIEWER_")},
            "INTERVIEWER_HOME": str(tmp_path),
            "PYTHONPATH": str(ROOT),
            "ANTHROPIC_API_BASE": base.removesuffix("/v1"),
            "ANTHROPIC_API_KEY": KEY,
        }
        model = "anthropic/claude-sonnet-4-5"
        command = [sys.executable, "-m", "interviewer", "start", "soft-01", "--plain", "--model", model]
        done = await asyncio.to_thread(
            lambda: subprocess.run(
                command,
                input="I build pipelines.\n\n/end\n",
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=120,
            )
        )
    assert (done.returncode, done.stderr) == (0, "")
    allowed = ("-- ", "Dariush ")
    assert not [line for line in done.stdout.splitlines() if line and not line.startswith(allowed)]
