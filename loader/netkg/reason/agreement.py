"""Puts to HermiT, in two questions, whether facts that rules inferred are what the axioms entail.

In: axioms, the facts that are asserted, and those that rules inferred. Out: ontologies as
N-Triples, one that must be inconsistent and one that must not be.
Refuses nothing. To ask HermiT for all memberships of thousands of individuals would take hours, as
it tests each subsumption with all facts; whether an ontology is consistent it says in seconds.

*Nothing too much.* A chain of fresh nodes has one node for each inferred fact, or for each set of
inferred classes that individuals share. A node is met when its individual has what the fact says
(`item some (C1 and C2) SubClassOf Met`), and good when it is met and the next one is good; the last
is good. So the axioms entail that the first node is good exactly when they entail every inferred
fact, since the fresh terms are constrained by nothing else. With "the first node is not good"
added, the ontology is inconsistent exactly when every inferred fact is entailed.

*Nothing missing.* Each individual is said to be in none of the classes, and related by none of the
properties, but those that the facts name. This is consistent exactly when one model of the axioms
has no fact but these; then no other fact is entailed, since an entailed fact holds in every model.
Were the axioms disjunctive, the converse could fail ("a or b" entails neither); the compiler
refuses such axioms, and for the rest the least model is such a model.

Ids are held apart through one functional data property with another value for each: what
`owl:AllDifferent` says, without its square of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from netkg.reason.abox import TYPE
from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netkg.reason.abox import Facts, Signature

__all__ = ["closed_world", "denials", "held_apart", "nothing_too_much"]

_OWL = f"<{PREFIXES['owl']}{{}}>".format
_SUBCLASS = f"<{PREFIXES['rdfs']}subClassOf>"
_FIRST, _REST, _NIL = (f"<{PREFIXES['rdf']}{name}>" for name in ("first", "rest", "nil"))


_MOST_COUNTED = 3
"""Up to how many objects a bound by number is cheaper for HermiT than a list."""


def _number(count: int) -> str:
    return f'"{count}"^^<{PREFIXES["xsd"]}nonNegativeInteger>'


def _fresh(name: object) -> str:
    return f"<urn:netkg:{name}>"


class _Writer:
    """Writes axioms as lines of N-Triples, with a new blank node for each expression."""

    def __init__(self, prefix: str) -> None:
        self.lines: list[str] = []
        self.prefix = prefix
        self.count = 0

    def say(self, subject: str, prop: str, other: str) -> None:
        self.lines.append(f"{subject} {prop} {other} .")

    def blank(self) -> str:
        self.count += 1
        return f"_:{self.prefix}{self.count}"

    def listed(self, members: Iterable[str]) -> str:
        """Write a list and give its head."""
        head = _NIL
        for member in members:
            cell = self.blank()
            self.say(cell, _FIRST, member)
            self.say(cell, _REST, head)
            head = cell
        return head

    def expression(self, operator: str, members: list[str]) -> str:
        """Write 'and' or 'or' of classes, or a list of individuals."""
        if len(members) == 1 and operator != "oneOf":
            return members[0]
        node = self.blank()
        self.say(node, TYPE, _OWL("Class"))
        self.say(node, _OWL(operator), self.listed(members))
        return node

    def negated(self, kind: str) -> str:
        node = self.blank()
        self.say(node, TYPE, _OWL("Class"))
        self.say(node, _OWL("complementOf"), kind)
        return node

    def restriction(self, prop: str, demand: str, filler: str) -> str:
        node = self.blank()
        self.say(node, TYPE, _OWL("Restriction"))
        self.say(node, _OWL("onProperty"), prop)
        self.say(node, _OWL(demand), filler)
        return node

    def below(self, narrow: str, wide: str) -> None:
        self.say(narrow, _SUBCLASS, wide)

    def declare(self, kind: str, *names: str) -> None:
        for name in names:
            self.say(name, TYPE, _OWL(kind))

    def written(self) -> bytes:
        return "".join(f"{line}\n" for line in self.lines).encode()


def held_apart(individuals: Iterable[str]) -> bytes:
    """Say that individuals are all different, as N-Triples.

    Args:
        individuals: Their N-Triples terms.
    """
    writer, key = _Writer("k"), _fresh("id")
    writer.declare("DatatypeProperty", key)
    writer.declare("FunctionalProperty", key)
    for one in sorted(individuals):
        writer.say(one, key, f'"{one.strip("<>")}"')
    return writer.written()


def nothing_too_much(inferred: Facts) -> bytes:
    """Say that some inferred fact is not entailed, as N-Triples.

    With the axioms and the asserted facts this must be inconsistent.
    """
    writer = _Writer("s")
    met, good, follows = _fresh("Met"), _fresh("Good"), _fresh("next")
    writer.declare("Class", met, good)
    writer.declare("ObjectProperty", follows)
    onwards = writer.restriction(follows, "someValuesFrom", good)
    writer.below(writer.expression("intersectionOf", [met, onwards]), good)
    number = 0
    for number, (demand, ones) in enumerate(sorted(_demands(writer, inferred)), 1):
        item = _fresh(f"item{number}")
        writer.declare("ObjectProperty", item)
        writer.below(writer.restriction(item, "someValuesFrom", demand), met)
        for place, one in enumerate(ones):
            writer.say(_fresh(f"node{number}.{place}"), item, one)
    nodes = [line.split(" ", 1)[0] for line in writer.lines if line.startswith("<urn:netkg:node")]
    chain = [*nodes, _fresh("end")]
    for node, after in pairwise(chain):
        writer.say(node, follows, after)
    writer.say(chain[-1], TYPE, good)
    writer.say(chain[0], TYPE, writer.negated(good))
    return writer.written()


def denials(triples: Iterable[tuple[str, str, str]]) -> bytes:
    """Say that none of some facts holds, as N-Triples."""
    writer = _Writer("d")
    for one, prop, other in triples:
        if prop == TYPE:
            writer.say(one, TYPE, writer.negated(other))
            continue
        node = writer.blank()
        writer.say(node, TYPE, _OWL("NegativePropertyAssertion"))
        writer.say(node, _OWL("sourceIndividual"), one)
        writer.say(node, _OWL("assertionProperty"), prop)
        target = "targetValue" if other.startswith('"') else "targetIndividual"
        writer.say(node, _OWL(target), other)
    return writer.written()


def _demands(writer: _Writer, inferred: Facts) -> Iterator[tuple[str, list[str]]]:
    """Give each class expression that inferred facts amount to, with who must be in it."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for one, kind in sorted(inferred.types):
        kinds[one].append(kind)
    for found, ones in _alike(kinds).items():
        yield writer.expression("intersectionOf", sorted(found)), ones
    for triples, relates in ((inferred.relations, True), (inferred.values, False)):
        having: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one, prop, other in sorted(triples):
            having[prop, other].append(one)
        for number, ((prop, other), ones) in enumerate(having.items()):
            if relates:
                mark = _fresh(f"Mark{number}")
                writer.declare("Class", mark)
                writer.say(other, TYPE, mark)
                yield writer.restriction(prop, "someValuesFrom", mark), ones
            else:
                yield writer.restriction(prop, "hasValue", other), ones


