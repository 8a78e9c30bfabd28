"""One answer against the points of a rubric: features of each point, and what the fitted forest makes of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from interviewer.content.models import Kind, Verdict
from interviewer.grading import fitted
from interviewer.grading.claims import Claim
from interviewer.grading.fitted import Array
from interviewer.grading.flags import Sighting, reversed_rows, sightings
from interviewer.grading.prepared import Affinity, Exemplars, Passages, Prepared, affinity, read

VERDICTS = (Verdict.MISSED, Verdict.PARTIAL, Verdict.MET)
PERSONAL = {Kind.INTRO, Kind.EXPERIENCE, Kind.BEHAVIOURAL}
SWEEPING = frozenset(
    """always never every everything nothing anything all none simply just automatically automatic guarantee guaranteed
    guarantees impossible completely only obviously certainly definitely perfect perfectly exactly forever everybody
    nobody everyone identical whatever proves strictly unnecessary needless any must""".split()
)
HEDGING = frozenset("maybe perhaps probably guess think believe somehow something stuff sure honestly".split())
NEGATING = frozenset("not no never without nothing none neither nor nobody".split())
FIRST_PERSON = frozenset("i my me mine myself we our us".split())
CLOSE = 0.25
FEW_WORDS = 30
"""Below this the terms decide: the forest learned on whole answers."""
MAX_EVIDENCE = 3
NEARLY = 0.7
PARTIAL_COVER = 0.34
MET_COVER = 0.6
ALL_WRONG = (0.95, 0.03, 0.02)
_CUES = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(shows, re.IGNORECASE))
    for asks, shows in (
        (
            r"\bfigures?\b|\bmeasur|\bnumbers?\b|\bhow (?:large|many|much|long|often)\b|\bsize\b",
            r"\d|\b(?:percent|per cent|half|twice|double[ds]?|thirds?|hundreds?|thousands?|millions?|dozen|ten|twenty"
            r"|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b",
        ),
        (
            r"\bown\b|\bthemsel|\btheir (?:share|part)\b|\btheirs\b",
            r"\b(?:i|mine|myself)\s+(?:\w+ly\s+|then\s+|also\s+)?(?:did|was|wrote|built|led|made|took|ran|set|had|\w+ed)\b"
            r"|\b(?:mine|myself|on my own|by me|colleague|the others?)\b",
        ),
        (
            r"\balternative|\breject|\bdecision\b|\binstead\b|\bchoice\b|\bchosen?\b|\bagainst\b",
            r"\b(?:instead|rather|chose|decided|could have|might have|considered|over)\b|\bnot (?:for|because)\b",
        ),
        (
            r"\botherwise\b|\bdifferently\b|\bmistake\b|\bweakness\b|\bwrong\b|\blearn(?:ed|t)\b",
            r"\b(?:should(?:'ve| have)|would(?:'ve| have)|next time|today i|i'd \w+|in hindsight|looking back"
            r"|retrospect|mistake|wrong|regret|too late|learned|learnt)\b",
        ),
    )
)
FEATURES = tuple(
    """full part terms cover soft near total second contrast cue proof counter balance lead
    negated sweeping low_here flag flag_lead flags reversed sweeping_share hedging_share negated_share first_share
    number_share close1 close2 close3 close4 low touched others essential weight personal""".split()
)


@dataclass(frozen=True, slots=True)
class Said:
    """The sentences of a thread that may count, compared with a question.

    Wrong ones are left out of all but `wrong`, `right`, `sightings` and `reversed_share`. `rows` says which of the
    thread's sentences the others are.
    """

    passages: Passages
    rows: tuple[int, ...]
    affinity: Affinity
    alike: Array
    """How alike each sentence (row) and each exemplar (column) are, 0-1."""
    wrong: Array
    right: Array
    """How alike each sentence of the thread is to each red flag's claim and to its correction, 0-1."""
    sightings: tuple[Sighting, ...]
    reversed_share: float


def compare(prepared: Prepared, exemplars: Exemplars, texts: Sequence[str]) -> Said:
    """Lay sentences beside what the question knows."""
    every = read(texts, prepared.vocabulary.keys())
    stands, bags = every.bags(prepared.vocabulary, prepared.weights)
    wrong = _alike(every, bags, prepared.wrong.vectors, prepared.wrong_bags)
    right = _alike(every, bags, prepared.right.vectors, prepared.right_bags)
    seen = sightings(prepared, every, wrong, right)
    turned = reversed_rows(every, bags, exemplars)
    sound = ~turned
    sound[[s.row for s in seen]] = False
    rows = tuple(int(r) for r in np.flatnonzero(sound))
    passages = every.at(rows)
    return Said(
        passages,
        rows,
        affinity(prepared.wording, passages, stands[sound]),
        _alike(passages, bags[sound], exemplars.vectors, exemplars.bags),
        wrong,
        right,
        tuple(seen),
        float(turned.mean()) if len(turned) else 0.0,
    )


