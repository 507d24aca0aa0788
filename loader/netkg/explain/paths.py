"""Property paths: which facts lead along a path from one term to another.

In: the tokens of a path, two terms, a store. Out: the facts of one shortest way, or None.
Refuses a negated property set, which has no fact to show.

Source: SPARQL 1.1, section 9, https://www.w3.org/TR/sparql11-query/#propertypaths
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from netkg.errors import QuerySyntaxError
from netkg.explain.terms import Fact, term_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netkg.store.interface import Store

__all__ = ["path_facts"]


class _Link(NamedTuple):
    iri: str
    inverse: bool = False


class _Sequence(NamedTuple):
    parts: tuple[_Path, ...]


class _Choice(NamedTuple):
    parts: tuple[_Path, ...]


class _Repeat(NamedTuple):
    part: _Path
    least: int
    many: bool


_Path: TypeAlias = _Link | _Sequence | _Choice | _Repeat


def _invert(path: _Path) -> _Path:
    match path:
        case _Link():
            return _Link(path.iri, not path.inverse)
        case _Sequence():
            return _Sequence(tuple(_invert(part) for part in path.parts[::-1]))
        case _Choice():
            return _Choice(tuple(_invert(part) for part in path.parts))
        case _:
            return _Repeat(_invert(path.part), path.least, path.many)


class _PathReader:
    """Reads a path's tokens by the precedence of SPARQL's grammar."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self.tokens = tokens
        self.at = 0

    def next_is(self, mark: str) -> bool:
        if self.at < len(self.tokens) and self.tokens[self.at] == mark:
            self.at += 1
            return True
        return False

    def choice(self) -> _Path:
        parts = [self.sequence()]
        while self.next_is("|"):
            parts.append(self.sequence())
        return _Choice(tuple(parts)) if len(parts) > 1 else parts[0]

    def sequence(self) -> _Path:
        parts = [self.step()]
        while self.next_is("/"):
            parts.append(self.step())
        return _Sequence(tuple(parts)) if len(parts) > 1 else parts[0]

    def step(self) -> _Path:
        inverse = self.next_is("^")
        path = self.primary()
        if self.next_is("*"):
            path = _Repeat(path, 0, many=True)
        elif self.next_is("+"):
            path = _Repeat(path, 1, many=True)
        elif self.next_is("?"):
            path = _Repeat(path, 0, many=False)
        return _invert(path) if inverse else path

    def primary(self) -> _Path:
        if self.next_is("("):
            path = self.choice()
            self.next_is(")")
            return path
        token = self.tokens[self.at]
        self.at += 1
        if not token.startswith("<"):
            raise QuerySyntaxError(f"netkg cannot explain the path {' '.join(self.tokens)}")
        return _Link(token)


def _steps(store: Store, start: str, path: _Path) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Give each term that a path reaches from a start, with the facts on the way."""
    match path:
        case _Link():
            yield from _linked(store, start, path)
        case _Choice():
            for part in path.parts:
                yield from _steps(store, start, part)
        case _Sequence() if path.parts:
            for middle, before in _steps(store, start, path.parts[0]):
                for end, behind in _steps(store, middle, _Sequence(path.parts[1:])):
                    yield end, before + behind
        case _Sequence():
            yield start, ()
        case _Repeat():
            yield from _walk(store, start, path)


def _linked(store: Store, start: str, link: _Link) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Give what one property leads to."""
    if start.startswith('"') and not link.inverse:
        return
    pattern = f"?end {link.iri} {start}" if link.inverse else f"{start} {link.iri} ?end"
    for (cell,) in store.select(f"SELECT ?end WHERE {{ {pattern} }}").cells:
        if cell is not None:
            end = term_text(cell)
            ends = (end, start) if link.inverse else (start, end)
            yield end, (Fact(ends[0], link.iri, ends[1]),)


def _walk(store: Store, start: str, path: _Repeat) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Walk a repeated path breadth first, so that the shortest way comes first."""
    if path.least == 0:
        yield start, ()
    reached = {start} if path.least == 0 else set()
    waiting: deque[tuple[str, tuple[Fact, ...]]] = deque([(start, ())])
    while waiting:
        here, facts = waiting.popleft()
        for end, more in _steps(store, here, path.part):
            if end not in reached:
                reached.add(end)
                yield end, facts + more
                if path.many:
                    waiting.append((end, facts + more))


def path_facts(
    store: Store, subject: str, tokens: tuple[str, ...], value: str
) -> tuple[Fact, ...] | None:
    """Find the facts that lead along a path from a subject to an object.

    Args:
        store: Where the facts lie.
        subject: A term.
        tokens: The path's tokens, names expanded.
        value: A term.

    Returns:
        The facts of one way, a shortest one where a part repeats; None when there is no way.
    """
    if len(tokens) == 1:
        return (Fact(subject, tokens[0], value),)
    for end, facts in _steps(store, subject, _PathReader(tokens).choice()):
        if end == value:
            return facts
    return None