def closed_world(
    signature: Signature, facts: Facts, individuals: frozenset[str] | None = None
) -> bytes:
    """Say that nothing holds of individuals but the facts, as N-Triples.

    With the axioms and all these facts this must be consistent. What is missing is said as shortly
    as can be: whoever is not in a class is in none that the axioms put below it, and whoever a
    property does not relate, none of its subproperties does; of two inverse properties one is
    closed; and of properties that no axiom concludes nothing need be said.

    Args:
        signature: What the ontology declares.
        facts: All that is asserted or inferred.
        individuals: Of whom to say it; else of all.
    """
    writer = _Writer("c")
    individuals = facts.individuals if individuals is None else individuals
    above: dict[str, set[str]] = defaultdict(set)
    for narrow, wide in signature.wider:
        above[narrow].add(wide)
    kinds: dict[str, set[str]] = defaultdict(set)
    for one, kind in facts.types:
        kinds[one].add(kind)
    related: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for one, prop, other in facts.relations:
        if one in individuals:
            related[prop].setdefault(one, set()).add(other)
    closed = _one_of_inverses(signature, related)
    has = {one: frozenset(kinds.get(one, ())) for one in individuals}
    uses = {one: frozenset(prop for prop in closed if one in related[prop]) for one in individuals}
    for name, all_terms, owned in (("Kind", signature.classes, has), ("Use", closed, uses)):
        _close_terms(writer, name, frozenset(all_terms), owned, above)
    for prop in sorted(closed):
        _close_relation(writer, prop, related[prop], counts=prop not in signature.composite)
    for prop in sorted(signature.data_properties & signature.concluded):
        _close_values(writer, prop, facts, individuals)
    return writer.written()


