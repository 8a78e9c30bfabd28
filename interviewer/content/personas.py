"""The shape of persona files: who interviews, and what they say."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from interviewer.content.models import Id, Line, Model, Text

Phrases = Annotated[tuple[Text, ...], Field(min_length=1)]


class Voice(Model):
    """The sentences a persona has ready, by occasion; the scripted interviewer takes them in turn.

    Placeholders: `{name}` the persona's own name, `{role}` their role, `{minutes}` a number of minutes,
    `{count}` the number of questions, `{panel}` the other interviewers of a panel.
    """

    greeting: Phrases
    """Opens the interview."""
    introduction: Phrases
    """What a further panel member says of themselves."""
    transition: Phrases
    """Leads to the next question, without a judgement."""
    probe: Phrases
    """Leads to a follow-up on what the answer left out."""
    unknown: Phrases
    """When the candidate doesn't know."""
    hint: Phrases
    """Leads to a hint."""
    no_hint: Phrases
    """When there is no further hint."""
    repeat: Phrases
    """Before a question is said once more."""
    clarification: Phrases
    """Leads to a fact that was asked for."""
    no_clarification: Phrases
    """When the question asked has no fact to it."""
    skip: Phrases
    """When the candidate passes over a question."""
    time_warning: Phrases
    """When `{minutes}` are left."""
    time_up: Phrases
    """When the time is over."""
    welcome_back: Phrases
    """When a paused interview goes on."""
    closing: Phrases
    """After the last question."""
    early_closing: Phrases
    """When the candidate ends before that."""


class Persona(Model):
    """Who interviews. Tone is theirs, the bar is not: nothing here reaches a grader."""

    id: Id
    name: Line
    """As the persona introduces themselves."""
    role: Line
    """Their job at the company."""
    description: Line
    """One line for the menu."""
    manner: Text
    """How they speak, for a model that speaks for them."""
    probing: Text
    """How they follow up, for a model that speaks for them."""
    max_follow_ups: Annotated[int, Field(ge=0, le=5)]
    """How many follow-ups one question gets at most."""
    voice: Voice
    """What they say without a model."""
