"""A budget holds whatever the endpoints say afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewer.llm.budget import Budget, highest_usage
from interviewer.llm.faults import Fault
from interviewer.llm.model import Message, ModelError, Prompt, Usage
from interviewer.llm.prices import Price

PROMPT = Prompt((Message("user", "x" * 84),), max_tokens=50)
PRICE = Price(0.001, 0.002)
WORST = 100 * 0.001 + 50 * 0.002


def test_the_highest_usage_of_a_prompt() -> None:
    assert highest_usage(PROMPT) == Usage(100, 50)
    assert highest_usage(Prompt((Message("user", "é\ud83d"),), max_tokens=1)).prompt_tokens == 19


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 50))),
    st.floats(0.0, 2.0) | st.none(),
    st.integers(0, 2_000) | st.none(),
)
def test_it_is_never_exceeded(calls: list[tuple[int, int]], usd: float | None, tokens: int | None) -> None:
    budget = Budget(usd, tokens)
    spent = Usage(cost_usd=0.0)
    for prompt, completion in calls:
        used = Usage(prompt, completion)
        used = Usage(prompt, completion, PRICE.of(used))
        try:
            with budget.call(PROMPT, WORST) as booking:
                booking.usage = used
        except ModelError as error:
            assert error.fault is Fault.BUDGET
            break
        spent += used
    assert usd is None or (spent.cost_usd or 0) <= usd + 1e-9
    assert tokens is None or spent.prompt_tokens + spent.completion_tokens <= tokens


def test_calls_at_the_same_time_count_together() -> None:
    budget = Budget(limit_tokens=200)
    with budget.call(PROMPT, 0), pytest.raises(ModelError, match="200 tokens"), budget.call(PROMPT, 0):
        pass


def test_what_a_resumed_session_spent_counts() -> None:
    with (
        pytest.raises(ModelError, match=r"\$0\.5 is used up: raise budget_usd"),
        Budget(0.5, spent_usd=0.4).call(PROMPT, WORST),
    ):
        pass


@pytest.mark.parametrize(("fault", "free"), [(Fault.KEY, True), (Fault.OVERLOADED, True), (Fault.CUT, False)])
def test_a_call_that_told_no_usage_costs_the_most_unless_it_never_began(fault: Fault, free: bool) -> None:
    budget = Budget(limit_tokens=200)
    with pytest.raises(ModelError, match="It broke"), budget.call(PROMPT, 0):
        raise ModelError("It broke.", fault)
    with pytest.raises(ModelError, match="used up") if not free else _fine(), budget.call(PROMPT, 0):
        pass


def _fine() -> object:
    from contextlib import nullcontext

    return nullcontext()
