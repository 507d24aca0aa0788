"""Writes what is made from declarations: reference pages and the JSON-LD context.

Run it as `python docs/make.py` after changing a table, a finding's code, a question's header or a
property of the ontology; a test compares what is committed with what this would write.
"""

from __future__ import annotations

from pathlib import Path

from netkg import KnowledgeGraph
from netkg.curation.claim_tables import CLAIM_TABLES, COMMON_COLUMNS, SECTIONS
from netkg.curation.entity_tables import ENTITY_TABLES, LINK_TABLES
from netkg.curation.schema import Column, Kind, Table
from netkg.export.context import make_context
from netkg.findings import CODES
from netkg.ontology import read_ontology, read_vocabulary
from netkg.outside_terms import OUTSIDE_TERMS
from netkg.paths import data_folder

__all__ = ["PAGES"]

_MADE = "<!-- made by docs/make.py; do not edit -->\n"


def _takes(column: Column) -> str:
    what = column.kind.value
    if column.range:
        what += f": `{column.range}`"
    return what + (", several joined by `\\|`" if column.many else "")


def _rows(columns: tuple[Column, ...]) -> list[str]:
    lines = ["| column | takes | needed | meaning |", "| --- | --- | --- | --- |"]
    lines += [
        f"| `{c.name}` | {_takes(c)} | {'yes' if c.required else ''} | {c.doc} |" for c in columns
    ]
    return lines


def _table(table: Table, columns: tuple[Column, ...]) -> list[str]:
    kind = f" Each row is a `{table.node_class}`." if table.node_class else ""
    return [f"### {table.name}.tsv", "", f"Begins with `id`.{kind}", "", *_rows(columns), ""]


def tables_page() -> str:
    """Describe every table and column, and the words of every closed list."""
    lines = [_MADE, "# Tables and columns", ""]
    lines += ["UTF-8, tabs between cells, one header line, rows sorted by `id`, no quoting.", ""]
    lines += ["## The registry: graphs/entities/", ""]
    for table in (*ENTITY_TABLES, *LINK_TABLES):
        lines += _table(table, table.columns)
    lines += ["## A source: graphs/&lt;source&gt;/", ""]
    lines += _table(SECTIONS, SECTIONS.columns)
    lines += ["### Columns of every claim", ""]
    lines += ["`start`, `end` and `span_sha256` are needed too.", "", *_rows(COMMON_COLUMNS), ""]
    for table in CLAIM_TABLES:
        lines += _table(table, table.columns[: -len(COMMON_COLUMNS)])
    lines += ["## Terms of others: ontology/", ""]
    lines += _table(OUTSIDE_TERMS, OUTSIDE_TERMS.columns)
    lines += ["## Closed lists", "", "| list | words |", "| --- | --- |"]
    vocabulary = read_vocabulary(read_ontology(f"{data_folder()}/ontology"))
    used = {
        column.range
        for table in (*ENTITY_TABLES, *LINK_TABLES, *CLAIM_TABLES)
        for column in table.columns
        if column.kind is Kind.TERM
    }
    for name in sorted(used):
        words = ", ".join(f"`{word}`" for word in sorted(vocabulary.terms[name]))
        lines.append(f"| `{name}` | {words} |")
    return "\n".join(lines) + "\n"


def findings_page() -> str:
    """Explain every finding's code."""
    lines = [_MADE, "# Findings", ""]
    lines += ["`netkg check` ends each finding with its code.", ""]
    lines += ["| code | meaning |", "| --- | --- |"]
    lines += [f"| `{code}` | {meaning} |" for code, meaning in sorted(CODES.items())]
    return "\n".join(lines) + "\n"


def questions_page() -> str:
    """Describe every stored question."""
    lines = [_MADE, "# Stored questions", ""]
    for question in KnowledgeGraph.questions():
        lines += [f"## {question.name}", "", f"`{question.template}`", "", question.description, ""]
        lines += [
            f"- `--{p.name}`: {' or '.join(p.type.split())}, for example `{p.example}`"
            + ("" if p.required else "; may be left out")
            for p in question.parameters
        ]
        lines += ["", "| column | meaning |", "| --- | --- |"]
        lines += [f"| `{name}` | {meaning} |" for name, meaning in question.columns.items()]
        lines.append("")
    return "\n".join(lines)


def context_file() -> str:
    """Write the JSON-LD context."""
    return make_context(read_ontology(f"{data_folder()}/ontology"))


PAGES = {
    "tables.md": tables_page,
    "findings.md": findings_page,
    "questions.md": questions_page,
    "../ontology/context.jsonld": context_file,
}
"""Each page's file name and what writes it."""

if __name__ == "__main__":
    for page, write in PAGES.items():
        (Path(__file__).parent / page).write_text(write(), "utf-8")
