"""Says axioms in plain English, with the labels of what they name.

In: nodes of the ontology's graph. Out: text such as "every rapalog drug inhibits mTORC1".
Refuses nothing: what has no label goes by its short name.

Labels of object properties are verbs ("inhibits") or what follows "is" ("in drug class"); those of
data properties are nouns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal
from rdflib.collection import Collection

from netkg.reason.manchester import short_name
from netkg.verbs import as_verb, with_article

if TYPE_CHECKING:
    from rdflib.term import Node

__all__ = ["axiom_in_words", "kind_in_words"]


def _label(graph: Graph, node: Node) -> str:
    if isinstance(node, Literal):
        return f'"{node}"'
    label = graph.value(node, RDFS.label)
    return str(label) if label is not None else short_name(node)


def _verb(graph: Graph, prop: Node) -> str:
    """Give the verb of a property: 'inhibits', 'is in drug class', 'has value'."""
    inverted = graph.value(prop, OWL.inverseOf) if isinstance(prop, BNode) else None
    if inverted is not None:
        return f"is what {_verb(graph, inverted)} (read backwards)"
    label = _label(graph, prop)
    if (prop, RDF.type, OWL.DatatypeProperty) in graph:
        return label if label.startswith("is ") else f"has {label}"
    return as_verb(label) if " " in label else label


def _listed(graph: Graph, node: Node) -> list[Node]:
    return list(Collection(graph, node))


def _joined(parts: list[str], word: str) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _noun(graph: Graph, node: Node) -> str:
    """Name what is in a class: 'rapalog drug', 'drug that is in drug class rapalogs'."""
    if not isinstance(node, BNode):
        return "thing" if node == OWL.Thing else _label(graph, node)
    both = graph.value(node, OWL.intersectionOf)
    if both is not None:
        parts = _listed(graph, both)
        named = [_noun(graph, part) for part in parts if not isinstance(part, BNode)]
        rest = [_predicate(graph, part) for part in parts if isinstance(part, BNode)]
        head = (
            _joined([named[0], *map(with_article, named[1:])], "that is also") if named else "thing"
        )
        return f"{head} that {_joined(rest, 'and')}" if rest else head
    either = graph.value(node, OWL.unionOf)
    if either is not None:
        return _joined([_noun(graph, part) for part in _listed(graph, either)], "or")
    return f"thing that {_predicate(graph, node)}"


def _predicate(graph: Graph, node: Node) -> str:  # noqa: PLR0911 - one return for each kind
    """Say of a subject that it is in a class: 'is a drug', 'inhibits mTORC1'."""
    if node == OWL.Nothing:
        return "cannot be"
    if not isinstance(node, BNode):
        return f"is {with_article(_noun(graph, node))}"
    both = graph.value(node, OWL.intersectionOf)
    if both is not None:
        return _joined([_predicate(graph, part) for part in _listed(graph, both)], "and")
    either = graph.value(node, OWL.unionOf)
    if either is not None:
        return _joined([_predicate(graph, part) for part in _listed(graph, either)], "or")
    listed = graph.value(node, OWL.oneOf)
    if listed is not None:
        return f"is {_joined([_label(graph, one) for one in _listed(graph, listed)], 'or')}"
    negated = graph.value(node, OWL.complementOf)
    if negated is not None:
        return f"is no {_noun(graph, negated)}"
    return _restricted(graph, node)


def _restricted(graph: Graph, node: Node) -> str:
    """Say what a restriction demands."""
    prop = graph.value(node, OWL.onProperty)
    if prop is None:
        return "is something netkg does not know"
    verb = _verb(graph, prop)
    if (value := graph.value(node, OWL.hasValue)) is not None:
        return f"{verb} {_label(graph, value)}"
    if (filler := graph.value(node, OWL.someValuesFrom)) is not None:
        return f"{verb} some {_noun(graph, filler)}"
    if (filler := graph.value(node, OWL.allValuesFrom)) is not None:
        return f"{verb} nothing but {_noun(graph, filler)}"
    for operator, words in (
        (OWL.maxCardinality, "at most"), (OWL.maxQualifiedCardinality, "at most"),
        (OWL.minCardinality, "at least"), (OWL.minQualifiedCardinality, "at least"),
        (OWL.cardinality, "exactly"), (OWL.qualifiedCardinality, "exactly"),
    ):  # fmt: skip
        if (number := graph.value(node, operator)) is not None:
            counted = graph.value(node, OWL.onClass)
            return f"{verb} {words} {number} {_noun(graph, counted) if counted else 'thing'}"
    return f"{verb} what netkg does not know"


def axiom_in_words(  # noqa: C901, PLR0911 - one return for each kind of axiom
    graph: Graph, subject: Node, link: Node, other: Node
) -> str:
    """Say an axiom that one triple makes.

    Args:
        graph: The ontology, with labels of the individuals it names.
        subject: The axiom's subject.
        link: What makes it an axiom, such as `rdfs:subClassOf`.
        other: The axiom's object; for a chain, its list.
    """
    match link:
        case RDFS.subClassOf:
            return f"every {_noun(graph, subject)} {_predicate(graph, other)}"
        case OWL.equivalentClass:
            return (
                f"every {_noun(graph, subject)} {_predicate(graph, other)}, and whatever "
                f"{_predicate(graph, other)} {_predicate(graph, subject)}"
            )
        case OWL.disjointWith:
            return f"no {_noun(graph, subject)} {_predicate(graph, other)}"
        case RDFS.subPropertyOf:
            return f"if X {_verb(graph, subject)} Y, then X {_verb(graph, other)} Y"
        case OWL.equivalentProperty:
            return f"X {_verb(graph, subject)} Y exactly when X {_verb(graph, other)} Y"
        case OWL.inverseOf:
            return f"X {_verb(graph, subject)} Y exactly when Y {_verb(graph, other)} X"
        case RDFS.domain:
            return f"if X {_verb(graph, subject)} anything, then X {_predicate(graph, other)}"
        case RDFS.range:
            return f"if anything {_verb(graph, subject)} Y, then Y {_predicate(graph, other)}"
        case OWL.propertyDisjointWith:
            return f"if X {_verb(graph, subject)} Y, then never: X {_verb(graph, other)} Y"
        case OWL.propertyChainAxiom:
            steps = _listed(graph, other)
            things = ["X", *(f"Y{number}" for number in range(1, len(steps))), "Z"]
            walked = " and ".join(
                f"{things[place]} {_verb(graph, step)} {things[place + 1]}"
                for place, step in enumerate(steps)
            )
            return f"if {walked}, then X {_verb(graph, subject)} Z".replace("Y1", "Y")
        case OWL.oneOf:
            one = _joined([_label(graph, one) for one in _listed(graph, other)], "or")
            noun, predicate = _noun(graph, subject), _predicate(graph, subject)
            return f"every {noun} is {one}, and each of them {predicate}"
    return f"{_label(graph, subject)} {_label(graph, link)} {_label(graph, other)}"


_KINDS = {
    OWL.SymmetricProperty: "if X {verb} Y, then Y {verb} X",
    OWL.TransitiveProperty: "if X {verb} Y and Y {verb} Z, then X {verb} Z",
    OWL.FunctionalProperty: "if X {verb} Y and X {verb} Z, then Y is Z",
    OWL.InverseFunctionalProperty: "if X {verb} Z and Y {verb} Z, then X is Y",
    OWL.IrreflexiveProperty: "never: X {verb} X",
    OWL.AsymmetricProperty: "if X {verb} Y, then never: Y {verb} X",
    OWL.ReflexiveProperty: "always: X {verb} X",
}


def kind_in_words(graph: Graph, prop: Node, kind: Node) -> str:
    """Say what kind of property a property is, such as functional."""
    verb = _verb(graph, prop)
    return next((words.format(verb=verb) for k, words in _KINDS.items() if k == kind), "")
