"""What people typed, made safe to stand in a prompt: short, on one line, without marks that end a quotation."""

from __future__ import annotations

import re

BYTES_PER_TOKEN = 3
CUT = " […] "
_MARK = re.compile(r"<(?=\S)|\[(?=/?[A-Z_]+\])")


def estimate(text: str) -> int:
    """Tokens of a text, counted high: three bytes of UTF-8 each, where English takes more than four."""
    return -(-len(text.encode(errors="replace")) // BYTES_PER_TOKEN)


def quoted(text: str, tokens: int) -> str:
    """Head and tail of the text in at most so many tokens, on one line; marks of chat templates are broken up."""
    most = tokens * BYTES_PER_TOKEN
    if len(text) > 4 * most:
        text = f"{text[: 2 * most]}{CUT}{text[-2 * most :]}"
    flat = _MARK.sub(r"\g<0> ", " ".join(text.split())).encode(errors="replace")
    if len(flat) <= most:
        return flat.decode()
    half = (most - len(CUT.encode())) // 2
    return f"{flat[:half].decode(errors='ignore')}{CUT}{flat[-half:].decode(errors='ignore')}"
