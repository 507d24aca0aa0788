"""The stored questions: how words fit a template, and how a value gets into a query.

In: templates, what a person typed, and SPARQL texts. Out: values by parameter, bound texts.
Refuses to bind anything but a checked IRI.

A parameter `target` stands in the query as the variable `?_target`. Bound, every such variable is
replaced by the term; left out, it stays a variable and so means "any".
"""

from __future__ import annotations

from itertools import combinations

from netkg.errors import BadParameterError
from netkg.vocab import term

__all__ = ["PARAMETER_MARK", "bind", "class_iris", "iri_term", "match_template"]

PARAMETER_MARK = "?_"
_WORD = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"


def _parts(template: str) -> list[str]:
    """Split a template into words and parameter names, in turn.

    >>> _parts("net effect of {regulator} on {target}")
    ['net effect of ', 'regulator', ' on ', 'target', '']
    """
    parts = []
    for piece in template.split("{"):
        name, closed, rest = piece.partition("}")
        parts += [name, rest] if closed else [piece]
    return parts


def match_template(template: str, text: str) -> dict[str, str] | None:
    """Match what a person typed against a question's template.

    Letter case, spaces, a question mark at the end and American spelling do not matter. An
    optional parameter (`{disease?}`) may be left out together with the words before it.

    Args:
        template: Such as `drugs acting on {target}`.
        text: Such as `Drugs acting on mTORC2?`.

    Returns:
        The values by parameter, or None when the text does not fit.

    >>> match_template("drugs acting on {target}", "Drugs acting on  mTORC2?")
    {'target': 'mTORC2'}
    >>> match_template("misprints in {source?}", "misprints")
    {}
    """
    words = " ".join(text.strip().rstrip("?").split())
    for spelling in dict.fromkeys((words, words.replace("tumor", "tumour"))):
        for variant in _variants(template):
            values = _match(variant, spelling)
            if values is not None:
                return values
    return None


def _match(template: str, words: str) -> dict[str, str] | None:
    """Match words against a template whose parameters must all be there."""
    parts = _parts(template)
    folded = words.casefold()
    values: dict[str, str] = {}
    at = len(parts[0])
    if len(parts) == 1:
        return {} if folded == template.casefold() else None
    if not folded.startswith(parts[0].casefold()):
        return None
    for name, fixed in zip(parts[1::2], parts[2::2], strict=True):
        end = len(folded) if not fixed else folded.find(fixed.casefold(), at)
        if end < 0:
            return None
        values[name] = words[at:end].strip()
        if not values[name]:
            return None
        at = end + len(fixed)
    return values if at == len(folded) else None


def _variants(template: str) -> list[str]:
    """Give the template whole, and with every choice of optional parameters left out.

    >>> _variants("how often is {gene?} altered in {disease?}")[1]
    'how often is {gene} altered'
    """
    names = [name.removesuffix("?") for name in _parts(template)[1::2] if name.endswith("?")]
    subsets = (
        set(left) for size in range(len(names) + 1) for left in combinations(names[::-1], size)
    )
    return [_without(template, left) for left in subsets]


def _without(template: str, left: set[str]) -> str:
    """Leave out some optional parameters, each with the little words before it."""
    little = {"in", "of", "about", "on", "for", "through", "from", "with", "tied", "to"}
    kept: list[str] = []
    for word in template.split():
        if word.startswith("{") and word.endswith("?}"):
            if word[1:-2] not in left:
                kept.append(word.replace("?}", "}"))
                continue
            while kept and kept[-1] in little:
                kept.pop()
        else:
            kept.append(word)
    return " ".join(kept)


def bind(sparql: str, name: str, value: str) -> str:
    """Put a serialised term in the place of a parameter's variable.

    Args:
        sparql: A stored query; its parameters stand as whole variables, never inside a string.
        name: The parameter.
        value: A term as SPARQL writes it, made by `iri_term`.

    Returns:
        The query with the term in every place.

    >>> bind("SELECT * { ?_x ?p ?_xy }", "x", "<urn:a>")
    'SELECT * { <urn:a> ?p ?_xy }'
    """
    mark = PARAMETER_MARK + name
    head, *pieces = sparql.split(mark)
    bound = [head]
    for piece in pieces:
        longer = piece[:1] and piece[0] in _WORD
        bound.append((mark if longer else value) + piece)
    return "".join(bound)


def iri_term(iri: str) -> str:
    """Write an IRI as a SPARQL term.

    Raises:
        BadParameterError: It holds a character that no IRI may hold.

    Source: SPARQL 1.1, production IRIREF, https://www.w3.org/TR/sparql11-query/#rIRIREF
    """
    if not iri or any(char <= " " or char in '<>"{}|^`\\' for char in iri):
        raise BadParameterError(f"{iri!r} is no IRI")
    return f"<{iri}>"


def class_iris(names: str) -> list[str]:
    """Give the IRIs of a parameter's classes, named with spaces between."""
    return [term(name) for name in names.split()]
