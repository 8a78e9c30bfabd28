"""Tokens, stems and sentences of English answers."""

from __future__ import annotations

import re
import threading
from functools import cache, lru_cache
from typing import Any

_TOKEN = re.compile(r"[a-z0-9]+(?:[._/+#'-]+[a-z0-9]+)*(?:\+\+|#)?", re.IGNORECASE)
_SENTENCE = re.compile(r"(?:[^.!?;\n]|[.!?;](?!\s|$))+[.!?;]*", re.DOTALL)
_NEGATED = "is are was were do does did has have had can could should would must need wo ca"
_FULL = {"wo": "will", "ca": "can"}
_CONTRACTED = {f"{verb}n't": f"{_FULL.get(verb, verb)} not" for verb in _NEGATED.split()}
_CONTRACTED["cannot"] = "can not"
FUNCTION_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both but
    by can could did do does doing down during each few for from further had has have having he her here hers him his
    how i i'd i'll i'm i've if in into is it it's its itself just like me more most my no nor not now of off on once
    only or other our out over own same she should so some such than that that's the their them then there these they
    this those through to too under until up us very was we we're were what when where which while who why will with
    would yes you your don't doesn't isn't can't won't didn't let's may might must shall
    """.split()
)
CARRIES_MEANING = frozenset("no not nor without own same few both once never".split())
"""Small words that turn or narrow a phrase: a term that has one is not found without it."""


def tokens(text: str) -> list[str]:
    """Lower-case words; `c++`, `top-k`, `http/3` and `don't` stay whole."""
    return [t.lower() for t in _TOKEN.findall(text.replace("’", "'"))]


def sentences(text: str) -> list[str]:
    """The text in sentences, verbatim; line ends and semicolons part them too."""
    return [s.strip() for s in _SENTENCE.findall(text) if s.strip()]


def words(text: str) -> list[str]:
    """Tokens in their parts: hyphenated words split, `isn't` as `is not`."""
    return [part for token in tokens(text) for part in _split(token)]


def stems(text: str) -> list[str]:
    """Stemmed content words, in order."""
    return [stem(word) for word in words(text) if word not in FUNCTION_WORDS]


def all_stems(text: str) -> list[str]:
    """Stems of all words, the small ones included, in order."""
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=50_000)
def _split(token: str) -> tuple[str, ...]:
    return tuple(parts(_CONTRACTED.get(token, token)))


def parts(token: str) -> list[str]:
    """A hyphenated, slashed or spaced word as its parts."""
    return [token] if token.isalnum() else [p for p in re.split(r"[-/_ ]", token) if p] or [token]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word's Porter stem; words with digits or signs stay as they are."""
    return str(_tools().stemmer.stemWord(word)) if word.isalpha() else word


class _Tools(threading.local):
    """A stemmer for each thread, made on its first use: it keeps the word that it works on in itself."""

    def __init__(self) -> None:
        import snowballstemmer

        self.stemmer: Any = snowballstemmer.stemmer("english")


@cache
def _tools() -> _Tools:
    return _Tools()
