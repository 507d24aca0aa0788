"""The report of an audit: what does not add up, where places differ, and what is disputed.

In: a way to ask stored questions. Out: a `Report` that prints as text, Markdown or JSON.
Refuses nothing; what rounding or a one-sided test explains is listed last and called explained.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Row = Mapping[str, str]
    Ask = Callable[[str], Iterable[Row]]

__all__ = ["Report", "audit_report"]

_CERTAINTIES = ("certain", "likely", "worth-a-look", "explained")
_KINDS = ("true", "apparent")


@dataclass(frozen=True, slots=True)
class Report:
    """What an audit says.

    Attributes:
        findings: Numbers that do not add up, as the question `audit-findings` gives them.
        differences: Attributes printed with two values, as `where-sources-differ` gives them.
        disputes: Disagreements, as `disputed` gives them.
    """

    findings: Sequence[Row]
    differences: Sequence[Row]
    disputes: Sequence[Row]

    def as_json(self) -> str:
        """Write it as JSON, every cell of every row."""
        parts = {
            "findings": [dict(row) for row in self.findings],
            "differences": [dict(row) for row in self.differences],
            "disputes": [dict(row) for row in self.disputes],
        }
        return json.dumps(parts, ensure_ascii=False, indent=2)

    def as_text(self) -> str:
        """Write it for a terminal."""
        return "\n".join(self._lines("", "  ", "    "))

    def as_markdown(self) -> str:
        """Write it as Markdown."""
        return "\n".join(self._lines("## ", "- ", "  - "))

    def counts(self) -> str:
        """Say in a line how much there is."""
        by_certainty = ", ".join(
            f"{sum(row['certainty'] == word for row in self.findings)} {word}"
            for word in _CERTAINTIES
        )
        return (
            f"{len(self.findings)} findings ({by_certainty}), {len(self.differences)} differences, "
            f"{len(self.disputes)} disputes"
        )

    def _lines(self, heading: str, item: str, detail: str) -> Iterator[str]:
        for certainty in _CERTAINTIES:
            rows = [row for row in self.findings if row["certainty"] == certainty]
            title = f"{heading}Numbers that do not add up: {certainty}"
            yield from _section(title, rows, _finding_lines, item, detail)
        title = f"{heading}Places that differ"
        yield from _section(title, self.differences, _difference_lines, item, detail)
        for kind in _KINDS:
            rows = [row for row in self.disputes if row["kind"] == kind]
            title = f"{heading}Disputes: {kind}"
            yield from _section(title, rows, _dispute_lines, item, detail)


def _section(
    title: str, rows: Sequence[Row], lines: Callable[[Row], list[str]], item: str, detail: str
) -> Iterator[str]:
    """Write the rows of a section under its title, the first line of each as an item."""
    if rows:
        yield title
    for row in rows:
        first, *rest = lines(row)
        yield item + first
        yield from (detail + line for line in rest)


def _finding_lines(row: Row) -> list[str]:
    return [
        f"{row['subjectLabel']}: {row['finding']}",
        f"expected: {row['expected']}",
        f"where: {row['where']}",
        f"check {row['check']}: {row['method']}",
    ]


def _difference_lines(row: Row) -> list[str]:
    sides = f"{row['valueA']} ({row['sourceA']}) and {row['valueB']} ({row['sourceB']})"
    return [f"{row['subjectLabel']}, {row['attribute']}: {sides}"]


def _dispute_lines(row: Row) -> list[str]:
    more = [f"they differ in: {row['differsIn']}"] if row["differsIn"] else []
    return [
        row["proposition"],
        row["sideA"],
        f"against: {row['sideB']}",
        *more,
        *filter(None, [row["note"]]),
    ]


def audit_report(ask: Ask, source: str = "") -> Report:
    """Ask what a report needs.

    Args:
        ask: Asks a stored question by name, with its values, and gives its rows.
        source: The IRI of a source, to report only what concerns it.
    """
    mark = source.replace("/source/", "/claim/") + "/"
    return Report(
        *(
            [row for row in ask(question) if not source or mark in row["claims"]]
            for question in ("audit-findings", "where-sources-differ", "disputed")
        )
    )
