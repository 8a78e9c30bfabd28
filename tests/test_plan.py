"""From bank and round to the plan of one interview."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.bank import Bank
from interviewer.content.models import RoundQuestion
from interviewer.errors import UsageError
from interviewer.plan import InterviewPlan, make_plan
from tests.fakes import make_persona, make_question, make_round, write_bank

QUESTIONS = [make_question(f"q{n}", asks=(f"{n} plainly?", f"{n} kindly?", f"{n} gruffly?")) for n in range(4)]
PEOPLE = [make_persona(name) for name in ("ann", "bob", "cyd")]
ROUNDS = [
    make_round("alone", ["q2", "q0"], minutes=45),
    make_round(
        "panel",
        ["q0", RoundQuestion(id="q1", persona="ann"), "q2", RoundQuestion(id="q3", asks=("In our words?",))],
        personas=("ann", "bob"),
    ),
    make_round("lost-question", ["q0", "nowhere"]),
    make_round("lost-persona", ["q0"], personas=("nobody",)),
]


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return Bank(write_bank(tmp_path, ROUNDS, QUESTIONS, PEOPLE), tmp_path / "personas")


def askers(plan: InterviewPlan) -> list[str]:
    return [p.persona for p in plan.questions]


def test_a_plan_holds_the_round_with_its_questions_in_order(bank: Bank) -> None:
    plan = make_plan(bank, "alone")
    assert (plan.round, plan.kind, plan.title, plan.minutes, plan.seed) == ("alone", "hard", "Title of alone", 45, 0)
    assert [p.question for p in plan.questions] == [QUESTIONS[2], QUESTIONS[0]]
    assert plan.personas == (PEOPLE[0],)
    assert plan.persona("ann") == PEOPLE[0]


def test_the_same_input_gives_the_same_plan(bank: Bank) -> None:
    assert make_plan(bank, "panel", seed=7) == make_plan(bank, "panel", seed=7)


def test_a_panel_takes_turns_unless_the_round_names_who_asks(bank: Bank) -> None:
    assert askers(make_plan(bank, "panel")) == ["ann", "ann", "ann", "bob"]


@pytest.mark.parametrize("persona", ["ann", "bob", "cyd"])
def test_one_persona_can_hold_a_panel_round_alone(bank: Bank, persona: str) -> None:
    plan = make_plan(bank, "panel", persona)
    assert askers(plan) == [persona] * 4
    assert [p.id for p in plan.personas] == [persona]


def test_seeds_go_through_the_phrasings_and_a_round_may_bring_its_own(bank: Bank) -> None:
    asks = [[p.ask for p in make_plan(bank, "panel", seed=seed).questions] for seed in range(4)]
    assert [row[0] for row in asks] == ["0 plainly?", "0 kindly?", "0 gruffly?", "0 plainly?"]
    assert [row[1] for row in asks] == ["1 kindly?", "1 gruffly?", "1 plainly?", "1 kindly?"]
    assert {row[3] for row in asks} == {"In our words?"}


def test_rounds_open_with_different_phrasings_of_the_same_question(tmp_path: Path) -> None:
    rounds = [make_round(f"round-{n}", ["q0"]) for n in range(12)]
    bank = Bank(write_bank(tmp_path, rounds, QUESTIONS, PEOPLE), tmp_path / "personas")
    assert {make_plan(bank, r.id).questions[0].ask for r in rounds} == set(QUESTIONS[0].asks)


@pytest.mark.parametrize(
    ("listens_for", "intent"),
    [
        (None, "To test the interviewer."),
        ("what you ran", "To test the interviewer. In this round: what you ran."),
        ("what you ran.", "To test the interviewer. In this round: what you ran."),
    ],
)
def test_what_a_round_listens_for_goes_into_its_plan(tmp_path: Path, listens_for: str | None, intent: str) -> None:
    rounds = [make_round("r", [RoundQuestion(id="q0", listens_for=listens_for)])]
    bank = Bank(write_bank(tmp_path, rounds, QUESTIONS, PEOPLE), tmp_path / "personas")
    (planned,) = make_plan(bank, "r").questions
    assert (planned.listens_for, planned.intent) == (listens_for, intent)


@pytest.mark.parametrize(
    ("round_id", "persona", "message"),
    [
        ("hard-99", None, "no round `hard-99`; there are alone, lost-persona, lost-question, panel"),
        ("alone", "zoe", "no persona `zoe`; there are ann, bob, cyd"),
        ("lost-persona", None, "no persona `nobody`; there are ann, bob, cyd"),
        ("lost-question", None, "no question `nowhere`; add questions/<topic>/nowhere.yaml"),
    ],
)
def test_what_is_not_there_is_named_with_what_is(bank: Bank, round_id: str, persona: str | None, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        make_plan(bank, round_id, persona)
    assert message in str(caught.value)
