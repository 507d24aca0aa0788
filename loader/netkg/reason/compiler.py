"""Compiles the ontology's axioms into rules: the axioms, not this code, decide what is inferred.

In: the ontology as an rdflib graph. Out: a `RuleSet`.
Refuses an axiom it cannot honour; the refusal names the axiom and what to write instead. What
speaks OWL and was read by no part of the compiler is refused as well, so nothing is dropped.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, BNode, Graph, URIRef

from netkg.reason.axioms import describe, describe_kind, describe_node, describe_pairs
from netkg.reason.consequences import MEANINGS, PROPERTY_KINDS, apart, denied, typed
from netkg.reason.expressions import listed
from netkg.reason.manchester import manchester
from netkg.reason.rules import (
    UNIVERSAL,
    CannotHonourError,
    Contradiction,
    Refusal,
    Rule,
    RuleSet,
)
from netkg.reason.tbox import TBox
from netkg.reason.unread import find_unread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

    from netkg.reason.axioms import Axiom
    from netkg.reason.expressions import Conclusion

    Triple = tuple[Node, Node, Node]

__all__ = ["compile_axioms"]

_REFUSED = {
    OWL.hasKey: "keys would merge individuals, which are held apart by their ids; leave it out",
    OWL.disjointUnionOf: "write each subclass with SubClassOf, and their disjointness",
}
_REFLEXIVE = "a reflexive property relates everything to itself; leave it out"


class _Compiler:
    """Collects rules, contradictions and refusals while it walks the axioms."""

    def __init__(self, tbox: TBox) -> None:
        self.tbox = tbox
        self.graph = tbox.graph
        self.rules: list[Rule] = []
        self.contradictions: list[Contradiction] = list(UNIVERSAL)
        self.refusals: list[Refusal] = []
        self.read: set[Triple] = set()

    def attempt(self, axiom: Axiom, meaning: Callable[[], list[Conclusion]]) -> None:
        """Compile one axiom, or note why it cannot be honoured; never a part of it."""
        self.read.update(axiom.parts)
        try:
            conclusions = meaning()
        except CannotHonourError as error:
            self.refusals.append(Refusal(axiom.text, str(error), axiom.triples))
            return
        for found in conclusions:
            self.add(axiom, found)

    def add(self, axiom: Axiom, found: Conclusion) -> None:
        """Make a rule or a contradiction of a conclusion."""
        said = (axiom.words, axiom.triples, axiom.propositions)
        text = found.body.text
        if not found.head:
            self.contradictions.append(Contradiction(axiom.text, text, *said, closes=found.closes))
        elif f"{found.head} ." != text:
            self.rules.append(
                Rule(axiom.text, text, found.head, found.body.reads, found.writes, *said)
            )

    def links(self, prop: URIRef) -> Iterator[tuple[Node, Node]]:
        """Give the pairs an axiom's property relates, in a stable order."""
        yield from sorted(
            self.graph.subject_objects(prop),
            key=lambda pair: tuple(manchester(self.graph, node) for node in pair),
        )

    def walk(self) -> None:
        """Compile every axiom of the ontology."""
        for prop, mean in MEANINGS.items():
            for one, other in self.links(URIRef(str(prop))):
                if prop in {OWL.inverseOf, OWL.oneOf} and isinstance(one, BNode):
                    continue  # an expression, read where it is used
                axiom = describe(self.graph, one, prop, other)
                self.attempt(axiom, lambda m=mean, o=one, t=other: m(self.tbox, o, t))  # type: ignore[misc]
        self.walk_types()
        self.walk_groups()
        self.walk_denials()
        for prop, reason in _REFUSED.items():
            for owner, of in self.links(prop):
                axiom = describe(self.graph, owner, prop, of)
                self.read.update(axiom.parts)
                self.refusals.append(Refusal(axiom.text, reason, axiom.triples))
        self.refusals += find_unread(self.graph, self.read)

    def walk_types(self) -> None:
        """Compile kinds of properties, and individuals said to be in a class expression."""
        for one, kind in self.links(RDF.type):
            if kind in PROPERTY_KINDS:
                mean = PROPERTY_KINDS[kind]
                axiom = describe_kind(self.graph, one, kind)
                self.attempt(axiom, lambda m=mean, o=one: m(self.tbox, o))  # type: ignore[misc]
            elif kind == OWL.ReflexiveProperty:
                axiom = describe_kind(self.graph, one, kind)
                self.read.update(axiom.parts)
                self.refusals.append(Refusal(axiom.text, _REFLEXIVE, axiom.triples))
            elif isinstance(kind, BNode):
                axiom = describe(self.graph, one, RDF.type, kind)
                self.attempt(axiom, lambda o=one, k=kind: typed(self.tbox, o, k))  # type: ignore[misc]

    def walk_groups(self) -> None:
        """Compile sets of classes or properties that are disjoint."""
        for kind, link, mean in (
            (OWL.AllDisjointClasses, OWL.disjointWith, apart),
            (
                OWL.AllDisjointProperties,
                OWL.propertyDisjointWith,
                MEANINGS[OWL.propertyDisjointWith],
            ),
        ):
            for group in self.graph.subjects(RDF.type, kind):
                members = self.graph.value(group, OWL.members)
                if members is None:
                    continue
                pairs = list(combinations(listed(self.tbox, members), 2))
                axioms = describe_pairs(self.graph, group, link, pairs)
                for axiom, (one, other) in zip(axioms, pairs, strict=True):
                    self.attempt(axiom, lambda m=mean, o=one, t=other: m(self.tbox, o, t))  # type: ignore[misc]

    def walk_denials(self) -> None:
        """Compile negative assertions."""
        for node in self.graph.subjects(RDF.type, OWL.NegativePropertyAssertion):
            subject = self.graph.value(node, OWL.sourceIndividual)
            prop = self.graph.value(node, OWL.assertionProperty)
            other = self.graph.value(node, OWL.targetIndividual)
            other = self.graph.value(node, OWL.targetValue) if other is None else other
            if subject is None or prop is None or other is None:
                continue
            told = f"{manchester(self.graph, prop)} {manchester(self.graph, other)}"
            axiom = describe_node(
                self.graph, node, f"{manchester(self.graph, subject)} Facts: not {told}"
            )
            self.attempt(
                axiom,
                lambda s=subject, p=prop, o=other: denied(self.tbox, s, p, o),  # type: ignore[misc]
            )


def compile_axioms(ontology: Graph) -> RuleSet:
    """Compile an ontology's axioms.

    Args:
        ontology: The T-Box, with any class axioms made from claims.

    Returns:
        Rules that infer, contradictions to look for, and axioms that cannot be honoured.

    >>> graph = Graph().parse(data='''
    ...   @prefix : <https://w3id.org/netkg/ontology#> .
    ...   @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ...   :Rapalog rdfs:subClassOf :MTORInhibitor .''')
    >>> compile_axioms(graph).rules[0].axiom
    'Rapalog SubClassOf MTORInhibitor'
    """
    compiler = _Compiler(TBox(ontology))
    compiler.walk()
    return RuleSet(tuple(compiler.rules), tuple(compiler.contradictions), tuple(compiler.refusals))
