"""Reads the axioms that a store holds, and what kind of property each property is.

In: a store, or the graph of an ontology. Out: the graph with labels of what axioms name; a `TBox`.
Refuses a property whose kind is not declared: HermiT would take it for an annotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, BNode, Graph
from rdflib.collection import Collection

from netkg.ontology import PLAIN_STORE
from netkg.reason.manchester import manchester
from netkg.reason.rules import CannotHonourError
from netkg.vocab import graph_iri

if TYPE_CHECKING:
    from rdflib.term import Node

    from netkg.store.interface import Store

__all__ = ["TBox", "read_tbox"]

_ONTOLOGY, _CLASS_AXIOMS = graph_iri("ontology"), graph_iri("class-axioms")
_AXIOMS = (
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } "
    f"VALUES ?g {{ <{_ONTOLOGY}> <{_CLASS_AXIOMS}> }} }}"
)
_LABELS = (
    "CONSTRUCT { ?named rdfs:label ?label } WHERE { "
    f"GRAPH <{_CLASS_AXIOMS}> {{ ?expression owl:hasValue ?named }} ?named rdfs:label ?label }}"
)
_KINDS = {
    OWL.ObjectProperty: "object",
    OWL.DatatypeProperty: "data",
    OWL.AnnotationProperty: "annotation",
}
_BUILT_IN_ANNOTATIONS = {
    RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated,
    OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith,
}  # fmt: skip


def read_tbox(store: Store) -> Graph:
    """Read the axioms of a store, as they are compiled to rules.

    Args:
        store: Holds the graphs `ontology` and `class-axioms`.
    """
    graph = Graph(store=PLAIN_STORE)
    for query in (_AXIOMS, _LABELS):
        graph.parse(data=store.answer(query, "nt"), format="nt")
    return graph


class TBox:
    """An ontology's graph, with what has to be known of its properties as a whole.

    Attributes:
        graph: The ontology.
        composite: The properties that are transitive or follow from a chain.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._kinds: dict[Node, str] = {}
        self._wider = self._hierarchy()
        self._steps = self._chain_steps()
        self.composite = self._composites()

    def kind(self, prop: Node) -> str:
        """Say whether a property is for objects, data or annotations.

        Raises:
            CannotHonourError: It is declared as none of them, or as two.
        """
        if prop not in self._kinds:
            self._kinds[prop] = self._read_kind(prop)
        return self._kinds[prop]

    def _read_kind(self, prop: Node) -> str:
        if prop in _BUILT_IN_ANNOTATIONS:
            return "annotation"
        if isinstance(prop, BNode):
            inverted = self.graph.value(prop, OWL.inverseOf)
            if inverted is not None and self.kind(inverted) == "object":
                return "object"
            raise CannotHonourError("only an object property can be inverted")
        declared = [word for kind, word in _KINDS.items() if (prop, RDF.type, kind) in self.graph]
        if len(declared) == 1:
            return declared[0]
        if declared:
            raise CannotHonourError(
                f"'{manchester(self.graph, prop)}' is declared as {' and as '.join(declared)} "
                "property; declare it once"
            )
        raise CannotHonourError(
            f"the property '{manchester(self.graph, prop)}' is not declared, so that OWL takes it "
            "for an annotation; declare it as owl:ObjectProperty or owl:DatatypeProperty"
        )

    def plain(self, prop: Node) -> Node:
        """Give the property that an inverse expression inverts, or the property itself."""
        inverted = self.graph.value(prop, OWL.inverseOf) if isinstance(prop, BNode) else None
        return prop if inverted is None else self.plain(inverted)

    def require_simple(self, prop: Node) -> None:
        """Refuse a property that follows from a chain, where OWL 2 DL wants a simple one.

        Raises:
            CannotHonourError: It does.

        Source: https://www.w3.org/TR/owl2-syntax/#Global_Restrictions_on_Axioms_in_OWL_2_DL
        """
        if self.plain(prop) in self.composite:
            raise CannotHonourError(
                f"'{manchester(self.graph, self.plain(prop))}' is transitive or follows from a "
                "chain, and OWL 2 DL allows this of simple properties only; say it of a "
                "subproperty that is simple"
            )

    def require_regular(self, prop: Node, steps: list[Node]) -> None:
        """Refuse a chain that leads back to its own steps, which OWL 2 DL does not allow.

        Raises:
            CannotHonourError: It does.
        """
        inner = steps
        if len(steps) > 1 and prop in {steps[0], steps[-1]}:
            inner = [] if steps == [prop, prop] else (
                steps[1:] if steps[0] == prop else steps[:-1]
            )  # fmt: skip
        above = self._reached({self.plain(prop)}, steps=True)
        if any(self.plain(step) in above for step in inner):
            raise CannotHonourError(
                "the chain leads back to one of its own steps, which OWL 2 DL does not allow; "
                "give what follows a property of its own"
            )

    def _hierarchy(self) -> dict[Node, set[Node]]:
        """Give for each property those that follow from it at once."""
        wider: dict[Node, set[Node]] = {}
        both = (OWL.equivalentProperty, OWL.inverseOf)
        for link in (RDFS.subPropertyOf, *both):
            for one, other in self.graph.subject_objects(link):
                first, second = self.plain(one), self.plain(other)
                wider.setdefault(first, set()).add(second)
                if link in both:
                    wider.setdefault(second, set()).add(first)
        return wider

    def _chain_steps(self) -> dict[Node, set[Node]]:
        """Give for each property those that follow from a chain with it."""
        over: dict[Node, set[Node]] = {}
        for prop, listed in self.graph.subject_objects(OWL.propertyChainAxiom):
            for step in Collection(self.graph, listed):
                if self.plain(step) != prop:
                    over.setdefault(self.plain(step), set()).add(prop)
        return over

    def _reached(self, start: set[Node], *, steps: bool) -> set[Node]:
        found, waiting = set(start), list(start)
        while waiting:
            prop = waiting.pop()
            above = self._wider.get(prop, set()) | (
                self._steps.get(prop, set()) if steps else set()
            )
            waiting.extend(above - found)
            found |= above
        return found

    def _composites(self) -> frozenset[Node]:
        chained = set(self.graph.subjects(OWL.propertyChainAxiom, None))
        transitive = set(self.graph.subjects(RDF.type, OWL.TransitiveProperty))
        return frozenset(
            self._reached({self.plain(prop) for prop in chained | transitive}, steps=False)
        )
