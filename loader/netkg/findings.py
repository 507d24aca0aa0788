"""One type for everything that is wrong with data: a finding, with a code and a place.

In: what a stage noticed. Out: frozen findings that print as one line for a person.
Refuses to be made with a code that is not documented here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CODES", "Finding", "Severity", "Where", "count_errors", "sort_findings"]

CODES = {
    "axiom-refused": "an axiom of the ontology cannot be honoured by the rules",
    "bad-curie": "an identifier has an unknown prefix, or does not look like one of its prefix",
    "bad-hash": "the hash of a span does not fit the source's text",
    "bad-id": "an id is not made of lower-case letters, digits and hyphens",
    "bad-number": "a cell that must hold a number does not",
    "bad-offset": "a locator's offsets are no span of its section or source",
    "bad-origin": "a row does not say well where its numbers come from",
    "bad-query": "a stored query is no SPARQL, or does not fit its header or the ontology",
    "bad-rdf": "an RDF file cannot be parsed",
    "check-query": "a check query of queries/checks returned a row",
    "cycle": "a hierarchy runs in a circle",
    "disagreement": "HermiT and the rules infer differently from the same axioms and facts",
    "duplicate-column": "a table names a column twice",
    "duplicate-id": "an id is used twice",
    "duplicate-label": "two entities carry the same label",
    "copied-words": "a statement repeats a run of words of its source",
    "duplicate-row": "two claims say the same of the same place",
    "empty-cell": "a required cell is empty",
    "empty-table": "a table has a header and no row",
    "empty-file": "a table has no header",
    "inconsistent": "the graph contradicts the ontology",
    "missing-column": "a table lacks a column that every row must fill",
    "missing-locator": "a claim does not say where it stands",
    "not-judged": "HermiT cannot read the ontology, or does not come to an end",
    "not-utf8": "a file is not UTF-8",
    "number-not-in-span": "a number of a row does not occur in the span it cites",
    "odd-characters": "a file holds characters of a wrong encoding, or line ends nobody reads",
    "outside-label": "a term or identifier of others is labelled otherwise than in its source",
    "shape": "a SHACL shape is violated",
    "silent-gap": "a passage has no claim, and no row of entities/gaps.tsv says why",
    "statement-disagrees": "a cell of a row says something other than the row's statement",
    "stray-cell": "a row has more cells than the header",
    "unknown-column": "a table has a column nobody reads",
    "unknown-entity": "a cell names an entity that is not in the registry",
    "unknown-file": "a file under graphs/ that nobody reads",
    "unknown-source": "a folder of graphs/ is not in the registry of sources",
    "unknown-term": "a cell holds a word that is not in the ontology's list",
    "unlisted-term": "the ontology refers to a term of others that is not in outside-terms.tsv",
    "unsatisfiable": "a class can have no members",
    "unsorted": "rows are not in the order of their first column",
    "unused-term": "a row of outside-terms.tsv is about a term that the ontology does not use",
    "wrong-section": "a claim names a section around the one it stands in",
    "wrong-kind": "an entity is of another kind than the column takes",
}
"""Every finding's code with its meaning; `docs/findings.md` is made from it."""


class Severity(Enum):
    """How bad a finding is; only an error stops a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file.

    Attributes:
        file: The path as a curator knows it, from the checkout's root.
        line: The line, from 1; 0 when the finding is about the whole file.
        column: The table column's name, empty when there is none.
    """

    file: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}{' ' + self.column if self.column else ''}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where it is, and how to mend it.

    Attributes:
        code: One of `CODES`.
        message: What is wrong and what to do, for a person.
        where: The place in a file, if there is one.
        severity: Errors stop a build, warnings do not.
        focus: The IRI of the node that is concerned, empty when there is none.

    Raises:
        ValueError: The code is not documented in `CODES`.

    >>> print(Finding("unknown-entity", "'mTORC3' is no entity; did you mean mTORC2?",
    ...               Where("graphs/x/regulation.tsv", 41, "target")))
    graphs/x/regulation.tsv:41 target: 'mTORC3' is no entity; did you mean mTORC2?
    """

    code: str
    message: str
    where: Where | None = None
    severity: Severity = Severity.ERROR
    focus: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"finding code {self.code!r} is not in netkg.findings.CODES")

    def __str__(self) -> str:
        place = str(self.where) if self.where else self.focus
        return f"{place}: {self.message}" if place else self.message


def count_errors(findings: Iterable[Finding]) -> int:
    """Count the findings that stop a build."""
    return sum(finding.severity is Severity.ERROR for finding in findings)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Order findings by place, then by code, so that two runs print the same."""
    return sorted(findings, key=lambda f: (f.where or Where(""), f.code, f.message, f.focus))
