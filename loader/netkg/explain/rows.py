"""Explains rows of an answer: the facts that a stored question matched for each.

In: a question with its values in place, a row. Out: witnesses, the one with fewest facts first; the
question gives the row from the facts of one alone, and does not if any of them is left out.
Refuses a query it cannot take apart, naming what.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netkg.explain.reading import read_query
from netkg.explain.solving import witnesses
from netkg.explain.terms import Fact, literal_value, term_text
from netkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from netkg.explain.solving import Witness
    from netkg.store.interface import Store

__all__ = ["AskedQuestion", "KeyedRow"]

_JOINTS = re.compile(r"; | \+ ")


class KeyedRow(NamedTuple):
    """A row of an answer, and what sets it apart from the others.

    Attributes:
        cells: The row as asked for, text by column.
        keys: Terms by variable of the pattern.
    """

    cells: dict[str, str]
    keys: dict[str, str]


def _comparable(keys: Mapping[str, str]) -> dict[str, list[str]]:
    """Make rows comparable between stores, which may join values in another order."""
    return {
        name: sorted(_JOINTS.split(literal_value(term))) if term.startswith('"') else [term]
        for name, term in keys.items()
    }


class AskedQuestion:
    """A stored question with its values in place, taken apart.

    Attributes:
        query: Its parts.
        keys: The variables that set its rows apart.
    """

    def __init__(self, sparql: str) -> None:
        self.query = read_query(sparql)
        shown = self.query.plain
        self.keys = self.query.grouped_by or shown
        self._hidden = [name for name in self.keys if name not in shown]
        at = sparql.index(self.query.projection) + len(self.query.projection.rstrip())
        self._sparql = f"{sparql[:at]} {' '.join(self._hidden)}{sparql[at:]}"

    def rows(self, store: Store) -> list[KeyedRow]:
        """Ask a store, so that each row tells what sets it apart."""
        answer = store.select(self._sparql)
        visible = len(answer.columns) - len(self._hidden)
        found = []
        for cells in answer.cells:
            terms = {
                f"?{name}": term_text(cell)
                for name, cell in zip(answer.columns, cells, strict=True)
                if cell is not None
            }
            shown = zip(answer.columns[:visible], cells[:visible], strict=True)
            found.append(
                KeyedRow(
                    {name: cell.value if cell else "" for name, cell in shown},
                    {name: terms[name] for name in self.keys if name in terms},
                )
            )
        return found

    def explain(self, store: Store, row: KeyedRow) -> Sequence[Witness]:
        """Give every set of facts that a row rests on; `minimal` trims one.

        Args:
            store: What was asked.
            row: One of its rows.
        """
        return witnesses(store, self.query.where, row.keys, self.keys)

    def minimal(
        self,
        row: KeyedRow,
        witness: Witness,
        graphs: Mapping[Fact, frozenset[str]],
        settled: Mapping[Fact, bool] | None = None,
    ) -> Witness:
        """Leave out of a witness what the row does not need.

        Args:
            row: The row.
            witness: What it rests on.
            graphs: The named graphs that hold each fact.
            settled: What other witnesses of the row told of the facts that only its values need:
                whether they could do without. Tried all at once, and confirmed.
        """
        known = settled or {}
        idle = {fact for fact in witness.facts if not known.get(fact, True)}
        needed = dict.fromkeys(fact for fact in witness.facts if fact not in idle)
        alone = _Alone(needed, graphs)
        if len(needed) < len(witness.facts) and not self._gives(alone.store, row, witness):
            needed, idle = dict.fromkeys(witness.facts), set()
            alone = _Alone(needed, graphs)
        doubted = [
            fact
            for fact in needed
            if fact in witness.loose and not (idle and known.get(fact, False))
        ]
        for together in _alike(doubted, () if witness.asked else witness.bundles):
            alone.remove(together)
            if self._gives(alone.store, row, witness):
                for fact in together:
                    del needed[fact]
            else:
                alone.add(together)
        return witness._replace(facts=tuple(needed), loose=frozenset())

    def _gives(self, store: Store, row: KeyedRow, witness: Witness) -> bool:
        """Say whether a store gives a row, in the witness's way where that can be asked alone."""
        if witness.asked:
            return store.ask(witness.asked)
        return self.gives(store, row)

    def gives(self, store: Store, row: KeyedRow) -> bool:
        """Say whether a store gives a row, whatever the order in which values are joined."""
        wanted = _comparable(row.keys)
        return any(_comparable(other.keys) == wanted for other in self.rows(store))


def _alike(facts: Sequence[Fact], bundles: Sequence[frozenset[Fact]]) -> Iterator[tuple[Fact, ...]]:
    """Put facts together that are in just the same bundles: without one, the others do nothing."""
    groups: dict[tuple[int, ...], list[Fact]] = {}
    for fact in facts:
        places = tuple(at for at, bundle in enumerate(bundles) if fact in bundle)
        if places:
            groups.setdefault(places, []).append(fact)
        else:
            yield (fact,)
    yield from map(tuple, groups.values())


class _Alone:
    """A store that holds some facts and nothing else."""

    def __init__(self, facts: Iterable[Fact], graphs: Mapping[Fact, frozenset[str]]) -> None:
        self.store = EmbeddedStore.in_memory()
        self._graphs = graphs
        self.add(facts)

    def _data(self, facts: Iterable[Fact]) -> str:
        text = "".join(
            fact.ntriples
            + "".join(f" GRAPH <{name}> {{ {fact.ntriples} }}" for name in self._graphs[fact])
            for fact in facts
        )
        return f"DATA {{ {text} }}"

    def add(self, facts: Iterable[Fact]) -> None:
        self.store.update(f"INSERT {self._data(facts)}")

    def remove(self, facts: Iterable[Fact]) -> None:
        self.store.update(f"DELETE {self._data(facts)}")
