"""The prompt for one spoken line of an interviewer."""

from __future__ import annotations

from functools import cache

from interviewer.content.models import Persona
from interviewer.engine.cues import Cue
from interviewer.engine.state import State, Turn
from interviewer.llm.model import Message, Prompt
from interviewer.llm.scripted import words

RECENT_TURNS = 8


def speaking_prompt(state: State, cue: Cue) -> Prompt:
    """What a model is asked so that it says the cue's line in the persona's voice.

    The stable part comes first, so that a provider's prompt cache can hold it. The rubric and the model answer are
    not in it: what the model does not know it cannot give away.
    """
    assert state.plan is not None
    authored = words(state.plan, cue)
    persona = state.plan.persona(cue.persona)
    recent = [t for t in state.turns if t.question == cue.question][-RECENT_TURNS:]
    messages = (
        Message("system", _system(persona)),
        *(_message(turn) for turn in recent),
        Message("system", f"Say this now, in your own voice, same meaning, nothing added:\n{authored}"),
    )
    return Prompt(messages, authored)


def _system(persona: Persona) -> str:
    return _template().format(name=persona.name, role=persona.role, manner=persona.manner, probing=persona.probing)


@cache
def _template() -> str:
    from importlib.resources import files

    return (files(__package__) / "speaking.txt").read_text(encoding="utf-8")


def _message(turn: Turn) -> Message:
    return Message("user" if turn.speaker == "candidate" else "assistant", turn.text)
