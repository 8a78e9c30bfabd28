"""What models cost, as far as anybody knows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from interviewer.llm.model import Usage
from interviewer.llm.prices import Price, find_price
from interviewer.llm.target import find_target


@pytest.mark.parametrize("name", ["gpt-4o-mini", "openai/gpt-4o-mini", "claude-sonnet-4-5", "gemini/gemini-2.5-flash"])
def test_well_known_models_have_a_price(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    price = find_price(find_target(name))
    assert price is not None
    assert 0 < price.prompt < price.completion < 0.001


@pytest.mark.parametrize(
    ("name", "base"),
    [("no-such-model", None), ("gpt-4o-mini", "http://localhost:8000/v1"), ("anthropic/gpt-4o-mini", None)],
    ids=["unknown", "somebody else's endpoint", "another provider's"],
)
def test_no_price_is_made_up(name: str, base: str | None) -> None:
    assert find_price(find_target(name, base)) is None


def test_ones_own_ollama_is_free() -> None:
    assert find_price(find_target("ollama/qwen3")) == Price(0.0, 0.0)


def test_a_cost() -> None:
    assert Price(0.5, 2.0).of(Usage(3, 4)) == 9.5


def test_prices_are_read_without_the_library() -> None:
    code = (
        "import sys; from interviewer.llm.prices import find_price; from interviewer.llm.target import find_target; "
        "assert find_price(find_target('claude-sonnet-4-5')); assert 'litellm' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
