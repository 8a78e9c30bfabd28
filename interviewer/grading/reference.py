"""Grades an answer against a plain reference answer or key points, without a model.

A regression fitted on answers that people scored gives the score; words, meaning and direction of each point's best
sentences give the verdicts. It sees likeness to the reference: a right answer of wholly other content is undervalued.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from interviewer.content.models import Verdict
from interviewer.grade import Criterion, Grade
from interviewer.grading.evidence import verified
from interviewer.grading.gates import is_keyword_row, repeats, says_nothing
from interviewer.grading.instructions import plainly_instructs
from interviewer.grading.polarity import clauses
from interviewer.grading.score import level_of
from interviewer.language import sentences, stems, words

if TYPE_CHECKING:
    from interviewer.grading.features import Pair

GRADER = "offline-reference-2"
MAX_CHARACTERS = 20_000
"""Of an answer or a reference; what stands behind is not read."""
MAX_POINTS = 20
MAX_SENTENCES = 60
MET, PARTIAL = 0.72, 0.45
"""Share of a point's weight that one or two sentences of the answer have to hold."""
SECOND_ADDS = 0.1
TURNED = 0.5
DOUBT = 0.2
SUSPECT, CONDEMNED = 0.5, 0.65
"""Between these suspicions the score sinks from all to nothing."""
TYPICAL_ERROR = 0.2
SHORT_REFERENCE = 4
_ASKING = frozenset("question ask answer".split())
"""Stems that an echo puts around the question."""


def grade_reference(
    question: str, reference: str | None, key_points: Sequence[str], answer: str, severity: float = 0.0
) -> Grade:
    """The grade of one answer; key points come before a reference where both are given.

    `severity` is what is taken from the score (0-1) before it is clipped: graders differ in how much they give for the
    same answer, and it has to be calibrated for each source. Where the reference holds no words that can be compared,
    or the answer is in no script that is read here, nothing is assessed and score and level are None.
    """
    points = points_of(reference or "", tuple(key_points))
    if not points or _unreadable(answer[:MAX_CHARACTERS]):
        missing = [_criterion(i, p, Verdict.CANNOT_ASSESS) for i, p in enumerate(points or ("The reference answer.",))]
        return Grade(None, None, GRADER, tuple(missing), confidence=0.0)
    claims = claims_of(question, answer, points)
    missed = [_criterion(i, p, Verdict.MISSED) for i, p in enumerate(points)]
    if not claims:
        return Grade(1, 0.0, GRADER, tuple(missed), confidence=1.0, range=(1, 1))
    from interviewer.grading.features import features, pair

    reference, said = "\n".join(points), "\n".join(claims)
    texts = pair(question, reference, said)
    score, suspicion = predict(features(texts, question, said), reference, said)
    judged = list(_judged(points, texts, claims)) if score else missed
    score = min(1.0, max(0.0, score - severity)) if score else 0.0
    error = TYPICAL_ERROR * (1.5 if len(texts.reference.stems) < SHORT_REFERENCE else 1.0)
    span = (level_of(max(0.0, score - error)), level_of(min(1.0, score + error)))
    confidence = 1.0 - error - DOUBT * (SUSPECT - DOUBT < suspicion < CONDEMNED)
    criteria = tuple(verified(judged, [answer]))
    return Grade(level_of(score), round(score, 4), GRADER, criteria, confidence=round(confidence, 2), range=span)


def predict(values: Mapping[str, float], reference: str, answer: str) -> tuple[float, float]:
    """Score with all defences (0-1) and suspicion (about 0-1) from the features of an answer that is stripped."""
    from interviewer.grading.regression import shipped

    suspicion = shipped("suspicion").predict(values)
    return defended(shipped("score").predict(values), suspicion, reference, answer), suspicion


def defended(score: float, suspicion: float, reference: str, answer: str) -> float:
    """The score, clipped, less what suspicion takes; the reference said word by word is right by definition."""
    if words(reference) == words(answer):
        return 1.0
    if is_keyword_row(answer, reference):
        return 0.0
    trust = min(1.0, max(0.0, (CONDEMNED - suspicion) / (CONDEMNED - SUSPECT)))
    return min(1.0, max(0.0, score)) * trust


def claims_of(question: str, answer: str, points: Sequence[str]) -> list[str]:
    """The sentences that count, verbatim: none that speak to the grader or say the question back."""
    said = sentences(answer[:MAX_CHARACTERS])
    if says_nothing(said):
        return []
    asked = frozenset(stems(question))
    lines = {asked, *(frozenset(stems(s)) for s in sentences(question))}
    news = frozenset(stems("\n".join(points))) - asked
    return [s for s in said if not plainly_instructs(s) and not _echoes(s, asked, lines, news)]


def _echoes(sentence: str, asked: frozenset[str], lines: Collection[frozenset[str]], news: frozenset[str]) -> bool:
    """The question said back. Where the right answer needs no new word ("by rows"), only the whole question counts."""
    content = frozenset(stems(sentence))
    if news & content:
        return False
    return asked <= content <= asked | _ASKING or (bool(news) and repeats(sentence, lines))


@lru_cache(maxsize=512)
def points_of(reference: str, key_points: tuple[str, ...]) -> tuple[str, ...]:
    """Key points as they are, else the reference's sentences; only those with words to compare."""
    found = key_points or tuple(sentences(reference[:MAX_CHARACTERS]))
    return tuple(p for p in found if stems(p))[:MAX_POINTS]


def _judged(points: Sequence[str], texts: Pair, claims: Sequence[str]) -> Iterator[Criterion]:
    """Each point's verdict with the sentence or the two sentences that hold most of its words."""
    from interviewer.grading.features import best_of
    from interviewer.grading.reading import read
    from interviewer.grading.reversal import reversal

    spots = [(c, columns) for c in claims[:MAX_SENTENCES] if (columns := texts.answer.rows(read(c)))]
    held = best_of(texts.alike, [columns for _, columns in spots])
    weights = texts.reference.demoted(texts.asked)
    for index, point in enumerate(points):
        rows = texts.reference.rows(read(point))
        total = float(weights[rows].sum())
        if not spots or not total:
            yield _criterion(index, point, Verdict.MISSED)
            continue
        shares = weights[rows] @ held[rows] / total
        best = [int(i) for i in (-shares).argsort(kind="stable")[:2]]
        together = float(weights[rows] @ held[rows][:, best].max(axis=1)) / total
        said = spots[best[0]][0]
        change = reversal(clauses(point), said, clauses(said))
        if together < PARTIAL or max(change.turned, change.contradicted) > TURNED:
            yield _criterion(index, point, Verdict.MISSED)
            continue
        quoted = best if together > shares[best[0]] + SECOND_ADDS else best[:1]
        verdict = Verdict.MET if together >= MET else Verdict.PARTIAL
        yield _criterion(index, point, verdict, tuple(spots[i][0] for i in quoted))


def _criterion(index: int, point: str, verdict: Verdict, evidence: tuple[str, ...] = ()) -> Criterion:
    return Criterion(str(index + 1), point, 1, verdict, evidence)


def _unreadable(text: str) -> bool:
    """Letters, but none that the word splitter knows."""
    return any(c.isalpha() for c in text) and not stems(text) and not any(c.isascii() and c.isalpha() for c in text)
