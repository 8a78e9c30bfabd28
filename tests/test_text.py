"""Untrusted text made safe to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.text import one_line, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é 漢 🙂\tand\nmore", "plain é 漢 🙂\tand\nmore"),
        ("a\r\nb\u2028c\u2029d", "a\nb\nc\nd"),
        ("\x1b]0;owned\x07\x9b31m", "]0;owned31m"),
        ("soft\xadhyphen", "softhyphen"),
        ("a\u180eb\u200bc\u2066d\u206ae\ufefff", "abcdef"),
        ("tag\U000e0001\U000e0041\U000e007fged", "tagged"),
        ("half \ud83d", "half "),
    ],
)
def test_what_no_reader_sees_is_dropped(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_one_line_is_one_line() -> None:
    assert one_line("a\r\nb\tc\u2028-- d\x1b[0m") == "a b c -- d[0m"


@given(st.text(st.characters(exclude_categories=())))
def test_making_it_safe_twice_changes_nothing(text: str) -> None:
    assert printable(printable(text)) == printable(text)
    assert len(one_line(text).splitlines()) <= 1
