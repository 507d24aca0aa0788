"""The words of a SPARQL text, as its grammar defines them.

In: text. Out: tokens, each with its kind and place. Refuses a character that begins no token.

Source: SPARQL 1.1, section 19.8, https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from netkg.errors import QuerySyntaxError
from netkg.explain.terms import RDF_TYPE
from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Token", "expand_name", "tokens_of", "variables_in"]

_TOKEN = re.compile(
    r"""
      (?P<skip>\s+|\#[^\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>(?:'''(?:[^\\']|\\.|'(?!''))*'''|\"\"\"(?:[^\\"]|\\.|"(?!""))*\"\"\"
        |'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")(?:@[A-Za-z\-0-9]+|\^\^(?:<[^>]*>|[\w.\-]*:[\w.\-]*))?)
    | (?P<variable>[?$]\w+)
    | (?P<blank>_:\w+)
    | (?P<name>(?:[A-Za-z][\w.\-]*)?:[\w\-]*(?:\.[\w\-]+)*)
    | (?P<number>[+\-]?\d+(?:\.\d+)?)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<mark>\|\||&&|!=|<=|>=|\^\^|[{}()\[\].;,|/^*+?!=<>\-])
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A word of SPARQL, its kind, and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(text: str) -> Iterator[Token]:
    """Give the tokens of a text, without spaces and comments.

    Raises:
        QuerySyntaxError: A character begins no token.
    """
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise QuerySyntaxError(f"cannot read the pattern at {text[at : at + 30]!r}")
        at = match.end()
        if match.lastgroup != "skip":
            yield Token(str(match.lastgroup), match[0], match.start(), at)


@lru_cache(maxsize=4096)
def variables_in(text: str) -> tuple[str, ...]:
    """Give the variables a text mentions, in order, each once.

    >>> variables_in('FILTER (?a = "?b" || ?c = ?a)')
    ('?a', '?c')
    """
    return tuple(dict.fromkeys(token.text for token in tokens_of(text) if token.kind == "variable"))


def expand_name(token: Token) -> str:
    """Write a prefixed name as an IRI; leave other terms as they are."""
    if token.kind == "name":
        prefix, _, local = token.text.partition(":")
        if prefix not in PREFIXES:
            raise QuerySyntaxError(f"the prefix of {token.text} is not one of netkg's")
        return f"<{PREFIXES[prefix]}{local}>"
    if token.kind == "word" and token.text == "a":
        return RDF_TYPE
    return token.text
