"""A hostile answer changes nothing in a prompt but the place where the candidate's words stand."""

from __future__ import annotations

import pytest

from interviewer.engine import commands as cmd
from interviewer.engine.cues import Cue, Occasion
from interviewer.llm.model import Prompt
from interviewer.llm.prompts import speaking_prompt
from interviewer.llm.prompts.judging import judging_prompt
from tests.attacks.families import FAMILIES
from tests.fakes import Performer, make_plan, make_question

QUESTION = make_question("asked")
HARMLESS = "It depends on the load."
every_family = pytest.mark.parametrize("family", FAMILIES)


def judging(text: str) -> Prompt:
    return judging_prompt(QUESTION, QUESTION.asks[0], {"i1": "Says one.", "i2": "Says two."}, {}, [text])


def speaking(text: str) -> Prompt:
    interview = Performer(make_plan(QUESTION))
    interview.decide(cmd.Submit(text))
    interview.decide(cmd.Assessed({}))
    return speaking_prompt(interview.state, Cue(Occasion.FOLLOW_UP, "ann", 0, target="one"))


@every_family
def test_the_judges_prompt_keeps_its_shape(family: str) -> None:
    for text in FAMILIES[family]():
        system, user = judging(text).messages
        assert system == judging(HARMLESS).messages[0]
        fence = user.content.split("two lines of ")[1][:16]
        before, said, after = _parts(user.content, fence)
        assert fence not in said
        assert (before, after) == _outer(judging(HARMLESS))


def _parts(user: str, fence: str) -> tuple[str, str, str]:
    before, said = user.split(f":\n{fence}\n", 1)
    said, after = said.rsplit(f"\n{fence}", 1)
    return before.replace(fence, "FENCE"), said, after


def _outer(prompt: Prompt) -> tuple[str, str]:
    user = prompt.messages[-1].content
    before, _, after = _parts(user, user.split("two lines of ")[1][:16])
    return before, after


@every_family
def test_the_interviewers_prompt_keeps_its_shape(family: str) -> None:
    harmless = speaking(HARMLESS)
    for text in filter(str.strip, FAMILIES[family]()):
        prompt = speaking(text)
        assert [m.role for m in prompt.messages] == [m.role for m in harmless.messages]
        assert prompt.messages[0] == harmless.messages[0]
        assert prompt.messages[-1].content.count("\n") == harmless.messages[-1].content.count("\n")
        assert "<|" not in prompt.messages[-1].content
        assert prompt.authored == harmless.authored
