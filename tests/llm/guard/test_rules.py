"""What an interviewer does not say, rule by rule."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.engine import commands as cmd
from interviewer.engine.cues import Cue
from interviewer.engine.cues import Occasion as O
from interviewer.engine.state import State, Turn
from interviewer.llm.guard import Breach, Breached, Line, watches
from interviewer.llm.prompts.speaking import rules
from tests.fakes import Performer, make_persona, make_plan, make_point, make_question

QUESTION = make_question(
    "first",
    asks=["How do you keep a broken deploy small?", "What keeps the harm of a deploy small?"],
    rubric=[
        make_point(
            "blast", terms=["blast radius", "canary", "on call"], point="Sends one percent of the traffic first."
        ),
        make_point("two", point="Rolls back without a person in the loop."),
    ],
    parts=["later"],
    hints=["Think of birds in a mine.", "How soon would you notice?"],
    clarifications={"team": "Nine people work on it, all at Initech.", "region": "One region."},
    red_flags=[{"claim": "Tests find every bug.", "correction": "Some faults show under real load alone."}],
    levels={
        "1": "Waves hands.",
        "2": "Hopes for tests.",
        "3": "Limits the damage.",
        "4": "Automates the quick retreat.",
    },
    model_answer="I would first send a small share of real users to the new version. Then I watch error rates.",
)
NEXT = make_question("second", asks=["How does TCP differ from UDP?"])
ANN = make_persona().model_copy(update={"probing": "Asks twice for every date that was promised."})
PLAN = make_plan(QUESTION, NEXT, personas=[ANN])
AUTHORED = "One more thing. How would you find out early?"


def state(*said: str, hints: int = 0) -> State:
    """The first question under way, after these answers."""
    before = Performer(PLAN).state
    turns = (*before.turns, *(Turn("candidate", "answer", text, 0.0, question=0) for text in said))
    return replace(before, turns=turns, threads=(replace(before.threads[0], hints=hints),))


def verdict(
    text: str, occasion: O = O.FOLLOW_UP, *, after: State | None = None, authored: str = AUTHORED
) -> Breach | None:
    line = Line("Ann", watches(after or state(), Cue(occasion, "ann", 0, item=0), authored))
    try:
        line.take(text)
        line.finish()
    except Breached as breached:
        return breached.breach
    return None


FINE = [
    AUTHORED,
    "You said you'd deploy at night. How would you find out early that something broke?",
    "Suppose nobody is awake. Who notices?",
    "Okay. What is the right moment for that?",
    "Is it correct, and how do you know?",
    "Who is on the phone, and when do they call?",
]


@pytest.mark.parametrize("text", FINE)
def test_a_plain_follow_up_is_said(text: str) -> None:
    assert verdict(text) is None


LEAKS = [
    "Would you look at the blast radius?",
    "What about canaries?",
    "Is anybody on call?",
    "You could send one percent of traffic there first, right?",
    "Would you send a small share of real users to it?",
    "Could a rollback happen without any person in the loop?",
    "Think of birds in a mine, maybe?",
    "Some faults show under real load alone, no?",
    "Would you automate a quick retreat?",
]


@pytest.mark.parametrize("text", LEAKS)
def test_nothing_that_the_candidate_is_to_find_is_said(text: str) -> None:
    assert verdict(text) is Breach.LEAK


@pytest.mark.parametrize("text", LEAKS)
def test_what_the_candidate_or_the_authored_line_says_may_be_said(text: str) -> None:
    assert verdict(text, after=state(f"My answer. {text}")) is None
    assert verdict(text, authored=f"Well. {text}") is None


def test_a_hint_that_was_taken_may_be_said() -> None:
    said = "Think of those birds in a mine, what do they do?"
    assert verdict(said, after=state(hints=1)) is None
    assert verdict("How soon would you notice that?", after=state(hints=1)) is Breach.LEAK


JUDGED = [
    "Great answer. Who notices?",
    "Exactly. Who notices?",
    "Perfect, who notices?",
    "That's right. Who notices?",
    "You're wrong, no?",
    "Not quite. Who notices?",
    "Well done, and who notices?",
    "That is a strong point. Who?",
    "What would make it level 3?",
    "Your score depends on who notices?",
    "Does the rubric say who notices?",
]


@pytest.mark.parametrize("text", JUDGED)
def test_no_answer_is_judged(text: str) -> None:
    assert verdict(text) is Breach.JUDGEMENT
    assert verdict(text, authored=text) is None


@pytest.mark.parametrize("text", ["So how does TCP differ from UDP?", "Do TCP and UDP differ?", "Follow-up later?"])
def test_what_is_asked_later_is_not_asked_now(text: str) -> None:
    assert verdict(text) is Breach.LATER


@pytest.mark.parametrize("occasion", [O.GREETING, O.INTRODUCTION])
def test_who_greets_does_not_ask_yet(occasion: O) -> None:
    opening = Performer(PLAN, start=False)
    opening.decide(cmd.Start(PLAN))
    cue = replace(opening.state.cues[0], occasion=occasion, question=0 if occasion is O.INTRODUCTION else None)
    opened = replace(opening.state, cues=(cue, *opening.state.cues[1:]))
    line = Line("Ann", watches(opened, cue, "Hello, I am Ann."))
    with pytest.raises(Breached) as caught:
        line.take("Hello, I am Ann. How do you keep a broken deploy small? ")
    assert caught.value.breach is Breach.LATER


def test_a_follow_up_that_was_asked_is_not_later_any_more() -> None:
    asked = state()
    asked = replace(asked, threads=(replace(asked.threads[0], parts_asked=("later",)),))
    assert verdict("And the follow-up later?", after=asked) is None


def test_nobody_is_greeted_twice() -> None:
    assert verdict("Hello again. Who notices?") is Breach.GREETING
    assert verdict("Hello, my name is Ann.", O.GREETING) is None


def test_no_line_is_repeated_unless_it_is_asked_for() -> None:
    said = "Now imagine that it is three in the morning, who gets up?"
    before = state()
    before = replace(before, turns=(*before.turns, Turn("interviewer", "follow_up", said, 0.0, "ann", 0)))
    assert verdict(said, after=before) is Breach.REPEAT
    assert verdict(said, O.REPEAT, after=before) is None


@pytest.mark.parametrize("text", [rules().splitlines()[3], "She asks twice for every date that was promised."])
def test_the_instructions_are_not_recited(text: str) -> None:
    assert verdict(" ".join(text.split()[:20])) is Breach.RULES


@pytest.mark.parametrize(
    ("text", "invented"),
    [
        ("Nine people, all at Initech.", False),
        ("It is one region.", False),
        ("I have no number for that, assume what you like.", False),
        ("I'd say it is what you make of it.", False),
        ("There are 12 people.", True),
        ("It runs at Globex.", True),
    ],
)
@pytest.mark.parametrize("occasion", [O.CLARIFICATION, O.NO_CLARIFICATION])
def test_facts_are_those_of_the_question(text: str, invented: bool, occasion: O) -> None:
    assert verdict(text, occasion) is (Breach.INVENTION if invented else None)


def test_a_line_of_no_question_has_its_rules_too() -> None:
    line = Line("Ann", watches(state(), Cue(O.CLOSING, "ann"), "Goodbye."))
    with pytest.raises(Breached):
        line.take("Great answers, goodbye. ")


PIECES = [
    "blast ",
    "radius ",
    "canary",
    "send one percent of the traffic ",
    "great ",
    "answer",
    ". ",
    "? ",
    "tcp ",
    "udp ",
    "differ ",
]


@given(
    st.lists(st.sampled_from([*PIECES, "who ", "notices ", "level ", "3 ", "hello ", "\n"]), max_size=25),
    st.integers(1, 30),
)
def test_the_verdict_and_the_line_do_not_depend_on_the_cuts(words: list[str], size: int) -> None:
    text = "".join(words)

    def outcome(pieces: list[str]) -> str | Breach:
        line = Line("Ann", watches(state(), Cue(O.FOLLOW_UP, "ann", 0), AUTHORED))
        shown = ""
        try:
            for piece in pieces:
                shown += line.take(piece)
            shown += line.finish()
        except Breached as breached:
            assert not LEAKING.search(shown)
            return breached.breach
        assert shown == line.text
        return shown

    assert outcome([text[i : i + size] for i in range(0, len(text), size)]) == outcome([text])


LEAKING = re.compile(r"\b(?:blast radius|canary|great answer|level 3|hello)\b")
