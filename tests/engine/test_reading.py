"""What a candidate's words are taken as."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewer.content.models import Verdict
from interviewer.engine.events import Reading
from interviewer.engine.reading import find_clarification, read, well_formed
from tests.fakes import make_question

MET = {"a": Verdict.MISSED, "b": Verdict.MET}
ANY_TEXT = st.text(st.characters(exclude_categories=()))
UNKNOWN = """
    I don't know
    I don’t know.
    i dont know
    I do not know the answer
    I don't know what that is
    I have no idea
    I've no idea!
    No idea, to be honest
    no clue, sorry
    I don't have a clue
    I'm not sure
    im not sure
    I am not really sure about that
    not sure...
    Sorry, I don't remember
    Honestly, I have no clue
    Hmm, I don't know that one
    I'm sorry, I don't know
    I'm afraid I don't know this one
    Well... I really don't know
    idk
    dunno
    pass
    Beats me
    I can't recall
    I cannot answer that
    I forgot
    I've never heard of it
    I'm not familiar with that
    I haven't worked with Horovod.
    I have no experience with that
    I have absolutely no idea what that is
    I'm drawing a blank
    I couldn't tell you
    I give up
    I don't know if it's TCP or ICMP
"""
REQUESTS = {
    Reading.ASKS_HINT: """
        Could you give me a hint?
        a hint please
        I'd like another hint
        Can you help me out a bit?
        I don't know. Can you give me a hint?
    """,
    Reading.ASKS_REPEAT: """
        Can you repeat the question?
        Sorry, what was the question again?
        Could you rephrase that, please?
        pardon?
    """,
    Reading.SKIPS: """
        Skip this one please
        Let's skip it
        Can we skip this?
        I'd rather skip
        Let's go to the next one
        next question, please
        Can we move on?
    """,
    Reading.MOVES_ON: """
        I don't know, let's move on
        I don't know, next question please
    """,
}
ANSWERS = """
    I don't know much about UDP, but TCP resends what is lost
    I'm not sure, but I think it numbers the bytes
    I don't know why, it just retransmits
    I don't know. Maybe it numbers the bytes?
    I don't know the exact size, it is about twenty bytes
    I can't remember the term, the one with SYN and ACK
    No idea about UDP, TCP resends lost bytes
    The sender doesn't know whether it arrived
    You don't know the order, so you sort by dependency
    not sure whether to lock; I would use a mutex
    I'm not familiar with Horovod; we used DDP
    Not sure. ICMP
    Pass by reference avoids a copy
    pass the tensor to the next step
    No, UDP sends nothing back
    Idle GPUs show that the network is slow
    I know it resends
    Unknown packets are dropped
    Repeat the loop until it is empty
    Skip connections help the gradients
    Go on to reverse the list
    Help me understand caching: it stores
    The hint is the TTL
    /
    ?!
"""
QUESTIONS = """
    What do you mean by cluster?
    Which version?
    Is it about IPv4?
    Sorry, do you mean the client?
    Just to clarify, should I consider failures?
    How many users are there? Are they in one region?
    Can I assume that it fits into memory?
    Any constraints on latency?
"""
NOT_QUESTIONS = """
    It resends, doesn't it?
    TCP is reliable. Is that enough?
    Why do we need it? Because packets get lost.
    The client asks: who are you?
    What a question
    Do it twice. Is that enough?
"""
ACCEPTS = """
    yes
    Yes, please!
    sure
    sure, why not
    OK
    okay
    please
    a hint, please
    Give me a hint
    Yes please, a hint would help
    Could I have a hint?
    I'd like a hint
    I’ll take the hint
    go ahead
"""
DECLINES = """
    no
    No, thanks.
    nope
    nah
    no thanks, let's move on
    no hint, thank you
    next
    Next question please
    skip it
    pass
    move on
    let's move on
    I'd rather move on
