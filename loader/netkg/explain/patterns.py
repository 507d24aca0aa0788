"""The parts of a SPARQL group graph pattern, each with its text.

In: nothing. Out: the types of which `reading` makes patterns, to be solved, shown and taken apart.

Source: SPARQL 1.1, section 19, production GroupGraphPattern,
https://www.w3.org/TR/sparql11-query/#rGroupGraphPattern
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

__all__ = [
    "Bind", "Element", "Filter", "Group", "Minus", "Optional", "Query", "SubSelect", "Triple",
    "Union", "Values",
]  # fmt: skip


class Triple(NamedTuple):
    """A triple pattern; its predicate may be a property path.

    Attributes:
        subject: A variable or a term, as SPARQL writes it, names expanded.
        path: The tokens of the predicate.
        object: A variable or a term.
    """

    subject: str
    path: tuple[str, ...]
    object: str

    @property
    def text(self) -> str:
        """The pattern as SPARQL writes it."""
        return f"{self.subject} {' '.join(self.path)} {self.object} ."


class Filter(NamedTuple):
    """A condition; `groups` are the patterns of its EXISTS, each with whether NOT stands before."""

    text: str
    groups: tuple[tuple[Group, bool], ...]


class Bind(NamedTuple):
    """An assignment.

    Attributes:
        text: The assignment as SPARQL writes it.
        variable: What is assigned.
        constant: The term assigned, where it is one; else empty.
        groups: The patterns of its EXISTS, each with whether NOT stands before.
    """

    text: str
    variable: str
    constant: str = ""
    groups: tuple[tuple[Group, bool], ...] = ()


class Values(NamedTuple):
    """A list of values given in the text.

    Attributes:
        text: The list as SPARQL writes it.
        variables: What the values are of.
        rows: The values, row by row; UNDEF stands as it is.
    """

    text: str
    variables: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Optional(NamedTuple):
    """What may hold besides."""

    text: str
    group: Group


class Minus(NamedTuple):
    """What must not hold."""

    text: str
    group: Group


class Union(NamedTuple):
    """Ways of which one must hold."""

    text: str
    branches: tuple[Group, ...]


class SubSelect(NamedTuple):
    """A query within the pattern."""

    text: str
    query: Query


class Group(NamedTuple):
    """A group graph pattern: what stands between two braces."""

    text: str
    elements: tuple[Element, ...]
    graph: str = ""


class Query(NamedTuple):
    """A SELECT taken apart.

    Attributes:
        projection: What stands between SELECT and WHERE.
        plain: The variables it shows as they are.
        computed: The variables it gives to what it computes.
        where: The pattern.
        grouped_by: The variables of GROUP BY.
    """

    projection: str
    plain: tuple[str, ...]
    computed: tuple[str, ...]
    where: Group
    grouped_by: tuple[str, ...]


Element: TypeAlias = Triple | Filter | Bind | Values | Optional | Minus | Union | SubSelect | Group
