"""Admits a query of somebody else's, or says why not: only reading, and no network.

In: SPARQL text. Out: the text with netkg's prefixes. Refuses updates, SERVICE and FROM, which the
parsed query shows for certain; words in strings and comments do not matter.
"""

from __future__ import annotations

from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parser import parseUpdate
from rdflib.plugins.sparql.parserutils import CompValue

from netkg.errors import ForbiddenQueryError, QuerySyntaxError
from netkg.vocab import PREFIXES

__all__ = ["admit", "form_of"]


def _is_update(text: str) -> bool:
    try:
        return bool(parseUpdate(text).request)
    except Exception:  # noqa: BLE001 - pyparsing raises many kinds; all mean "no update"
        return False


def _has_service(node: object) -> bool:
    if isinstance(node, CompValue):
        if node.name == "ServiceGraphPattern":
            return True
        return any(_has_service(value) for value in node.values())
    if isinstance(node, (list, tuple)):
        return any(_has_service(value) for value in node)
    return False


def _prefixed(text: str) -> str:
    """Declare netkg's prefixes in front; a query's own declarations override them."""
    return "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in PREFIXES.items()) + text


def admit(text: str) -> str:
    """Admit a query for running.

    Args:
        text: SPARQL 1.1.

    Returns:
        The text with netkg's prefixes declared, on its first line so that line numbers stay.

    Raises:
        QuerySyntaxError: It cannot be parsed.
        ForbiddenQueryError: It is an update, or has SERVICE or FROM.

    >>> admit("ASK { ?s ?p 'SERVICE' } # SERVICE")[-33:]
    "ASK { ?s ?p 'SERVICE' } # SERVICE"
    """
    whole = _prefixed(text)
    try:
        query = prepareQuery(whole)
    except Exception as error:
        if _is_update(whole):
            raise ForbiddenQueryError(
                "this is an update, and the graph is read-only; change the tables and build again"
            ) from error
        raise QuerySyntaxError(f"the query is not SPARQL 1.1: {error}") from error
    algebra = query.algebra
    if _has_service(algebra):
        raise ForbiddenQueryError(
            "SERVICE would reach for the network, which netkg never does; ask that server itself"
        )
    if algebra.get("datasetClause"):
        raise ForbiddenQueryError(
            "FROM is not supported; the default graph holds everything, and GRAPH picks a part"
        )
    return whole


def form_of(text: str) -> str:
    """Give the form of an admitted query: SELECT, ASK, CONSTRUCT or DESCRIBE."""
    name: str = prepareQuery(text).algebra.name
    return name.removesuffix("Query").upper()
