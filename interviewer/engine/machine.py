"""What happens next: `decide(state, command, now) -> events`, and `effects(state)`: what the outside has to do.

Effects follow from the state alone, so an interview that was killed goes on exactly where its journal ends.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine.cues import Cue, Occasion
from interviewer.engine.director import cue_line, follow_up, opening, outcome_of, react
from interviewer.engine.reading import find_clarification, read, well_formed
from interviewer.engine.state import Phase, State, apply

WARN_MINUTES = 5


class Refused(Exception):
    """The command makes no sense now; the message says why, to the candidate."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Put the cue into words and report `Spoken`, or `Declined` where the state allows it."""

    cue: Cue


@dataclass(frozen=True, slots=True)
class Assess:
    """Say how far the text covers each rubric point of the question and report `Assessed`."""

    index: int
    text: str


@dataclass(frozen=True, slots=True)
class Grade:
    """Grade the closed thread and report `Graded`. May run behind everything else."""

    index: int


Effect = Speak | Assess | Grade


def effects(state: State) -> tuple[Effect, ...]:
    """What the state waits for: at most one Speak or Assess, and a Grade for each closed ungraded thread."""
    waiting: list[Effect] = []
    if state.phase is Phase.SPEAKING:
        waiting.append(Speak(state.cues[0]))
    if state.phase is Phase.ASSESSING and state.unassessed is not None and state.thread:
        waiting.append(Assess(state.thread.index, state.unassessed))
    waiting += [Grade(t.index) for t in state.threads if t.outcome is ev.Outcome.ANSWERED and not t.grade]
    return tuple(waiting)


def wants_debrief(state: State) -> bool:
    """The interview is over, all of it is graded, and nobody has summed it up yet. Only a model can."""
    graded = any(t.grade and t.grade.criteria for t in state.threads)
    return state.ended and graded and state.debrief is None and not effects(state)


def decide(state: State, command: cmd.Command, now: float) -> tuple[ev.Event, ...]:
    """The events that a command brings about; none where there is nothing to do.

    Raises:
        Refused: the command makes no sense in this phase.
    """
    handler: Callable[[State, Any, float], tuple[ev.Event, ...]] = _HANDLERS[type(command)]
    return handler(state, command, now)


def _start(state: State, command: cmd.Start, now: float) -> tuple[ev.Event, ...]:
    if state.phase is not Phase.READY:
        raise Refused("The interview has already started.")
    return opening(command.plan, now)


def _submit(state: State, command: cmd.Submit, now: float) -> tuple[ev.Event, ...]:
    _need_listening(state)
    if not command.text.strip():
        raise Refused("There is nothing to send yet.")
    return (ev.AnswerGiven(well_formed(command.text), now),)


def _assessed(state: State, command: cmd.Assessed, now: float) -> tuple[ev.Event, ...]:
    if state.phase is not Phase.ASSESSING or state.unassessed is None:
        raise Refused("There is nothing to assess.")
    thread = state.threads[-1]
    known = find_clarification(state.planned(thread.index).question, state.unassessed) is not None
    reading = read(state.unassessed, command.verdicts, offered=thread.offer_stands, known=known)
    assessed = ev.AnswerAssessed(reading, command.verdicts, now)
    return (assessed, *_time_events(state, now), *react(state, assessed, now))


def _hint(state: State, _: cmd.AskHint, now: float) -> tuple[ev.Event, ...]:
    _need_listening(state)
    return react(state, ev.AnswerAssessed(ev.Reading.ASKS_HINT, {}, now), now)


def _repeat(state: State, _: cmd.AskRepeat, now: float) -> tuple[ev.Event, ...]:
    _need_listening(state)
    return react(state, ev.AnswerAssessed(ev.Reading.ASKS_REPEAT, {}, now), now)


def _skip(state: State, _: cmd.Skip, now: float) -> tuple[ev.Event, ...]:
    _need_listening(state)
    return react(state, ev.AnswerAssessed(ev.Reading.SKIPS, {}, now), now)


def _pause(state: State, _: cmd.Pause, now: float) -> tuple[ev.Event, ...]:
    if state.phase is Phase.PAUSED:
        raise Refused("The interview is paused already.")
    _need_running(state)
    return (ev.Paused(now),)


def _resume(state: State, _: cmd.Resume, now: float) -> tuple[ev.Event, ...]:
    """Also right after a crash: then nobody said goodbye, and nobody is welcomed back."""
    if state.phase in {Phase.READY, Phase.ENDED}:
        raise Refused("There is no interview to go on with.")
    resumed = ev.Resumed(now)
    if not state.paused or state.cues or state.unassessed is not None:
        return (resumed,)
    return (resumed, cue_line(state, Occasion.WELCOME_BACK, now, lead="welcome_back"))


