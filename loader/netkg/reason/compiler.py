"""Compiles the ontology's axioms into rules: the axioms, not this code, decide what is inferred.

In: the ontology as an rdflib graph. Out: a `RuleSet`.
Refuses an axiom it cannot honour; the refusal names the axiom and what to write instead.

Source: the rules of OWL 2 RL/RDF, https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib.collection import Collection

from netkg.reason.axioms import Axiom, describe, describe_kind, describe_members
from netkg.reason.expressions import (
    CannotHonourError,
    Pattern,
    conclude,
    is_datatype,
    member,
    one_of,
    sparql,
)
from netkg.reason.manchester import manchester
from netkg.reason.rules import Contradiction, Refusal, Rule, RuleSet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rdflib.term import Node

__all__ = ["compile_axioms"]

_REFUSED_KINDS = {
    OWL.ReflexiveProperty: "reflexive properties relate everything to itself; leave it out",
}
_REFUSED_LINKS = {
    OWL.hasKey: "keys would merge individuals, which the registry's ids rule out; leave it out",
    OWL.disjointUnionOf: "write the subclasses and their disjointness one by one",
}


class _Compiler:
    """Collects rules, contradictions and refusals while it walks the axioms."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.rules: list[Rule] = []
        self.contradictions: list[Contradiction] = []
        self.refusals: list[Refusal] = []

    def words(self, node: Node) -> str:
        return manchester(self.graph, node)

    def is_annotation(self, prop: Node) -> bool:
        return (prop, RDF.type, OWL.AnnotationProperty) in self.graph

    def rule(self, axiom: Axiom, body: Pattern, head: str, writes: str) -> None:
        if f"{head} ." != body.text:
            self.rules.append(
                Rule(
                    axiom.text, body.text, head, body.reads, writes,
                    words=axiom.words, triples=axiom.triples, propositions=axiom.propositions,
                )
            )  # fmt: skip

    def contradict(self, axiom: Axiom, body: str) -> None:
        self.contradictions.append(
            Contradiction(
                axiom.text, body, words=axiom.words, triples=axiom.triples,
                propositions=axiom.propositions,
            )
        )  # fmt: skip

    def imply(self, axiom: Axiom, body: Pattern, conclusion: Node, subject: str = "?x") -> None:
        """Add a rule for each triple that follows from being in a class."""
        for follows in conclude(self.graph, conclusion, subject):
            self.rule(axiom, body + follows.extra, follows.head, follows.writes)

    # ── classes ──────────────────────────────────────────────────────────────────────────────

    def subclass(self, narrow: Node, wide: Node) -> None:
        axiom = describe(self.graph, narrow, RDFS.subClassOf, wide)
        negated = self.graph.value(wide, OWL.complementOf)
        if negated is not None:
            body = member(self.graph, narrow) + member(self.graph, negated, depth="?u")
            self.contradict(axiom, body.text)
        elif wide == OWL.Nothing:
            self.contradict(axiom, member(self.graph, narrow).text)
        else:
            self.imply(axiom, member(self.graph, narrow), wide)

    def equivalent(self, first: Node, second: Node) -> None:
        if self.graph.value(second, OWL.oneOf) is not None:
            self.closed_list(first, second)
            return
        axiom = describe(self.graph, first, OWL.equivalentClass, second)
        self.imply(axiom, member(self.graph, first), second)
        self.imply(axiom, member(self.graph, second), first)

    def closed_list(self, owner: Node, listed: Node) -> None:
        """A closed list gives its words their class; curation lets no other word in."""
        axiom = describe(self.graph, owner, OWL.equivalentClass, listed)
        self.imply(axiom, member(self.graph, listed), owner)

    def disjoint(self, first: Node, second: Node, axiom: Axiom | None = None) -> None:
        axiom = axiom or describe(self.graph, first, OWL.disjointWith, second)
        body = member(self.graph, first) + member(self.graph, second, depth="?u")
        self.contradict(axiom, body.text)

    # ── properties ───────────────────────────────────────────────────────────────────────────

    def subproperty(self, narrow: Node, wide: Node) -> None:
        if self.is_annotation(narrow):
            return
        body = Pattern(f"?x {sparql(narrow)} ?y .", frozenset({str(narrow)}))
        axiom = describe(self.graph, narrow, RDFS.subPropertyOf, wide)
        self.rule(axiom, body, f"?x {sparql(wide)} ?y", str(wide))

    def equivalent_property(self, first: Node, second: Node) -> None:
        self.subproperty(first, second)
        self.subproperty(second, first)

    def inverse(self, first: Node, second: Node) -> None:
        axiom = describe(self.graph, first, OWL.inverseOf, second)
        for one, other in ((first, second), (second, first)):
            body = Pattern(f"?x {sparql(one)} ?y .", frozenset({str(one)}))
            self.rule(axiom, body, f"?y {sparql(other)} ?x", str(other))

    def domain(self, prop: Node, owner: Node) -> None:
        if self.is_annotation(prop):
            return
        body = Pattern(f"?x {sparql(prop)} ?y .", frozenset({str(prop)}))
        self.imply(describe(self.graph, prop, RDFS.domain, owner), body, owner)

    def range(self, prop: Node, owner: Node) -> None:
        if self.is_annotation(prop) or is_datatype(self.graph, owner):
            return
        body = Pattern(f"?x {sparql(prop)} ?y .", frozenset({str(prop)}))
        self.imply(describe(self.graph, prop, RDFS.range, owner), body, owner, "?y")

    def chain(self, prop: Node, listed: Node) -> None:
        steps = list(Collection(self.graph, listed))
        variables = ["?x", *(f"?c{number}" for number in range(1, len(steps))), "?y"]
        body = Pattern(
            " ".join(
                f"{before} {sparql(step)} {after} ."
                for before, step, after in zip(variables, steps, variables[1:], strict=False)
            ),
            frozenset(map(str, steps)),
        )
        axiom = describe(self.graph, prop, OWL.propertyChainAxiom, listed)
        self.rule(axiom, body, f"?x {sparql(prop)} ?y", str(prop))

    def disjoint_properties(self, first: Node, second: Node) -> None:
        axiom = describe(self.graph, first, OWL.propertyDisjointWith, second)
        self.contradict(axiom, f"?x {sparql(first)} ?y . ?x {sparql(second)} ?y .")

    def characteristic(self, prop: Node, kind: Node) -> None:
        axiom, iri = describe_kind(self.graph, prop, kind), sparql(prop)
        reads = frozenset({str(prop)})
        match kind:
            case OWL.SymmetricProperty:
                body = Pattern(f"?x {iri} ?y .", reads)
                self.rule(axiom, body, f"?y {iri} ?x", str(prop))
            case OWL.TransitiveProperty:
                body = Pattern(f"?x {iri} ?m . ?m {iri} ?y .", reads)
                self.rule(axiom, body, f"?x {iri} ?y", str(prop))
            case OWL.FunctionalProperty:
                text = f"?x {iri} ?y . ?x {iri} ?z . FILTER (?y != ?z)"
                self.contradict(axiom, text)
            case OWL.InverseFunctionalProperty:
                text = f"?x {iri} ?z . ?y {iri} ?z . FILTER (?x != ?y)"
                self.contradict(axiom, text)
            case OWL.IrreflexiveProperty:
                self.contradict(axiom, f"?x {iri} ?x .")
            case OWL.AsymmetricProperty:
                self.contradict(axiom, f"?x {iri} ?y . ?y {iri} ?x .")

    # ── the walk ─────────────────────────────────────────────────────────────────────────────

    def attempt(self, axiom: str, act: Callable[[], None]) -> None:
        """Compile one axiom, or note why it cannot be honoured."""
        try:
            act()
        except CannotHonourError as error:
            self.refusals.append(Refusal(axiom, str(error)))

    def links(self, link: URIRef) -> Iterator[tuple[Node, Node]]:
        """Give the pairs an axiom's property relates, in a stable order."""
        yield from sorted(
            self.graph.subject_objects(link),
            key=lambda pair: (self.words(pair[0]), self.words(pair[1])),
        )

    def walk(self) -> None:
        """Compile every axiom of the ontology."""
        pairs: tuple[tuple[URIRef, str, Callable[[Node, Node], None]], ...] = (
            (RDFS.subClassOf, "SubClassOf", self.subclass),
            (OWL.equivalentClass, "EquivalentTo", self.equivalent),
            (OWL.disjointWith, "DisjointWith", self.disjoint),
            (RDFS.subPropertyOf, "SubPropertyOf", self.subproperty),
            (OWL.equivalentProperty, "EquivalentTo", self.equivalent_property),
            (OWL.inverseOf, "InverseOf", self.inverse),
            (RDFS.domain, "Domain", self.domain),
            (RDFS.range, "Range", self.range),
            (OWL.propertyDisjointWith, "DisjointWith", self.disjoint_properties),
        )
        for link, word, act in pairs:
            for first, second in self.links(link):
                axiom = f"{self.words(first)} {word} {self.words(second)}"
                self.attempt(axiom, lambda a=act, f=first, s=second: a(f, s))  # type: ignore[misc]
        for prop, listed in self.links(OWL.propertyChainAxiom):
            self.chain(prop, listed)
        for prop, kind in self.links(RDF.type):
            self.characteristic(prop, kind)
        self.walk_lists()
        self.note_refused()

    def walk_lists(self) -> None:
        """Compile the axioms that hold lists: closed lists and sets of disjoint classes."""
        for owner, listed in self.links(OWL.oneOf):
            if not isinstance(owner, BNode):
                axiom = describe(self.graph, owner, OWL.oneOf, listed)
                self.imply(axiom, one_of(self.graph, listed), owner)
        for group in self.graph.subjects(RDF.type, OWL.AllDisjointClasses):
            classes = self.graph.value(group, OWL.members)
            if classes is not None:
                pairs = list(combinations(Collection(self.graph, classes), 2))
                axioms = describe_members(self.graph, group, pairs)
                for axiom, (first, second) in zip(axioms, pairs, strict=True):
                    self.disjoint(first, second, axiom)

    def note_refused(self) -> None:
        """Note the kinds of axiom that rules can never honour."""
        for prop, kind in self.links(RDF.type):
            if isinstance(kind, URIRef) and kind in _REFUSED_KINDS:
                self.refusals.append(Refusal(self.words(prop), _REFUSED_KINDS[kind]))
        for link, reason in _REFUSED_LINKS.items():
            for owner, _ in self.links(link):
                self.refusals.append(Refusal(self.words(owner), reason))


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
    compiler = _Compiler(ontology)
    compiler.walk()
    return RuleSet(tuple(compiler.rules), tuple(compiler.contradictions), tuple(compiler.refusals))
