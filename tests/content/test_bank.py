"""A bank on disk: what is found where, and what is left unread."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from interviewer.content import cache as cache_module
from interviewer.content import yaml
from interviewer.content.bank import Bank
from interviewer.content.cache import Cache
from interviewer.errors import UsageError
from interviewer.plan import make_plan
from tests.fakes import make_persona, make_question, make_round, write_bank, write_yaml

QUESTIONS = [
    make_question("alpha", topic="letters"),
    make_question("beta", topic="letters"),
    make_question("one", topic="digits"),
]
ROUNDS = [make_round("r2", ["one"]), make_round("r1", ["beta", "alpha"])]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "bank", ROUNDS, QUESTIONS)


@pytest.fixture
def bank(root: Path, tmp_path: Path) -> Bank:
    return Bank(root, tmp_path / "shipped")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are read, in order."""
    names: list[str] = []
    real = yaml.read_bytes

    def read_bytes(path: Path) -> bytes:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(yaml, "read_bytes", read_bytes)
    return names


def test_rounds_and_questions_come_in_a_stable_order(bank: Bank) -> None:
    assert list(bank.rounds) == ["r1", "r2"]
    assert [(q.topic, q.id) for q in bank.questions()] == [("digits", "one"), ("letters", "alpha"), ("letters", "beta")]


def test_id_and_topic_come_from_the_place_of_the_file(bank: Bank) -> None:
    assert bank.question("one") == QUESTIONS[2]
    assert bank.round("r1") == ROUNDS[1]


def test_opening_a_round_reads_the_questions_of_that_round_only(root: Path, bank: Bank, opened: list[str]) -> None:
    (root / "questions" / "digits" / "one.yaml").write_text("not: [valid")
    make_plan(bank, "r1")
    assert {"alpha.yaml", "beta.yaml"} <= set(opened)
    assert "one.yaml" not in opened


def test_each_file_is_read_once(bank: Bank, opened: list[str]) -> None:
    for _ in range(3):
        make_plan(bank, "r1")
        bank.questions()
    assert len(opened) == len(set(opened)) == 6


def test_a_question_that_brings_code_lives_in_a_folder_of_its_own(root: Path, bank: Bank) -> None:
    write_yaml(root / "questions" / "coding" / "sort" / "question.yaml", make_question("sort"))
    found = bank.question("sort")
    assert (found.id, found.topic) == ("sort", "coding")
    assert "sort" in [q.id for q in bank.questions()]


def test_personas_of_the_bank_come_before_those_that_ship(root: Path, tmp_path: Path) -> None:
    for name, rounds in (("ann", 1), ("bob", 2)):
        write_yaml(tmp_path / "shipped" / f"{name}.yaml", make_persona(name, max_follow_ups=rounds + 2))
    bank = Bank(root, tmp_path / "shipped")
    assert {p.id: p.max_follow_ups for p in bank.personas.values()} == {"ann": 2, "bob": 4}


def test_a_folder_without_rounds_is_no_bank(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a question bank"):
        Bank(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda b: b.round("zzz"), "no round `zzz`; there are r1, r2"),
        (lambda b: b.persona("zzz"), "no persona `zzz`; there are ann"),
        (lambda b: b.question("zzz"), "no question `zzz`; add questions/<topic>/zzz.yaml"),
    ],
)
def test_what_is_missing_is_said_with_what_there_is(bank: Bank, ask: Callable[[Bank], object], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        ask(bank)
    assert message in str(caught.value)


def test_an_empty_bank_says_that_there_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "rounds").mkdir()
    with pytest.raises(UsageError, match="there are none"):
        Bank(tmp_path, tmp_path).round("r1")


# --- the cache of parsed files -----------------------------------------------------------------------


def everything(root: Path, cache: Cache | None) -> tuple[object, ...]:
    bank = Bank(root, root / "personas", cache)
    return (bank.rounds, bank.personas, bank.questions())


def no_parsing(*_: object) -> object:
    raise AssertionError("the file was parsed again")


def test_a_hit_gives_an_equal_bank_without_parsing(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cache dir?#%41" / "parsed.sqlite3"
    fresh = everything(root, Cache(path))
    monkeypatch.setattr(yaml, "parse", no_parsing)
    assert everything(root, Cache(path)) == fresh == everything(root, Cache(path))


def test_an_edited_file_is_parsed_again(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "parsed.sqlite3"
    everything(root, Cache(path))
    write_yaml(root / "rounds" / "r1.yaml", make_round("r1", ["alpha"], minutes=7))
    assert Bank(root, root, Cache(path)).round("r1").minutes == 7


def test_a_plan_leaves_its_questions_in_the_cache(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "parsed.sqlite3"
    plan = make_plan(Bank(root, root, Cache(path)), "r1")
    monkeypatch.setattr(yaml, "parse", no_parsing)
    assert make_plan(Bank(root, root, Cache(path)), "r1") == plan


def test_another_parser_does_not_take_what_this_one_left(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "parsed.sqlite3"
    everything(root, Cache(path))
    monkeypatch.setattr(yaml, "PARSER", yaml.PARSER + 1)
    monkeypatch.setattr(yaml, "parse", no_parsing)
    with pytest.raises(AssertionError, match="parsed again"):
        everything(root, Cache(path))


def test_half_characters_in_a_file_do_not_stand_in_the_cache_s_way(root: Path, tmp_path: Path) -> None:
    (root / "rounds" / "r1.yaml").write_text(r'title: "\ud800"')
    bank = Bank(root, root, Cache(tmp_path / "parsed.sqlite3"))
    with pytest.raises(UsageError):
        bank.round("r1")
    assert list(bank.personas) == ["ann"]


def test_a_cache_that_grew_too_large_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "parsed.sqlite3"
    monkeypatch.setattr(cache_module, "MAX_BYTES", 100_000)
    for number in range(40):
        one = Cache(path)
        one.put(f"k{number}", "x" * 10_000)
        one.flush()
        assert path.stat().st_size <= 120_000
        assert Cache(path).get(f"k{number}") is not None
    assert Cache(path).get("k0") is None


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:700])


def rows_of_another_shape(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute('UPDATE kept SET text = \'["no", "fields"]\'')


def bottomless_rows(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE kept SET text = ?", ("[" * 100_000,))


def unparsable_rows(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE kept SET text = '{\"kind\": '")


def foreign_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TABLE kept")
        db.execute("CREATE TABLE kept (something INTEGER)")


@pytest.mark.parametrize(
    "damage", [garbage, truncated, unparsable_rows, rows_of_another_shape, bottomless_rows, foreign_table]
)
def test_a_damaged_cache_costs_time_only(root: Path, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    path = tmp_path / "parsed.sqlite3"
    fresh = everything(root, Cache(path))
    damage(path)
    assert everything(root, Cache(path)) == fresh


def test_a_cache_that_cannot_be_written_costs_time_only(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert everything(root, Cache(tmp_path / "file" / "parsed.sqlite3")) == everything(root, None)


def test_what_was_put_can_be_got_before_and_after_it_is_flushed(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "deep" / "parsed.sqlite3")
    cache.put("k", "early")
    assert (cache.get("k"), cache.get("other")) == ("early", None)
    cache.flush()
    assert Cache(tmp_path / "deep" / "parsed.sqlite3").get("k") == cache.get("k") == "early"
