"""The debrief is made of verdicts, and every sentence of it rests on one."""

from __future__ import annotations

from typing import Any

import pytest

from interviewer.content.models import Verdict
from interviewer.debrief import Claim
from interviewer.grade import Criterion, Grade
from interviewer.grading.debriefing import LONGEST, MOST_CLAIMS, Draft, DraftedClaim, write_debrief
from interviewer.llm.model import ModelError, Prompt, Usage

POINTS = (
    Criterion("early", "Says it early.", 2, Verdict.MET, ("my secret words",)),
    Criterion("late", "Says it late.", 1, Verdict.MISSED),
    Criterion("half", "Says both halves.", 1, Verdict.PARTIAL, ("half of my words",)),
    Criterion("dark", "Says it in the dark.", 1, Verdict.CANNOT_ASSESS),
)
GRADED = {3: ("Why?", Grade(3, 0.7, "stub", POINTS)), 5: ("How?", Grade(1, 0.0, "stub", POINTS[1:2]))}


class Author:
    name = "stub"
    lack = None

    def __init__(self, *claims: tuple[str, str, str]) -> None:
        self.claims = claims
        self.prompt: Prompt | None = None

    async def structured(self, prompt: Prompt, schema: type[Any]) -> tuple[Any, Usage]:
        assert schema is Draft
        self.prompt = prompt
        drafted = [DraftedClaim(verdict_id=i, kind=k, sentence=s) for i, k, s in self.claims]  # type: ignore[arg-type]
        return Draft(claims=drafted), Usage(5, 5)


async def kept(*claims: tuple[str, str, str]) -> tuple[Claim, ...]:
    debrief, _ = await write_debrief(Author(*claims), GRADED)
    return debrief.claims


async def test_each_claim_names_the_verdict_that_it_rests_on() -> None:
    found = await kept(("q3.1", "strength", "You were early."), ("q5.1", "gap", "You forgot\nthe late part."))
    assert found == (
        Claim("You were early.", "strength", 3, "early"),
        Claim("You forgot the late part.", "gap", 5, "late"),
    )


@pytest.mark.parametrize(
    "claim",
    [
        ("q4.1", "gap", "No such question."),
        ("q3.9", "gap", "No such point."),
        ("early", "strength", "The id of the bank."),
        ("", "strength", "No id at all."),
        ("q3.2", "strength", "Praise for what was missed."),
        ("q3.1", "gap", "Blame for what was met."),
        ("q3.4", "gap", "About what nobody could assess."),
        ("q3.1", "strength", "You are at level 4."),
        ("q3.1", "strength", "You would be hired."),
        ("q3.1", "strength", "A solid 9/10."),
        ("q3.1", "strength", "word " * LONGEST),
        ("q3.1", "strength", " \u200b\n"),
    ],
)
async def test_a_claim_without_a_verdict_that_carries_it_is_removed(claim: tuple[str, str, str]) -> None:
    good = ("q3.3", "gap", "You gave one half.")
    assert [c.text for c in await kept(claim, good)] == ["You gave one half."]


async def test_what_is_half_met_is_strength_and_gap() -> None:
    assert len(await kept(("q3.3", "strength", "One half."), ("q3.3", "gap", "The other half."))) == 2


async def test_there_is_an_end_to_claims() -> None:
    assert len(await kept(*[("q3.1", "strength", f"Claim {n}.") for n in range(50)])) == MOST_CLAIMS


async def test_the_author_sees_verdicts_and_neither_words_nor_levels() -> None:
    author = Author()
    await write_debrief(author, GRADED)
    assert author.prompt is not None
    user = author.prompt.messages[-1].content
    assert user == (
        "Asked: Why?\nq3.1, met: Says it early.\nq3.2, missed: Says it late.\nq3.3, partly met: Says both halves.\n"
        "q3.4, could not be assessed: Says it in the dark.\n\nAsked: How?\nq5.1, missed: Says it late."
    )


async def test_a_model_that_fails_writes_nothing() -> None:
    class Failing(Author):
        async def structured(self, prompt: Prompt, schema: type[Any]) -> tuple[Any, Usage]:
            raise ModelError("It is down.")

    with pytest.raises(ModelError):
        await write_debrief(Failing(), GRADED)
