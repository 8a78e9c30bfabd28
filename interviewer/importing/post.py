"""A post in Markdown to its outline: which rounds there were, what was asked in them, by whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from interviewer.content.models import Kind
from interviewer.importing.headings import asks_things, is_aside, softness
from interviewer.importing.markdown import Block, read_blocks
from interviewer.importing.outline import Asked, Leftover, Outline, OutlineRound, Person, Source
from interviewer.importing.people import heading_people, is_fact, minutes, minutes_line, people_line, without_minutes
from interviewer.importing.questions import (
    asked,
    ends_asking,
    follow_ups,
    is_answer,
    is_asking,
    is_numbered_question,
    kind_of,
    label_kind,
    questions_in,
    split_label,
    tells_to,
    without_number,
)
from interviewer.importing.sections import Section, section_tree

MAX_CHARACTERS = 8_000
"""Longer texts are no question that anybody asks; they are left over."""


def read_post(text: str) -> Outline:
    """The outline of a post. Whatever of it found no place is among the leftovers, in the order of the post."""
    blocks, unread = read_blocks(text)
    reader = _Post()
    reader.section(section_tree(blocks), ())
    leftovers = sorted([*unread, *reader.leftovers], key=lambda leftover: leftover.line)
    return Outline(tuple(reader.rounds), tuple(leftovers))


class _Post:
    """Goes through the sections and decides which of them are rounds."""

    def __init__(self) -> None:
        self.rounds: list[OutlineRound] = []
        self.leftovers: list[Leftover] = []

    def section(self, section: Section, above: tuple[str, ...]) -> None:
        """Read a section and those below it; `above` are the headings over it, the nearest first.

        A round takes in the sections below it, unless there are rounds among them.
        """
        headings = (section.heading, *above)
        whole = section.round and not section.has_rounds_below()
        before = len(self.rounds)
        self._round(section, list(section.walk()) if whole else [section], headings)
        if not whole:
            for below in section.sections:
                self.section(below, headings)
        if section.heading and len(self.rounds) == before:
            self.leftovers.append(Leftover(section.line, section.heading))

    def _round(self, section: Section, parts: list[Section], headings: tuple[str, ...]) -> None:
        reader = _Round(softness(*headings))
        for part in parts:
            asked_before = len(reader.questions)
            if _holds_questions(part, section):
                label = label_kind(part.heading)
                reader.read(part.blocks, label, "" if label or part is section else part.heading)
            else:
                reader.leave(part.blocks)
            if part is not section and len(reader.questions) == asked_before:
                self.leftovers.append(Leftover(part.line, part.heading))
        self.leftovers += reader.leftovers
        if reader.questions:
            self.rounds.append(reader.finish(section))
        else:
            self.leftovers += reader.about


def _holds_questions(part: Section, whole: Section) -> bool:
    """Whether items there are questions: by the round they are in, by their heading, or because most of them ask."""
    if part.round:
        return True
    if is_aside(part.heading):
        return False
    if whole.round or (asks_things(part.heading) and not part.sections):
        return True
    asking = [b.kind for b in part.blocks if is_asking(b.text) and (b.kind == "item" or ends_asking(b.text))]
    return len(asking) * 2 >= max(len(part.blocks), 1) and ("item" in asking or len(asking) > 1)


class _Round:
    """Reads the blocks of one round. `about` are lines that tell of the round, should it turn out to be none."""

    def __init__(self, soft: bool) -> None:
        self.questions: list[Asked] = []
        self.leftovers: list[Leftover] = []
        self.about: list[Leftover] = []
        self._soft = soft
        self._people: list[Person] = []
        self._minutes: int | None = None
        self._label: Kind | None = None
        self._topic = ""

    def finish(self, section: Section) -> OutlineRound:
        """The round as far as it was read."""
        return OutlineRound(
            line=section.line,
            title=without_minutes(section.heading) or "Interview",
            kind="soft" if self._soft else "hard",
            questions=tuple(self.questions),
            people=tuple(dict.fromkeys(self._people)) or heading_people(section.heading),
            minutes=self._minutes or minutes(section.heading),
        )

    def leave(self, blocks: Iterable[Block]) -> None:
        """These found no place, nor did anything below them."""
        waiting = list(blocks)
        for block in waiting:
            shown = " ".join([block.text or _table_text(block), *(s.url for s in block.sources)])
            self.leftovers.append(Leftover(block.line, " ".join(shown.split())))
            waiting += block.children

    def read(self, blocks: Iterable[Block], label: Kind | None, topic: str) -> None:
        """Take the blocks in; what stands over them within the round says of which kind or topic they are."""
        self._label, self._topic = label, topic
        for block in blocks:
            if block.kind == "item":
                self._item(block)
            elif block.kind == "paragraph":
                self._paragraph(block)
            elif block.kind == "code" and self.questions and _shows_something(self.questions[-1].text):
                last = self.questions[-1]
                self.questions[-1] = replace(last, text=f"{last.text}\n{block.text}")
            else:
                self.leave([block])

    def _item(self, block: Block) -> None:
        text = block.text.replace("\n", " ")
        items = [c for c in block.children if c.kind == "item"]
        announced = label_kind(without_number(text))
        if self._tells_of_the_round(block, text) or self._follows_up(text):
            self.leave(block.children)
        elif items and (announced or _announces(text, items)):
            self.leave([replace(block, text="", children=[])] if block.sources else [])
            over = self._label, self._topic
            self.read(block.children, announced or self._label, self._topic if announced else text.rstrip(" :"))
            self._label, self._topic = over
        else:
            self._question(block)

    def _paragraph(self, block: Block) -> None:
        """Lines about the round, questions line by line, or one running text that asks or is left over."""
        running: list[Block] = []
        for at, text in enumerate(block.text.split("\n"), block.line):
            line = replace(block, line=at, text=text, children=[], sources=())
            if running and _stands_alone(running[-1].text):
                self._sentence(running)
            if self._tells_of_the_round(line, text):
                continue
            if follow_ups(text):
                self._sentence(running)
            if not self._follows_up(text):
                running.append(line)
        if running:
            running[-1] = replace(running[-1], children=block.children, sources=block.sources)
        self._sentence(running)

    def _sentence(self, lines: list[Block]) -> None:
        """One running text of a paragraph; takes the lines away."""
        if not lines:
            return
        block = replace(lines[-1], line=lines[0].line, text=" ".join(x.text for x in lines))
        lines.clear()
        if tells_to(block.text) and not ends_asking(block.text):
            first, stop, rest = block.text.partition(". ")
            self._question(replace(block, text=first + stop.strip()))
            if rest:
                self.leave([replace(block, text=rest, children=[], sources=())])
        elif ends_asking(block.text) or is_numbered_question(block.text) or split_label(block.text)[0]:
            self._question(block)
        elif block.sources and not block.text and self.questions:
            last = self.questions[-1]
            self.questions[-1] = replace(last, sources=(*last.sources, *block.sources))
        else:
            self.leave([block])

    def _tells_of_the_round(self, block: Block, text: str) -> bool:
        """Take in who interviewed and how long it took."""
        people = people_line(text)
        length = minutes(text) if people else minutes_line(text)
        if not (people or length):
            return False
        self._people += people or ()
        self._minutes = length or self._minutes
        self.about.append(Leftover(block.line, text))
        return True

    def _follows_up(self, text: str) -> bool:
        """Take in a line that follows up on the question before it."""
        found = follow_ups(text)
        if not found or not self.questions:
            return False
        last = self.questions[-1]
        self.questions[-1] = replace(last, follow_ups=(*last.follow_ups, *found))
        return True

    def _question(self, block: Block) -> None:
        question = asked(block.text.replace("\n", " "))
        if question is None or is_fact(question) or len(block.text) > MAX_CHARACTERS:
            self.leave([block])
            return
        own, question = split_label(question)
        below = _Below(list(block.sources))
        below.read(block.children, _shows_something(question))
        self.leave(below.left)
        guess = kind_of(question, below.remarks, [s.url for s in below.sources], self._soft)
        announced = None if self._label is Kind.CONCEPT or guess is Kind.INTRO else self._label
        self.questions.append(
            Asked(
                line=block.line,
                text="\n".join([question, *below.shown]),
                kind=own or announced or guess,
                topic=self._topic,
                remarks=tuple(below.remarks),
                follow_ups=tuple(below.follow_ups),
                sources=tuple(dict.fromkeys(below.sources)),
            )
        )


@dataclass(slots=True)
class _Below:
    """What stands below a question, at any depth."""

    sources: list[Source]
    remarks: list[str] = field(default_factory=list)
    follow_ups: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    left: list[Block] = field(default_factory=list)

    def read(self, blocks: Iterable[Block], shows: bool) -> None:
        """Sort the blocks in; code belongs to a question that shows something."""
        waiting = list(reversed(list(blocks)))
        while waiting:
            block = waiting.pop()
            waiting += reversed(block.children)
            text = without_number(block.text.replace("\n", " "))
            alone = replace(block, children=[])
            if len(block.text) > MAX_CHARACTERS or is_answer(text) or block.kind == "table":
                self.left.append(alone)
            elif block.kind == "code":
                if shows:
                    self.shown.append(block.text)
                else:
                    self.left.append(alone)
            else:
                self.sources += block.sources
                labelled = follow_ups(text)
                if labelled or ends_asking(text):
                    self.follow_ups += labelled or questions_in(text)
                elif text and text not in {s.label for s in block.sources}:
                    self.remarks.append(text)


def _stands_alone(line: str) -> bool:
    """The line is a question or task of its own, not the beginning of a longer text."""
    return ends_asking(line) or (tells_to(line) and line.endswith((".", "!")))


def _announces(text: str, items: list[Block]) -> bool:
    """The item asks nothing itself: it says what the items below it have in common."""
    if is_asking(text) or split_label(text)[0]:
        return False
    return text.endswith(":") or all(is_asking(i.text) for i in items)


def _shows_something(text: str) -> bool:
    """The question is about something that stands beside it."""
    return text.endswith(":") or any(word in text.lower().split() for word in ("this", "following", "below", "snippet"))


def _table_text(block: Block) -> str:
    return " | ".join(cell.text for row in block.rows for cell in row if cell.text)
