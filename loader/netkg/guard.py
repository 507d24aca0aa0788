"""Admits a query of somebody else's, or says why not: only reading, and no network.

In: SPARQL text. Out: the same text, once it is admitted. Refuses updates, SERVICE and nesting that
would exhaust the engine's stack. The text is read token by token as SPARQL's grammar defines them,
so words in strings, comments, variables and IRIs do not matter. (docs/decisions/0005)

Source: SPARQL 1.1 Query Language, section 19, https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netkg.errors import ForbiddenQueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["admit", "form_of"]

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>'''(?:[^\\']|\\.|'(?!''))*'''|\"\"\"(?:[^\\"]|\\.|"(?!""))*\"\"\"
        |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d][\w.\-]*)?:(?:[\w.\-:%]|\\.)*)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[A-Za-z]\w*)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {
    "INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "ADD", "MOVE", "COPY", "WITH",
}  # fmt: skip
_HIGHEST_CODE_POINT = 0x10FFFF
_DEEPEST_NESTING = 200


def _unescape(text: str) -> str:
    """Resolve code point escapes, which may stand anywhere in a query (section 19.2)."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code <= _HIGHEST_CODE_POINT else match[0]

    return _ESCAPE.sub(character, text)


def _keywords(text: str) -> Iterator[str]:
    """Give the bare words of a query, in capitals."""
    for token in _TOKEN.finditer(_unescape(text)):
        if token.lastgroup == "word":
            yield token[0].upper()


def _may_reach_out(text: str) -> bool:
    """Say whether a query could have SERVICE, however it is glued to what stands beside it.

    Engines need no space around keywords: `SERVICE:x` and `1e0SERVICE<x>` are calls, although a
    reader takes them for a name or a number. So a word or a prefix that holds the keyword counts.
    """
    for token in _TOKEN.finditer(_unescape(text)):
        shown = token[0].upper()
        if token.lastgroup == "word" and "SERVICE" in shown:
            return True
        if token.lastgroup == "name":
            prefix, _, local = shown.partition(":")
            if "SERVICE" in prefix or ".SERVICE" in local:
                return True
    return False


def _nesting(text: str) -> int:
    """Give how deep brackets nest in a query, outside strings, comments and IRIs."""
    deepest = depth = 0
    for char in _TOKEN.sub(" ", _unescape(text)):
        depth += (char in "({[") - (char in ")}]")
        deepest = max(deepest, depth)
    return deepest


def form_of(text: str) -> str:
    r"""Give the form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; empty when it has none.

    >>> form_of("PREFIX ask: <urn:ask> # DESCRIBE\nselect * { ?ask ask:select 'CONSTRUCT' }")
    'SELECT'
    """
    return next((word for word in _keywords(text) if word in _FORMS), "")


def admit(text: str) -> str:
    """Admit a query for running.

    Args:
        text: SPARQL 1.1; the engine judges its syntax.

    Returns:
        The text as it is; the store knows netkg's prefixes, and a query's own come first.

    Raises:
        ForbiddenQueryError: It is an update, has SERVICE, or nests too deeply.

    >>> admit("ASK { ?s ?p 'SERVICE' } # SERVICE")
    "ASK { ?s ?p 'SERVICE' } # SERVICE"
    """
    words = list(_keywords(text))
    first = next((word for word in words if word in _FORMS | _UPDATES), "")
    if first in _UPDATES:
        raise ForbiddenQueryError(
            "this is an update, and the graph is read-only; change the tables and build again"
        )
    if _may_reach_out(text):
        raise ForbiddenQueryError(
            "SERVICE would reach for the network, which netkg never does; ask that server itself "
            "(nor may a prefix be called so)"
        )
    if _nesting(text) > _DEEPEST_NESTING:
        raise ForbiddenQueryError(
            f"brackets nest deeper than {_DEEPEST_NESTING}; write the query flatter"
        )
    return text
