"""Terms and identifiers of others: listed, with the label that their source gives."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from netkg.curation import read_graphs
from netkg.errors import DataNotFoundError
from netkg.findings import Finding
from netkg.ontology import ALIGNMENTS, ONTOLOGY, Vocabulary, parse_turtle
from netkg.outside_terms import check_identifier_labels, check_outside_terms, read_outside_terms
from netkg.paths import data_folder
from netkg.vocab import expand_curie

TERMS = "outside-terms.tsv"


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    """Copy the ontology, so that a test may break it."""
    return Path(shutil.copytree(f"{data_folder()}/ontology", tmp_path / "ontology"))


def check(ontology: Path) -> list[Finding]:
    findings: list[Finding] = []
    listed = read_outside_terms(str(ontology), findings)
    graphs = {name: parse_turtle(str(ontology / name)) for name in (ONTOLOGY, ALIGNMENTS)}
    return findings + check_outside_terms(str(ontology), graphs, listed)


def edit(path: Path, old: str, new: str) -> int:
    """Replace a text that stands once; give the line it stands on."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def line_of(path: Path, start: str) -> int:
    (line,) = (
        n for n, text in enumerate(path.read_text("utf-8").split("\n"), 1) if text.startswith(start)
    )
    return line


def test_the_shipped_ontology_is_listed(ontology: Path) -> None:
    assert check(ontology) == []
    assert len((ontology / TERMS).read_text("utf-8").splitlines()) > 190


@pytest.mark.parametrize(
    ("file", "old", "new", "curie"),
    [
        (ALIGNMENTS, 'label "overall survival"', 'label "total survival"', "EFO:0000638"),
        (ONTOLOGY, 'rdfs:label "altLabel"', 'rdfs:label "other label"@en', "skos:altLabel"),
    ],
)
def test_a_label_that_differs_is_an_error_at_its_line(
    ontology: Path, file: str, old: str, new: str, curie: str
) -> None:
    line = edit(ontology / file, old, new)
    (finding,) = check(ontology)
    listed = line_of(ontology / TERMS, curie + "\t")
    assert finding.code == "outside-label"
    assert str(finding).startswith(f"ontology/{file}:{line} rdfs:label: {curie} is labelled")
    assert f"at ontology/{TERMS}:{listed} label, seen in " in finding.message


def test_a_label_that_is_mistyped_in_the_list_is_noticed_too(ontology: Path) -> None:
    edit(ontology / TERMS, "\toverall survival\t", "\toveral survival\t")
    (finding,) = check(ontology)
    assert finding.code == "outside-label"
    assert "'overall survival', but 'overal survival' at" in finding.message


@pytest.mark.parametrize(
    ("file", "new", "iri"),
    [
        (ALIGNMENTS, "efo:EFO_9999999", "http://www.ebi.ac.uk/efo/EFO_9999999"),
        (ONTOLOGY, "<http://purl.obolibrary.org/obo/STATO_0000203>", "obo/STATO_0000203"),
        (ONTOLOGY, "obo:STATO_0000203", "obo/STATO_0000203"),
    ],
)
def test_a_term_that_is_not_listed_is_an_error_at_its_line(
    ontology: Path, file: str, new: str, iri: str
) -> None:
    with (ontology / file).open("a", encoding="utf-8") as stream:
        stream.write(f"\n\nnkg:Drug skos:closeMatch {new} .\n")
    line = (ontology / file).read_text("utf-8").count("\n")
    (finding,) = check(ontology)
    assert finding.code == "unlisted-term"
    assert str(finding).startswith(f"ontology/{file}:{line}: ")
    assert iri in finding.message
    assert f"add it with the label you read there" in finding.message  # noqa: F541


def test_a_row_nobody_needs_is_an_error(ontology: Path) -> None:
    row = "zzz:1\thttp://example.org/zzz_1\tsleep\ta list"
    with (ontology / TERMS).open("a", encoding="utf-8") as stream:
        stream.write(row + "\n")
    (finding,) = check(ontology)
    assert finding.code == "unused-term"
    assert str(finding).startswith(f"ontology/{TERMS}:{line_of(ontology / TERMS, 'zzz:1')} iri: ")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda rows: [*rows, rows[-1]], "duplicate-id"),
        (lambda rows: [rows[0], *reversed(rows[1:])], "unsorted"),
        (lambda rows: [row.replace("\toverall survival\t", "\t\t") for row in rows], "empty-cell"),
        (lambda rows: [row.replace("EFO:0000638", "EFO:0000639") for row in rows], "bad-curie"),
        (lambda rows: [row.replace("seen_in", "seen") for row in rows], "missing-column"),
    ],
)
def test_a_wrong_table_is_reported(
    ontology: Path, change: Callable[[list[str]], list[str]], code: str
) -> None:
    path = ontology / TERMS
    path.write_text("\n".join(change(path.read_text("utf-8").splitlines())) + "\n", "utf-8")
    assert code in {finding.code for finding in check(ontology)}


