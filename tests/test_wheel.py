"""The wheel brings all that the program needs: content, templates, migrations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
PATIENCE = 120.0

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files, built without isolation: nothing is fetched."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, timeout=PATIENCE)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(place / "unpacked")
    return place / "unpacked"


@pytest.fixture
def run(unpacked: Path, tmp_path: Path) -> Callable[..., str]:
    """A command of the unpacked program, far from the repository."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("INTERVIEWER_")}
    variables = {**kept, "PYTHONPATH": str(unpacked), "INTERVIEWER_HOME": str(tmp_path / "home")}

    def call(*words: str, typed: str = "", start: tuple[str, ...] = ("-m", "interviewer")) -> str:
        done = subprocess.run(
            [sys.executable, *start, *words],
            cwd=tmp_path,
            env=variables,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return done.stdout

    return call


def test_it_is_the_wheel_that_runs(run: Callable[..., str], unpacked: Path) -> None:
    assert Path(run(start=("-c", "import interviewer; print(interviewer.__file__)")).strip()).is_relative_to(unpacked)


def test_the_rounds_are_inside(run: Callable[..., str]) -> None:
    rounds = json.loads(run("rounds", "--json"))
    assert len(rounds) == 13
    assert sum(len(r["questions"]) for r in rounds) == 107


def test_the_personas_are_inside(run: Callable[..., str]) -> None:
    assert len(json.loads(run("personas", "--json"))) == 10


def test_every_file_of_the_checkout_is_inside(unpacked: Path) -> None:
    for folder, inside in (
        ("interviewer", "interviewer"),
        ("personas", "interviewer/data/personas"),
        ("question_bank", "interviewer/data/question_bank"),
    ):
        here = {p.relative_to(REPOSITORY / folder) for p in (REPOSITORY / folder).rglob("*") if _belongs(p)}
        there = {p.relative_to(unpacked / inside) for p in (unpacked / inside).rglob("*") if p.is_file()}
        assert here <= there


@pytest.mark.parametrize("format_", ["md", "html", "json"])
def test_an_interview_and_its_report_work(run: Callable[..., str], format_: str) -> None:
    heard = run("start", "hard-05", "--plain", typed="I look after servers.\n\n/end\n")
    assert "-- The interview is over." in heard
    assert "I look after servers" in run("report", "--format", format_)


def test_the_app_has_its_style_sheet(run: Callable[..., str]) -> None:
    code = (
        "import interviewer.tui.app as a, pathlib; print((pathlib.Path(a.__file__).parent / 'app.tcss').stat().st_size)"
    )
    assert int(run(start=("-c", code))) > 0


def _belongs(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
