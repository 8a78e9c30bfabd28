"""What can be counted when an answer is held against a reference: numbers a regression weighs. Needs numpy.

No feature names a subject, so that weights fitted on some subjects carry over to others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from interviewer.grading import polarity
from interviewer.grading.reading import Floats, Reading, cosine, likeness, read, share
from interviewer.grading.reversal import reversal
from interviewer.grading.vectors import SIZE

MAX_CLAUSES = 40
MAX_COUNT = 3
MAX_FUZZY_CHARACTERS = 2_000
_CHOICE = re.compile(r"\b(?:or|versus|vs)\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:because|since|so|therefore|due|thus)\b", re.IGNORECASE)
_DOUBT = re.compile(r"\b(?:i think|maybe|probably|guess|not sure|don'?t know|no idea)\b|\?", re.IGNORECASE)
_KINDS = {
    "what": re.compile(r"\bwhat\b", re.IGNORECASE),
    "why": re.compile(r"\bwhy\b", re.IGNORECASE),
    "how": re.compile(r"\bhow\b", re.IGNORECASE),
    "difference": re.compile(r"differ|advantage|compare", re.IGNORECASE),
    "definition": re.compile(r"\bdefine|what is an?\b|what are\b", re.IGNORECASE),
    "explanation": re.compile(r"explain|describe", re.IGNORECASE),
}
_NUMBERS = {w: str(i) for i, w in enumerate("zero one two three four five six seven eight nine ten".split())}


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """An answer beside its reference, each read once; `alike` holds reference words in rows, answer words in columns.

    `found` says of each reference word how far the answer has it, `owed` of each answer word how far the reference
    asks for it.
    """

    question: Reading
    reference: Reading
    answer: Reading
    reference_clauses: tuple[str, ...]
    answer_clauses: tuple[str, ...]
    alike: Floats
    found: Floats
    owed: Floats
    asked: frozenset[str]


def pair(question: str, reference: str, answer: str) -> Pair:
    """Read the three texts."""
    asked, ideal, said = read(question), read(reference), read(answer)
    alike = likeness(ideal, said)
    found = alike.max(axis=1) if alike.size else np.zeros(len(ideal.unique), dtype="float32")
    owed = alike.max(axis=0) if alike.size else np.zeros(len(said.unique), dtype="float32")
    return Pair(asked, ideal, said, _clauses(reference), _clauses(answer), alike, found, owed, frozenset(asked.unique))


def features(texts: Pair, question: str, answer: str) -> dict[str, float]:
    """Every feature by name, always the same names in the same order; most lie in 0-1."""
    return {
        **_coverage(texts),
        **_meaning(texts),
        **_clause_by_clause(texts),
        **_wording(texts),
        **_lengths(texts),
        **_direction(texts, answer),
        **_choice(texts, question),
        **_numbers(texts),
        **{f"asks_{kind}": float(bool(sign.search(question))) for kind, sign in _KINDS.items()},
        "reason": float(bool(_REASON.search(answer))),
        "doubt": float(bool(_DOUBT.search(answer))),
    }


def _coverage(texts: Pair) -> dict[str, float]:
    """How much of the reference the answer has, and how much of the answer the reference asks for."""
    mine, theirs = texts.reference, texts.answer
    exact, exact_back = (texts.found >= 1.0).astype("float32"), (texts.owed >= 1.0).astype("float32")
    ones, ones_back = np.ones(len(mine.unique), "float32"), np.ones(len(theirs.unique), "float32")
    weighings = {
        "plain": (ones, ones_back),
        "plain_new": (_demote(ones, mine, texts.asked), _demote(ones_back, theirs, texts.asked)),
        "weighed": (mine.weights, theirs.weights),
        "weighed_new": (mine.demoted(texts.asked), theirs.demoted(texts.asked)),
    }
    values: dict[str, float] = {}
    for name, (forth, back) in weighings.items():
        recall, precision = share(texts.found, forth), share(texts.owed, back)
        values[f"recall_{name}"] = recall
        values[f"precision_{name}"] = precision
        values[f"f1_{name}"] = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
        values[f"exact_recall_{name}"] = share(exact, forth)
        values[f"exact_precision_{name}"] = share(exact_back, back)
    strict = np.clip((texts.found - 0.4) / 0.6, 0, 1)
    values["strict_recall"] = share(strict, mine.demoted(texts.asked))
    values["squared_recall"] = share(texts.found**2, mine.demoted(texts.asked))
    heaviest = np.argsort(-mine.demoted(texts.asked))[:3]
    values["heaviest"] = float(texts.found[heaviest].mean()) if len(heaviest) else 0.0
    values["stray"] = float(np.mean(texts.owed < 0.5)) if len(texts.owed) else 1.0
    return values


def _meaning(texts: Pair) -> dict[str, float]:
    """Cosines of whole texts, with the question's words in full, demoted and taken out."""
    whole, said, asked = texts.reference.meaning(), texts.answer.meaning(), texts.question.meaning()
    size = float(asked @ asked)
    beyond = [v - (v @ asked) / size * asked for v in (whole, said)] if size else [whole, said]
    return {
        "cosine": cosine(whole, said),
        "cosine_new": cosine(texts.reference.meaning(texts.asked), texts.answer.meaning(texts.asked)),
        "cosine_beyond": cosine(beyond[0], beyond[1]),
        "cosine_asked": cosine(asked, said),
        "cosine_asked_reference": cosine(asked, whole),
    }


