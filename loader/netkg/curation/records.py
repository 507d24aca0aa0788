"""Turns raw rows into frozen records: every cell checked against its column's declaration.

In: raw rows, the ontology's vocabulary and the registry. Out: `Record`s and findings.
Refuses a row with any bad cell, and reports every bad cell of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from netkg.curation.schema import Column, Kind
from netkg.findings import Finding
from netkg.suggest import did_you_mean
from netkg.vocab import CURIE_PATTERNS, expand_curie

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from netkg.curation.schema import Table
    from netkg.curation.tables import RawRow
    from netkg.ontology import Vocabulary

__all__ = ["Context", "Record", "Value", "read_record"]

Value = str | int | Decimal

_CLAIM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*:[a-z0-9]+(?:-[a-z0-9]+)*")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_INTEGER = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Record:
    """One row, checked.

    Attributes:
        table: The kind of table it stands in.
        source: The source's key; empty for the registry.
        id: The row's id.
        kind: The class of the ontology the row belongs to, as a local name.
        values: The values by column; a column without any is left out.
        row: The row as it stands in the file, for messages.
    """

    table: Table
    source: str
    id: str
    kind: str
    values: Mapping[str, tuple[Value, ...]]
    row: RawRow

    def one(self, column: str) -> Value | None:
        """Give a column's only value, or None."""
        values = self.values.get(column, ())
        return values[0] if values else None

    def text(self, column: str) -> str:
        """Give a column's first value as text, empty when it has none."""
        value = self.one(column)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Context:
    """What cells are checked against.

    Attributes:
        vocabulary: The ontology's classes and closed lists.
        kinds: Each entity's class, by id.
        ids_by_label: Each entity's id, by its exact label.
        sections: The section ids of the source at hand.
    """

    vocabulary: Vocabulary
    kinds: Mapping[str, str]
    ids_by_label: Mapping[str, str]
    sections: frozenset[str] = frozenset()


class _BadCellError(ValueError):
    """A cell cannot be read; carries the finding's code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _read_integer(text: str, _column: Column, _context: Context) -> Value:
    if not _INTEGER.fullmatch(text):
        raise _BadCellError("bad-number", f"{text!r} is no whole number; write digits only")
    return int(text)


def _read_decimal(text: str, _column: Column, _context: Context) -> Value:
    try:
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits decimals only
        pass
    raise _BadCellError(
        "bad-number", f"{text!r} is no number; write digits with a decimal point, such as 0.05"
    )


def _read_entity(text: str, column: Column, context: Context) -> Value:
    entity = text if text in context.kinds else context.ids_by_label.get(text)
    if entity is None:
        near = did_you_mean(text, [*context.kinds, *context.ids_by_label])
        hint = near or "add it to a table of graphs/entities first"
        raise _BadCellError("unknown-entity", f"{text!r} is no entity; {hint}")
    kind = context.kinds[entity]
    if not context.vocabulary.is_a(kind, column.range):
        raise _BadCellError(
            "wrong-kind", f"{text!r} is a {kind}, but this column takes a {column.range}"
        )
    return entity


def _read_term(text: str, column: Column, context: Context) -> Value:
    words = context.vocabulary.terms.get(column.range, {})
    if text not in words:
        hint = did_you_mean(text, words) or f"the words are: {', '.join(sorted(words))}"
        raise _BadCellError("unknown-term", f"{text!r} is not in the list {column.range}; {hint}")
    return text


def _read_class(text: str, column: Column, context: Context) -> Value:
    if not context.vocabulary.is_a(text, column.range):
        below = [kind for kind in context.vocabulary.parents
                 if context.vocabulary.is_a(kind, column.range)]  # fmt: skip
        hint = did_you_mean(text, below) or f"they are: {', '.join(sorted(below))}"
        raise _BadCellError(
            "unknown-term", f"{text!r} is no class of the ontology below {column.range}; {hint}"
        )
    return text


def _read_section(text: str, _column: Column, context: Context) -> Value:
    if text not in context.sections:
        hint = did_you_mean(text, context.sections) or "add it to the source's sections.tsv"
        raise _BadCellError("unknown-entity", f"{text!r} is no section of this source; {hint}")
    return text


def _read_curie(text: str, _column: Column, _context: Context) -> Value:
    if " " in text or expand_curie(text) is None:
        raise _BadCellError(
            "bad-curie", f"{text!r} has no known prefix; known ones are in netkg/vocab.py"
        )
    prefix, _, local = text.partition(":")
    pattern = CURIE_PATTERNS.get(prefix)
    if pattern and not re.fullmatch(pattern, local):
        raise _BadCellError(
            "bad-curie", f"{text!r} is no identifier of {prefix}, which look like {pattern}"
        )
    return text


def _read_digest(text: str, _column: Column, _context: Context) -> Value:
    if not _DIGEST.fullmatch(text):
        raise _BadCellError(
            "bad-hash", f"{text[:20]!r} is no SHA-256 in 64 lower-case hexadecimal digits"
        )
    return text


def _read_flag(text: str, _column: Column, _context: Context) -> Value:
    if text != "yes":
        raise _BadCellError("unknown-term", f"{text!r} is not yes; write yes, or leave it empty")
    return text


def _read_claim(text: str, _column: Column, _context: Context) -> Value:
    if not _CLAIM.fullmatch(text):
        raise _BadCellError("bad-id", f"{text!r} names no claim; write it as source:id")
    return text


def _read_text(text: str, _column: Column, _context: Context) -> Value:
    return text


_READERS: Mapping[Kind, Callable[[str, Column, Context], Value]] = {
    Kind.TEXT: _read_text,
    Kind.INTEGER: _read_integer,
    Kind.DECIMAL: _read_decimal,
    Kind.ENTITY: _read_entity,
    Kind.TERM: _read_term,
    Kind.CLASS: _read_class,
    Kind.SECTION: _read_section,
    Kind.CURIE: _read_curie,
    Kind.DIGEST: _read_digest,
    Kind.FLAG: _read_flag,
    Kind.CLAIM: _read_claim,
}


def _read_cell(
    row: RawRow, column: Column, context: Context, findings: list[Finding]
) -> tuple[Value, ...]:
    text = row.cells[column.name]
    if not text:
        if column.required:
            findings.append(
                Finding(
                    "empty-cell", f"the cell is empty; it takes: {column.doc}", row.at(column.name)
                )
            )
        return ()
    parts = [part.strip() for part in text.split("|")] if column.many else [text]
    values = []
    for part in filter(None, parts):
        try:
            values.append(_READERS[column.kind](part, column, context))
        except _BadCellError as error:
            findings.append(Finding(error.code, str(error), row.at(column.name)))
    return tuple(values)


def read_record(
    row: RawRow, source: str, context: Context, findings: list[Finding]
) -> Record | None:
    """Check a row and give it as a record.

    Args:
        row: The row.
        source: The key of the source it belongs to; empty for the registry.
        context: What its cells are checked against.
        findings: Receives every bad cell.

    Returns:
        The record, or None when any cell is bad.
    """
    table = row.file.table
    before = len(findings)
    row_id = row.cells["id"]
    if not _SLUG.fullmatch(row_id):
        findings.append(
            Finding(
                "bad-id",
                f"{row_id!r} is no id; use lower-case letters, digits and single hyphens",
                row.at("id"),
            )
        )
    values = {
        column.name: cells
        for column in table.columns
        if (cells := _read_cell(row, column, context, findings))
    }
    if len(findings) > before:
        return None
    kind = str(values["class"][0]) if "class" in values else table.node_class
    return Record(table, source, row_id, kind, values, row)
