"""What models cost, from the price list that comes with litellm. The file is read, litellm is not imported."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from interviewer.llm.model import Usage
from interviewer.llm.target import Target

LIST = "model_prices_and_context_window_backup.json"


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a token at list price, without a provider's discounts for cached prompts."""

    prompt: float
    completion: float

    def of(self, usage: Usage) -> float:
        """What the usage costs."""
        return usage.prompt_tokens * self.prompt + usage.completion_tokens * self.completion


FREE = Price(0.0, 0.0)


def find_price(target: Target) -> Price | None:
    """The model's price; None where nobody knows it, as at an endpoint of the person's own."""
    if target.provider == "ollama" and not target.own_base:
        return FREE
    if target.own_base:
        return None
    entry = _entry(target)
    prompt, completion = entry.get("input_cost_per_token"), entry.get("output_cost_per_token")
    if not isinstance(prompt, int | float) or not isinstance(completion, int | float):
        return None
    return Price(float(prompt), float(completion))


def _entry(target: Target) -> dict[str, Any]:
    """The list names some models with their provider and some without."""
    listed = _list()
    bare = target.model.removeprefix(f"{target.provider}/")
    entry: dict[str, Any] = listed.get(f"{target.provider}/{bare}") or listed.get(bare) or {}
    return entry if entry.get("litellm_provider") == target.provider else {}


@cache
def _list() -> dict[str, Any]:
    """The whole list; empty where litellm keeps it elsewhere by now."""
    spec = find_spec("litellm")
    if spec is None or spec.origin is None:
        return {}
    try:
        listed = json.loads(Path(spec.origin).with_name(LIST).read_bytes())
    except (OSError, ValueError):
        return {}
    return listed if isinstance(listed, dict) else {}
