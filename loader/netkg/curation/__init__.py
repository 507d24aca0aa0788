"""Curation: the tables of graphs/ become frozen records, or findings that say what to mend.

In: folders shaped like `graphs/` and the ontology's vocabulary. Out: a `Curation`.
Refuses to hand on a row with a bad cell; all findings of a run are given together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from netkg.curation.checks import (
    find_cycles,
    find_duplicate_ids,
    find_duplicate_labels,
    find_duplicate_rows,
    find_unsorted,
    find_wrong_locators,
)
from netkg.curation.claim_tables import SECTIONS
from netkg.curation.entity_tables import LINK_TABLES
from netkg.curation.folders import find_files
from netkg.curation.records import Context, Record, read_record
from netkg.curation.tables import RawRow, TableFile, read_table
from netkg.curation.wording import find_wording_errors
from netkg.findings import Finding, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netkg.ontology import Vocabulary

__all__ = ["Curation", "Record", "read_graphs"]


@dataclass(frozen=True, slots=True)
class Curation:
    """Everything curated, checked.

    Attributes:
        entities: The registry's rows.
        links: The rows that say something about an entity: identifiers, printed forms, members.
        sections: The sections of all sources.
        claims: The claims of all sources.
        rdf: RDF files by source, as pairs of path and name.
        findings: All that is wrong.
    """

    entities: Sequence[Record]
    links: Sequence[Record]
    sections: Sequence[Record]
    claims: Sequence[Record]
    rdf: Mapping[str, Sequence[tuple[str, str]]]
    findings: Sequence[Finding]


def _read_all(files: Sequence[TableFile], findings: list[Finding]) -> list[RawRow]:
    return [row for file in files for row in read_table(file, findings)]


def _kind(row: RawRow) -> str:
    return row.cells.get("class") or row.file.table.node_class


def _records(
    rows: Sequence[RawRow], source: str, context: Context, findings: list[Finding]
) -> list[Record]:
    read = (read_record(row, source, context, findings) for row in rows)
    return [record for record in read if record]


def _read_source(
    source: str, files: Sequence[TableFile], context: Context, findings: list[Finding]
) -> tuple[list[Record], list[Record]]:
    """Read one source's tables: its sections and its claims."""
    rows = _read_all(files, findings)
    section_rows = [row for row in rows if row.file.table is SECTIONS]
    claim_rows = [row for row in rows if row.file.table is not SECTIONS]
    findings += find_duplicate_ids(section_rows) + find_duplicate_ids(claim_rows)
    findings += find_unsorted(rows)
    context = replace(context, sections=frozenset(row.cells["id"] for row in section_rows))
    return (
        _records(section_rows, source, context, findings),
        _records(claim_rows, source, context, findings),
    )


def read_graphs(folders: list[str], vocabulary: Vocabulary) -> Curation:
    """Read and check everything curated.

    Args:
        folders: Folders with `entities/` and a folder for each source.
        vocabulary: The ontology's classes and closed lists.

    Returns:
        The records, with every finding; records of bad rows are left out.

    Raises:
        DataNotFoundError: A folder does not exist.
    """
    findings: list[Finding] = []
    files = find_files(folders, findings)
    rows = _read_all(files.entities, findings)
    entity_rows = [row for row in rows if row.file.table not in LINK_TABLES]
    link_rows = [row for row in rows if row.file.table in LINK_TABLES]
    findings += find_duplicate_ids(entity_rows) + find_duplicate_labels(entity_rows)
    for table in LINK_TABLES:
        findings += find_duplicate_ids([row for row in link_rows if row.file.table is table])
    findings += find_unsorted(rows)
    context = Context(
        vocabulary,
        kinds={row.cells["id"]: _kind(row) for row in entity_rows},
        ids_by_label={row.cells["label"]: row.cells["id"] for row in entity_rows},
    )
    entities = _records(entity_rows, "", context, findings)
    findings += find_cycles(entities)
    lengths = {
        entity.id: int(entity.text("rendition_characters"))
        for entity in entities
        if entity.kind == "Source"
    }
    sections: list[Record] = []
    claims: list[Record] = []
    for source, source_files in sorted(files.sources.items()):
        if context.kinds.get(source) != "Source":
            findings.append(
                Finding(
                    "unknown-source",
                    f"the folder {source!r} is no source; add a row {source!r} to "
                    "entities/sources.tsv, with the text's hash and length",
                    Where(source_files[0].name if source_files else source),
                )
            )
            continue
        found_sections, found_claims = _read_source(source, source_files, context, findings)
        sections += found_sections
        claims += found_claims
    by_name = {(section.source, section.id): section for section in sections}
    findings += find_wrong_locators(claims, by_name, lengths)
    links = _records(link_rows, "", context, findings)
    findings += find_duplicate_rows(claims)
    findings += find_wording_errors(claims, entities, links)
    return Curation(entities, links, sections, claims, files.rdf, findings)
