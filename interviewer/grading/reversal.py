"""How much of a reference an answer turns around: near copies with a word exchanged, a negation put in or taken out.

`polarity` compares clauses by the words that they share and knows opposites from a table. This module compares word by
word and needs no table: whoever repeats a sentence but for one word that means something else has changed the claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from interviewer.grading import polarity, vectors
from interviewer.grading.reading import MIN_SLIP_LENGTH, SLIP
from interviewer.language import FUNCTION_WORDS, stem, words

COPIED = 0.6
"""Share of a clause's words that have to recur in order before single differences are read as changes."""
MIN_CLAUSE_WORDS = 3
MAX_WORDS = 600
SYNONYM = 0.5
"""Cosine of word vectors from which an exchanged word counts as the same in other words."""


@dataclass(frozen=True, slots=True)
class Reversal:
    """Shares of the reference's words, 0-1: `copied` in clauses that recur nearly word by word, `turned` in such that
    then say something else, `contradicted` in clauses that another clause of the answer contradicts."""

    copied: float
    turned: float
    contradicted: float


def reversal(clauses: Sequence[str], answer: str, answer_clauses: Sequence[str]) -> Reversal:
    """Hold an answer against the reference's clauses."""
    said = words(answer)[:MAX_WORDS]
    stems = [stem(w) for w in said]
    total = copied = turned = contradicted = 0
    for clause in clauses:
        mine = words(clause)
        if len(mine) < MIN_CLAUSE_WORDS:
            continue
        total += len(mine)
        place = fuzz.partial_ratio_alignment([stem(w) for w in mine], stems)
        start, end = (place.dest_start, place.dest_end) if place else (0, 0)
        start, end = max(0, start - 2), min(len(said), end + 2)
        change = _change(mine, said[start:end])
        if change is not None:
            copied += len(mine)
            turned += len(mine) * change
        contradicted += len(mine) * bool(polarity.mildest(clause, answer_clauses))
    return Reversal(*(part / total if total else 0.0 for part in (copied, turned, contradicted)))


def _change(mine: Sequence[str], said: Sequence[str]) -> bool | None:
    """Whether a nearly copied clause says something else; None where it is not copied."""
    one, other = [stem(w) for w in mine], [stem(w) for w in said]
    steps = list(Levenshtein.opcodes(one, other))
    same = [step for step in steps if step.tag == "equal"]
    if sum(s.src_end - s.src_start for s in same) < COPIED * len(mine):
        return None
    inner = steps[steps.index(same[0]) : len(steps) - steps[::-1].index(same[-1])]
    edges = [s for s in (steps[0], steps[-1]) if s.tag == "replace" and s not in inner]
    return any(
        _differs(mine[s.src_start : s.src_end], said[s.dest_start : s.dest_end])
        for s in (*inner, *edges)
        if s.tag != "equal"
    )


def _differs(old: Sequence[str], new: Sequence[str]) -> bool:
    if polarity.negated(old) != polarity.negated(new):
        return True
    lost = [w for w in old if _counts(w)]
    put = [w for w in new if _counts(w)]
    if not lost or not put:
        return False
    return any(all(_other(w, p) for p in put) for w in lost)


def _counts(word: str) -> bool:
    return word not in FUNCTION_WORDS or bool(polarity.opposites(stem(word)))


def _other(word: str, put: str) -> bool:
    one, two = stem(word), stem(put)
    if one == two:
        return False
    if polarity.opposed(one, two):
        return True
    if min(len(one), len(two)) >= MIN_SLIP_LENGTH and fuzz.ratio(one, two) / 100 >= SLIP:
        return False
    first, second = vectors.word(word), vectors.word(put)
    return first is None or second is None or float(first @ second) < SYNONYM
