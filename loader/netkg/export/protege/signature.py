"""Cuts an ontology down to the terms that some facts need.

In: an ontology and the terms to keep. Out: every axiom that speaks of those terms alone.
Refuses nothing; an axiom that also speaks of another term is left out whole, save that the classes
of a disjointness are kept as far as they are among the terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, URIRef

from netkg.export.protege.nodes import graph_of, items, tree_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from netkg.export.protege.nodes import Triple

__all__ = ["annotation_properties", "below", "property_closure", "restrict"]

_STRUCTURE = (str(OWL), str(RDF), str(RDFS), str(XSD))


def below(ontology: Graph, classes: Iterable[URIRef]) -> set[Node]:
    """Give classes with everything below them."""
    return {
        found
        for kind in classes
        for found in ontology.transitive_subjects(RDFS.subClassOf, kind)
        if isinstance(found, URIRef)
    }


def property_closure(ontology: Graph, used: Iterable[Node]) -> set[Node]:
    """Give properties with all that a reasoner derives from them.

    Those are the properties above them, their inverses, and what chains of them amount to.
    """
    chains = [
        (head, set(items(ontology, links)))
        for head, links in ontology.subject_objects(OWL.propertyChainAxiom)
    ]
    found: set[Node] = set()
    waiting = list(used)
    while waiting:
        current = waiting.pop()
        if current not in found and isinstance(current, URIRef):
            found.add(current)
            waiting += ontology.objects(current, RDFS.subPropertyOf)
            waiting += ontology.objects(current, OWL.inverseOf)
            waiting += ontology.subjects(OWL.inverseOf, current)
            waiting += [head for head, links in chains if links <= found]
    return found


def annotation_properties(ontology: Graph) -> set[Node]:
    """Give the properties whose statements no reasoner reads."""
    declared = set(ontology.subjects(RDF.type, OWL.AnnotationProperty))
    return declared | {RDFS.label, RDFS.comment}


def _is_structure(term: Node) -> bool:
    return not isinstance(term, URIRef) or str(term).startswith(
        _STRUCTURE
    )  # URIRef.startswith takes no tuple


def _fits(ontology: Graph, node: Node, keep: set[Node]) -> bool:
    """Say whether an axiom's object, with all blank nodes below it, speaks of kept terms alone."""
    terms = [node, *(term for triple in tree_below(ontology, node) for term in triple)]
    return all(term in keep or _is_structure(term) for term in terms)


def _of_term(ontology: Graph, term: Node, keep: set[Node], notes: set[Node]) -> Iterator[Triple]:
    for triple in ontology.triples((term, None, None)):
        _, predicate, thing = triple
        if isinstance(thing, BNode):
            if _fits(ontology, thing, keep):
                yield triple
                yield from tree_below(ontology, thing)
        elif _is_structure(thing) or thing in keep or (predicate in notes and not _ours(thing)):
            yield triple


def _ours(term: Node) -> bool:
    return isinstance(term, URIRef) and "w3id.org/netkg/ontology#" in term


def _disjointness(ontology: Graph, axiom: Node, keep: set[Node]) -> Iterator[Triple]:
    head = ontology.value(axiom, OWL.members)
    members = [item for item in items(ontology, head) if item in keep] if head else []
    if len(members) > 1:
        cells = [BNode(f"{axiom}-{at}") for at in range(len(members))]
        yield axiom, RDF.type, OWL.AllDisjointClasses
        yield axiom, OWL.members, cells[0]
        for cell, member, rest in zip(cells, members, [*cells[1:], RDF.nil], strict=True):
            yield cell, RDF.first, member
            yield cell, RDF.rest, rest


def restrict(ontology: Graph, keep: set[Node]) -> Graph:
    """Cut an ontology down to some of its terms.

    Args:
        ontology: The ontology.
        keep: Classes, properties and individuals to keep; annotation properties stay anyway.

    Returns:
        The axioms and annotations that speak of those terms alone.
    """
    notes = annotation_properties(ontology)
    kept = keep | notes
    named = (term for term in kept if isinstance(term, URIRef))
    found = [triple for term in named for triple in _of_term(ontology, term, kept, notes)]
    for axiom in set(ontology.subjects(RDFS.subClassOf)):
        if isinstance(axiom, BNode) and _fits(ontology, axiom, kept):
            found += tree_below(ontology, axiom)
    for axiom in ontology.subjects(RDF.type, OWL.AllDisjointClasses):
        found += _disjointness(ontology, axiom, kept)
    for axiom in ontology.subjects(RDF.type, OWL.AllDifferent):
        if _fits(ontology, axiom, kept):
            found += tree_below(ontology, axiom)
    return graph_of(found)
