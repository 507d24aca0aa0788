"""The commands that ask: `ask`, `sparql` and `describe`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from netkg.cli.messages import Progress, say
from netkg.cli.options import PROOFS_SHOWN, store_option
from netkg.cli.show import as_markdown, as_table
from netkg.errors import QuerySyntaxError
from netkg.store.results import Cell, Rows

if TYPE_CHECKING:
    from netkg.kg import KnowledgeGraph

__all__ = ["ask", "describe", "open_graph", "read_values", "sparql"]

_ROW_FORMS = ("table", "csv", "tsv", "json", "md")
_OTHER_FORMS = ("turtle", "nt", "rdfxml", "jsonld", "xml")


def open_graph(store: str | None) -> KnowledgeGraph:
    """Open the graph that a command is to ask, showing progress if it must be built."""
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - after the words are parsed

    with Progress() as progress:
        return KnowledgeGraph.open(store, progress=progress)


def _write(answer: bytes) -> None:
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()


def _show(rows: Rows, form: str) -> None:
    click.echo(as_markdown(rows) if form == "md" else as_table(rows), nl=False)


def _list_questions() -> None:
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - after the words are parsed

    for question in KnowledgeGraph.questions():
        click.echo(f"{question.name}\n    {question.template}")
        for parameter in question.parameters:
            need = "" if parameter.required else ", may be left out"
            click.echo(f"      --{parameter.name}  for example {parameter.example!r}{need}")


def read_values(words: list[str]) -> dict[str, str]:
    """Read `--parameter value` pairs, which differ from question to question."""
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("--"):
            raise click.UsageError(
                f"unexpected word {word!r}; put a whole question in quotes: "
                'netkg ask "drugs acting on mTORC2"'
            )
        name, equals, value = word.removeprefix("--").partition("=")
        given = value if equals else next(rest, None)
        if given is None:
            raise click.UsageError(f"--{name} needs a value")
        if name in values:
            raise click.UsageError(f"--{name} is given twice")
        values[name] = given
    return values


def _complete_question(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - only to complete

    return [q.name for q in KnowledgeGraph.questions() if q.name.startswith(begun)]


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    options_metavar="[--PARAMETER VALUE]… [OPTIONS]",
)
@click.argument("question", required=False, shell_complete=_complete_question)
@click.option("--format", "form", type=click.Choice(_ROW_FORMS), default="table",
              show_default=True, help="How to write the answer.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1, 1_000_000), help="Show at most so many rows.")
@click.option("--why", "with_why", is_flag=True,
              help="Say below the answer why each row is in it.")  # fmt: skip
@click.option("--show-sparql", is_flag=True, help="Write the query instead of its answer.")
@store_option
@click.pass_context
def ask(
    ctx: click.Context,
    question: str | None,
    form: str,
    limit: int | None,
    store: str | None,
    *,
    with_why: bool,
    show_sparql: bool,
) -> None:
    """Ask a stored question; without one, list them all.

    \b
    netkg ask
    netkg ask "drugs acting on mTORC2"
    netkg ask "what is mTORC2 made of" --format csv
    netkg ask drugs-acting-on --target mTORC2 --format md
    netkg ask "net effect of PTEN on mTORC1"

    Names may be labels, synonyms, ids or CURIEs, in any spelling. Every row names its sources;
    csv, tsv and json carry IRIs and the claims behind each row as well.
    """
    if question is None:
        _list_questions()
        return
    graph = open_graph(store)
    values = read_values(ctx.args)
    if with_why and not show_sparql:
        _explain_rows(graph, question, values, form, limit)
        return
    text = graph.prepare(question, **values)
    if show_sparql:
        click.echo(text, nl=False)
        return
    if limit:
        text += f"LIMIT {limit}\n"
    if form in {"csv", "tsv", "json"}:
        _write(graph.run_answer(text, form))
        return
    rows = graph.run(text)
    if not rows:
        say("no row: nothing in the graph answers this")
        return
    _show(rows, form)
    shown = "row" if len(rows) == 1 else "rows"
    cut = f"; --limit {limit} may have cut more" if limit == len(rows) else ""
    say(f"{len(rows)} {shown}{cut}")


def _explain_rows(
    graph: KnowledgeGraph, question: str, values: dict[str, str], form: str, limit: int | None
) -> None:
    """Write an answer with the proof of each row below it."""
    if form not in {"table", "md", "json"}:
        raise click.UsageError(f"--why cannot be written as {form}; use table, md or json")
    reasons = graph.why_rows(question, "", limit or 0, PROOFS_SHOWN, **values)
    if form == "json":
        click.echo(reasons.as_json())
        return
    if not reasons:
        say("no row: nothing in the graph answers this")
        return
    answer = [one.row for one in reasons.rows]
    _show(Rows(tuple(answer[0]), [[*map(Cell, row.values())] for row in answer]), form)
    click.echo()
    click.echo(reasons.as_markdown() if form == "md" else reasons.as_text(), nl=False)
    say(f"{len(reasons.rows)} rows, each with its proofs")


def _read_query(query: str) -> str:
    """Read a query from the word itself, a file, or standard input."""
    if query == "-":
        try:
            return sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise QuerySyntaxError(f"standard input is not UTF-8: {error}") from error
    path = Path(query)
    try:
        is_file = path.is_file()
    except OSError:
        is_file = False
    if not is_file:
        if query.endswith((".rq", ".sparql")):
            raise click.UsageError(f"there is no file {query}")
        return query
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise QuerySyntaxError(f"{query} is not UTF-8: {error}") from error


@click.command()
@click.argument("query")
@click.option("--format", "form", type=click.Choice([*_ROW_FORMS, *_OTHER_FORMS]),
              help="How to write the answer; a table, or Turtle for triples.")  # fmt: skip
@store_option
def sparql(query: str, form: str | None, store: str | None) -> None:
    """Run read-only SPARQL 1.1: a text, a file, or - for standard input.

    \b
    netkg sparql "SELECT ?drug WHERE { ?drug a nkg:Rapalog }"
    netkg sparql query.rq --format csv
    netkg sparql - --format turtle < construct.rq

    The prefixes of netkg (nkg, entity, claim, rdfs, skos, prov, …) need no declaration. The default
    graph holds everything; GRAPH picks a part, such as graph:zanini2020 or graph:inferred.
    """
    text = _read_query(query)
    graph = open_graph(store)
    if form in {None, "table", "md"}:
        rows = graph.sparql_rows(text)
        if isinstance(rows, Rows):
            _show(rows, form or "table")
        else:
            _write(rows)
        return
    _write(graph.sparql_answer(text, str(form)))


@click.command()
@click.argument("entity")
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text",
              show_default=True, help="How to write it.")  # fmt: skip
@store_option
def describe(entity: str, form: str, store: str | None) -> None:
    """Show all that is known about an entity, with the evidence.

    \b
    netkg describe mTORC2
    netkg describe RAD001
    netkg describe CHEBI:68478 --format md
    """
    description = open_graph(store).describe(entity)
    if form == "json":
        click.echo(description.as_json())
    elif form == "md":
        click.echo(description.as_markdown(), nl=False)
    else:
        click.echo(description.as_text(), nl=False)
