"""What is said about a whole interview: claims, each of which rests on one verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence to the candidate. It rests on the verdict on a rubric point of a question, by its position from 1."""

    text: str
    kind: Literal["strength", "gap"]
    question: int
    point: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """The claims of one interview and the model that wrote them; no claim where none of its claims held."""

    claims: tuple[Claim, ...]
    author: str
