"""What was appended is there, whatever happens to the process that wrote it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.reading import well_formed
from interviewer.engine.state import replay
from interviewer.errors import InterviewerError, UsageError
from interviewer.session import Session
from interviewer.store.database import open_database
from interviewer.store.journal import Journal, find_session, list_sessions, load_events
from tests.fakes import START, FakeClock, Performer, StubGrader, StubModel, make_persona, make_plan, make_question

PLAN = make_plan(make_question("a"), make_question("b"), personas=[make_persona("ann"), make_persona("bob")])


def interview_events() -> list[ev.Event]:
    interview = Performer(PLAN)
    interview.say("My first answer.")
    interview.do(cmd.AskHint())
    interview.do(cmd.Skip())
    return interview.events


EVENTS = interview_events()


def write(engine: sa.Engine, session: str, events: Sequence[ev.Event] = EVENTS, at: float = 0.0) -> Journal:
    """A session whose journal holds `events`; `at` moves its last use."""
    journal = Journal.create(engine, session)
    journal.append(events, replay([*events, ev.Paused(START + at)]))
    return journal


# --- appending and loading ---------------------------------------------------------------------------


def test_events_come_back_in_order(engine: sa.Engine) -> None:
    journal = Journal.create(engine, "s")
    for n, event in enumerate(EVENTS, 1):
        journal.append([event], replay(EVENTS[:n]))
    assert load_events(engine, "s") == EVENTS


def test_another_process_sees_everything_that_was_appended(url: str, engine: sa.Engine) -> None:
    """The engine that wrote is never closed: it is gone with its process."""
    write(engine, "s")
    fresh = open_database(url)
    journal, state = Journal.open(fresh, "s")
    assert state == replay(EVENTS)
    paused = ev.Paused(START + 99)
    journal.append([paused], replay([paused], state))
    assert load_events(engine, "s") == [*EVENTS, paused]
    fresh.dispose()


KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from interviewer.store.database import open_database
from tests.store.test_journal import EVENTS, write
write(open_database({url!r}), "s")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_what_was_appended_survives_a_kill(url: str) -> None:
    root = str(Path(__file__).parents[2])
    done = subprocess.run([sys.executable, "-c", KILLED.format(root=root, url=url)], timeout=60, check=False)
    assert done.returncode == -9
    engine = open_database(url)
    assert load_events(engine, "s") == EVENTS
    engine.dispose()


def test_a_failed_append_leaves_nothing_behind(engine: sa.Engine) -> None:
    journal = write(engine, "s")
    with pytest.raises(AttributeError):
        journal.append([EVENTS[-1], object()], replay(EVENTS))  # type: ignore[list-item]
    assert load_events(engine, "s") == EVENTS
    paused = ev.Paused(START)
    journal.append([paused], replay([*EVENTS, paused]))
    assert load_events(engine, "s") == [*EVENTS, paused]


def test_an_unknown_session_has_no_events(engine: sa.Engine) -> None:
    assert load_events(engine, "nobody") == []


def test_text_lies_in_the_file_as_it_was_typed(engine: sa.Engine, tmp_path: Path) -> None:
    """No quoting or escaping trick of the candidate's reaches SQL."""
    text = "'); DROP TABLE events; -- \" \\ \x1b[31m {} %s :session"
    given_text = ev.AnswerGiven(text, START)
    journal = write(engine, "s")
    journal.append([given_text], replay([*EVENTS, given_text]))
    journal.save_draft(text, START)
    assert load_events(engine, "s")[-1] == given_text
    assert journal.draft() == text


