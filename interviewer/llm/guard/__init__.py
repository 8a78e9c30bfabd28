"""What is let through of what a model says."""

from interviewer.llm.guard.breach import Breach, Breached
from interviewer.llm.guard.line import Line
from interviewer.llm.guard.rules import watches

__all__ = ["Breach", "Breached", "Line", "watches"]
