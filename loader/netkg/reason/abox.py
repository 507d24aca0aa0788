"""Reads facts for HermiT from N-Triples: what individuals are, and how they are related.

In: N-Triples of the axioms and of the facts. Out: `Facts`, without what means nothing to OWL.
Refuses nothing: annotations are left out, since no axiom can speak of them.

Lines are taken apart by their blanks: the N-Triples that stores write have one blank between terms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["TYPE", "Facts", "Signature", "logical", "read_facts", "read_signature"]

_RDF = PREFIXES["rdf"]
_OWL = PREFIXES["owl"]
_RDFS = PREFIXES["rdfs"]
TYPE = f"<{_RDF}type>"
_SUBCLASS, _SUBPROPERTY = (f"<{_RDFS}sub{kind}Of>" for kind in ("Class", "Property"))
_GIVING = ("hasValue", "someValuesFrom", "hasSelf", "minCardinality", "minQualifiedCardinality",
           "cardinality", "qualifiedCardinality")  # fmt: skip
_MEANING = tuple(prefix.encode() for prefix in (f"<{_OWL}", f"<{_RDF}", f"<{_RDFS}"))
_REMARKS = frozenset(
    [f"<{_RDFS}{name}>".encode()
     for name in ("label", "comment", "seeAlso", "isDefinedBy")]
    + [f"<{_OWL}{name}>".encode()
       for name in ("imports", "versionIRI", "versionInfo", "deprecated", "annotatedSource",
                    "annotatedProperty", "annotatedTarget")]
)  # fmt: skip
_NOT_MEANT = tuple(f"<{_OWL}{name}>".encode() for name in ("Ontology", "Axiom", "AllDifferent"))
_BUILT_IN = (f"<{_OWL}", f"<{_RDF}", f"<{_RDFS}")


@dataclass(frozen=True, slots=True)
class Signature:
    """What an ontology declares, as N-Triples terms.

    Attributes:
        object_properties: Properties that relate individuals.
        data_properties: Properties that give values.
        classes: Named classes.
        concluded: The properties that an axiom can conclude: wider ones, inverses, chains,
            symmetric and transitive ones, and those of restrictions but 'only' and 'max'. Of any
            other, nothing follows but what is asserted, as long as no two names are one thing.
        wider: Pairs of a class or property and one that the axioms say is wider.
        inverses: Pairs of properties that the axioms say are inverse.
        composite: The properties that follow from chains, which OWL 2 DL does not let count.
    """

    object_properties: frozenset[str]
    data_properties: frozenset[str]
    classes: frozenset[str]
    concluded: frozenset[str]
    wider: frozenset[tuple[str, str]]
    inverses: frozenset[tuple[str, str]]
    composite: frozenset[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of individuals, as N-Triples terms.

    Attributes:
        types: Pairs of an individual and a class.
        relations: Triples of an individual, an object property and an individual.
        values: Triples of an individual, a data property and a literal.
    """

    types: frozenset[tuple[str, str]] = frozenset()
    relations: frozenset[tuple[str, str, str]] = frozenset()
    values: frozenset[tuple[str, str, str]] = frozenset()
    individuals: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        people = {one for one, _ in self.types} | {one for one, _, _ in self.values}
        people.update(one for s, _, o in self.relations for one in (s, o))
        object.__setattr__(self, "individuals", frozenset(people))

    def __or__(self, other: Facts) -> Facts:
        return Facts(
            self.types | other.types, self.relations | other.relations, self.values | other.values
        )

    def __sub__(self, other: Facts) -> Facts:
        return Facts(
            self.types - other.types, self.relations - other.relations, self.values - other.values
        )

    def among(self, individuals: frozenset[str]) -> Facts:
        """Keep what is said of some individuals alone."""
        return Facts(
            frozenset(pair for pair in self.types if pair[0] in individuals),
            frozenset(t for t in self.relations if t[0] in individuals and t[2] in individuals),
            frozenset(t for t in self.values if t[0] in individuals),
        )

    def touching(self, individuals: frozenset[str]) -> Facts:
        """Keep what is said of some individuals, and what relates others to them."""
        return Facts(
            frozenset(pair for pair in self.types if pair[0] in individuals),
            frozenset(t for t in self.relations if t[0] in individuals or t[2] in individuals),
            frozenset(t for t in self.values if t[0] in individuals),
        )

    def neighbours(self, individuals: frozenset[str]) -> frozenset[str]:
        """Give those that are related to some individuals."""
        near = (pair for s, _, o in self.relations for pair in ((s, o), (o, s)))
        return frozenset(other for one, other in near if one in individuals)

    def triples(self) -> list[tuple[str, str, str]]:
        """Give the facts as triples, in order."""
        typed = {(one, TYPE, kind) for one, kind in self.types}
        return sorted(typed | self.relations | self.values)

    def lines(self) -> Iterator[str]:
        """Write the facts as lines of N-Triples, in order."""
        yield from (f"{s} {p} {o} ." for s, p, o in self.triples())


