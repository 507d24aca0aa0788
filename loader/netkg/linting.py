"""Holds the stored queries against the ontology and their own headers, before anyone asks them.

In: the queries, the vocabulary and a built store. Out: findings that name the file.
Refuses nothing itself; a query that is no SPARQL, reaches out, or speaks of a term the ontology
does not declare is an error, because it would answer wrongly without a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netkg.errors import ForbiddenQueryError, QuerySyntaxError, StoreError
from netkg.findings import Finding, Where
from netkg.guard import admit
from netkg.paths import read_queries
from netkg.questions import bind, iri_term
from netkg.vocab import NKG

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from netkg.catalogue import Question
    from netkg.ontology import Vocabulary
    from netkg.store.interface import Store

__all__ = ["lint_queries", "lint_questions"]

_TERM = re.compile(r"\bnkg:(\w+)")
_NOBODY = "urn:netkg:nobody"
_KINDS = ("answers", "build", "checks")


def lint_queries(queries_folder: str, declared: Collection[str]) -> list[Finding]:
    """Report terms of ours that a query uses and the ontology does not declare.

    Args:
        queries_folder: The folder of all queries.
        declared: The IRIs the ontology declares.
    """
    return [
        Finding(
            "bad-query",
            f"nkg:{name} is not in the ontology; mend the name, or declare it",
            Where(f"queries/{kind}/{file}"),
        )
        for kind in _KINDS
        for file, text in read_queries(queries_folder, kind)
        for name in sorted(set(_TERM.findall(text)))
        if NKG + name not in declared
    ]


def lint_questions(
    questions: Sequence[Question], vocabulary: Vocabulary, store: Store
) -> list[Finding]:
    """Report questions that are no SELECT, or whose headers say what the queries do not do.

    Args:
        questions: The catalogue.
        vocabulary: The ontology's classes, for the parameters' types.
        store: Runs each query once, about nobody; an empty one tells the columns as well.
    """
    findings = []
    templates: dict[str, str] = {}
    for question in questions:
        where = Where(f"queries/answers/{question.name}.rq")
        wrong = _wrong_query(question, store) + _wrong_header(question, vocabulary)
        for template in (question.template, *question.aliases):
            other = templates.setdefault(template.casefold(), question.name)
            if other != question.name:
                wrong.append(f"{other} is asked by the same words: {template}")
        findings += [Finding("bad-query", message, where) for message in wrong]
    return findings


def _wrong_query(question: Question, store: Store) -> list[str]:
    sparql = question.sparql
    for parameter in question.parameters:
        sparql = bind(sparql, parameter.name, iri_term(_NOBODY))
    try:
        admit(sparql)
        columns = store.select(sparql).columns
    except (ForbiddenQueryError, QuerySyntaxError, StoreError) as error:
        return [str(error)]
    stated = {column for column in columns if not column.endswith("Label")}
    return [
        f"the column {column!r} has no meaning in the header"
        for column in sorted(stated - set(question.columns))
    ] + [
        f"the header explains a column {column!r} that the query does not select"
        for column in question.columns
        if column not in columns
    ]


def _wrong_header(question: Question, vocabulary: Vocabulary) -> list[str]:
    return [
        f"the type {kind!r} of parameter {parameter.name!r} is no class of the ontology"
        for parameter in question.parameters
        for kind in parameter.type.split()
        if kind not in vocabulary.parents
    ]
