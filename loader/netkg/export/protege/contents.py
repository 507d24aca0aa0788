"""Chooses what the ontologies of the Protégé folder hold.

In: a store. Out: the ontology, the facts about entities, the claims, and the alignments, each as
triples of OWL 2 DL. Refuses nothing; what is left out is said in the folder's README.

What a reasoner derives (`graph:inferred`) stays out: Protégé's reasoner derives it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef

from netkg.export.protege.evidence import claim_records, claims_by_edge
from netkg.export.protege.nodes import graph_of, read_graphs, tree_below
from netkg.export.protege.said import declarations, said
from netkg.export.protege.signature import (
    annotation_properties,
    below,
    property_closure,
    restrict,
)
from netkg.vocab import expand_curie, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

    from netkg.export.protege.evidence import ClaimRecord, Edge
    from netkg.export.protege.nodes import Triple
    from netkg.store.interface import Store

__all__ = ["Contents", "read_contents"]

_UNWANTED = ("names", "questions", "inferred", "audit", "rules")
_CONCLUDED = ("entities", "edges")
_BOOKKEEPING = ("PrintedForm", "Identifier", "UncuratedPassage")
_LIGHT = (
    "MolecularEntity", "Process", "Intervention", "Disease", "AdverseEvent", "Biomarker",
    "FunctionalRole", "Trial", "TrialArm",
)  # fmt: skip


def _term(name: str) -> URIRef:
    return URIRef(term(name))


@dataclass(frozen=True, slots=True)
class Contents:
    """What there is to write.

    Attributes:
        ontology: The terms, with the header.
        alignments: Links of the terms to those of others.
        facts: Entities and sources with what they are and how they relate, claims included.
        evidence: The axioms that say who said what.
        matches: The labels of the identifiers of others.
        classes: The drug classes as axioms.
    """

    ontology: Graph
    alignments: Graph
    facts: Graph
    classes: Graph
    matches: Graph
    evidence: Graph

    def everything(self) -> Graph:
        """Give everything but the alignments."""
        parts = (self.ontology, self.facts, self.classes, self.matches, self.evidence)
        return graph_of(chain.from_iterable(parts))

    def light(self) -> Graph:
        """Give what the pathway and its therapy need: few enough for a reasoner to be quick.

        The claims stay out, but the axioms still say which they rest on, by an address in text.
        """
        kinds = below(self.ontology, map(_term, _LIGHT))
        entities = {s for s, _, kind in self.facts.triples((None, RDF.type, None)) if kind in kinds}
        found = self._said_of(entities)
        used = property_closure(self.ontology, set(found.predicates()))
        ranges = {kind for name in used for kind in self.ontology.objects(name, RDFS.range)}
        lists = ranges & below(self.ontology, [_term("ControlledValue")])
        values = {value for kind in lists for value in self.ontology.subjects(RDF.type, kind)}
        above = {
            kind
            for start in kinds | lists
            for kind in self.ontology.transitive_objects(start, RDFS.subClassOf)
            if isinstance(kind, URIRef)
        }
        keep = above | values | used | entities
        found += restrict(self.ontology, keep | kinds) + restrict(self.classes, keep | kinds)
        found += graph_of(declarations())
        for graph in (self.evidence, self.matches):
            for note in graph.subjects(RDF.type, OWL.Axiom):
                if _speaks_of(graph, note, keep | kinds):
                    found += graph_of(map(_as_address, tree_below(graph, note)))
                    found += _annotated(graph, note)
        return found

    def _said_of(self, entities: set[Node]) -> Graph:
        """Give what is said of some entities, as far as it speaks of no other."""
        notes = annotation_properties(self.ontology)
        return graph_of(
            (s, p, o)
            for s, p, o in self.facts
            if s in entities
            and (p == RDF.type or p in notes or isinstance(o, Literal) or o in entities
                 or (o, RDF.type, OWL.NamedIndividual) in self.ontology)
        )  # fmt: skip


def _speaks_of(graph: Graph, note: Node, keep: set[Node]) -> bool:
    subject, target = graph.value(note, OWL.annotatedSource), graph.value(note, OWL.annotatedTarget)
    if subject not in keep:
        return False
    if isinstance(target, BNode):
        return graph.value(target, OWL.hasValue) in keep
    return target in keep or graph.value(note, OWL.annotatedProperty) not in keep


def _annotated(graph: Graph, note: Node) -> Graph:
    """Give the statement that an axiom's annotations are about."""
    parts = [
        graph.value(note, part)
        for part in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
    ]
    subject, predicate, thing = (part for part in parts if part is not None)
    return graph_of([(subject, predicate, thing), *tree_below(graph, thing)]
                    if isinstance(thing, BNode) else [(subject, predicate, thing)])  # fmt: skip


def _as_address(triple: Triple) -> Triple:
    """Turn the claim that an axiom rests on into text: without the claims it is no entity."""
    subject, predicate, thing = triple
    if predicate == said("claim"):
        return subject, predicate, Literal(str(thing), datatype=XSD.anyURI)
    return triple


