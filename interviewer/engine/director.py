"""How an interview moves on: which line is due after what the candidate said. Pure."""

from __future__ import annotations

from interviewer.content.models import RubricPoint, Verdict
from interviewer.engine import events as ev
from interviewer.engine.cues import Cue, Occasion
from interviewer.engine.reading import find_clarification
from interviewer.engine.state import State, Thread, apply, replay, said_key
from interviewer.plan import InterviewPlan


def opening(plan: InterviewPlan, now: float) -> tuple[ev.Event, ...]:
    """Greeting and first question."""
    started = ev.SessionStarted(plan, now)
    state = apply(State(), started)
    greeting = ev.LineCued(_cue(state, plan.questions[0].persona, Occasion.GREETING, lead="greeting"), now)
    return (started, greeting, *_open_question(apply(state, greeting), 0, None, now))


def react(state: State, assessed: ev.AnswerAssessed, now: float) -> tuple[ev.Event, ...]:
    """What follows words that were just read and assessed."""
    before, state = state, apply(state, assessed) if state.unassessed is not None else state
    thread = state.thread
    if thread is None:
        return ()
    match assessed.reading:
        case ev.Reading.CLARIFICATION:
            return (_clarify(state, thread, before.unassessed or "", now),)
        case ev.Reading.ASKS_HINT:
            return _hint(state, thread, now)
        case ev.Reading.ASKS_REPEAT:
            return (cue_line(state, Occasion.REPEAT, now, lead="repeat"),)
        case ev.Reading.SKIPS:
            return advance(state, now, skipped=True)
        case ev.Reading.MOVES_ON:
            return _next_part(state, thread, now)
        case ev.Reading.UNKNOWN:
            return _unknown(state, thread, now)
        case ev.Reading.ANSWER:
            return follow_up(state, thread, now)


def follow_up(state: State, thread: Thread, now: float) -> tuple[ev.Event, ...]:
    """A question about the largest gap that may still be asked about; without one they go on."""
    target = _largest_gap(state, thread, now)
    if target is None:
        return _next_part(state, thread, now)
    return (cue_line(state, Occasion.FOLLOW_UP, now, target=target.id, lead="probe"),)


def _unknown(state: State, thread: Thread, now: float) -> tuple[ev.Event, ...]:
    """To the question itself: offer a hint. To a probe: one other probe is fair, after that they go on."""
    if not thread.offered and thread.target is None:
        return (cue_line(state, Occasion.UNKNOWN, now, lead="unknown"),)
    return follow_up(state, thread, now) if thread.unknowns == 1 else _next_part(state, thread, now)


def advance(state: State, now: float, *, skipped: bool = False) -> tuple[ev.Event, ...]:
    """Close the question under way and open the next one, or close the interview."""
    thread, plan = state.thread, state.plan
    if thread is None or plan is None:
        return ()
    outcome = outcome_of(thread)
    closed = ev.QuestionClosed(thread.index, outcome, now)
    state = apply(state, closed)
    index = thread.index + 1
    if index == len(plan.questions):
        asker = plan.questions[0].persona
        return (closed, ev.LineCued(_cue(state, asker, Occasion.CLOSING, lead="closing"), now))
    lead = "skip" if skipped else "transition"
    return (closed, *_open_question(state, index, lead, now))


def outcome_of(thread: Thread, otherwise: ev.Outcome = ev.Outcome.SKIPPED) -> ev.Outcome:
    """Saying that one doesn't know is an answer; saying nothing is not."""
    return ev.Outcome.ANSWERED if thread.answers or thread.unknowns else otherwise


def cue_line(
    state: State,
    occasion: Occasion,
    now: float,
    *,
    lead: str | None = None,
    target: str | None = None,
    part: str | None = None,
    item: int | None = None,
) -> ev.LineCued:
    """Cue a line of the persona who asked the question under way."""
    thread = state.thread
    index = thread.index if thread else None
    persona = state.planned(index or 0).persona
    if occasion in {Occasion.EARLY_CLOSING, Occasion.CLOSING}:
        index = None
    part = part or (thread.part if thread else None)
    target = target or (thread.target if thread else None)
    return ev.LineCued(_cue(state, persona, occasion, index, part, target, item, lead), now)


def _cue(
    state: State,
    persona: str,
    occasion: Occasion,
    question: int | None = None,
    part: str | None = None,
    target: str | None = None,
    item: int | None = None,
    lead: str | None = None,
) -> Cue:
    variant = state.said.get(said_key(persona, lead), 0) if lead else 0
    return Cue(occasion, persona, question, part, target, item, lead, variant)


def _open_question(state: State, index: int, lead: str | None, now: float) -> tuple[ev.Event, ...]:
    asker = state.planned(index).persona
    opened: list[ev.Event] = [ev.QuestionOpened(index, now)]
    if index and not _has_spoken(state, asker):
        opened.append(ev.LineCued(_cue(state, asker, Occasion.INTRODUCTION, index, lead="introduction"), now))
        lead = None
    state = replay(opened, state)
    opened.append(ev.LineCued(_cue(state, asker, Occasion.QUESTION, index, lead=lead), now))
    return tuple(opened)


def _has_spoken(state: State, persona: str) -> bool:
    return any(t.persona == persona for t in state.turns) or any(c.persona == persona for c in state.cues)


def _clarify(state: State, thread: Thread, text: str, now: float) -> ev.LineCued:
    fact = find_clarification(state.planned(thread.index).question, text)
    if fact is None:
        return cue_line(state, Occasion.NO_CLARIFICATION, now, lead="no_clarification")
    return cue_line(state, Occasion.CLARIFICATION, now, item=fact, lead="clarification")


def _hint(state: State, thread: Thread, now: float) -> tuple[ev.Event, ...]:
    if thread.hints >= len(state.planned(thread.index).question.hints):
        return (cue_line(state, Occasion.NO_HINT, now, lead="no_hint"),)
    taken = ev.HintTaken(thread.hints + 1, now)
    return (taken, cue_line(state, Occasion.HINT, now, item=thread.hints, lead="hint"))


def _next_part(state: State, thread: Thread, now: float) -> tuple[ev.Event, ...]:
    for follow_up in state.planned(thread.index).question.follow_ups:
        if follow_up.id not in thread.parts_asked:
            cue = _cue(
                state,
                state.planned(thread.index).persona,
                Occasion.REQUIRED_FOLLOW_UP,
                thread.index,
                part=follow_up.id,
            )
            return (ev.LineCued(cue, now),)
    return advance(state, now)


def _largest_gap(state: State, thread: Thread, now: float) -> RubricPoint | None:
    """The weightiest uncovered point that may still be asked about; None when persona or time says go on.

    Running over the question's own minutes, or over the round's, ends the adaptive follow-ups. The required ones
    are always asked.
    """
    plan = state.plan
    assert plan is not None
    planned = state.planned(thread.index)
    elapsed = state.elapsed_at(now)
    if len(thread.probed) >= plan.persona(planned.persona).max_follow_ups:
        return None
    if elapsed - thread.opened >= planned.question.minutes * 60 or elapsed >= plan.minutes * 60:
        return None
    gaps = [
        p
        for p in planned.question.rubric
        if p.part == thread.part
        and p.id not in thread.probed
        and thread.verdicts.get(p.id, Verdict.MISSED) is not Verdict.MET
    ]
    missed_first = [(p.essential, p.weight, thread.verdicts.get(p.id) is not Verdict.PARTIAL, p) for p in gaps]
    return max(missed_first, key=lambda gap: gap[:3], default=(0, 0, 0, None))[3]
