"""The guard on the shipped bank: what has to be kept back is kept back, what was written to be said is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from interviewer import paths
from interviewer.content.bank import Bank
from interviewer.engine.cues import Cue
from interviewer.engine.cues import Occasion as O
from interviewer.engine.state import State, Thread
from interviewer.language import sentences
from interviewer.llm.guard import Breach, Breached, Line, watches
from interviewer.llm.scripted import words
from interviewer.plan import InterviewPlan, PlannedQuestion, make_plan

SPOKEN_WORDS = 6
"""A sentence of the model answer with fewer words ("I'd split.") tells nobody anything."""


@pytest.fixture(scope="module")
def plans() -> list[InterviewPlan]:
    bank = Bank(paths.shipped("question_bank"), paths.shipped("personas"))
    return [make_plan(bank, round_id) for round_id in bank.rounds]


def questions(plans: list[InterviewPlan]) -> Iterator[tuple[State, int, PlannedQuestion]]:
    """Each question once, as a round has just asked it."""
    seen = set()
    for plan in plans:
        for index, planned in enumerate(plan.questions):
            if planned.question.id not in seen:
                seen.add(planned.question.id)
                yield State(plan=plan, threads=tuple(Thread(n, 0.0) for n in range(index + 1))), index, planned


def verdict(state: State, cue: Cue, authored: str, text: str) -> Breach | None:
    assert state.plan is not None
    line = Line(state.plan.persona(cue.persona).name, watches(state, cue, authored))
    try:
        line.take(text)
        line.finish()
    except Breached as breached:
        return breached.breach
    return None


def test_every_authored_line_of_a_question_may_be_said(plans: list[InterviewPlan]) -> None:
    said = 0
    for state, index, planned in questions(plans):
        assert state.plan is not None
        question, who = planned.question, planned.persona
        cues = [Cue(O.FOLLOW_UP, who, index, target=p.id, lead="probe") for p in question.rubric]
        cues += [Cue(O.REQUIRED_FOLLOW_UP, who, index, part=f.id) for f in question.follow_ups]
        cues += [Cue(O.HINT, who, index, item=n, lead="hint") for n in range(len(question.hints))]
        cues += [Cue(O.CLARIFICATION, who, index, item=n) for n in range(len(question.clarifications))]
        for cue in [*cues, Cue(O.QUESTION, who, index, lead="transition"), Cue(O.REPEAT, who, index, lead="repeat")]:
            parts = (cue.part,) if cue.part else ()
            asked = replace(state, threads=(*state.threads[:-1], replace(state.threads[-1], parts_asked=parts)))
            authored = words(state.plan, cue)
            assert verdict(asked, cue, authored, authored) is None, authored
            said += 1
    assert said > 1_000


def test_every_phrase_of_a_persona_may_be_said(plans: list[InterviewPlan]) -> None:
    """Even where it is not the authored line itself."""
    said = set()
    occasions = {"transition": O.QUESTION, "skip": O.QUESTION, "probe": O.FOLLOW_UP}
    for plan in plans:
        for persona in plan.personas:
            for name, phrases in persona.voice:
                for phrase in phrases:
                    text = phrase.format(name=persona.name, role=persona.role, minutes=5, count=7, panel="Ann")
                    cue = Cue(occasions.get(name) or O(name), persona.id)
                    assert verdict(State(plan=plan), cue, "", text) is None, text
                    said.add(text)
    assert len(said) > 400


def test_rubric_model_answer_hints_and_later_questions_are_kept_back(plans: list[InterviewPlan]) -> None:
    kept, missed = 0, []
    for state, index, planned in questions(plans):
        question = planned.question
        cue = Cue(O.FOLLOW_UP, planned.persona, index, target=question.rubric[0].id, lead="probe")
        assert state.plan is not None
        authored = words(state.plan, cue)
        model_answer = [s for s in sentences(question.model_answer) if len(s.split()) >= SPOKEN_WORDS]
        later = [ask for p in state.plan.questions[index + 1 :] for ask in (p.ask, *p.question.asks)]
        for text in (*(p.point for p in question.rubric), *model_answer, *question.hints, *later):
            if verdict(state, cue, authored, text) is None:
                missed.append(f"{question.id}: {text}")
            kept += 1
    assert kept > 2_500
    assert len(missed) <= kept // 100, missed
