"""What the audit reads: every reported number with its context, as it was curated.

In: the curated graphs. Out: a `Literature` of rows and of the groups and endpoints they name.
Refuses nothing: a row that lacks what a check needs is passed over by that check.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from rdflib import RDF

from netkg.vocab import BASE, NKG

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib import Graph

    from netkg.ontology import Vocabulary

__all__ = ["Literature", "Row", "decimals", "read_literature"]

_ENTITY = BASE + "entity/"
_CLAIM = BASE + "claim/"
_SOURCE = BASE + "source/"


def decimals(printed: str) -> int:
    """Count the digits behind the decimal point of a printed number.

    >>> decimals("9.6"), decimals("11")
    (1, 0)
    """
    return len(printed.partition(".")[2])


@dataclass(frozen=True, slots=True)
class Row:
    """One curated row.

    Attributes:
        iri: The claim's IRI, or the entity's.
        kind: Its class, as a local name of the ontology.
        cells: Its properties by local name; entities by id, words of lists as in the tables.
    """

    iri: str
    kind: str
    cells: Mapping[str, tuple[str, ...]] = field(hash=False)

    def text(self, name: str) -> str:
        """Give a property's value, empty when there is none."""
        return self.cells.get(name, ("",))[0]

    def number(self, name: str) -> Decimal | None:
        """Give a property's value as a number, None when it has none."""
        try:
            number = Decimal(self.text(name)) if self.text(name) else None
        except InvalidOperation:
            return None
        return number if number is not None and number.is_finite() else None

    def agrees(self, other: Row, *names: str) -> bool:
        """Say whether no property has one value here and another one there."""
        return all(
            set(self.cells[name]) & set(other.cells[name])
            for name in names
            if name in self.cells and name in other.cells
        )

    @property
    def source(self) -> str:
        """The key of the source it stands in."""
        return self.text("source")

    @property
    def place(self) -> str:
        """The source and the section it stands in, as a reader would say it."""
        return f"{self.source}, {self.text('inSection')}"


@dataclass(frozen=True, slots=True)
class Literature:
    """Everything the checks look at.

    Attributes:
        claims: The claims by class.
        entities: The registry's rows by id.
    """

    claims: Mapping[str, tuple[Row, ...]]
    entities: Mapping[str, Row]

    def of(self, kind: str) -> tuple[Row, ...]:
        """Give the affirmed claims of a class."""
        return tuple(row for row in self.claims.get(kind, ()) if row.text("polarity") == "affirmed")

    def by_source(self, kind: str) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """Give the affirmed claims of a class, source by source."""
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in self.of(kind):
            grouped[row.source].append(row)
        yield from ((source, tuple(rows)) for source, rows in sorted(grouped.items()))

    def cell(self, entity: str, name: str) -> str:
        """Give a property of an entity, empty when it has none."""
        row = self.entities.get(entity)
        return row.text(name) if row else ""

    def whole_of(self, trial: str) -> str:
        """Give the id of the group of all patients of a trial, empty when there is none."""
        for entity, row in self.entities.items():
            if row.kind == "WholeGroup" and row.text("groupOf") == trial:
                return entity
        return ""

    def sizes(self, source: str) -> dict[str, set[Decimal]]:
        """Give the sizes a source prints for each group of patients."""
        sizes: dict[str, set[Decimal]] = defaultdict(set)
        for row in self.of("ArmClaim"):
            if row.source == source and (n := row.number("n")) is not None:
                sizes[row.text("arm")].add(n)
        return sizes


def _short(value: str, words: Mapping[str, str]) -> str:
    if value in words:
        return words[value]
    for base in (_ENTITY, _CLAIM, NKG):
        if value.startswith(base):
            return value[len(base) :]
    return value[len(_SOURCE) :].rpartition("/")[2] if value.startswith(_SOURCE) else value


def read_literature(graphs: Mapping[str, Graph], vocabulary: Vocabulary) -> Literature:
    """Gather every claim and entity of the curated graphs.

    Args:
        graphs: The curated graphs by IRI.
        vocabulary: The ontology's closed lists, to give words as the tables have them.
    """
    words = {iri: word for terms in vocabulary.terms.values() for word, iri in terms.items()}
    cells: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for graph in graphs.values():
        for subject, predicate, value in graph:
            name = str(subject)
            if not name.startswith((_CLAIM, _ENTITY)):
                continue
            if predicate == RDF.type:
                cells[name]["a"].append(_short(str(value), words))
            elif str(predicate).startswith(NKG):
                cells[name][str(predicate)[len(NKG) :]].append(_short(str(value), words))
    claims: dict[str, list[Row]] = defaultdict(list)
    entities: dict[str, Row] = {}
    for iri in sorted(cells):
        kind = (cells[iri].get("a") or [""])[0]
        row = Row(iri, kind, {key: tuple(sorted(values)) for key, values in cells[iri].items()})
        if iri.startswith(_CLAIM):
            claims[kind].append(row)
        else:
            entities[iri[len(_ENTITY) :]] = row
    return Literature({kind: tuple(rows) for kind, rows in claims.items()}, entities)
