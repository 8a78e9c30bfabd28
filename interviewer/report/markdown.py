"""Foreign text in Markdown: shown as it was typed, never read as markup.

Every character that can begin markup in CommonMark, GitHub's dialect, its mathematics or its autolinks is escaped.
"""

from __future__ import annotations

import re

from interviewer.text import printable

_ANYWHERE = re.compile(r"[\\`*_\[\]<>&|~$#@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"^(?:[-+=:]|\d+(?=[.)](?:\s|$)))")
_INDENT = re.compile(r"^[ \t]+")
NO_BREAK_SPACE = "\u00a0"


class Ready(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def inline(value: object) -> str:
    """The value as one line of plain words; what is `Ready` stays as it is."""
    return value if isinstance(value, Ready) else _line(" ".join(printable(str(value)).split()))


def quoted(text: str, indent: str = "") -> Ready:
    """The text as a block quote, line by line, its own line ends and indentation kept."""
    lines = printable(text).expandtabs(4).strip("\n").split("\n")
    quote = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        shown = _line(_INDENT.sub(lambda m: NO_BREAK_SPACE * len(m[0]), line.rstrip()))
        hard_break = "\\" if shown and following.strip() else ""
        quote.append(f"{indent}> {shown}{hard_break}".rstrip())
    return Ready("\n".join(quote))


def _line(text: str) -> str:
    text = _ANYWHERE.sub(lambda m: f"\\{m[0]}", text)
    return _AT_START.sub(lambda m: f"{m[0]}\\" if m[0].isdigit() else f"\\{m[0]}", text)
