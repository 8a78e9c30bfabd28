"""`interviewer grade` and `interviewer agreement`: answers in bulk."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from interviewer.cli.options import bank_option, json_option, print_json
from interviewer.errors import InterviewerError, UsageError
from interviewer.text import one_line

if TYPE_CHECKING:
    from interviewer.bulk.grader import Questions
    from interviewer.bulk.judge import JudgeGrader
    from interviewer.content.bank import Bank
    from interviewer.llm.model import Usage


AHEAD = 4  # so many answers wait for each process, so that none idles while the order is kept


@click.command()
@click.argument("source", metavar="IN.jsonl", type=click.File("rb"))
@click.option(
    "-o", "--output", metavar="OUT.jsonl", type=click.Path(path_type=Path), help="Write here; a later run goes on."
)
@click.option("--restart", is_flag=True, help="Grade anew what the output file holds.")
@click.option("--model", metavar="M", help="Let this model judge, e.g. gpt-4o-mini or ollama/qwen3.")
@click.option(
    "--concurrency",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Grade N answers at a time (default: 1, with a model 4).",
)
@click.option(
    "--severity",
    metavar="X",
    type=click.FloatRange(-1, 1),
    default=0.0,
    help="Take this from scores that a reference decides (default: 0).",
)
@bank_option
def grade(
    source: BinaryIO,
    output: Path | None,
    restart: bool,
    model: str | None,
    concurrency: int | None,
    severity: float,
    bank: Path | None,
) -> int:
    """Grade answers in bulk, one JSON object a line; - reads standard input."""
    from interviewer.bulk.grader import Grader, Questions
    from interviewer.bulk.meter import Meter
    from interviewer.bulk.offline import Offline, OfflineGrader
    from interviewer.bulk.output import Output
    from interviewer.bulk.run import run

    questions = Questions(partial(_open_bank, bank))
    judge = None if model is None else _judge(model, questions)
    to_file = output is not None and output != Path("-")
    sink = Output.open(output) if output and to_file else Output(sys.stdout.buffer, "-")
    meter = Meter(source, shown=sys.stderr.isatty() and (to_file or not sys.stdout.isatty()))
    try:
        with sink, ExitStack() as workers, meter:
            if sink.is_also(source):
                raise UsageError(f"{source.name}: is input and output at once; choose another file with -o")
            if restart:
                sink.restart()
            processes = concurrency or 1
            grader: Grader = judge or workers.enter_context(OfflineGrader(Offline(questions, severity), processes))
            run(source, sink, grader, (concurrency or 4) if judge else processes * AHEAD, meter)
    except KeyboardInterrupt:
        way = "the same command goes on" if sink.resumable else "with -o OUT.jsonl a later run goes on from there"
        click.echo(f"interviewer: stopped after {_count(meter.answers, 'answer')}; {way}", err=True)
        return 130
    if to_file:
        click.echo(f"{_count(meter.answers, 'answer')} graded, written to {one_line(sink.name)}", err=True)
    if meter.unassessed:
        click.echo(f"{_count(meter.unassessed, 'answer')} could not be assessed; `predicted` is null there", err=True)
    if judge:
        click.echo(f"The model took {_cost(judge.usage)}", err=True)
    if meter.left_out:
        way = "then grade anew with --restart" if sink.resumable else "then grade anew"
        raise InterviewerError(f"{source.name}: {_count(meter.left_out, 'line')} left out; mend them, {way}")
    return 0


@click.command()
@click.argument("source", metavar="GRADED.jsonl", type=click.File("rb"))
@json_option
@click.option("--plot", metavar="FILE", type=click.Path(path_type=Path), help="Draw levels by levels: .svg or .png.")
def agreement(source: BinaryIO, json_: bool, plot: Path | None) -> None:
    """How far `predicted` agrees with the `score` that people gave."""
    from interviewer.bulk import words
    from interviewer.bulk.agreement import agreement_of, as_json, graded
    from interviewer.bulk.meter import Meter

    if plot is not None:
        from interviewer.bulk.plot import check_suffix

        check_suffix(plot)
    with Meter(source, shown=sys.stderr.isatty()) as meter:
        found = agreement_of(graded(source, meter))
    if json_:
        print_json(as_json(found))
    else:
        click.echo("\n".join(words.lines(found)))
    if plot is not None:
        from interviewer.bulk.plot import save

        save(plot, found.whole.every.levels)
        click.echo(f"Drawn to {one_line(str(plot))}", err=True)
    if meter.left_out:
        raise InterviewerError(f"{source.name}: {_count(meter.left_out, 'line')} left out; mend what is named above")


def _cost(usage: Usage) -> str:
    tokens = f"{usage.prompt_tokens + usage.completion_tokens:,} tokens"
    return tokens if usage.cost_usd is None else f"{tokens}, {usage.cost_usd:.4f} USD"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _open_bank(directory: Path | None) -> Bank:
    from interviewer.workspace import Workspace

    return Workspace(directory).bank


def _judge(model: str, questions: Questions) -> JudgeGrader:
    from interviewer.bulk.judge import JudgeGrader
    from interviewer.grading.judge import Judge
    from interviewer.workspace import Workspace

    gateway = Workspace(model=model).gateway("judge")
    if gateway is None or gateway.lack:
        raise UsageError(gateway.lack if gateway and gateway.lack else "--model: name a model, e.g. gpt-4o-mini")
    return JudgeGrader(Judge(gateway), questions)
