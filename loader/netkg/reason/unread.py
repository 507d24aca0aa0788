"""Finds what an ontology says in OWL that no part of the compiler has read.

In: the ontology's graph and the triples that were read. Out: refusals, one for each such node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from netkg.reason.manchester import manchester
from netkg.reason.rules import Refusal

if TYPE_CHECKING:
    from rdflib.term import Node

    Triple = tuple[Node, Node, Node]

__all__ = ["find_unread"]

_DECLARATIONS = {
    OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Ontology,
    OWL.NamedIndividual, RDFS.Datatype,
}  # fmt: skip
_REMARKS = {
    RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated,
    OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith, OWL.imports,
    OWL.versionIRI,
}  # fmt: skip
_NOTE = {OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget}
_SPOKEN = tuple(map(str, (OWL, RDFS, RDF)))
_ADVICE = (
    "netkg does not read it, and would drop it; leave it out, or write it as one of the axioms "
    "of OWL 2 RL"
)


def _notes_a_read_axiom(graph: Graph, node: Node) -> bool:
    """Say whether an annotation is of an axiom that stands in the graph by itself."""
    parts = [graph.value(node, part) for part in
             (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)]  # fmt: skip
    one, prop, other = parts
    return None not in parts and (one, prop, other) in graph


def _sets_apart(graph: Graph, node: Node) -> bool:
    """Say whether a node tells individuals apart; each of them must be told once."""
    lists = [*graph.objects(node, OWL.distinctMembers), *graph.objects(node, OWL.members)]
    if (node, RDF.type, OWL.AllDifferent) not in graph or len(lists) != 1:
        return False
    ones = list(graph.items(lists[0]))
    return len(ones) == len(set(ones)) and not any(isinstance(one, Literal) for one in ones)


def _is_harmless(graph: Graph, triple: Triple) -> bool:  # noqa: PLR0911 - one for each case
    """Say whether a triple means nothing to the rules, or what they hold anyway."""
    subject, prop, other = triple
    if prop in _REMARKS or not str(prop).startswith(_SPOKEN):
        return True
    if prop == RDF.type:
        if other in _DECLARATIONS:
            return isinstance(subject, URIRef)
        if not str(other).startswith(_SPOKEN) and not isinstance(other, BNode):
            return True
        if other in {OWL.Axiom, OWL.Annotation}:
            return _notes_a_read_axiom(graph, subject)
        return other == OWL.Thing or _sets_apart(graph, subject)
    if prop in _NOTE:
        return _notes_a_read_axiom(graph, subject)
    if prop in {OWL.distinctMembers, OWL.members}:
        return _sets_apart(graph, subject)
    return prop == OWL.sameAs or (prop == OWL.differentFrom and subject != other)


def find_unread(graph: Graph, read: set[Triple]) -> list[Refusal]:
    """Find what speaks OWL and was read by no part of the compiler.

    Individuals are held apart by their ids (see docs/reasoning.md), so `owl:AllDifferent` and
    `owl:differentFrom` say nothing new.

    Args:
        graph: The ontology.
        read: The triples that made a rule, a contradiction or a refusal.
    """
    apart = {item for node in graph.subjects(RDF.type, OWL.AllDifferent)
             for link in (OWL.distinctMembers, OWL.members)
             for part in graph.objects(node, link) if _sets_apart(graph, node)
             for item in _cells(graph, part)}  # fmt: skip
    left = [
        triple for triple in graph
        if triple not in read and triple[0] not in apart and not _is_harmless(graph, triple)
    ]  # fmt: skip
    return sorted(
        (
            Refusal(" ".join(manchester(graph, node) for node in triple), _ADVICE, _written(triple))
            for triple in left
        ),
        key=lambda refusal: refusal.axiom,
    )


def _written(triple: Triple) -> str:
    return " ".join(node.n3() for node in triple) + " .\n"


def _cells(graph: Graph, node: Node) -> set[Node]:
    """Give the cells of a list."""
    found: set[Node] = set()
    cell: Node | None = node
    while cell is not None and cell != RDF.nil and cell not in found:
        found.add(cell)
        cell = graph.value(cell, RDF.rest)
    return found
