"""What a question knows, laid out for comparison with an answer: points, terms, exemplars, red flags. Built once."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from interviewer.content.models import Question, Verdict
from interviewer.grading import vectors
from interviewer.grading.fitted import Array, common, rarity, unseen
from interviewer.grading.terms import Term, term
from interviewer.language import FUNCTION_WORDS, sentences, stem, stems, words

WORTH = {Verdict.MET: 1.0, Verdict.PARTIAL: 0.33, Verdict.MISSED: 0.0, Verdict.CANNOT_ASSESS: 0.0}
ASKED_WORTH = 0.3
"""A word of the question itself counts this much in a point: saying it back is cheap."""
FULL_TERM = 6.0
"""The rarity (nats) from which on a term alone is telling."""
MODEL_ANSWER = -1
DIMENSIONS = 256
MIN_SPELT = 5
_FILLERS = re.compile(
    r"\b(?:u[hm]+|erm?|hm+|you know|i mean|sort of|kind of)\b,?|\b(?:well|so|like|okay|right),", re.IGNORECASE
)
REPORTING = frozenset(
    stem(w) for w in "says say names name gives give explains describes example tells picks instance such".split()
)


@dataclass(frozen=True, slots=True)
class Passages:
    """Texts in words and stems, with a vector each (a row of `vectors`, of unit length or zero)."""

    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    stems: tuple[tuple[str, ...], ...]
    vectors: Array

    def at(self, rows: Sequence[int]) -> Passages:
        """Some of the texts."""
        return Passages(
            tuple(self.texts[r] for r in rows),
            tuple(self.words[r] for r in rows),
            tuple(self.stems[r] for r in rows),
            self.vectors[list(rows)],
        )

    def content(self, row: int) -> dict[str, str]:
        """The stems of a text's content words, each with one of its words."""
        pairs = zip(self.stems[row], self.words[row], strict=True)
        return {s: w for s, w in pairs if w not in FUNCTION_WORDS}

    def bags(self, vocabulary: dict[str, int], weights: Array) -> tuple[NDArray[np.bool_], Array]:
        """Which stems of the vocabulary stand in each text; and the texts as rows of unit length, by rarity.

        Words outside the vocabulary make a row shorter than one: they are said, but compare with nothing.
        """
        stands = np.zeros((len(self.texts), len(vocabulary)), np.bool_)
        length = np.zeros((len(self.texts), 1), np.float32)
        for row in range(len(self.texts)):
            content = self.content(row)
            length[row] = sum(rare(s) ** 2 for s in content) ** 0.5
            stands[row, [vocabulary[s] for s in content if s in vocabulary]] = True
        return stands, np.asarray(stands * weights / np.maximum(length, 1e-6), np.float32)


def read(texts: Sequence[str], spelling: Collection[str] = ()) -> Passages:
    """The texts in words, stems and vectors; each vector is the mean of its content words', weighted by rarity.

    What people say while they think is left out. A stem that the bank doesn't know and that is a slip of the pen away
    from one of `spelling` is taken for that one.
    """
    said = tuple(tuple(words(_FILLERS.sub(" ", t))) for t in texts)
    stemmed = tuple(tuple(_spelt(stem(w), spelling) for w in row) for row in said)
    rows = np.zeros((len(said), DIMENSIONS), np.float32)
    for row, (some, their) in enumerate(zip(said, stemmed, strict=True)):
        for word, s in zip(some, their, strict=True):
            if word not in FUNCTION_WORDS and (vector := _vector(word)) is not None:
                rows[row] += rare(s) * vector
    return Passages(tuple(texts), said, stemmed, _unit(rows))


def _spelt(s: str, spelling: Collection[str]) -> str:
    if len(s) < MIN_SPELT or not spelling or s in rarity() or s in spelling or not s.isalpha():
        return s
    found = process.extractOne(s, spelling, scorer=OSA.distance, score_cutoff=1)
    return str(found[0]) if found else s


