"""Finds the files of graphs/: which table each one is, and what nobody reads.

In: one or more folders shaped like `graphs/`. Out: `TableFile`s and RDF files by source.
Refuses to pass over a file: what has no reader is a finding.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from netkg.curation.claim_tables import CLAIM_TABLES, SECTIONS
from netkg.curation.entity_tables import ENTITY_TABLES, LINK_TABLES
from netkg.curation.tables import TableFile
from netkg.errors import DataNotFoundError
from netkg.findings import Finding, Where
from netkg.suggest import did_you_mean

__all__ = ["GraphFiles", "find_files"]

ENTITIES_FOLDER = "entities"

_ENTITY_TABLES = {table.name: table for table in (*ENTITY_TABLES, *LINK_TABLES)}
_SOURCE_TABLES = {table.name: table for table in (SECTIONS, *CLAIM_TABLES)}
_RDF_SUFFIXES = (".ttl", ".trig")
_DOC_SUFFIXES = (".md", ".txt")


@dataclass(slots=True)
class GraphFiles:
    """The files of one or more graphs folders.

    Attributes:
        entities: The registry's tables.
        sources: Each source's tables.
        rdf: Each source's RDF files, as pairs of path and name.
    """

    entities: list[TableFile] = field(default_factory=list)
    sources: dict[str, list[TableFile]] = field(default_factory=dict)
    rdf: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def _visible(folder: str) -> list[str]:
    return sorted(name for name in os.listdir(folder) if not name.startswith((".", "~")))


def _sort_file(
    files: GraphFiles, folder: str, name: str, shown: str, findings: list[Finding]
) -> None:
    path = os.path.join(folder, name)
    source = os.path.basename(folder)
    stem, suffix = os.path.splitext(name)
    registry = source == ENTITIES_FOLDER
    tables = _ENTITY_TABLES if registry else _SOURCE_TABLES
    if suffix == ".tsv" and stem in tables:
        target = files.entities if registry else files.sources[source]
        target.append(TableFile(path, shown, tables[stem]))
    elif suffix in _RDF_SUFFIXES:
        files.rdf.setdefault(source, []).append((path, shown))
    elif suffix not in _DOC_SUFFIXES:
        hint = did_you_mean(stem, tables) or f"the tables are: {', '.join(sorted(tables))}"
        findings.append(Finding("unknown-file", f"nobody reads this file; {hint}", Where(shown)))


def find_files(folders: list[str], findings: list[Finding]) -> GraphFiles:
    """Find the files of graphs folders.

    Args:
        folders: Folders with `entities/` and a folder for each source, as in `graphs/`.
        findings: Receives what nobody reads.

    Raises:
        DataNotFoundError: A folder does not exist or is not a folder.
    """
    files = GraphFiles()
    for root in folders:
        if not os.path.isdir(root):
            raise DataNotFoundError(
                f"{root} is not a folder; give a folder with entities/ and one folder a source"
            )
        base = os.path.basename(os.path.normpath(root))
        for entry in _visible(root):
            folder = os.path.join(root, entry)
            if not os.path.isdir(folder):
                if not entry.endswith(_DOC_SUFFIXES):
                    findings.append(
                        Finding(
                            "unknown-file",
                            "nobody reads a file here; put it into a source's folder",
                            Where(f"{base}/{entry}"),
                        )
                    )
                continue
            if entry != ENTITIES_FOLDER:
                files.sources.setdefault(entry, [])
            for name in _visible(folder):
                _sort_file(files, folder, name, f"{base}/{entry}/{name}", findings)
    return files
