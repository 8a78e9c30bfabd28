"""Whether two clauses say the same or the reverse: negation, opposite words, roles exchanged. Pure.

It reads surface forms. Two clauses that share too few words are not compared; a reversal that is put in wholly other
words stays unseen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from interviewer.language import FUNCTION_WORDS, sentences, stem, words

MIN_SHARED = 0.6
"""Share of the claim's content words that the other clause has to hold, as they are or as their opposites."""
MIN_SHARED_BACK = 0.45
MIN_CLAUSE_STEMS = 2
MAX_COMPARED = 60
NEGATORS = frozenset(
    """not no never none nothing nobody nor neither without cannot hardly scarcely non unable fail fails failed lack
    lacks lacking instead rather unlike incapable impossible""".split()
)
_PLACES = frozenset("in on with up over under".split())
"""Their opposites stand in the table, but where they are mere prepositions they say nothing."""
_NOT_REALLY = re.compile(
    r"\bnot\s+(?:only|just|merely|simply)\b|\bno\s+(?:matter|doubt|more\s+than)\b|\brather\s+than\b"
)
_BREAK = re.compile(
    r",?\s+(?=(?:but|whereas|while|because|although|though|however|so that|which|unlike)\b)"
    r"|,\s+(?=\S+\s+\S+\s+\S+)|:\s+",
    re.IGNORECASE,
)
_NEGATIVE_PREFIXES = ("un", "non", "ir", "il")
_MIN_ROOT = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """The content stems of a clause, in order and as a set, and how often it is negated."""

    stems: tuple[str, ...]
    unique: frozenset[str]
    negations: int


@lru_cache(maxsize=4_096)
def clauses(text: str) -> tuple[str, ...]:
    """The text in clauses, verbatim and in order; a piece of fewer than two content words stays with its neighbour."""
    found: list[str] = []
    for sentence in sentences(text):
        start = 0
        for spot in _BREAK.finditer(sentence):
            if _enough(sentence[start : spot.start()]) and _enough(sentence[spot.end() :]):
                found.append(sentence[start : spot.start()].strip())
                start = spot.end()
        found.append(sentence[start:].strip())
    return tuple(found)


def negated(said: Sequence[str]) -> bool:
    """True for an odd number of negations among lower-case words (see `language.words`)."""
    return _negations(said) % 2 == 1


def opposites(stem_: str) -> frozenset[str]:
    """The stems that contradict this one where they stand in its place."""
    return _table().get(stem_, frozenset())


def opposed(one: str, other: str) -> bool:
    """True when the two stems contradict each other, by the table or by a negative prefix or ending."""
    return other in _contraries(one)


def mismatch(claim: str, said: str) -> float | None:
    """0 when `said` has the direction of `claim`, 1 when it is reversed; None when they share too little to tell."""
    return compare(read(claim), read(said))


def mildest(claim: str, said: Sequence[str]) -> float | None:
    """`mismatch` of a claim with the clause that contradicts it least; None when none can be compared."""
    mine = read(claim)
    return min((m for c in said if (m := compare(mine, read(c))) is not None), default=None)


@lru_cache(maxsize=4_096)
def read(text: str) -> Claim:
    """The clause's content stems and negations."""
    said = words(_NOT_REALLY.sub(" ", text.lower()))
    content = [stem(w) for w in said if w not in NEGATORS and (w not in FUNCTION_WORDS or _contrasts(w))]
    stems = tuple(content[:MAX_COMPARED])
    return Claim(stems, frozenset(stems), _negations(said))


def compare(claim: Claim, said: Claim) -> float | None:
    """`mismatch` of two clauses that are read already."""
    mine, theirs = claim.unique, said.unique
    shared = mine & theirs
    if not mine or not theirs or (not shared and len(mine) > MIN_CLAUSE_STEMS):
        return None
    lost, new = mine - theirs, theirs - mine
    contradicted = {word for word in lost if not new.isdisjoint(_contraries(word))}
    contradicting = {word for word in new if not lost.isdisjoint(_contraries(word))}
    if len(shared) + len(contradicted) < MIN_SHARED * len(mine):
        return None
    if len(shared) + len(contradicting) < MIN_SHARED_BACK * len(theirs):
        return None
    turned = (claim.negations - said.negations) % 2 == 1
    if turned != bool(contradicted):
        return 1.0
    return 1.0 if not turned and _exchanged(claim.stems, said.stems) else 0.0


def _exchanged(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Two opposites that both clauses name stand in each other's place: "TCP, not UDP" against "UDP, not TCP"."""
    common = set(mine) & set(theirs)
    order = [s for s in dict.fromkeys(mine) if s in common]
    other = [s for s in dict.fromkeys(theirs) if s in common]
    moved = [i for i, (one, two) in enumerate(zip(order, other, strict=True)) if one != two]
    if len(moved) != 2 or moved[1] - moved[0] < 2:
        return False
    return len(order) >= 0.8 * max(len(set(mine)), len(set(theirs)))


def _negations(said: Sequence[str]) -> int:
    return sum(w in NEGATORS for w in said)


def _contrasts(word: str) -> bool:
    return word not in _PLACES and stem(word) in _table()


@lru_cache(maxsize=50_000)
def _contraries(word: str) -> frozenset[str]:
    """Every stem that contradicts this one: opposites, and the word with or without a negative prefix or ending."""
    turned = {prefix + word for prefix in _NEGATIVE_PREFIXES} | {f"{word}less"} if len(word) >= _MIN_ROOT else set()
    roots = {word.removeprefix(prefix) for prefix in _NEGATIVE_PREFIXES} | {word.removesuffix("less")}
    return opposites(word) | turned | {root for root in roots if len(root) >= _MIN_ROOT and root != word}


def _enough(piece: str) -> bool:
    return sum(w not in FUNCTION_WORDS for w in words(piece)) >= MIN_CLAUSE_STEMS


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in files("interviewer.grading").joinpath("opposites.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        left, right = ([stem(w) for w in side.split()] for side in line.split("/"))
        for one in left:
            for other in right:
                table.setdefault(one, set()).add(other)
                table.setdefault(other, set()).add(one)
    return {one: frozenset(others - {one}) for one, others in table.items()}
