"""What Textual takes for granted about a terminal: that it sends UTF-8, and that the locale says what it can show."""

from __future__ import annotations

import sys
from codecs import getincrementaldecoder
from functools import partial
from typing import Any


def forgive() -> None:
    """What is no UTF-8, as in a paste, comes in as `�` instead of ending the app; frames are drawn under any locale."""
    stderr: Any = sys.__stderr__  # Textual draws there
    if hasattr(stderr, "reconfigure"):
        stderr.reconfigure(encoding="utf-8", errors="replace")
    if sys.platform != "win32":
        from textual.drivers import linux_driver

        driver: Any = linux_driver
        driver.getincrementaldecoder = _forgiving


def _forgiving(encoding: str) -> Any:
    return partial(getincrementaldecoder(encoding), "replace")