def _evidence(
    edge: tuple[Node, Node, Node], node: BNode, claim: URIRef, record: ClaimRecord
) -> Iterator[Triple]:
    """Say of a statement who said it: one annotated axiom for each claim."""
    yield node, RDF.type, OWL.Axiom
    yield node, OWL.annotatedSource, edge[0]
    yield node, OWL.annotatedProperty, edge[1]
    yield node, OWL.annotatedTarget, edge[2]
    yield node, said("claim"), claim
    for name in ("source", "place", "words", "evidence", "polarity", "hedge", "basis", "status"):
        if text := getattr(record, name):
            yield node, said(name), Literal(text, lang="en")


def _edge_evidence(
    edges: Graph, claims: Mapping[Edge, list[URIRef]], records: Mapping[URIRef, ClaimRecord]
) -> Iterator[Triple]:
    held = [edge for edge in sorted(claims) if edge in edges]
    for at, edge in enumerate(held):
        for number, claim in enumerate(claims[edge]):
            yield from _evidence(edge, BNode(f"edge{at}-{number}"), claim, records[claim])


def _class_evidence(
    graphs: Mapping[str, Graph],
    claims: Mapping[Edge, list[URIRef]],
    records: Mapping[URIRef, ClaimRecord],
) -> Iterator[Triple]:
    """Say of each class axiom made of claims about a drug class which claims those are."""
    axioms = graphs["class-axioms"]
    groups = {
        kind: group for group, kind in graphs["entities"].subject_objects(_term("namesClass"))
    }
    found = {
        (groups[kind], axioms.value(node, OWL.onProperty), axioms.value(node, OWL.hasValue)): kind
        for kind, node in axioms.subject_objects(RDFS.subClassOf)
    }
    numbered = enumerate(sorted(found.items(), key=str))
    for at, ((group, predicate, thing), kind) in numbered:
        edge = (URIRef(str(group)), URIRef(str(predicate)), URIRef(str(thing)))
        for number, claim in enumerate(claims[edge]):
            restriction = BNode(f"class{at}-{number}-restriction")
            axiom = (kind, RDFS.subClassOf, restriction)
            yield axiom
            yield restriction, RDF.type, OWL.Restriction
            yield restriction, OWL.onProperty, edge[1]
            yield restriction, OWL.hasValue, edge[2]
            yield from _evidence(axiom, BNode(f"class{at}-{number}"), claim, records[claim])


def _class_definitions(axioms: Graph) -> Iterator[Triple]:
    for triple in axioms.triples((None, OWL.equivalentClass, None)):
        yield triple
        yield from tree_below(axioms, triple[2])


def _matches(entities: Graph) -> Iterator[Triple]:
    """Say which label and CURIE an identifier of others has, beside the link to it."""
    kinds = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch)
    nodes = sorted(entities.subjects(_term("identifies"), None), key=str)
    for at, node in enumerate(nodes):
        entity = entities.value(node, _term("identifies"))
        curie = entities.value(node, _term("curie"))
        label = entities.value(node, _term("idLabel"))
        address = URIRef(expand_curie(str(curie)) or "")
        for kind in kinds:
            if entity is not None and (entity, kind, address) in entities:
                note = BNode(f"match{at}")
                yield note, RDF.type, OWL.Axiom
                yield note, OWL.annotatedSource, entity
                yield note, OWL.annotatedProperty, kind
                yield note, OWL.annotatedTarget, address
                yield note, RDFS.label, Literal(str(label), lang="en")
                yield note, SKOS.notation, Literal(str(curie))


def _facts(graphs: Mapping[str, Graph]) -> Graph:
    """Collect what the registry, the sources and the edges say, without what is bookkeeping."""
    every = [
        graph
        for name, graph in sorted(graphs.items())
        if name in _CONCLUDED or (None, _term("statement"), None) in graph
    ]
    dull = {
        node
        for graph in every
        for kind in map(_term, _BOOKKEEPING)
        for node in graph.subjects(RDF.type, kind)
    }
    found = graph_of(
        triple for graph in every for triple in graph
        if triple[0] not in dull and triple[2] not in dull
    )  # fmt: skip
    for node in set(found.subjects()):
        found.add((node, RDF.type, OWL.NamedIndividual))
    return found


def read_contents(store: Store) -> Contents:
    """Read what there is to write.

    Args:
        store: The store.

    Raises:
        StoreError: The store holds no graph of ours, or did not give all of one.
    """
    graphs = read_graphs(store, _UNWANTED)
    records = claim_records(store)
    claims = claims_by_edge(store)
    return Contents(
        ontology=graphs["ontology"],
        alignments=graphs["alignments"],
        facts=_facts(graphs),
        classes=graph_of(_class_definitions(graphs["class-axioms"])),
        matches=graph_of(_matches(graphs["entities"])),
        evidence=graph_of(
            [
                *declarations(),
                *_edge_evidence(graphs["edges"], claims, records),
                *_class_evidence(graphs, claims, records),
            ]
        ),
    )
