"""A curator's mistakes are all found, named with file, line and column, and said how to mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from netkg.curation import Curation, read_graphs
from netkg.curation.claim_tables import CLAIM_TABLES
from netkg.curation.entity_tables import ENTITY_TABLES, LINK_TABLES
from netkg.findings import Finding
from netkg.ontology import Vocabulary, read_ontology
from netkg.paths import data_folder


def read(graphs: Path, vocabulary: Vocabulary) -> Curation:
    return read_graphs([str(graphs)], vocabulary)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def cell(path: Path, row_id: str, column: str, value: str) -> None:
    """Put a value into one cell of a table."""
    lines = path.read_text("utf-8").split("\n")
    header = lines[0].split("\t")
    for number, line in enumerate(lines):
        cells = line.split("\t")
        if cells[0] == row_id:
            cells[header.index(column)] = value
            lines[number] = "\t".join(cells)
            path.write_text("\n".join(lines), "utf-8")
            return
    pytest.fail(f"no row {row_id}")


def only(curation: Curation) -> Finding:
    assert len(curation.findings) == 1, [str(finding) for finding in curation.findings]
    return curation.findings[0]


def test_the_made_up_tables_are_right(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    curation = read(mini_graphs, vocabulary)
    assert list(curation.findings) == []
    assert len(curation.claims) == 8


BROKEN_CELLS = [
    ("target", "mTORC3", "unknown-entity", "did you mean mTORC1, mTORC2?"),
    ("target", "net", "wrong-kind", "takes a MolecularEntity"),
    ("effect", "inhibit", "unknown-term", "did you mean inhibits?"),
    ("polarity", "", "empty-cell", "affirm"),
    ("start", "", "missing-locator", "netkg locate"),
    ("span_sha256", "", "missing-locator", "netkg locate"),
    ("start", "ten", "bad-number", "digits only"),
    ("end", "99999", "bad-offset", "outside the source paper2030"),
    ("end", "250", "bad-offset", "outside section abstract"),
    ("end", "1", "bad-offset", "not before end"),
    ("span_sha256", "abc", "bad-hash", "64 lower-case hexadecimal"),
    ("section", "discussion", "unknown-entity", "no section"),
    ("statement", "", "empty-cell", "own words"),
    ("id", "Not A Slug", "bad-id", "lower-case"),
]


@pytest.mark.parametrize(("column", "value", "code", "hint"), BROKEN_CELLS)
def test_a_broken_cell_is_named_with_its_place(
    mini_graphs: Path, vocabulary: Vocabulary, column: str, value: str, code: str, hint: str
) -> None:
    cell(mini_graphs / "paper2030/drug-actions.tsv", "zorolimus-inhibits-mtorc1", column, value)
    finding = next(f for f in read(mini_graphs, vocabulary).findings if f.code == code)
    assert str(finding).startswith(f"graphs/paper2030/drug-actions.tsv:5 {column}: ") or (
        code == "bad-offset" and ":5 " in str(finding)
    )
    assert hint in finding.message


def test_a_label_is_accepted_in_the_place_of_an_id(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    cell(mini_graphs / "paper2030/drug-actions.tsv", "torki-inhibits-mtorc1", "target", "mTORC1")
    assert not read(mini_graphs, vocabulary).findings


def test_an_unknown_column_is_refused(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    edit(mini_graphs / "paper2030/regulation.tsv", "residue", "residu")
    findings = read(mini_graphs, vocabulary).findings
    assert {f.code for f in findings} == {"unknown-column"}
    assert "did you mean 'residue'?" in str(findings[0])


def test_a_column_that_every_row_must_fill_may_not_be_left_out(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    edit(mini_graphs / "paper2030/regulation.tsv", "effect", "residue_")
    codes = {f.code for f in read(mini_graphs, vocabulary).findings}
    assert "missing-column" in codes


def test_an_identifier_must_look_like_one_of_its_prefix(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    path = mini_graphs / "entities/identifiers.tsv"
    first = path.read_text("utf-8").split("\n")[1].split("\t")[2]
    edit(path, first, first.partition(":")[0] + ":what-is-this")
    finding = only(read(mini_graphs, vocabulary))
    assert finding.code == "bad-curie"
    assert "which look like" in finding.message


def test_a_duplicate_id_names_both_places(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    path = mini_graphs / "paper2030/regulation.tsv"
    row = path.read_text("utf-8").split("\n")[1]
    path.write_text(path.read_text("utf-8") + row + "\n", "utf-8")
    finding = only(read(mini_graphs, vocabulary))
    assert finding.code == "duplicate-id"
    assert "graphs/paper2030/regulation.tsv:2" in finding.message


def test_a_duplicate_id_in_another_table_is_found(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    cell(mini_graphs / "entities/families.tsv", "akt", "id", "mtor")
    codes = {finding.code for finding in read(mini_graphs, vocabulary).findings}
    assert "duplicate-id" in codes


def test_a_duplicate_label_is_found(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    cell(mini_graphs / "entities/families.tsv", "akt", "label", "MTOR")
    assert only(read(mini_graphs, vocabulary)).code == "duplicate-label"


def test_a_byte_that_is_not_utf8_is_named(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    path = mini_graphs / "entities/drugs.tsv"
    path.write_bytes(path.read_bytes().replace(b"ZR-1", b"ZR\xe9"))
    finding = next(f for f in read(mini_graphs, vocabulary).findings if f.code == "not-utf8")
    assert "0xe9" in finding.message
    assert finding.where is not None
    assert finding.where.line == 3


def test_a_spreadsheets_bom_and_crlf_are_accepted(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    path = mini_graphs / "entities/drugs.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert not read(mini_graphs, vocabulary).findings


def test_an_empty_file_is_refused_with_the_header_it_needs(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    (mini_graphs / "paper2030/derivations.tsv").write_text("", "utf-8")
    finding = only(read(mini_graphs, vocabulary))
    assert finding.code == "empty-file"
    assert "id derived parent means" in finding.message


def test_a_stray_cell_is_refused(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    edit(mini_graphs / "entities/drugs.tsv", "ZR-1", "ZR-1\tx\ty")
    assert "stray-cell" in {f.code for f in read(mini_graphs, vocabulary).findings}


def test_a_cycle_of_drug_classes_is_shown(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    cell(mini_graphs / "entities/drug-classes.tsv", "mtor-inhibitor", "broader", "torki")
    findings = read(mini_graphs, vocabulary).findings
    assert {finding.code for finding in findings} == {"cycle"}
    assert "mtor-inhibitor -> torki -> second-generation-mtor-inhibitor -> mtor-inhibitor" in (
        findings[0].message
    )


def test_rows_out_of_order_are_a_warning(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    path = mini_graphs / "entities/drugs.tsv"
    header, *rows = path.read_text("utf-8").strip().split("\n")
    path.write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
    assert only(read(mini_graphs, vocabulary)).severity.value == "warning"


def test_a_file_nobody_reads_is_refused(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    (mini_graphs / "paper2030/regulations.tsv").write_text("id\n", "utf-8")
    finding = only(read(mini_graphs, vocabulary))
    assert finding.code == "unknown-file"
    assert "did you mean regulation?" in finding.message


def test_a_folder_that_is_no_source_is_refused(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    (mini_graphs / "paper2031").mkdir()
    assert only(read(mini_graphs, vocabulary)).code == "unknown-source"


def test_all_findings_of_a_run_are_given_together(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    table = mini_graphs / "paper2030/drug-actions.tsv"
    cell(table, "zorolimus-inhibits-mtorc1", "target", "mTORC3")
    cell(table, "torki-inhibits-mtor", "effect", "nothing")
    cell(mini_graphs / "entities/drug-classes.tsv", "torki", "owl_class", "Nonsense")
    codes = sorted(finding.code for finding in read(mini_graphs, vocabulary).findings)
    assert codes == ["unknown-entity", "unknown-term", "unknown-term"]


def test_every_column_has_a_property_of_the_ontology(vocabulary: Vocabulary) -> None:
    ontology = read_ontology(f"{data_folder()}/ontology")
    declared = {str(subject) for subject in ontology.subjects()}
    tables = (*ENTITY_TABLES, *LINK_TABLES, *CLAIM_TABLES)
    assert len(tables) > 30
    for table in tables:
        for column in table.columns:
            if column.curie.startswith("nkg:") and table.name not in {"memberships", "identifiers"}:
                name = column.curie.removeprefix("nkg:")
                assert f"https://w3id.org/netkg/ontology#{name}" in declared, column
            if column.range:
                assert column.range in vocabulary.parents, column
