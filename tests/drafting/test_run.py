"""Drafting the questions of a bank: which ones, what is told, when it stops."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.content.bank import Bank
from interviewer.content.check import check
from interviewer.content.models import Status
from interviewer.drafting.run import choose, draft_all
from interviewer.errors import InterviewerError, UsageError
from interviewer.llm.faults import Fault, ModelError
from tests.drafting.stage import SKELETON, gateway, make_bank, proposal, stub
from tests.drafting.test_draft import leaking


def test_without_names_all_that_nobody_accepted(tmp_path: Path) -> None:
    assert [q.id for q in choose(make_bank(tmp_path), [])] == ["grows"]


def test_an_accepted_question_is_not_drafted_over(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"done\.yaml: is accepted; write `status: draft` into it"):
        choose(make_bank(tmp_path), ["grows", "done"])


def test_a_question_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no question `nowhere`"):
        choose(make_bank(tmp_path), ["nowhere"])


async def test_a_draft_is_written_and_waits_for_a_person(tmp_path: Path) -> None:
    bank, told = make_bank(tmp_path), []
    done = await draft_all(bank, choose(bank, []), gateway(stub(proposal())), told.append)
    assert (done.drafted, done.failed, done.usage.completion_tokens) == (1, 0, 200)
    path = bank.question_file("grows")
    assert told == [f"{path}: drafted intent, rubric, red_flags, levels, hints, clarifications, samples, model_answer"]
    question = Bank(tmp_path, tmp_path / "personas").question("grows")
    assert (question.status, len(question.rubric), question.minutes) == (Status.DRAFT, 4, 7)
    (finding,) = [f for f in check(tmp_path, tmp_path / "personas").findings if f.path == path]
    assert "still a draft: read it and mend what is wrong, then remove this line" in finding.text
    path.write_text("".join(line for line in path.open() if not line.startswith("status")))
    assert Bank(tmp_path, tmp_path / "personas").question("grows").status is Status.ACCEPTED


async def test_what_the_rules_still_have_against_it_is_told_with_its_line(tmp_path: Path) -> None:
    bank, told = make_bank(tmp_path), []
    await draft_all(bank, choose(bank, []), gateway(stub(leaking(), leaking())), told.append)
    path = bank.question_file("grows")
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "Is it amber oak?" in text)
    assert told[1:] == [f"{path}:{line}: the probe gives away `amber oak`; ask without it"]


async def test_a_proposal_that_fits_no_question_leaves_the_file_alone(tmp_path: Path) -> None:
    bank, told = make_bank(tmp_path), []
    wrong = proposal()
    wrong["samples"][0]["points"][0]["point"] = "elm"
    done = await draft_all(bank, choose(bank, []), gateway(stub(wrong, wrong)), told.append)
    assert (done.drafted, done.failed) == (0, 1)
    assert "no draft: what came does not fit" in told[0]
    assert bank.question_file("grows").read_text() == SKELETON


async def test_one_bad_answer_does_not_stop_the_others(tmp_path: Path) -> None:
    bank, told = make_bank(tmp_path), []
    make_bank(tmp_path, question_id="second")
    model = stub("No.", "No.", proposal())
    done = await draft_all(bank, choose(bank, ["grows", "second"]), gateway(model), told.append)
    assert (done.drafted, done.failed) == (1, 1)
    assert "no draft: stub did not answer in the form it was asked for" in told[0]


async def test_a_model_out_of_reach_stops_it_and_keeps_what_is_done(tmp_path: Path) -> None:
    bank = make_bank(tmp_path)
    make_bank(tmp_path, question_id="second")
    model = stub(proposal(), ModelError("The key is wrong: check it.", Fault.KEY))
    with pytest.raises(InterviewerError, match=r"1 drafted, then stopped at `second`: The key is wrong: check it\."):
        await draft_all(bank, choose(bank, ["grows", "second"]), gateway(model), lambda _: None)
    assert "status: draft" in bank.question_file("grows").read_text()
    assert bank.question_file("second").read_text() == SKELETON
