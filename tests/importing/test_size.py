"""A post twice as long takes twice the work, however it is made; work is counted in calls, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from interviewer.importing.post import read_post
from interviewer.importing.skeleton import build

N = 100
ROUND = "## Round 1\n"
POSTS: dict[str, Callable[[int], str]] = {
    "bullets": lambda n: ROUND + "".join(f"- What is thing {i}?\n" for i in range(n)),
    "the same bullet": lambda n: ROUND + "- What is it?\n" * n,
    "names that differ late": lambda n: ROUND + "".join(f"- {'many words here ' * 8} {i}?\n" for i in range(n)),
    "rounds": lambda n: "".join(f"## Round {i}\n- What?\n" for i in range(n)),
    "nesting in one line": lambda n: ROUND + "- " * n + "x?\n",
    "quotes in one line": lambda n: "> " * n + "x?\n",
    "open brackets": lambda n: f"{ROUND}- {'[' * n}?\n",
    "half links": lambda n: ROUND + "- " + "[a](" * n + "?\n",
    "emphasis": lambda n: ROUND + "- " + "*a_ " * n + "?\n",
    "paragraph": lambda n: ROUND + "some words here\n" * n,
    "asking paragraph": lambda n: ROUND + "What is it?\n" * n,
    "wide table": lambda n: f"{'|a' * n}|\n{'|-' * n}|\n{'|b' * n}|\n",
    "tall table": lambda n: "|Question|Round|\n|-|-|\n" + "".join(f"|q{i}?|{i // 3}|\n" for i in range(n)),
    "footnotes": lambda n: ROUND + "".join(f"- Q{i}?[^{i}]\n\n[^{i}]: note\n" for i in range(n)),
    "remarks": lambda n: f"{ROUND}- What?\n" + "".join(f"  - remark {i}\n" for i in range(n)),
    "follow-ups": lambda n: f"{ROUND}- What?\n" + "".join(f"  - why {i}?\n" for i in range(n)),
    "people": lambda n: ROUND + "".join(f"- Interviewer: A{i} (engineer)\n" for i in range(n)) + "- Why?\n",
    "tags": lambda n: f"<div>{'<' * n}\n\n" * 2 + "a <b\n" * n,
    "comments": lambda n: "<!-- " * n,
}


def calls(text: str) -> int:
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        build(read_post(text), {})
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("name", POSTS)
def test_twice_the_post_is_at_most_twice_the_work(name: str) -> None:
    calls(POSTS[name](10))
    once, twice = (calls(POSTS[name](n)) for n in (N, 2 * N))
    assert once > 100
    assert twice < 2.3 * once


def test_a_long_line_of_marks_does_not_backtrack() -> None:
    """Regular expressions run inside one call; this one would run for hours."""
    assert read_post(f"- {'- _' * 30_000}x?\n").rounds == ()
