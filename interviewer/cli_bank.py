"""`interviewer bank …`: what people who write questions use."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.errors import InterviewerError, UsageError


@click.group()
def bank() -> None:
    """Work on question banks."""


@bank.command()
@click.argument("directory", required=False, type=click.Path(path_type=Path))
def check(directory: Path | None) -> None:
    """Check a question bank (the one that ships by default)."""
    from interviewer import paths
    from interviewer.content.check import check as findings_of

    root = directory or paths.shipped("question_bank")
    result = findings_of(root, paths.shipped("personas"))
    for finding in result.findings:
        click.echo(str(finding))
    if result.unreadable:
        raise UsageError(f"{root}: {result.unreadable} file(s) cannot be used; mend the lines above")
    if result.findings:
        raise InterviewerError(f"{root}: {len(result.findings)} finding(s); mend the lines above")
    click.echo(result.summary)


@bank.command()
@click.argument("kind", type=click.Choice(["question", "round", "persona"]), default="question")
def schema(kind: str) -> None:
    """Print the JSON Schema of a question, round or persona file, for editors."""
    from interviewer.content.schema import text

    click.echo(text(kind), nl=False)
