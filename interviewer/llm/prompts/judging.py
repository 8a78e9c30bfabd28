"""The prompt by which a model holds answers against a checklist.

It is built from the question and the answers alone: whoever asked, and how, cannot be seen in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from interviewer.content.models import Question
from interviewer.llm.model import Message, Prompt
from interviewer.llm.prompts.fence import fenced

TOKENS_AN_ITEM = 220


def judging_prompt(
    question: Question, ask: str, items: Mapping[str, str], flags: Mapping[str, str], answers: Sequence[str]
) -> Prompt:
    """What a judge is asked about one thread; `items` and `flags` are the checklist and false claims, by their ids."""
    asked = [ask, *(f.asks[0] for f in question.follow_ups)]
    parts = [
        "What was asked:\n" + "\n".join(f"- {a}" for a in asked),
        question.problem.sheet if question.problem else "",
        "The checklist:\n" + _listed(items),
        "False claims that people make:\n" + _listed(flags) if flags else "",
        f"What the candidate said. {fenced(answers, 'Answer')}",
    ]
    user = "\n\n".join(part for part in parts if part)
    tokens = TOKENS_AN_ITEM * (len(items) + len(flags) + 1)
    return Prompt((Message("system", _rules()), Message("user", user)), max_tokens=tokens)


def _listed(entries: Mapping[str, str]) -> str:
    return "\n".join(f"{key}: {text}" for key, text in entries.items())


@cache
def _rules() -> str:
    from importlib.resources import files

    return (files(__package__) / "judging.txt").read_text(encoding="utf-8").strip()
