"""A bank on disk out of a post: it loads, it can be held, and nothing that was there is touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.bank import Bank
from interviewer.content.check import check
from interviewer.content.models import Status
from interviewer.errors import UsageError
from interviewer.importing import import_post
from interviewer.plan import make_plan
from tests.importing.test_post import POSTS, SEEDS
from tests.importing.test_skeleton import PERSONAS

POST = "## Round 1\n- Interviewer: CTO\n- Why us?\n- Coding: sort a list\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "bank"


def imported(root: Path, post: str | bytes) -> str:
    file = root.parent / "post.md"
    file.write_bytes(post if isinstance(post, bytes) else post.encode())
    return import_post(file, root, PERSONAS).summary


def contents(root: Path) -> dict[str, str]:
    return {str(p.relative_to(root)): p.read_text(encoding="utf-8") for p in sorted(root.rglob("*.yaml"))}


@pytest.mark.parametrize("post", sorted(POSTS.glob("*.md")), ids=lambda p: p.stem)
def test_every_round_of_every_post_can_be_planned_in_its_order(root: Path, post: Path) -> None:
    done = import_post(post, root, PERSONAS)
    bank = Bank(root, PERSONAS)
    assert list(bank.rounds) == [r.id for r in done.skeleton.rounds]
    for found in bank.rounds:
        assert make_plan(bank, found).questions
    assert {q.status for q in bank.questions()} == {Status.SKELETON}
    assert check(root, PERSONAS).unreadable == 0
    assert not [p for p in root.parent.rglob("*") if p.is_file() and root not in p.parents]


@pytest.mark.skipif(not SEEDS, reason="the documented interview process does not lie beside the checkout")
def test_the_documented_process_becomes_a_bank(root: Path) -> None:
    (seed,) = SEEDS[0].iterdir()
    done = import_post(seed, root, PERSONAS)
    bank = Bank(root, PERSONAS)
    assert (len(bank.rounds), sum(len(r.questions) for r in bank.rounds.values())) == (13, 107)
    assert sorted({p for r in bank.rounds.values() for p in r.personas}) == sorted(p.stem for p in PERSONAS.iterdir())
    assert done.skeleton.personas == ()
    shipped = Bank(PERSONAS.parent / "question_bank", PERSONAS)
    assert [r.personas for r in bank.rounds.values()] == [r.personas for r in shipped.rounds.values()]


def test_the_files(root: Path) -> None:
    summary = (
        "1 round, 2 questions in 2 files, 1 interviewer (0 with a neutral voice); 3 new files, 0 kept; 0 not placed"
    )
    assert imported(root, POST) == summary
    assert contents(root) == {
        "questions/coding/sort-a-list.yaml": (
            "# yaml-language-server: $schema=../../schema/question.json\n"
            "# Line 4 of the post.\nstatus: skeleton\nkind: coding\nasks:\n  - Sort a list\nminutes: 15\n"
        ),
        "questions/concept/why-us.yaml": (
            "# yaml-language-server: $schema=../../schema/question.json\n"
            "# Line 3 of the post.\nstatus: skeleton\nkind: concept\nasks:\n  - Why us?\nminutes: 5\n"
        ),
        "rounds/round-1.yaml": (
            "# yaml-language-server: $schema=../schema/round.json\n"
            "# Line 1 of the post.\nkind: hard\ntitle: Round 1\nminutes: 30\n"
            "personas:\n  - cto\nquestions:\n  - why-us\n  - sort-a-list\n"
        ),
    }


def test_the_schema_that_a_file_names_is_there(root: Path) -> None:
    imported(root, POST.replace("CTO", "Plumber"))
    named = [(p, p.read_text().splitlines()[0].partition("$schema=")[2]) for p in root.rglob("*.yaml")]
    assert len(named) == 4
    assert all((path.parent / schema).resolve().is_relative_to(root) for path, schema in named)
    for path, schema in named:
        assert json.loads((path.parent / schema).read_text())["title"].lower() in str(path)


def test_a_second_import_adds_what_is_new_and_keeps_the_rest(root: Path) -> None:
    imported(root, POST)
    (root / "questions" / "own").mkdir()
    mine = root / "questions" / "own" / "why-us.yaml"
    (root / "questions" / "concept" / "why-us.yaml").rename(mine)
    mine.write_text(mine.read_text() + "# mine\n")
    before = contents(root)
    assert "3 new files, 2 kept" in imported(root, "## Round 1\n- Why us?\n\n## Round 2\n- Who?\n")
    after = contents(root)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) == {
        "questions/concept/who.yaml",
        "rounds/round-2.yaml",
        "personas/interviewer.yaml",
    }


def test_a_folder_of_something_else_is_left_alone(root: Path) -> None:
    root.mkdir()
    (root / "thesis.doc").write_text("mine")
    with pytest.raises(UsageError, match="holds files, but no bank; give a new folder with -o, or a bank to add to"):
        imported(root, POST)
    assert [p.name for p in root.iterdir()] == ["thesis.doc"]


def test_a_repository_without_files_is_a_place_for_a_bank(root: Path) -> None:
    (root / ".git").mkdir(parents=True)
    assert "3 new files" in imported(root, POST)


@pytest.mark.parametrize(
    ("post", "message"),
    [
        ("", "post.md:1: no questions found"),
        ("Just a story.\n", "post.md:1: no questions found"),
        (b"## Round 1\n- \xff?\n", "post.md:2: not UTF-8 text"),
        ("## Round 1\n- Why?\n".encode("utf-16"), "post.md:1: not UTF-8 text"),
        ("## Round 1\n" + "- a?\n" * 5_001, "post.md:1: asks 5001 questions, more than 5000; split it"),
        (b"- a?\n" * 2_000_000, "post.md:1: larger than 2 MB"),
    ],
    ids=["empty", "story", "latin", "utf-16", "5001", "10 MB"],
)
def test_posts_that_give_nothing(root: Path, post: str | bytes, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        imported(root, post)
    assert message in str(caught.value)
    assert not root.exists()


@pytest.mark.parametrize(
    ("place", "message"), [("", "is a file; give a folder with -o"), ("below", "cannot be written")]
)
def test_a_place_that_cannot_be_written(root: Path, place: str, message: str) -> None:
    root.write_text("a file")
    post = root.with_name("post.md")
    post.write_text(POST)
    with pytest.raises(UsageError, match=message):
        import_post(post, root / place, PERSONAS)
    assert root.read_text() == "a file"


MARKUP = st.text(alphabet=st.sampled_from("#-*_>`~|[](){}!<>&\\:.?^$%@\"'/ \t\n\x00\x1b\x85\u2028\u202e\ufffe1aAé死🚀"))


@given(items=st.lists(MARKUP, min_size=1, max_size=5))
def test_whatever_stands_in_a_post_the_bank_loads(items: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("any") / "bank"
    post = "".join(f"## Round {item}\n- Interviewer: {item}\n- What is {item}?\n" for item in items)
    try:
        imported(root, post)
    except UsageError as error:
        assert "no questions found" in str(error)
        return
    bank = Bank(root, PERSONAS)
    for found in bank.rounds:
        make_plan(bank, found)
    assert all(p.is_relative_to(root) or p.name == "post.md" for p in root.parent.rglob("*") if p.is_file())
