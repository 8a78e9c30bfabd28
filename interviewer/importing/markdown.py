"""Markdown to blocks of plain words, each with the line at which it begins.

Lists and quotes are flattened into what they hold, emphasis and tags are dropped, links are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from interviewer.importing.outline import Leftover, Source
from interviewer.text import printable

MAX_NESTING = 60
"""How deep blocks may lie in each other; what lies deeper is left over."""

BOLD_LEVEL = 7
"""The level of a bold line that stands for a heading: below all real ones."""
PLAIN_LEVEL = 8
"""The level of a plain line, a list item or a table's cell that stands for a round's heading: below bold ones."""

_LINE_END = re.compile(r"\r\n?|\n")
_MARKS = re.compile(r"[\W_]*+(?:\d++[.)])?[\W_]*+")
_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PICTURES = re.compile("^[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u20e3\u200d\ufe0f\\s]+")
"""Pictures before the words; nobody says them."""
_URL = re.compile(r"https?://[^\s<>\"]+")
_TELLS_NOTHING = re.compile(
    r"\W*(?:(?:the\s+)?(?:problem|question|solution|le[ei][td]code|hackerrank)?\s*(?:link|url)|here|source|this|problem|task|solution|"
    r"le[ei][td]code(?:\s*#?\d+)?|hackerrank|geeksforgeeks|\[?\d*\]?)\W*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Block:
    """A heading, a list item, a paragraph, code, or a table; `children` is what an item holds below its first line.

    A line end in `text` is one of the post. `rows` holds a table's cells. `round` marks a heading that is a round
    whatever it is called.
    """

    kind: Literal["heading", "item", "paragraph", "code", "table"]
    line: int
    text: str = ""
    level: int = 0
    bold: bool = False
    round: bool = False
    sources: tuple[Source, ...] = ()
    children: list[Block] = field(default_factory=list)
    rows: list[list[Block]] = field(default_factory=list)


def read_blocks(text: str) -> tuple[list[Block], list[Leftover]]:
    """The blocks of a post in its order, and the lines that the Markdown parser made nothing of."""
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    reader = _Reader()
    reader.run(tokens)
    return reader.blocks, reader.leftovers + _unseen(text, tokens, env)


@cache
def _parser() -> MarkdownIt:
    """CommonMark with what people use in posts. Indented text is no code here: it is a list of somebody who indents."""
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"]).disable("code")
    parser.use(front_matter_plugin).use(footnote_plugin, inline=False, move_to_end=False).use(tasklists_plugin)
    return parser


class _Reader:
    """Walks the tokens once; `_open` holds the lists of blocks that are being filled, the innermost last."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.leftovers: list[Leftover] = []
        self._open: list[list[Block]] = [self.blocks]
        self._notes: dict[str, list[Block]] = {}
        self._refs: list[tuple[Block, str]] = []
        self._line = 1
        self._level = 0
        self._in_note = 0
        self._table: Block | None = None
        self._cell: Block | None = None

    def run(self, tokens: Sequence[Token]) -> None:
        """Fill `blocks` and `leftovers`; a footnote ends up below the block that refers to it."""
        for token in tokens:
            if token.map:
                self._line = token.map[0] + 1
            handler = getattr(self, f"_{token.type}", None)
            if handler is not None:
                handler(token)
        for block, label in self._refs:
            block.children += self._notes.pop(label, [])
        self.leftovers += [Leftover(b.line, b.text) for notes in self._notes.values() for b in notes]

    def _heading_open(self, token: Token) -> None:
        self._level = int(token.tag[1])

    def _heading_close(self, _: Token) -> None:
        self._level = 0

    def _list_item_open(self, _: Token) -> None:
        item = Block("item", self._line)
        self._open[-1].append(item)
        self._open.append(item.children)

    def _list_item_close(self, _: Token) -> None:
        """An item's first paragraph is the item itself."""
        self._open.pop()
        siblings = self._open[-1]
        held = siblings[-1].children
        if not held:
            siblings.pop()
        elif held[0].kind in {"paragraph", "heading"}:
            item = held[0]
            item.kind = "item"
            item.children += held[1:]
            siblings[-1] = item

    def _footnote_reference_open(self, token: Token) -> None:
        self._open.append(self._notes.setdefault(token.meta["label"], []))
        self._in_note += 1

    def _footnote_reference_close(self, _: Token) -> None:
        self._open.pop()
        self._in_note -= 1

    def _table_open(self, _: Token) -> None:
        self._table = Block("table", self._line)
        self._open[-1].append(self._table)

    def _tr_open(self, _: Token) -> None:
        if self._table:
            self._table.rows.append([])

    def _td_open(self, _: Token) -> None:
        if self._table:
            self._cell = Block("paragraph", self._line)
            self._table.rows[-1].append(self._cell)

    _th_open = _td_open

    def _td_close(self, _: Token) -> None:
        self._cell = None

    _th_close = _td_close

    def _fence(self, token: Token) -> None:
        self._open[-1].append(Block("code", self._line, printable(token.content).strip("\n")))

    def _html_block(self, token: Token) -> None:
        shown = token.content
        if shown.lstrip().startswith("<!--"):
            shown = shown.partition("-->")[2] if "-->" in shown else "a comment that is never closed"
        if words := _squeeze(_TAG.sub(" ", shown)):
            self.leftovers.append(Leftover(self._line, words))

    def _inline(self, token: Token) -> None:
        block = self._cell or Block("paragraph", self._line)
        children = token.children or []
        block.text, block.sources, block.bold = _words(children)
        if self._level:
            block.kind, block.level = "heading", self._level
        if not self._cell and (block.text or block.sources):
            self._open[-1].append(block)
        elif not block.text and any(c.type == "image" for c in children):
            self.leftovers.append(Leftover(self._line, "an image"))
        if not self._in_note:  # a footnote that refers to a footnote could hold itself
            self._refs += [(block, c.meta["label"]) for c in children if c.type == "footnote_ref"]


