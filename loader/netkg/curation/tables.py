"""Reads a table: bytes to rows of cells, each with its line and column, and every finding at once.

In: a TSV file and its declaration. Out: `RawRow`s and findings; what cannot be read is a finding.
Refuses nothing silently: an unknown column, a short row or a stray byte is always reported.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netkg.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.curation.schema import Table

__all__ = ["RawRow", "TableFile", "read_table"]

# A no-break space, or UTF-8 that was read as Latin-1 and written as UTF-8 again.
_ODD = re.compile("\u00a0|\u00e2\u20ac|\u00c3[\u0080-\u00bf]|\u00c2[\u0080-\u00bf]")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file that holds a table.

    Attributes:
        path: Where it lies.
        name: Its name for a person, from the checkout's root.
        table: What kind of table it is.
    """

    path: str
    name: str
    table: Table

    def at(self, line: int = 0, column: str = "") -> Where:
        """Name a place in this file."""
        return Where(self.name, line, column)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands in the file.

    Attributes:
        file: The file.
        line: Its line, from 1.
        cells: The text of each cell by column name, white space at the ends removed.
    """

    file: TableFile
    line: int
    cells: Mapping[str, str]

    def at(self, column: str = "") -> Where:
        """Name a place in this row."""
        return self.file.at(self.line, column)


def _decode(file: TableFile, data: bytes, findings: list[Finding]) -> str | None:
    data = data.removeprefix(_BOM)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        tab = data.rfind(b"\t", 0, error.start) + 1
        start = max(data.rfind(b"\n", 0, error.start) + 1, tab)
        shown = data[start : error.start].decode("utf-8", "replace")
        findings.append(
            Finding(
                "not-utf8",
                f"byte {data[error.start]:#04x} behind {shown!r} is not UTF-8; "
                "save the table as UTF-8",
                file.at(line),
            )
        )
        return None


def _check_header(file: TableFile, header: list[str], findings: list[Finding]) -> bool:
    known = file.table.header
    found = len(findings)
    for column in header:
        if column not in known:
            near = difflib.get_close_matches(column, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            findings.append(
                Finding("unknown-column", f"nobody reads a column {column!r}; {hint}", file.at(1))
            )
        if header.count(column) > 1:
            findings.append(
                Finding("duplicate-column", f"the column {column!r} stands twice", file.at(1))
            )
    findings.extend(
        Finding("missing-column", f"the column {column!r} is missing; add it", file.at(1))
        for column in ("id", *(column.name for column in file.table.columns if column.required))
        if column not in header
    )
    return len(findings) == found


def _is_odd(file: TableFile, text: str, findings: list[Finding]) -> bool:
    """Report line ends and characters that only a wrong turn between programs leaves behind."""
    found = len(findings)
    if "\r" in text and "\n" not in text:
        findings.append(
            Finding(
                "odd-characters",
                "the lines end in CR alone; save the table with LF or CRLF",
                file.at(),
            )
        )
        return True
    for number, line in enumerate(text.split("\n"), start=1):
        odd = _ODD.search(line)
        if odd:
            findings.append(
                Finding(
                    "odd-characters",
                    f"{odd[0]!r} comes from a wrong encoding or is a no-break space; write the "
                    "character that is meant",
                    file.at(number),
                )
            )
    return len(findings) > found


def read_table(file: TableFile, findings: list[Finding]) -> list[RawRow]:
    """Read a table's rows.

    A byte order mark and CRLF line ends, as spreadsheets write them, are accepted. A column that
    no row must fill may be left out.

    Args:
        file: The file with its declaration.
        findings: Receives what is wrong with the file.

    Returns:
        The rows, empty when the header is not right.
    """
    before = len(findings)
    with open(file.path, "rb") as stream:
        text = _decode(file, stream.read(), findings)
    if text is None:
        return []
    if _is_odd(file, text, findings):
        return []
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if not lines[0].strip():
        findings.append(
            Finding(
                "empty-file",
                f"the file has no header; its first line must be: {' '.join(file.table.header)} "
                "(tabs between)",
                file.at(),
            )
        )
        return []
    header = [name.strip() for name in lines[0].split("\t")]
    if not _check_header(file, header, findings):
        return []
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > len(header):
            findings.append(
                Finding(
                    "stray-cell",
                    f"{len(cells)} cells stand under {len(header)} columns; "
                    "look for a tab inside a cell",
                    file.at(number),
                )
            )
            continue
        cells += [""] * (len(header) - len(cells))
        left_out = dict.fromkeys(file.table.header, "")
        rows.append(RawRow(file, number, left_out | dict(zip(header, cells, strict=True))))
    if not rows and len(findings) == before:
        findings.append(Finding("empty-table", "the table has no row", file.at(), Severity.WARNING))
    return rows
