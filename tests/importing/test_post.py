"""Posts of many styles, and what a careful person would take from each."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.importing.outline import Outline
from interviewer.importing.post import read_post
from tests.importing.shape import lines

POSTS = Path(__file__).with_name("posts")
SEEDS = [p / "shared" / "seed" for p in Path(__file__).resolve().parents[3:] if (p / "shared" / "seed").is_dir()]


def outline_of(path: Path) -> Outline:
    return read_post(path.read_bytes().decode("utf-8-sig"))


@pytest.mark.parametrize("post", sorted(POSTS.glob("*.md")), ids=lambda p: p.stem)
def test_the_outline_is_what_a_careful_person_would_extract(post: Path) -> None:
    assert lines(outline_of(post)) == post.with_suffix(".txt").read_text(encoding="utf-8").splitlines()


def test_there_are_posts_to_try() -> None:
    assert len(list(POSTS.glob("*.md"))) >= 12


PEOPLE = """Team Lead|Team Lead|Backend engineer|Backend engineer|Backend engineer|Team Lead, ML Engineer
Senior Vice President Lead, Assistant Vice President Lead, Solution Architect|ML Engineer|Team Lead|Team Manager
Head of AI Department|Data Science Director|CTO"""


@pytest.mark.skipif(not SEEDS, reason="the documented interview process does not lie beside the checkout")
def test_the_documented_process_gives_its_rounds_and_questions() -> None:
    (seed,) = SEEDS[0].iterdir()
    outline = outline_of(seed)
    assert [r.title for r in outline.rounds] == [
        *(f"Hard round {n:02}" for n in range(1, 11)),
        *(f"Soft round {n:02}" for n in range(1, 4)),
    ]
    assert [r.kind for r in outline.rounds] == ["hard"] * 10 + ["soft"] * 3
    assert [len(r.questions) for r in outline.rounds] == [6, 7, 8, 7, 9, 7, 9, 15, 10, 13, 3, 7, 6]
    assert [", ".join(p.role for p in r.people) for r in outline.rounds] == PEOPLE.replace("\n", "|").split("|")


# --- no word is lost ------------------------------------------------------------------------------------

HEADINGS = ["## Round {}", "# A loop", "**Coding**", "**Round {}**", "Onsite\n------", "### Tips", "### What is {}?"]
LINES = [
    "- What is {}?",
    "- {}",
    "  - {}",
    "    - why {}?",
    "1. Q2: {}",
    "- [x] {}",
    "{}",
    "What about {}?",
    "They asked me to draw {}. It was {}.",
    "Interviewer: {}",
    "- Coding test: {}. [link](https://a.example/{})",
    "- Coding tests\n  - {}\n  - {}",
    "> {}",
    "Follow-up: {}? {}?",
    "| Round | Question | Notes |\n|---|---|---|\n| r{} | {} | {} |",
    "| {} | b |\n|---|---|",
    "```\n{}\n```",
    "<b>{}</b>",
    "<div>{}</div>",
    "{}[^{}]",
    "[^{}]: {}",
    "**{}** and *{}*",
    "- ~~{}~~",
    "***",
    "",
]


@st.composite
def posts(draw: st.DrawFn) -> tuple[str, set[str]]:
    """A post of odd pieces, and the words in its body; a footnote's mark is no word."""
    pieces, words = [], set()
    for piece in draw(st.lists(st.sampled_from(HEADINGS + LINES), max_size=25)):
        text = piece
        while "{}" in text:
            word = f"w{len(words)}w"
            footnote = text.split("{}")[0].endswith("[^")
            text = text.replace("{}", "n" if footnote else word, 1)
            if not footnote:
                words.add(word)
        if piece in HEADINGS and "?" not in piece:
            words -= {w for w in words if w in text}
        pieces.append(text)
    return draw(st.sampled_from(["\n", "\n\n"])).join(pieces), words


@given(post=posts())
def test_every_word_is_placed_or_listed(post: tuple[str, set[str]]) -> None:
    text, words = post
    shown = "\n".join(lines(read_post(text))).lower()
    assert {word for word in words if word not in shown} == set()


@given(text=st.text(alphabet=st.sampled_from("#-*_>`~|[](){}!<>&\\:.?^$\"' \t\n\r\x00\x1b\u2028\u202e1aA")))
def test_anything_can_be_read(text: str) -> None:
    shown = "\n".join(lines(read_post(text)))
    assert not {"\x00", "\x1b", "\u2028", "\u202e"} & set(shown)


def test_of_lines_above_an_underline_only_the_last_is_the_heading() -> None:
    assert lines(read_post("They wrote to me.\nIt was May.\nRound 1\n-------\n- Why?\n")) == [
        "3 Round 1 | hard | ? min | nobody named",
        "    5 concept: Why?",
        "left 1: They wrote to me. It was May.",
    ]


def test_what_is_nested_too_deeply_is_listed() -> None:
    depths = range(100)
    post = "## Round 1\n" + "".join(f"{'  ' * depth}- deep{depth}w?\n" for depth in depths)
    shown = "\n".join(lines(read_post(post)))
    assert [depth for depth in depths if f"deep{depth}w" not in shown] == []
    assert "left 101: - deep99w?" in shown
