"""What a post says, in the words of an interview: rounds, questions, people, and what found no place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from interviewer.content.models import Kind


@dataclass(frozen=True, slots=True)
class Source:
    """A link of the post. `label` is empty where the link's words say nothing ("link", "here")."""

    url: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """An interviewer; `name` is None where the post gives only the role."""

    role: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as the post has it, with what stands below it. `line` counts from 1.

    `topic` is the heading or item within the round that it stands under, where that is no kind of question.
    """

    line: int
    text: str
    kind: Kind
    topic: str = ""
    remarks: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineRound:
    """One round. `minutes` is None where the post does not say how long it took; `people` may be empty."""

    line: int
    title: str
    kind: Literal["hard", "soft"]
    questions: tuple[Asked, ...]
    people: tuple[Person, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something of the post that found no place, by the line at which it begins."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole post."""

    rounds: tuple[OutlineRound, ...]
    leftovers: tuple[Leftover, ...]
