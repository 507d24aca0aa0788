"""Writes an ontology as RDF/XML, the form that every OWL tool reads.

In: a graph. Out: bytes, the same for the same graph. Refuses a property whose IRI cannot be
written as an XML name, and characters that XML 1.0 lacks.

Follows https://www.w3.org/TR/rdf-syntax-grammar/. Entities come in the order in which Protégé
writes them: header, properties, classes, individuals, and axioms without a name last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from rdflib import OWL, RDF, XSD, BNode, Literal, URIRef

from netkg.errors import ExportError
from netkg.export.protege.labels import KINDS
from netkg.export.protege.said import SAID
from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from netkg.export.protege.nodes import Triple

__all__ = ["write_rdfxml"]

_NAME = re.compile(r"(.*[/#:])([A-Za-z_][\w.-]*)")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SECTIONS = (
    OWL.Ontology,
    OWL.AnnotationProperty,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.Class,
    OWL.NamedIndividual,
)


class _Names:
    """Prefixed names of properties and classes, with the namespaces that they need."""

    def __init__(self) -> None:
        self.prefixes = {iri: prefix for prefix, iri in PREFIXES.items()} | {SAID: "said"}
        self.used: dict[str, str] = {str(RDF): "rdf"}

    def of(self, iri: Node) -> str:
        found = _NAME.fullmatch(str(iri))
        if found is None:
            raise ExportError(f"<{iri}> cannot be written as an XML name")
        namespace, local = found.groups()
        prefix = self.prefixes.setdefault(namespace, f"ns{len(self.prefixes)}")
        self.used[namespace] = prefix
        return f"{prefix}:{local}"


def _text(value: str) -> str:
    if _NOT_XML.search(value):
        raise ExportError(f"{value!r} holds a character that XML cannot")
    return escape(value, {"\r": "&#13;"})


def _property(names: _Names, predicate: Node, thing: Node) -> str:
    name = names.of(predicate)
    if isinstance(thing, URIRef):
        return f"    <{name} rdf:resource={quoteattr(thing)}/>\n"
    if isinstance(thing, BNode):
        return f'    <{name} rdf:nodeID="{_node_id(thing)}"/>\n'
    attribute = ""
    if isinstance(thing, Literal) and thing.language:
        attribute = f' xml:lang="{thing.language}"'
    elif isinstance(thing, Literal) and thing.datatype not in {None, XSD.string}:
        attribute = f" rdf:datatype={quoteattr(str(thing.datatype))}"
    return f"    <{name}{attribute}>{_text(str(thing))}</{name}>\n"


def _node_id(node: Node) -> str:
    return "n" + re.sub(r"[^\w.-]", "-", str(node))


def _section(types: set[Node]) -> int:
    return next((at for at, kind in enumerate(_SECTIONS) if kind in types), len(_SECTIONS))


def _element(names: _Names, subject: Node, triples: list[tuple[Node, Node]]) -> str:
    """Write a node as an element that is named after what it is declared as."""
    types = {thing for predicate, thing in triples if predicate == RDF.type}
    kind = next((kind for kind in (OWL.Ontology, *KINDS) if kind in types), None)
    name = names.of(kind or URIRef(str(RDF) + "Description"))
    about = (
        f'rdf:nodeID="{_node_id(subject)}"'
        if isinstance(subject, BNode)
        else f"rdf:about={quoteattr(str(subject))}"
    )
    lines = sorted(
        ((predicate != RDF.type, str(predicate), thing.n3()), predicate, thing)
        for predicate, thing in triples
        if not (predicate == RDF.type and thing == kind)
    )
    body = "".join(_property(names, predicate, thing) for _, predicate, thing in lines)
    return f"  <{name} {about}>\n{body}  </{name}>\n"


def _elements(names: _Names, triples: Iterable[Triple]) -> Iterator[str]:
    by_subject: defaultdict[Node, list[tuple[Node, Node]]] = defaultdict(list)
    for subject, predicate, thing in triples:
        by_subject[subject].append((predicate, thing))

    def place(subject: Node) -> tuple[int, bool, str]:
        types = {thing for predicate, thing in by_subject[subject] if predicate == RDF.type}
        return _section(types), isinstance(subject, BNode), str(subject)

    for subject in sorted(by_subject, key=place):
        yield _element(names, subject, by_subject[subject])


def write_rdfxml(triples: Iterable[Triple]) -> bytes:
    """Write triples as RDF/XML.

    Args:
        triples: The triples; blank nodes must bear names that are the same each time.

    Raises:
        ExportError: Something in them cannot be written as XML.
    """
    names = _Names()
    body = "".join(_elements(names, triples))
    namespaces = "".join(
        f"\n  xmlns:{prefix}={quoteattr(iri)}"
        for iri, prefix in sorted(names.used.items(), key=lambda pair: pair[1])
    )
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{namespaces}>\n'
    return f"{head}{body}</rdf:RDF>\n".encode()