def _triples(ntriples: bytes) -> Iterator[tuple[str, str, str]]:
    for line in ntriples.decode().splitlines():
        parts = line.rstrip(" .").split(" ", 2)
        if len(parts) == 3:  # noqa: PLR2004 - a triple
            yield parts[0], parts[1], parts[2]


def logical(ntriples: bytes) -> bytes:
    """Keep the axioms of an ontology: no remarks, no facts, and no imports to be fetched.

    Args:
        ntriples: The ontology.
    """
    return b"".join(
        line + b"\n"
        for line in ntriples.splitlines()
        if len(parts := line.split(b" ", 2)) == 3  # noqa: PLR2004 - a triple
        and parts[1].startswith(_MEANING)
        and parts[1] not in _REMARKS
        and not parts[2].startswith(_NOT_MEANT)
        and (parts[1] != TYPE.encode() or parts[2].startswith((b"_:", *_MEANING)))
    )


def read_signature(axioms: bytes, composite: frozenset[str]) -> Signature:
    """Read which properties and classes are declared.

    Args:
        axioms: N-Triples of an ontology.
        composite: The properties that follow from chains, as `TBox` finds them.
    """
    said: dict[str, set[tuple[str, str]]] = {}
    for one, prop, other in _triples(axioms):
        said.setdefault(prop, set()).add((one, other))

    def pairs(*links: str) -> set[tuple[str, str]]:
        return {pair for link in links for pair in said.get(link, ())}

    def declared(kind: str) -> frozenset[str]:
        wanted = f"<{_OWL}{kind}>"
        return frozenset(
            one for one, other in said.get(TYPE, ()) if other == wanted and one[0] == "<"
        )

    both = pairs(f"<{_OWL}equivalentProperty>", f"<{_OWL}inverseOf>")
    restricted = {one for one, _ in pairs(*(f"<{_OWL}{demand}>" for demand in _GIVING))}
    concluded = {other for _, other in pairs(_SUBPROPERTY)} | {one for pair in both for one in pair}
    concluded |= {one for one, _ in pairs(f"<{_OWL}propertyChainAxiom>")}
    concluded |= declared("SymmetricProperty") | declared("TransitiveProperty")
    concluded |= {prop for node, prop in pairs(f"<{_OWL}onProperty>") if node in restricted}
    return Signature(
        declared("ObjectProperty"),
        declared("DatatypeProperty"),
        declared("Class"),
        frozenset(concluded),
        frozenset(pairs(_SUBCLASS, _SUBPROPERTY)),
        frozenset(pairs(f"<{_OWL}inverseOf>")),
        composite,
    )


def read_facts(signature: Signature, graphs: Iterable[bytes]) -> Facts:
    """Read the facts of graphs.

    Args:
        signature: What the ontology declares; other properties are annotations.
        graphs: N-Triples of each.
    """
    types, relations, values = set(), set(), set()
    for graph in graphs:
        for one, prop, other in _triples(graph):
            if prop == TYPE:
                named = other.startswith("<") and not other.startswith(_BUILT_IN)
                if named and one not in signature.classes:
                    types.add((one, other))
            elif prop in signature.object_properties:
                relations.add((one, prop, other))
            elif prop in signature.data_properties:
                values.add((one, prop, other))
    return Facts(frozenset(types), frozenset(relations), frozenset(values))