def _clause_by_clause(texts: Pair) -> dict[str, float]:
    """Each clause of the reference against all of the answer and against the answer's clause that suits it best."""
    pieces = [
        (columns, piece.meaning(texts.asked))
        for piece in map(read, texts.answer_clauses)
        if (columns := texts.answer.rows(piece))
    ]
    held = best_of(texts.alike, [columns for columns, _ in pieces])
    vectors = _directions([vector for _, vector in pieces])
    demoted = texts.reference.demoted(texts.asked)
    covered, aligned, near = [], [], []
    for clause in map(read, texts.reference_clauses):
        rows = texts.reference.rows(clause)
        if not rows:
            continue
        weights = demoted[rows]
        covered.append(share(texts.found[rows], weights))
        (meaning,) = _directions([clause.meaning(texts.asked)])
        total = float(weights.sum()) or 1.0
        aligned.append(float((weights @ held[rows]).max() / total) if pieces else 0.0)
        near.append(float((vectors @ meaning).max()) if pieces else 0.0)
    used = [float(texts.owed[columns].mean()) for columns, _ in pieces]
    return {
        **_spread("clause_recall", covered),
        **_spread("clause_aligned", aligned),
        **_spread("clause_cosine", near),
        **_spread("clause_precision", used),
    }


def best_of(alike: Floats, pieces: Sequence[Sequence[int]]) -> Floats:
    """How far each piece of the answer (columns), given by its words, has each word of the reference (rows)."""
    best = [alike[:, piece].max(axis=1) for piece in pieces]
    return np.stack(best, axis=1) if best else np.zeros((len(alike), 0), dtype="float32")


def _directions(vectors: Sequence[Floats]) -> Floats:
    """At unit length; all zero stays so."""
    rows = np.array(vectors, dtype="float32").reshape(len(vectors), SIZE)
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype="float32")


def _wording(texts: Pair) -> dict[str, float]:
    """The same words side by side, in the same order, the same letters in a row."""
    mine, theirs = texts.reference.stems, texts.answer.stems
    line, other = " ".join(mine)[:MAX_FUZZY_CHARACTERS], " ".join(theirs)[:MAX_FUZZY_CHARACTERS]
    grams, other_grams, asked = (_grams(r) for r in (texts.reference, texts.answer, texts.question))
    common, fresh = grams & other_grams, grams - asked
    values = {f"ngram_{n}": _ngram_share(mine, theirs, n) for n in (2, 3)}
    values["letters"] = len(common) / max(1, len(grams))
    values["letters_back"] = len(common) / max(1, len(other_grams))
    values["letters_new"] = len(fresh & other_grams) / len(fresh) if fresh else values["letters"]
    values["token_set"] = fuzz.token_set_ratio(line, other) / 100
    values["token_sort"] = fuzz.token_sort_ratio(line, other) / 100
    values["partial"] = fuzz.partial_ratio(line, other) / 100
    values["edit"] = Levenshtein.normalized_similarity(mine, theirs)
    values["order"] = _order(texts)
    return values


def _lengths(texts: Pair) -> dict[str, float]:
    """How long the texts are, in content words; the answer's own length counts only up to the reference's."""
    said, ideal, asked = (len(r.stems) for r in (texts.answer, texts.reference, texts.question))
    return {
        "length_ratio": min(1.0, said / max(1, ideal)),
        "log_ratio": max(-2.0, min(2.0, math.log((said + 1) / (ideal + 1)))),
        "log_answer": math.log1p(said),
        "log_reference": math.log1p(ideal),
        "log_clauses": math.log1p(len(texts.reference_clauses)),
        "log_question": math.log1p(asked),
        "new_share": _part(texts.answer.unique, lambda s: s not in texts.asked),
        "asked_repeated": _part(texts.question.unique, set(texts.answer.unique).__contains__),
        "small_words": _small(texts.answer),
        "blank": float(not texts.answer.words),
        "short": float(said <= 2),
        "short_reference": float(ideal <= 3),
    }


