"""Shows answers to people: tables on a terminal and in Markdown, with labels instead of IRIs.

In: rows. Out: text. Refuses nothing; a cell too wide for the terminal is wrapped, never cut.
"""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

from netkg.vocab import BASE, curie_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netkg.store.results import Rows

__all__ = ["as_markdown", "as_table", "readable"]

_GAP = 2
_CLAIMS = BASE + "claim/"
_STUDIES = "studiesFor"


def _shorten(text: str) -> str:
    """Write IRIs of ours and of known namespaces short."""
    if text.startswith(BASE + "entity/"):
        return text.removeprefix(BASE + "entity/")
    return curie_of(text) or text


def _studies(row: Mapping[str, str]) -> str:
    """Say how many independent primary studies speak for and against a row."""
    against = row.get("studiesAgainst", "0")
    return row[_STUDIES] + (f" ({against} against)" if against not in {"", "0"} else "")


def _cell(row: Mapping[str, str], column: str, labels: set[str]) -> str:
    if column == _STUDIES:
        return _studies(row)
    if column in labels:
        return row[column + "Label"]
    return "; ".join(_shorten(part) for part in row[column].split("; "))


def readable(rows: Rows) -> tuple[list[str], list[list[str]]]:
    """Give rows as a person reads them: the label in an entity's place.

    Args:
        rows: The answer.

    Returns:
        The columns and the cells. A column that is empty in every row is left out, and so are the
        claims' IRIs, which csv, tsv and json carry; the two counts of studies become one column.
    """
    labels = {column for column in rows.columns if column + "Label" in rows.columns}
    shown = [
        column
        for column in rows.columns
        if not (column.endswith("Label") and column.removesuffix("Label") in labels)
        and column != "studiesAgainst"
        and not any(row[column].startswith(_CLAIMS) for row in rows if column == "claims")
    ]
    cells = [[_cell(row, column, labels) for column in shown] for row in rows]
    filled = [
        number for number in range(len(shown)) if not cells or any(row[number] for row in cells)
    ]
    names = ["studies" if shown[n] == _STUDIES else shown[n] for n in filled]
    return names, [[row[n] for n in filled] for row in cells]


def _widths(table: Sequence[Sequence[str]], room: int) -> list[int]:
    """Share the terminal's width among the columns, taking from the widest, breaking no word."""
    columns = [[row[n] for row in table] for n in range(len(table[0]))]
    widths = [max(map(len, column)) for column in columns]
    narrowest = [
        max(len(word) for cell in column for word in cell.split() or [""]) for column in columns
    ]
    excess = sum(widths) + _GAP * (len(widths) - 1) - room
    while excess > 0:
        spare = [width - least for width, least in zip(widths, narrowest, strict=True)]
        if not any(spare):
            break
        widest = max(range(len(widths)), key=lambda n: (spare[n] > 0, widths[n]))
        widths[widest] -= 1
        excess -= 1
    return widths


def as_table(rows: Rows, *, width: int | None = None) -> str:
    """Lay rows out as a table for a terminal.

    Args:
        rows: The answer.
        width: How many characters wide; without it, as wide as the terminal.
    """
    columns, cells = readable(rows)
    room = width or shutil.get_terminal_size((100, 24)).columns
    widths = _widths([columns, *cells], room)
    lines = []
    for row in [columns, ["─" * size for size in widths], *cells]:
        wrapped = [
            textwrap.wrap(cell, size, break_on_hyphens=False) or [""]
            for cell, size in zip(row, widths, strict=True)
        ]
        for number in range(max(map(len, wrapped))):
            line = (" " * _GAP).join(
                (part[number] if number < len(part) else "").ljust(size)
                for part, size in zip(wrapped, widths, strict=True)
            )
            lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def as_markdown(rows: Rows) -> str:
    """Lay rows out as a Markdown table."""
    columns, cells = readable(rows)

    def line(row: Sequence[str]) -> str:
        escaped = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        return "| " + " | ".join(escaped) + " |"

    return "\n".join([line(columns), line(["---"] * len(columns)), *map(line, cells)]) + "\n"
