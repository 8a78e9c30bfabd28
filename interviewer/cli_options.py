"""The options that several commands take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

bank_option = click.option(
    "--bank", type=click.Path(path_type=Path), help="Read this question bank instead of the one that ships."
)
json_option = click.option("--json", "json_", is_flag=True, help="Print JSON for scripts.")


def print_json(found: list[dict[str, Any]] | dict[str, Any]) -> None:
    """ASCII, so that no terminal takes a character of it for a command."""
    click.echo(json.dumps(found, indent=2, ensure_ascii=True))