def _end(state: State, _: cmd.End, now: float) -> tuple[ev.Event, ...]:
    if state.phase in {Phase.READY, Phase.ENDED}:
        raise Refused("There is no interview to end.")
    if state.unassessed is not None:
        raise Refused("One moment, your last words are still being read.")
    resumed: tuple[ev.Event, ...] = (ev.Resumed(now),) if state.paused else ()
    thread = state.thread
    if thread is None:
        return (*resumed, ev.SessionEnded(early=True, at=now))
    goodbye = cue_line(state, Occasion.EARLY_CLOSING, now, lead="early_closing")
    outcome = outcome_of(thread, otherwise=ev.Outcome.SKIPPED if thread.hints else ev.Outcome.NOT_REACHED)
    return (*resumed, ev.QuestionClosed(thread.index, outcome, now), goodbye)


def _tick(state: State, _: cmd.Tick, now: float) -> tuple[ev.Event, ...]:
    return _time_events(state, now) if state.phase is Phase.LISTENING else ()


def _time_events(state: State, now: float) -> tuple[ev.Event, ...]:
    """The warning that is due: once when the last minutes begin, once when time is up."""
    if state.plan is None:
        return ()
    left = state.plan.minutes * 60 - state.elapsed_at(now)
    if left <= 0 and 0 not in state.warned:
        return (ev.TimeWarned(0, now), cue_line(state, Occasion.TIME_UP, now, lead="time_up"))
    if 0 < left <= WARN_MINUTES * 60 < state.plan.minutes * 60 and WARN_MINUTES not in state.warned:
        minutes = max(1, round(left / 60))
        warning = cue_line(state, Occasion.TIME_WARNING, now, lead="time_warning", item=minutes)
        return (ev.TimeWarned(WARN_MINUTES, now), warning)
    return ()


def _spoken(state: State, command: cmd.Spoken, now: float) -> tuple[ev.Event, ...]:
    if not state.cues or state.phase is not Phase.SPEAKING:
        raise Refused("Nobody was about to speak.")
    text = well_formed(command.text)
    used = (command.prompt_tokens, command.completion_tokens, command.cost_usd)
    spoken = ev.LineSpoken(text, command.speaker, now, *used)
    occasion = state.cues[0].occasion
    if occasion in {Occasion.CLOSING, Occasion.EARLY_CLOSING}:
        return (spoken, ev.SessionEnded(early=occasion is Occasion.EARLY_CLOSING, at=now))
    return (spoken,)


def _declined(state: State, command: cmd.Declined, now: float) -> tuple[ev.Event, ...]:
    """The target counts as asked about. One follow-up to an answer can be declined, so that the next line is near."""
    if not state.may_decline or state.phase is not Phase.SPEAKING:
        raise Refused("There is no follow-up to decline.")
    used = (command.prompt_tokens, command.completion_tokens, command.cost_usd)
    declined = ev.FollowUpDeclined(command.speaker, now, *used)
    after = apply(state, declined)
    assert after.thread is not None
    return (declined, *follow_up(after, after.thread, now))


def _graded(state: State, command: cmd.Graded, now: float) -> tuple[ev.Event, ...]:
    if not 0 <= command.index < len(state.threads) or state.threads[command.index].outcome is None:
        raise Refused("That question is still open.")
    used = (command.prompt_tokens, command.completion_tokens, command.cost_usd)
    return (ev.QuestionGraded(command.index, command.grade, now, *used),)


def _debriefed(state: State, command: cmd.Debriefed, now: float) -> tuple[ev.Event, ...]:
    if not wants_debrief(state):
        raise Refused("There is nothing to debrief.")
    used = (command.prompt_tokens, command.completion_tokens, command.cost_usd)
    return (ev.DebriefWritten(command.debrief, now, *used),)


def _need_running(state: State) -> None:
    if state.phase is Phase.READY:
        raise Refused("The interview has not started.")
    if state.phase is Phase.ENDED:
        raise Refused("The interview is over.")


def _need_listening(state: State) -> None:
    _need_running(state)
    if state.phase is Phase.PAUSED:
        raise Refused("The interview is paused; resume it first.")
    if state.phase is not Phase.LISTENING or state.thread is None:
        raise Refused("One moment, the interviewer is still speaking.")


_HANDLERS: dict[type, Callable[[State, Any, float], tuple[ev.Event, ...]]] = {
    cmd.Start: _start,
    cmd.Submit: _submit,
    cmd.Assessed: _assessed,
    cmd.AskHint: _hint,
    cmd.AskRepeat: _repeat,
    cmd.Skip: _skip,
    cmd.Pause: _pause,
    cmd.Resume: _resume,
    cmd.End: _end,
    cmd.Tick: _tick,
    cmd.Spoken: _spoken,
    cmd.Declined: _declined,
    cmd.Graded: _graded,
    cmd.Debriefed: _debriefed,
}
