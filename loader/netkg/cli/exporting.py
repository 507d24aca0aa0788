"""The command that writes the graph as files: `export`."""

from __future__ import annotations

import click

from netkg.cli.messages import Progress, say
from netkg.cli.options import store_option
from netkg.errors import BadParameterError

__all__ = ["export"]


def _list_formats() -> None:
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - after the words are parsed

    formats = KnowledgeGraph.export_formats()
    name_width = max(len(form.name) for form in formats)
    file_width = max(len(form.file) for form in formats)
    for form in formats:
        click.echo(f"{form.name:{name_width}}  {form.file:{file_width}}  {form.summary}")


def _complete_format(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - only to complete

    return [form.name for form in KnowledgeGraph.export_formats() if form.name.startswith(begun)]


def _check_words(form: str, output: str | None) -> None:
    """Refuse what cannot work before a store is opened or built."""
    from netkg.export.formats import find_format  # noqa: PLC0415 - after the words are parsed

    if find_format(form).is_folder and not output:
        raise BadParameterError(f"{form} is a folder of files; say where with --output FOLDER")


@click.command()
@click.argument("form", metavar="FORMAT", required=False, shell_complete=_complete_format)
@click.option("--output", metavar="PATH", type=click.Path(),
              help="A file, or a folder if the format is one; else standard output.")  # fmt: skip
@click.option("--list", "listing", is_flag=True, help="List the formats and what each is for.")
@store_option
def export(form: str | None, output: str | None, store: str | None, *, listing: bool) -> None:
    """Write the graph as linked data; without a format, list them all.

    \b
    netkg export
    netkg export turtle --output netkg.ttl
    netkg export nq | gzip > netkg.nq.gz
    netkg export nq --store https://example.org/sparql --output dump.nq

    A file appears whole or not at all, and two exports of one graph have the same bytes.
    """
    if listing or form is None:
        _list_formats()
        return
    _check_words(form, output)
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - after the words are parsed

    with Progress() as progress:
        graph = KnowledgeGraph.open(store, progress=progress)
        progress(f"writing {form}")
        files = graph.export(form, output or "")
    if not output:
        click.echo(next(iter(files.values())), nl=False)
        return
    size = sum(map(len, files.values()))
    count = "1 file" if len(files) == 1 else f"{len(files)} files"
    say(f"wrote {count}, {size:,} bytes, to {output}")
