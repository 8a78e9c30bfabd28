"""What litellm says before any wire is reached."""

from __future__ import annotations

import pytest

from interviewer.llm.faults import Fault
from interviewer.llm.litellm import LiteLLMModel
from interviewer.llm.model import Message, ModelError, Prompt
from interviewer.llm.target import find_target


@pytest.mark.parametrize(
    ("name", "fault", "says"),
    [
        ("nonsense/model", Fault.NO_MODEL, "is not known there.*check the model's name"),
        ("azure/model", Fault.KEY, "refused the key: check the variables that litellm takes its key from"),
        ("vertex_ai/model", Fault.SETUP, "needs a Python package that is not installed"),
        ("anthropic/model", Fault.KEY, "needs a key: set ANTHROPIC_API_KEY"),
    ],
)
async def test_names_that_lead_nowhere(name: str, fault: Fault, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("AZURE_API_KEY", "AZURE_OPENAI_API_KEY", "AZURE_API_BASE", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(ModelError, match=f"^{name} {says}") as raised:
        _ = [c async for c in LiteLLMModel(find_target(name)).stream(Prompt((Message("user", "Hello"),)))]
    assert raised.value.fault is fault
