"""Wrong claims: red flags of the question said as the candidate's own, and right claims that were turned around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from interviewer.grading import polarity
from interviewer.grading.fitted import Array
from interviewer.grading.prepared import Exemplars, Passages, Prepared, rare

ALIKE = 0.45
LEAD = 0.1
SHARED = 0.6
MIN_SHARED = 2
MAX_STRAY = 4
REVERSED_ALIKE = 0.5
COMPARED = 2
MIN_ALIKE = 0.35


@dataclass(frozen=True, slots=True)
class Sighting:
    """Sentence `row` makes the wrong claim number `flag`; `alike` says how much it resembles it (0-1)."""

    flag: int
    row: int
    alike: float


def sightings(prepared: Prepared, said: Passages, wrong: Array, right: Array) -> list[Sighting]:
    """The red flags that were said in their own direction: same words, same polarity, nearer than the correction."""
    found = []
    for flag in range(wrong.shape[1]):
        for row in np.flatnonzero((wrong[:, flag] >= ALIKE) & (wrong[:, flag] - right[:, flag] >= LEAD)):
            if _makes(prepared.wrong, flag, said, int(row)):
                found.append(Sighting(flag, int(row), float(wrong[row, flag])))
    return found


def _makes(claims: Passages, flag: int, said: Passages, row: int) -> bool:
    """Most of what the claim is made of is there, negated as often, with nothing opposite in it."""
    claim, sentence = claims.content(flag), said.content(row)
    shared = claim.keys() & sentence.keys()
    if len(shared) < MIN_SHARED or sum(map(rare, shared)) < SHARED * sum(map(rare, claim)):
        return False
    if polarity.NEGATORS.isdisjoint(claims.words[flag]) != polarity.NEGATORS.isdisjoint(said.words[row]):
        return False
    return polarity.mismatch(claims.texts[flag], said.texts[row]) != 1.0


def reversed_rows(said: Passages, bags: Array, exemplars: Exemplars) -> NDArray[np.bool_]:
    """The sentences that turn the closest right ones around and agree with none of them."""
    found = np.zeros(len(said.texts), np.bool_)
    sound = np.flatnonzero(exemplars.level >= 3)
    overlap = bags @ exemplars.bags[sound].T
    for row in np.flatnonzero(overlap.max(axis=1, initial=0) >= REVERSED_ALIKE):
        closest = [c for c in np.argsort(-overlap[row])[:COMPARED] if overlap[row, c] >= REVERSED_ALIKE]
        found[row] = reverses(said.texts[row], [exemplars.texts[sound[c]] for c in closest])
    return found


@lru_cache(maxsize=8_192)
def _clauses(text: str) -> tuple[polarity.Claim, ...]:
    return tuple(polarity.read(clause) for clause in polarity.clauses(text))


def reverses(sentence: str, right: Sequence[str]) -> bool:
    """More of its clauses contradict clauses of the right sentences than say the same."""
    judged = [
        verdict
        for mine in _clauses(sentence)
        for text in right
        for theirs in _clauses(text)
        if _speak_alike(mine, theirs) and (verdict := polarity.compare(theirs, mine)) is not None
    ]
    return sum(v > 0.5 for v in judged) > sum(v <= 0.5 for v in judged)


def _speak_alike(one: polarity.Claim, other: polarity.Claim) -> bool:
    """A look that spares most of the comparisons, which take long."""
    return len(set(one.stems).intersection(other.stems)) >= MIN_ALIKE * len(other.stems)
