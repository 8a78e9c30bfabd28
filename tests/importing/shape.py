"""An outline as lines that people can read and compare."""

from __future__ import annotations

from interviewer.importing.outline import Asked, Outline, OutlineRound, Person


def lines(outline: Outline) -> list[str]:
    """`LINE ROUND | kind | minutes | people`, below it `LINE kind: question` with what belongs to it, then the rest."""
    shown = [line for found in outline.rounds for line in _round(found)]
    return shown + [f"left {left.line}: {left.text}" for left in outline.leftovers]


def _round(found: OutlineRound) -> list[str]:
    people = ", ".join(map(_person, found.people)) or "nobody named"
    head = f"{found.line} {found.title} | {found.kind} | {found.minutes or '?'} min | {people}"
    return [head, *(line for asked in found.questions for line in _question(asked))]


def _question(asked: Asked) -> list[str]:
    below = [f"remark: {text}" for text in asked.remarks]
    below += [f"follow-up: {text}" for text in asked.follow_ups]
    below += [f"source: {s.label or '-'} {s.url}" for s in asked.sources]
    text = asked.text.replace("\n", "\\n")
    topic = f" ({asked.topic})" if asked.topic else ""
    return [f"    {asked.line} {asked.kind}{topic}: {text}", *(f"        {line}" for line in below)]


def _person(person: Person) -> str:
    return f"{person.name} ({person.role})" if person.name else person.role
