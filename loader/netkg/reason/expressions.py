"""Class expressions as SPARQL patterns: what it takes to be in a class, and what follows from it.

In: the node of a class expression in the ontology's graph. Out: patterns or conclusions.
Refuses an expression that OWL 2 RL does not allow in that place, saying which and why.

Two names are two things (see docs/reasoning.md), so what would make two of them one is a clash.
Source: OWL 2 Profiles, section 4.2.3 (class expressions of OWL 2 RL),
https://www.w3.org/TR/owl2-profiles/#Class_Expressions_3
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, BNode, Literal, URIRef
from rdflib.collection import Collection

from netkg.reason.axioms import LINKS
from netkg.reason.datatypes import is_datatype, outside, same_value, unlike
from netkg.reason.manchester import manchester
from netkg.reason.rules import CannotHonourError

if TYPE_CHECKING:
    from rdflib.term import Node

    from netkg.reason.tbox import TBox

__all__ = ["Conclusion", "Pattern", "conclude", "link", "listed", "member", "related"]

_TYPE = f"<{RDF.type}>"
_FORMS = {
    frozenset(parts)
    for parts in (
        {OWL.intersectionOf}, {OWL.unionOf}, {OWL.complementOf}, {OWL.oneOf},
        *({OWL.onProperty, filler} for filler in (
            OWL.hasValue, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasSelf, OWL.maxCardinality,
            OWL.minCardinality, OWL.cardinality,
        )),
        *({OWL.onProperty, number, of} for of in (OWL.onClass, OWL.onDataRange) for number in (
            OWL.maxQualifiedCardinality, OWL.minQualifiedCardinality, OWL.qualifiedCardinality,
        )),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pattern:
    """SPARQL patterns with the properties and classes they look at."""

    text: str = ""
    reads: frozenset[str] = frozenset()

    def __add__(self, other: Pattern) -> Pattern:
        return Pattern(f"{self.text} {other.text}".strip(), self.reads | other.reads)


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What follows when a pattern holds: one triple, or a contradiction.

    Attributes:
        body: What must hold.
        head: The triple that follows; empty when the body contradicts the axiom.
        writes: The property or class that the head adds to.
        closes: Whether the body says that a list leaves someone out.
    """

    body: Pattern
    head: str = ""
    writes: str = ""
    closes: bool = False


def _term(node: Node) -> str:
    return node.n3() if isinstance(node, (URIRef, Literal)) else str(node)


def listed(tbox: TBox, node: Node) -> list[Node]:
    """Read a list."""
    return list(Collection(tbox.graph, node))


def link(tbox: TBox, subject: str, prop: Node, other: str) -> tuple[str, str]:
    """Write a triple of a property, turned round for an inverse; with the property's IRI.

    Raises:
        CannotHonourError: The property is not declared as one for objects or data.
    """
    if tbox.kind(prop) == "annotation":
        raise CannotHonourError(
            f"'{manchester(tbox.graph, prop)}' is an annotation property, which means nothing to "
            "a reasoner; use an object or a data property"
        )
    if isinstance(prop, BNode):
        inverted = tbox.graph.value(prop, OWL.inverseOf)
        assert inverted is not None  # noqa: S101 - `kind` has seen to it
        return link(tbox, other, inverted, subject)
    return f"{subject} {_term(prop)} {other}", str(prop)


def related(tbox: TBox, subject: str, prop: Node, other: str) -> Pattern:
    """Say that a property relates two variables."""
    text, iri = link(tbox, subject, prop, other)
    return Pattern(f"{text} .", frozenset({iri}))


def _filter(expression: str) -> Pattern:
    return Pattern(f"FILTER ({expression})")


def _require_known(tbox: TBox, node: Node) -> None:
    """Refuse the node of an expression that holds anything but one known form."""
    parts = frozenset(
        key for key in tbox.graph.predicates(node)
        if key != RDF.type and (key not in LINKS or key == OWL.oneOf)
    )  # fmt: skip
    single = all(len(list(tbox.graph.objects(node, key))) == 1 for key in parts)
    if parts not in _FORMS or not single:
        raise CannotHonourError(
            f"'{manchester(tbox.graph, node)}' is not one well-formed class expression; write one "
            "restriction, 'and', 'or', 'not' or list for each node"
        )


def _filled(tbox: TBox, subject: str, filler: Node, depth: str) -> Pattern:
    """Say that a property's value is in a class or a datatype."""
    if is_datatype(tbox.graph, filler):
        return _filter(f"!{outside(tbox.graph, filler, subject)}")
    if filler == OWL.Thing:
        return Pattern()
    return member(tbox, filler, subject, depth)


