"""The formats of an export, each with what it is for and what writes it.

In: a store. Out: files as bytes, by name. Refuses an unknown format, offering the nearest.

A new format is a module with a writer, a function here that imports it late, and a line in
`FORMATS`. A writer takes a store and gives the content of each file; it writes nothing to disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from netkg.errors import BadParameterError
from netkg.store.interface import Store
from netkg.suggest import did_you_mean

__all__ = ["FORMATS", "Format", "Writer", "find_format"]

Writer = Callable[[Store], Mapping[str, bytes]]
"""Gives the content of each file by name, with `/` between folders. The names do not depend on the
store, and the bytes on nothing else."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format of an export.

    Attributes:
        name: What a person types.
        file: The usual name of its file, or of its folder, then with `/` at the end.
        summary: What it is for, in a line.
        write: Gives the files.
    """

    name: str
    file: str
    summary: str
    write: Writer

    @property
    def is_folder(self) -> bool:
        """Say whether it is a folder of files rather than a single file."""
        return self.file.endswith("/")


def _nquads(store: Store) -> Mapping[str, bytes]:
    from netkg.export.nquads import write_nquads  # noqa: PLC0415 - only for this format

    return write_nquads(store)


def _ntriples(store: Store) -> Mapping[str, bytes]:
    from netkg.export.nquads import write_ntriples  # noqa: PLC0415 - only for this format

    return write_ntriples(store)


def _turtle(store: Store) -> Mapping[str, bytes]:
    from netkg.export.turtle import write_turtle  # noqa: PLC0415 - only for this format

    return write_turtle(store)


def _trig(store: Store) -> Mapping[str, bytes]:
    from netkg.export.turtle import write_trig  # noqa: PLC0415 - only for this format

    return write_trig(store)


def _rdfxml(store: Store) -> Mapping[str, bytes]:
    from netkg.export.rdfxml import write_rdfxml  # noqa: PLC0415 - only for this format

    return write_rdfxml(store)


def _jsonld(store: Store) -> Mapping[str, bytes]:
    from netkg.export.jsonld import write_jsonld  # noqa: PLC0415 - only for this format

    return write_jsonld(store)


def _void(store: Store) -> Mapping[str, bytes]:
    from netkg.export.void import write_void  # noqa: PLC0415 - only for this format

    return write_void(store)


def _protege(store: Store) -> Mapping[str, bytes]:
    from netkg.export.protege import protege_files  # noqa: PLC0415 - only for this format

    return protege_files(store)


FORMATS = (
    Format("turtle", "netkg.ttl", "to read and to compare: one triple a line, merged", _turtle),
    Format("trig", "netkg.trig", "to read, with the named graphs that tell who says what", _trig),
    Format("nt", "netkg.nt", "to stream and to sort: canonical lines, merged", _ntriples),
    Format("nq", "netkg.nq", "to load into a server: canonical lines, with named graphs", _nquads),
    Format("jsonld", "netkg.jsonld", "for programs that know JSON: named graphs, context inside",
           _jsonld),
    Format("rdfxml", "netkg.rdf", "for older ontology tools: RDF/XML, merged", _rdfxml),
    Format("void", "void.ttl", "what the dataset holds: VoID, DCAT and PROV-O, with checksums",
           _void),
    Format("protege", "netkg-protege/", "OWL files to open in Protégé 5, with DL queries",
           _protege),
)  # fmt: skip
"""Every format, in the order in which they are listed."""


def find_format(name: str) -> Format:
    """Find a format by its name.

    Args:
        name: What was typed.

    Raises:
        BadParameterError: There is no such format.

    >>> find_format("nq").file
    'netkg.nq'
    """
    for form in FORMATS:
        if form.name == name:
            return form
    names = [form.name for form in FORMATS]
    meant = did_you_mean(name, names) or f"there are {', '.join(names)}"
    raise BadParameterError(f"{name!r} is no format of an export; {meant}")
