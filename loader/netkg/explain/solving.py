"""Solves a pattern for given values, and says which facts each solution rests on.

In: a pattern taken apart, values by variable, a store. Out: witnesses: facts that hold, and the
conditions that nothing may meet. A witness is enough: the pattern holds in a graph that has only
its facts. What a pattern merely allows (OPTIONAL) is no part of one, unless a value asked for
comes from it.
Refuses nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netkg.explain.paths import path_facts
from netkg.explain.patterns import (
    Bind,
    Filter,
    Group,
    Minus,
    Optional,
    SubSelect,
    Triple,
    Union,
    Values,
)
from netkg.explain.terms import Fact, term_text
from netkg.explain.tokens import variables_in
from netkg.explain.ways import constants, ready, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from netkg.explain.patterns import Element
    from netkg.store.interface import Store

__all__ = ["Witness", "bound_text", "solutions", "witnesses"]

Solution = dict[str, str]
_AGGREGATE = re.compile(r"\b(COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
_MOST_SOLUTIONS = 400


class Witness(NamedTuple):
    """What one solution of a pattern rests on.

    Attributes:
        facts: The triples that it matched, each once, in the pattern's order.
        absent: Patterns, as SPARQL, that have no solution.
        loose: Those facts that only a value or an alternative may need.
        asked: The pattern with the given values, to be asked of the facts alone; empty where it
            joins values, which another store may join in another order.
        bundles: Facts that hold together or not at all: each makes one inner solution.
    """

    facts: tuple[Fact, ...]
    absent: tuple[str, ...]
    loose: frozenset[Fact] = frozenset()
    asked: str = ""
    bundles: tuple[frozenset[Fact], ...] = ()


# ── which variables a pattern has ────────────────────────────────────────────────────────────────


def _matched(group: Group) -> set[str]:
    """Give the variables that triples bind in every solution: a term may stand in their place."""
    found: set[str] = set()
    for element in group.elements:
        if isinstance(element, Triple):
            found.update((element.subject, element.object))
            found.update(element.path[:1] if len(element.path) == 1 else ())
        elif isinstance(element, Group):
            found |= _matched(element)
        elif isinstance(element, Union):
            found |= set.intersection(*map(_matched, element.branches))
    return found - _computed(group)


def _bindable(group: Group) -> set[str]:
    """Give the variables that anything in a pattern can give a value."""
    found = set(_computed(group))
    for element in group.elements:
        match element:
            case Triple():
                found.update((element.subject, *element.path, element.object))
            case Optional():
                found |= _bindable(element.group)
            case Union():
                found = found.union(*map(_bindable, element.branches))
            case Group():
                found |= _bindable(element)
    return found


def _computed(group: Group) -> set[str]:
    """Give the variables that stand where no term may: assigned, projected, or asked for BOUND."""
    found = set(re.findall(r"BOUND\s*\(\s*(\?\w+)", group.text, re.IGNORECASE))
    found.update(re.findall(r"\bAS\s+(\?\w+)", group.text, re.IGNORECASE))
    for element in group.elements:
        match element:
            case Values():
                found.update(element.variables)
            case SubSelect():
                found.update(variables_in(element.text))
            case Optional() | Minus():
                found |= _computed(element.group)
            case Union():
                found = found.union(*map(_computed, element.branches))
            case Group():
                found |= _computed(element)
    return found


def _needed(group: Group) -> list[str]:
    """Give the variables of the triples that must hold, whichever way a union goes."""
    found: list[str] = []
    for element in group.elements:
        match element:
            case Triple():
                found += [part for part in (element.subject, *element.path, element.object)
                          if part.startswith("?") and len(part) > 1]  # fmt: skip
            case Union():
                found += [name for branch in element.branches for name in _needed(branch)]
            case Group():
                found += _needed(element)
            case Bind():
                found.append(element.variable)
            case Values():
                found += element.variables
            case SubSelect():
                found += (*element.query.plain, *element.query.computed)
    return list(dict.fromkeys(found))


def _influences(group: Group, wanted: set[str]) -> set[str]:
    """Give the wanted variables and those from which they are computed."""
    grown = set(wanted)
    while True:
        before = len(grown)
        for element in group.elements:
            if isinstance(element, Bind) and element.variable in grown:
                grown.update(variables_in(element.text))
        if len(grown) == before:
            return grown


# ── solving ──────────────────────────────────────────────────────────────────────────────────────


def bound_text(group: Group, values: Mapping[str, str], unbound: Iterable[str] = ()) -> str:
    """Write a pattern with values in the place of variables.

    A variable that not every solution binds by a triple keeps its name, and is compared at the end.

    Args:
        group: The pattern.
        values: Terms by variable.
        unbound: Variables that must have no value.
    """
    matched, bindable = _matched(group), _bindable(group)
    direct = {
        name: value for name, value in values.items() if name in matched or name not in bindable
    }
    text = group.text
    if direct:
        names = "|".join(re.escape(name) for name in direct)
        text = re.sub(rf"({names})(?!\w)", lambda match: direct[match[1]], text)
    same = [f"sameTerm({name}, {values[name]})" for name in values if name in bindable - matched]
    empty = [f"!BOUND({name})" for name in unbound if name in bindable]
    return f"{{ {text} FILTER ({' && '.join([*same, *empty])}) }}" if same or empty else text


def solutions(
    store: Store,
    group: Group,
    values: Mapping[str, str],
    *,
    wanted: Iterable[str] = (),
    unbound: Iterable[str] = (),
    limit: int = _MOST_SOLUTIONS,
) -> Iterator[Solution]:
    """Solve a pattern, given some values.

    Args:
        store: What to ask.
        group: The pattern.
        values: Terms by variable.
        wanted: Variables to give besides, where they are bound.
        unbound: Variables that must have no value.
        limit: How many solutions at most.

    Returns:
        Terms by variable, of the variables that say which facts matched; the given values too.
    """
    asked_for = [*_needed(group), *sorted(_influences(group, set(wanted)))]
    columns = [name for name in dict.fromkeys(asked_for) if name not in values]
    text = bound_text(group, values, unbound)
    if not columns:
        if store.ask(f"ASK {text}"):
            yield dict(values)
        return
    rows = store.select(f"SELECT DISTINCT {' '.join(columns)} WHERE {text} LIMIT {limit}")
    for cells in rows.cells:
        found = {
            name: term_text(cell)
            for name, cell in zip(columns, cells, strict=True)
            if cell is not None
        }
        yield {**values, **found}


# ── witnesses ────────────────────────────────────────────────────────────────────────────────────


_Found = tuple[dict[Fact, None], dict[str, None]]


class _Collector:
    """Gathers the facts and absences of solutions, and remembers what it found for each part."""

    def __init__(self, store: Store, asked_for: set[str]) -> None:
        self.store = store
        self.asked_for = asked_for
        self.bundles: dict[frozenset[Fact], None] = {}
        self._parts: dict[tuple[str, tuple[tuple[str, str], ...]], _Found | None] = {}

    def group(self, group: Group, values: Mapping[str, str]) -> _Found | None:
        """Give the facts and absences of one solution; None when a fact cannot be told."""
        facts: dict[Fact, None] = {}
        absent: dict[str, None] = {}
        required = set(_needed(group))
        for element in group.elements:
            if isinstance(element, Optional) and not (
                (self.asked_for - required).intersection(_needed(element.group), values)
            ):
                continue
            found = self.remembered(element, values)
            if found is None:
                return None
            facts |= found[0]
            absent |= found[1]
        return facts, absent

    def firm(self, group: Group, values: Mapping[str, str]) -> set[Fact]:
        """Give the facts of the triples that every solution must match."""
        facts: set[Fact] = set()
        for element in group.elements:
            if isinstance(element, Triple):
                facts.update((self.remembered(element, values) or ({}, {}))[0])
            elif isinstance(element, Group):
                facts |= self.firm(element, values)
        return facts

    def remembered(self, element: Element, values: Mapping[str, str]) -> _Found | None:
        names = variables_in(element.text)
        key = element.text, tuple((name, values[name]) for name in names if name in values)
        if key not in self._parts:
            self._parts[key] = self.element(element, dict(key[1]))
        return self._parts[key]

    def element(self, element: Element, values: Solution) -> _Found | None:  # noqa: PLR0911
        match element:
            case Triple():
                return self.triple(element, values)
            case Group():
                return self.group(element, values)
            case Union():
                return self.union(element, values)
            case Filter():
                return self.exists(element.groups, values)
            case Minus():
                return self.nothing_meets(element.group, values)
            case Optional():
                return self.first_solution(element.group, values)
            case Bind():
                return self.exists(element.groups, values)
            case SubSelect():
                return self.sub_select(element, values)
        return {}, {}

    def triple(self, triple: Triple, values: Solution) -> _Found | None:
        subject = values.get(triple.subject, triple.subject)
        value = values.get(triple.object, triple.object)
        if subject.startswith("?") or value.startswith("?"):
            return None
        path = tuple(values.get(part, part) for part in triple.path)
        found = path_facts(self.store, subject, path, value)
        return None if found is None else (dict.fromkeys(found), {})

    def union(self, union: Union, values: Solution) -> _Found | None:
        for branch in union.branches:
            names = _needed(branch)
            shared = {name: values[name] for name in names if name in values}
            if len(shared) == len(names) and self.store.ask(f"ASK {bound_text(branch, shared)}"):
                return self.group(branch, values)
        return None

    def exists(self, groups: Iterable[tuple[Group, bool]], values: Solution) -> _Found:
        """Give what meets the patterns that an expression asks EXISTS of, and what NOT EXISTS."""
        facts: dict[Fact, None] = {}
        absent: dict[str, None] = {}
        for inner, negated in groups:
            found = (
                self.nothing_meets(inner, values) if negated else self.first_solution(inner, values)
            )
            facts |= found[0]
            absent |= found[1]
        return facts, absent

    def nothing_meets(self, group: Group, values: Solution) -> _Found:
        """Note that a pattern has no solution; one that has stood in an alternative of a FILTER."""
        text = bound_text(group, values)
        return ({}, {}) if self.store.ask(f"ASK {text}") else ({}, {text: None})

    def first_solution(self, group: Group, values: Solution) -> _Found:
        for found in solutions(self.store, group, values, limit=1):
            self.bundles[frozenset(self.firm(group, found))] = None
            return self.group(group, found) or ({}, {})
        return {}, {}

    def sub_select(self, element: SubSelect, values: Solution) -> _Found:
        query = element.query
        given = {name: values[name] for name in query.plain if name in values}
        facts: dict[Fact, None] = {}
        limit = _MOST_SOLUTIONS if _AGGREGATE.search(query.projection) else 1
        for solution in solutions(self.store, query.where, given, limit=limit):
            self.bundles[frozenset(self.firm(query.where, solution))] = None
            found = self.group(query.where, solution)
            facts |= found[0] if found else {}
        return facts, {}


def witnesses(
    store: Store,
    group: Group,
    values: Mapping[str, str],
    wanted: Sequence[str] = (),
) -> list[Witness]:
    """Give every way in which a pattern holds for given values, those with fewest facts first.

    Args:
        store: Where the facts lie.
        group: The pattern.
        values: Terms by variable.
        wanted: Variables whose values each way must explain; those without a value must have none.
    """
    unbound = [name for name in wanted if name not in values]
    found: dict[frozenset[Fact], Witness] = {}
    for way in ways(group, values):
        if not set(values) <= set(variables_in(way.text)):
            continue
        given = {**values, **constants(way)}
        bare = ready(way, given)
        collector = _Collector(store, _influences(bare, set(wanted)))
        asked = "" if _AGGREGATE.search(bare.text) else f"ASK {bound_text(bare, given, unbound)}"
        for solution in solutions(store, bare, given, wanted=wanted, unbound=unbound):
            parts = collector.group(bare, solution)
            if parts is not None:
                firm = collector.firm(bare, solution)
                found.setdefault(
                    frozenset(parts[0]),
                    Witness(
                        tuple(parts[0]),
                        tuple(parts[1]),
                        frozenset(parts[0]) - firm,
                        asked,
                        tuple(collector.bundles),
                    ),
                )
    kept = [
        witness for facts, witness in found.items() if not any(other < facts for other in found)
    ]
    return sorted(kept, key=lambda witness: (len(witness.facts), witness.facts))
