"""The state of an interview as the fold of its events: `apply(state, event) -> state`. Pure and total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import reduce
from typing import Literal

from interviewer.content.models import Verdict
from interviewer.debrief import Debrief
from interviewer.engine import events as ev
from interviewer.engine.cues import Cue, Occasion
from interviewer.grade import Grade
from interviewer.plan import InterviewPlan, PlannedQuestion


class Phase(StrEnum):
    """Whose turn it is."""

    READY = "ready"
    SPEAKING = "speaking"
    LISTENING = "listening"
    ASSESSING = "assessing"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the transcript. `kind` is the occasion of an interviewer's line, the reading of a candidate's."""

    speaker: Literal["interviewer", "candidate"]
    kind: str
    text: str
    at: float
    persona: str | None = None
    question: int | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """All that was said about one question. `opened` and `closed` are in seconds of running interview clock.

    `declined` says that a model declined a follow-up since the last answer.
    """

    index: int
    opened: float
    part: str | None = None
    target: str | None = None
    parts_asked: tuple[str, ...] = ()
    probed: tuple[str, ...] = ()
    declined: bool = False
    answers: tuple[str, ...] = ()
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    offered: bool = False
    offer_stands: bool = False
    unknowns: int = 0
    hints: int = 0
    outcome: ev.Outcome | None = None
    closed: float | None = None
    grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class State:
    """One interview at one moment. `elapsed` is the running interview clock in seconds, pauses left out.

    `models` names the models that spoke so far, in the order of their first line. `cost_usd` is what all models took,
    None where the price of some of it is not known.
    """

    plan: InterviewPlan | None = None
    threads: tuple[Thread, ...] = ()
    turns: tuple[Turn, ...] = ()
    cues: tuple[Cue, ...] = ()
    unassessed: str | None = None
    said: dict[str, int] = field(default_factory=dict)
    warned: tuple[int, ...] = ()
    paused: bool = False
    ended: bool = False
    ended_early: bool = False
    started_at: float = 0.0
    last_at: float = 0.0
    elapsed: float = 0.0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost_usd: float | None = 0.0
    models: tuple[str, ...] = ()
    debrief: Debrief | None = None

    @property
    def phase(self) -> Phase:
        """Whose turn it is."""
        if self.plan is None:
            return Phase.READY
        if self.ended:
            return Phase.ENDED
        if self.paused:
            return Phase.PAUSED
        if self.unassessed is not None:
            return Phase.ASSESSING
        return Phase.SPEAKING if self.cues else Phase.LISTENING

    @property
    def thread(self) -> Thread | None:
        """The thread under way, if one is."""
        if self.threads and self.threads[-1].outcome is None:
            return self.threads[-1]
        return None

    @property
    def may_decline(self) -> bool:
        """Whether the line that is due may be declined: a follow-up, the first one since the last answer."""
        cued = bool(self.cues) and self.cues[0].occasion is Occasion.FOLLOW_UP
        return cued and self.thread is not None and not self.thread.declined

    def planned(self, index: int) -> PlannedQuestion:
        """The question at a position of the plan, from 0."""
        assert self.plan is not None
        return self.plan.questions[index]

    def sheet(self, turn: Turn) -> str:
        """What is handed out in writing with an interviewer's line: a coding problem where one is asked, or nothing."""
        if turn.question is None or turn.kind not in _HANDS_OUT:
            return ""
        problem = self.planned(turn.question).question.problem
        return problem.sheet if problem else ""

    def elapsed_at(self, now: float) -> float:
        """The interview clock at `now`, in seconds; it stands still while paused and after the end."""
        running = self.phase not in {Phase.READY, Phase.PAUSED, Phase.ENDED}
        return self.elapsed + max(0.0, now - self.last_at) if running else self.elapsed


def replay(events: Iterable[ev.Event], state: State | None = None) -> State:
    """The state after all of `events`."""
    return reduce(apply, events, state or State())


def apply(state: State, event: ev.Event) -> State:
    """The state after one more fact."""
    elapsed = state.elapsed if isinstance(event, ev.Resumed) else state.elapsed_at(event.at)
    state = replace(state, elapsed=elapsed, last_at=max(state.last_at, event.at))
    match event:
        case ev.SessionStarted(plan=plan, at=at):
            return replace(state, plan=plan, started_at=at)
        case ev.QuestionOpened(index=index):
            return replace(state, threads=(*state.threads, Thread(index, opened=elapsed)))
        case ev.LineCued(cue=cue):
            return _cued(state, cue)
        case ev.LineSpoken():
            return _spoken(state, event)
        case ev.FollowUpDeclined():
            return _spent(replace(_in_thread(state, declined=True), cues=state.cues[1:]), event, by_model=True)
        case ev.AnswerGiven(text=text, at=at):
            question = state.thread.index if state.thread else None
            turn = Turn("candidate", ev.Reading.ANSWER, text, at, question=question)
            return replace(state, turns=(*state.turns, turn), unassessed=text)
        case ev.AnswerAssessed():
            return _assessed(state, event)
        case ev.HintTaken(number=number):
            return _in_thread(state, hints=number)
        case ev.QuestionClosed(index=index, outcome=outcome):
            return _at(state, index, outcome=outcome, closed=elapsed)
        case ev.QuestionGraded(index=index, grade=grade):
            return _spent(_at(state, index, grade=grade), event, by_model=event.prompt_tokens > 0)
        case ev.DebriefWritten(debrief=debrief):
            return _spent(replace(state, debrief=debrief), event, by_model=event.prompt_tokens > 0)
        case ev.TimeWarned(minutes=minutes):
            return replace(state, warned=(*state.warned, minutes))
        case ev.Paused():
            return replace(state, paused=True)
        case ev.Resumed():
            return replace(state, paused=False)
        case ev.SessionEnded(early=early):
            return replace(state, ended=True, ended_early=early)


