"""Says in SPARQL when a value belongs to a datatype, and when two values are one.

In: datatypes and variables. Out: SPARQL expressions that are true or false, never an error.
Refuses a datatype that HermiT does not know, saying which to take instead.

Values are compared as OWL does, not as SPARQL does: 1.0 as a decimal is the integer 1, but never
the double 1, and a text is never a number.
Source: OWL 2 Structural Specification, section 4, https://www.w3.org/TR/owl2-syntax/#Datatype_Maps
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from netkg.reason.rules import CannotHonourError

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["is_datatype", "outside", "same_value", "unlike"]

_BOUNDS: dict[URIRef, tuple[int | None, int | None]] = {
    XSD.integer: (None, None),
    XSD.nonNegativeInteger: (0, None),
    XSD.positiveInteger: (1, None),
    XSD.nonPositiveInteger: (None, 0),
    XSD.negativeInteger: (None, -1),
    XSD.long: (-(2**63), 2**63 - 1),
    XSD.int: (-(2**31), 2**31 - 1),
    XSD.short: (-(2**15), 2**15 - 1),
    XSD.byte: (-(2**7), 2**7 - 1),
    XSD.unsignedLong: (0, 2**64 - 1),
    XSD.unsignedInt: (0, 2**32 - 1),
    XSD.unsignedShort: (0, 2**16 - 1),
    XSD.unsignedByte: (0, 2**8 - 1),
}
_EXACT = (XSD.decimal, *_BOUNDS)
_APART = (XSD.string, XSD.boolean, XSD.double, XSD.float, XSD.dateTime, XSD.anyURI)
_ANY = (RDFS.Literal,)


def _iris(datatypes: tuple[URIRef, ...]) -> str:
    return ", ".join(datatype.n3() for datatype in datatypes)


def is_datatype(graph: Graph, node: Node) -> bool:
    """Say whether a node is a datatype rather than a class."""
    return (
        str(node).startswith(str(XSD))
        or node in {RDFS.Literal, RDF.PlainLiteral, RDF.langString, RDF.XMLLiteral}
        or (node, RDF.type, RDFS.Datatype) in graph
    )


def same_value(one: str, other: str) -> str:
    """Say when two terms are one value: a SPARQL expression."""
    floats = _iris((XSD.double, XSD.float))
    alike = (
        f"DATATYPE({one}) = DATATYPE({other}) || "
        f"(DATATYPE({one}) NOT IN ({floats}) && DATATYPE({other}) NOT IN ({floats}))"
    )
    return f"(sameTerm({one}, {other}) || COALESCE({one} = {other} && ({alike}), false))"


def unlike(one: str, other: str) -> str:
    """Say when two terms are different values: a SPARQL expression."""
    return f"(!{same_value(one, other)})"


def _inside(graph: Graph, datatype: Node, value: str) -> str:
    """Say when a value is in a datatype; an error where it is no literal."""
    if datatype in _ANY:
        return f"isLiteral({value})"
    if datatype in _APART:
        return f"DATATYPE({value}) = <{datatype}>"
    exact = f"DATATYPE({value}) IN ({_iris(_EXACT)})"
    if datatype == XSD.decimal:
        return exact
    for whole, (least, most) in _BOUNDS.items():
        if datatype == whole:
            tests = [exact, f"FLOOR({value}) = {value}"]
            tests += [f"{value} >= {least}"] if least is not None else []
            tests += [f"{value} <= {most}"] if most is not None else []
            return " && ".join(tests)
    listed = graph.value(datatype, OWL.oneOf) if isinstance(datatype, BNode) else None
    if listed is not None:
        ones = [one for one in Collection(graph, listed) if isinstance(one, Literal)]
        return " || ".join(same_value(value, one.n3()) for one in ones) or "false"
    raise CannotHonourError(
        "HermiT and the rules know the datatypes string, boolean, decimal, integer and those below "
        "it, double, float, dateTime, anyURI, and lists of values; use one of them"
    )


def outside(graph: Graph, datatype: Node, value: str) -> str:
    """Say when a value is outside a datatype: a SPARQL expression.

    Args:
        graph: Holds the datatype, if it is a list of values.
        datatype: Its node.
        value: The variable.

    Raises:
        CannotHonourError: HermiT does not know the datatype.
    """
    return f"(!COALESCE({_inside(graph, datatype, value)}, false))"
