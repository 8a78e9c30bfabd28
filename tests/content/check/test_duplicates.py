"""Questions that ask the same in two files."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.check import duplicates
from interviewer.content.check.rubric import alike
from tests.fakes import make_question

LINES = st.lists(st.sampled_from("ant bee cat dog elk fox gnu hen".split()), min_size=1, max_size=9).map(" ".join)


def found(*asks: str) -> set[str]:
    questions = {f"q{n}": make_question(f"q{n}", asks=[ask]) for n, ask in enumerate(asks)}
    return {name for name, _ in duplicates.flaws(questions)}


def test_the_later_of_two_is_named_with_the_other() -> None:
    questions = {
        "tcp": make_question("tcp", asks=["What sets TCP and UDP apart?", "How does TCP differ from UDP?"]),
        "udp": make_question("udp", asks=["Tell me about UDP.", "How does UDP differ from TCP?"]),
    }
    ((name, flaw),) = duplicates.flaws({**questions, "other": make_question("other", asks=["What is a mutex?"])})
    assert (name, flaw.loc) == ("udp", ("asks", 1))
    assert flaw.text == "`tcp` asks the same; keep one of the two questions"


def test_another_question_about_the_same_thing_is_none() -> None:
    assert found("What is a mutex?", "When do you take a mutex?") == set()


def test_two_phrasings_of_one_question_may_be_alike() -> None:
    assert list(duplicates.flaws({"a": make_question("a", asks=["What is it?", "What is it?"])})) == []


@given(asks=st.lists(LINES, max_size=8))
def test_what_is_looked_up_is_what_comparing_all_pairs_finds(asks: list[str]) -> None:
    expected = {f"q{later}" for (_, one), (later, other) in combinations(enumerate(asks), 2) if alike(one, other)}
    assert found(*asks) == expected
