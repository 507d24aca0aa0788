"""Validates the graph against the shapes, and runs the check queries.

In: rdflib graphs and a store. Out: findings, each with the row it comes from where there is one.
Refuses nothing itself; the pipeline decides what a finding stops. The only door to pyshacl.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rdflib import RDF, SH, Graph, URIRef

from netkg.errors import DataNotFoundError, QuerySyntaxError
from netkg.findings import Finding, Severity, Where
from netkg.ontology import parse_turtle
from netkg.paths import read_queries
from netkg.vocab import sparql_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib.term import Node

    from netkg.store.interface import Store

__all__ = ["read_shapes", "run_checks", "validate_shapes"]

_SEVERITIES = {
    str(SH.Violation): Severity.ERROR,
    str(SH.Warning): Severity.WARNING,
    str(SH.Info): Severity.INFO,
}


def read_shapes(ontology_folder: str) -> Graph:
    """Read every shape file of the ontology into one graph.

    Raises:
        DataNotFoundError: A file is not Turtle.
    """
    folder = os.path.join(ontology_folder, "shapes")
    merged = Graph()
    if not os.path.isdir(folder):
        raise DataNotFoundError(f"{folder} is not there; install netkg again")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".ttl"):
            merged += parse_turtle(os.path.join(folder, name))
    return merged


def _message(report: Graph, result: Node) -> str:
    texts = sorted(str(text) for text in report.objects(result, SH.resultMessage))
    path = report.value(result, SH.resultPath)
    value = report.value(result, SH.value)
    about = f" ({path.rpartition('#')[2]}" if isinstance(path, URIRef) else " ("
    shown = f"{about}{': ' + str(value) if value is not None else ''})"
    return texts[0] + (shown if len(shown) > len(" ()") else "") if texts else "shape violated"


def validate_shapes(
    data: Graph, shapes: Graph, places: Mapping[str, Where] | None = None
) -> list[Finding]:
    """Validate data against shapes with pyshacl.

    The data must hold the `rdfs:subClassOf` triples that `sh:class` and `sh:targetClass` need.

    Args:
        data: What to validate.
        shapes: The shapes.
        places: Where each node's row stands, by IRI.

    Returns:
        A finding for each result of the report.

    Raises:
        DataNotFoundError: A shape cannot be used.

    Source: SHACL, https://www.w3.org/TR/shacl/
    """
    import pyshacl  # noqa: PLC0415 - a fifth of a second that only builds and checks need

    places = places or {}
    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference="none", advanced=False, meta_shacl=False
        )
    except Exception as error:  # pyshacl raises many kinds for shapes it cannot use
        raise DataNotFoundError(f"ontology/shapes: a shape cannot be used: {error}") from error
    if not isinstance(report, Graph):
        raise TypeError(f"pyshacl gave no report graph but {report!r}")
    findings = []
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = str(report.value(result, SH.focusNode) or "")
        severity = str(report.value(result, SH.resultSeverity))
        findings.append(
            Finding(
                "shape",
                _message(report, result),
                places.get(focus),
                _SEVERITIES.get(severity, Severity.ERROR),
                focus,
            )
        )
    return findings


def run_checks(
    store: Store, queries_folder: str, places: Mapping[str, Where] | None = None
) -> list[Finding]:
    """Run the check queries, which must return no row.

    A check selects `?focus` and `?message`, and may select `?severity` (error, warning, info).

    Args:
        store: The store to check.
        queries_folder: The folder that holds `checks/`.
        places: Where each node's row stands, by IRI.

    Returns:
        A finding for each row.
    """
    places = places or {}
    findings = []
    for file, text in read_queries(queries_folder, "checks"):
        try:
            rows = list(store.select(sparql_prefixes() + text))
        except QuerySyntaxError as error:
            findings.append(Finding("bad-query", str(error), Where(f"queries/checks/{file}")))
            continue
        findings += [_check_finding(file, row, places) for row in rows]
    return findings


def _check_finding(file: str, row: Mapping[str, str], places: Mapping[str, Where]) -> Finding:
    """Turn a row of a check into a finding; a check that selects other columns is one itself."""
    severities = {severity.value: severity for severity in Severity}
    severity = severities.get(row.get("severity") or "error")
    if severity is None or not {"focus", "message"} <= set(row):
        return Finding(
            "bad-query",
            "a check selects ?focus and ?message, and may select ?severity: error, warning or info",
            Where(f"queries/checks/{file}"),
        )
    name = file.removesuffix(".rq")
    return Finding(
        "check-query",
        f"{row['message']} (check {name})",
        places.get(row["focus"]),
        severity,
        row["focus"],
    )
