"""A model's quote leads to the candidate's own words, or to nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.grading.quotes import find
from interviewer.text import printable

SAID = (
    "TCP resends\n  what is   LOST. It doesn't — unlike UDP — forget.",
    'A naïve cache, as "they" say, uses\u200b vector<int> and x -> y ... then more.',
)


def texts(quote: str, said: tuple[str, ...] = SAID) -> list[str]:
    return [said[s.answer][s.start : s.end] for s in find(quote, said)]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("TCP resends", ["TCP resends"]),
        ("“tcp resends what is lost.”", ["TCP resends\n  what is   LOST"]),
        ("It doesn’t - unlike UDP - forget", ["It doesn't — unlike UDP — forget"]),
        ("It doesn't -- unlike UDP", ["It doesn't — unlike UDP"]),
        ("a naive cache", ["A naïve cache"]),
        ("as ‘they’ say", ['as "they" say']),
        ("uses vector< int>", ["uses\u200b vector<int>"]),
        ("x->y", ["x -> y"]),
        ("x -> y … then more", ["x -> y ... then more"]),
        ("TCP resends ... It doesn't", ["TCP resends", "It doesn't"]),
        ("TCP resends […] forget it", []),
        ("TCP resends … forget", []),
        ("It doesn't … TCP resends", []),
        ("TCP resends … naive cache", []),
        ("resend what", []),
        ("CP resends", []),
        ("TCP does not resend", []),
        ("LOST. A naïve cache", []),
        ("", []),
        (" …  ", []),
        ("\u200b", []),
    ],
)
def test_signs_are_forgiven_and_words_are_not(quote: str, found: list[str]) -> None:
    assert texts(quote) == found


@given(text=st.text(min_size=1), data=st.data())
def test_what_was_said_from_word_to_word_is_found(text: str, data: st.DataObject) -> None:
    spots = [m.span() for m in re.finditer(r"[^\W_]+", text, re.ASCII)]
    if not spots:
        return
    first = data.draw(st.integers(0, len(spots) - 1))
    last = data.draw(st.integers(first, len(spots) - 1))
    piece = text[spots[first][0] : spots[last][1]]
    whole = not (text[: spots[first][0]][-1:].isalnum() or text[spots[last][1] :][:1].isalnum())
    if whole and text.isascii() and text == printable(text):
        assert texts(piece, (text,))


WORDS = st.lists(st.sampled_from(["not", "safe", "it", "is", "fast", "a"]), min_size=1, max_size=8).map(" ".join)


@given(said=WORDS, quote=WORDS)
def test_no_word_is_added_left_out_or_moved(said: str, quote: str) -> None:
    assert bool(texts(quote, (said,))) is (f" {quote} " in f" {said} ")


@given(said=st.text(max_size=60), quote=st.text(max_size=60))
def test_what_is_found_is_always_the_candidates_own(said: str, quote: str) -> None:
    assert all(piece and piece in said for piece in texts(quote, (said,)))


@given(
    said=WORDS,
    signs=st.lists(st.sampled_from(list("“”‘’–—\u200b\u202e \n\t")), min_size=1, max_size=4).map("".join),
)
def test_signs_between_words_forge_nothing(said: str, signs: str) -> None:
    forged = f"safe{signs}safe"
    assert not [t for t in texts(forged, (said,)) if "safe safe" not in said and len(t.split()) > 1]