def _words(children: Sequence[Token]) -> tuple[str, tuple[Source, ...], bool]:
    """The plain words of a line, its links, and whether all of it is bold."""
    pieces: list[str] = []
    sources: list[Source] = []
    link: tuple[str, int] | None = None
    depth, bold = 0, True
    for child in children:
        match child.type:
            case "strong_open" | "strong_close":
                depth += child.nesting
            case "link_open":
                link = (str(child.attrs.get("href", "")), len(pieces))
            case "link_close" if link:
                sources += _source(link[0], "".join(pieces[link[1] :]))
                if _TELLS_NOTHING.fullmatch("".join(pieces[link[1] :])):
                    pieces[link[1] :] = [" "]
                link = None
            case "softbreak" | "hardbreak":
                pieces.append("\n")
            case "html_inline" if _BREAK.fullmatch(child.content):
                pieces.append("\n")
            case "text" | "code_inline":
                pieces.append(child.content)
                bold = bold and (depth > 0 or not child.content.strip(" :"))
    text = "".join(pieces)
    sources += [s for url in _URL.findall(text) for s in _source(url, "")]
    text = _EMPTY_BRACKETS.sub("", _URL.sub(" ", text)) if sources else text
    lines = (_squeeze(_PICTURES.sub("", line)) for line in text.split("\n"))
    return "\n".join(line for line in lines if line), tuple(dict.fromkeys(sources)), bold and bool(text.strip())


def _source(url: str, label: str) -> list[Source]:
    """A link that leads out of the post; a URL as its own label is none."""
    url, label = _squeeze(url).rstrip(").,;:!?"), _squeeze(label)
    if not url.lower().startswith(("http://", "https://")):
        return []
    return [Source(url, "" if _TELLS_NOTHING.fullmatch(label) or _URL.match(label) else label)]


def _squeeze(text: str) -> str:
    """Printable, in one line, runs of white space as one space."""
    return " ".join(printable(text).split())


def _unseen(text: str, tokens: Sequence[Token], env: dict[str, Any]) -> list[Leftover]:
    """Lines that are in no token: nested too deeply for the parser. Definitions of links are in none by design."""
    lines = _LINE_END.split(text)
    seen = [_MARKS.fullmatch(line) is not None for line in lines]
    spans = [t.map for t in tokens if t.map and t.type in _LEAVES]
    spans += [d["map"] for d in (*env.get("references", {}).values(), *env.get("duplicate_refs", ()))]
    for start, end in spans:
        seen[start:end] = [True] * (min(end, len(seen)) - start)
    return [
        Leftover(n, _squeeze(line)) for n, (line, known) in enumerate(zip(lines, seen, strict=True), 1) if not known
    ]


_LEAVES = {"inline", "fence", "html_block", "front_matter"}
