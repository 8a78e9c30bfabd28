"""Why a line is not said."""

from __future__ import annotations

from enum import StrEnum


class Breach(StrEnum):
    """What a model did that an interviewer does not."""

    LEAK = "gave away what the candidate is to find"
    JUDGEMENT = "judged an answer"
    LATER = "asked what comes later"
    REPEAT = "repeated itself"
    GREETING = "greeted again"
    INVENTION = "made up a fact"
    RULES = "recited its instructions"
    LENGTH = "came to no end"
    ASK = "lost the question"


class Breached(Exception):
    """The line under way is not to be said; the authored one is."""

    def __init__(self, breach: Breach) -> None:
        super().__init__(breach)
        self.breach = breach
