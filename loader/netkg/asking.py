"""Asks a stored question of a store: finds it, resolves its values, binds them.

In: what a person typed, and a store that holds the questions. Out: a bound SPARQL text.
Refuses an unknown question, a missing or unknown parameter, and a name that fits no entity.

The questions are read from the store itself, so that a store answers by the questions it was
built with, and a warm answer needs no other file.
"""

from __future__ import annotations

from netkg.errors import BadParameterError, UnknownQuestionError
from netkg.names import resolve_name
from netkg.questions import bind, class_iris, iri_term, match_template
from netkg.vocab import PREFIXES

TYPE_CHECKING = False  # `typing` is not worth its import time on the way to a warm answer
if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.store.interface import Store

__all__ = ["Prepared", "find_question", "prepare", "prepare_text"]

_NKG = PREFIXES["nkg"]
_SH = PREFIXES["sh"]


class Prepared:
    """A stored question with its values in place.

    Attributes:
        name: The question's name.
        sparql: The query, ready to run.
    """

    __slots__ = ("name", "sparql")

    def __init__(self, name: str, sparql: str) -> None:
        self.name = name
        self.sparql = sparql


def _templates(store: Store) -> list[tuple[str, str]]:
    rows = store.select(
        f"SELECT ?name ?template WHERE {{ ?question <{_NKG}questionName> ?name ; "
        f"<{_NKG}questionTemplate> ?template }} ORDER BY ?name"
    )
    return [(row["name"], row["template"]) for row in rows]


def find_question(store: Store, text: str) -> tuple[str, dict[str, str]]:
    """Find the stored question that a text asks.

    Args:
        store: Holds the questions.
        text: A question's name, or its template with values.

    Returns:
        The question's name and the values by parameter.

    Raises:
        UnknownQuestionError: No question fits.
    """
    templates = _templates(store)
    if any(name == text for name, _ in templates):
        return text, {}
    fitting = [
        (name, values)
        for name, template in templates
        if (values := match_template(template, text)) is not None
    ]
    if fitting:
        # The template with the most fixed words is the one that was meant.
        return min(fitting, key=lambda fit: sum(map(len, fit[1].values())))
    from netkg.suggest import did_you_mean  # noqa: PLC0415 - only when the question was wrong

    known = [name for name, _ in templates] + [template for _, template in templates]
    hint = did_you_mean(text, known) or "'netkg ask' lists the questions"
    raise UnknownQuestionError(f"no stored question asks {text!r}; {hint}")


def prepare(store: Store, name: str, values: Mapping[str, str]) -> Prepared:
    """Bind a question's values.

    Args:
        store: Holds the questions and the names.
        name: The question's name.
        values: What a person gave for each parameter.

    Returns:
        The question, ready to run.

    Raises:
        BadParameterError: A parameter is missing or unknown, or its value fits no entity.
    """
    rows = store.select(
        f"SELECT ?sparql ?parameter ?kind ?optional ?default ?example WHERE {{ "
        f'?question <{_NKG}questionName> "{name}" ; <{_SH}select> ?sparql . OPTIONAL {{ '
        f"?question <{_SH}parameter> ?p . ?p <{_SH}name> ?parameter ; <{_SH}order> ?order ; "
        f"<{_NKG}parameterKind> ?kind ; <{_SH}optional> ?optional ; "
        f"<{_NKG}parameterDefault> ?default ; <{_NKG}parameterExample> ?example }} }} "
        "ORDER BY ?order"
    )
    parameters = [row for row in rows if row["parameter"]]
    known = [row["parameter"] for row in parameters]
    for given in values:
        if given not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise BadParameterError(f"{name} has no parameter {given!r}; {takes}")
    sparql = next(iter(rows))["sparql"]
    for row in parameters:
        parameter = row["parameter"]
        value = values.get(parameter) or row["default"]
        if value:
            iri = resolve_name(store, value, kinds=class_iris(row["kind"]))
            sparql = bind(sparql, parameter, iri_term(iri))
        elif row["optional"] != "true":
            raise BadParameterError(
                f"{name} needs --{parameter}, for example --{parameter} {row['example']!r}"
            )
    return Prepared(name, sparql)


def prepare_text(store: Store, text: str) -> Prepared:
    """Find the stored question that a text asks, and bind its values."""
    name, values = find_question(store, text)
    return prepare(store, name, values)
