"""What a table is: its columns, what each may hold, and what each becomes in the graph.

In: nothing. Out: `Column` and `Table`, the types the tables are declared with.
Refuses a column of a kind that does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Column", "Kind", "Table", "camel_case"]


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    INTEGER = "whole number"
    DECIMAL = "number"
    ENTITY = "entity id"
    TERM = "word of a closed list"
    CLASS = "class of the ontology"
    SECTION = "section id"
    CURIE = "CURIE"
    DIGEST = "SHA-256"
    FLAG = "yes or nothing"
    CLAIM = "claim, as source:id"


def camel_case(column: str) -> str:
    """Give the property name of a column: the same words, in the ontology's spelling.

    >>> camel_case("p_modifier")
    'pModifier'
    """
    first, *rest = column.replace("-", "_").split("_")
    return first + "".join(word.capitalize() for word in rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: The header's word.
        doc: What a curator writes there.
        kind: What its cells hold.
        range: For entities, terms and classes: the class of the ontology they must belong to.
        required: Whether a row must fill it.
        many: Whether a cell may hold several values, joined by `|`.
        rdf: The property it becomes, as prefix:name; empty means `nkg:` and the column's
            own words, `-` that the column is no property by itself.
    """

    name: str
    doc: str
    kind: Kind = Kind.TEXT
    range: str = ""
    required: bool = False
    many: bool = False
    rdf: str = ""

    @property
    def curie(self) -> str:
        """The property as a CURIE, empty when the column is none."""
        if self.rdf == "-":
            return ""
        return self.rdf or f"nkg:{camel_case(self.name)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One kind of table: a file name, a class, and columns behind the id.

    Attributes:
        name: The file's name without `.tsv`.
        node_class: The class of the ontology its rows belong to, unless a `class` column says.
        columns: The columns behind `id`, in order.
        subject: The column that names what a claim's proposition is about.
        predicate: The column whose word is the proposition's predicate, or that word itself.
        object: The column that holds the proposition's object; empty when it has none.
        qualifiers: Columns whose values set one proposition apart from another.
        comparing: Columns that do so too, unless the predicate is one of `absolute`.
        absolute: Predicates of a value that a group has by itself, whatever it is compared with.
    """

    name: str
    node_class: str
    columns: tuple[Column, ...]
    subject: str = ""
    predicate: str = ""
    object: str = ""
    qualifiers: tuple[str, ...] = ()
    comparing: tuple[str, ...] = ()
    absolute: frozenset[str] = frozenset()

    @property
    def header(self) -> tuple[str, ...]:
        """All column names, in order."""
        return ("id", *(column.name for column in self.columns))

    def column(self, name: str) -> Column:
        """Give a column by name.

        Raises:
            KeyError: The table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