def member(  # noqa: PLR0911 - one return for each kind of expression
    tbox: TBox, node: Node, subject: str = "?x", depth: str = "?v"
) -> Pattern:
    """Say what must hold for a variable to be in a class.

    Raises:
        CannotHonourError: The expression may not stand on the left of an axiom in OWL 2 RL.
    """
    if node == OWL.Thing:
        raise CannotHonourError("it would speak of everything there is; name a class instead")
    if not isinstance(node, BNode):
        return Pattern(f"{subject} {_TYPE} {_term(node)} .", frozenset({str(node)}))
    _require_known(tbox, node)
    value = tbox.graph.value
    if (both := value(node, OWL.intersectionOf)) is not None:
        parts = [part for part in listed(tbox, both) if part != OWL.Thing] or [OWL.Thing]
        return sum(
            (member(tbox, p, subject, f"{depth}_{n}") for n, p in enumerate(parts, 1)), Pattern()
        )
    if (either := value(node, OWL.unionOf)) is not None:
        ways = [
            member(tbox, p, subject, f"{depth}_{n}") for n, p in enumerate(listed(tbox, either), 1)
        ]
        text = " UNION ".join(f"{{ {way.text} }}" for way in ways)
        return Pattern(text, frozenset().union(*(way.reads for way in ways)))
    if (ones := value(node, OWL.oneOf)) is not None:
        names = " ".join(_term(one) for one in listed(tbox, ones))
        return Pattern(f"VALUES {subject} {{ {names} }}")
    prop = value(node, OWL.onProperty)
    if prop is not None and (one := value(node, OWL.hasValue)) is not None:
        return _has(tbox, subject, prop, one, depth)
    if prop is not None and (filler := value(node, OWL.someValuesFrom)) is not None:
        return related(tbox, subject, prop, depth) + _filled(tbox, depth, filler, depth + "_")
    if prop is not None and value(node, OWL.hasSelf) is not None:
        tbox.require_simple(prop)
        return related(tbox, subject, prop, subject)
    raise CannotHonourError(
        f"'{manchester(tbox.graph, node)}' may not stand where membership is tested; "
        "use a class, 'and', 'or', 'some', 'value', 'Self' or a list"
    )


def _has(tbox: TBox, subject: str, prop: Node, value: Node, depth: str) -> Pattern:
    if isinstance(value, Literal) and value.language is None and not isinstance(value.value, str):
        equal = same_value(depth, _term(value))
        return related(tbox, subject, prop, depth) + _filter(equal)
    return related(tbox, subject, prop, _term(value))


def conclude(  # noqa: PLR0911 - one return for each kind of expression
    tbox: TBox, node: Node, body: Pattern, subject: str = "?x", depth: str = "?w"
) -> list[Conclusion]:
    """Say what follows for a variable that is in a class.

    Args:
        tbox: The ontology.
        node: The class.
        body: What makes the variable a member.
        subject: The variable.
        depth: What to call further variables.

    Raises:
        CannotHonourError: The expression may not stand on the right of an axiom in OWL 2 RL.
    """
    if node == OWL.Thing:
        return []
    if node == OWL.Nothing:
        return [Conclusion(body)]
    if not isinstance(node, BNode):
        return [Conclusion(body, f"{subject} {_TYPE} {_term(node)}", str(node))]
    _require_known(tbox, node)
    value = tbox.graph.value
    if (both := value(node, OWL.intersectionOf)) is not None:
        parts = listed(tbox, both)
        return [found for part in parts for found in conclude(tbox, part, body, subject, depth)]
    if (negated := value(node, OWL.complementOf)) is not None:
        if negated == OWL.Thing:
            return [Conclusion(body)]
        return [Conclusion(body + member(tbox, negated, subject, depth))]
    if (ones := value(node, OWL.oneOf)) is not None:
        names = ", ".join(_term(one) for one in listed(tbox, ones))
        return [Conclusion(body + _filter(f"{subject} NOT IN ({names})"), closes=True)]
    prop = value(node, OWL.onProperty)
    if prop is None:
        raise _cannot_conclude(tbox, node)
    return _conclude_restriction(tbox, node, prop, body, subject=subject, depth=depth)


def _conclude_restriction(
    tbox: TBox, node: Node, prop: Node, body: Pattern, *, subject: str, depth: str
) -> list[Conclusion]:
    """Say what follows from a restriction on a property."""
    value = tbox.graph.value
    if (one := value(node, OWL.hasValue)) is not None:
        return [Conclusion(body, *link(tbox, subject, prop, _term(one)))]
    if (filler := value(node, OWL.allValuesFrom)) is not None:
        reached = body + related(tbox, subject, prop, depth)
        if is_datatype(tbox.graph, filler):
            return [Conclusion(reached + _filter(outside(tbox.graph, filler, depth)))]
        return conclude(tbox, filler, reached, depth, depth + "_")
    if value(node, OWL.hasSelf) is not None:
        tbox.require_simple(prop)
        return [Conclusion(body, *link(tbox, subject, prop, subject))]
    number = value(node, OWL.maxCardinality)
    number = value(node, OWL.maxQualifiedCardinality) if number is None else number
    if number is None or int(str(number)) > 1:
        raise _cannot_conclude(tbox, node)
    tbox.require_simple(prop)
    filler = value(node, OWL.onClass) or value(node, OWL.onDataRange) or OWL.Thing
    seen = [f"{depth}{place}" for place in range(1, int(str(number)) + 2)]
    for other in seen:
        body += related(tbox, subject, prop, other) + _filled(tbox, other, filler, other + "_")
    return [Conclusion(body + _filter(unlike(*seen)) if len(seen) > 1 else body)]


def _cannot_conclude(tbox: TBox, node: Node) -> CannotHonourError:
    return CannotHonourError(
        f"nothing can be concluded from '{manchester(tbox.graph, node)}'; use a class, 'and', "
        "'not', 'only', 'value', 'Self', 'max 0', 'max 1' or a list"
    )
