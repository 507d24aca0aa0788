"""The commands that explain: `why` and `why-not`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from netkg.cli.asking import open_graph, read_values
from netkg.cli.messages import say
from netkg.cli.options import PROOFS_SHOWN, store_option

if TYPE_CHECKING:
    from netkg.explain.report import Why

__all__ = ["why", "why_not"]

_WORDS_OF_A_TRIPLE = 3
_WORDS_OF_A_ROW = 2


def _show_why(reasons: Why, form: str, most: int | None) -> None:
    """Write an explanation to standard output."""
    match form:
        case "json":
            click.echo(reasons.as_json())
        case "turtle":
            click.echo(reasons.as_turtle(), nl=False)
        case "md":
            click.echo(reasons.as_markdown(most), nl=False)
        case _:
            click.echo(reasons.as_text(most), nl=False)


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    options_metavar="[--PARAMETER VALUE]… [OPTIONS]",
)
@click.argument("words", nargs=-1, required=True, metavar="SUBJECT PREDICATE OBJECT")
@click.option("--format", "form", type=click.Choice(["text", "md", "json", "turtle"]),
              default="text", show_default=True,
              help="How to write it; turtle is PROV-O.")  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Write out every proof, not three of each.")
@store_option
@click.pass_context
def why(
    ctx: click.Context, words: tuple[str, ...], form: str, store: str | None, *, every: bool
) -> None:
    """Explain why a fact holds, or why something is in an answer.

    \b
    netkg why everolimus inhibits mTORC1
    netkg why everolimus a "rapalog drug"
    netkg why "drugs acting on mTORC2" sapanisertib
    netkg why drugs-acting-on sapanisertib --target mTORC2 --format md

    Each proof goes down to the claims of the sources, with locator; the shortest comes first. With
    two words, the first is a stored question and the second an entity in its answer.
    """
    words, values = _split(words, ctx.args)
    graph = open_graph(store)
    most = None if every else PROOFS_SHOWN
    if len(words) == _WORDS_OF_A_TRIPLE:
        reasons = graph.why(*words)
        _show_why(reasons, form, most)
        if not reasons:
            say("no proof: the graph does not hold this; if a question asks it, try netkg why-not")
            ctx.exit(1)
        return
    if len(words) != _WORDS_OF_A_ROW:
        raise click.UsageError(
            "give SUBJECT PREDICATE OBJECT, or a question and an entity; "
            'put names of several words in quotes: netkg why everolimus a "rapalog drug"'
        )
    reasons = graph.why_rows(words[0], words[1], 0, most, **values)
    if not reasons:
        say(f'{words[1]} is in no row of the answer; try: netkg why-not "{words[0]}" "{words[1]}"')
        ctx.exit(1)
    _show_why(reasons, form, most)


def _split(words: tuple[str, ...], rest: list[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Tell the words from the parameters of a question."""
    every = [*words, *rest]
    first = next((at for at, word in enumerate(every) if word.startswith("--")), len(every))
    return tuple(every[:first]), read_values(every[first:])


@click.command(
    "why-not",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    options_metavar="[--PARAMETER VALUE]… [OPTIONS]",
)
@click.argument("words", nargs=-1, required=True, metavar="QUESTION ENTITY")
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text",
              show_default=True, help="How to write it.")  # fmt: skip
@store_option
@click.pass_context
def why_not(ctx: click.Context, words: tuple[str, ...], form: str, store: str | None) -> None:
    """Explain why something is no answer to a stored question.

    \b
    netkg why-not "drugs acting on mTORC2" everolimus
    netkg why-not "what is mTORC2 made of" raptor
    netkg why-not drugs-acting-on everolimus --target mTORC2

    Says which condition fails, what holds instead, what comes nearest, denied and hypothesised
    claims too, and which row in the tables would change the answer.
    """
    words, values = _split(words, ctx.args)
    if len(words) != _WORDS_OF_A_ROW:
        raise click.UsageError(
            'give a question and an entity: netkg why-not "drugs acting on mTORC2" everolimus'
        )
    reasons = open_graph(store).why_not(words[0], words[1], **values)
    written = {"json": reasons.as_json, "md": reasons.as_markdown}.get(form, reasons.as_text)()
    click.echo(written, nl=form == "json")
    if reasons.answers:
        ctx.exit(1)
