"""The number gate: every number of a row is printed in its span, or the row says where it is from.

In: a claim and its source's text. Out: findings. Refuses nothing; it only reports.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netkg.curation.number_words import spelled_out
from netkg.curation.schema import Kind
from netkg.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netkg.curation import Record

__all__ = ["find_foreign_numbers"]

_PRINTED = re.compile(r"\d+(?:[.,]\d+)*")
# As some journals print p: without the zero before the point.
_BARE = re.compile(r"(?<![\w.])\.\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# A number of its own, not a part of a name such as mTORC1, 4E-BP1, RADIANT-3, 5-FU or 177Lu; the
# ends of a range and the number of 24-month are numbers. None is read by halves.
_FREE = re.compile(r"(?<![A-Za-z]-)(?<![A-Za-z\d.,])\d++(?:[.,]\d++)*+(?![A-Za-z])(?!-[A-Z])")
_ORIGIN = re.compile(r"(?P<column>[a-z_0-9]+)=(?P<origin>spelled-out|sum|outside|(\d+)-(\d+))")
_SEPARATOR = "; "
_MOST_ADDENDS = 16
_UNCHECKED = frozenset({"start", "end", "note", "numbers_from", "span_sha256", "printed", "meant"})


def _plain(number: str) -> str:
    """Give a number without what writing adds to it: a decimal comma, a leading zero, a sign.

    >>> _plain("0,82"), _plain("1,908"), _plain("05"), _plain("-0.5")
    ('.82', '1.908', '5', '.5')
    """
    return number.replace(",", ".").lstrip("-0")


def _printed_in(text: str) -> set[str]:
    found = [*_PRINTED.findall(text), *_BARE.findall(text)]
    whole = {number.replace(",", "") for number in found if _THOUSANDS.fullmatch(number)}
    listed = {part for number in found if number.count(",") > 1 for part in number.split(",")}
    return {_plain(number) for number in whole | listed | set(found)}


def _numbers(claim: Record) -> Iterator[tuple[str, str]]:
    """Give every number of a claim's row with its column."""
    for column in claim.table.columns:
        if column.name in _UNCHECKED:
            continue
        for value in claim.values.get(column.name, ()):
            if column.kind in (Kind.INTEGER, Kind.DECIMAL):
                yield column.name, str(value)
            elif column.kind is Kind.TEXT:
                for number in _FREE.findall(str(value)):
                    yield column.name, number


def _sums(printed: set[str]) -> set[str]:
    """Give what two or more of the whole numbers of a span sum to."""
    numbers = sorted(int(number) for number in printed if number.isdigit())[:_MOST_ADDENDS]
    sums: set[int] = set()
    single: set[int] = set()
    for number in numbers:
        sums |= {number + total for total in sums | single}
        single.add(number)
    return {str(total) for total in sums}


def _origins(claim: Record, text: str, findings: list[Finding]) -> dict[str, set[str] | None]:
    """Read where numbers come from: by column, the numbers admitted, or None for any."""
    origins: dict[str, set[str] | None] = {}
    span = text[int(claim.text("start")) : int(claim.text("end"))]
    for item in filter(None, claim.text("numbers_from").split(_SEPARATOR)):
        match = _ORIGIN.fullmatch(item)
        if not match or match["column"] not in claim.table.header:
            findings.append(
                Finding(
                    "bad-origin",
                    f"{item!r} does not say where a number comes from; write "
                    "column=spelled-out, column=sum, column=outside or column=start-end, "
                    "joined by '; '",
                    claim.row.at("numbers_from"),
                )
            )
        elif match["origin"] == "outside":
            origins[match["column"]] = None
        elif match["column"] not in origins or origins[match["column"]] is not None:
            admitted = origins.get(match["column"]) or set()
            origins[match["column"]] = admitted | _admitted(match, span, text)
    return origins


def _admitted(match: re.Match[str], span: str, text: str) -> set[str]:
    """Give the numbers that an origin admits: spelled out, sums, or of another place."""
    match match["origin"]:
        case "spelled-out":
            return {_plain(number) for number in spelled_out(span)}
        case "sum":
            return _sums(_printed_in(span) | spelled_out(span))
        case _:
            return _printed_in(text[int(match[3]) : int(match[4])])


def find_foreign_numbers(claim: Record, text: str) -> Iterable[Finding]:
    """Report the numbers of a row that neither its span nor a named place prints.

    Args:
        claim: A claim with a locator that fits.
        text: The text of its source.

    Returns:
        A finding for each column that holds such numbers.
    """
    findings: list[Finding] = []
    start, end = int(claim.text("start")), int(claim.text("end"))
    printed = _printed_in(text[start:end])
    origins = _origins(claim, text, findings)
    foreign: dict[str, list[str]] = {}
    for column, number in _numbers(claim):
        elsewhere = origins.get(column, set())
        if elsewhere is not None and _plain(number) not in printed | elsewhere:
            foreign.setdefault(column, []).append(number)
    findings += [
        Finding(
            "number-not-in-span",
            f"{', '.join(numbers)} does not occur in the span {start}-{end}; widen the span, or "
            f"say in 'numbers_from' where it comes from, such as {column}=spelled-out",
            claim.row.at(column),
        )
        for column, numbers in foreign.items()
    ]
    return findings
