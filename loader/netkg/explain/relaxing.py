"""Relaxes a question for something that is no answer: which condition fails, and what there is.

In: a question taken apart, a variable and the term it should take, a store. Out: `NearMiss`es,
those that lack least first. Each drops from one way of the question a smallest set of conditions
without which it holds.
Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netkg.explain.patterns import Bind, Filter, Group, Minus, SubSelect, Triple, Values
from netkg.explain.solving import bound_text, solutions
from netkg.explain.terms import RDF_TYPE
from netkg.explain.tokens import variables_in
from netkg.explain.ways import as_group, constants, ready, ways
from netkg.vocab import NKG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from netkg.explain.patterns import Element
    from netkg.store.interface import Store

__all__ = ["NearMiss", "near_misses"]

_ASSERTS, _DOMAIN = f"<{NKG}asserts>", f"<{PREFIXES['rdfs']}domain>"
_PRESENT = {
    f"<{PREFIXES['rdfs']}label>", f"<{PREFIXES['skos']}notation>",
    *(f"<{NKG}{name}>" for name in (
        "concerns", "hedge", "source", "statement", "status", "studiesAgainst", "studiesFor",
    )),
}  # fmt: skip
"""What every entity, claim or proposition has, so that it never says why nothing was found."""

_MOST_WAYS = 40
_SHOWN_SOLUTIONS = 60
_DROPPED_AT_MOST = 3


class NearMiss(NamedTuple):
    """A way in which something nearly is an answer.

    Attributes:
        dropped: The conditions that do not hold.
        way: All conditions of the way.
        values: The terms given, by variable.
        solutions: What holds without those dropped: terms by variable.
    """

    dropped: tuple[Element, ...]
    way: Group
    values: dict[str, str]
    solutions: tuple[dict[str, str], ...]


def _flat(elements: Iterable[Element]) -> Iterator[Element]:
    """Take all braces off, to look at each condition by itself."""
    for element in elements:
        if isinstance(element, Group) and not element.graph:
            yield from _flat(element.elements)
        elif isinstance(element, SubSelect) and not element.query.grouped_by:
            yield from _flat(element.query.where.elements)
        else:
            yield element


def _is_core(triple: Triple) -> bool:
    """Say whether a triple can be why nothing was found: not everything has it."""
    return not _PRESENT.intersection(triple.path)


def _closed(elements: Sequence[Element]) -> Group:
    """Make a group of the triples, and of what gives their variables values."""
    return as_group(
        tuple(
            one for one in elements if isinstance(one, Triple | Bind | Values | SubSelect | Group)
        )
    )


class _Relaxer:
    """Tries one way of a question for one term."""

    def __init__(self, store: Store, way: Group, values: dict[str, str]) -> None:
        self.store = store
        self.terms = set(values.values())
        self.values = {**values, **constants(way)}
        flat = ready(as_group(tuple(_flat(way.elements))), self.values)
        self.way = flat
        self.core = [one for one in flat.elements if isinstance(one, Triple) and _is_core(one)]
        self.guards = [one for one in flat.elements if isinstance(one, Filter | Minus)]

    def holds(self, elements: Sequence[Element]) -> bool:
        return self.store.ask(f"ASK {bound_text(_closed(elements), self.values)}")

    def triples(self) -> list[tuple[Element, ...]]:
        """Give smallest sets of triples without which the core holds."""
        single: list[tuple[Element, ...]] = [
            (one,)
            for one in self.core
            if _ASSERTS not in one.path
            and self.may_have(one)
            and self.holds([other for other in self.core if other is not one])
        ]
        return single or [self.greedy()]

    def may_have(self, triple: Triple) -> bool:
        """Say whether the term is of the kind that can have a property at all."""
        if (
            self.values.get(triple.subject, triple.subject) not in self.terms
            or len(triple.path) > 1
        ):
            return True
        subject = self.values.get(triple.subject, triple.subject)
        return not self.store.ask(
            f"ASK {{ {triple.path[0]} {_DOMAIN} ?kind . ?kind a ?class "
            f"FILTER (ISIRI(?kind)) FILTER NOT EXISTS {{ {subject} a ?kind }} }}"
        )

    def greedy(self) -> tuple[Element, ...]:
        """Give a set of triples without which the core holds, keeping what is said of the term."""
        kept: list[Element] = []
        dropped: list[Triple] = []
        given = set(self.values.values())
        own = [one for one in self.core if {one.subject, one.object} & (self.values.keys() | given)]
        for one in [*own, *(other for other in self.core if other not in own)]:
            (kept if self.holds([*kept, one]) else dropped).append(one)
        return tuple(dropped) if all(map(self.may_have, dropped)) else ()

    def failing_guards(self) -> list[tuple[Element, ...]]:
        """Give the conditions that rule out what the core finds."""
        rest = [one for one in self.way.elements if not isinstance(one, Filter | Minus)]
        text = as_group(tuple(rest))
        if not self.store.ask(f"ASK {bound_text(text, self.values)}"):
            return []
        return [
            (guard,)
            for guard in self.guards
            if not self.store.ask(f"ASK {bound_text(as_group((*rest, guard)), self.values)}")
        ]

    def misses(self) -> list[NearMiss]:
        sets = self.failing_guards() if self.holds(self.core) else self.triples()
        found = []
        for dropped in sets:
            if not dropped or len(dropped) > _DROPPED_AT_MOST:
                continue
            relaxed = _closed(
                [one for one in self.core if not any(one is gone for gone in dropped)]
            )
            held = tuple(solutions(self.store, relaxed, self.values, limit=_SHOWN_SOLUTIONS))
            found.append(NearMiss(dropped, self.way, self.values, held))
        return found


def _is_about_kind(dropped: Sequence[Element]) -> bool:
    """Say whether only the kind of something is wrong, which tells a reader least."""
    return all(isinstance(one, Triple) and one.path == (RDF_TYPE,) for one in dropped)


def near_misses(store: Store, where: Group, values: dict[str, str]) -> list[NearMiss]:
    """Find how a question nearly holds for a term.

    Args:
        store: What to ask.
        where: The question's pattern.
        values: The term that should be an answer, by the variable it should take.

    Returns:
        Near misses, those that drop fewest conditions first.
    """
    found: list[NearMiss] = []
    for number, way in enumerate(ways(where, values)):
        if number == _MOST_WAYS:
            break
        if set(values) <= set(variables_in(way.text)):
            found += _Relaxer(store, way, values).misses()
    return sorted(found, key=lambda miss: (len(miss.dropped), _is_about_kind(miss.dropped)))
