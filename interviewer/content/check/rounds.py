"""Rounds and personas: what they name exists."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from interviewer.content.check.findings import Flaw
from interviewer.content.models import Round
from interviewer.content.personas import Persona

PLACEHOLDERS = {"name", "role", "minutes", "count", "panel"}


def flaws(found: Round, questions: Collection[str], people: Collection[str]) -> Iterator[Flaw]:
    """Questions and personas that the round names and nobody wrote."""
    for number, entry in enumerate(found.questions):
        if entry.id not in questions:
            mend = f"add questions/<topic>/{entry.id}.yaml or mend the id"
            yield Flaw(("questions", number), f"no question `{entry.id}`; {mend}")
    for number, persona in enumerate(found.personas):
        if persona not in people:
            yield Flaw(("personas", number), f"no persona `{persona}`; there are {', '.join(sorted(people))}")


def persona_flaws(persona: Persona) -> Iterator[Flaw]:
    """Placeholders that nobody fills in."""
    for occasion, phrases in persona.voice:
        for number, phrase in enumerate(phrases):
            if unknown := set(re.findall(r"\{(\w*)\}", phrase)) - PLACEHOLDERS:
                names = ", ".join(sorted(unknown))
                yield Flaw(("voice", occasion, number), f"unknown placeholder {names}; see docs/persona.md")
