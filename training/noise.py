"""The same answer said otherwise: with fillers, with slips of the pen, in a second language. The score must stay."""

from __future__ import annotations

import random
import re

FILLERS = ("um,", "uh,", "you know,", "like,", "I mean,", "well,", "so,", "sort of")
SLIPS = 0.02
_ARTICLES = re.compile(r"\b(?:the|a|an)\s+", re.IGNORECASE)
_THIRD_PERSON = re.compile(r"\b(sends|gets|takes|makes|keeps|gives|goes|runs|needs|uses|holds|says|knows|works)\b")


def fillers(answer: str, dice: random.Random) -> str:
    """A filler before about one word in nine."""
    return " ".join(f"{dice.choice(FILLERS)} {w}" if dice.random() < 0.11 else w for w in answer.split(" "))


def slips(answer: str, dice: random.Random) -> str:
    """Two letters in a hundred doubled, dropped or exchanged with the next."""
    out = list(answer)
    for i in range(len(out) - 1):
        if out[i].isalpha() and out[i + 1].isalpha() and dice.random() < SLIPS:
            kind = dice.randrange(3)
            if kind == 0:
                out[i] = out[i] * 2
            elif kind == 1:
                out[i] = ""
            else:
                out[i], out[i + 1] = out[i + 1], out[i]
    return "".join(out)


def second_language(answer: str, dice: random.Random) -> str:
    """Articles gone, the third person's s dropped now and then."""
    without = _ARTICLES.sub(lambda m: "" if dice.random() < 0.8 else m[0], answer)
    return _THIRD_PERSON.sub(lambda m: m[0][:-1] if dice.random() < 0.6 else m[0], without)


NOISES = {"fillers": fillers, "2% slips": slips, "second language": second_language}
