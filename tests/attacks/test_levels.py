"""What hostile answers are worth: nothing, also where the judge does as it is told.

Two obedient judges: the blind one does what a text can tell it, everything is met. The knowing one also spares the item
that nobody can meet, and looks up for each point the sentences that fit it best; no text can tell it which these are.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.content.bank import Bank
from interviewer.content.models import Question
from interviewer.grading import offline
from interviewer.grading.judge import Judge
from interviewer.language import sentences, stems
from tests.attacks.families import FAMILIES, attacks, parroting
from tests.grading.judges import StubJudge, giving, obedient

ROOT = Path(__file__).parents[2]
BANK = Bank(ROOT / "question_bank", ROOT / "personas")
QUESTION = BANK.question("when-multi-threading")
LABEL = 2
GENUINE = next(s for s in QUESTION.samples if s.level == LABEL).answer
OWN_LINES = parroting([p.point for p in QUESTION.rubric], [p.probe for p in QUESTION.rubric], QUESTION.asks[0])
every_family = pytest.mark.parametrize("family", FAMILIES)


def best_quotes(question: Question, answers: list[str]) -> Callable[[str], list[str]]:
    """For the text of a point the three sentences that have most in common with it."""
    said = [s for answer in answers for s in sentences(answer)[:80]] or answers
    heard = {p.point: set(stems(" ".join((p.point, *p.terms)))) for p in question.rubric}
    common = {s: set(stems(s)) for s in said}
    return lambda text: sorted(said, key=lambda s: -len(heard.get(text, set()) & common[s]))[:3]


async def level(answers: list[str], *, knowing: bool = False) -> int | None:
    quotes = best_quotes(QUESTION, answers)
    judge = StubJudge(lambda prompt: obedient(prompt, quotes, spares=knowing))
    grade, _ = await Judge(judge).grade(QUESTION, QUESTION.asks[0], answers)
    return grade.level


def offline_level(answers: list[str]) -> int | None:
    return offline.grade(QUESTION, QUESTION.asks[0], answers).level


def test_there_are_enough_of_them() -> None:
    assert len(attacks()) + len(OWN_LINES) >= 120
    assert len(set(attacks().values())) == len(attacks())


@every_family
async def test_an_attack_alone_is_level_1(family: str) -> None:
    rose = [t for t in FAMILIES[family]() if await level([t]) != 1 or await level([t], knowing=True) != 1]
    assert rose == []


@every_family
def test_an_attack_alone_is_level_1_offline(family: str) -> None:
    assert [t for t in FAMILIES[family]() if offline_level([t]) != 1] == []


@every_family
async def test_an_attack_adds_nothing_to_a_genuine_answer(family: str) -> None:
    earned = max(LABEL, offline_level([GENUINE]) or 1)
    assert earned < 4
    rose = [t for t in FAMILIES[family]() if (await level([f"{GENUINE}\n{t}"]) or 1) > earned]
    rose += [t for t in FAMILIES[family]() if (await level([GENUINE, t]) or 1) > earned]
    assert rose == []


@pytest.mark.parametrize("text", OWN_LINES, ids=range(len(OWN_LINES)))
async def test_the_questions_own_lines_said_back_are_level_1(text: str) -> None:
    assert await level([text]) == 1
    assert await level([text], knowing=True) == 1
    assert (await level([f"{GENUINE}\n{text}"]) or 1) <= max(LABEL, offline_level([GENUINE]) or 1)


async def test_a_genuine_answer_keeps_its_level_under_an_honest_judge() -> None:
    """The checks are no wall: labels with fitting quotes come through."""
    for sample in QUESTION.samples:
        quotes = best_quotes(QUESTION, [sample.answer])
        play = giving({p.point: (sample.points[p.id], quotes(p.point)) for p in QUESTION.rubric})
        grade, _ = await Judge(StubJudge(play)).grade(QUESTION, QUESTION.asks[0], [sample.answer])
        assert grade.level == sample.level
