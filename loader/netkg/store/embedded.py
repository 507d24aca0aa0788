"""The embedded store: pyoxigraph in this process, on disk or in memory.

In: SPARQL text. Out: answers as rows, truth values or serialised bytes.
Refuses to write a store that was opened for reading. The only module that imports pyoxigraph.
"""

from __future__ import annotations

import pyoxigraph as ox

from netkg.errors import QuerySyntaxError, StoreError
from netkg.vocab import PREFIXES

TYPE_CHECKING = False  # `typing` is not worth its import time on the way to a warm answer
if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.store.results import Cell, Rows

__all__ = ["EmbeddedStore"]

_RESULT_FORMATS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
_GRAPH_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def _cell(term: object) -> Cell | None:
    from netkg.store.results import Cell  # noqa: PLC0415 - not needed for a serialised answer

    if isinstance(term, ox.NamedNode):
        return Cell(term.value, "iri")
    if isinstance(term, ox.BlankNode):
        return Cell(term.value, "bnode")
    if isinstance(term, ox.Literal):
        language = term.language or ""
        datatype = "" if language else term.datatype.value
        return Cell(term.value, "literal", datatype, language)
    return None


class EmbeddedStore:
    """A quad store in this process."""

    def __init__(self, engine: ox.Store, path: str = "") -> None:
        self._engine = engine
        self._path = path

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """Make an empty store that is gone with the process."""
        return cls(ox.Store())

    @classmethod
    def create(cls, path: str) -> EmbeddedStore:
        """Make an empty store in a folder that does not exist yet.

        Raises:
            StoreError: The folder cannot be made or written.
        """
        try:
            return cls(ox.Store(path))
        except OSError as error:
            raise StoreError(f"cannot make a store at {path}: {error}") from error

    @classmethod
    def open(cls, path: str) -> EmbeddedStore:
        """Open a store for reading only.

        Raises:
            StoreError: There is no readable store in that folder.
        """
        try:
            return cls(ox.Store.read_only(path), path)
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"{path} holds no readable store: {error}; build it again with 'netkg build'"
            ) from error

    def _query(self, sparql: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self._engine.query(sparql, prefixes=PREFIXES)
        except SyntaxError as error:
            raise QuerySyntaxError(f"the query is not SPARQL 1.1: {error}") from error
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the store cannot be read: {error}") from error

    def select(self, sparql: str) -> Rows:
        """Run a SELECT.

        Raises:
            QuerySyntaxError: The text is not a SPARQL SELECT.
            StoreError: The store cannot be read.
        """
        from netkg.store.results import Rows  # noqa: PLC0415 - not needed for a serialised answer

        answer = self._query(sparql)
        if not isinstance(answer, ox.QuerySolutions):
            raise QuerySyntaxError("the query is no SELECT; ask for its answer in an RDF format")
        columns = tuple(variable.value for variable in answer.variables)
        try:
            cells = [tuple(_cell(solution[column]) for column in columns) for solution in answer]
        except OSError as error:
            raise StoreError(f"the store cannot be read: {error}") from error
        return Rows(columns, cells)

    def ask(self, sparql: str) -> bool:
        """Run an ASK.

        Raises:
            QuerySyntaxError: The text is not a SPARQL ASK.
        """
        answer = self._query(sparql)
        if not isinstance(answer, ox.QueryBoolean):
            raise QuerySyntaxError("the query is no ASK")
        return bool(answer)

    def answer(self, sparql: str, form: str) -> bytes:
        """Run any query and let the engine write its answer.

        Args:
            sparql: A SELECT, ASK, CONSTRUCT or DESCRIBE.
            form: `csv`, `tsv`, `json` or `xml` for SELECT and ASK; `turtle`, `nt`, `rdfxml` or
                `jsonld` for CONSTRUCT and DESCRIBE.

        Returns:
            The bytes of the W3C's result format.

        Raises:
            QuerySyntaxError: The text is not SPARQL, or its form of answer does not fit.
        """
        answer = self._query(sparql)
        formats = _GRAPH_FORMATS if isinstance(answer, ox.QueryTriples) else _RESULT_FORMATS
        if form not in formats:
            raise QuerySyntaxError(
                f"this query's answer cannot be written as {form}; use {', '.join(formats)}"
            )
        if isinstance(answer, ox.QueryBoolean) and form in {"csv", "tsv"}:
            return (b"true" if answer else b"false") + b"\n"
        try:
            written = answer.serialize(format=formats[form])  # type: ignore[arg-type]
        except OSError as error:
            raise StoreError(f"the store cannot be read: {error}") from error
        return written or b""

    def manifest(self) -> Mapping[str, object]:
        """Give what the build wrote down of itself: nothing for a store in memory."""
        from netkg.store.layout import read_manifest  # noqa: PLC0415 - not needed to answer

        return read_manifest(self._path) if self._path else {}

    def update(self, sparql: str) -> None:
        """Run a SPARQL Update.

        Raises:
            QuerySyntaxError: The text is not SPARQL Update.
            StoreError: The store cannot be written.
        """
        try:
            self._engine.update(sparql)
        except SyntaxError as error:
            raise QuerySyntaxError(f"the update is not SPARQL 1.1: {error}") from error
        except (OSError, RuntimeError) as error:  # a store opened for reading raises the latter
            raise StoreError(f"the store cannot be written: {error}") from error

    def load(self, ntriples: bytes, graph: str) -> None:
        """Load N-Triples into a named graph.

        Raises:
            StoreError: An IRI or a literal in them is not RDF.
        """
        try:
            self._load(ntriples, graph)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{graph} holds what is not RDF: {error}") from error

    def _load(self, ntriples: bytes, graph: str) -> None:
        self._engine.load(ntriples, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph))

    def copy_to(self, other: EmbeddedStore) -> None:
        """Copy every quad into an empty store and settle its files.

        Raises:
            StoreError: The other store cannot be written.
        """
        try:
            other._engine.bulk_extend(self._engine)
            other._engine.optimize()
            other._engine.flush()
        except OSError as error:
            raise StoreError(f"the store cannot be written: {error}") from error

    def graph_ntriples(self, graph: str) -> bytes:
        """Give one named graph as N-Triples."""
        return (
            self._engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(graph)) or b""
        )

    def __len__(self) -> int:
        return len(self._engine)
