"""The embedded interviewer: speaks in the persona's voice from authored material. No key, no network."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable

from interviewer.content.personas import Persona
from interviewer.engine.cues import Cue, Occasion
from interviewer.llm.model import Chunk, Prompt
from interviewer.plan import InterviewPlan, PlannedQuestion


class ScriptedInterviewer:
    """Says the authored words of a prompt as they are."""

    name = "scripted"
    lack = None

    async def stream(self, prompt: Prompt) -> AsyncGenerator[Chunk]:
        """The authored words in one piece."""
        yield Chunk(prompt.authored)


def words(plan: InterviewPlan, cue: Cue) -> str:
    """What the persona says for a cue: a sentence of theirs for the occasion, then the ask, hint or fact."""
    persona = plan.persona(cue.persona)
    lead = _phrase(plan, persona, cue)
    body = _BODY[cue.occasion](plan, cue) if cue.occasion in _BODY else ""
    return " ".join(part for part in (lead, body) if part)


def current_ask(planned: PlannedQuestion, cue: Cue, seed: int) -> str:
    """The question that stands: the probe under way, else the required follow-up, else the main question."""
    if cue.target:
        return next(p.probe for p in planned.question.rubric if p.id == cue.target)
    if cue.part:
        asks = next(f.asks for f in planned.question.follow_ups if f.id == cue.part)
        return asks[seed % len(asks)]
    return planned.ask


_NUMBERS = ("{minutes}", "{count}")
"""Placeholders after which the voices have a plural: one question is no "1 questions"."""


def _phrase(plan: InterviewPlan, persona: Persona, cue: Cue) -> str:
    if cue.lead is None:
        return ""
    phrases: tuple[str, ...] = getattr(persona.voice, cue.lead)
    others = [p.name for p in plan.personas if p.id != persona.id]
    values = {
        "{name}": persona.name,
        "{role}": persona.role,
        "{minutes}": str(plan.minutes if cue.item is None else cue.item),
        "{count}": str(len(plan.questions)),
        "{panel}": " and ".join(others),
    }
    phrase = phrases[(plan.seed + cue.variant) % len(phrases)]
    for placeholder in _NUMBERS:
        if values[placeholder] == "1":
            phrase = re.sub(rf"{placeholder} (\w+)s\b", rf"{placeholder} \1", phrase)
    for placeholder, value in values.items():
        phrase = phrase.replace(placeholder, value)
    return phrase


def _ask(plan: InterviewPlan, cue: Cue) -> str:
    return current_ask(plan.questions[cue.question or 0], cue, plan.seed)


def _hint(plan: InterviewPlan, cue: Cue) -> str:
    return plan.questions[cue.question or 0].question.hints[cue.item or 0]


def _fact(plan: InterviewPlan, cue: Cue) -> str:
    return plan.questions[cue.question or 0].question.clarifications[cue.item or 0].fact


def _panel(plan: InterviewPlan, cue: Cue) -> str:
    """A panel's first speaker names who else is in the room."""
    others = [f"{p.name}, {p.role}" for p in plan.personas if p.id != cue.persona]
    return f"With me today: {'; '.join(others)}." if others else ""


_BODY: dict[Occasion, Callable[[InterviewPlan, Cue], str]] = {
    Occasion.GREETING: _panel,
    Occasion.QUESTION: _ask,
    Occasion.FOLLOW_UP: _ask,
    Occasion.REQUIRED_FOLLOW_UP: _ask,
    Occasion.REPEAT: _ask,
    Occasion.WELCOME_BACK: _ask,
    Occasion.HINT: _hint,
    Occasion.CLARIFICATION: _fact,
}
