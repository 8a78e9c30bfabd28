"""Judges that do as a test tells them, and the prompts that they were given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from interviewer.grading.checklist import CONTROLS
from interviewer.grading.judgement import JudgedFlag, JudgedItem, Judgement
from interviewer.llm.faults import ModelError
from interviewer.llm.model import Prompt, Usage

Verdicts = Mapping[str, tuple[str, list[str]]]
"""By the text of a point: the verdict and the quotes."""

USED = Usage(100, 10, 0.5)


def listed(prompt: Prompt, heading: str) -> dict[str, str]:
    """The entries under a heading of a judging prompt, by their ids."""
    section = prompt.messages[-1].content.split(f"{heading}:\n")[1].split("\n\n")[0]
    return dict(line.split(": ", 1) for line in section.splitlines())


def checklist(prompt: Prompt) -> dict[str, str]:
    return listed(prompt, "The checklist")


def judgement(prompt: Prompt, verdicts: Verdicts, flags: Mapping[str, list[str]] | None = None) -> Judgement:
    """A whole judgement: what `verdicts` do not name is missed."""
    items = [
        JudgedItem(id=key, quotes=quotes, verdict=verdict)
        for key, text in checklist(prompt).items()
        for verdict, quotes in [verdicts.get(text, ("missed", []))]
    ]
    claimed = {text: key for key, text in listed(prompt, "False claims that people make").items()} if flags else {}
    return Judgement(items=items, false_claims=[JudgedFlag(id=claimed[c], quotes=q) for c, q in (flags or {}).items()])


def obedient(prompt: Prompt, quote: Callable[[str], list[str]], *, spares: bool = False) -> Judgement:
    """All items met, each with the quotes that `quote` gives for its text; `spares` leaves the control item out."""
    return Judgement(
        items=[
            JudgedItem(id=key, quotes=quote(text), verdict="met")
            for key, text in checklist(prompt).items()
            if not (spares and text in CONTROLS)
        ],
        false_claims=[],
    )


Play = Callable[[Prompt], Judgement] | ModelError


class StubJudge:
    """A `StructuredModel` that plays these in turn, the last one from then on."""

    def __init__(self, *plays: Play, name: str = "stub") -> None:
        self.name = name
        self.lack: str | None = None
        self.prompts: list[Prompt] = []
        self._plays = list(plays)

    async def structured(self, prompt: Prompt, schema: type[Any]) -> tuple[Any, Usage]:
        assert schema is Judgement
        self.prompts.append(prompt)
        play = self._plays.pop(0) if len(self._plays) > 1 else self._plays[0]
        if isinstance(play, ModelError):
            raise play
        return play(prompt), USED


def giving(verdicts: Verdicts, flags: Mapping[str, list[str]] | None = None) -> Play:
    return lambda prompt: judgement(prompt, verdicts, flags)


def candidate_part(prompt: Prompt) -> str:
    """What stands between the fences."""
    text = prompt.messages[-1].content
    fence = re.search(r"between two lines of ([0-9a-f]{16})\.", text)
    assert fence is not None
    return "\n".join(text.split(f"\n{fence[1]}\n")[1::2])
