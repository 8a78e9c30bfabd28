"""The commands that hold interviews, list and report; every error becomes one line and an exit status."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from interviewer import __version__
from interviewer.cli.bank import bank as bank_commands
from interviewer.cli.grade import agreement, grade
from interviewer.cli.options import bank_option, json_option, print_json
from interviewer.errors import InterviewerError, UsageError

if TYPE_CHECKING:
    from interviewer.workspace import Workspace

_fallback = click.option(
    "--fallback",
    metavar="M",
    multiple=True,
    help="The model that stands in where the first one fails; may be repeated.",
)
_judge_samples = click.option(
    "--judge-samples",
    metavar="N",
    type=click.IntRange(1, 9),
    help="Let the judge read each answer N times, to see how sure it is.",
)
_plain = click.option("--plain", is_flag=True, help="Line by line, for pipes and screen readers.")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="interviewer %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Hold mock interviews for machine-learning-infrastructure jobs in the terminal.

    Without a command the app opens: pick a round or an interviewer, or take up where you left off.
    """
    if context.invoked_subcommand is None:
        _need_terminal()
        from interviewer.tui.app import run

        sys.exit(run())


cli.add_command(bank_commands)
cli.add_command(grade)
cli.add_command(agreement)


@cli.command()
@click.argument("round_id", metavar="ROUND")
@click.option("--persona", metavar="ID", help="Let this interviewer hold the round alone.")
@click.option("--model", metavar="M", help="The model that speaks, e.g. gpt-4o-mini or ollama/qwen3.")
@_fallback
@_judge_samples
@_plain
@bank_option
def start(
    round_id: str,
    persona: str | None,
    model: str | None,
    fallback: tuple[str, ...],
    judge_samples: int | None,
    plain: bool,
    bank: Path | None,
) -> None:
    """Start a round at once, e.g. hard-05."""
    _hold(_workspace(bank, model, fallback, judge_samples), plain, round_id=round_id, persona=persona)


@cli.command()
@click.argument("session", required=False)
@click.option("--model", metavar="M", help="The model that speaks from here on.")
@_fallback
@_judge_samples
@_plain
def resume(
    session: str | None, model: str | None, fallback: tuple[str, ...], judge_samples: int | None, plain: bool
) -> None:
    """Go on where an interview stopped (the last unfinished one by default)."""
    _hold(_workspace(None, model, fallback, judge_samples), plain, session=session)


@cli.command()
@json_option
@bank_option
def rounds(json_: bool, bank: Path | None) -> None:
    """List the rounds."""
    workspace = _workspace(bank)
    if json_:
        from interviewer.listing import round_rows

        print_json(round_rows(workspace.bank))
        return
    for found in workspace.bank.rounds.values():
        who = ", ".join(workspace.bank.persona(p).role for p in found.personas)
        questions = f"{len(found.questions)} question{'s' if len(found.questions) != 1 else ''}"
        _line(f"{found.id}  {found.title}", f"{questions}, {found.minutes} min, {who}")


@cli.command()
@json_option
@bank_option
def personas(json_: bool, bank: Path | None) -> None:
    """List the interviewers."""
    from interviewer.listing import persona_rows

    rows = persona_rows(_workspace(bank).bank)
    if json_:
        print_json(rows)
        return
    for row in rows:
        asks = ", ".join(row["rounds"]) or "no round of this bank"
        _line(f"{row['id']}  {row['name']}, {row['role']}", f"{row['description']} ({asks})")


@cli.command()
@click.option("--round", "round_id", metavar="R", help="Only the questions of this round, in its order.")
@json_option
@bank_option
def questions(round_id: str | None, json_: bool, bank: Path | None) -> None:
    """List the questions."""
    found = _workspace(bank).bank
    asked = found.asked(round_id) if round_id else found.questions()
    if json_:
        from interviewer.listing import question_rows

        print_json(question_rows(asked))
        return
    for question in asked:
        _line(f"{question.id}  ({question.kind.replace('_', ' ')}, {question.topic})", question.asks[0])