def rare(s: str) -> float:
    """How rare a stem is in the bank (nats)."""
    return rarity().get(s, unseen())


def vectors_of(some: Sequence[str]) -> Array:
    """A row for each word, zero where it has no vector."""
    rows = np.zeros((len(some), DIMENSIONS), np.float32)
    for row, word in enumerate(some):
        if (vector := _vector(word)) is not None:
            rows[row] = vector
    return rows


@lru_cache(maxsize=20_000)
def _vector(word: str) -> Array | None:
    """The word's vector less what all words of the bank have in common."""
    vector = vectors.word(word)
    if vector is None:
        return None
    return np.asarray(_unit((vector - common())[None, :])[0], np.float32)


def _unit(rows: Array) -> Array:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6), np.float32)


@dataclass(frozen=True, slots=True)
class Exemplars:
    """Sentences of the samples and of the model answer, a row each.

    `sample` is the number of the sample (`MODEL_ANSWER` for that), `worth` how far its whole answer met each point
    (0-1), `affinity` how much the sentence itself speaks of each point.
    """

    texts: tuple[str, ...]
    bags: Array
    vectors: Array
    sample: NDArray[np.int32]
    level: NDArray[np.int32]
    worth: Array
    affinity: Array

    def without(self, samples: Collection[int]) -> Exemplars:
        """The others."""
        kept = np.flatnonzero(~np.isin(self.sample, list(samples)))
        texts = tuple(self.texts[i] for i in kept)
        return Exemplars(
            texts,
            self.bags[kept],
            self.vectors[kept],
            self.sample[kept],
            self.level[kept],
            self.worth[kept],
            self.affinity[kept],
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """How the rubric words its points: rows are points, but in `terms`, which name their point each."""

    wanted: Array
    """Points x vocabulary: the share that each stem has in the point."""
    words: Array
    """Vectors of all points' content words, one after another, in a row each."""
    share: Array
    """Points x those words: the share that each has in its point."""
    vectors: Array
    terms: tuple[tuple[int, Term, float], ...]
    terms_of: dict[str, tuple[int, ...]]
    term_vectors: Array
    term_owner: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question, ready for comparison."""

    question: Question
    vocabulary: dict[str, int]
    weights: Array
    wording: Wording
    exemplars: Exemplars
    wrong: Passages
    wrong_bags: Array
    right: Passages
    right_bags: Array


def prepare(question: Question, ask: str) -> Prepared:
    """Lay the question out. Takes some milliseconds: keep the result."""
    wrong = read([f.claim for f in question.red_flags])
    right = read([f.correction for f in question.red_flags])
    lines = [(n, s.level, s.answer) for n, s in enumerate(question.samples)]
    lines.append((MODEL_ANSWER, 4, question.model_answer))
    sentence = [(n, level, text) for n, level, answer in lines for text in sentences(answer) if stems(text)]
    said = read([text for _, _, text in sentence])
    points = read([p.point for p in question.rubric])
    of_terms = [term(text).stems for point in question.rubric for text in point.terms]
    stock = [*wrong.stems, *right.stems, *said.stems, *points.stems, *of_terms]
    vocabulary = {s: i for i, s in enumerate(dict.fromkeys(s for row in stock for s in row))}
    weights = np.array([rare(s) for s in vocabulary], np.float32)
    wording = _wording(question, points, vocabulary, set(stems(ask)))
    stands, bags = said.bags(vocabulary, weights)
    worth = [[WORTH[s.points[p.id]] for p in question.rubric] for s in question.samples]
    worth.append([1.0] * len(question.rubric))
    sample = np.array([n for n, _, _ in sentence], np.int32)
    exemplars = Exemplars(
        said.texts,
        bags,
        said.vectors,
        sample,
        np.array([level for _, level, _ in sentence], np.int32),
        np.array(worth, np.float32)[sample],
        affinity(wording, said, stands).total,
    )
    return Prepared(
        question,
        vocabulary,
        weights,
        wording,
        exemplars,
        wrong,
        wrong.bags(vocabulary, weights)[1],
        right,
        right.bags(vocabulary, weights)[1],
    )


def _wording(question: Question, points: Passages, vocabulary: dict[str, int], asked: set[str]) -> Wording:
    wanted = np.zeros((len(question.rubric), len(vocabulary)), np.float32)
    owner: list[int] = []
    word_list: list[str] = []
    share: list[float] = []
    for row in range(len(question.rubric)):
        content = {s: w for s, w in points.content(row).items() if s not in REPORTING}
        weight = {s: rare(s) * (ASKED_WORTH if s in asked else 1.0) for s in content}
        total = sum(weight.values()) or 1.0
        for s, word in content.items():
            wanted[row, vocabulary[s]] = weight[s] / total
            owner.append(row)
            word_list.append(word)
            share.append(weight[s] / total)
    shares = np.zeros((len(question.rubric), len(word_list)), np.float32)
    shares[owner, np.arange(len(owner))] = share
    terms = []
    for row, point in enumerate(question.rubric):
        for text in point.terms:
            found = term(text)
            terms.append((row, found, min(1.0, sum(rare(s) for s in found.stems) / FULL_TERM)))
    terms_of: dict[str, list[int]] = {}
    for number, (_, found, _) in enumerate(terms):
        for s in set(found.stems):
            terms_of.setdefault(s, []).append(number)
    return Wording(
        wanted,
        vectors_of(word_list),
        shares,
        points.vectors,
        tuple(terms),
        {s: tuple(numbers) for s, numbers in terms_of.items()},
        read([text for point in question.rubric for text in point.terms]).vectors,
        np.array([row for row, _, _ in terms], np.int32),
    )


@dataclass(frozen=True, slots=True)
class Affinity:
    """How much each text (row) speaks of each point (column), by several measures (0-1 each, `total` their sum)."""

    full: Array
    part: Array
    cover: Array
    soft: Array
    near: Array
    total: Array
    terms: tuple[frozenset[int], ...]
    """The terms that stand in each text."""


def affinity(wording: Wording, said: Passages, stands: NDArray[np.bool_]) -> Affinity:
    """Compare texts with the rubric's wording; `stands` says which stems of the vocabulary stand in each text."""
    points = len(wording.wanted)
    full = np.zeros((len(said.texts), points), np.float32)
    part = np.zeros_like(full)
    soft = np.zeros_like(full)
    found: list[frozenset[int]] = []
    for row, stemmed in enumerate(said.stems):
        heard = set(stemmed)
        touched = {n for s in heard for n in wording.terms_of.get(s, ())}
        hits = set()
        for number in touched:
            point, wanted, worth = wording.terms[number]
            if wanted.stands_in(stemmed):
                hits.add(number)
                full[row, point] = max(full[row, point], worth)
                part[row, point] = 1.0
            else:
                there = sum(rare(s) for s in wanted.stems if s in heard) / sum(rare(s) for s in wanted.stems)
                part[row, point] = max(part[row, point], there * worth)
        found.append(frozenset(hits))
        content = list(said.content(row).values())
        if content:
            nearest = np.clip((wording.words @ vectors_of(content).T).max(axis=1), 0, 1)
            soft[row] = wording.share @ nearest
    cover = np.asarray(stands.astype(np.float32) @ wording.wanted.T, np.float32)
    near = np.zeros_like(full)
    closeness = said.vectors @ wording.term_vectors.T
    for point in range(points):
        near[:, point] = closeness[:, wording.term_owner == point].max(axis=1, initial=0.0)
    total = 0.5 * full + 0.2 * part + 0.5 * cover + 0.3 * soft + 0.3 * near
    return Affinity(full, part, cover, soft, near, total, tuple(found))
