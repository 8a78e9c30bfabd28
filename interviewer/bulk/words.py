"""Agreement told to people: a table, what it leaves out, and where person and grader differ most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from interviewer.bulk.agreement import LEVEL_STARTS, Agreement, Figures
from interviewer.text import one_line

WORST = 10
NAME_WIDTH = 48
_HEADS = ("n", "Pearson", "QWK", "RMSE", "MAE", "mean error")


def lines(found: Agreement) -> Iterator[str]:
    """The whole text, line by line."""
    whole = found.whole.every.figures()
    rows = [("all answers", whole)]
    if found.whole.blank:
        rows.append((f"without {found.whole.blank} blank", found.whole.answered.figures()))
    for name, group in sorted(found.datasets.items()):
        rows.append((name, group.every.figures()))
        if group.blank:
            rows.append((f"  without {group.blank} blank", group.answered.figures()))
    yield from _table(rows)
    yield from _remarks(found, whole)
    if ranked := found.ranked()[:WORST]:
        yield ""
        yield f"Where they differ most ({len(ranked)} of {len(found.questions)} questions, by RMSE):"
        names = [f"{dataset}: {question}" if dataset else question for dataset, question, _ in ranked]
        yield from _table([(name, figures) for name, (_, _, figures) in zip(names, ranked, strict=True)])


def _remarks(found: Agreement, whole: Figures) -> Iterator[str]:
    starts = ", ".join(f"{start:g}" for start in LEVEL_STARTS.values())
    yield ""
    yield f"QWK compares levels 1 to 4, which begin at scores of {starts}. A mean error above 0 is too generous."
    if found.without_score:
        yield f"Lines without a score by a person, left out: {found.without_score}"
    if found.without_prediction:
        yield f"Lines without a prediction, left out: {found.without_prediction}"
    if not whole.n:
        yield "Nothing to compare: no line has both `predicted` and `score`. Grade answers that people have scored."
    elif whole.pearson is None:
        yield "No Pearson: it takes scores that differ and predictions that differ."
    if whole.n and whole.qwk is None:
        yield "No QWK: all scores and all predictions are of one level."


def _table(rows: Sequence[tuple[str, Figures]]) -> Iterator[str]:
    cells = [("", *_HEADS), *((_short(name), *_cells(figures)) for name, figures in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    for name, *figures in cells:
        numbers = (cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))
        yield f"{name.ljust(widths[0])}  {'  '.join(numbers)}"


def _cells(figures: Figures) -> Iterator[str]:
    yield str(figures.n)
    for value in (figures.pearson, figures.qwk, figures.rmse, figures.mae):
        yield "-" if value is None else f"{value:.3f}"
    yield "-" if figures.mean_error is None else f"{figures.mean_error:+.3f}"


def _short(name: str) -> str:
    shown = one_line(name)
    return shown if len(shown) <= NAME_WIDTH else f"{shown[: NAME_WIDTH - 1]}…"
