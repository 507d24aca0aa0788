"""The catalogue: every stored question read from its file, checked, and written as RDF.

In: queries/answers/*.rq. Out: `Question`s, and a graph of `sh:SPARQLSelectExecutable`s.
Refuses a header with an unknown or a missing key, and a parameter that the query does not use.

Source of the form: grlc's `#+` headers, and SIB's SPARQL examples,
https://github.com/sib-swiss/sparql-examples
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml
from rdflib import RDF, RDFS, SH, Graph, Literal, Namespace, URIRef

from netkg.errors import DataNotFoundError
from netkg.ontology import PLAIN_STORE
from netkg.paths import read_queries
from netkg.questions import PARAMETER_MARK
from netkg.vocab import PREFIXES, query_iri, sparql_prefixes, term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Parameter", "Question", "questions_graph", "read_question", "read_questions"]

_HEADER_MARK = "#+"
_REQUIRED_KEYS = {"summary", "description", "question", "params", "tags", "columns"}
_OPTIONAL_KEYS = {"aliases"}
_PARAMETER_KEYS = {"name", "type", "required", "default", "example"}
_SCHEMA = Namespace(PREFIXES["schema"])


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a stored question.

    Attributes:
        name: Its name, as in the template.
        type: The classes of the ontology an entity must belong to one of, with spaces between.
        required: Whether the question needs it.
        default: What is taken when it is left out; empty for anything.
        example: A value to try.
    """

    name: str
    type: str
    required: bool
    default: str
    example: str


@dataclass(frozen=True, slots=True)
class Question:
    """A stored question.

    Attributes:
        name: Its name in kebab case, which is its file's.
        summary: One line.
        description: What it answers, what it leaves out, and why.
        template: The question as a person asks it.
        aliases: Other ways a person asks it, as templates.
        parameters: Its parameters, in the template's order.
        tags: Words it is found by.
        columns: The meaning of each column, in order.
        sparql: The query, with prefixes and without the header.
    """

    name: str
    summary: str
    description: str
    template: str
    aliases: Sequence[str]
    parameters: Sequence[Parameter]
    tags: Sequence[str]
    columns: Mapping[str, str]
    sparql: str


def _fail(file: str, message: str) -> DataNotFoundError:
    return DataNotFoundError(f"queries/answers/{file}: {message}")


def _split(text: str) -> tuple[str, str]:
    lines = text.splitlines()
    header = [line.removeprefix(_HEADER_MARK) for line in lines if line.startswith(_HEADER_MARK)]
    body = [line for line in lines if not line.lstrip().startswith("#")]
    return "\n".join(header), "\n".join(body).strip() + "\n"


def _check_kinds(file: str, header: Mapping[str, Any]) -> None:
    """Refuse a header whose lists are no lists, or whose columns have no meanings."""
    for key in ("params", "tags", "aliases"):
        if not isinstance(header.get(key) or [], list):
            raise _fail(file, f"{key} must be a list")
    if not all(isinstance(raw, dict) for raw in header["params"] or []):
        raise _fail(file, "each parameter must say its name, type and example")
    if not isinstance(header["columns"], dict):
        raise _fail(file, "columns must give each column's meaning, as 'name: meaning'")


def _read_parameter(file: str, raw: Mapping[str, Any]) -> Parameter:
    if unknown := set(raw) - _PARAMETER_KEYS:
        raise _fail(file, f"a parameter has the unknown key {sorted(unknown)[0]!r}")
    if missing := {"name", "type", "example"} - set(raw):
        raise _fail(file, f"a parameter lacks the key {sorted(missing)[0]!r}")
    return Parameter(
        name=str(raw["name"]),
        type=str(raw["type"]),
        required=bool(raw.get("required", True)),
        default=str(raw.get("default", "")),
        example=str(raw["example"]),
    )


def read_question(file: str, text: str) -> Question:
    """Read one stored question.

    Args:
        file: The file's name, such as `drugs-acting-on.rq`.
        text: Its content.

    Raises:
        DataNotFoundError: The header is no YAML, has an unknown or a missing key, or does not fit
            the query.
    """
    header_text, body = _split(text)
    try:
        header = yaml.safe_load(header_text)
    except yaml.YAMLError as error:
        raise _fail(file, f"the header is no YAML: {error}") from error
    if not isinstance(header, dict):
        raise _fail(file, f"there is no header; begin with '{_HEADER_MARK} summary: …'")
    if unknown := set(header) - _REQUIRED_KEYS - _OPTIONAL_KEYS:
        raise _fail(file, f"the header has the unknown key {sorted(unknown)[0]!r}")
    if missing := _REQUIRED_KEYS - set(header):
        raise _fail(file, f"the header lacks the key {sorted(missing)[0]!r}")
    _check_kinds(file, header)
    parameters = [_read_parameter(file, raw) for raw in header["params"] or []]
    for parameter in parameters:
        if PARAMETER_MARK + parameter.name not in body:
            raise _fail(file, f"the query does not use ?_{parameter.name}")
        optional = "" if parameter.required else "?"
        if f"{{{parameter.name}{optional}}}" not in header["question"]:
            raise _fail(file, f"the question does not show {{{parameter.name}{optional}}}")
    return Question(
        name=file.removesuffix(".rq"),
        summary=str(header["summary"]).strip(),
        description=" ".join(str(header["description"]).split()),
        template=str(header["question"]).strip(),
        aliases=tuple(map(str, header.get("aliases") or ())),
        parameters=tuple(parameters),
        tags=tuple(map(str, header["tags"] or ())),
        columns={str(name): str(meaning) for name, meaning in header["columns"].items()},
        sparql=sparql_prefixes() + body,
    )


def read_questions(queries_folder: str) -> list[Question]:
    """Read every stored question, in the order of their names.

    Args:
        queries_folder: The folder that holds `answers/`.

    Raises:
        DataNotFoundError: A file cannot be read as a question.
    """
    return [read_question(file, text) for file, text in read_queries(queries_folder, "answers")]


def questions_graph(questions: Sequence[Question]) -> Graph:
    """Write the questions as RDF, so that they can themselves be asked for.

    Args:
        questions: The catalogue.

    Returns:
        A graph of executables with their templates and parameters.
    """
    graph = Graph(store=PLAIN_STORE)
    for question in questions:
        node = URIRef(query_iri(question.name))
        graph.add((node, RDF.type, SH.SPARQLExecutable))
        graph.add((node, RDF.type, SH.SPARQLSelectExecutable))
        graph.add((node, RDFS.label, Literal(question.summary, lang="en")))
        graph.add((node, RDFS.comment, Literal(question.description, lang="en")))
        graph.add((node, SH.select, Literal(question.sparql)))
        graph.add((node, URIRef(term("questionName")), Literal(question.name)))
        for template in (question.template, *question.aliases):
            graph.add((node, URIRef(term("questionTemplate")), Literal(template)))
        for tag in question.tags:
            graph.add((node, _SCHEMA.keywords, Literal(tag)))
        for number, parameter in enumerate(question.parameters, start=1):
            inner = URIRef(f"{query_iri(question.name)}/{parameter.name}")
            graph.add((node, SH.parameter, inner))
            graph.add((inner, SH.order, Literal(number)))
            graph.add((inner, SH.name, Literal(parameter.name)))
            graph.add((inner, SH.optional, Literal(not parameter.required)))
            graph.add((inner, URIRef(term("parameterKind")), Literal(parameter.type)))
            graph.add((inner, URIRef(term("parameterDefault")), Literal(parameter.default)))
            graph.add((inner, URIRef(term("parameterExample")), Literal(parameter.example)))
    return graph
