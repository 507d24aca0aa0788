"""The commands of a curator: `build`, `check`, `audit`, `quotes` and `locate`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from netkg.cli.messages import Progress, say, say_findings
from netkg.cli.options import store_option
from netkg.findings import Finding, count_errors

__all__ = ["audit", "build", "check", "locate", "quotes"]

_GRAPHS = click.option(
    "--graphs", multiple=True, metavar="DIR", type=click.Path(),
    help="A folder shaped like graphs/, read instead of the shipped one; may be given twice.",
)  # fmt: skip


@click.command()
@_GRAPHS
@click.option("--output", metavar="DIR", type=click.Path(),
              help="Where to put the store; else the user's cache.")  # fmt: skip
def build(graphs: tuple[str, ...], output: str | None) -> None:
    """Build the store from the curated tables.

    The old store answers until the new one is whole, and stays if the tables have errors.

    \b
    netkg build
    netkg build --output ./store
    netkg build --graphs ./my-graphs --output ./my-store
    """
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - after the words are parsed

    with Progress() as progress:
        place, built = KnowledgeGraph.build_at(graphs, output=output, progress=progress)
    for finding in built.findings:
        say(f"{finding.severity.value}: {finding} [{finding.code}]")
    say(f"{built.claims} claims about {built.entities} entities; the store is {place}")


def _split_paths(paths: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Tell folders shaped like `graphs/` from paths that only narrow down what is shown."""
    roots = [path for path in paths if os.path.isdir(os.path.join(path, "entities"))]
    return roots, [path for path in paths if path not in roots]


def _read_folders(roots: list[str]) -> list[str]:
    """Give the folders a check reads: those given, or the shipped ones."""
    from netkg.paths import data_folder  # noqa: PLC0415 - after the words are parsed

    data = data_folder()
    graphs = roots or [os.path.join(data, "graphs")]
    return [*graphs, os.path.join(data, "ontology"), os.path.join(data, "queries")]


def _place(finding: Finding, folders: list[str]) -> str:
    """Give the absolute path of the file a finding is about; empty when it has none."""
    shown = finding.where.file if finding.where else ""
    for folder in folders:
        root = os.path.realpath(folder)
        if shown.startswith(os.path.basename(root) + "/"):
            return os.path.join(os.path.dirname(root), shown)
    return ""


def _narrow(
    findings: list[Finding], paths: list[str], folders: list[str]
) -> tuple[list[Finding], int]:
    """Keep the findings about some paths, and count the errors elsewhere."""
    if not paths:
        return findings, 0
    wanted = [os.path.realpath(path) for path in paths]
    roots = [os.path.realpath(folder) for folder in folders]
    for path, given in zip(wanted, paths, strict=True):
        if not any(_within(path, root) or _within(root, path) for root in roots):
            raise click.UsageError(
                f"{given} is none of the files that are read; they are in {', '.join(roots)}"
            )
    kept = [f for f in findings if any(_within(_place(f, folders), path) for path in wanted)]
    return kept, count_errors(f for f in findings if f not in kept)


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True))
@click.option("--reasoner", type=click.Choice(["hermit"]), help="Have HermiT judge; needs Java.")
@click.option("--sources", metavar="DIR", type=click.Path(),
              help="Verify the locators too, against the texts in this folder.")  # fmt: skip
