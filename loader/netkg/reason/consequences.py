"""Says what each kind of axiom means: the conclusions that follow from it.

In: a `TBox` and the nodes that an axiom relates. Out: conclusions.
Refuses an axiom outside OWL 2 RL, or outside OWL 2 DL, saying what to write instead.

Source: the rules of OWL 2 RL/RDF, https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDFS, BNode, Literal

from netkg.reason.datatypes import is_datatype, outside, unlike
from netkg.reason.expressions import Conclusion, Pattern, conclude, link, listed, member, related
from netkg.reason.rules import CannotHonourError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rdflib.term import Node

    from netkg.reason.tbox import TBox

__all__ = ["MEANINGS", "PROPERTY_KINDS", "apart", "denied", "typed"]


def _subclass(tbox: TBox, narrow: Node, wide: Node) -> list[Conclusion]:
    if wide == OWL.Thing or narrow == OWL.Nothing:
        return []
    return conclude(tbox, wide, member(tbox, narrow))


def _equivalent(tbox: TBox, first: Node, second: Node) -> list[Conclusion]:
    if is_datatype(tbox.graph, first):
        raise CannotHonourError("a name for a datatype hides it; write the datatype itself")
    return _subclass(tbox, first, second) + _subclass(tbox, second, first)


def apart(tbox: TBox, first: Node, second: Node) -> list[Conclusion]:
    """Say that two classes share no member."""
    return [Conclusion(member(tbox, first) + member(tbox, second, depth="?u"))]


def _same_kind(tbox: TBox, first: Node, second: Node) -> str:
    """Give the kind that two properties share."""
    kinds = {tbox.kind(first), tbox.kind(second)}
    if len(kinds) > 1:
        raise CannotHonourError(
            f"it relates {' and '.join(sorted(kinds))} properties; they must be of one kind"
        )
    return kinds.pop()


def _subproperty(tbox: TBox, narrow: Node, wide: Node) -> list[Conclusion]:
    if _same_kind(tbox, narrow, wide) == "annotation":
        return []
    return [Conclusion(related(tbox, "?x", narrow, "?y"), *link(tbox, "?x", wide, "?y"))]


def _equivalent_property(tbox: TBox, first: Node, second: Node) -> list[Conclusion]:
    return _subproperty(tbox, first, second) + _subproperty(tbox, second, first)


def _inverse(tbox: TBox, first: Node, second: Node) -> list[Conclusion]:
    if _same_kind(tbox, first, second) != "object":
        raise CannotHonourError("only object properties have inverses")
    return [
        Conclusion(related(tbox, "?x", one, "?y"), *link(tbox, "?y", other, "?x"))
        for one, other in ((first, second), (second, first))
    ]


def _domain(tbox: TBox, prop: Node, owner: Node) -> list[Conclusion]:
    if tbox.kind(prop) == "annotation":
        return []
    return conclude(tbox, owner, related(tbox, "?x", prop, "?y"))


def _range(tbox: TBox, prop: Node, owner: Node) -> list[Conclusion]:
    kind = tbox.kind(prop)
    if kind == "annotation":
        return []
    body = related(tbox, "?x", prop, "?y")
    if (kind == "data") != is_datatype(tbox.graph, owner):
        raise CannotHonourError(f"it gives a {kind} property the range of another kind")
    if kind == "data":
        return [Conclusion(body + Pattern(f"FILTER ({outside(tbox.graph, owner, '?y')})"))]
    return conclude(tbox, owner, body, "?y")


def _chain(tbox: TBox, prop: Node, steps_node: Node) -> list[Conclusion]:
    steps = listed(tbox, steps_node)
    if {tbox.kind(step) for step in (prop, *steps)} != {"object"}:
        raise CannotHonourError("a chain is made of object properties only")
    if len(steps) < 2:  # noqa: PLR2004 - OWL's own bound
        raise CannotHonourError("a chain has at least two steps; write SubPropertyOf")
    tbox.require_regular(prop, steps)
    names = ["?x", *(f"?c{number}" for number in range(1, len(steps))), "?y"]
    body = Pattern()
    for place, step in enumerate(steps):
        body += related(tbox, names[place], step, names[place + 1])
    return [Conclusion(body, *link(tbox, "?x", prop, "?y"))]


def _disjoint_properties(tbox: TBox, first: Node, second: Node) -> list[Conclusion]:
    if _same_kind(tbox, first, second) == "object":
        tbox.require_simple(first)
        tbox.require_simple(second)
        return [Conclusion(related(tbox, "?x", first, "?y") + related(tbox, "?x", second, "?y"))]
    body = related(tbox, "?x", first, "?y") + related(tbox, "?x", second, "?z")
    return [Conclusion(body + Pattern(f"FILTER (!{unlike('?y', '?z')})"))]


def _closed_list(tbox: TBox, owner: Node, ones: Node) -> list[Conclusion]:
    """A list written on a named class is all of its members."""
    if isinstance(owner, BNode):
        return []
    names = [one.n3() for one in listed(tbox, ones) if not isinstance(one, Literal)]
    inside = Pattern(f"VALUES ?x {{ {' '.join(names)} }}")
    others = Pattern(f"FILTER (?x NOT IN ({', '.join(names)}))")
    return [*conclude(tbox, owner, inside), Conclusion(member(tbox, owner) + others, closes=True)]


MEANINGS: Mapping[Node, Callable[[TBox, Node, Node], list[Conclusion]]] = {
    RDFS.subClassOf: _subclass,
    OWL.equivalentClass: _equivalent,
    OWL.disjointWith: apart,
    RDFS.subPropertyOf: _subproperty,
    OWL.equivalentProperty: _equivalent_property,
    OWL.inverseOf: _inverse,
    RDFS.domain: _domain,
    RDFS.range: _range,
    OWL.propertyDisjointWith: _disjoint_properties,
    OWL.propertyChainAxiom: _chain,
    OWL.oneOf: _closed_list,
}
"""What follows from the axioms that one triple makes."""


def _symmetric(tbox: TBox, prop: Node) -> list[Conclusion]:
    return [Conclusion(related(tbox, "?x", prop, "?y"), *link(tbox, "?y", prop, "?x"))]


def _transitive(tbox: TBox, prop: Node) -> list[Conclusion]:
    body = related(tbox, "?x", prop, "?m") + related(tbox, "?m", prop, "?y")
    return [Conclusion(body, *link(tbox, "?x", prop, "?y"))]


def _functional(tbox: TBox, prop: Node) -> list[Conclusion]:
    tbox.require_simple(prop)
    body = related(tbox, "?x", prop, "?y") + related(tbox, "?x", prop, "?z")
    differ = unlike("?y", "?z") if tbox.kind(prop) == "data" else "?y != ?z"
    return [Conclusion(body + Pattern(f"FILTER ({differ})"))]


def _inverse_functional(tbox: TBox, prop: Node) -> list[Conclusion]:
    tbox.require_simple(prop)
    body = related(tbox, "?x", prop, "?z") + related(tbox, "?y", prop, "?z")
    return [Conclusion(body + Pattern("FILTER (?x != ?y)"))]


def _irreflexive(tbox: TBox, prop: Node) -> list[Conclusion]:
    tbox.require_simple(prop)
    return [Conclusion(related(tbox, "?x", prop, "?x"))]


def _asymmetric(tbox: TBox, prop: Node) -> list[Conclusion]:
    tbox.require_simple(prop)
    return [Conclusion(related(tbox, "?x", prop, "?y") + related(tbox, "?y", prop, "?x"))]


PROPERTY_KINDS: Mapping[Node, Callable[[TBox, Node], list[Conclusion]]] = {
    OWL.SymmetricProperty: _symmetric,
    OWL.TransitiveProperty: _transitive,
    OWL.FunctionalProperty: _functional,
    OWL.InverseFunctionalProperty: _inverse_functional,
    OWL.IrreflexiveProperty: _irreflexive,
    OWL.AsymmetricProperty: _asymmetric,
}
"""What follows from the kind that a property is declared to be."""


def denied(tbox: TBox, subject: Node, prop: Node, other: Node) -> list[Conclusion]:
    """Say that a negative assertion contradicts the triple it denies."""
    named = Pattern(f"VALUES ?x {{ {subject.n3()} }}")
    return [Conclusion(named + _has_value(tbox, prop, other))]


def _has_value(tbox: TBox, prop: Node, value: Node) -> Pattern:
    """Say that ?x has a value."""
    if isinstance(value, Literal):
        same = f"FILTER (!{unlike('?y', value.n3())})"
        return related(tbox, "?x", prop, "?y") + Pattern(same)
    return related(tbox, "?x", prop, value.n3())


def typed(tbox: TBox, subject: Node, owner: Node) -> list[Conclusion]:
    """Say what follows for an individual that is said to be in a class expression."""
    return conclude(tbox, owner, Pattern(f"VALUES ?x {{ {subject.n3()} }}"))
