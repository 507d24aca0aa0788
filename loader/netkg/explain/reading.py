"""Reads a SPARQL group graph pattern into its parts, keeping each part's text.

In: the text of a stored question or of a rule. Out: a `Group` or a `Query`.
Refuses what it cannot read, naming it: blank node lists, GRAPH with a variable, SERVICE. The text
was parsed by the engine before, so only patterns are told apart here, never checked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.errors import QuerySyntaxError
from netkg.explain.patterns import (
    Bind,
    Element,
    Filter,
    Group,
    Minus,
    Optional,
    Query,
    SubSelect,
    Triple,
    Union,
    Values,
)
from netkg.explain.tokens import Token, expand_name, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_construct", "read_group", "read_query"]


class _Reader:
    """Walks the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(tokens_of(text))
        self.at = 0

    def peek(self, ahead: int = 0) -> Token:
        place = self.at + ahead
        if place < len(self.tokens):
            return self.tokens[place]
        return Token("end", "", len(self.text), len(self.text))

    def take(self) -> Token:
        token = self.peek()
        self.at += 1
        return token

    def word(self) -> str:
        token = self.peek()
        return token.text.upper() if token.kind == "word" else ""

    def since(self, start: int) -> str:
        return self.text[start : self.tokens[self.at - 1].end]

    def refuse(self, what: str) -> QuerySyntaxError:
        near = self.text[self.peek().start :][:40]
        return QuerySyntaxError(f"netkg cannot explain a query with {what}, near {near!r}")

    def skip_balanced(self, opening: str, closing: str) -> None:
        depth = 0
        while True:
            token = self.take()
            if token.kind == "end":
                raise self.refuse(f"an unclosed {opening}")
            if token.kind == "mark":
                depth += (token.text == opening) - (token.text == closing)
            if not depth:
                return

    # ── queries ──────────────────────────────────────────────────────────────────────────────

    def query(self) -> Query:
        while self.word() != "SELECT":
            if self.take().kind == "end":
                raise self.refuse("no SELECT")
        self.take()
        start = self.peek().start
        plain, computed = self.projected()
        projection = self.text[start : self.peek().start]
        if self.word() == "WHERE":
            self.take()
        where = self.group()
        grouped = []
        if self.word() == "GROUP":
            self.at += 2
            while self.peek().kind == "variable":
                grouped.append(self.take().text)
        while self.peek().kind != "end" and self.peek().text != "}":
            self.take()
        return Query(projection, plain, computed, where, tuple(grouped))

    def projected(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Pass a projection; give the variables shown as they are, and those computed."""
        plain, computed = [], []
        depth = 0
        while depth or (self.word() != "WHERE" and self.peek().text != "{"):
            after_as = self.tokens[self.at - 1].text.upper() == "AS"
            token = self.take()
            depth += (token.text == "(") - (token.text == ")")
            if token.kind == "end":
                raise self.refuse("no pattern")
            if token.kind == "variable" and not depth:
                plain.append(token.text)
            elif token.kind == "variable" and after_as:
                computed.append(token.text)
        return tuple(plain), tuple(computed)

    def construct(self) -> tuple[tuple[Triple, ...], Group]:
        while self.word() != "CONSTRUCT":
            if self.take().kind == "end":
                raise self.refuse("no CONSTRUCT")
        self.take()
        template = self.group()
        if self.word() == "WHERE":
            self.take()
        heads = tuple(element for element in template.elements if isinstance(element, Triple))
        return heads, self.group()

    # ── patterns ─────────────────────────────────────────────────────────────────────────────

    def group(self) -> Group:
        opening = self.take()
        if opening.text != "{":
            raise self.refuse("a missing brace")
        elements: list[Element] = []
        if self.word() == "SELECT":
            start = self.peek().start
            query = self.query()
            elements.append(SubSelect(self.since(start), query))
        while self.peek().text != "}":
            if self.peek().kind == "end":
                raise self.refuse("an unclosed brace")
            if self.peek().text == ".":
                self.take()
            else:
                elements += self.element()
        self.take()
        return Group(self.since(opening.start), tuple(elements))

    def element(self) -> list[Element]:  # noqa: PLR0911 - one return for each kind
        start = self.peek().start
        match self.word():
            case "FILTER":
                return [self.filter()]
            case "BIND":
                return [self.bind()]
            case "VALUES":
                return [self.values()]
            case "OPTIONAL":
                self.take()
                inner = self.group()
                return [Optional(self.since(start), inner)]
            case "MINUS":
                self.take()
                inner = self.group()
                return [Minus(self.since(start), inner)]
            case "GRAPH":
                return [self.named_graph()]
        if self.peek().text == "{":
            return [self.braces()]
        return list(self.triples())

    def braces(self) -> Element:
        start = self.peek().start
        branches = [self.group()]
        while self.word() == "UNION":
            self.take()
            branches.append(self.group())
        if len(branches) > 1:
            return Union(self.since(start), tuple(branches))
        only = branches[0].elements
        if len(only) == 1 and isinstance(only[0], SubSelect):
            return only[0]._replace(text=self.since(start))
        return branches[0]

    def named_graph(self) -> Group:
        start = self.take().start
        name = expand_name(self.take())
        if not name.startswith("<"):
            raise self.refuse("GRAPH and a variable")
        inner = self.group()
        return Group(self.since(start), inner.elements, name)

    def bind(self) -> Bind:
        first = self.at
        start = self.take().start
        groups = self.expression()
        within = self.tokens[first + 2 : self.at - 1]
        simple = len(within) == 3 and within[0].kind != "variable"  # noqa: PLR2004 - TERM AS ?v
        constant = expand_name(within[0]) if simple else ""
        return Bind(self.since(start), within[-1].text, constant, groups)

    def filter(self) -> Filter:
        start = self.take().start
        groups = self.expression()
        return Filter(self.since(start), groups)

    def expression(self) -> tuple[tuple[Group, bool], ...]:
        """Pass an expression in parentheses, a call or EXISTS; give the patterns in it."""
        groups: list[tuple[Group, bool]] = []
        depth = 0
        while True:
            negated = self.word() == "NOT"
            if negated or self.word() == "EXISTS":
                self.at += 1 + negated
                groups.append((self.group(), negated))
            else:
                token = self.take()
                depth += (token.text == "(") - (token.text == ")")
                if token.kind == "end":
                    raise self.refuse("an unclosed FILTER")
                if token.kind == "word" and self.peek().text == "(":
                    continue
            if not depth:
                return tuple(groups)

    def values(self) -> Values:
        start = self.take().start
        names = []
        while self.peek().text != "{":
            token = self.take()
            if token.kind == "variable":
                names.append(token.text)
        first = self.at + 1
        self.skip_balanced("{", "}")
        terms = [
            expand_name(token)
            for token in self.tokens[first : self.at - 1]
            if token.text not in "()"
        ]
        width = len(names)
        rows = tuple(tuple(terms[at : at + width]) for at in range(0, len(terms), width))
        return Values(self.since(start), tuple(names), rows)

    def triples(self) -> Iterator[Triple]:
        """Read one subject with all its predicates and objects."""
        subject = self.term()
        while True:
            path = self.path()
            yield Triple(subject, path, self.term())
            while self.peek().text == ",":
                self.take()
                yield Triple(subject, path, self.term())
            while self.peek().text == ";":
                self.take()
            if self.tokens[self.at - 1].text != ";" or self.peek().text in {".", "}"}:
                return

    def term(self) -> str:
        token = self.take()
        if token.kind not in {"variable", "iri", "name", "string", "number"} and token.text not in {
            "true", "false",
        }:  # fmt: skip
            self.at -= 1
            raise self.refuse("a blank node or a list in a pattern")
        return expand_name(token)

    def path(self) -> tuple[str, ...]:
        """Read a predicate: everything up to where an object can begin."""
        parts: list[str] = []
        depth = 0
        complete = False
        while True:
            token = self.peek()
            is_name = token.kind in {"variable", "iri", "name"} or token.text == "a"
            if complete and not depth and not (token.kind == "mark" and token.text in "/|*+?"):
                return tuple(parts)
            if not is_name and token.text not in {"(", ")", "^", "/", "|", "*", "+", "?"}:
                raise self.refuse("an unknown path")
            depth += (token.text == "(") - (token.text == ")")
            complete = is_name or token.text in {")", "*", "+", "?"}
            parts.append(expand_name(self.take()))


def read_group(text: str) -> Group:
    """Read a group graph pattern.

    Args:
        text: With or without its outer braces.

    Raises:
        QuerySyntaxError: It holds what netkg cannot take apart.

    >>> group = read_group("?x a nkg:Drug FILTER (?x != ?y)")
    >>> [type(element).__name__ for element in group.elements]
    ['Triple', 'Filter']
    """
    stripped = text.strip()
    reader = _Reader(stripped if _is_braced(stripped) else "{ " + stripped + " }")
    return reader.group()


def _is_braced(text: str) -> bool:
    """Say whether one pair of braces holds the whole text."""
    depth = 0
    for token in tokens_of(text):
        depth += (token.text == "{") - (token.text == "}") if token.kind == "mark" else 0
        if not depth:
            return token.end == len(text) and text.startswith("{")
    return False


def read_construct(text: str) -> tuple[tuple[Triple, ...], Group]:
    """Take a CONSTRUCT apart.

    Args:
        text: A CONSTRUCT whose prefixes are netkg's.

    Returns:
        The triples of its template, and its pattern.

    Raises:
        QuerySyntaxError: It holds what netkg cannot take apart.

    >>> heads, _ = read_construct("CONSTRUCT { ?y nkg:partOf ?x } WHERE { ?x nkg:hasPart ?y }")
    >>> heads[0].object
    '?x'
    """
    return _Reader(text).construct()


def read_query(text: str) -> Query:
    """Take a SELECT apart.

    Args:
        text: A SELECT whose prefixes are netkg's.

    Raises:
        QuerySyntaxError: It holds what netkg cannot take apart.

    >>> read_query("SELECT ?x (MAX(?n) AS ?m) WHERE { ?x ?p ?n } GROUP BY ?x").grouped_by
    ('?x',)
    """
    return _Reader(text).query()