@cli.command()
@json_option
def sessions(json_: bool) -> None:
    """List your interviews, last used first."""
    from dataclasses import asdict

    found = _workspace().sessions()
    if json_:
        print_json([asdict(s) for s in found])
        return
    if not found:
        click.echo("No interviews yet. Begin one with `interviewer start ROUND`; `interviewer rounds` lists them.")
    for s in found:
        _line(f"{s.id}  {s.title}", f"{s.status}, question {s.position} of {s.questions}")


@cli.command()
@click.argument("session", required=False)
@click.option("--format", "format_", metavar="md|html|json", help="Default: by the file name, else md.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--offline", is_flag=True, help="Grade what is not graded yet without a model.")
@_judge_samples
def report(
    session: str | None, format_: str | None, output: Path | None, offline: bool, judge_samples: int | None
) -> None:
    """The feedback report (of the last interview by default); what is not graded yet is graded first."""
    from interviewer.report import render
    from interviewer.text import printable

    suffix = output.suffix.lstrip(".").lower() if output else ""
    chosen = format_ or {"htm": "html", "markdown": "md"}.get(suffix, suffix) or "md"
    found = _workspace(judge_samples=judge_samples).report(session, offline=offline)
    text = render(found, chosen)
    for note in found.notes:
        click.echo(f"interviewer: {printable(note)}", err=True)
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}); choose another place with -o") from None
    click.echo(f"Written to {printable(str(output))}", err=True)


@cli.command()
def doctor() -> None:
    """What is set up, what is missing, and how to mend it."""
    from interviewer.doctor import examine
    from interviewer.text import printable

    checks = examine()
    for check in checks:
        click.echo(printable(str(check)))
    if any(c.ok is False for c in checks):
        raise InterviewerError("something is missing; see the lines above")


def _hold(workspace: Workspace, plain: bool, round_id: str | None = None, persona: str | None = None,
          session: str | None = None) -> None:  # fmt: skip
    if not plain and sys.stdin.isatty() and sys.stdout.isatty():
        from interviewer.tui.app import run

        opened = workspace.resume(session) if round_id is None else workspace.start(round_id, persona)
        sys.exit(run(workspace, opened))
    from interviewer.plain import hold

    opened = workspace.resume(session) if round_id is None else workspace.start(round_id, persona)
    sys.exit(hold(opened, sys.stdin, sys.stdout))


def _workspace(
    bank: Path | None = None,
    model: str | None = None,
    fallback: tuple[str, ...] = (),
    judge_samples: int | None = None,
) -> Workspace:
    """Imported here, so that `--help` waits for nothing."""
    from interviewer.workspace import Workspace

    return Workspace(bank, model, fallback=fallback, judge_samples=judge_samples)


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the app needs a terminal; `interviewer start ROUND --plain` works without one")


def _line(head: str, body: str) -> None:
    from interviewer.text import printable

    click.echo(f"{click.style(printable(head), bold=True)}\n    {printable(body)}")


def run_command_line(arguments: Sequence[str]) -> int:
    """Run one command; every error becomes one line on stderr and an exit status."""
    _prepare_streams()
    try:
        status = cli.main(list(arguments), prog_name="interviewer", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return 2
    except click.ClickException as error:
        return _fail(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        return 130
    except InterviewerError as error:
        return _fail(str(error), error.exit_status)
    except BrokenPipeError:
        _forget_stdout()
        return 1
    except OSError as error:
        return _fail(f"{error.filename or 'output'}: {error.strerror}", 1)


def _prepare_streams() -> None:
    """UTF-8 whatever comes; a stream that the caller closed reads as empty or swallows what is written."""
    for name, mode in (("stdin", "r"), ("stdout", "w")):
        stream = getattr(sys, name)
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
        elif reconfigure:
            reconfigure(encoding="utf-8", errors="replace")


def _fail(message: str, status: int) -> int:
    from interviewer.text import printable

    click.echo(f"interviewer: {' '.join(printable(message).split())}", err=True)
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        return status
    _forget_stdout()
    return status


def _forget_stdout() -> None:
    """The reader is gone or the disk is full; keeps the interpreter from complaining about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
