"""The prompt for one spoken line of an interviewer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from interviewer.content.models import Persona
from interviewer.engine.cues import Cue, Occasion
from interviewer.engine.state import State, Turn
from interviewer.llm.model import Message, Prompt
from interviewer.llm.scripted import words

RECENT_TURNS = 8
MAX_TURN_CHARACTERS = 1_200
ASKS = {
    Occasion.QUESTION,
    Occasion.FOLLOW_UP,
    Occasion.REQUIRED_FOLLOW_UP,
    Occasion.REPEAT,
    Occasion.WELCOME_BACK,
}
"""Occasions on which the candidate has to hear the question."""

_CONTROL_TOKEN = re.compile(r"<(?=\S)|\[(?=/?[A-Z_]+\])")


def speaking_prompt(state: State, cue: Cue) -> Prompt:
    """What a model is asked so that it says the cue's line in the persona's voice.

    The stable part comes first, so that a provider's prompt cache can hold it. The rubric and the model answer are
    not in it: what the model does not know it cannot give away. One system and one user message: every chat
    template takes these.
    """
    assert state.plan is not None
    authored = words(state.plan, cue)
    asks = cue.occasion in ASKS
    recent = [t for t in state.turns if t.question == cue.question][-RECENT_TURNS:]
    wanted = "same meaning, nothing added" + (", as a question that ends in a question mark" if asks else "")
    task = f"{_conversation(recent)}Say this now, in your own voice, {wanted}:\n{authored}"
    messages = (Message("system", _system(state.plan.persona(cue.persona))), Message("user", task))
    return Prompt(messages, authored, asks=asks)


def _system(persona: Persona) -> str:
    return _template().format(name=persona.name, role=persona.role, manner=persona.manner, probing=persona.probing)


@cache
def _template() -> str:
    from importlib.resources import files

    return (files(__package__) / "speaking.txt").read_text(encoding="utf-8")


def _conversation(turns: Sequence[Turn]) -> str:
    """A line a turn. No turn holds a line end, so that none can pass for another, or for the task after the last."""
    if not turns:
        return ""
    lines = "\n".join(f"{turn.speaker.title()}: {_one_line(turn.text)}" for turn in turns)
    return f"The conversation so far, one line a turn:\n{lines}\n\n"


def _one_line(text: str) -> str:
    """The text short and on one line; marks that a chat template could take for its own are broken up."""
    flat, half = " ".join(text.split()), MAX_TURN_CHARACTERS // 2
    if len(flat) > MAX_TURN_CHARACTERS:
        flat = f"{flat[:half]} […] {flat[-half:]}"
    return _CONTROL_TOKEN.sub(r"\g<0> ", flat)