def _cued(state: State, cue: Cue) -> State:
    said = state.said
    if cue.lead:
        key = said_key(cue.persona, cue.lead)
        said = {**said, key: said.get(key, 0) + 1}
    state = replace(state, cues=(*state.cues, cue), said=said)
    if state.thread is None:
        return state
    if cue.occasion in _OFFERS:
        return _in_thread(state, offered=True, offer_stands=True)
    if cue.occasion in _MOVES_ON:
        state = _in_thread(state, offer_stands=False)
    return _asked(state, state.threads[-1], cue)


def _asked(state: State, thread: Thread, cue: Cue) -> State:
    if cue.occasion is Occasion.FOLLOW_UP and cue.target:
        return _in_thread(state, target=cue.target, probed=(*thread.probed, cue.target))
    if cue.occasion is Occasion.REQUIRED_FOLLOW_UP and cue.part:
        parts = (*thread.parts_asked, cue.part)
        return _in_thread(state, part=cue.part, target=None, parts_asked=parts, offered=False)
    return state


_OFFERS = {Occasion.UNKNOWN, Occasion.NO_HINT}
"""Lines that offer to move on; the offer stands until the interviewer goes on to something else."""

_HANDS_OUT = {Occasion.QUESTION, Occasion.REPEAT, Occasion.WELCOME_BACK}

_MOVES_ON = {Occasion.HINT, Occasion.FOLLOW_UP, Occasion.REQUIRED_FOLLOW_UP}


def _spoken(state: State, event: ev.LineSpoken) -> State:
    cue, rest = state.cues[0], state.cues[1:]
    turn = Turn("interviewer", cue.occasion, event.text, event.at, cue.persona, cue.question)
    known = event.speaker in {"scripted", *state.models}
    models = state.models if known else (*state.models, event.speaker)
    state = replace(state, cues=rest, turns=(*state.turns, turn), models=models)
    return _spent(state, event, by_model=event.speaker != "scripted" or event.prompt_tokens > 0)


def _spent(
    state: State,
    event: ev.LineSpoken | ev.FollowUpDeclined | ev.QuestionGraded | ev.DebriefWritten,
    by_model: bool,
) -> State:
    cost = event.cost_usd if by_model else 0.0
    return replace(
        state,
        prompt_tokens=state.prompt_tokens + event.prompt_tokens,
        completion_tokens=state.completion_tokens + event.completion_tokens,
        cost_usd=None if state.cost_usd is None or cost is None else state.cost_usd + cost,
    )


def _assessed(state: State, event: ev.AnswerAssessed) -> State:
    text, thread = state.unassessed, state.thread
    turns = state.turns
    if turns and turns[-1].kind != event.reading:
        turns = (*turns[:-1], replace(turns[-1], kind=event.reading))
    state = replace(state, unassessed=None, turns=turns)
    if text is None or thread is None:
        return state
    if event.reading is ev.Reading.UNKNOWN:
        return _in_thread(state, unknowns=thread.unknowns + 1)
    if event.reading is not ev.Reading.ANSWER:
        return state
    merged = dict(thread.verdicts)
    for point, verdict in event.verdicts.items():
        merged[point] = better(merged.get(point, Verdict.MISSED), verdict)
    return _in_thread(state, answers=(*thread.answers, text), verdicts=merged, declined=False)


def _in_thread(state: State, **changes: object) -> State:
    return _at(state, len(state.threads) - 1, **changes)


def _at(state: State, index: int, **changes: object) -> State:
    threads = list(state.threads)
    threads[index] = replace(threads[index], **changes)  # type: ignore[arg-type]
    return replace(state, threads=tuple(threads))


def said_key(persona: str, lead: str) -> str:
    """Under which a persona's used phrasings of an occasion are counted."""
    return f"{persona}/{lead}"


_ORDER = (Verdict.CANNOT_ASSESS, Verdict.MISSED, Verdict.PARTIAL, Verdict.MET)


def better(one: Verdict, other: Verdict) -> Verdict:
    """The more favourable of two verdicts on the same point."""
    return max(one, other, key=_ORDER.index)