def _direction(texts: Pair, answer: str) -> dict[str, float]:
    """Negations, opposites, near copies that say something else."""
    mine, theirs = (sum(w in polarity.NEGATORS for w in r.words) for r in (texts.reference, texts.answer))
    missing = set(texts.reference.unique) - set(texts.answer.unique)
    extra = set(texts.answer.unique) - set(texts.reference.unique)
    contradicted = sum(not extra.isdisjoint(polarity.opposites(m)) for m in missing)
    change = reversal(texts.reference_clauses, answer, texts.answer_clauses)
    mildest = [m for c in texts.reference_clauses if (m := polarity.mildest(c, texts.answer_clauses)) is not None]
    return {
        "negations_reference": min(mine, MAX_COUNT) / MAX_COUNT,
        "negations": min(theirs, MAX_COUNT) / MAX_COUNT,
        "negation_differs": float(bool(mine) != bool(theirs)),
        "negation_more": float(theirs > mine),
        "opposites": min(contradicted, 2) / 2,
        "reversed": float(np.mean(mildest)) if mildest else 0.0,
        "comparable": len(mildest) / max(1, len(texts.reference_clauses)),
        "copied": change.copied,
        "turned": change.turned,
        "contradicted": change.contradicted,
    }


def _choice(texts: Pair, question: str) -> dict[str, float]:
    """The question's own words: those that the reference takes up, and those that it leaves."""
    ideal, said = set(texts.reference.unique), set(texts.answer.unique)
    kept = [s for s in texts.question.unique if s in ideal]
    left = [s for s in texts.question.unique if s not in ideal]
    wrong, right = _part(left, said.__contains__), _part(kept, said.__contains__)
    choice = float(bool(_CHOICE.search(question)))
    return {
        "choice": choice,
        "choice_wrong": choice * wrong,
        "choice_right": choice * right,
        "choice_missed": choice * float(bool(kept) and wrong > 0 and right == 0),
        "asked_missed": 1 - right if kept else 0.0,
        "asked_extra": wrong * len(left) / max(1, len(said)),
    }


def _numbers(texts: Pair) -> dict[str, float]:
    said, ideal, asked = (_numerals(r) for r in (texts.answer, texts.reference, texts.question))
    return {
        "number_new": min(len(said - ideal - asked), MAX_COUNT) / MAX_COUNT,
        "number_hit": _part(sorted(ideal), said.__contains__) if ideal else 0.5,
        "number_owed": float(bool(ideal)),
        "number_clash": float(bool(ideal - asked) and bool(said - asked) and not (said & ideal) - asked),
    }


def _numerals(text: Reading) -> set[str]:
    return {_NUMBERS.get(w, w) for w in text.words if w in _NUMBERS or any(c.isdigit() for c in w)}


def _order(texts: Pair) -> float:
    """Kendall's tau of the shared words; one half where there are too few."""
    places: Mapping[str, int] = {s: i for i, s in reversed(list(enumerate(texts.answer.stems)))}
    spots = np.array([places[s] for s in texts.reference.unique if s in places])
    if len(spots) < 3:
        return 0.5
    return float(np.sign(spots[None, :] - spots[:, None])[np.triu_indices(len(spots), 1)].mean())


@lru_cache(maxsize=2_048)
def _clauses(text: str) -> tuple[str, ...]:
    return tuple(c for c in polarity.clauses(text[: MAX_CLAUSES * 500])[:MAX_CLAUSES] if c)


def _demote(weights: Floats, text: Reading, known: frozenset[str]) -> Floats:
    return np.asarray(weights * text.demoted(known) / np.maximum(text.weights, 1e-9), dtype="float32")


def _grams(text: Reading, size: int = 4) -> set[str]:
    line = " ".join(text.stems)
    return {line[i : i + size] for i in range(len(line) - size + 1)}


def _ngram_share(mine: Sequence[str], theirs: Sequence[str], size: int) -> float:
    wanted, had = (set(zip(*(s[i:] for i in range(size)), strict=False)) for s in (mine, theirs))
    return len(wanted & had) / len(wanted) if wanted else _part(mine, set(theirs).__contains__)


def _spread(name: str, values: Sequence[float]) -> dict[str, float]:
    some = values or [0.0]
    return {f"{name}_mean": float(np.mean(some)), f"{name}_min": min(some), f"{name}_max": max(some)}


def _small(text: Reading) -> float:
    return 1 - len(text.stems) / len(text.words) if text.words else 0.0


def _part(items: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(bool(holds(i)) for i in items) / len(items) if items else 0.0
