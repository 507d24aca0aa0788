"""RDF/XML, for tools that read nothing else, such as older ontology tools.

In: canonical N-Triples. Out: RDF/XML, one element for each subject and one line for each triple.
Refuses what XML 1.0 cannot hold: control characters, and predicates that end in no XML name.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from netkg.errors import ExportError
from netkg.export.lines import place_of, read_lines, read_literal
from netkg.export.snapshot import read_triples
from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.export.lines import Line
    from netkg.store.interface import Store

__all__ = ["as_rdfxml", "write_rdfxml"]

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPLIT = re.compile(r"(.*?)([A-Za-zÀ-ÖØ-öø-ÿ_][A-Za-z0-9À-ÖØ-öø-ÿ_.-]*)")
_SYNTAX = frozenset(
    PREFIXES["rdf"] + name
    for name in ("RDF", "ID", "about", "aboutEach", "aboutEachPrefix", "bagID", "datatype",
                 "Description", "li", "nodeID", "parseType", "resource")
)  # fmt: skip
_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def _element(predicate: str) -> tuple[str, str]:
    """Give the name of a predicate's element, and the declaration that name needs."""
    iri = predicate[1:-1]
    found = _SPLIT.fullmatch(iri)
    if not found or iri in _SYNTAX:
        raise ExportError(f"RDF/XML has no way to write the predicate {predicate}; use turtle")
    namespace, local = found.groups()
    if prefix := _PREFIX_OF.get(namespace):
        return f"{prefix}:{local}", ""
    return f"ns:{local}", f" xmlns:ns={quoteattr(namespace)}"


def _reference(node: str, attribute: str) -> str:
    """Write the attribute that names a node."""
    if node.startswith("_:"):
        return f'rdf:nodeID="{node[2:]}"'
    return f"rdf:{attribute}={quoteattr(node[1:-1])}"


def _property(line: Line) -> str:
    """Write a triple as an element inside its subject's."""
    name, declaration = _element(line.predicate)
    if not line.object.startswith('"'):
        return f"    <{name}{declaration} {_reference(line.object, 'resource')}/>\n"
    literal = read_literal(line.object)
    if _NO_XML.search(literal.value):
        raise ExportError(
            f"XML cannot hold a control character in {line.predicate} of {line.subject}; take it "
            "out of the data, or use turtle"
        )
    kind = f' xml:lang="{literal.language}"' if literal.language else ""
    if literal.datatype:
        kind = f" rdf:datatype={quoteattr(literal.datatype)}"
    text = escape(literal.value, {"\r": "&#13;"})
    return f"    <{name}{declaration}{kind}>{text}</{name}>\n"


def as_rdfxml(triples: bytes) -> bytes:
    """Write a graph as RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/).

    Args:
        triples: The graph, as canonical N-Triples.

    Raises:
        ExportError: XML cannot hold it.
    """
    names = "".join(f'\n  xmlns:{name}="{iri}"' for name, iri in sorted(PREFIXES.items()))
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names}>\n']
    lines = sorted(read_lines(triples), key=lambda line: (place_of(line.subject), line))
    for subject, about in groupby(lines, key=lambda line: line.subject):
        inside = "".join(map(_property, about))
        reference = _reference(subject, "about")
        parts.append(f"  <rdf:Description {reference}>\n{inside}  </rdf:Description>\n")
    return "".join([*parts, "</rdf:RDF>\n"]).encode()


def write_rdfxml(store: Store) -> Mapping[str, bytes]:
    """Write the merged graph."""
    return {"netkg.rdf": as_rdfxml(read_triples(store))}
