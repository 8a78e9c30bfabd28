"""One spoken line of a model, from its streamed reply to what the candidate hears."""

from __future__ import annotations

from interviewer.engine.cues import Cue
from interviewer.engine.state import State
from interviewer.llm.guard import Breach, Breached, Line, watches
from interviewer.llm.guard.known import meaning
from interviewer.llm.model import Prompt
from interviewer.llm.prompts.speaking import COVERED
from interviewer.llm.reply import Reply, keeps_the_ask
from interviewer.llm.scripted import current_ask

MOST_SURPLUS = 300
"""Characters of a reply that are read after the line's end, for the usage that comes last."""


class Speech:
    """Takes the pieces of a reply and gives what can be told of them.

    `breach` says why the line is not said, once that is so; what was told of it is void then. `declined` says that
    the model declines the follow-up.
    """

    def __init__(self, state: State, cue: Cue, prompt: Prompt) -> None:
        self.breach: Breach | None = None
        self._state, self._cue, self._prompt = state, cue, prompt
        self._reply = Reply(COVERED if state.may_decline else "")
        self._line: Line | None = None
        self._surplus = 0

    @property
    def declined(self) -> bool:
        """Whether the reply declines."""
        return self._reply.declined

    @property
    def text(self) -> str:
        """What is said; empty where nothing is."""
        return self._line.text if self._line and self._reply.text and not self.breach else ""

    @property
    def over(self) -> bool:
        """Whether nothing more of the reply is needed."""
        return self.breach is not None or self._surplus > MOST_SURPLUS

    def take(self, piece: str) -> str:
        """What can be told now."""
        if self.declined or (self._line and self._line.full):
            self._surplus += len(piece)
        return self._listened(self._reply.take(piece), last=False)

    def finish(self) -> str:
        """What is left to tell at the reply's end."""
        told = "" if self.breach or self.declined else self._listened(self._reply.finish(), last=True)
        if self.text and not (keeps_the_ask(self._prompt, self.text) and self._asks_what_is_due()):
            self.breach = Breach.ASK
        return "" if self.breach else told

    def _asks_what_is_due(self) -> bool:
        """Whether the question of the plan can be heard in it: another one with a question mark is not enough.

        A follow-up is free in its words. Of the bank's own ways to ask the same, 98 in 100 share a word that counts.
        """
        plan, cue = self._state.plan, self._cue
        if plan is None or cue.question is None or cue.target or not self._prompt.asks:
            return True
        due = set(meaning(current_ask(plan.questions[cue.question], cue, plan.seed)))
        return not due or not due.isdisjoint(meaning(self.text))

    def _listened(self, text: str, last: bool) -> str:
        """The watches are set up with the first word: before the request is sent nothing has to wait for them."""
        if not text and not last:
            return ""
        if self._line is None:
            plan = self._state.plan
            assert plan is not None
            name = plan.persona(self._cue.persona).name
            self._line = Line(name, watches(self._state, self._cue, self._prompt.authored))
        try:
            return self._line.take(text) + (self._line.finish() if last else "")
        except Breached as breached:
            self.breach = breached.breach
            return ""
