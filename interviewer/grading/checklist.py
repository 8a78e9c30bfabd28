"""The rubric as a judge sees it: numbered, without weights, and with one item in it that nobody can meet."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from interviewer.content.models import Question, RedFlag, RubricPoint

CONTROLS = (
    "Says that swans moult in July, while geese do so a month earlier.",
    "Compares rye with barley as a crop for wet slopes, and names the better one.",
    "Explains why the second violins tune after the oboe, and who decides it.",
    "Names the harbour in which the spare sails lay, and who paid for them.",
    "Gives two reasons why a sourdough left overnight in the cellar rises more slowly.",
    "Tells the old parish register from the copy by the colour of its ink.",
)
"""A judge that credits one of these was talked into it, or credits anything."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is asked about, by the ids that the judge knows: no id of the bank, so that nobody can name one."""

    points: dict[str, RubricPoint]
    flags: dict[str, RedFlag]
    items: dict[str, str]
    control: str


def make_checklist(question: Question) -> Checklist:
    """The checklist of a question, the same each time."""
    digest = sha256(question.id.encode()).digest()
    lines: list[RubricPoint | str] = list(question.rubric)
    lines.insert(digest[0] % (len(lines) + 1), CONTROLS[digest[1] % len(CONTROLS)])
    named = {f"i{n}": line for n, line in enumerate(lines, 1)}
    return Checklist(
        points={key: line for key, line in named.items() if isinstance(line, RubricPoint)},
        flags={f"f{n}": flag for n, flag in enumerate(question.red_flags, 1)},
        items={key: line if isinstance(line, str) else line.point for key, line in named.items()},
        control=next(key for key, line in named.items() if isinstance(line, str)),
    )
