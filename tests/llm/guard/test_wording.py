"""The words that are spoken, whatever a model puts around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.llm.guard.wording import Wording


def spoken(*pieces: str, name: str = "Ann Lee") -> str:
    wording = Wording(name)
    found = [word for piece in pieces for word in wording.take(piece)]
    return " ".join([*found, *wording.finish()])


WORDINGS = [
    ("What is it?", "What is it?"),
    ("  What\n\nis\tit? ", "What is it?"),
    ("**What** is `it`, _really_?", "What is it, really?"),
    ("# A heading\n## What is it?", "A heading What is it?"),
    ("- What is it?", "What is it?"),
    ("First.\n1. What is it?\n2) And why?", "First. What is it? And why?"),
    ("Hm \U0001f642 what\U0001f44d\U0001f3fd is it? ✅", "Hm what is it?"),
    ("*nods slowly* What is it?", "What is it?"),
    ("*smiles* What is it?", "What is it?"),
    ("(leans back) What is it? (waits)", "What is it?"),
    ("[pause] What is it?", "What is it?"),
    ("*Why* is that?", "Why is that?"),
    ("What (roughly) is it?", "What (roughly) is it?"),
    ("(leans back for ever", ""),
    ('"What is it?"', "What is it?"),
    ("“What is it?”", "What is it?"),
    ('What is "it"?', 'What is "it"?'),
    ("Interviewer: What is it?", "What is it?"),
    ("Ann: What is it?", "What is it?"),
    ("**Ann Lee:** *nods* What is it?", "What is it?"),
    ("Ann Lee here. What is it?", "Ann Lee here. What is it?"),
    ("Ann", "Ann"),
    ("Is C# or C++ or a < b - c it?", "Is C# or C++ or a < b - c it?"),
    ("What\u200b is\u202e it\x1b[31m?", "What is it[31m?"),
    ("a\ud840", "a\ufffd"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "said"), WORDINGS)
def test_markup_directions_and_names_are_not_spoken(text: str, said: str) -> None:
    assert spoken(text) == said
    assert spoken(*text) == said


@given(st.text(st.sampled_from('aA n:*([)]"?.-\n1#\U0001f642\u200b')), st.lists(st.integers(0, 40), max_size=5))
def test_the_words_do_not_depend_on_the_cuts(text: str, cuts: list[int]) -> None:
    ends = sorted(cuts)
    pieces = [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]
    assert spoken(*pieces) == spoken(text)
