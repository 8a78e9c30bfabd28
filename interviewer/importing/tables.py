"""Tables of a post as the headings and items that they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from interviewer.importing.markdown import PLAIN_LEVEL, Block

_COLUMNS = {
    "people": r"interviewers?|asked\s+by|who|person|panel",
    "question": r"questions?|asked|problems?|tasks?|prompts?",
    "round": r"rounds?|stages?|interviews?|screens?",
    "label": r"types?|kinds?|category|categories",
    "minutes": r"duration|minutes|length|time",
    "remark": r"notes?|remarks?|comments?|details?|follow[\s-]?ups?|links?|sources?",
}
_COLUMN = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for name, words in _COLUMNS.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    cells: dict[str, Block]

    def text(self, column: str) -> str:
        return self.cells[column].text.replace("\n", ", ") if column in self.cells else ""


def unfold(table: Block) -> list[Block] | None:
    """A heading for each round, lines for people and length, an item for each question, remarks below it.

    None where no column holds questions.
    """
    head, *body = table.rows or [[]]
    columns = _columns(head)
    if "question" not in columns:
        return None
    found: list[Block] = []
    latest = _Row({})
    for cells in body:
        row = _Row({name: cell for name, cell in zip_longest(columns, cells) if name and cell})
        found += _changes(row, latest)
        found += _questions(row)
        latest = _Row({**latest.cells, **{k: c for k, c in row.cells.items() if c.text}})
    return found


def _columns(head: list[Block]) -> list[str]:
    """The meaning of each column, empty where it has none; each meaning once, the first column that fits."""
    free = dict(_COLUMN)
    names: list[str] = []
    for cell in head:
        names.append(next((name for name, words in free.items() if words.search(cell.text)), ""))
        free.pop(names[-1], None)
    return names


def _changes(row: _Row, latest: _Row) -> list[Block]:
    """What holds from this row on and did not before."""
    found = []
    title = row.text("round")
    new_round = bool(title) and title != latest.text("round")
    line = next(iter(row.cells.values())).line if row.cells else 0
    if new_round:
        found.append(
            Block("heading", line, f"Round {title}" if title.isdigit() else title, level=PLAIN_LEVEL, round=True)
        )
    for column, label in (("people", "Interviewer"), ("minutes", "Duration")):
        if (value := row.text(column)) and (new_round or value != latest.text(column)):
            found.append(Block("paragraph", line, f"{label}: {value}"))
    return found


def _questions(row: _Row) -> list[Block]:
    """A cell with several lines holds several questions; label and remarks are the row's."""
    cell = row.cells.get("question")
    if cell is None or not (cell.text or cell.sources):
        return []
    label = row.text("label")
    asks = cell.text.split("\n")
    items = [Block("item", cell.line, f"{label}: {ask}" if label else ask) for ask in asks]
    remark = row.cells.get("remark")
    items[-1].sources = cell.sources
    if remark and (remark.text or remark.sources):
        items[-1].children = [replace(remark, kind="item")]
    return items