"""


def rows(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        *[(t, Reading.UNKNOWN) for t in rows(UNKNOWN)],
        *[(t, Reading.ANSWER) for t in rows(ANSWERS)],
        *[(t, Reading.CLARIFICATION) for t in rows(QUESTIONS)],
        *[(t, Reading.ANSWER) for t in rows(NOT_QUESTIONS)],
        *[(t, reading) for reading, table in REQUESTS.items() for t in rows(table)],
    ],
)
def test_words_without_an_offer(text: str, reading: Reading) -> None:
    assert read(text, {}, offered=False) is reading


def test_there_are_at_least_twenty_ways_not_to_know() -> None:
    assert len(set(rows(UNKNOWN))) >= 20


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        *[(t, Reading.ASKS_HINT) for t in rows(ACCEPTS)],
        *[(t, Reading.MOVES_ON) for t in rows(DECLINES)],
        ("Yes, it resends lost packets", Reading.ANSWER),
        ("No packets are resent", Reading.ANSWER),
        ("Sure, TCP numbers the bytes", Reading.ANSWER),
        ("Next it hashes the key", Reading.ANSWER),
        ("I really don't know", Reading.UNKNOWN),
        ("What do you mean?", Reading.CLARIFICATION),
    ],
)
def test_words_after_an_offer(text: str, reading: Reading) -> None:
    assert read(text, {}, offered=True) is reading


@pytest.mark.parametrize("text", ["Is it ICMP?", "Maybe, is it ICMP?", "I don't know, ICMP?", "I'm not sure"])
@pytest.mark.parametrize("offered", [False, True])
def test_a_guess_that_covers_a_point_is_an_answer(text: str, offered: bool) -> None:
    assert read(text, MET, offered=offered) is Reading.ANSWER


@pytest.mark.parametrize(
    "text",
    [
        "What is the expected load? Per user or per IP?",
        "Does the name get resolved first, or do I get an IP address?",
    ],
)
def test_a_question_back_is_none_even_with_the_right_words(text: str) -> None:
    assert read(text, MET, offered=False) is Reading.CLARIFICATION


def test_a_guess_about_what_there_is_a_fact_on_gets_the_fact() -> None:
    assert read("Is the graph directed?", MET, offered=False, known=True) is Reading.CLARIFICATION


@pytest.mark.parametrize(("text", "reading"), [("yes", Reading.ASKS_HINT), ("no", Reading.MOVES_ON)])
def test_a_reply_to_an_offer_is_one_whatever_words_it_shares_with_a_point(text: str, reading: Reading) -> None:
    assert read(text, MET, offered=True) is reading


@pytest.mark.parametrize("verdict", [Verdict.MISSED, Verdict.PARTIAL, Verdict.CANNOT_ASSESS])
def test_any_lesser_verdict_leaves_the_shape_to_decide(verdict: Verdict) -> None:
    assert read("I don't know.", {"a": verdict}, offered=False) is Reading.UNKNOWN


def test_a_long_text_is_an_answer_even_if_it_ends_in_a_question() -> None:
    assert read("what " * 60 + "?", {}, offered=False) is Reading.ANSWER


@given(ANY_TEXT, st.dictionaries(st.text(max_size=3), st.sampled_from(Verdict)), st.booleans())
@example("", {}, True)
def test_reading_never_fails(text: str, verdicts: dict[str, Verdict], offered: bool) -> None:
    assert read(text, verdicts, offered=offered) in Reading


ADVERSARIAL = [
    head + piece * (50_000 // len(piece)) + tail
    for head, piece, tail in [
        ("", " ", "x"),
        ("", ",", ""),
        ("I don't know", " ", "x"),
        ("I don't know", " ,", "x"),
        ("I don't know ", "sorry ", "x"),
        ("", "I don't know ", ""),
        ("", "well, ", "I"),
        ("", "yes ", "x"),
        ("", "a hint ", "x"),
        ("no", " , ", "x"),
        ("", "so ", "?"),
        ("um", "m", "?"),
        ("", "a?", ""),
        ("", "?\n", "a"),
        ("", "what ", "?"),
        ("what", ".", "?"),
        ("", "\u200b", "x"),
        ("", "'’", "x"),
    ]
]


@pytest.mark.parametrize("text", ADVERSARIAL, ids=lambda text: repr(text[:14]))
@pytest.mark.parametrize("offered", [False, True])
def test_fifty_kilobytes_come_back(text: str, offered: bool) -> None:
    """Would not return within the lifetime of the test run if a pattern backtracked catastrophically."""
    assert read(text, {}, offered=offered) in Reading
    assert find_clarification(make_question(clarifications={"depth": "Deep."}), text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("How many NODES are there?", 0),
        ("What about each node's memory?", 0),
        ("Is the node count fixed?", 1),
        ("Should I use C++?", 2),
        ("Should I use C?", None),
        ("Is it a supernode?", None),
        ("", None),
    ],
)
def test_the_longest_phrase_that_is_asked_about_finds_its_fact(text: str, found: int | None) -> None:
    facts = {"nodes": "Ten.", "node count": "It is.", "C++": "Yes."}
    assert find_clarification(make_question(clarifications=facts), text) == found
    backwards = dict(reversed(facts.items()))
    assert find_clarification(make_question(clarifications=backwards), text) == (None if found is None else 2 - found)


@given(ANY_TEXT)
def test_finding_a_clarification_never_fails(text: str) -> None:
    question = make_question(clarifications={"nodes": "Ten."})
    assert find_clarification(question, text) in {None, 0}


@given(ANY_TEXT)
def test_well_formed_text_can_be_encoded_and_keeps_every_whole_character(text: str) -> None:
    mended = well_formed(text)
    mended.encode("utf-8")
    assert well_formed(mended) == mended
    whole = [c for c in text if not "\ud800" <= c <= "\udfff" and c != "\0"]
    rest = iter(mended)
    assert all(c in rest for c in whole)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_well_formed_text_is_left_alone(text: str) -> None:
    assert well_formed(text) == text
