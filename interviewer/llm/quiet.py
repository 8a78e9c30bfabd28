"""Libraries that must not log: what they say may hold keys and answers, and the app draws on the same terminal."""

from __future__ import annotations

import logging


def silence(*names: str) -> None:
    """Switch these loggers and all below them off, whatever the environment asks of them."""
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
