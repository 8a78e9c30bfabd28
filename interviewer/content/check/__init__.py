"""What is wrong in a bank, every finding with file, line and mend. One concern a module; the rules are pure."""

from interviewer.content.check.findings import Finding, Result
from interviewer.content.check.walk import check

__all__ = ["Finding", "Result", "check"]
