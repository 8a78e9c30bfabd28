"""`interviewer bank draft` as people use it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.cli.main import run_command_line
from interviewer.llm import gateway as gateway_module
from tests.drafting.stage import SKELETON, make_bank, proposal, stub
from tests.fakes import StubModel

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A command in this process: status, standard output, standard error."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        status = run_command_line([str(a) for a in arguments])
        done = capsys.readouterr()
        return status, done.out, done.err

    return call


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bank(tmp_path_factory.mktemp("bank")).root


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[[StubModel], None]:
    """Whatever model is asked for, this one answers."""
    return lambda model: monkeypatch.setattr(gateway_module, "open_adapter", lambda _: model)


def test_without_a_model_it_says_what_to_set(run: Run, root: Path) -> None:
    status, out, err = run("bank", "draft", root)
    assert (status, out) == (2, "")
    assert err == (
        "interviewer: no model is set; name one with --model or INTERVIEWER_MODEL, see docs/configure-a-model.md\n"
    )


def test_without_a_key_it_says_so_before_it_reads_anything(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    status, _, err = run("bank", "draft", root, "--model", "openai/gpt-4o-mini")
    assert (status, err.count("\n")) == (2, 1)
    assert "OPENAI_API_KEY" in err


def test_a_draft_and_what_it_took(run: Run, root: Path, answers: Callable[[StubModel], None]) -> None:
    answers(stub(proposal()))
    status, out, err = run("bank", "draft", root, "grows", "--model", "ollama/stub")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1].startswith("1 drafted, 0 without a draft; 300 tokens")
    rows = json.loads(run("questions", "--json", "--bank", root)[1])
    assert {row["id"]: (row["status"], len(row["rubric"])) for row in rows}["grows"] == ("draft", 4)


def test_a_model_that_cannot_is_a_failure(run: Run, root: Path, answers: Callable[[StubModel], None]) -> None:
    answers(stub("No.", "No."))
    status, out, err = run("bank", "draft", root, "--model", "ollama/stub")
    assert status == 1
    assert "no draft: stub did not answer in the form it was asked for" in out
    assert err == "interviewer: 1 question(s) got no draft; see the lines above\n"
    assert (root / "questions" / "garden" / "grows.yaml").read_text() == SKELETON


@pytest.mark.parametrize(
    ("wanted", "message"), [("nowhere", "no question `nowhere`"), ("done", "done.yaml: is accepted")]
)
def test_questions_that_cannot_be_meant(
    run: Run, root: Path, answers: Callable[[StubModel], None], wanted: str, message: str
) -> None:
    model = stub()
    answers(model)
    status, _, err = run("bank", "draft", root, wanted, "--model", "ollama/stub")
    assert (status, err.count("\n"), model.prompts) == (2, 1, [])
    assert message in err
