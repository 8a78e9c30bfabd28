"""`build`: from the state of a session to its report. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Literal

from interviewer.content.models import Verdict
from interviewer.engine.director import outcome_of
from interviewer.engine.events import Outcome
from interviewer.engine.state import Phase, State, Thread, Turn
from interviewer.errors import UsageError
from interviewer.grade import RULE, Criterion, FoundFlag, Grade
from interviewer.plan import PlannedQuestion
from interviewer.report.model import (
    DebriefClaim,
    DebriefReport,
    FoundMisconception,
    Interviewer,
    Line,
    Misconception,
    PointResult,
    QuestionReport,
    Report,
    Usage,
)
from interviewer.report.signal import overall


def build(session_id: str, state: State, *, model: str | None, agreement: str, notes: Sequence[str] = ()) -> Report:
    """The report of a session, finished or not.

    `model` names who phrased the interviewers' lines (None: the scripted interviewer), `agreement` says how far the
    grader agrees with people, `notes` why something is missing. A closed answer without a grade is reported without a
    level, and there is no signal then: complete the grades first.

    Raises:
        UsageError: the interview has not started.
    """
    plan = state.plan
    if plan is None:
        raise UsageError(f"session {session_id} has not started; there is nothing to report yet")
    threads = {t.index: t for t in state.threads}
    questions = [_question(state, i, p, threads.get(i)) for i, p in enumerate(plan.questions)]
    graders = dict.fromkeys(q.grader for q in questions if q.grader and q.grader != RULE)
    return Report(
        session=session_id,
        round=plan.round,
        kind=plan.kind,
        title=plan.title,
        personas=[p.id for p in plan.personas],
        interviewers=[Interviewer(id=p.id, name=p.name, role=p.role) for p in plan.personas],
        model=model,
        grader=", ".join(graders) or None,
        agreement=agreement,
        notes=list(notes),
        started=_utc(state.started_at),
        ended=_ended(state),
        status=_status(state),
        ended_early=state.ended_early,
        seconds=round(state.elapsed, 1),
        minutes=plan.minutes,
        questions=questions,
        frame=[_line(t) for t in state.turns if t.question is None],
        debrief=_debrief(state),
        overall=overall(questions, ended=state.ended),
        usage=Usage(
            prompt_tokens=state.prompt_tokens,
            completion_tokens=state.completion_tokens,
            cost_usd=state.cost_usd,
        ),
    )


def _debrief(state: State) -> DebriefReport | None:
    if state.debrief is None or not state.debrief.claims:
        return None
    claims = [DebriefClaim.model_validate(asdict(claim)) for claim in state.debrief.claims]
    return DebriefReport(author=state.debrief.author, claims=claims)


def _question(state: State, index: int, planned: PlannedQuestion, thread: Thread | None) -> QuestionReport:
    question = planned.question
    lines = [_line(t) for t in state.turns if t.question == index]
    outcome = _outcome(thread)
    grade = _grade(planned, thread, outcome)
    return QuestionReport(
        id=question.id,
        position=index + 1,
        kind=question.kind,
        topic=question.topic,
        ask=planned.ask,
        intent=planned.intent,
        outcome=outcome,
        open=thread is not None and thread.outcome is None,
        thread=lines,
        level=grade.level if grade else None,
        score=grade.score if grade else None,
        grader=grade.grader if grade else None,
        remarks=list(grade.remarks) if grade else [],
        capped=grade.capped if grade else None,
        hints=thread.hints if thread else 0,
        seconds=_seconds(state, thread),
        minutes=question.minutes,
        criteria=[_point(c) for c in grade.criteria] if grade else [],
        red_flags=[Misconception(claim=f.claim, correction=f.correction) for f in question.red_flags],
        found_red_flags=[_made(f) for f in grade.red_flags] if grade else [],
        confidence=grade.confidence if grade else None,
        range=grade.range if grade else None,
        levels=question.levels.model_dump() if question.levels else None,
        problem=question.problem.sheet if question.problem else None,
        target=f"time {question.problem.time}, space {question.problem.space}" if question.problem else None,
        model_answer=question.model_answer,
        study=list(question.study),
    )


def _outcome(thread: Thread | None) -> Outcome:
    """How the question went; one that is still open without a word from the candidate was not reached."""
    if thread is None:
        return Outcome.NOT_REACHED
    return thread.outcome or outcome_of(thread, otherwise=Outcome.NOT_REACHED)


def _grade(planned: PlannedQuestion, thread: Thread | None, outcome: Outcome) -> Grade | None:
    """The thread's grade; for a skipped question the one that the rule gives: nothing met, level 1.

    A question without a rubric has nothing that could be missed: skipping it gives no level either.
    """
    if thread is None or outcome is Outcome.NOT_REACHED:
        return None
    if thread.grade or outcome is not Outcome.SKIPPED:
        return thread.grade
    missed = (
        Criterion(p.id, p.point, p.weight, Verdict.MISSED, essential=p.essential) for p in planned.question.rubric
    )
    return Grade(1, 0.0, RULE, tuple(missed)) if planned.question.rubric else Grade(None, None, RULE, ())


def _point(criterion: Criterion) -> PointResult:
    return PointResult(
        id=criterion.id,
        point=criterion.point,
        weight=criterion.weight,
        essential=criterion.essential,
        verdict=criterion.verdict,
        evidence=list(criterion.evidence),
        confidence=criterion.confidence,
    )


def _made(flag: FoundFlag) -> FoundMisconception:
    return FoundMisconception(
        claim=flag.claim, correction=flag.correction, evidence=list(flag.evidence), confidence=flag.confidence
    )


def _seconds(state: State, thread: Thread | None) -> float:
    if thread is None:
        return 0.0
    return round((state.elapsed if thread.closed is None else thread.closed) - thread.opened, 1)


def _line(turn: Turn) -> Line:
    return Line(speaker=turn.speaker, persona=turn.persona, kind=str(turn.kind), text=turn.text, at=_utc(turn.at))


def _status(state: State) -> Literal["open", "paused", "ended"]:
    if state.ended:
        return "ended"
    return "paused" if state.phase is Phase.PAUSED else "open"


def _ended(state: State) -> str | None:
    """When the last word was said; grades may come in later."""
    if not state.ended:
        return None
    return _utc(state.turns[-1].at if state.turns else state.last_at)


def _utc(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
