"""The prompt by which a model proposes what a question of a bank still lacks."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from interviewer.content.models import Question
from interviewer.llm.model import Message, Prompt
from interviewer.llm.prompts.fence import fenced

MAX_TOKENS = 8_000
MAX_COMPLAINTS = 30


def drafting_prompt(question: Question, given: AbstractSet[str], fields: Sequence[str]) -> Prompt:
    """What a model is asked for one question. All that the bank says of it is data and stands in a fence."""
    known = question.model_dump_json(by_alias=True, include={*given, "kind", "asks"} - {"status"}, indent=1)
    task = f"Propose these fields: {', '.join(fields)}.\n\nThe question so far. {fenced([known], 'Question')}"
    return Prompt((Message("system", _rules()), Message("user", task)), max_tokens=MAX_TOKENS)


def correction(complaints: Sequence[str]) -> str:
    """What is wrong with a proposal, for the model to mend."""
    listed = "\n".join(f"- {c}" for c in complaints[:MAX_COMPLAINTS])
    return f"The rules have this against it:\n{listed}\nMend that, keep the rest, and give all fields again."


@cache
def _rules() -> str:
    from importlib.resources import files

    return (files(__package__) / "drafting.txt").read_text(encoding="utf-8").strip()
