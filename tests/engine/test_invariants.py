"""Whatever a candidate, a clock and a flaky machine do, an interview keeps its promises."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from interviewer.content.models import Verdict
from interviewer.debrief import Debrief
from interviewer.engine import commands as cmd
from interviewer.engine import events as ev
from interviewer.engine import machine
from interviewer.engine.cues import Occasion
from interviewer.engine.machine import Refused
from interviewer.engine.reading import well_formed
from interviewer.engine.state import Phase, State, apply, replay
from interviewer.plan import InterviewPlan
from interviewer.store.codec import decode, encode
from tests.fakes import Performer, make_grade, make_persona, make_plan, make_point, make_question

PHRASES = ["I don't know.", "Yes, please.", "No.", "Which node?", "Is it about the weather?", "It resends lost bytes."]
TEXTS = st.one_of(st.sampled_from(PHRASES), st.text(st.characters(exclude_categories=()), max_size=30))
SECONDS = st.one_of(st.floats(0, 400), st.floats(-1_000, 0), st.just(100_000.0))
VERDICTS = st.sampled_from(Verdict)
SIMPLE = [cmd.AskHint(), cmd.AskRepeat(), cmd.Skip(), cmd.Pause(), cmd.Resume(), cmd.Tick()]


@st.composite
def questions(draw: st.DrawFn, number: int) -> Any:
    parts = [f"part-{n}" for n in range(draw(st.integers(0, 2)))]
    places = st.sampled_from([None, *parts])
    points = [
        make_point(f"p{n}", weight=draw(st.integers(1, 5)), essential=draw(st.booleans()), part=draw(places))
        for n in range(draw(st.integers(1, 5)))
    ]
    return make_question(
        f"q{number}",
        rubric=points,
        parts=parts,
        hints=[f"Hint {n}." for n in range(draw(st.integers(0, 3)))],
        clarifications=draw(st.sampled_from([{}, {"node": "One node."}])),
        minutes=draw(st.sampled_from([1, 5, 30])),
    )


@st.composite
def plans(draw: st.DrawFn) -> InterviewPlan:
    people = [
        make_persona(name, max_follow_ups=draw(st.integers(0, 5))) for name in ["ann", "bob"][: draw(st.integers(1, 2))]
    ]
    asked = [draw(questions(n)) for n in range(draw(st.integers(1, 4)))]
    askers = [draw(st.sampled_from(people)).id for _ in asked]
    return make_plan(*asked, personas=people, askers=askers, minutes=draw(st.sampled_from([1, 6, 20, 60])))


class Interviews(RuleBasedStateMachine):
    """Arbitrary commands, in turn and out of turn, effects that are performed or never come back, crashes."""

    def __init__(self) -> None:
        super().__init__()
        self.plan = make_plan()
        self.state = State()
        self.events: list[ev.Event] = []
        self.now = 1_000.0
        self.submitted: list[str] = []

    def send(self, command: cmd.Command) -> bool:
        """Decide, fold, and check what must hold between two events. False: refused."""
        try:
            new = machine.decide(self.state, command, self.now)
        except Refused as refusal:
            assert str(refusal)
            return False
        for event in new:
            before, self.state = self.state, apply(self.state, event)
            self.events.append(event)
            assert self.state.elapsed >= before.elapsed
            if before.paused:
                assert self.state.elapsed == before.elapsed
        return True

    @initialize(plan=plans())
    def start(self, plan: InterviewPlan) -> None:
        self.plan = plan
        assert self.send(cmd.Start(plan))

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @rule(text=TEXTS)
    def submit(self, text: str) -> None:
        if self.send(cmd.Submit(text)):
            self.submitted.append(well_formed(text))

    @rule(command=st.sampled_from(SIMPLE))
    def ask_for_something(self, command: cmd.Command) -> None:
        self.send(command)

    @precondition(lambda self: len(self.events) > 25)
    @rule()
    def end(self) -> None:
        self.send(cmd.End())

    @rule(text=TEXTS, data=st.data())
    def come_back_out_of_turn(self, text: str, data: st.DataObject) -> None:
        """Results that nobody may be waiting for."""
        late = st.sampled_from(
            [
                cmd.Start(self.plan),
                cmd.Spoken(text, "model", 3, 5),
                cmd.Declined("model", 3, 5),
                cmd.Debriefed(Debrief((), "model"), 3, 5),
                cmd.Graded(data.draw(st.integers(-2, 5)), make_grade(self.plan.questions[0].question)),
            ]
        )
        self.send(data.draw(late))

    @rule(data=st.data(), how_many=st.integers(1, 6))
    def perform(self, data: st.DataObject, how_many: int) -> None:
        """Perform the first effects; without this rule they stay unperformed, as in a crash."""
        for _ in range(how_many):
            if not (waiting := machine.effects(self.state)):
                return
            assert self.send(self.result_of(waiting[0], data))

    def result_of(self, effect: machine.Effect, data: st.DataObject | None = None) -> cmd.Command:
        if isinstance(effect, machine.Speak):
            if data and self.state.may_decline and data.draw(st.booleans()):
                return cmd.Declined("model", 1, 2)
            return cmd.Spoken(f"<{effect.cue.occasion}>", "model", 1, 2)
        question = self.state.planned(effect.index).question
        if isinstance(effect, machine.Grade):
            return cmd.Graded(effect.index, make_grade(question))
        ids = st.sampled_from([p.id for p in question.rubric])
        return cmd.Assessed(data.draw(st.dictionaries(ids, VERDICTS)) if data else {})

    @rule()
    def crash(self) -> None:
        """The process dies; another one reads the journal and goes on."""
        self.state = replay([decode(encode(event)) for event in self.events])
        self.send(cmd.Resume())

    @invariant()
    def replaying_gives_the_same_state(self) -> None:
        assert replay(self.events) == self.state

    @invariant()
    def the_journal_holds_all_of_it(self) -> None:
        kept = [decode(encode(event)) for event in self.events]
        assert kept == self.events
        assert machine.effects(replay(kept)) == machine.effects(self.state)

    @invariant()
    def effects_follow_from_the_state_alone(self) -> None:
        waiting = machine.effects(self.state)
        assert waiting == machine.effects(replace(self.state))
        urgent = [e for e in waiting if not isinstance(e, machine.Grade)]
        assert len(urgent) == (self.state.phase in {Phase.SPEAKING, Phase.ASSESSING})

    @invariant()
    def questions_open_in_order_and_once(self) -> None:
        opened = [e.index for e in self.events if isinstance(e, ev.QuestionOpened)]
        closed = [e.index for e in self.events if isinstance(e, ev.QuestionClosed)]
        assert opened == list(range(len(opened)))
        assert closed in (opened, opened[:-1])
        assert len(opened) <= len(self.plan.questions)

    @invariant()
    def at_most_one_text_is_unassessed(self) -> None:
        given_texts = sum(isinstance(e, ev.AnswerGiven) for e in self.events)
        assessed = sum(isinstance(e, ev.AnswerAssessed) for e in self.events)
        assert given_texts - assessed == (self.state.unassessed is not None)

    @invariant()
    def what_the_candidate_said_stands_verbatim(self) -> None:
        given_texts = [e.text for e in self.events if isinstance(e, ev.AnswerGiven)]
        said = [t for t in self.state.turns if t.speaker == "candidate"]
        assert given_texts == self.submitted == [t.text for t in said]
        pending = [said[-1]] if self.state.unassessed is not None else []
        for thread in self.state.threads:
            answers = [t.text for t in said if t.question == thread.index and t.kind == ev.Reading.ANSWER]
            unread = [t.text for t in pending if t.question == thread.index]
            assert [*thread.answers, *unread] == answers

    @invariant()
    def hints_and_follow_ups_keep_their_bounds(self) -> None:
        for thread in self.state.threads:
            planned = self.plan.questions[thread.index]
            assert 0 <= thread.hints <= len(planned.question.hints)
            assert len(thread.probed) <= self.plan.persona(planned.persona).max_follow_ups
            assert len(set(thread.probed)) == len(thread.probed)
            assert list(thread.parts_asked) == [f.id for f in planned.question.follow_ups][: len(thread.parts_asked)]

    @invariant()
    def every_line_that_was_cued_is_spoken_once_and_in_order_or_declined(self) -> None:
        cued: list[Occasion] = []
        done = 0
        for event in self.events:
            if isinstance(event, ev.LineCued):
                cued.append(event.cue.occasion)
            elif isinstance(event, ev.LineSpoken):
                done += 1
            elif isinstance(event, ev.FollowUpDeclined):
                del cued[done]
        spoken = [t.kind for t in self.state.turns if t.speaker == "interviewer"]
        waiting = [c.occasion for c in self.state.cues]
        assert cued == [*spoken, *waiting]

    @invariant()
    def each_warning_is_given_once_and_people_introduce_themselves_once(self) -> None:
        warned = [e.minutes for e in self.events if isinstance(e, ev.TimeWarned)]
        assert warned in ([], [5], [0], [5, 0])
        introduced = [
            e.cue.persona
            for e in self.events
            if isinstance(e, ev.LineCued) and e.cue.occasion in {Occasion.GREETING, Occasion.INTRODUCTION}
        ]
        assert len(set(introduced)) == len(introduced)

    @invariant()
    def nothing_but_grades_and_the_debrief_follows_the_end(self) -> None:
        ends = [n for n, e in enumerate(self.events) if isinstance(e, ev.SessionEnded)]
        assert len(ends) == self.state.ended
        if ends:
            assert {type(e) for e in self.events[ends[0] + 1 :]} <= {ev.QuestionGraded, ev.DebriefWritten}
            assert sum(isinstance(e, ev.DebriefWritten) for e in self.events) <= 1

    def teardown(self) -> None:
        """From wherever it was left, performing what is due and skipping leads to the end."""
        if self.state.phase is Phase.READY:
            return
        self.send(cmd.Resume())
        for _ in range(100):
            if waiting := machine.effects(self.state):
                assert self.send(self.result_of(waiting[0]))
            elif self.state.phase is Phase.ENDED:
                break
            else:
                assert self.send(cmd.Skip())
        assert self.state.phase is Phase.ENDED
        assert self.state.ended_early or len(self.state.threads) == len(self.plan.questions)
        assert all(t.outcome for t in self.state.threads)


TestInterviews = Interviews.TestCase
TestInterviews.settings = settings(max_examples=40, stateful_step_count=35)


def long_interview(*, ends_early: bool) -> list[Occasion]:
    plan = make_plan(
        make_question("a", parts=("more",), clarifications={"node": "One."}, hints=("Hint.",)),
        make_question("b"),
        personas=[make_persona("ann"), make_persona("bob")],
        minutes=10,
    )
    interview = Performer(plan)
    for text in ("Which node?", "Is it cold?", "I don't know.", "Yes."):
        interview.say(text)
    for command in (cmd.AskHint(), cmd.AskRepeat(), cmd.Pause(), cmd.Resume()):
        interview.do(command)
    for _ in range(3):
        interview.say()
    for _ in range(2):
        interview.clock.advance(minutes=6)
        interview.do(cmd.Tick())
    if ends_early:
        interview.do(cmd.End())
    interview.skip_to_end()
    return [e.cue.occasion for e in interview.events if isinstance(e, ev.LineCued)]


def test_every_occasion_can_come_up() -> None:
    """Plans like those above leave no occasion out of reach."""
    assert {*long_interview(ends_early=False), *long_interview(ends_early=True)} == set(Occasion)
