"""The prompt for one spoken line of an interviewer."""

from __future__ import annotations

from functools import cache

from interviewer.content.personas import Persona
from interviewer.engine.cues import Cue, Occasion
from interviewer.engine.state import State
from interviewer.llm.model import Message, Prompt
from interviewer.llm.prompts.earlier import earlier_threads
from interviewer.llm.prompts.quoting import estimate, quoted
from interviewer.llm.scripted import words

COVERED = "[covered]"
"""With this a reply begins that declines a follow-up, as the answer covers already what it is after."""

TOKEN_BUDGET = 4_000
"""The most that a prompt holds, as `quoting.estimate` counts: with the reply it fits a context of 4,096 tokens."""

NAME_TOKENS, MANNER_TOKENS, SOUND_TOKENS = 30, 150, 200
EARLIER_TOKENS = 750
ASK_TOKENS = 200
TRANSCRIPT_TOKENS, TURN_TOKENS = 1_000, 300
FACTS_TOKENS = 250
AUTHORED_TOKENS = 400

ASKS = {
    Occasion.QUESTION,
    Occasion.FOLLOW_UP,
    Occasion.REQUIRED_FOLLOW_UP,
    Occasion.REPEAT,
    Occasion.WELCOME_BACK,
}
"""Occasions on which the candidate has to hear the question."""

CLARIFIES = {Occasion.CLARIFICATION, Occasion.NO_CLARIFICATION}


def speaking_prompt(state: State, cue: Cue) -> Prompt:
    """What a model is asked so that it says the cue's line in the persona's voice.

    What stays the same comes first, so that a provider's prompt cache can hold it: rules and persona all session
    long, the earlier questions until the next one. The rubric and the model answer are not in it: what the model does
    not know it cannot give away. One system and one user message: every chat template takes these.
    """
    assert state.plan is not None
    authored = words(state.plan, cue)
    parts = (_earlier(state, cue), _question(state, cue), _facts(state, cue), _task(state, cue, authored))
    messages = (
        Message("system", _system(state.plan.persona(cue.persona))),
        Message("user", "\n\n".join(part for part in parts if part)),
    )
    return Prompt(messages, authored, asks=cue.occasion in ASKS)


@cache
def rules() -> str:
    """The part of the prompt that is the same for everybody, with places for the persona."""
    from importlib.resources import files

    return (files(__package__) / "speaking.txt").read_text(encoding="utf-8")


def _system(persona: Persona) -> str:
    samples = (*persona.voice.transition[:2], *persona.voice.probe[:2], *persona.voice.no_clarification[:1])
    return rules().format(
        name=quoted(persona.name, NAME_TOKENS),
        role=quoted(persona.role, NAME_TOKENS),
        manner=quoted(persona.manner, MANNER_TOKENS),
        probing=quoted(persona.probing, MANNER_TOKENS),
        sound=quoted(" / ".join(samples), SOUND_TOKENS),
    )


def _earlier(state: State, cue: Cue) -> str:
    before = len(state.threads) if cue.question is None else cue.question
    return _fenced("earlier", earlier_threads(state, before, EARLIER_TOKENS))


def _question(state: State, cue: Cue) -> str:
    """The question under way, and as many of its last turns as fit."""
    if cue.question is None:
        return ""
    lines: list[str] = []
    left = TRANSCRIPT_TOKENS
    for turn in reversed(state.turns):
        line = f"{turn.speaker.title()}: {quoted(turn.text, TURN_TOKENS)}" if turn.question == cue.question else ""
        left -= estimate(line) + 1 if line else 0
        if left < 0 or (lines and not line):
            break
        lines += [line] if line else []
    ask = "" if cue.occasion is Occasion.QUESTION else quoted(state.planned(cue.question).ask, ASK_TOKENS)
    transcript = _fenced("transcript", lines[::-1])
    return "\n".join(part for part in (ask and f"The question under way: {ask}", transcript) if part)


def _facts(state: State, cue: Cue) -> str:
    if cue.question is None or cue.occasion not in CLARIFIES:
        return ""
    facts = " ".join(c.fact for c in state.planned(cue.question).question.clarifications)
    return f"All facts there are: {quoted(facts, FACTS_TOKENS) or 'none.'}"


def _task(state: State, cue: Cue, authored: str) -> str:
    unless = ""
    if state.may_decline and cue == state.cues[0]:
        unless = f"If the last answer has said already what this asks for, answer with {COVERED} and nothing else.\n"
    elif cue.occasion is Occasion.NO_CLARIFICATION:
        unless = "If one of the facts answers the candidate's question, give that fact and nothing else. Otherwise:\n"
    question = ", as a question that ends in a question mark" if cue.occasion in ASKS else ""
    wanted = f"Say this now, in your own voice, same meaning, nothing added{question}:"
    return f"{unless}{wanted}\n{quoted(authored, AUTHORED_TOKENS)}"


def _fenced(name: str, lines: list[str]) -> str:
    """Lines between marks that no line can contain: `quoting.quoted` breaks them up."""
    return "\n".join([f"<{name}>", *lines, f"</{name}>"]) if lines else ""
