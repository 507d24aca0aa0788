"""Class expressions as SPARQL patterns: what it takes to be in a class, and what follows from it.

In: the node of a class expression in the ontology's graph. Out: patterns or conclusions.
Refuses an expression that OWL 2 RL does not allow in that place, saying which and why.

Source: OWL 2 Profiles, section 4.2.3 (class expressions of OWL 2 RL),
https://www.w3.org/TR/owl2-profiles/#Class_Expressions_3
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDFS

from netkg.reason.manchester import manchester

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

__all__ = [
    "CannotHonourError",
    "Conclusion",
    "Pattern",
    "conclude",
    "is_datatype",
    "member",
    "one_of",
    "sparql",
]

_TYPE = f"<{RDF.type}>"


class CannotHonourError(ValueError):
    """An axiom is outside what rules can do."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """SPARQL patterns with the properties and classes they look at."""

    text: str
    reads: frozenset[str] = frozenset()

    def __add__(self, other: Pattern) -> Pattern:
        return Pattern(f"{self.text} {other.text}".strip(), self.reads | other.reads)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One triple that follows, with what else must hold for it."""

    extra: Pattern
    head: str
    writes: str


def sparql(node: Node) -> str:
    """Write an IRI or a literal as SPARQL."""
    return node.n3() if isinstance(node, (URIRef, Literal)) else str(node)


def is_datatype(graph: Graph, node: Node) -> bool:
    """Say whether a filler is a datatype, about which rules on nodes say nothing."""
    return (
        str(node).startswith(str(XSD))
        or node == RDFS.Literal
        or (node, RDF.type, RDFS.Datatype) in graph
    )


def _list(graph: Graph, node: Node) -> list[Node]:
    return list(Collection(graph, node))


def _variables(prefix: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{prefix}{number}"


def one_of(graph: Graph, listed: Node, subject: str = "?x") -> Pattern:
    """Say what it takes to be one of a list's individuals."""
    values = " ".join(sparql(value) for value in _list(graph, listed))
    return Pattern(f"VALUES {subject} {{ {values} }}")


def member(  # noqa: PLR0911 - one return for each kind of expression
    graph: Graph, node: Node, subject: str = "?x", depth: str = "?v"
) -> Pattern:
    """Say what must hold for a variable to be in a class.

    Raises:
        CannotHonourError: The expression may not stand on the left of an axiom in OWL 2 RL.
    """
    if node == OWL.Thing:
        return Pattern("")
    if isinstance(node, URIRef):
        return Pattern(f"{subject} {_TYPE} {sparql(node)} .", frozenset({str(node)}))
    fresh = _variables(depth + "_")
    both = graph.value(node, OWL.intersectionOf)
    if both is not None:
        parts = [member(graph, part, subject, next(fresh)) for part in _list(graph, both)]
        return sum(parts[1:], parts[0])
    either = graph.value(node, OWL.unionOf)
    if either is not None:
        parts = [member(graph, part, subject, next(fresh)) for part in _list(graph, either)]
        text = " UNION ".join(f"{{ {part.text} }}" for part in parts)
        return Pattern(text, frozenset().union(*(part.reads for part in parts)))
    listed = graph.value(node, OWL.oneOf)
    if listed is not None:
        return one_of(graph, listed, subject)
    prop = graph.value(node, OWL.onProperty)
    value = graph.value(node, OWL.hasValue)
    if isinstance(prop, URIRef) and value is not None:
        return Pattern(f"{subject} {sparql(prop)} {sparql(value)} .", frozenset({str(prop)}))
    filler = graph.value(node, OWL.someValuesFrom)
    if isinstance(prop, URIRef) and filler is not None:
        link = Pattern(f"{subject} {sparql(prop)} {depth} .", frozenset({str(prop)}))
        if is_datatype(graph, filler):
            return link
        return link + member(graph, filler, depth, depth + "_")
    raise CannotHonourError(
        f"'{manchester(graph, node)}' may not stand where membership is tested; "
        "use a class, 'and', 'or', 'some' or 'value'"
    )


def conclude(graph: Graph, node: Node, subject: str = "?x", depth: str = "?w") -> list[Conclusion]:
    """Say what follows for a variable that is in a class.

    Raises:
        CannotHonourError: The expression may not stand on the right of an axiom in OWL 2 RL.
    """
    nothing = Pattern("")
    if node == OWL.Thing:
        return []
    if isinstance(node, URIRef):
        return [Conclusion(nothing, f"{subject} {_TYPE} {sparql(node)}", str(node))]
    both = graph.value(node, OWL.intersectionOf)
    if both is not None:
        return [
            conclusion
            for part in _list(graph, both)
            for conclusion in conclude(graph, part, subject, depth)
        ]
    prop = graph.value(node, OWL.onProperty)
    value = graph.value(node, OWL.hasValue)
    if isinstance(prop, URIRef) and value is not None:
        return [Conclusion(nothing, f"{subject} {sparql(prop)} {sparql(value)}", str(prop))]
    filler = graph.value(node, OWL.allValuesFrom)
    if isinstance(prop, URIRef) and filler is not None:
        if is_datatype(graph, filler):
            return []
        link = Pattern(f"{subject} {sparql(prop)} {depth} .", frozenset({str(prop)}))
        return [
            Conclusion(link + deeper.extra, deeper.head, deeper.writes)
            for deeper in conclude(graph, filler, depth, depth + "_")
        ]
    raise CannotHonourError(
        f"nothing can be concluded from '{manchester(graph, node)}'; "
        "use a class, 'and', 'only' or 'value'"
    )
