"""Prompts: one template a task, filled from the state of the interview."""

from interviewer.llm.prompts.speaking import speaking_prompt

__all__ = ["speaking_prompt"]
