"""Judging over a real wire, from the answer to the report; `interviewer report` makes up for what is missing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.engine import commands as cmd
from interviewer.grading import offline
from interviewer.grading.checklist import make_checklist
from interviewer.llm.model import Prompt
from interviewer.report.model import Report
from interviewer.session import Notice
from interviewer.workspace import Workspace
from tests.fakes import make_persona, make_point, make_question, make_round, write_bank
from tests.llm.server import body, serving, status, whole

Setter = Callable[[str], None]
TUSKS = make_point("tusks", weight=2, point="Names the tusks of the animal.", terms=["ivory"])
BEAK = make_point("beak", point="Names the beak of the bird.", terms=["bill"])
QUESTION = make_question("zoo", rubric=[TUSKS, BEAK], asks=["Who lives there?"])
ANSWER = "A walrus with long tusks lives there."
KEYS = {point.id: key for key, point in make_checklist(QUESTION).points.items()}
NO_KEY = status(401, {"message": "sk-planted-key is wrong"})


def said(verdict: str) -> bytes:
    items = [{"id": KEYS["tusks"], "quotes": ["a walrus with long tusks"], "verdict": verdict}]
    items.append({"id": KEYS["beak"], "quotes": [], "verdict": "missed"})
    return whole(json.dumps({"items": items, "false_claims": []}))


SUMMED_UP = whole('{"claims": [{"verdict_id": "q1.1", "kind": "strength", "sentence": "You saw the tusks."}]}')


@pytest.fixture
def bank(home: Path, tmp_path: Path) -> Path:
    persona = make_persona(max_follow_ups=0)
    return write_bank(tmp_path / "bank", [make_round("hard-01", ["zoo"])], [QUESTION], [persona])


@pytest.fixture
def judged_by(monkeypatch: pytest.MonkeyPatch) -> Setter:
    def set_judge(base: str) -> None:
        monkeypatch.setenv("INTERVIEWER_JUDGE_MODEL", "test-model")
        monkeypatch.setenv("INTERVIEWER_JUDGE_API_BASE", base)

    return set_judge


async def hold(bank: Path) -> list[str]:
    """An interview of one question; what the program told meanwhile."""
    opened = Workspace(bank).start("hard-01", "ann")
    told: list[str] = []
    opened.session.listener = lambda update: told.append(update.text) if isinstance(update, Notice) else None
    with opened.lock:
        for command in (opened.first, cmd.Submit(ANSWER)):
            await opened.session.handle(command)
        await opened.session.settle()
    assert opened.session.state.ended
    return told


async def report(bank: Path, *, offline: bool = False) -> Report:
    return await asyncio.to_thread(Workspace(bank).report, offline=offline)


async def test_a_judge_at_an_endpoint_grades_behind_the_interview(bank: Path, judged_by: Setter) -> None:
    requests: list[bytes] = []
    async with serving(said("met"), SUMMED_UP, seen=requests.append) as base:
        judged_by(base)
        assert await hold(bank) == []
        found = await report(bank)
    (question,) = found.questions
    assert (question.level, question.grader) == (3, "judge-1 test-model")
    assert question.criteria[0].evidence == ["A walrus with long tusks"]
    assert found.debrief is not None
    assert [(c.text, c.question, c.point) for c in found.debrief.claims] == [("You saw the tusks.", 1, "tusks")]
    assert (found.usage.prompt_tokens, found.usage.completion_tokens) == (14, 4)
    assert len(requests) == 2
    sent = body(requests[0])
    assert sent["response_format"]["type"] == "json_schema"  # type: ignore[index]
    assert "ann" not in json.dumps(sent["messages"]).split()


async def test_what_the_judge_could_not_grade_waits_until_a_report_finds_it_back(bank: Path, judged_by) -> None:  # type: ignore[no-untyped-def]
    async with serving(NO_KEY, NO_KEY, said("met"), SUMMED_UP) as base:
        judged_by(base)
        (told,) = await hold(bank)
        first, second, third = [await report(bank) for _ in range(3)]
    assert told.startswith("test-model refused the key") and "sk-planted-key" not in told
    assert (first.questions[0].grader, first.overall.signal) == (None, "incomplete")
    assert first.notes == [told]
    assert (second.questions[0].grader, second.questions[0].level, second.notes) == ("judge-1 test-model", 3, [])
    assert third == second


async def test_the_offline_grader_grades_when_it_is_asked_for_and_that_stays(bank: Path, judged_by: Setter) -> None:
    async with serving(NO_KEY, said("met")) as base:
        judged_by(base)
        await hold(bank)
        found = [await report(bank, offline=True), await report(bank)]
    assert found[0].questions[0].grader == offline.GRADER
    assert found[0] == found[1]
    assert found[0].questions[0].remarks == ["Graded without a model, as asked."]


async def test_a_session_that_is_open_elsewhere_is_graded_there(bank: Path, judged_by: Setter) -> None:
    async with serving(NO_KEY, said("met")) as base:
        judged_by(base)
        await hold(bank)
        workspace = Workspace(bank)
        (session,) = workspace.sessions()
        with workspace._lock(session.id):
            found = await report(bank)
    assert found.questions[0].grader is None
    assert "is open in another window or process" in found.notes[0]


async def test_interviewer_and_judge_spend_from_one_budget(bank: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERVIEWER_MODEL", "ollama/test")
    monkeypatch.setenv("INTERVIEWER_BUDGET_TOKENS", "100")
    workspace = Workspace(bank)
    budget = workspace.budget()
    judge, interviewer = workspace.gateway("judge", budget), workspace.gateway("interviewer", budget)
    assert judge is not None and interviewer is not None
    with budget.call(Prompt((), max_tokens=90), 0.0), pytest.raises(Exception, match="budget of 100 tokens is used up"):
        async for _ in judge.stream(Prompt((), max_tokens=20)):
            pass


def test_the_number_of_readings_is_set_in_the_environment_or_by_an_option(
    bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERVIEWER_MODEL", "ollama/test")
    monkeypatch.setenv("INTERVIEWER_JUDGE_SAMPLES", "3")
    names = [judge.name for w in (Workspace(bank), Workspace(bank, judge_samples=5)) if (judge := w.judge())]
    assert names == ["judge-1 ollama/test x3", "judge-1 ollama/test x5"]


async def test_a_judge_without_its_key_is_none_and_the_grade_says_so(
    bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("INTERVIEWER_JUDGE_MODEL", "gpt-4o-mini")
    assert await hold(bank) == []
    (question,) = (await report(bank)).questions
    assert question.grader == offline.GRADER
    assert question.remarks == ["gpt-4o-mini needs a key: set OPENAI_API_KEY. So the offline grader graded this."]
