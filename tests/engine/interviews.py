"""Interviews that several tests of the engine begin with."""

from __future__ import annotations

from tests.fakes import Performer, make_plan, make_point, make_question

PARTED = make_question(
    "parted",
    rubric=(make_point("main"), make_point("use", part="when"), make_point("cost", part="price")),
    parts=("when", "price"),
)


def two_questions(**plan: object) -> Performer:
    return Performer(make_plan(make_question("first"), make_question("second"), **plan))
