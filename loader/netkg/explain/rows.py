"""Explains rows of an answer: the facts that a stored question matched for each.

In: a question with its values in place, a row. Out: witnesses, the one with fewest facts first.
Refuses a query it cannot take apart, naming what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netkg.explain.patterns import read_query
from netkg.explain.solving import witnesses
from netkg.explain.terms import term_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netkg.explain.patterns import Query
    from netkg.explain.solving import Witness
    from netkg.store.interface import Store
    from netkg.store.results import Rows

__all__ = ["KeyedRow", "explain_row", "keyed_rows"]


class KeyedRow(NamedTuple):
    """A row of an answer, and what sets it apart from the others.

    Attributes:
        cells: The row as asked for, text by column.
        keys: Terms by variable of the pattern.
        wanted: All key variables, those that are unbound too.
    """

    cells: dict[str, str]
    keys: dict[str, str]
    wanted: tuple[str, ...]


def _simple_columns(query: Query) -> list[str]:
    """Give the variables that are projected as they are."""
    depth, found, word = 0, [], ""
    for char in query.projection + " ":
        if char.isalnum() or char in "?_":
            word += char
            continue
        if word.startswith("?") and not depth:
            found.append(word)
        word = ""
        depth += (char == "(") - (char == ")")
    return found


def keyed_rows(store: Store, sparql: str) -> tuple[Query, list[KeyedRow]]:
    """Run a question so that each row tells what sets it apart.

    Args:
        store: What to ask.
        sparql: A stored question, its values in place.

    Returns:
        The question taken apart, and its rows.
    """
    query = read_query(sparql)
    shown = _simple_columns(query)
    keys = query.grouped_by or tuple(shown)
    hidden = [name for name in keys if name not in shown]
    at = sparql.index(query.projection)
    end = at + len(query.projection.rstrip())
    rows: Rows = store.select(f"{sparql[:end]} {' '.join(hidden)}{sparql[end:]}")
    visible = len(rows.columns) - len(hidden)
    found = []
    for cells in rows.cells:
        by_name = dict(zip(rows.columns, cells, strict=True))
        found.append(
            KeyedRow(
                {
                    name: cell.value if cell else ""
                    for name, cell in list(by_name.items())[:visible]
                },
                {
                    name: term_text(cell)
                    for name in keys
                    if (cell := by_name[name.lstrip("?")]) is not None
                },
                keys,
            )
        )
    return query, found


def explain_row(store: Store, query: Query, row: KeyedRow) -> Sequence[Witness]:
    """Give every independent set of facts that a row rests on.

    Args:
        store: What was asked.
        query: The question taken apart.
        row: One of its rows.
    """
    return witnesses(store, query.where, row.keys, row.wanted)