def check(paths: tuple[str, ...], reasoner: str | None, sources: str | None) -> None:
    """Check the tables, the shapes, the ontology and all that follows; show every finding.

    \b
    netkg check
    netkg check graphs/zanini2020/regulation.tsv
    netkg check ./my-graphs
    netkg check --reasoner hermit --sources ../texts

    Exit code 1 when there are errors. docs/findings.md explains the codes.
    """
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - after the words are parsed

    roots, narrowing = _split_paths(paths)
    with Progress() as progress:
        findings = KnowledgeGraph.check(roots, reasoner=reasoner or "", progress=progress)
        if sources:
            progress("verifying locators")
            known = set(findings)
            found = KnowledgeGraph.verify_quotes(sources, roots)[1]
            findings += [finding for finding in found if finding not in known]
    folders = _read_folders(roots)
    shown, elsewhere = _narrow(findings, narrowing, folders)
    say_findings(shown)
    errors = count_errors(shown)
    if len(roots) == 1 and any(finding.code == "unknown-entity" for finding in shown):
        shipped = os.path.join(os.path.dirname(folders[-2]), "graphs")
        if os.path.realpath(shipped) != os.path.realpath(roots[0]):
            say(f"entities of the shipped registry are known when it is read too: {shipped}")
    say(f"{errors} errors, {len(shown) - errors} other findings in {', '.join(folders[:-2])}")
    if elsewhere:
        say(f"{elsewhere} errors elsewhere, which may have kept later stages from running")
    sys.exit(1 if errors or elsewhere else 0)


@click.command()
@click.argument("source", required=False)
@_GRAPHS
@store_option
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text",
              show_default=True, help="How to write it.")  # fmt: skip
def audit(source: str | None, graphs: tuple[str, ...], store: str | None, form: str) -> None:
    """Report what the literature gets wrong or disputes, of one source or of all.

    \b
    netkg audit
    netkg audit zanini2020
    netkg audit --graphs ./my-graphs --format md
    netkg audit --store ./store

    Numbers that do not add up come with the check behind them and how sure it is: certain, likely,
    worth a look, or explained by rounding or a one-sided test. What is found is about the papers,
    not about the tables, so the exit code is 0 all the same.
    """
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - after the words are parsed

    if graphs and store:
        raise click.UsageError("give --graphs or --store, not both")
    with Progress() as progress:
        graph = (
            KnowledgeGraph.of_tables(graphs, progress)
            if graphs
            else KnowledgeGraph.open(store, progress=progress)
        )
    report = graph.audit(source or "")
    written = {"text": report.as_text, "md": report.as_markdown, "json": report.as_json}
    click.echo(written[form]())
    say(report.counts())


@click.command()
@click.option("--sources", required=True, metavar="DIR", type=click.Path(),
              help="The folder of the papers' texts; they are known by their hashes.")  # fmt: skip
@_GRAPHS
def quotes(sources: str, graphs: tuple[str, ...]) -> None:
    """Resolve and verify every locator against the papers' text.

    \b
    netkg quotes --sources ../texts

    Exit code 1 when a locator does not fit.
    """
    from netkg.kg import KnowledgeGraph  # noqa: PLC0415 - after the words are parsed

    verified, findings = KnowledgeGraph.verify_quotes(sources, graphs)
    say_findings(findings)
    errors = count_errors(findings)
    say(f"{verified} locators verified, {errors} errors")
    sys.exit(1 if errors else 0)


@click.command()
@click.option("--source", "file", required=True, metavar="FILE",
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="The source's text, as UTF-8.")  # fmt: skip
@click.option("--whole", is_flag=True, help="Give the hash and the length of the whole text.")
@click.argument("passage", required=False)
def locate(file: Path, passage: str | None, *, whole: bool) -> None:
    """Turn a pasted passage into a locator: start, end and span_sha256, with tabs between.

    \b
    netkg locate --source paper.txt "the words the claim rests on"
    netkg locate --source paper.txt < passage.txt
    netkg locate --source paper.txt --whole

    Line breaks, white space and hyphens do not matter; the passage must occur only once.
    """
    from netkg.curation.locators import (  # noqa: PLC0415 - only for this
        find_passage,
        read_source_text,
        span_digest,
    )

    if whole:
        text = read_source_text(file)
        click.echo(f"{span_digest(text, 0, len(text))}\t{len(text)}")
        return
    words = passage if passage is not None else sys.stdin.read()
    found = find_passage(read_source_text(file), words)
    click.echo(f"{found.start}\t{found.end}\t{found.span_sha256}")
