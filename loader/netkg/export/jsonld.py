"""JSON-LD, compacted with the context that is shipped.

In: canonical N-Quads and a context. Out: one JSON document; it names no address to fetch from.
Refuses an IRI that JSON-LD would take for a name with a prefix of the context.
"""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from netkg.errors import ExportError
from netkg.export.context import read_context
from netkg.export.lines import place_of, read_lines, read_literal
from netkg.export.snapshot import read_dataset
from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from netkg.export.lines import Line
    from netkg.store.interface import Store

__all__ = ["as_jsonld", "write_jsonld"]

_TYPE = f"<{PREFIXES['rdf']}type>"
_XSD = PREFIXES["xsd"]
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_LOCAL = re.compile(r"[A-Za-z0-9_][\w./%()-]*")


class _Compactor:
    """Writes terms as a context lets them be written.

    Args:
        context: The context.
    """

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._context = context
        self._vocab: str = context["@vocab"]
        self._prefixes = [
            (name, iri) for name, iri in context.items() if isinstance(iri, str) and iri[0] != "@"
            and name[0] != "@"
        ]  # fmt: skip
        self._names: dict[str, str] = {}
        self._coercions: dict[str, tuple[str, str]] = {}
        for name, entry in context.items():
            if isinstance(entry, dict):
                self._names[self._expand(entry["@id"])] = name
                kind = entry.get("@type", "")
                datatype = kind if kind in {"", "@id"} else self._expand(kind)
                self._coercions[name] = datatype, entry.get("@language", "")

    def _expand(self, compact: str) -> str:
        prefix, _, local = compact.partition(":")
        return str(self._context[prefix]) + local

    def iri(self, term: str) -> str:
        """Write an IRI with a prefix, if there is one for it; a blank node is its label."""
        if term.startswith("_:"):
            return term
        iri = term[1:-1]
        for prefix, namespace in self._prefixes:
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        scheme, _, rest = iri.partition(":")
        if scheme in self._context and not rest.startswith("//"):
            raise ExportError(f"JSON-LD would take {term} for a name in {scheme}; rename it")
        return iri

    def name(self, term: str) -> str:
        """Write the IRI of a property or a class: by its name in the context, or as `iri` does."""
        iri = term[1:-1]
        if iri in self._names:
            return self._names[iri]
        local = iri.removeprefix(self._vocab)
        if local != iri and re.fullmatch(r"[A-Za-z]\w*", local) and local not in self._context:
            return local
        return self.iri(term)

    def value(self, name: str, term: str) -> object:
        """Write the object of a property, bare where the context says what it is."""
        datatype, language = self._coercions.get(name, ("", ""))
        if not term.startswith('"'):
            compact = self.iri(term)
            return compact if datatype == "@id" else {"id": compact}
        found = read_literal(term)
        if (found.datatype, found.language) == (datatype, language):
            return _native(found.value, datatype)
        full = {"@value": found.value}
        if found.datatype:
            full["@type"] = self.iri(f"<{found.datatype}>")
        if found.language:
            full["@language"] = found.language
        return full


def _native(value: str, datatype: str) -> object:
    """Write a whole number or a truth value as JSON does, where reading it gives the same text."""
    if datatype == _XSD + "integer" and _INTEGER.fullmatch(value):
        return int(value)
    if datatype == _XSD + "boolean" and value in {"true", "false"}:
        return value == "true"
    return value


def _node(compact: _Compactor, subject: str, lines: Iterable[Line]) -> dict[str, object]:
    """Write all that a graph says of a subject."""
    found: dict[str, list[object]] = {}
    for line in lines:
        if line.predicate == _TYPE and not line.object.startswith('"'):
            blank = line.object.startswith("_:")
            value = line.object if blank else compact.name(line.object)
            found.setdefault("type", []).append(value)
        else:
            name = compact.name(line.predicate)
            found.setdefault(name, []).append(compact.value(name, line.object))
    first = [name for name in ("type", "label") if name in found]
    order = first + sorted(found.keys() - set(first))
    values = {name: found[name] if len(found[name]) > 1 else found[name][0] for name in order}
    return {"id": compact.iri(subject), **values}


def _nodes(compact: _Compactor, lines: Iterable[Line]) -> list[dict[str, object]]:
    """Write a graph's subjects, the registry before the claims."""
    ordered = sorted(lines, key=lambda line: (place_of(line.subject), line.subject))
    return [
        _node(compact, subject, about)
        for subject, about in groupby(ordered, key=lambda line: line.subject)
    ]


def as_jsonld(dataset: bytes, context: Mapping[str, Any]) -> bytes:
    """Write a dataset as JSON-LD (https://www.w3.org/TR/json-ld/).

    Args:
        dataset: The dataset, as canonical N-Quads.
        context: The context, which the document then begins with.

    Raises:
        ExportError: JSON-LD cannot say an IRI of it under this context.
    """
    compact = _Compactor(context)
    content: list[dict[str, object]] = []
    lines = sorted(read_lines(dataset), key=lambda line: line.graph)
    for graph, of_graph in groupby(lines, key=lambda line: line.graph):
        nodes = _nodes(compact, of_graph)
        content += [{"id": compact.iri(graph), "@graph": nodes}] if graph else nodes
    document = {"@context": context, "@graph": content}
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def write_jsonld(store: Store) -> Mapping[str, bytes]:
    """Write every named graph."""
    return {"netkg.jsonld": as_jsonld(read_dataset(store), read_context())}
