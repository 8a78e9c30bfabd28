"""`interviewer bank …`: what people who write questions use."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.cli.options import find_bank
from interviewer.errors import InterviewerError, UsageError


@click.group()
def bank() -> None:
    """Work on question banks."""


@bank.command()
@click.argument("folder", metavar="[BANK]", required=False, callback=find_bank)
def check(folder: Path | None) -> None:
    """Check a question bank: a folder, or the name of your own (the one that ships by default)."""
    from interviewer import paths
    from interviewer.content.check import check as findings_of

    root = folder or paths.shipped("question_bank")
    result = findings_of(root, paths.shipped("personas"))
    for finding in result.findings:
        click.echo(str(finding))
    if result.unreadable:
        raise UsageError(f"{root}: {result.unreadable} file(s) cannot be used; mend the lines above")
    if result.findings:
        raise InterviewerError(f"{root}: {len(result.findings)} finding(s); mend the lines above")
    click.echo(result.summary)


@bank.command("list")
def list_() -> None:
    """List your own banks."""
    from interviewer.content import banks
    from interviewer.text import printable

    for name, folder in banks.own().items():
        click.echo(f"{printable(name)}  {printable(str(folder))}")
    if not banks.own():
        click.echo(f"No banks of your own yet. Put one into {banks.folder()}; docs/write-a-question.md says how.")


@bank.command()
@click.argument("kind", type=click.Choice(["question", "round", "persona"]), default="question")
def schema(kind: str) -> None:
    """Print the JSON Schema of a question, round or persona file, for editors."""
    from interviewer.content.schema import text

    click.echo(text(kind), nl=False)


@bank.command("import")
@click.argument("post", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The bank: new, or one to add to.")
def import_(post: Path, output: Path) -> None:
    """Turn an interview-experience post in Markdown into the skeleton of a bank.

    Files that are there already are kept as they are.
    """
    from interviewer import paths
    from interviewer.importing import import_post
    from interviewer.text import one_line

    done = import_post(post, output, paths.shipped("personas"))
    for left in done.skeleton.leftovers:
        click.echo(one_line(f"{post}:{left.line}: not placed: {left.text[:100]}"))
    for path in done.written.kept:
        click.echo(one_line(f"{path}: exists already, kept as it is"))
    click.echo(one_line(done.summary))
    first = done.skeleton.rounds[0].id
    click.echo(one_line(f"`interviewer start {first} --bank {output}` begins the first round."))
    click.echo(one_line(f"`interviewer bank check {output}` says what you still have to write."))


@bank.command()
@click.argument("folder", metavar="BANK", callback=find_bank)
@click.argument("wanted", metavar="[QUESTION]...", nargs=-1)
@click.option("--model", metavar="M", help="The model that proposes, e.g. gpt-4o-mini or ollama/qwen3.")
def draft(folder: Path, wanted: tuple[str, ...], model: str | None) -> None:
    """Let a model propose rubrics, probes, hints and samples for skeleton questions (all of the bank by default).

    Only fields that a file lacks are added to it. The question stays a draft until you remove the line `status: draft`.
    """
    import asyncio

    from interviewer.drafting.run import choose, draft_all
    from interviewer.workspace import Workspace

    workspace = Workspace(folder, model)
    gateway = workspace.gateway("judge")
    if gateway is None:
        raise UsageError("no model is set; name one with --model or INTERVIEWER_MODEL, see docs/configure-a-model.md")
    if gateway.lack:
        raise UsageError(gateway.lack)
    done = asyncio.run(draft_all(workspace.bank, choose(workspace.bank, wanted), gateway, click.echo))
    cost = "" if done.usage.cost_usd is None else f", {done.usage.cost_usd:.2f} USD"
    tokens = done.usage.prompt_tokens + done.usage.completion_tokens
    click.echo(f"{done.drafted} drafted, {done.failed} without a draft; {tokens} tokens{cost}")
    if done.failed:
        raise InterviewerError(f"{done.failed} question(s) got no draft; see the lines above")
