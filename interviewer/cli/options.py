"""The options that several commands take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


def find_bank(_context: click.Context, _parameter: click.Parameter, wanted: str | None) -> Path | None:
    """The folder of the bank that was asked for, or None."""
    from interviewer.content.banks import find

    return None if wanted is None else find(wanted)


bank_option = click.option(
    "--bank",
    metavar="BANK",
    callback=find_bank,
    help="Read this question bank, a folder or the name of your own, instead of the one that ships.",
)
json_option = click.option("--json", "json_", is_flag=True, help="Print JSON for scripts.")


def print_json(found: list[dict[str, Any]] | dict[str, Any]) -> None:
    """ASCII, so that no terminal takes a character of it for a command."""
    click.echo(json.dumps(found, indent=2, ensure_ascii=True))
