"""A remote store: any SPARQL 1.1 server, spoken to with SPARQLWrapper.

In: SPARQL text. Out: answers as rows, truth values or bytes, as the embedded store gives them.
Refuses to wait longer than its deadline: SPARQLWrapper's own limit covers connecting only.
The only module that imports SPARQLWrapper.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from netkg.errors import QuerySyntaxError, QueryTimeoutError, StoreError
from netkg.store.results import Cell, Rows
from netkg.vocab import sparql_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RemoteStore"]

_MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


def _cell(binding: dict[str, str] | None) -> Cell | None:
    if binding is None:
        return None
    kind = {"uri": "iri", "bnode": "bnode"}.get(binding["type"], "literal")
    return Cell(binding["value"], kind, binding.get("datatype", ""), binding.get("xml:lang", ""))


class RemoteStore:
    """A SPARQL endpoint.

    Args:
        url: The endpoint's query address.
        timeout_s: Seconds until an answer must be whole.
        update_url: The endpoint's update address, where it may be written.
    """

    def __init__(self, url: str, *, timeout_s: float = 60, update_url: str = "") -> None:
        self._url = url
        self._update_url = update_url
        self._timeout_s = timeout_s

    def _request(self, url: str, sparql: str, media_type: str) -> bytes:
        client = SPARQLWrapper(url)
        client.setMethod(POST)
        client.setQuery(sparql_prefixes() + sparql)
        client.setTimeout(max(1, round(self._timeout_s)))
        client.setOnlyConneg(True)
        client.addCustomHttpHeader("Accept", media_type)
        try:
            response: Any = client.query().response
            return bytes(response.read())
        except QueryBadFormed as error:
            raise QuerySyntaxError(f"{url} could not parse the query: {error}") from error
        except (SPARQLWrapperException, URLError, OSError) as error:
            raise StoreError(f"{url} did not answer: {error}") from error

    def answer(self, sparql: str, form: str) -> bytes:
        """Run any query and hand on what the server writes.

        Args:
            sparql: The query.
            form: As for the embedded store.

        Raises:
            QueryTimeoutError: The answer was not whole within the deadline.
            QuerySyntaxError: The server could not parse the query.
            StoreError: The server cannot be reached or failed.
        """
        return self._within_deadline(self._url, sparql, _MEDIA_TYPES[form])

    def update(self, sparql: str) -> None:
        """Run a SPARQL Update.

        Raises:
            QueryTimeoutError: It was not done within the deadline.
            QuerySyntaxError: The server could not parse it.
            StoreError: The server cannot be reached, failed, or may not be written.
        """
        if not self._update_url:
            raise StoreError(f"{self._url} is open for reading only; give an address for updates")
        self._within_deadline(self._update_url, sparql, "*/*")

    def _within_deadline(self, url: str, sparql: str, media_type: str) -> bytes:
        """Send a request and wait no longer than the deadline for all of its answer."""
        pool = ThreadPoolExecutor(max_workers=1)
        try:
            return pool.submit(self._request, url, sparql, media_type).result(self._timeout_s)
        except FutureTimeoutError as error:
            raise QueryTimeoutError(
                f"{url} did not answer within {self._timeout_s:g} s; ask for less, or "
                "allow more time"
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _json(self, sparql: str) -> dict[str, Any]:
        written = self.answer(sparql, "json")
        try:
            answer = json.loads(written)
        except ValueError as error:
            raise StoreError(f"{self._url} broke off its answer: {error}") from error
        if not isinstance(answer, dict):
            raise StoreError(f"{self._url} answered something that is no SPARQL result")
        return answer

    def select(self, sparql: str) -> Rows:
        """Run a SELECT."""
        answer = self._json(sparql)
        columns = tuple(answer["head"]["vars"])
        return Rows(
            columns,
            [
                tuple(_cell(solution.get(column)) for column in columns)
                for solution in answer["results"]["bindings"]
            ],
        )

    def ask(self, sparql: str) -> bool:
        """Run an ASK."""
        return bool(self._json(sparql)["boolean"])

    def manifest(self) -> Mapping[str, object]:
        """Give nothing: a server does not tell how its data were built."""
        return {}
