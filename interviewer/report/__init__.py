"""From a session to a report worth keeping: `build` makes one model of it, `render` writes it down."""

from interviewer.report.build import build
from interviewer.report.model import Report
from interviewer.report.render import FORMATS, render

__all__ = ["FORMATS", "Report", "build", "render"]
