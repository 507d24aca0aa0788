"""Writes class expressions in Manchester syntax, as Protégé shows them.

In: the node of an expression in the ontology's graph. Out: text.
Refuses nothing: what it does not know, it says so.

Source: OWL 2 Manchester Syntax, https://www.w3.org/TR/owl2-manchester-syntax/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, BNode, Graph, Literal
from rdflib.collection import Collection

from netkg.vocab import NKG, curie_of

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["RESTRICTIONS", "manchester", "short_name"]

RESTRICTIONS = {
    OWL.hasValue: "value",
    OWL.someValuesFrom: "some",
    OWL.allValuesFrom: "only",
    OWL.maxCardinality: "max",
    OWL.minCardinality: "min",
    OWL.cardinality: "exactly",
    OWL.maxQualifiedCardinality: "max",
    OWL.minQualifiedCardinality: "min",
    OWL.qualifiedCardinality: "exactly",
}
"""What a restriction demands, and its word."""


def short_name(node: Node | str) -> str:
    """Shorten an IRI by its prefix; our own terms carry none."""
    text = str(node)
    if text.startswith(NKG):
        return text.removeprefix(NKG)
    return curie_of(text) or f"<{text}>"


def manchester(graph: Graph, node: Node) -> str:  # noqa: PLR0911 - one return for each kind
    """Write a class or property expression.

    Args:
        graph: Holds the expression.
        node: Its node; an IRI or a literal is written by its name.
    """
    if isinstance(node, Literal):
        return f'"{node}"'
    if not isinstance(node, BNode):
        return short_name(node)
    for operator, word in ((OWL.intersectionOf, " and "), (OWL.unionOf, " or ")):
        members = graph.value(node, operator)
        if members is not None:
            return word.join(f"({manchester(graph, m)})" for m in Collection(graph, members))
    listed = graph.value(node, OWL.oneOf)
    if listed is not None:
        return f"{{{', '.join(manchester(graph, m) for m in Collection(graph, listed))}}}"
    negated = graph.value(node, OWL.complementOf)
    if negated is not None:
        return f"not ({manchester(graph, negated)})"
    inverted = graph.value(node, OWL.inverseOf)
    if inverted is not None:
        return f"inverse {short_name(inverted)}"
    return _restriction(graph, node)


def _restriction(graph: Graph, node: Node) -> str:
    prop = graph.value(node, OWL.onProperty)
    if prop is None:
        return "an expression netkg does not know"
    if graph.value(node, OWL.hasSelf) is not None:
        return f"{manchester(graph, prop)} Self"
    for operator, word in RESTRICTIONS.items():
        filler = graph.value(node, operator)
        if filler is not None:
            number = str(filler) if "ardinality" in operator else manchester(graph, filler)
            counted = graph.value(node, OWL.onClass) or graph.value(node, OWL.onDataRange)
            of_what = f" {manchester(graph, counted)}" if counted is not None else ""
            return f"{manchester(graph, prop)} {word} {number}{of_what}"
    return f"{manchester(graph, prop)} with a restriction netkg does not know"
