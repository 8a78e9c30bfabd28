"""The table that a run prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured thing. Without a target it is information, and `ok` stays None."""

    name: str
    figure: str
    target: str = "-"
    ok: bool | None = None

    @property
    def state(self) -> str:
        """The last column."""
        return {True: "ok", False: "MISSED", None: ""}[self.ok]


def at_most(name: str, measured: float, target: float, unit: str, more: str = "") -> Row:
    """A figure that must not exceed its target, e.g. a ratio with the unit `x`."""
    digits = 2 if unit == "x" else 0
    figure = f"{measured:.{digits}f}{unit}{f'  ({more})' if more else ''}"
    return Row(name, figure, f"<= {target:g}{unit}", measured <= target)


def lines(rows: Iterable[Row]) -> Iterable[str]:
    """The rows in aligned columns."""
    cells = [("what", "measured", "target", ""), *((r.name, r.figure, r.target, r.state) for r in rows)]
    widths = [max(len(c[i]) for c in cells) for i in range(4)]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