@given(text=st.text())
def test_any_text_comes_back(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    engine = open_database("sqlite://")
    journal = write(engine, "s")
    given_text = ev.AnswerGiven(text, START)
    journal.append([given_text], replay([*EVENTS, given_text]))
    journal.save_draft(text, START)
    assert (load_events(engine, "s")[-1], journal.draft()) == (given_text, text)
    engine.dispose()


@given(text=st.text(st.characters(exclude_categories=())).filter(str.strip))
async def test_half_characters_typed_into_a_session_lose_no_whole_one(text: str) -> None:
    """A terminal may hand over lone surrogates, which no encoding takes; each becomes U+FFFD, the rest stays."""
    engine = open_database("sqlite://")
    session = Session(Journal.create(engine, "s"), StubModel(), StubGrader(), clock=FakeClock())
    await session.handle(cmd.Start(PLAN))
    session.save_draft(text)
    kept = session.draft()
    await session.handle(cmd.Submit(text))
    said = [e.text for e in load_events(engine, "s") if isinstance(e, ev.AnswerGiven)]
    assert said == [kept] == [well_formed(text)]
    assert replay(load_events(engine, "s")) == session.state
    engine.dispose()


# --- two writers -------------------------------------------------------------------------------------


def test_two_journals_on_one_session_the_second_append_is_refused(engine: sa.Engine) -> None:
    write(engine, "s")
    (one, state), (other, _) = Journal.open(engine, "s"), Journal.open(engine, "s")
    mine, theirs = ev.Paused(START + 1), ev.AnswerGiven("Late words.", START + 2)
    one.append([mine], replay([mine], state))
    with pytest.raises(UsageError, match="session s was continued elsewhere meanwhile"):
        other.append([theirs], replay([theirs], state), clears_draft=True)
    assert load_events(engine, "s") == [*EVENTS, mine]
    assert find_session(engine, "s").status == "paused"


def test_a_refused_append_clears_no_draft(engine: sa.Engine) -> None:
    write(engine, "s")
    (one, state), (other, _) = Journal.open(engine, "s"), Journal.open(engine, "s")
    one.save_draft("half a sent", START)
    event = ev.Paused(START)
    one.append([event], replay([event], state))
    with pytest.raises(UsageError):
        other.append([event], state, clears_draft=True)
    assert other.draft() == "half a sent"


def test_two_sessions_cannot_be_created_under_one_id(engine: sa.Engine) -> None:
    write(engine, "s")
    with pytest.raises(UsageError):
        Journal.create(engine, "s").append(EVENTS[:1], replay(EVENTS[:1]))
    assert load_events(engine, "s") == EVENTS


# --- drafts ------------------------------------------------------------------------------------------


def test_a_draft_is_kept_replaced_and_forgotten(url: str, engine: sa.Engine) -> None:
    journal = write(engine, "s")
    other = write(engine, "other")
    assert journal.draft() == ""
    for text in ("first", "second\n", ""):
        journal.save_draft(text, START)
        fresh = open_database(url)
        assert Journal.open(fresh, "s")[0].draft() == text
        fresh.dispose()
    assert other.draft() == ""


@pytest.mark.parametrize(("clears", "left"), [(True, ""), (False, "kept")])
def test_a_draft_is_cleared_with_the_answer_only(engine: sa.Engine, clears: bool, left: str) -> None:
    journal = write(engine, "s")
    journal.save_draft("kept", START)
    answer = ev.AnswerGiven("kept", START)
    journal.append([answer], replay([*EVENTS, answer]), clears_draft=clears)
    assert journal.draft() == left


def test_answer_and_draft_change_in_one_transaction(engine: sa.Engine, tmp_path: Path) -> None:
    """If clearing the draft fails, the answer is not in the journal either."""
    journal = write(engine, "s")
    journal.save_draft("kept", START)
    with closing(sqlite3.connect(tmp_path / "interviews.db")) as db, db:
        db.execute("CREATE TRIGGER stuck BEFORE DELETE ON drafts BEGIN SELECT RAISE(ABORT, 'stuck'); END")
    with pytest.raises(InterviewerError, match="stuck"):
        journal.append([ev.AnswerGiven("kept", START)], replay(EVENTS), clears_draft=True)
    assert load_events(engine, "s") == EVENTS
    assert journal.draft() == "kept"


# --- the list of sessions ----------------------------------------------------------------------------


def test_a_summary_follows_the_session(engine: sa.Engine) -> None:
    interview = Performer(PLAN)
    journal = Journal.create(engine, "s", model="openai/some-model")
    journal.append(interview.events, interview.state)
    seen = []
    for step in (cmd.AskHint(), cmd.Skip(), cmd.Pause(), cmd.Resume(), cmd.End()):
        written = len(interview.events)
        interview.clock.advance(10)
        interview.do(step)
        journal.append(interview.events[written:], interview.state)
        (summary,) = list_sessions(engine)
        seen.append((summary.status, summary.position, summary.updated_at - START))
    assert seen == [("open", 1, 10), ("open", 2, 20), ("paused", 2, 30), ("open", 2, 40), ("ended", 2, 50)]
    assert (summary.round, summary.title, summary.personas) == ("test-round", "Test round", ("ann", "bob"))
    assert (summary.questions, summary.model, summary.started_at) == (2, "openai/some-model", START)


def test_sessions_are_listed_last_used_first(engine: sa.Engine) -> None:
    for name, at in (("old", 1), ("new", 3), ("middle", 2)):
        write(engine, name, at=at)
    assert [s.id for s in list_sessions(engine)] == ["new", "middle", "old"]
    assert [s.id for s in list_sessions(engine, limit=2)] == ["new", "middle"]


@pytest.mark.parametrize(
    ("wanted", "unfinished", "found"),
    [
        (None, False, "hard-02-b"),
        (None, True, "hard-01-abd"),
        ("hard-01-abc", False, "hard-01-abc"),
        ("hard-02", False, "hard-02-b"),
        ("hard-01-ab", False, "hard-01-ab"),
        ("hard-01-abd", False, "hard-01-abd"),
        ("zzz", False, "no session `zzz`; `interviewer sessions` lists them"),
        ("hard-01", False, "`hard-01` fits 3 sessions; give more of the id"),
        ("HARD-02", False, "no session `HARD-02`; `interviewer sessions` lists them"),
        ("hard-%", False, "no session `hard-%`; `interviewer sessions` lists them"),
    ],
)
def test_a_session_is_found_by_the_beginning_of_its_id(
    engine: sa.Engine, wanted: str | None, unfinished: bool, found: str
) -> None:
    for at, name in enumerate(("hard-01-ab", "hard-01-abc", "hard-01-abd")):
        write(engine, name, at=at)
    over = [*EVENTS, ev.SessionEnded(early=False, at=START + 50)]
    Journal.create(engine, "hard-02-b").append(over, replay(over))
    try:
        result = find_session(engine, wanted, unfinished=unfinished).id
    except UsageError as error:
        result = str(error)
    assert result == found


@pytest.mark.parametrize(
    ("unfinished", "message"), [(False, "there is no session yet"), (True, "there is no unfinished session yet")]
)
def test_without_sessions_the_way_to_the_first_one_is_said(engine: sa.Engine, unfinished: bool, message: str) -> None:
    with pytest.raises(UsageError, match=f"{message}; begin one with `interviewer start ROUND`"):
        find_session(engine, None, unfinished=unfinished)
