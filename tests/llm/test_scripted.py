"""The embedded interviewer: a persona's own sentence for the occasion, then the authored ask, hint or fact."""

from __future__ import annotations

import pytest

from interviewer.engine.cues import Cue
from interviewer.engine.cues import Occasion as O
from interviewer.llm.model import Message, Prompt
from interviewer.llm.scripted import ScriptedInterviewer, words
from interviewer.plan import InterviewPlan
from tests.fakes import OCCASIONS, make_persona, make_plan, make_point, make_question

FOLLOWED = make_question(
    "followed",
    asks=("Main ask?",),
    rubric=(make_point("gap"), make_point("deep", part="later")),
    parts=("later",),
    hints=("Hint one.", "Hint two."),
    clarifications={"node": "Fact one.", "disk": "Fact two."},
)
ANN, BOB = make_persona("ann"), make_persona("bob")
SOLO = make_plan(FOLLOWED, make_question("second"))


def say(occasion: O, plan: InterviewPlan = SOLO, lead: str | None = None, **cue: object) -> str:
    question = None if occasion in {O.GREETING, O.CLOSING, O.EARLY_CLOSING} else 0
    return words(plan, Cue(occasion, "ann", question, lead=lead, **cue))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("occasion", "cue", "expected"),
    [
        (O.GREETING, {"lead": "greeting"}, "greeting-1"),
        (O.INTRODUCTION, {"lead": "introduction"}, "introduction-1"),
        (O.QUESTION, {}, "Main ask?"),
        (O.QUESTION, {"lead": "transition"}, "transition-1 Main ask?"),
        (O.QUESTION, {"lead": "skip"}, "skip-1 Main ask?"),
        (O.FOLLOW_UP, {"lead": "probe", "target": "gap"}, "probe-1 Probe for gap?"),
        (O.FOLLOW_UP, {"lead": "probe", "part": "later", "target": "deep"}, "probe-1 Probe for deep?"),
        (O.REQUIRED_FOLLOW_UP, {"part": "later"}, "Follow-up later?"),
        (O.UNKNOWN, {"lead": "unknown"}, "unknown-1"),
        (O.HINT, {"lead": "hint", "item": 0}, "hint-1 Hint one."),
        (O.HINT, {"lead": "hint", "item": 1}, "hint-1 Hint two."),
        (O.NO_HINT, {"lead": "no_hint"}, "no_hint-1"),
        (O.REPEAT, {"lead": "repeat"}, "repeat-1 Main ask?"),
        (O.REPEAT, {"lead": "repeat", "target": "gap"}, "repeat-1 Probe for gap?"),
        (O.REPEAT, {"lead": "repeat", "part": "later"}, "repeat-1 Follow-up later?"),
        (O.CLARIFICATION, {"lead": "clarification", "item": 1}, "clarification-1 Fact two."),
        (O.NO_CLARIFICATION, {"lead": "no_clarification"}, "no_clarification-1"),
        (O.TIME_WARNING, {"lead": "time_warning", "item": 5}, "time_warning-1"),
        (O.TIME_UP, {"lead": "time_up"}, "time_up-1"),
        (O.WELCOME_BACK, {"lead": "welcome_back"}, "welcome_back-1 Main ask?"),
        (O.WELCOME_BACK, {"lead": "welcome_back", "target": "gap"}, "welcome_back-1 Probe for gap?"),
        (O.CLOSING, {"lead": "closing"}, "closing-1"),
        (O.EARLY_CLOSING, {"lead": "early_closing"}, "early_closing-1"),
    ],
)
def test_what_is_said_on_an_occasion(occasion: O, cue: dict[str, object], expected: str) -> None:
    assert say(occasion, **cue) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("seed", "variant"), [(0, 0), (0, 1), (0, 2), (1, 0), (5, 4)])
def test_phrasings_take_turns_and_start_where_the_seed_says(seed: int, variant: int) -> None:
    plan = make_plan(seed=seed)
    assert say(O.UNKNOWN, plan, "unknown", variant=variant) == f"unknown-{(seed + variant) % 2 + 1}"


ALL_PLACEHOLDERS = "{name}|{role}|{minutes}|{count}|{panel}"
EVERYWHERE = make_persona("ann", **dict.fromkeys(OCCASIONS, (ALL_PLACEHOLDERS,)))


@pytest.mark.parametrize("lead", OCCASIONS)
def test_every_placeholder_is_filled_on_every_occasion(lead: str) -> None:
    plan = make_plan(FOLLOWED, personas=[EVERYWHERE, BOB, make_persona("cyd")], minutes=45)
    assert words(plan, Cue(O.NO_HINT, "ann", 0, lead=lead)) == "Ann|ann role|45|1|Bob and Cyd"


def test_the_time_warning_says_the_minutes_that_are_left() -> None:
    plan = make_plan(personas=[make_persona("ann", time_warning=("{minutes} of {count}",))])
    assert say(O.TIME_WARNING, plan, "time_warning", item=3) == "3 of 1"


def test_braces_that_are_no_placeholder_are_left_alone() -> None:
    plan = make_plan(personas=[make_persona("ann", hint=("Use {} or {other} or {0}.",))])
    assert say(O.HINT, plan, "hint", item=0) == "Use {} or {other} or {0}. First hint."


def test_a_panels_greeting_names_who_else_is_in_the_room() -> None:
    plan = make_plan(personas=[ANN, BOB, make_persona("cyd")])
    assert say(O.GREETING, plan, "greeting") == "greeting-1 With me today: Bob, bob role; Cyd, cyd role."


def test_the_required_follow_up_has_phrasings_of_its_own() -> None:
    question = make_question("q", parts=("more",)).model_copy()
    follow_up = question.follow_ups[0].model_copy(update={"asks": ("One?", "Two?")})
    question = question.model_copy(update={"follow_ups": (follow_up,)})
    asks = [say(O.REQUIRED_FOLLOW_UP, make_plan(question, seed=seed), part="more") for seed in range(3)]
    assert asks == ["One?", "Two?", "One?"]


async def test_the_scripted_interviewer_says_the_authored_words_as_they_are() -> None:
    prompt = Prompt((Message("system", "Be nice."),), authored="Exactly {this}.\n")
    said = [chunk async for chunk in ScriptedInterviewer().stream(prompt)]
    assert [(c.text, c.usage) for c in said] == [("Exactly {this}.\n", None)]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute for 1 question, 1 of them"), (2, "2 minutes for 1 question, 1 of them")],
)
def test_one_of_a_kind_is_no_plural(minutes: int, said: str) -> None:
    ann = make_persona("ann", greeting=("{minutes} minutes for {count} questions, {count} of them",))
    plan = make_plan(personas=[ann], minutes=minutes)
    assert words(plan, Cue(O.GREETING, "ann", lead="greeting")) == said
