"""Talk and code in one answer: parted by fences or by their looks, and neither spoils the other's grade."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer import paths
from interviewer.content.bank import Bank
from interviewer.content.models import Question, Verdict
from interviewer.grading import offline
from interviewer.grading.code import part

TALK = """\
I put a dummy node in front. Before I touch a group I look ahead k nodes, and fewer than k stay as they are.
I turn the pointers of one stretch with a previous and a current one.
Then the old head is the tail, so I link the tail of the group before to the new head, and go on from there.
That is linear time, each node is visited twice, and constant space."""
CODE = """\
def flip(head, k):
    dummy = before = Node(0, head)
    while True:
        end = before
        for _ in range(k):
            end = end.next
            if end is None:
                return dummy.next
        after, prev, here = end.next, end.next, before.next
        while here is not after:
            here.next, prev, here = prev, here, here.next
        before.next, before = prev, before.next"""
SENTENCES = [
    "The time is O(n), and k = 1 changes nothing.",
    "For each node I look ahead: if it is missing, I return.",
    "First I import the data;\nthen I call fit() on it.",
    "A = B means that both are equal.",
    "",
]


@pytest.fixture(scope="module")
def question() -> Question:
    return Bank(paths.shipped("question_bank"), paths.shipped("personas")).question("reverse-k-group")


@pytest.mark.parametrize("fence", ["```", "```python", "    ```"])
def test_what_is_fenced_is_code(fence: str) -> None:
    talk, code = part(f"Before.\n{fence}\nwords of any kind\n\n  x\n```\nAfter.")
    assert (talk, code) == ("Before.\nAfter.", ["words of any kind", "x"])


def test_a_fence_that_is_never_closed_runs_to_the_end() -> None:
    assert part("Before.\n```\nx\nThe rest.") == ("Before.", ["x", "The rest."])


def test_code_without_a_fence_is_known_by_its_looks() -> None:
    talk, code = part(f"I would write it so:\n{CODE}\nIt is linear.")
    assert talk == "I would write it so:\nIt is linear."
    assert code == [line.strip() for line in CODE.split("\n")]


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_about_code_are_talk(text: str) -> None:
    assert part(text) == (text, [])


@given(st.text(alphabet=st.sampled_from("abc =(){};:.#`\n\tdef for"), max_size=200))
def test_each_line_is_one_of_both(text: str) -> None:
    talk, code = part(text)
    kept = [line.strip() for line in [*talk.split("\n"), *code] if line.strip()]
    shown = [line.strip() for line in text.split("\n") if line.strip() and not line.strip().startswith("```")]
    assert sorted(kept) == sorted(shown)


@pytest.mark.parametrize("answer", [f"{TALK}\n```\n{CODE}\n```", f"{TALK}\n{CODE}"])
def test_code_takes_nothing_from_what_was_said(question: Question, answer: str) -> None:
    spoken, both = (offline.grade(question, question.asks[0], [text]) for text in (TALK, answer))
    assert spoken.level is not None and both.level is not None
    assert both.level >= spoken.level >= 2
    for alone, beside in zip(spoken.criteria, both.criteria, strict=True):
        assert alone.verdict is not Verdict.MET or beside.verdict is Verdict.MET


def test_code_alone_touches_points_and_makes_none(question: Question) -> None:
    found = offline.grade(question, question.asks[0], [f"```\n{CODE}\n```"])
    verdicts = {c.verdict for c in found.criteria}
    assert verdicts == {Verdict.MISSED, Verdict.PARTIAL}
    assert all(quote in CODE for c in found.criteria for quote in c.evidence)
