"""From an outline to files: ids, rounds in order, shared questions, personas."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.bank import Bank
from interviewer.content.personas import Persona
from interviewer.importing.names import Names, fold, slug
from interviewer.importing.outline import Person
from interviewer.importing.people import heading_people, minutes, people
from interviewer.importing.post import read_post
from interviewer.importing.roles import matching
from interviewer.importing.skeleton import Skeleton, build
from tests.fakes import write_bank

PERSONAS = Path(__file__).parents[2] / "personas"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Persona]:
    root = write_bank(tmp_path_factory.mktemp("bank"), [], [])
    (root / "rounds").mkdir()
    return {name: p for name, p in Bank(root, PERSONAS).personas.items() if name != "ann"}


def skeleton(post: str, known: dict[str, Persona] | None = None) -> Skeleton:
    return build(read_post(post), known or {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What is C++?", "what-is-cpp"),
        ("C# or .NET", "csharp-or-dotnet"),
        ("What's a naïve Bayes' class?", "whats-a-naive-bayes-class"),
        ("../../etc/passwd", "etc-passwd"),
        ("a" * 100, "a" * 60),
        ("word " * 20, "-".join(["word"] * 12)),
        ("什么是死锁", "question-"),
        ("?!", "question-"),
    ],
)
def test_slug(text: str, expected: str) -> None:
    found = slug(text, "question")
    assert found.startswith(expected) if expected.endswith("-") else found == expected
    assert len(found) <= 60
    assert found == slug(text, "question")


def test_names_are_given_once() -> None:
    names = Names()
    assert [names.new(n) for n in ("a", "a", "a-2", "a")] == ["a", "a-2", "a-2-2", "a-3"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("What is *TCP*?", "what is tcp", True),
        ("Why C?", "Why C++?", False),
        ("A/B tests", "a b tests!", True),
        ("One", "Two", False),
    ],
)
def test_when_two_questions_are_one(one: str, other: str, same: bool) -> None:
    made = skeleton(f"## Round 1\n- {one}\n\n## Round 2\n- {other}\n")
    assert len(made.questions) == (1 if same else 2)
    assert (fold(one.replace("*", "")) == fold(other)) is same


def test_what_another_round_says_of_a_shared_question_stands_in_that_round() -> None:
    one = "## Round 1\n- Why us?\n  - They smiled\n  - Who told you?\n"
    two = "## Round 2\n- why us\n  - They frowned!\n  - <https://a.example>\n"
    made = skeleton(one + two)
    (question,) = made.questions
    assert question.fields["intent"] == "They smiled."
    assert question.fields["study"] == ["https://a.example"]
    assert question.fields["follow_ups"] == [{"id": "who-told-you", "asks": ["Who told you?"]}]
    assert [r.fields["questions"] for r in made.rounds] == [
        ["why-us"],
        [{"id": "why-us", "listens_for": "They frowned!"}],
    ]


def test_a_question_asked_twice_in_a_round_is_asked_once_and_listed() -> None:
    made = skeleton("## Round 1\n- Why?\n- Why us?\n- why\n")
    assert made.rounds[0].fields["questions"] == ["why", "why-us"]
    assert [(left.line, left.text) for left in made.leftovers] == [(4, "asked twice in this round: why")]


@pytest.mark.parametrize(
    ("titles", "ids"),
    [
        (["Hard round 01", "Hard round 02"], ["hard-round-01", "hard-round-02"]),
        (["Phone screen", "Onsite"], ["01-phone-screen", "02-onsite"]),
        (["Round 9", "Round 10"], ["01-round-9", "02-round-10"]),
        (["Round", "Round"], ["01-round", "02-round"]),
        (["1. Call", "2) Onsite:"], ["call", "onsite"]),
        (["Round with " + "very " * 20], ["round-with-very-very-very-very-very-very"]),
        (["Round a", "Round a b"], ["01-round-a", "02-round-a-b"]),
    ],
)
def test_rounds_sort_as_they_were_held(titles: list[str], ids: list[str], tmp_path: Path) -> None:
    made = skeleton("".join(f"## {t}\n- Why {n}?\n" for n, t in enumerate(titles)))
    assert [r.id for r in made.rounds] == ids
    files = sorted(tmp_path / f"{name}.yaml" for name in ids)
    assert [f.stem for f in files] == ids


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("## Round 1 (45 min)\n- Why?\n", 45),
        ("## Round 1\nDuration: 1.5 h\n\n- Why?\n", 90),
        ("## Round 1\n- Why?\n- Introduce yourself\n", 15),
        ("## Round 1\n- Coding: sort a list\n- Why?\n", 30),
        ("## Round 1\n" + "".join(f"- Coding: sort list {i}\n" for i in range(90)), 480),
    ],
)
def test_minutes_are_the_posts_or_a_multiple_of_fifteen(post: str, expected: int) -> None:
    assert skeleton(post).rounds[0].fields["minutes"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45 min", 45),
        ("1 hour", 60),
        ("1.5h", 90),
        ("90-minute", 90),
        ("0 min", 1),
        ("99 hours", 480),
        ("3 rounds", None),
    ],
)
def test_lengths(text: str, expected: int | None) -> None:
    assert minutes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Team Lead", [Person("Team Lead")]),
        ("a team lead and the CTO", [Person("Team lead"), Person("CTO")]),
        ("two ML engineers", [Person("ML engineer")]),
        ("Assistant Director", [Person("Assistant Director")]),
        ("Ada (Staff Engineer), Bo", [Person("Staff Engineer", "Ada"), Person("Bo")]),
        ("Ada, Staff Engineer", [Person("Staff Engineer", "Ada")]),
        ("CTO, 60 minutes", [Person("CTO")]),
        ("", []),
        ("-", []),
    ],
)
def test_people(text: str, expected: list[Person]) -> None:
    assert list(people(text)) == expected


@pytest.mark.parametrize(
    ("heading", "roles"),
    [
        ("Round 1 - Hiring manager", ["Hiring manager"]),
        ("Recruiter screen", ["Recruiter"]),
        ("Fit, with the Head of Data (30 min)", ["Head of Data"]),
        ("Round 2: Coding", []),
        ("Data engineering round", []),
    ],
)
def test_people_of_a_heading(heading: str, roles: list[str]) -> None:
    assert [p.role for p in heading_people(heading)] == roles


@pytest.mark.parametrize(
    ("role", "persona"),
    [
        ("Team Lead", "team-lead"),
        ("Senior Backend Engineer", "backend-engineer"),
        ("Back-end engineer", "backend-engineer"),
        ("Machine Learning Engineer", "ml-engineer"),
        ("Senior Vice President Lead", "senior-vice-president"),
        ("AVP", "assistant-vice-president"),
        ("Head of AI Department", "head-of-ai-department"),
        ("Director of Data Science", "data-science-director"),
        ("Chief Technology Officer", "cto"),
        ("solution architect", "solution-architect"),
        ("Team Manager", "team-manager"),
        ("Hiring manager", None),
        ("Vice President", None),
        ("Engineer", None),
        ("Data engineer", None),
        ("Manager of the ML engineers", None),
    ],
)
def test_who_plays_whom(known: dict[str, Persona], role: str, persona: str | None) -> None:
    found = matching(Person(role), known.values())
    assert (found.id if found else None) == persona


def test_somebody_whom_nobody_plays_gets_a_file(known: dict[str, Persona]) -> None:
    made = skeleton(
        "## Round 1\n- Interviewer: Ada (Staff Engineer), Recruiter, CTO\n- Why?\n\n## Round 2\n- How?\n", known
    )
    assert {p.id: p.fields for p in made.personas} == {
        "staff-engineer-ada": {"name": "Ada", "role": "Staff Engineer"},
        "recruiter": {"name": "Interviewer", "role": "Recruiter"},
        "interviewer": {"name": "Interviewer", "role": "Role not named"},
    }
    assert [r.fields["personas"] for r in made.rounds] == [["staff-engineer-ada", "recruiter", "cto"], ["interviewer"]]
    assert made.played == ("cto",)
