"""What of a model's reply is said: no thinking, and never less than the question that is due."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.llm.model import Prompt
from interviewer.llm.reply import Reply, keeps_the_ask


def heard(*pieces: str) -> tuple[str, str]:
    """What is shown while the pieces come, and what was said in the end."""
    reply = Reply()
    return "".join([reply.take(p) for p in pieces]) + reply.finish(), reply.text


REPLIES = [
    ("Good day.", "Good day."),
    ("  \n Good day. \n", "Good day."),
    ("<think>Be kind.</think>Good day.", "Good day."),
    ("<think>\nBe kind.\n</think>\n\nGood day.", "Good day."),
    ("Good <think>Be kind.</think>day.", "Good day."),
    ("<think>One.</think>Good <think>Two.</think>day.", "Good day."),
    ("<think></think>", ""),
    ("<think>Never ends.", ""),
    ("Good day. <think>Never ends.", ""),
    ("Never began.</think>Good day.", ""),
    ("a < b and b <thin", "a < b and b <thin"),
    ("<<think>x</think>y", "<y"),
    ("", ""),
]


@pytest.mark.parametrize(("whole", "said"), REPLIES)
def test_thinking_is_not_said_however_it_is_cut(whole: str, said: str) -> None:
    for size in range(1, len(whole) + 1):
        shown, text = heard(*(whole[i : i + size] for i in range(0, len(whole), size)))
        assert text == said
        if said:
            assert said.startswith(shown.strip())
        assert "Be kind" not in shown
        assert "ends" not in shown


@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "think>", "</", "secret ", "word "])))
def test_nothing_between_the_tags_is_shown(pieces: list[str]) -> None:
    whole = "".join(pieces)
    outside = re.sub("<think>.*?(</think>|$)", "", whole)
    shown, text = heard(*pieces)
    assert heard(*whole) == (shown, text)
    assert outside.lstrip().startswith(shown)
    assert text in {outside.strip(), ""}


@pytest.mark.parametrize(
    ("whole", "declined", "shown"),
    [
        ("[covered]", True, ""),
        (" [Covered] So, what next?", True, ""),
        ("<think>Yes.</think>[covered]\n", True, ""),
        ("[cover me] Go on.", False, "[cover me] Go on."),
        ("It is [covered].", False, "It is [covered]."),
    ],
)
def test_a_reply_declines_with_the_mark_at_its_beginning(whole: str, declined: bool, shown: str) -> None:
    for size in range(1, len(whole) + 1):
        reply = Reply("[covered]")
        said = "".join([reply.take(whole[i : i + size]) for i in range(0, len(whole), size)]) + reply.finish()
        assert (reply.declined, said) == (declined, shown)
    assert not Reply().declined


ASK = Prompt((), "Now tell me what a node is.\n", asks=True)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("What is a node?", True),
        ("What is it? Take your time.", True),
        ("Now tell me what a node is.", True),
        ("Good morning to you.", False),
        ("Huh, what?", False),
    ],
)
def test_the_question_must_not_get_lost(said: str, kept: bool) -> None:
    assert keeps_the_ask(ASK, said) is kept
    assert keeps_the_ask(Prompt((), "Welcome."), said)
