"""What was measured of each grader's agreement with people, in a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

NOT_MEASURED = "Its agreement with people has not been measured; take levels as a first indication."


def agreement(graders: Iterable[str]) -> str:
    """A sentence for each grader of which something was measured; figures are written by `make agreement`."""
    said = [_sentence(figures) for grader in graders if (figures := _figures().get(grader))]
    return " ".join(dict.fromkeys(said)) or NOT_MEASURED


def _sentence(figures: dict[str, Any]) -> str:
    return (
        f"On {figures['n']} answers that it was not fitted on, its level agreed with the labels at a weighted kappa of "
        f"{figures['qwk']:.2f} (1 is full agreement) and was within one level in {figures['within_one']:.0%} of them."
    )


@cache
def _figures() -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = json.loads(
        files("interviewer.grading").joinpath("weights", "figures.json").read_text("utf-8")
    )
    return read
