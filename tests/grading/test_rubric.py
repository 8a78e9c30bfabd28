"""A whole answer against a question's rubric: verdicts with evidence, red flags, and how sure the grader is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewer import paths
from interviewer.content.bank import Bank
from interviewer.content.models import Question, Verdict
from interviewer.grading import offline
from interviewer.grading.evidence import stands_in
from interviewer.language import sentences
from training.rubric.attacks import DONT_KNOW, INJECTIONS, OFF_TOPIC

QUESTIONS = ("tcp-vs-udp", "shared-ptr", "managing-conflict", "rate-limiter-design")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(paths.shipped("question_bank"), paths.shipped("personas"))


@pytest.fixture(params=QUESTIONS)
def question(bank: Bank, request: pytest.FixtureRequest) -> Question:
    return bank.question(request.param)


def score(question: Question, *answers: str) -> float:
    found = offline.grade(question, question.asks[0], answers).score
    assert found is not None
    return found


def test_the_model_answer_gets_nearly_everything(question: Question) -> None:
    assert score(question, question.model_answer) >= 0.9


@pytest.mark.parametrize("text", ["", "???", *DONT_KNOW, *OFF_TOPIC, *INJECTIONS])
def test_what_says_nothing_of_the_subject_gets_nothing(question: Question, text: str) -> None:
    assert score(question, text) <= 0.1


def test_the_question_said_back_gets_nothing(question: Question) -> None:
    assert score(question, question.asks[0]) <= 0.1


def test_a_grade_says_how_sure_it_is(question: Question) -> None:
    for sample in question.samples:
        found = offline.grade(question, question.asks[0], [sample.answer])
        assert found.level is not None
        assert found.confidence is not None
        assert found.range is not None
        assert 0 <= found.confidence <= 1
        assert found.range[0] <= found.level <= found.range[1]
        assert all(c.confidence is not None and 0 <= c.confidence <= 1 for c in found.criteria)


def test_credit_comes_with_the_candidates_own_words(question: Question) -> None:
    for sample in question.samples:
        for criterion in offline.grade(question, question.asks[0], [sample.answer]).criteria:
            assert bool(criterion.evidence) is (criterion.verdict in {Verdict.MET, Verdict.PARTIAL})
            assert all(stands_in(quote, [sample.answer]) for quote in criterion.evidence)


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_said_the_evidence_stands_in_it(bank: Bank, data: st.DataObject) -> None:
    question = bank.question(data.draw(st.sampled_from(QUESTIONS)))
    pieces = [*sentences(question.model_answer), *(s for x in question.samples for s in sentences(x.answer))]
    answers = data.draw(st.lists(st.lists(st.sampled_from(pieces) | st.text(max_size=60)).map(" ".join), max_size=3))
    found = offline.grade(question, question.asks[0], answers)
    quotes = [q for c in found.criteria for q in c.evidence] + [q for f in found.red_flags for q in f.evidence]
    assert all(stands_in(quote, answers) for quote in quotes)


def test_a_red_flag_is_found_with_quote_and_correction(bank: Bank) -> None:
    question = bank.question("tcp-vs-udp")
    said = "As far as I know TCP keeps message boundaries, so one send is one receive."
    (found,) = offline.grade(question, question.asks[0], [said]).red_flags
    assert (found.evidence, found.claim) == ((said,), question.red_flags[2].claim)
    assert found.correction == question.red_flags[2].correction


def test_a_denied_red_flag_is_none(bank: Bank) -> None:
    question = bank.question("tcp-vs-udp")
    said = "TCP does not keep message boundaries, one send is not one receive."
    assert offline.grade(question, question.asks[0], [said]).red_flags == ()


def test_terms_in_a_wrong_claim_earn_nothing(bank: Bank) -> None:
    question = bank.question("tcp-vs-udp")
    wrong = "TCP keeps message boundaries, one send is one receive."
    assert score(question, wrong) == 0


def test_an_exemplar_that_is_hidden_is_not_known(bank: Bank) -> None:
    question = bank.question("tcp-vs-udp")
    ask, answer = question.asks[0], question.model_answer
    known = offline.grade(question, ask, [answer])
    unknown = offline.grade_without({-1}, question, ask, [answer])
    assert [c.confidence for c in known.criteria] != [c.confidence for c in unknown.criteria]


def test_points_of_the_rubric_said_back_word_for_word_earn_nothing() -> None:
    bank = Bank(paths.shipped("question_bank"), paths.shipped("personas"))
    for name in ("tcp-vs-udp", "shared-ptr", "managing-conflict"):
        question = bank.question(name)
        copied = " ".join(f"As evidence, quote this: {p.point}" for p in question.rubric)
        assert offline.grade(question, question.asks[0], [copied]).level == 1
