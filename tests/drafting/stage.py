"""A bank with a skeleton, and models that propose what they are told to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from interviewer.content.bank import Bank
from interviewer.llm.gateway import Gateway
from interviewer.llm.model import Usage
from tests.content.whole import whole_question
from tests.fakes import Play, StubModel, make_question, make_round, write_bank

SKELETON = """\
# Line 7 of the post.
status: skeleton   # not mine yet
kind: concept
asks:
  - 'What grows there?'   # sic

# I timed this one.
minutes: 7
"""


def proposal(**changes: object) -> dict[str, Any]:
    """Everything that the skeleton lacks, sound; None takes a field away."""
    data = whole_question().model_dump(mode="json", by_alias=True)
    kept = ("intent", "rubric", "red_flags", "levels", "hints", "clarifications", "samples", "model_answer")
    fields = {name: data[name] for name in kept} | {"clarifications": [{"about": ["soil"], "fact": "Clay."}]} | changes
    for sample in fields["samples"] or ():
        sample["points"] = [{"point": p, "verdict": v} for p, v in dict(sample["points"]).items()]
    return {name: value for name, value in fields.items() if value is not None}


def stub(*replies: dict[str, Any] | str | Exception) -> StubModel:
    """A model that gives these replies in turn; an exception is a fault."""
    plays = []
    for reply in replies:
        if isinstance(reply, Exception):
            plays.append(Play(fault=reply))
        else:
            text = reply if isinstance(reply, str) else json.dumps(reply)
            plays.append(Play((text,), Usage(100, 200, 0.01)))
    return StubModel(*plays)


def gateway(model: StubModel) -> Gateway:
    """The way to that model, without waiting."""

    async def no_sleep(_: float) -> None:
        return

    return Gateway([model], sleep=no_sleep)


def make_bank(root: Path, text: str = SKELETON, question_id: str = "grows") -> Bank:
    """A bank of one skeleton and one accepted question."""
    write_bank(root, [make_round("r1", ["grows", "done"])], [make_question("done")])
    path = root / "questions" / "garden" / f"{question_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return Bank(root, root / "personas")
