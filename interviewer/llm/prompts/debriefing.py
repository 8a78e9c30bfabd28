"""The prompt for the debrief: verdicts go in, not a word of the candidate's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from interviewer.content.models import Verdict
from interviewer.llm.model import Message, Prompt

WORDS = {
    Verdict.MET: "met",
    Verdict.PARTIAL: "partly met",
    Verdict.MISSED: "missed",
    Verdict.CANNOT_ASSESS: "could not be assessed",
}


def debriefing_prompt(questions: Iterable[tuple[str, Iterable[tuple[str, Verdict, str]]]]) -> Prompt:
    """What a model is asked; each question with its verdicts: id, verdict, and what a good answer says."""
    parts = [
        f"Asked: {ask}\n" + "\n".join(f"{key}, {WORDS[verdict]}: {point}" for key, verdict, point in verdicts)
        for ask, verdicts in questions
    ]
    return Prompt((Message("system", _rules()), Message("user", "\n\n".join(parts))), max_tokens=1_200)


@cache
def _rules() -> str:
    from importlib.resources import files

    return (files(__package__) / "debriefing.txt").read_text(encoding="utf-8").strip()
