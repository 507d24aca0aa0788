"""What a check reports: which numbers do not fit, what would, and how sure that is.

In: what a check noticed. Out: frozen findings that become triples of the graph `audit`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, Graph, Literal, URIRef

from netkg.ontology import PLAIN_STORE
from netkg.vocab import BASE, entity_iri, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from netkg.audit.rows import Literature, Row

__all__ = ["AuditFinding", "Check", "findings_graph"]

_ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """Numbers of one or two sources that do not add up, or seem not to.

    Attributes:
        check: The check's name.
        subject: The id of the trial, group or entity it is about.
        rows: The rows whose numbers are concerned.
        printed: The numbers as printed.
        expected: What they would have to be.
        certainty: certain, likely, worth-a-look, or explained.
        message: The finding in a sentence, for a person.
    """

    check: str
    subject: str
    rows: tuple[Row, ...]
    printed: str
    expected: str
    certainty: str
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, how it works, where it comes from, and the function that runs it."""

    name: str
    method: str
    run: Callable[[Literature], Iterator[AuditFinding]]


def _finding_iri(finding: AuditFinding) -> URIRef:
    key = "\n".join((finding.check, finding.subject, *sorted(row.iri for row in finding.rows),
                     finding.printed))  # fmt: skip
    return URIRef(
        f"{BASE}audit/{finding.check}-{hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]}"
    )


def findings_graph(
    findings: Iterable[AuditFinding], checks: Iterable[Check], certainties: Mapping[str, str]
) -> Graph:
    """Write findings as triples.

    Args:
        findings: What the checks found.
        checks: The checks, for their methods.
        certainties: The IRI of each word for certainty.
    """
    graph = Graph(store=PLAIN_STORE)
    methods = {check.name: check.method for check in checks}
    for finding in findings:
        node = _finding_iri(finding)
        graph.add((node, RDF.type, URIRef(term("AuditFinding"))))
        graph.add((node, RDFS.label, Literal(finding.message, lang="en")))
        for name, text in (
            ("check", finding.check),
            ("checkMethod", methods[finding.check]),
            ("printedNumbers", finding.printed),
            ("expectedNumbers", finding.expected),
        ):
            graph.add((node, URIRef(term(name)), Literal(text)))
        graph.add((node, URIRef(term("subject")), URIRef(entity_iri(finding.subject))))
        graph.add((node, URIRef(term("certainty")), URIRef(certainties[finding.certainty])))
        for row in finding.rows:
            graph.add((node, URIRef(term("findsIn")), URIRef(row.iri)))
    return graph
