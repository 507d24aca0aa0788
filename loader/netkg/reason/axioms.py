"""Describes axioms: in Manchester syntax, in plain English, as OWL, and by what they rest on.

In: the ontology's graph and the triple that makes an axiom. Out: frozen `Axiom`s.
Refuses nothing; whether rules can honour an axiom is the compiler's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import OWL, PROV, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection

from netkg.reason.english import axiom_in_words, kind_in_words
from netkg.reason.manchester import manchester

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

__all__ = ["LINKS", "Axiom", "describe", "describe_kind", "describe_node", "describe_pairs"]

LINKS = {
    RDFS.subClassOf: "SubClassOf",
    OWL.equivalentClass: "EquivalentTo",
    OWL.disjointWith: "DisjointWith",
    RDFS.subPropertyOf: "SubPropertyOf",
    OWL.equivalentProperty: "EquivalentTo",
    OWL.inverseOf: "InverseOf",
    RDFS.domain: "Domain",
    RDFS.range: "Range",
    OWL.propertyDisjointWith: "DisjointWith",
    OWL.oneOf: "EquivalentTo",
    OWL.hasKey: "HasKey",
    OWL.disjointUnionOf: "DisjointUnionOf",
    RDF.type: "Type",
}
"""What makes a triple an axiom by itself, with its word in Manchester syntax."""

_MAKING = frozenset(LINKS) - {OWL.inverseOf, OWL.oneOf, RDF.type}
"""What a blank node may be the subject of without its being part of the expression."""

_DECLARED = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDFS.Datatype)


@dataclass(frozen=True, slots=True)
class Axiom:
    """One axiom of the ontology, as a person and as a reasoner read it.

    Attributes:
        text: In Manchester syntax.
        words: In plain English.
        triples: Its N-Triples, with the declarations of what it names.
        parts: Its triples, with all that their blank nodes hold.
        propositions: IRIs of the propositions it was made from, if claims made it.
    """

    text: str
    words: str
    triples: str
    parts: frozenset[Triple]
    propositions: tuple[str, ...] = ()


def _closure(graph: Graph, roots: Iterable[Triple]) -> frozenset[Triple]:
    """Give triples with all that their blank nodes hold and the declarations of their names."""
    found = dict.fromkeys(roots)
    waiting = [node for triple in found for node in triple]
    seen: set[Node] = set()
    while waiting:
        node = waiting.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, BNode):
            inside = [t for t in graph.triples((node, None, None)) if t[1] not in _MAKING]
            found.update(dict.fromkeys(inside))
            waiting.extend(part for triple in inside for part in triple)
        elif isinstance(node, URIRef):
            declared = ((node, RDF.type, kind) for kind in _DECLARED)
            found.update((triple, None) for triple in declared if triple in graph)
    return frozenset(found)


def _written(triples: Iterable[Triple]) -> str:
    return "".join(sorted(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in triples))


def _propositions(graph: Graph, subject: Node, link: Node, other: Node) -> tuple[str, ...]:
    """Give the propositions that an annotation says an axiom was made from."""
    return tuple(
        sorted(
            str(proposition)
            for note in graph.subjects(OWL.annotatedTarget, other)
            if (note, OWL.annotatedSource, subject) in graph
            and (note, OWL.annotatedProperty, link) in graph
            for proposition in graph.objects(note, PROV.wasDerivedFrom)
        )
    )


def describe(graph: Graph, subject: Node, link: Node, other: Node) -> Axiom:
    """Describe an axiom that one triple makes.

    Args:
        graph: The ontology, with labels of the individuals it names.
        subject: The triple's subject.
        link: One of `LINKS`, or `owl:propertyChainAxiom`.
        other: The triple's object.
    """
    if link == OWL.propertyChainAxiom:
        steps = " o ".join(manchester(graph, step) for step in Collection(graph, other))
        text = f"{steps} SubPropertyOf {manchester(graph, subject)}"
    elif link in {OWL.oneOf, OWL.hasKey, OWL.disjointUnionOf}:
        listed = ", ".join(manchester(graph, one) for one in Collection(graph, other))
        text = f"{manchester(graph, subject)} {LINKS[URIRef(str(link))]} {{{listed}}}"
    else:
        word = LINKS[URIRef(str(link))]
        text = f"{manchester(graph, subject)} {word} {manchester(graph, other)}"
    parts = _closure(graph, [(subject, link, other)])
    return Axiom(
        text,
        axiom_in_words(graph, subject, link, other),
        _written(parts),
        parts,
        _propositions(graph, subject, link, other),
    )


def describe_kind(graph: Graph, prop: Node, kind: Node) -> Axiom:
    """Describe what kind of property a property is, such as functional."""
    word = str(kind).removeprefix(str(OWL)).removesuffix("Property")
    parts = _closure(graph, [(prop, RDF.type, kind)])
    text = f"{word}: {manchester(graph, prop)}"
    return Axiom(text, kind_in_words(graph, prop, kind), _written(parts), parts)


def describe_node(graph: Graph, node: Node, text: str) -> Axiom:
    """Describe an axiom that a node of its own makes."""
    parts = _closure(graph, graph.triples((node, None, None)))
    return Axiom(text, text, _written(parts), parts)


def describe_pairs(
    graph: Graph, group: Node, link: Node, pairs: Iterable[tuple[Node, Node]]
) -> list[Axiom]:
    """Describe what a set of disjoint classes or properties says of each two of them."""
    parts = _closure(graph, graph.triples((group, None, None)))
    return [
        Axiom(
            f"{manchester(graph, one)} DisjointWith {manchester(graph, other)}",
            axiom_in_words(graph, one, link, other),
            _written(_closure(graph, [(one, link, other)])),
            parts,
        )
        for one, other in pairs
    ]
