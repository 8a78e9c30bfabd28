"""A small bank of its own, so that no edit of the shipped one moves these tests, and a database already there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from interviewer import paths
from interviewer.store.database import open_database
from interviewer.workspace import Workspace
from tests.fakes import FakeClock, make_persona, make_question, make_round, write_bank, write_yaml

TITLES = {
    "hard-01": "Queues and what they are good for",
    "hard-02": "A panel of three",
    "soft-01": "One question only",
}


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without sessions; migrating one takes half a second."""
    place = tmp_path_factory.mktemp("database") / "interviews.db"
    open_database(f"sqlite:///{place}").dispose()
    return place


@pytest.fixture
def content(home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What ships, in small: three rounds, four people. Nobody probes, so one answer closes a question."""
    root = tmp_path_factory.mktemp("content")
    people = [make_persona(name, max_follow_ups=0) for name in ("ann", "bob", "cid", "dee")]
    questions = [
        make_question("queues", asks=["What is a queue for?"], clarifications={"nodes": "There are three nodes."}),
        make_question("locks", asks=["When do you take a lock?"]),
        make_question("teams", asks=["Which team do you like?"]),
    ]
    rounds = [
        make_round("hard-01", ["queues", "locks"], ["ann"]),
        make_round("hard-02", ["queues", "locks", "teams"], ["ann", "bob", "cid"]),
        make_round("soft-01", ["teams"], ["dee"], minutes=30),
    ]
    titled = [r.model_copy(update={"title": TITLES[r.id]}) for r in rounds]
    write_bank(root / "question_bank", titled, questions, [people[0]])
    for person in people:
        write_yaml(root / "personas" / f"{person.id}.yaml", person)
    monkeypatch.setattr(paths, "shipped", lambda name: root / name)
    return root


@pytest.fixture
def place(home: Path, content: Path, empty_database: Path) -> Path:
    """A home that was used before, with nothing in it."""
    shutil.copy(empty_database, home / "interviews.db")
    return home


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def workspace(place: Path, clock: FakeClock) -> Workspace:
    return Workspace(clock=clock)
