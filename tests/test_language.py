"""Words and stems, from any thread."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from interviewer.language import stem, stems

WORDS = [f"{head}{tail}" for head in ("connect", "retransmit", "schedul", "replicat") for tail in ("ed", "ing", "ions")]


def test_small_words_have_no_stem_of_their_own() -> None:
    assert stems("The connections are retransmitting") == ["connect", "retransmit"]


def test_threads_do_not_get_into_each_others_words() -> None:
    """Without the cache, and with threads that change as often as can be."""
    expected = [stem(word) for word in WORDS]
    bare, before = stem.__wrapped__, sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(bare, WORDS * 200)) == expected * 200
    finally:
        sys.setswitchinterval(before)


@pytest.mark.parametrize("word", ["http/3", "c++", "8", "naïve"])
def test_what_is_no_plain_word_stays_readable(word: str) -> None:
    assert stem(word).startswith(word[:4])
