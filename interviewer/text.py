"""Untrusted text made safe to show."""

from __future__ import annotations

import re

_LINE_END = re.compile("\r\n|[\u2028\u2029]")
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """The text without control, invisible and direction-changing characters; line ends and tabs stay."""
    return _UNSHOWABLE.sub("", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    """The printable text with every line end and tab a space: it cannot forge a line of the program's own."""
    return re.sub("[\n\t]", " ", printable(text))
