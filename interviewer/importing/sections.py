"""Blocks to a tree of sections, whatever stands for a heading: `#`, underlines, a bold line, a list item, a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from interviewer.importing.headings import is_numbered_round, is_round, is_round_line
from interviewer.importing.markdown import BOLD_LEVEL, PLAIN_LEVEL, Block
from interviewer.importing.people import minutes_line, people_line
from interviewer.importing.questions import ends_asking, is_numbered_question
from interviewer.importing.tables import unfold

CATEGORY_LEVEL = 9
"""The level of a bold line that names no round: below every round, whatever its heading looks like."""
MAX_HEADING_WORDS = 14
_NUMBER = re.compile(r"^\d{1,2}[.)]\s")


@dataclass(slots=True)
class Section:
    """A heading with the blocks right below it and the sections below those. The root has no heading."""

    heading: str = ""
    line: int = 1
    level: int = 0
    round: bool = False
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in the order of the post."""
        waiting = [self]
        while waiting:
            section = waiting.pop()
            yield section
            waiting += reversed(section.sections)

    def has_rounds_below(self) -> bool:
        """A section below is a round by its name."""
        return any(s.round for s in self.walk() if s is not self)


def section_tree(blocks: list[Block]) -> Section:
    """The root section of a post.

    A heading that is a question becomes an item of the section above it, and what follows up to the next heading
    becomes what is said of it.
    """
    root = Section()
    path = [root]
    question: Block | None = None
    for block in _flat(blocks):
        if block.kind == "heading" and not ends_asking(block.text):
            question = None
            while path[-1].level >= block.level:
                path.pop()
            section = Section(_unnumbered(block.text), block.line, block.level, block.round or is_round(block.text))
            path[-1].sections.append(section)
            path.append(section)
        elif block.kind == "heading":
            question = Block("item", block.line, block.text, sources=block.sources)
            path[-1].blocks.append(question)
        else:
            (question.children if question and block.kind == "item" else path[-1].blocks).append(block)
    return _without_title(root)


def _flat(blocks: list[Block]) -> Iterator[Block]:
    """The blocks with every stand-in for a heading made one."""
    for block in blocks:
        if block.kind == "table":
            yield from unfold(block) or [block]
        elif block.kind == "item" and is_round_line(block.text) and any(c.kind == "item" for c in block.children):
            yield Block("heading", block.line, block.text, PLAIN_LEVEL, round=True)
            yield from _flat(block.children)
        elif block.kind == "paragraph":
            yield from _headed(block)
        elif block.kind == "heading" and "\n" in block.text:
            yield from _underlined(block)
        else:
            yield block


def _headed(block: Block) -> Iterator[Block]:
    """A paragraph, its first line a heading where it looks like one."""
    first, _, rest = block.text.partition("\n")
    heading = first.rstrip(" :")
    if block.bold and not rest and _names_a_section(heading):
        yield Block("heading", block.line, heading, BOLD_LEVEL if is_round(heading) else CATEGORY_LEVEL)
    elif is_round_line(first):
        yield Block("heading", block.line, heading, PLAIN_LEVEL, round=True)
        if rest or block.children or block.sources:
            yield Block("paragraph", block.line + 1, rest, sources=block.sources, children=block.children)
    else:
        yield block


def _underlined(block: Block) -> Iterator[Block]:
    """Of several lines above an underline, only the last one is meant as the heading."""
    *before, last = block.text.split("\n")
    yield from _headed(Block("paragraph", block.line, "\n".join(before)))
    yield replace(block, line=block.line + len(before), text=last)


def _names_a_section(line: str) -> bool:
    """A bold line is a heading unless it is a sentence, a question, or says who interviewed and for how long."""
    tells = line.endswith(".") or ends_asking(line) or is_numbered_question(line)
    return not (tells or len(line.split()) > MAX_HEADING_WORDS or people_line(line) or minutes_line(line))


def _unnumbered(heading: str) -> str:
    """ "2. Onsite:" as "Onsite"."""
    return _NUMBER.sub("", heading).rstrip(" :") or heading


def _without_title(root: Section) -> Section:
    """A real heading over the whole post is its title, not a round, unless it says which round it is."""
    first = root.sections[0] if len(root.sections) == 1 else root
    if first.sections and first.level < BOLD_LEVEL and not is_numbered_round(first.heading):
        first.round = False
    return root