def _alike(passages: Passages, bags: Array, their_vectors: Array, their_bags: Array) -> Array:
    near = np.clip(passages.vectors @ their_vectors.T, 0, 1)
    return np.asarray(0.5 * near + 0.5 * (bags @ their_bags.T), np.float32)


def features(prepared: Prepared, exemplars: Exemplars, said: Said) -> Array:
    """A row of `FEATURES` for each point; there must be at least one sentence that may count."""
    wanted = {number for point in prepared.question.rubric for number in _asked_for(point.point)}
    shown = {n: [bool(_CUES[n][1].search(text)) for text in said.passages.texts] for n in wanted}
    low = _low(exemplars, said.alike)
    rows = [_of_point(prepared, exemplars, said, point, shown, low) for point in range(len(prepared.question.rubric))]
    thread = _of_thread(prepared, exemplars, said, low)
    best = said.affinity.total.max(axis=0)
    count = len(rows)
    for point, row in enumerate(rows):
        row["others"] = float(np.delete(best, point).mean()) if count > 1 else 0.0
    return np.array([[(row | thread)[name] for name in FEATURES] for row in rows], np.float32)


def _of_point(
    prepared: Prepared, exemplars: Exemplars, said: Said, point: int, shown: Mapping[int, Sequence[bool]], low: Array
) -> dict[str, float]:
    rubric = prepared.question.rubric[point]
    near = said.affinity
    total = near.total[:, point]
    best = int(total.argmax())
    speaks = np.clip(exemplars.affinity[:, point], 0.05, 1)
    worth = exemplars.worth[:, point]
    proof = (said.alike * (worth * speaks)).max(axis=1, initial=0)
    counter = (said.alike * ((worth == 0) * speaks)).max(axis=1, initial=0)
    at = int(proof.argmax())
    hits = frozenset[int]().union(*near.terms)
    rivals = np.delete(near.total[best], point)
    its_words = said.passages.words[best]
    ranked = np.sort(total)
    return {
        "full": float(near.full[:, point].max()),
        "part": float(near.part[:, point].max()),
        "terms": float(np.log1p(sum(prepared.wording.term_owner[h] == point for h in hits))),
        "cover": float(near.cover[:, point].max()),
        "soft": float(near.soft[:, point].max()),
        "near": float(near.near[:, point].max()),
        "total": float(total.max()),
        "second": float(ranked[-2]) if len(ranked) > 1 else 0.0,
        "contrast": float(total[best] - rivals.max()) if len(rivals) else 0.0,
        "cue": _cue(rubric.point, shown),
        "proof": float(proof.max()),
        "counter": float(counter.max()),
        "balance": float(proof.max() - counter.max()),
        "lead": float(proof[at] - counter[at]),
        "negated": float(any(w in NEGATING for w in its_words)),
        "sweeping": float(sum(w in SWEEPING for w in its_words)),
        "low_here": float(low[best]),
        "essential": float(rubric.essential),
        "weight": float(rubric.weight),
    }


def _of_thread(prepared: Prepared, exemplars: Exemplars, said: Said, low: Array) -> dict[str, float]:
    spoken = [w for row in said.passages.words for w in row]
    count = max(1, len(spoken))
    wrong = said.wrong.max(initial=0.0)
    lead = np.where(said.wrong > CLOSE, said.wrong - said.right, 0)
    found = {
        "flag": float(wrong),
        "flag_lead": float(lead.max(initial=0.0)),
        "flags": float(len({s.flag for s in said.sightings})),
        "reversed": said.reversed_share,
        "sweeping_share": sum(w in SWEEPING for w in spoken) / count,
        "hedging_share": sum(w in HEDGING for w in spoken) / count,
        "negated_share": sum(w in NEGATING for w in spoken) / count,
        "first_share": sum(w in FIRST_PERSON for w in spoken) / count,
        "number_share": sum(w[0].isdigit() for w in spoken) / count,
        "low": float(low.mean()),
        "touched": float((said.affinity.full.max(axis=0) > 0).mean()),
        "personal": float(prepared.question.kind in PERSONAL),
    }
    for level in (1, 2, 3, 4):
        among = said.alike[:, exemplars.level == level]
        closest = np.sort(among.max(axis=1, initial=0.0))[-3:]
        found[f"close{level}"] = float(closest.mean()) if among.size else 0.2
    return found


def _low(exemplars: Exemplars, alike: Array) -> Array:
    """By how much each sentence is more like those of level-1 answers than like those of good ones."""
    bad = alike[:, exemplars.level == 1].max(axis=1, initial=0.0)
    good = alike[:, exemplars.level >= 3].max(axis=1, initial=0.0)
    return np.asarray(bad - good, np.float32)


@lru_cache(maxsize=4_096)
def _asked_for(point: str) -> tuple[int, ...]:
    """Which of `_CUES` a point asks for."""
    return tuple(number for number, (asks, _) in enumerate(_CUES) if asks.search(point))


