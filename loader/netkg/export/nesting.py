"""Decides which blank nodes stand inside the one triple that names them, and which are lists.

In: the triples of one graph. Out: its subjects, and for each blank node how it is to be written.
Refuses nothing: whatever cannot stand inside another keeps its label.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netkg.export.lines import Line

__all__ = ["Nesting"]

_FIRST, _REST, _NIL = (f"<{PREFIXES['rdf']}{name}>" for name in ("first", "rest", "nil"))
_DEEPEST = 20


class Nesting:
    """The shape of a graph.

    Attributes:
        about: The objects of each subject, by predicate.
        roots: The subjects that stand by themselves.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self.about: dict[str, dict[str, list[str]]] = {}
        for line in lines:
            predicates = self.about.setdefault(line.subject, {})
            predicates.setdefault(line.predicate, []).append(line.object)
        self._namers: dict[str, list[str]] = {}
        for subject, predicates in self.about.items():
            for value in chain.from_iterable(predicates.values()):
                if value.startswith("_:"):
                    self._namers.setdefault(value, []).append(subject)
        self._cells = self._find_cells()
        self.roots = self._find_roots()
        self._rooted = frozenset(self.roots)

    def _is_named_once(self, node: str) -> bool:
        return len(self._namers.get(node, ())) == 1

    def is_nested(self, node: str) -> bool:
        """Say whether a node stands inside the one triple that names it."""
        return self._is_named_once(node) and node not in self._rooted

    def is_shared(self, node: str) -> bool:
        """Say whether a node is blank and stands by itself although triples name it."""
        return node in self._namers and node in self._rooted

    def namers(self, node: str) -> list[str]:
        """Give the subjects of the triples that name a blank node, but for blank ones."""
        return sorted(name for name in self._namers[node] if not name.startswith("_:"))

    def items(self, node: str) -> list[str] | None:
        """Give the items of a nested list, or None for a node that begins no list."""
        if node == _NIL:
            return []
        if node not in self._cells or node in self._rooted:
            return None
        items = []
        while node != _NIL:
            items.append(self.about[node][_FIRST][0])
            node = self.about[node][_REST][0]
        return items

    def _find_cells(self) -> frozenset[str]:
        """Find the cells of lists that end as they should, and that nothing else touches."""
        rests = {
            node: predicates[_REST][0]
            for node, predicates in self.about.items()
            if self._is_named_once(node)
            and predicates.keys() == {_FIRST, _REST}
            and len(predicates[_FIRST]) == len(predicates[_REST]) == 1
        }
        before = {rest: node for node, rest in rests.items() if rest != _NIL}
        cells = set()
        for last in (node for node, rest in rests.items() if rest == _NIL):
            node: str | None = last
            while node:
                cells.add(node)
                node = before.get(node)
        return frozenset(cells)

    def _inside(self, node: str, depth: int) -> Iterator[tuple[str, int]]:
        """Give the nodes that only this one names, each with how deep it would stand."""
        for predicate, objects in self.about.get(node, {}).items():
            for value in objects:
                if self._is_named_once(value):
                    yield value, depth + (predicate != _REST or value not in self._cells)

    def _find_roots(self) -> list[str]:
        """Find the subjects that stand by themselves.

        A node too deep inside others does, and one of each circle of nodes, which must begin
        somewhere.
        """
        roots = [node for node in self.about if not self._is_named_once(node)]
        left = dict.fromkeys(node for node in self.about if self._is_named_once(node))
        done = 0
        while done < len(roots) or left:
            if done == len(roots):
                roots.append(left.popitem()[0])
            waiting = [(roots[done], 0)]
            while waiting:
                for value, depth in self._inside(*waiting.pop()):
                    if value in left:
                        del left[value]
                        if depth > _DEEPEST:
                            roots.append(value)
                        else:
                            waiting.append((value, depth))
            done += 1
        return roots
