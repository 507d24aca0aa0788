"""Pretty Turtle and TriG that change only where the graph does.

In: canonical lines. Out: text with one triple a line, so that a changed row changes its lines
alone. Refuses nothing.

Subjects are sorted, the ontology and the entities before the claims; `a` and the label come first.
A blank node is written inside the one triple that names it, for its label would change with others.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from netkg.export.lines import place_of, read_lines
from netkg.export.nesting import Nesting
from netkg.export.snapshot import read_dataset, read_triples
from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netkg.export.lines import Line
    from netkg.store.interface import Store

__all__ = ["as_trig", "as_turtle", "write_trig", "write_turtle"]

_TYPE, _LABEL = f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['rdfs']}label>"
_LOCAL = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?", re.ASCII)
_BARE = {
    f"<{PREFIXES['xsd']}integer>": re.compile(r"0|-?[1-9][0-9]*"),
    f"<{PREFIXES['xsd']}decimal>": re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]{1,6}"),
    f"<{PREFIXES['xsd']}boolean>": re.compile("true|false"),
}
"""What is written without quotes: forms that also a reader who takes bare numbers for values, as
rdflib does, writes again as they were."""
_ESCAPE = re.compile(r"\\(.)")
_LONG_QUOTE = '"' * 3
_STEP = "    "


def _short_iri(iri: str, prefixes: Mapping[str, str]) -> str:
    """Write an IRI with a prefix where that needs no escape."""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace, 1) and _LOCAL.fullmatch(iri, 1 + len(namespace), len(iri) - 1):
            return f"{prefix}:{iri[1 + len(namespace) : -1]}"
    return iri


def _short_literal(literal: str, prefixes: Mapping[str, str]) -> str:
    """Write a literal as a bare number, or with its lines as lines, where that says the same."""
    quoted, _, rest = literal.rpartition('"')
    datatype = rest[2:] if rest.startswith("^^") else ""
    if (bare := _BARE.get(datatype)) and bare.fullmatch(quoted, 1):
        return quoted[1:]
    if "\\n" in quoted:
        lines = _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[0], quoted[1:])
        quoted = f"{_LONG_QUOTE}{lines}{_LONG_QUOTE[1:]}"
    return f'{quoted}"{"^^" + _short_iri(datatype, prefixes) if datatype else rest}'


class _Names(dict[str, str]):
    """Writes terms short, each worked out once.

    Args:
        prefixes: Prefix to namespace.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = prefixes

    def __missing__(self, term: str) -> str:
        if not term.startswith("_:"):
            shorten = _short_iri if term.startswith("<") else _short_literal
            self[term] = shorten(term, self._prefixes)
        return self.setdefault(term, term)


def _object(shape: Nesting, names: _Names, value: str, indent: str) -> str:
    """Write an object, with all that stands inside it."""
    items = shape.items(value)
    if items:
        inner = "".join(
            f"{indent}{_STEP}{_object(shape, names, item, indent + _STEP)}\n" for item in items
        )
        return f"(\n{inner}{indent})"
    if items is not None:
        return "()"
    if not shape.is_nested(value):
        return names[value]
    inner = _predicates(shape, names, value, indent + _STEP)
    return f"[\n{inner}{indent}]" if inner else "[]"


def _predicates(shape: Nesting, names: _Names, subject: str, indent: str) -> str:
    """Write all that is said of a subject, a triple a line."""
    lines = []
    for predicate, objects in shape.about.get(subject, {}).items():
        rank = {_TYPE: 0, _LABEL: 1}.get(predicate, 2)
        verb = "a" if predicate == _TYPE else names[predicate]
        lines += [
            (rank, f"{indent}{verb} {_object(shape, names, value, indent)} ;\n")
            for value in objects
        ]
    return "".join(text for _, text in sorted(lines))


def _label_shared(shape: Nesting, names: _Names, graph: str) -> None:
    """Label the blank nodes that several triples name by a hash of what is said of and with them.

    A canonical label is a running number, and one node more would change many of them. Nodes that
    this does not tell apart get a number behind the hash.
    """
    shared = sorted(root for root in shape.roots if shape.is_shared(root))
    names.update(dict.fromkeys(shared, "_:"))
    texts = {
        node: " ".join([graph, *shape.namers(node), _predicates(shape, names, node, "")])
        for node in shared
    }
    seen: Counter[str] = Counter()
    for node, text in texts.items():
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        names[node] = f"_:b{digest}" + (f"-{seen[digest]}" if seen[digest] else "")
        seen[digest] += 1


def _block(lines: Iterable[Line], names: _Names, graph: str = "") -> str:
    """Write one graph."""
    shape = Nesting(lines)
    _label_shared(shape, names, graph)
    named, anonymous = [], []
    for root in shape.roots:
        text = f"{_predicates(shape, names, root, _STEP)}.\n"
        if root.startswith("_:"):
            label = names[root] if shape.is_shared(root) else "[]"
            anonymous.append(f"\n{label}\n{text}")
        else:
            named.append((place_of(root), f"\n{names[root]}\n{text}"))
    return "".join([text for _, text in sorted(named)] + sorted(anonymous))


def _declarations(prefixes: Mapping[str, str]) -> str:
    return "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(prefixes.items()))


def as_turtle(triples: bytes, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Write a graph as Turtle (https://www.w3.org/TR/turtle/).

    Args:
        triples: The graph, as canonical N-Triples.
        prefixes: Prefix to namespace.
    """
    return (_declarations(prefixes) + _block(read_lines(triples), _Names(prefixes))).encode()


def _graphs(dataset: bytes) -> Iterator[tuple[str, Iterable[Line]]]:
    """Give the graphs of a dataset in the order of their names."""
    lines = sorted(read_lines(dataset), key=lambda line: line.graph)
    return groupby(lines, key=lambda line: line.graph)


def as_trig(dataset: bytes) -> bytes:
    """Write a dataset as TriG (https://www.w3.org/TR/trig/).

    Args:
        dataset: The dataset, as canonical N-Quads.
    """
    names = _Names(PREFIXES)
    text = _declarations(PREFIXES)
    for graph, lines in _graphs(dataset):
        text += f"\n{names[graph] + ' ' if graph else ''}{{\n{_block(lines, names, graph)}}}\n"
    return text.encode()


def write_turtle(store: Store) -> Mapping[str, bytes]:
    """Write the merged graph."""
    return {"netkg.ttl": as_turtle(read_triples(store))}


def write_trig(store: Store) -> Mapping[str, bytes]:
    """Write every named graph."""
    return {"netkg.trig": as_trig(read_dataset(store))}
