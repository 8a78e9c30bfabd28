"""An interview-experience post in Markdown to the skeleton of a question bank."""

from interviewer.importing.convert import Imported, import_post

__all__ = ["Imported", "import_post"]
