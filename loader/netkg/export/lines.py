"""Takes canonical lines apart, so that writers need no RDF library.

In: canonical N-Quads. Out: their terms, as written there: `<iri>`, `_:c14n0`, `"text"@en`.
Refuses a line that is not RDF 1.1.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from netkg.errors import StoreError
from netkg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Line", "Literal", "place_of", "read_lines", "read_literal"]

_NODE = r"(<[^>]*>|_:\S+)"
_LITERAL = r'"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?'
_LINE = re.compile(rf"{_NODE} (<[^>]*>) (<[^>]*>|_:\S+|{_LITERAL})(?: {_NODE})? \.")
_PLACES = {"claim/": 5, "proposition/": 4, "source/": 2, "entity/": 1, "ontology": 0, "": 3}


class Line(NamedTuple):
    """A triple, and the graph it is in: the empty text for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


class Literal(NamedTuple):
    """A literal taken apart.

    Attributes:
        value: Its lexical form.
        datatype: The IRI of its datatype; empty for language-tagged and plain text.
        language: Its language tag; empty when it has none.
    """

    value: str
    datatype: str
    language: str


def read_lines(canonical: bytes) -> Iterator[Line]:
    """Take canonical N-Quads or N-Triples apart.

    Args:
        canonical: What `netkg.store.dataset.canonical_nquads` gave.

    Raises:
        StoreError: A line is not RDF 1.1, such as a triple about a triple.
    """
    for text in canonical.decode().split("\n")[:-1]:
        found = _LINE.fullmatch(text)
        if not found:
            raise StoreError(f"this is not RDF 1.1, and cannot be exported in this format: {text}")
        yield Line(found[1], found[2], found[3], found[4] or "")


def read_literal(term: str) -> Literal:
    r"""Take a literal apart.

    >>> read_literal('"a \\"word\\""@en')
    Literal(value='a "word"', datatype='', language='en')
    """
    quoted, _, rest = term.rpartition('"')
    value: str = json.loads(quoted + '"', strict=False)  # canonical escapes are JSON's too
    return Literal(value, rest[3:-1], "") if rest.startswith("^^") else Literal(value, "", rest[1:])


def place_of(subject: str) -> tuple[int, str]:
    """Give what to sort a subject by: the ontology, the registry, what is said, terms of others."""
    if subject.startswith(BASE, 1):
        local = subject[1 + len(BASE) : -1]
        return next(rank for start, rank in _PLACES.items() if local.startswith(start)), local
    return len(_PLACES), subject
