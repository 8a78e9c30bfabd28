"""Where a term stands in a line: all of its words, in any inflection, close together."""

from __future__ import annotations

from functools import lru_cache

from interviewer.language import CARRIES_MEANING, FUNCTION_WORDS, all_stems, stem, words

SLACK = 3
"""How many other words may stand among those of a term."""


@lru_cache(maxsize=20_000)
def key(term: str) -> tuple[str, ...]:
    """The stems that make up the term; its small words count only where hardly anything else is left."""
    every = words(term)
    needed = [w for w in every if w not in FUNCTION_WORDS or w in CARRIES_MEANING]
    return tuple(stem(w) for w in (every if _literal(term) else needed or every))


def stands_in(term: str, line: str) -> bool:
    """The term can be heard in the line."""
    wanted, said = key(term), _stems(line)
    if not wanted or not said.issuperset(wanted):
        return False
    spoken, size = all_stems(line), len(wanted)
    if _literal(term):
        return any(tuple(spoken[i : i + size]) == wanted for i in range(len(spoken)))
    return any(set(wanted) <= set(spoken[i : i + size + SLACK]) for i, s in enumerate(spoken) if s in wanted)


@lru_cache(maxsize=20_000)
def _stems(line: str) -> frozenset[str]:
    return frozenset(all_stems(line))


@lru_cache(maxsize=20_000)
def _literal(term: str) -> bool:
    every = words(term)
    return len(every) > 1 and sum(w not in FUNCTION_WORDS or w in CARRIES_MEANING for w in every) < 2
