"""Engine state to what the screens show. Pure: no Textual, no clock."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.engine.cues import Occasion
from interviewer.engine.events import Outcome, Reading
from interviewer.engine.state import State, Turn
from interviewer.plan import InterviewPlan
from interviewer.text import printable
from interviewer.tui.clocks import minutes

SAID: dict[str, str] = {Reading.CLARIFICATION: "question back"}
SPOKEN: dict[str, str] = {
    Occasion.FOLLOW_UP: "follow-up",
    Occasion.REQUIRED_FOLLOW_UP: "follow-up",
    Occasion.HINT: "hint",
    Occasion.CLARIFICATION: "clarification",
    Occasion.TIME_WARNING: "time",
    Occasion.TIME_UP: "time",
}
LONGEST = 20_000
DONE, HERE, AHEAD, SKIPPED = "●", "◉", "○", "–"


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn as the transcript shows it.

    `seat` is the speaker's place in the panel, -1 for the candidate; `sheet` is what is handed out in writing.
    """

    who: str
    tag: str
    text: str
    seat: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class StatusView:
    """The line above the transcript. `dots` shows the round's questions without telling what they are."""

    title: str
    dots: str
    place: str
    clock: str
    over: bool


def turn_view(state: State, turn: Turn) -> TurnView:
    """A turn of the transcript, its text made safe to show."""
    if turn.speaker == "candidate" or state.plan is None:
        return TurnView("You", SAID.get(turn.kind, ""), showable(turn.text), -1)
    spoken = spoken_view(state.plan, turn.persona, turn.text, SPOKEN.get(turn.kind, ""))
    return replace(spoken, sheet=showable(state.sheet(turn)))


def showable(text: str) -> str:
    """Words made safe to show, and no longer than a screen can lay out at once: a pasted log may have megabytes."""
    left = len(text) - LONGEST
    return printable(text[:LONGEST]) + (f"\n… and {left:,} more characters, kept but not shown." if left > 0 else "")


def spoken_view(plan: InterviewPlan, persona_id: str | None, text: str, tag: str = "") -> TurnView:
    """What a member of the panel says, or has said so far."""
    seats = [p.id for p in plan.personas]
    persona = plan.persona(persona_id or seats[0])
    return TurnView(printable(f"{persona.name}, {persona.role}"), tag, showable(text), seats.index(persona.id))


def status_view(state: State, elapsed: float) -> StatusView:
    """Where the interview stands after `elapsed` seconds of its clock."""
    if state.plan is None:
        return StatusView("", "", "", "", False)
    count, reached = len(state.plan.questions), len(state.threads)
    dots = "".join(_dot(state, i) for i in range(count))
    place = f"{reached} of {count}"
    left = state.plan.minutes * 60 - elapsed
    clock = f"{minutes(elapsed)} / {state.plan.minutes}:00"
    return StatusView(printable(f"{state.plan.round}  {state.plan.title}"), dots, place, clock, left < 0)


def _dot(state: State, index: int) -> str:
    if index >= len(state.threads):
        return AHEAD
    outcome = state.threads[index].outcome
    return {None: HERE, Outcome.SKIPPED: SKIPPED}.get(outcome, DONE)