def _cue(point: str, shown: Mapping[int, Sequence[bool]]) -> float:
    """For a point that asks for figures, an own part, a choice or a lesson: sentences that show such. Else -1."""
    wanted = _asked_for(point)
    if not wanted:
        return -1.0
    return float(sum(any(shows) for shows in zip(*(shown[n] for n in wanted), strict=True)))


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of one point: verdict, how sure that is (0-1), the chances of missed, partial and met.

    `evidence` are the sentences that speak most of the point, best first, as numbers of the claims given.
    """

    verdict: Verdict
    confidence: float
    chances: tuple[float, float, float]
    evidence: tuple[int, ...] = ()


def judge(prepared: Prepared, exemplars: Exemplars, claims: Sequence[Claim]) -> tuple[list[Judged], list[Sighting]]:
    """A verdict for each point of the rubric, and the red flags that were said.

    The talk decides; to the forest, which learned on talk, lines of code are nonsense. Code touches what it names.
    """
    talk = [number for number, claim in enumerate(claims) if not claim.code]
    found, seen = _judge_talk(prepared, exemplars, [claims[n] for n in talk])
    found = [replace(one, evidence=tuple(talk[r] for r in one.evidence)) for one in found]
    code = [number for number, claim in enumerate(claims) if claim.code]
    if code:
        shown = compare(prepared, exemplars, [claims[n].text for n in code])
        touched = [_by_terms(prepared, shown, point) for point in range(len(found))]
        found = [_touched(one, code, two, shown.rows) for one, two in zip(found, touched, strict=True)]
    return found, [replace(sighting, row=talk[sighting.row]) for sighting in seen]


def _touched(talked: Judged, code: Sequence[int], shown: Judged, rows: Sequence[int]) -> Judged:
    if talked.verdict is not Verdict.MISSED or shown.verdict is Verdict.MISSED:
        return talked
    evidence = tuple(code[rows[r]] for r in shown.evidence)
    return replace(shown, verdict=Verdict.PARTIAL, confidence=shown.chances[1], evidence=evidence)


def _judge_talk(
    prepared: Prepared, exemplars: Exemplars, claims: Sequence[Claim]
) -> tuple[list[Judged], list[Sighting]]:
    said = compare(prepared, exemplars, [c.text for c in claims])
    count = len(prepared.question.rubric)
    if not said.rows:
        nothing = Judged(Verdict.MISSED, ALL_WRONG[0], ALL_WRONG)
        return [nothing] * count, list(said.sightings)
    if sum(len(row) for row in said.passages.words) < FEW_WORDS:
        found = [_by_terms(prepared, said, point) for point in range(count)]
    else:
        chances = fitted.forest().probabilities(features(prepared, exemplars, said))
        found = [_by_chances(said, point, chances[point]) for point in range(count)]
    listed = {row for row, claim in zip(range(len(claims)), claims, strict=True) if claim.listed}
    return [_as_listed(one, said, listed) for one in found], list(said.sightings)


def _by_chances(said: Said, point: int, chances: Array) -> Judged:
    pick = int((chances * fitted.forest().bias).argmax())
    spread = (float(chances[0]), float(chances[1]), float(chances[2]))
    evidence = _evidence(said, point) if pick else ()
    return Judged(VERDICTS[pick], spread[pick], spread, evidence)


def _evidence(said: Said, point: int) -> tuple[int, ...]:
    """The best sentence, and those that are nearly as good."""
    total = said.affinity.total[:, point]
    best = [int(r) for r in np.argsort(-total, kind="stable")[:MAX_EVIDENCE]]
    return tuple(r for r in best if r == best[0] or total[r] >= NEARLY * total[best[0]])


def _by_terms(prepared: Prepared, said: Said, point: int) -> Judged:
    """For a few words, of which the forest learned nothing: a term makes the point, or most of the point's words."""
    owner = prepared.wording.term_owner
    hits = [row for row, terms in enumerate(said.affinity.terms) if any(owner[t] == point for t in terms)]
    if hits:
        return _as_found(Verdict.MET, fitted.by_terms()["term"], hits[:MAX_EVIDENCE])
    cover = said.affinity.cover[:, point]
    best = int(cover.argmax())
    if cover[best] >= PARTIAL_COVER:
        verdict = Verdict.MET if cover[best] >= MET_COVER else Verdict.PARTIAL
        return _as_found(verdict, fitted.by_terms()["words"], [best])
    return _as_found(Verdict.MISSED, fitted.by_terms()["nothing"], [])


def _as_found(verdict: Verdict, chances: tuple[float, float, float], evidence: Sequence[int]) -> Judged:
    return Judged(verdict, chances[VERDICTS.index(verdict)], chances, tuple(evidence))


def _as_listed(found: Judged, said: Said, listed: Collection[int]) -> Judged:
    """The evidence as numbers of the claims; sentences of a bare list come last, and alone they make no point."""
    rows = sorted((said.rows[r] for r in found.evidence), key=lambda r: r in listed)
    spoken = [r for r in rows if r not in listed]
    verdict = Verdict.PARTIAL if found.verdict is Verdict.MET and rows and not spoken else found.verdict
    confidence = found.chances[VERDICTS.index(verdict)]
    return Judged(verdict, confidence, found.chances, tuple(spoken or rows))
