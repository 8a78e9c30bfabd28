"""What needs no grading: nothing said, the interviewer's own words, words without language. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from interviewer.language import FUNCTION_WORDS, stems, tokens

MIN_WORDS = 3
ECHO_SHARE = 0.85
ECHO_COVER = 0.6
ECHO_MIN_STEMS = 4
SALAD_MIN_WORDS = 8
SALAD_FUNCTION_SHARE = 0.12
SYNTAX_SHARE = 0.3
CODE_SHARE = 0.2
MAX_GUESS_WORDS = 8
_SYNTAX = re.compile(r"[,;:\n(){}\[\]=<>]")
_CODE = re.compile(r"[(){}\[\]=<>]|`{3}")
ROW_MIN_WORDS = 6
ROW_FUNCTION_SHARE = 0.18
ROW_REFERENCE_SHARE = 0.3
ROW_SIGN_SHARE = 0.05
_SIGNS = re.compile(r"[(){}\[\]=<>$\\*:+]")
_NOT_KNOWN = re.compile(
    r"\W*(?:(?:well|sorry|honestly|um+|uh|hmm+|so|but|please)\W+)*"
    r"(?:idk|dunno|pass|n/a|skip|i\s+(?:forgot|forget)|i\s+would\s+have\s+to\s+look|"
    r"(?:i\s+)?(?:really\s+)?(?:do\s?n['’o]?t|do\s+not|ca\s?n['’]?t|can\s?not|could\s?n['’]?t)\s+"
    r"(?:really\s+)?(?:know|remember|recall|answer|say|tell)|"
    r"(?:i\s+(?:really\s+)?have\s+)?(?:absolutely\s+)?no\s+(?:idea|clue|answer)|(?:i['’]?m\s+|i\s+am\s+)?not\s+(?:really\s+)?sure|"
    r"i\s+(?:have\s?n['’o]?t|have\s+not|never)\s+(?:learned|learnt|studied|seen|heard))"
    r"(?:\W+(?:it|this|that|the|any|about|of|anymore|yet|one|question|answer|up|sorry|to|for|at|all|here|please|now))*\W*",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:what|which|how|who|when|where|why)\b", re.IGNORECASE)
_DOUBTS = re.compile(
    r"\W*(?:(?:well|hmm+|sorry|honestly)\W+)*i\s+(?:do\s?n['’o]?t|do\s+not)\s+(?:really\s+)?(?:know|remember)\s+"
    r"(?:if|whether|which|what|how|who|why|when)\b",
    re.IGNORECASE,
)


def closed_by(text: str, ask: str) -> str | None:
    """Why the text cannot cover any point, or None where it has to be graded."""
    words = tokens(text)
    if len(words) < MIN_WORDS and not stems(text):
        return "empty"
    if is_echo(text, ask):
        return "echo"
    return "salad" if is_salad(text, words) else None


def is_echo(text: str, ask: str) -> bool:
    """Nearly all content words of the text come from the question, and there are several of them."""
    content = stems(text)
    if len(content) < 3:
        return False
    asked = set(stems(ask))
    return sum(s in asked for s in content) / len(content) >= ECHO_SHARE


def is_salad(text: str, words: Sequence[str]) -> bool:
    """A row of keywords: neither the small words that sentences need, nor the signs of a list or of code."""
    return _is_wordy(words) and len(_SYNTAX.findall(text)) / len(words) < SYNTAX_SHARE


def is_bare_list(text: str) -> bool:
    """Names with commas between them: known words, of which nothing is claimed. Code is no list."""
    words = tokens(text)
    return _is_wordy(words) and len(_CODE.findall(text)) / len(words) < CODE_SHARE


def _is_wordy(words: Sequence[str]) -> bool:
    if len(words) < SALAD_MIN_WORDS:
        return False
    return _small_share(words) < SALAD_FUNCTION_SHARE


def _small_share(words: Sequence[str]) -> float:
    return sum(w in FUNCTION_WORDS for w in words) / len(words) if words else 0.0


def is_keyword_row(text: str, reference: str) -> bool:
    """Hardly any small word where the reference has them: keywords in a row. Code and formulas are none."""
    words, expected = tokens(text), tokens(reference)
    most = ROW_FUNCTION_SHARE if len(words) >= SALAD_MIN_WORDS else SALAD_FUNCTION_SHARE
    if len(words) < ROW_MIN_WORDS or _small_share(words) >= most:
        return False
    return _small_share(expected) >= ROW_REFERENCE_SHARE and len(_SIGNS.findall(text)) < ROW_SIGN_SHARE * len(words)


def claims_nothing(sentence: str) -> bool:
    """A question back or a "don't know whether …": right words in it are no claim. A short guess is one."""
    if sentence.rstrip().endswith("?") and (len(sentence.split()) > MAX_GUESS_WORDS or _ASKS.match(sentence)):
        return True
    return bool(_DOUBTS.match(sentence))


def says_nothing(said: Sequence[str]) -> bool:
    """Every sentence says no more than that the answer is not known, or there are no words at all."""
    return all(_NOT_KNOWN.fullmatch(s) for s in said if tokens(s))


def repeats(sentence: str, lines: Collection[frozenset[str]]) -> bool:
    """The sentence is one of the interviewer's lines said back; `lines` holds the stems of each."""
    content = set(stems(sentence))
    if len(content) < ECHO_MIN_STEMS:
        return False
    return any(
        len(shared) >= ECHO_SHARE * len(content) and len(shared) >= ECHO_COVER * len(line)
        for line in lines
        if (shared := content & line)
    )
