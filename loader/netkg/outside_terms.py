"""Holds every term of others, and every label we give it, against what its source says.

In: the ontology's two files, the table `ontology/outside-terms.tsv`, and the identifiers of the
registry. Out: findings with file, line and mend. Refuses nothing itself; a term that is not in the
table, and a label that differs, are errors, because a wrong number is only seen by its label.

The terms of OWL, RDF, RDFS and XSD are the language we write in, and need no row.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from rdflib import DCTERMS, RDFS, URIRef

from netkg.curation.checks import find_duplicate_ids, find_unsorted
from netkg.curation.schema import Column, Table
from netkg.curation.tables import TableFile, read_table
from netkg.errors import DataNotFoundError
from netkg.findings import Finding, Where
from netkg.vocab import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph

    from netkg.curation.records import Record
    from netkg.curation.tables import RawRow

__all__ = ["OUTSIDE_TERMS", "check_identifier_labels", "check_outside_terms", "read_outside_terms"]

OUTSIDE_TERMS = Table(
    name="outside-terms",
    node_class="",
    columns=(
        Column(name="iri", doc="its IRI", required=True),
        Column(name="label", doc="its label, exactly as the source gives it", required=True),
        Column(name="seen_in", doc="where that label was read", required=True),
    ),
)
"""Terms of other ontologies that ours refers to; `id` is the term's CURIE."""

_OURS = (BASE, *(PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd")))
_PREFIX = re.compile(r"^@prefix\s+(\w+):\s+<([^>]*)>", re.MULTILINE)


def read_outside_terms(ontology_folder: str, findings: list[Finding]) -> dict[str, RawRow]:
    """Read the table of outside terms.

    Args:
        ontology_folder: The folder that holds it.
        findings: Receives what is wrong with the table.

    Returns:
        The rows by IRI.

    Raises:
        DataNotFoundError: The table is missing.
    """
    name = f"{OUTSIDE_TERMS.name}.tsv"
    path = os.path.join(ontology_folder, name)
    if not os.path.isfile(path):
        raise DataNotFoundError(f"{path} is missing; install netkg again")
    file = TableFile(path, f"ontology/{name}", OUTSIDE_TERMS)
    rows = read_table(file, findings)
    findings += find_duplicate_ids(rows) + find_unsorted(rows)
    for row in rows:
        findings += _wrong_cells(row)
    return {row.cells["iri"]: row for row in rows}


def _wrong_cells(row: RawRow) -> Iterable[Finding]:
    for column in OUTSIDE_TERMS.header:
        if not row.cells[column]:
            yield Finding("empty-cell", "the cell is empty; fill it", row.at(column))
    local = row.cells["id"].partition(":")[2]
    if not row.cells["iri"].endswith(local):
        yield Finding(
            "bad-curie",
            f"{row.cells['id']!r} is no short form of {row.cells['iri']}; mend one of them",
            row.at("id"),
        )


class _Text:
    """A Turtle file as text, to find the line that a term stands on."""

    def __init__(self, path: str, name: str) -> None:
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        self._name = name
        self._lines = text.split("\n")
        self._prefixes = {iri: prefix for prefix, iri in _PREFIX.findall(text)}

    def _spelling(self, iri: str) -> re.Pattern[str]:
        """Give what matches the term as this file writes it."""
        written = [re.escape(f"<{iri}>")]
        for namespace, prefix in self._prefixes.items():
            if iri.startswith(namespace):
                local = re.escape(iri.removeprefix(namespace))
                written.append(rf"(?<![\w:]){prefix}:{local}(?![\w-])")
        return re.compile("|".join(written))

    def mention(self, iri: str) -> Where:
        """Give the first place that names a term."""
        spelling = self._spelling(iri)
        found = (n for n, line in enumerate(self._lines, start=1) if spelling.search(line))
        return Where(self._name, next(found, 0))

    def label(self, iri: str, label: str) -> Where:
        """Give the place where a term gets a label."""
        spelling = self._spelling(iri)
        subject = False
        for number, line in enumerate(self._lines, start=1):
            if line and not line[0].isspace():
                subject = bool(spelling.match(line))
            if subject and "rdfs:label" in line and label in line:
                return Where(self._name, number, "rdfs:label")
        return self.mention(iri)


def _outside(graph: Graph) -> set[str]:
    """Give the terms of others that a graph names; a licence is no term."""
    licences = set(graph.objects(None, DCTERMS.license))
    nodes = {node for triple in graph for node in triple if isinstance(node, URIRef)} - licences
    return {iri for iri in map(str, nodes) if not iri.startswith(_OURS)}


def check_outside_terms(
    ontology_folder: str, graphs: Mapping[str, Graph], listed: Mapping[str, RawRow]
) -> list[Finding]:
    """Report terms of others that are not in the table, or are labelled otherwise than there.

    Args:
        ontology_folder: The folder of the ontology.
        graphs: The parsed files of that folder, by file name.
        listed: The table's rows, by IRI.
    """
    findings: list[Finding] = []
    used: set[str] = set()
    for file, graph in graphs.items():
        terms = _outside(graph)
        used |= terms
        wrong = _wrong_labels(graph, listed)
        if wrong or not terms <= listed.keys():
            text = _Text(os.path.join(ontology_folder, file), f"ontology/{file}")
            findings += [_unlisted(iri, text) for iri in sorted(terms - listed.keys())]
            findings += [
                _differs(text.label(row.cells["iri"], ours), ours, row) for row, ours in wrong
            ]
    findings += [
        Finding(
            "unused-term",
            f"the ontology does not refer to {listed[iri].cells['id']}; take the row out",
            listed[iri].at("iri"),
        )
        for iri in sorted(listed.keys() - used)
    ]
    return findings


def _wrong_labels(graph: Graph, listed: Mapping[str, RawRow]) -> list[tuple[RawRow, str]]:
    return [
        (row, str(label))
        for iri, row in sorted(listed.items())
        for label in graph.objects(URIRef(iri), RDFS.label)
        if str(label) != row.cells["label"]
    ]


def _unlisted(iri: str, text: _Text) -> Finding:
    return Finding(
        "unlisted-term",
        f"{iri} is not in ontology/{OUTSIDE_TERMS.name}.tsv; look it up in its source and add it "
        "with the label you read there, or take another term",
        text.mention(iri),
    )


def _differs(where: Where, ours: str, row: RawRow) -> Finding:
    return Finding(
        "outside-label",
        f"{row.cells['id']} is labelled {ours!r}, but {row.cells['label']!r} at {row.at('label')}, "
        f"seen in {row.cells['seen_in']}; one of them is wrong, or the term is another",
        where,
    )


def check_identifier_labels(links: Iterable[Record], listed: Mapping[str, RawRow]) -> list[Finding]:
    """Report identifiers that two rows, or a row and the table of outside terms, label differently.

    Args:
        links: The rows about entities, identifiers among them.
        listed: The table's rows, by IRI.
    """
    findings = []
    labelled = {row.cells["id"]: row for row in listed.values()}
    for link in links:
        if link.table.name != "identifiers":
            continue
        first = labelled.setdefault(link.text("curie"), link.row)
        label = "id_label" if "id_label" in first.cells else "label"
        if first.cells[label] != link.text("id_label"):
            findings.append(
                Finding(
                    "outside-label",
                    f"{link.text('curie')} is labelled {link.text('id_label')!r}, but "
                    f"{first.cells[label]!r} at {first.at(label)}; one of them is wrong, or the "
                    "identifier is another",
                    link.row.at("id_label"),
                )
            )
    return findings
