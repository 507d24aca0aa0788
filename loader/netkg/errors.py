"""The errors netkg raises on purpose. Each message says what is wrong, where, and what to do."""

from __future__ import annotations

__all__ = [
    "AmbiguousNameError",
    "BadParameterError",
    "CurationError",
    "DataNotFoundError",
    "ExportError",
    "ForbiddenQueryError",
    "LocatorError",
    "NetkgError",
    "QuerySyntaxError",
    "QueryTimeoutError",
    "ReasonerError",
    "StoreError",
    "UnknownNameError",
    "UnknownQuestionError",
]


class NetkgError(Exception):
    """The root of the family: catching it catches everything netkg raises on purpose."""


class DataNotFoundError(NetkgError):
    """The ontology, the graphs or the queries are not where they should be."""


class CurationError(NetkgError):
    """Curated data have findings of severity error, so nothing was built."""


class LocatorError(NetkgError):
    """A locator does not fit the source's text."""


class StoreError(NetkgError):
    """A store cannot be opened, read, built or swapped in."""


class ExportError(NetkgError):
    """An export cannot be written, or would replace what is not an export."""


class QuerySyntaxError(NetkgError):
    """A SPARQL text cannot be parsed."""


class ForbiddenQueryError(NetkgError):
    """A SPARQL text would write, or reach for the network."""


class QueryTimeoutError(NetkgError):
    """A query did not end within its deadline."""


class UnknownQuestionError(NetkgError):
    """No stored question fits the words that were given."""


class BadParameterError(NetkgError):
    """A question's parameter is missing, unknown or of the wrong kind."""


class UnknownNameError(BadParameterError):
    """A name is no label, synonym or CURIE of any entity."""


class AmbiguousNameError(BadParameterError):
    """A name fits several entities; the message lists them."""


class ReasonerError(NetkgError):
    """HermiT cannot judge what it was given."""
