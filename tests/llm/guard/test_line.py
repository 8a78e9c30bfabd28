"""What of a line is shown when, and where it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.llm.guard import Breach, Breached, Line
from interviewer.llm.guard.known import Known, every
from interviewer.llm.guard.line import MOST_CHARACTERS, MOST_WORDS
from interviewer.llm.guard.sequences import Sequences
from interviewer.llm.guard.watches import Phrases


def line(*secrets: str) -> Line:
    sequences = Sequences(tuple(every(secret)) for secret in secrets)
    return Line("Ann", [Phrases(Breach.LEAK, sequences, every, Known([], every))])


def played(*pieces: str, secrets: tuple[str, ...] = ()) -> tuple[list[str], str]:
    """What is shown piece by piece, and the line."""
    one = line(*secrets)
    shown = [one.take(piece) for piece in pieces]
    return [*shown, one.finish()], one.text


def test_the_first_sentence_is_shown_word_by_word_and_the_rest_by_sentences() -> None:
    shown, text = played("Now ", "te", "ll me. ", "What ", "is it", "? ", "Take ", "your time.")
    assert shown == ["Now", "", " tell me.", "", "", " What is it?", "", "", " Take your time."]
    assert text == "Now tell me. What is it? Take your time."


def test_words_that_may_begin_a_secret_wait() -> None:
    shown, _ = played("The ", "blast ", "furnace ", "is ", "hot. ", secrets=("blast radius",))
    assert shown == ["The", "", " blast furnace", " is", " hot.", ""]


@pytest.mark.parametrize("cut", range(1, 25))
def test_of_a_secret_no_word_is_shown(cut: int) -> None:
    text = "Are the batch sizes small?"
    one = line("batch size")
    shown = []
    with pytest.raises(Breached) as caught:
        for piece in (text[:cut], text[cut:]):
            shown.append(one.take(piece))
        one.finish()
    assert caught.value.breach is Breach.LEAK
    assert "Are the".startswith("".join(shown))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Why? And how?", "Why?"),
        ("Fine. Why that? Because of x? Or y? Say more.", "Fine. Why that?"),
        ("Why? Take your time.", "Why? Take your time."),
        ("Why? Candidate: Because.", "Why?"),
        ("Why? The interviewer: Because.", "Why?"),
        ("One two three. " * 25, " ".join(["One two three."] * (MOST_WORDS // 3))),
        ("Short. " + "word " * 80 + "what?", "Short."),
    ],
)
def test_a_line_ends_before_what_is_too_much(text: str, kept: str) -> None:
    for size in (1, 7, len(text)):
        shown, said = played(*(text[i : i + size] for i in range(0, len(text), size)))
        assert said == kept
        assert "".join(shown) == kept


def test_what_is_left_of_a_full_line_is_not_needed() -> None:
    one = line()
    assert one.take("Why? And how? ") == "Why?"
    assert one.full
    assert one.take("More and more. ") == ""
    assert (one.finish(), one.text) == ("", "Why?")


@pytest.mark.parametrize("text", ["word " * (MOST_WORDS + 1), "x" * (MOST_CHARACTERS + 1), "Candidate: I know."])
def test_a_line_without_an_end_is_not_said(text: str) -> None:
    with pytest.raises(Breached) as caught:
        played(text, " ")
    assert caught.value.breach is Breach.LENGTH


PIECES = st.lists(
    st.sampled_from(["blast ", "radius", "radius ", "blast", " ", "one ", "two. ", "why? ", "*", "(", ")", "\n"])
)


def outcome(pieces: list[str]) -> tuple[str, str | Breach]:
    one = line("blast radius", "one two")
    shown = ""
    try:
        for piece in pieces:
            shown += one.take(piece)
        shown += one.finish()
    except Breached as breached:
        return shown, breached.breach
    return shown, one.text


@given(PIECES)
def test_cuts_change_neither_verdict_nor_line_and_nothing_shown_is_taken_back(pieces: list[str]) -> None:
    whole = "".join(pieces)
    shown, said = outcome(pieces)
    by_characters = outcome(list(whole))
    assert (said, outcome([whole])[1]) == (by_characters[1], by_characters[1])
    if isinstance(said, Breach):
        assert " blast radius " not in f" {shown} "
        assert by_characters[0].startswith(shown)
    else:
        assert shown == said
