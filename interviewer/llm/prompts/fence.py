"""The candidate's texts inside a prompt: bounded, fenced by lines that they cannot hold, free of a template's marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from itertools import count

_MARK = re.compile(r"<(?=[|/<a-zA-Z_])|\[(?=/?[A-Z_]+\])")
CUT = "\n[… left out …]\n"


def fenced(texts: Sequence[str], name: str) -> str:
    """The texts, numbered, each between two lines that stand in none of them.

    The lines follow from the texts, so that the same texts give the same prompt; nobody can write a text that holds
    its own hash. Marks that a chat template could take for its own are broken up by a space.
    """
    fence = _fence("\n".join(texts))
    broken = [_MARK.sub(r"\g<0> ", text) for text in texts]
    parts = [f"{name} {n}:\n{fence}\n{text}\n{fence}" for n, text in enumerate(broken, 1)]
    return f"Each stands between two lines of {fence}.\n\n" + "\n\n".join(parts)


def shortened(texts: Sequence[str], limit: int) -> tuple[list[str], int]:
    """The texts in at most about `limit` characters, and how many words that left out.

    Short texts stay whole; a long one keeps its beginning and its end.
    """
    share = _share([len(t) for t in texts], limit)
    kept, lost = [], 0
    for text in texts:
        if len(text) <= share:
            kept.append(text)
            continue
        head, tail = text[: share // 2], text[len(text) - share // 2 :]
        lost += len(text.split()) - len(head.split()) - len(tail.split())
        kept.append(head + CUT + tail)
    return kept, max(lost, 0)


def _share(lengths: Sequence[int], limit: int) -> int:
    """What each text may take, so that what the short ones leave goes to the long ones."""
    left = limit
    for done, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - done)
        if length > share:
            return share
        left -= length
    return limit


def _fence(text: str) -> str:
    for salt in count():
        fence = sha256(f"{salt}\n{text}".encode(errors="surrogatepass")).hexdigest()[:16]
        if fence not in text:
            return fence
    raise AssertionError
