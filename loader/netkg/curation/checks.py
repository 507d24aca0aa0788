"""Checks that look at more than one cell: duplicates, order, hierarchies and locators.

In: rows and records. Out: findings. Refuses nothing; it only reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netkg.curation.records import Record
    from netkg.curation.tables import RawRow

__all__ = [
    "find_cycles",
    "find_duplicate_ids",
    "find_duplicate_labels",
    "find_duplicate_rows",
    "find_unsorted",
    "find_wrong_locators",
]


_WORDS = frozenset({"statement", "note"})


def find_duplicate_ids(rows: Iterable[RawRow]) -> list[Finding]:
    """Report ids used twice among rows that share one space of ids."""
    first: dict[str, RawRow] = {}
    findings = []
    for row in rows:
        row_id = row.cells["id"]
        if row_id and row_id in first:
            findings.append(
                Finding(
                    "duplicate-id",
                    f"the id {row_id!r} is used already at {first[row_id].at()}; choose another",
                    row.at("id"),
                )
            )
        first.setdefault(row_id, row)
    return findings


def find_duplicate_labels(rows: Iterable[RawRow]) -> list[Finding]:
    """Report entities that carry the same label, letter case aside."""
    first: dict[str, RawRow] = {}
    findings = []
    for row in rows:
        label = row.cells["label"].casefold()
        if label and label in first:
            findings.append(
                Finding(
                    "duplicate-label",
                    f"{row.cells['label']!r} is the label of {first[label].at()} too; "
                    "a label must name one thing, so say which in brackets",
                    row.at("label"),
                )
            )
        first.setdefault(label, row)
    return findings


def find_duplicate_rows(claims: Iterable[Record]) -> list[Finding]:
    """Report claims of one source that say the same of the same place under two ids."""
    first: dict[tuple[object, ...], Record] = {}
    findings = []
    for claim in claims:
        cells = {name: value for name, value in claim.values.items() if name not in _WORDS}
        key = (claim.source, claim.table.name, *sorted(cells.items()))
        if key in first and first[key].id != claim.id:
            findings.append(
                Finding(
                    "duplicate-row",
                    f"every cell but the words is that of {first[key].id!r} at "
                    f"{first[key].row.at()}; take one of them out, or say what sets it apart",
                    claim.row.at("id"),
                )
            )
        first.setdefault(key, claim)
    return findings


def find_unsorted(rows: Iterable[RawRow]) -> list[Finding]:
    """Report the first row of each file that breaks the order of ids."""
    last: dict[str, str] = {}
    told: set[str] = set()
    findings = []
    for row in rows:
        path, row_id = row.file.path, row.cells["id"]
        if path not in told and row_id < last.get(path, ""):
            told.add(path)
            findings.append(
                Finding(
                    "unsorted",
                    f"{row_id!r} stands behind {last[path]!r}; sort the rows by id",
                    row.at("id"),
                    Severity.WARNING,
                )
            )
        last[path] = row_id
    return findings


def find_cycles(records: Iterable[Record]) -> list[Finding]:
    """Report entities whose `broader` column leads back to themselves."""
    by_id = {record.id: record for record in records if "broader" in record.table.header}
    findings = []
    for start, record in sorted(by_id.items()):
        seen: list[str] = []
        waiting = [(start, [start])]
        while waiting:
            at, path = waiting.pop()
            for above in map(str, by_id[at].values.get("broader", ()) if at in by_id else ()):
                if above == start:
                    seen = [*path, start]
                    waiting.clear()
                    break
                if above not in path:
                    waiting.append((above, [*path, above]))
        if seen:
            findings.append(
                Finding(
                    "cycle",
                    f"the hierarchy runs in a circle: {' -> '.join(seen)}; take one 'broader' out",
                    record.row.at("broader"),
                )
            )
    return findings


def _wrong_locator(
    record: Record, span: tuple[int, int], limit: tuple[str, int, int]
) -> Finding | None:
    (start, end), (name, low, high) = span, limit
    if start >= end:
        return Finding(
            "bad-offset", f"start {start} is not before end {end}", record.row.at("start")
        )
    if not low <= start < end <= high:
        return Finding(
            "bad-offset",
            f"the span {start}-{end} is outside {name}, which is {low}-{high}; "
            "locate the passage again with 'netkg locate'",
            record.row.at("start" if not low <= start < high else "end"),
        )
    return None


def _smaller_section(
    claim: Record,
    span: tuple[int, int],
    section: Record | None,
    sections: Mapping[tuple[str, str], Record],
) -> Record | None:
    """Give a section inside the one a claim names that holds its span too."""

    def length(part: Record) -> int:
        return int(part.text("end")) - int(part.text("start"))

    holding = [
        part
        for (source, _), part in sections.items()
        if source == claim.source
        and int(part.text("start")) <= span[0] < span[1] <= int(part.text("end"))
    ]
    smallest = min(holding, key=length, default=None)
    if section is None or smallest is None or length(smallest) >= length(section):
        return None
    return smallest


def find_wrong_locators(
    claims: Iterable[Record],
    sections: Mapping[tuple[str, str], Record],
    lengths: Mapping[str, int],
) -> list[Finding]:
    """Report claims without a locator, and locators outside their source or section.

    Args:
        claims: The claims of all sources.
        sections: The sections by source and id.
        lengths: Each source's number of characters.
    """
    findings = []
    missing: list[tuple[Record, list[str]]] = []
    for claim in claims:
        lacking = [name for name in ("start", "end", "span_sha256") if name not in claim.values]
        if lacking:
            missing.append((claim, lacking))
            continue
        span = int(claim.text("start")), int(claim.text("end"))
        limits = [(f"the source {claim.source}", 0, lengths.get(claim.source, 0))]
        section = sections.get((claim.source, claim.text("section")))
        if section:
            limits.append(
                (f"section {section.id}", int(section.text("start")), int(section.text("end")))
            )
        wrong = next(filter(None, (_wrong_locator(claim, span, limit) for limit in limits)), None)
        inner = _smaller_section(claim, span, section, sections)
        if wrong:
            findings.append(wrong)
        elif inner:
            findings.append(
                Finding(
                    "wrong-section",
                    f"the span {span[0]}-{span[1]} lies inside {inner.id}, a part of "
                    f"{claim.text('section')}; name the smaller one",
                    claim.row.at("section"),
                )
            )
    findings.extend(
        Finding(
            "missing-locator",
            f"the claim does not say where it stands ({', '.join(lacking)} empty); "
            "paste the passage to 'netkg locate'",
            claim.row.at(lacking[0]),
        )
        for claim, lacking in missing
    )
    return findings