def test_a_missing_table_is_said_to_be_missing(ontology: Path) -> None:
    (ontology / TERMS).unlink()
    with pytest.raises(DataNotFoundError, match=TERMS):
        check(ontology)


def test_an_identifier_is_labelled_alike_wherever_it_stands(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    path = mini_graphs / "entities/identifiers.tsv"
    row = path.read_text("utf-8").splitlines()[1].split("\t")
    assert len(row) >= 6
    again = ["zz-again", row[1], row[2], "MTOR (another)", "a second list", "close", ""]
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\t".join(again) + "\n")
    curation = read_graphs([str(mini_graphs)], vocabulary)
    (finding,) = check_identifier_labels(curation.links, {})
    assert finding.code == "outside-label"
    assert str(finding).startswith("graphs/entities/identifiers.tsv:3 id_label: HGNC:3942 is ")
    assert "at graphs/entities/identifiers.tsv:2 id_label" in finding.message


def test_an_identifier_that_is_also_a_term_of_the_ontology_is_labelled_as_there(
    ontology: Path, mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    path = mini_graphs / "entities/identifiers.tsv"
    row = path.read_text("utf-8").splitlines()[1].split("\t")
    edit(path, "\t".join(row[2:4]), "EFO:0000638\ttotal survival")
    curation = read_graphs([str(mini_graphs)], vocabulary)
    (finding,) = check_identifier_labels(curation.links, read_outside_terms(str(ontology), []))
    assert "'total survival', but 'overall survival' at ontology/" in finding.message


# --- against the reference that the tables were taken from, where it lies beside the checkout ---


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture
def reference(repository: Path) -> Path:
    folder = repository.parent / "shared" / "reference"
    if not folder.is_dir():
        pytest.skip("the reference of identifiers is not beside the checkout")
    return folder


def seen(source: str) -> set[str]:
    return set(re.findall(r"[\w./:-]{6,}", source))


def test_every_identifier_is_in_the_reference_with_its_label(
    repository: Path, reference: Path
) -> None:
    known: dict[tuple[str, str], set[str]] = {}
    for row in rows_of(reference / "identifiers.tsv"):
        if row["verified"] == "yes":
            known.setdefault((row["curie"], row["id_label"]), set()).update(seen(row["source"]))
    ours = rows_of(repository / "graphs/entities/identifiers.tsv")
    assert len(ours) > 700
    for row in ours:
        listed = known.get((row["curie"], row["id_label"]))
        assert listed is not None, (row["curie"], row["id_label"])
        assert seen(row["seen_in"]) <= listed, row["id"]


NOT_IN_REFERENCE = {
    "IAO:0000115", "dcterms:description", "skos:editorialNote", "skos:example", "skos:notation",
    "skos:note",
}  # fmt: skip


def test_every_outside_term_is_in_the_reference_with_its_label(
    repository: Path, reference: Path
) -> None:
    """But for six annotation properties, which were read in the vocabularies themselves."""
    known = {row["iri"]: row for row in rows_of(reference / "ontology_terms.tsv")}
    ours = rows_of(repository / "ontology" / TERMS)
    assert len(ours) > 190
    assert {row["id"] for row in ours if row["iri"] not in known} == NOT_IN_REFERENCE
    for row in ours:
        if row["iri"] in known:
            theirs = known[row["iri"]]
            assert theirs["verified"] == "yes"
            assert (row["id"], row["label"]) == (theirs["curie"], theirs["label"])
            assert seen(row["seen_in"]) <= seen(theirs["source"])


def test_the_short_form_of_an_outside_term_is_that_of_an_identifier(repository: Path) -> None:
    for row in rows_of(repository / "ontology" / TERMS):
        assert expand_curie(row["id"]) in {None, row["iri"]}, row["id"]
