"""Verifies locators against the sources' text, for whoever holds it.

In: the tables and a folder of texts. Out: how many locators fit, and findings for those that do
not. Refuses a folder that holds none of the texts; a text is known by its hash, not its name.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from netkg.copying import find_copied_words, runs_of
from netkg.curation import read_graphs
from netkg.curation.locators import read_source_text, span_digest
from netkg.errors import CurationError, DataNotFoundError, LocatorError
from netkg.findings import Finding, Severity
from netkg.number_gate import find_foreign_numbers
from netkg.ontology import read_ontology, read_vocabulary
from netkg.silence import find_silent_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from netkg.copying import Runs
    from netkg.curation import Curation, Record

__all__ = ["verify_quotes"]


def find_texts(curation: Curation, folder: str) -> dict[str, str]:
    """Find each source's text in a folder by the hash of its bytes.

    Args:
        curation: Whose sources to look for.
        folder: The folder that holds the texts.

    Raises:
        DataNotFoundError: There is no such folder.
    """
    if not os.path.isdir(folder):
        raise DataNotFoundError(f"{folder} is not a folder; give the folder of the papers' texts")
    by_digest = {
        entity.text("rendition_sha256"): entity.id
        for entity in curation.entities
        if entity.kind == "Source"
    }
    texts = {}
    for path in sorted(Path(folder).iterdir()):
        if path.is_file():
            source = by_digest.get(hashlib.sha256(path.read_bytes()).hexdigest())
            if source:
                texts[source] = read_source_text(path)
    return texts


def _verify(claim: Record, text: str, runs: Runs) -> Iterable[Finding]:
    if "start" not in claim.values or "end" not in claim.values:
        return
    start, end = int(claim.text("start")), int(claim.text("end"))
    try:
        digest = span_digest(text, start, end)
    except LocatorError as error:
        yield Finding("bad-offset", str(error), claim.row.at("start"))
        return
    if digest != claim.text("span_sha256"):
        yield Finding(
            "bad-hash",
            f"the hash does not fit the text at {start}-{end}; locate the passage again with "
            "'netkg locate'",
            claim.row.at("span_sha256"),
        )
        return
    if claim.source:
        yield from find_foreign_numbers(claim, text)
        yield from find_copied_words(claim, runs)


def verify_quotes(
    data: str, graphs: Sequence[str], sources_folder: str
) -> tuple[int, list[Finding]]:
    """Resolve every locator against the papers' text.

    Args:
        data: The folder that holds `ontology` and `graphs`.
        graphs: Folders of curated graphs, read instead of its `graphs`.
        sources_folder: The folder of the texts.

    Returns:
        How many locators fit, and a finding for each that does not. A source whose text is not
        there is a warning.

    Raises:
        CurationError: The tables have errors.
        DataNotFoundError: The folder holds none of the texts.
    """
    folders = list(graphs) or [os.path.join(data, "graphs")]
    vocabulary = read_vocabulary(read_ontology(os.path.join(data, "ontology")))
    curation = read_graphs(folders, vocabulary)
    errors = [finding for finding in curation.findings if finding.severity is Severity.ERROR]
    located = [
        *curation.claims,
        *(link for link in curation.links if link.table.name in {"gaps", "printed"}),
    ]
    texts = find_texts(curation, sources_folder)
    if errors and not located:
        raise CurationError("\n".join(map(str, errors)))
    if not texts:
        raise DataNotFoundError(
            f"{sources_folder} holds none of the sources' texts; they are known by the hashes in "
            "graphs/entities/sources.tsv"
        )
    findings = list(errors)
    runs = {source: runs_of(text) for source, text in texts.items()}
    verified = 0
    for record in located:
        source = record.source or record.text("source")
        if source in texts:
            wrong = list(_verify(record, texts[source], runs[source]))
            findings += wrong
            verified += not wrong
    findings += _absent(curation, texts)
    findings += find_silent_gaps(curation, texts)
    return verified, findings


def _absent(curation: Curation, texts: Mapping[str, str]) -> list[Finding]:
    return [
        Finding(
            "unknown-source",
            f"the text of {source} is not there, so its locators were not verified",
            severity=Severity.WARNING,
        )
        for source in sorted({claim.source for claim in curation.claims} - set(texts))
    ]
