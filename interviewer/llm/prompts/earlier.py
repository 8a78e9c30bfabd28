"""The interview up to the question under way, in few words: what was asked, and how the answers began."""

from __future__ import annotations

from interviewer.engine.state import State, Thread
from interviewer.llm.prompts.quoting import estimate, quoted

ASK_TOKENS = 40
FEWEST_TOKENS = 60
"""Below that an entry tells nothing; then the oldest ones are left out."""


def earlier_threads(state: State, before: int, tokens: int) -> list[str]:
    """One line for each question before the one with the index `before`, in at most so many tokens together."""
    past = [t for t in state.threads if t.index < before]
    kept = past[-(tokens // FEWEST_TOKENS) :]
    share = tokens // max(1, len(kept))
    return [_entry(state, thread, share - 1) for thread in kept]


def _entry(state: State, thread: Thread, tokens: int) -> str:
    asked = f"{thread.index + 1}. {quoted(state.planned(thread.index).ask, ASK_TOKENS)}"
    said = thread.answers[0] if thread.answers else "no answer"
    return f"{asked} | Candidate: {quoted(said, tokens - estimate(asked) - 6)}"