def _one_of_inverses(
    signature: Signature, related: Mapping[str, Mapping[str, set[str]]]
) -> frozenset[str]:
    """Choose the properties to close: of two inverses the one that takes fewer words."""
    closed = set(signature.object_properties & signature.concluded)
    for pair in sorted(signature.inverses):
        if pair[0] != pair[1] and closed.issuperset(pair):
            costs = {
                prop: len(_bounds(related.get(prop, {}), counts=prop not in signature.composite))
                for prop in pair
            }
            closed.discard(max(sorted(pair), key=costs.__getitem__))
    return frozenset(closed)


def _alike(related: Mapping[str, Iterable[str]]) -> dict[frozenset[str], list[str]]:
    """Group what has the same."""
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    for one in sorted(related):
        groups[frozenset(related[one])].append(one)
    return groups


def _close_terms(
    writer: _Writer,
    name: str,
    terms: frozenset[str],
    owned: Mapping[str, frozenset[str]],
    above: Mapping[str, set[str]],
) -> None:
    """Say of individuals alike which classes they are not in, or which properties they lack."""
    for number, (has, ones) in enumerate(_alike(owned).items()):
        kind = _fresh(f"{name}{number}")
        writer.declare("Class", kind)
        lacks = terms - has
        for term in sorted(lacks):
            if not above.get(term, set()) & lacks:
                nothing = term if name == "Kind" else writer.restriction(
                    term, "someValuesFrom", _OWL("Thing"))  # fmt: skip
                writer.say(kind, _OWL("disjointWith"), nothing)
        for one in ones:
            writer.say(one, TYPE, kind)


def _bounds(
    related: Mapping[str, Iterable[str]], *, counts: bool
) -> list[tuple[int, list[str], list[str]]]:
    """Group subjects by how their objects are bounded: by a number, or else by a list."""
    numbered: dict[int, list[str]] = defaultdict(list)
    bounds = []
    for others, ones in _alike(related).items():
        if counts and len(others) <= _MOST_COUNTED:
            numbered[len(others)].extend(ones)
        else:
            bounds.append((0, sorted(others), sorted(ones)))
    return [(number, [], sorted(ones)) for number, ones in sorted(numbered.items())] + bounds


def _close_relation(
    writer: _Writer, prop: str, related: Mapping[str, set[str]], *, counts: bool
) -> None:
    """Say that a property relates nothing further: no more than so many, or none but those."""
    for number, others, ones in _bounds(related, counts=counts):
        if number:
            only = writer.restriction(prop, "maxCardinality", _number(number))
        else:
            only = writer.restriction(prop, "allValuesFrom", writer.expression("oneOf", others))
        for one in ones:
            writer.say(one, TYPE, only)


def _close_values(writer: _Writer, prop: str, facts: Facts, individuals: frozenset[str]) -> None:
    """Say which values alone a data property gives."""
    values: dict[str, set[str]] = {one: set() for one in individuals}
    for one, used, value in facts.values:
        if used == prop and one in individuals:
            values[one].add(value)
    for given, ones in _alike(values).items():
        if given:
            node = writer.blank()
            writer.say(node, TYPE, f"<{PREFIXES['rdfs']}Datatype>")
            writer.say(node, _OWL("oneOf"), writer.listed(sorted(given)))
            only = writer.restriction(prop, "allValuesFrom", node)
        else:
            only = writer.restriction(prop, "maxCardinality", _number(0))
        for one in ones:
            writer.say(one, TYPE, only)
