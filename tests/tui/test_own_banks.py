"""The person's own banks on the home screen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from interviewer.content import yaml
from interviewer.tui.app import InterviewApp
from tests.fakes import make_persona, make_question, make_round, write_bank
from tests.tui.stage import Stage, on_stage


@pytest.fixture
def team(place: Path) -> Path:
    """An own bank whose round has the id of a shipped one and whose interviewer ships with nobody."""
    question = make_question("caches", asks=["What is a cache for?"])
    people = [make_persona("eva", max_follow_ups=0)]
    return write_bank(place / "banks" / "team", [make_round("hard-01", ["caches"], ["eva"])], [question], people)


async def listed(stage: Stage, heading: str = "Rounds of your own bank team") -> None:
    await stage.home()
    await stage.until(lambda: heading in stage.choices, heading)


async def go_to(stage: Stage, option: str) -> None:
    while stage.cursor != option:
        await stage.press("down")


async def test_rounds_of_an_own_bank_stand_below_the_shipped_ones(team: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        await listed(stage)
        headings = [c for c in stage.choices if not c.startswith((" ", "hard", "soft"))]
        assert headings[:2] == ["Rounds", "Rounds of your own bank team"]
        assert stage.cursor == "round:hard-01"
        await go_to(stage, "round:team/hard-01")
        await stage.shows("1 question in about 60 minutes, asked by Eva, eva role.")


async def test_a_picked_round_asks_what_the_own_bank_says(team: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        await listed(stage)
        await go_to(stage, "round:team/hard-01")
        await stage.press("enter")
        await stage.interview()
        await stage.shows("What is a cache for?")


async def test_one_that_is_gone_when_its_round_is_picked(team: Path) -> None:
    async with on_stage(InterviewApp()) as stage:
        await listed(stage)
        await go_to(stage, "round:team/hard-01")
        shutil.rmtree(team)
        await stage.press("enter")
        await stage.until(lambda: stage.toasts)
        assert stage.toasts[0].startswith("no bank `team`: you have none of your own;")


async def test_the_next_start_reads_no_bank(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with on_stage(InterviewApp()) as stage:
        await listed(stage)

    def refuse(*_: object) -> None:
        raise AssertionError("a bank was read")

    monkeypatch.setattr(yaml, "read_bytes", refuse)
    async with on_stage(InterviewApp()) as stage:
        await listed(stage)


async def test_a_broken_one_is_said_and_the_others_are_listed(team: Path, place: Path) -> None:
    broken = place / "banks" / "a[b]roken" / "rounds" / "x.yaml"
    broken.parent.mkdir(parents=True)
    broken.write_text("kind: [", encoding="utf-8")
    async with on_stage(InterviewApp()) as stage:
        await listed(stage)
        await stage.until(lambda: stage.toasts)
        assert "x.yaml:2: not valid YAML" in stage.toasts[0]
        assert "Rounds" in stage.choices


async def test_another_bank_is_listed_alone(team: Path) -> None:
    async with on_stage(InterviewApp(bank_dir=team)) as stage:
        await stage.home()
        assert [c for c in stage.choices if "own bank" in c] == []
        await stage.shows("asked by Eva")
