"""Lines from anybody: what is read, what is refused, and that nothing breaks the reader."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.bulk.lines import MAX_LINE, LineError, decode, numbered


def lines(data: bytes) -> list[tuple[int, bytes]]:
    return list(numbered(BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", []),
        (b"\n \r\n\t\n", []),
        (b"{}\n\n{}\n", [(1, b"{}\n"), (3, b"{}\n")]),
        (b"{}\r\n{}", [(1, b"{}\r\n"), (2, b"{}")]),
        (b"\xef\xbb\xbf{}\n\xef\xbb\xbf{}", [(1, b"{}\n"), (2, b"\xef\xbb\xbf{}")]),
    ],
)
def test_lines_are_counted_and_blank_ones_left_out(data: bytes, found: list[tuple[int, bytes]]) -> None:
    assert lines(data) == found


def test_a_long_line_is_refused_without_being_held() -> None:
    long = b'{"id": "' + b"x" * (50 * MAX_LINE) + b'"}\n'
    (first, text), (second, after) = lines(long + b"{}\n")
    assert (first, second, after) == (1, 2, b"{}\n")
    assert len(text) == MAX_LINE + 1
    with pytest.raises(LineError, match="longer than 1,048,576 bytes; shorten it"):
        decode(text)


def test_a_line_of_just_the_longest_length_is_read() -> None:
    line = b'{"id": "' + b"x" * (MAX_LINE - 11) + b'"}\n'
    assert len(line) == MAX_LINE
    assert [decode(text) for _, text in lines(line)] == [{"id": "x" * (MAX_LINE - 11)}]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{", "not valid JSON"),
        (b"nonsense", "not valid JSON"),
        (b"{} {}", "Extra data, column 4"),
        (b"{'id': 1}", "not valid JSON"),
        (b"[]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'{"id": "\xff"}', "not UTF-8 (byte 9); save the file as UTF-8"),
        ("{}".encode("utf-16"), "not UTF-8 (byte 1)"),
        (b"\xef\xbb\xbf{}", "not valid JSON"),
        (b'{"score": NaN}', "NaN is no JSON number"),
        (b'{"score": -Infinity}', "-Infinity is no JSON number"),
        (b'{"score": 1e999}', "1e999 is too large a number"),
        (b'{"id": 1, "id": 1}', "`id` is given twice"),
        (b'{"x": {"y": 1, "y": 2}}', "`y` is given twice"),
        (b'{"id": ' + b"9" * 5_000 + b"}", "thousands of digits"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_json_object_is_refused(line: bytes, what: str) -> None:
    with pytest.raises(LineError) as caught:
        decode(line)
    assert what in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_a_complaint(data: bytes) -> None:
    for _, line in lines(data):
        try:
            assert decode(line) == json.loads(line)
        except LineError as error:
            assert str(error)
