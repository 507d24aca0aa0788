"""The ways in which a pattern can hold: its unions written out, one branch each.

In: a pattern, and the values it must agree with. Out: patterns without unions at their top.
Refuses nothing; a way whose constants contradict the values is left out.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

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
from netkg.explain.tokens import variables_in
from netkg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netkg.explain.patterns import Element

_ENTITY = f"<{BASE}entity/"

__all__ = ["as_group", "constants", "ready", "ways"]


def as_group(elements: tuple[Element, ...]) -> Group:
    """Make a group of elements."""
    return Group("{ " + " ".join(element.text for element in elements) + " }", elements)


def ways(group: Group, values: Mapping[str, str]) -> Iterator[Group]:
    """Give each way in which a pattern can hold.

    Args:
        group: The pattern.
        values: Terms by variable that the way must not contradict.

    Returns:
        Groups with one branch of each union in its place.

    >>> from netkg.explain.reading import read_group
    >>> both = read_group("{ ?x a nkg:Drug BIND (1 AS ?n) } UNION { ?x a nkg:Gene BIND (2 AS ?n) }")
    >>> len(list(ways(both, {}))), len(list(ways(both, {"?n": "2"})))
    (2, 1)
    """
    choices: list[tuple[tuple[Element, ...], ...]] = []
    for element in group.elements:
        if isinstance(element, Union):
            choices.append(
                tuple((way,) for branch in element.branches for way in ways(branch, values))
            )
        elif isinstance(element, Bind) and _contradicts(element, values):
            return
        elif isinstance(element, Triple) and "|" in element.path[1::2]:
            choices.append(tuple((one,) for one in _alternatives(element)))
        elif isinstance(element, Values):
            fitting = _fitting(element, values)
            if not fitting.rows:
                return
            choices.append(((fitting,),))
        else:
            choices.append(((element,),))
    for chosen in product(*choices):
        yield as_group(_opened(tuple(element for part in chosen for element in part)))


def _alternatives(triple: Triple) -> list[Triple]:
    """Give one triple for each predicate of a plain choice, such as `a|b`; else the triple."""
    if len(triple.path) % 2 == 0 or set(triple.path[1::2]) != {"|"}:
        return [triple]
    return [triple._replace(path=(predicate,)) for predicate in triple.path[::2]]


def _fitting(element: Values, values: Mapping[str, str]) -> Values:
    """Keep the rows of a list that agree with the values."""
    rows = tuple(
        row
        for row in element.rows
        if all(
            values.get(name, term) in {term, "UNDEF"} or term == "UNDEF"
            for name, term in zip(element.variables, row, strict=True)
        )
    )
    if rows == element.rows:
        return element
    listed = " ".join(f"({' '.join(row)})" for row in rows)
    text = f"VALUES ({' '.join(element.variables)}) {{ {listed} }}"
    return Values(text, element.variables, rows)


def constants(way: Group) -> dict[str, str]:
    """Give the terms that a way itself assigns, where there is just one."""
    found: dict[str, str] = {}
    for element in way.elements:
        if isinstance(element, Bind) and element.constant.startswith(("<", '"')):
            found[element.variable] = element.constant
        elif isinstance(element, Values) and len(element.rows) == 1:
            found |= dict(zip(element.variables, element.rows[0], strict=True))
    return {name: term for name, term in found.items() if term.startswith(("<", '"'))}


def ready(way: Group, given: Mapping[str, str]) -> Group:
    """Make a way ready to be solved for given values.

    The assignments whose terms `constants` gives are left out. Triples that name what is given, or
    an entity, come first: engines that cannot tell how selective a triple is begin with the first.
    """
    assigned = constants(way)
    kept = _triples_first(
        element
        for element in way.elements
        if not (isinstance(element, Bind) and element.variable in assigned)
        and not (isinstance(element, Values) and set(element.variables) <= assigned.keys())
    )
    count = next(
        (at for at, element in enumerate(kept) if not isinstance(element, Triple)), len(kept)
    )
    leading = sorted(kept[:count], key=lambda triple: -_selective(triple, given))
    return as_group((*leading, *kept[count:]))


def _selective(triple: Element, given: Mapping[str, str]) -> int:
    """Count the ends of a triple that are given."""
    if not isinstance(triple, Triple):
        return 0
    ends = (triple.subject, triple.object)
    return sum(end in given or end.startswith(_ENTITY) for end in ends)


def _triples_first(elements: Iterable[Element]) -> tuple[Element, ...]:
    """Move triples before what only adds to them, so that engines join them at once."""
    first: list[Element] = []
    later: list[Element] = []
    for element in elements:
        if isinstance(element, Triple) and all(_may_pass(element, other, first) for other in later):
            first.append(element)
        else:
            later.append(element)
    return (*first, *later)


def _may_pass(triple: Triple, other: Element, before: list[Element]) -> bool:
    """Say whether a triple may move before another part without a change of meaning."""
    names = set(variables_in(triple.text))
    match other:
        case Bind():
            return other.variable not in names
        case Filter() | Values():
            return True
        case Optional() | Minus():
            known = {name for element in before for name in variables_in(element.text)}
            return not names & (set(variables_in(other.text)) - known)
        case _:
            return isinstance(other, Triple | Union | Group | SubSelect)


def _opened(elements: tuple[Element, ...]) -> tuple[Element, ...]:
    """Take the braces off groups where they make no difference: engines then join better."""
    flat: list[Element] = []
    for at, element in enumerate(elements):
        if isinstance(element, Group) and not element.graph:
            outside = {
                name for other in (*flat, *elements[at + 1 :]) for name in variables_in(other.text)
            }
            before = {name for other in flat for name in variables_in(other.text)}
            if _braces_idle(element, outside, before):
                flat += element.elements
                continue
        flat.append(element)
    return tuple(flat)


def _braces_idle(group: Group, outside: set[str], before: set[str]) -> bool:
    """Say whether a group means the same without its braces.

    It does when it only joins, and its filters and assignments see no variable from outside it.
    """
    inside: set[str] = set()
    for element in group.elements:
        if isinstance(element, Triple | Values):
            inside.update(variables_in(element.text))
        elif isinstance(element, Bind):
            inside.add(element.variable)
    for element in group.elements:
        if isinstance(element, Bind) and element.variable in before:
            return False
        if isinstance(element, Filter | Bind):
            if set(variables_in(element.text)) & outside - inside:
                return False
        elif not isinstance(element, Triple | Values):
            return False
    return True


def _contradicts(bind: Bind, values: Mapping[str, str]) -> bool:
    wanted = values.get(bind.variable)
    if not bind.constant or wanted is None:
        return False
    plain = wanted.split("^^")[0].strip('"') if wanted.endswith("#integer>") else wanted
    return bind.constant != plain
