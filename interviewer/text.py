"""Untrusted text made safe to show."""

from __future__ import annotations

import re

_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def printable(text: str) -> str:
    """The text without control, zero-width and direction-changing characters; line ends and tabs stay."""
    return _UNSHOWABLE.sub("", text.replace("\r\n", "\n"))
