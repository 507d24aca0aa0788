"""Rules of the house that a reader of the code relies on."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDFS, Graph

from netkg import KnowledgeGraph
from netkg.ontology import read_ontology
from netkg.paths import data_folder
from netkg.pipeline import Built
from netkg.vocab import NKG

IRI = re.compile(r"https?://[^\s\"'<>)]+")
# Documentation may name the page it follows; code takes every IRI from vocab.py.
SOURCE_LINE = re.compile(
    r"^\s*(Source|Source of the form|https?://|[^\"']*,$|[^\"']*https?://\S+$)"
)


def code_files(repository: Path) -> list[Path]:
    files = sorted((repository / "loader").rglob("*.py"))
    assert len(files) > 40
    return files


def test_iris_stand_in_vocab_only(repository: Path) -> None:
    for path in code_files(repository):
        if path.name == "vocab.py":
            continue
        text = re.sub(r'"""(?:.|\n)*?"""', "", path.read_text("utf-8"))
        assert not IRI.findall(text), path


def test_files_are_short(repository: Path) -> None:
    for path in code_files(repository):
        assert len(path.read_text("utf-8").splitlines()) <= 400, path


def test_every_public_module_lists_what_it_offers(repository: Path) -> None:
    for path in code_files(repository):
        text = path.read_text("utf-8")
        assert "__all__" in text or "def " not in text, path


def test_every_term_of_a_query_is_declared_in_the_ontology(repository: Path) -> None:
    declared = {str(node) for node in read_ontology(f"{data_folder()}/ontology").subjects()}
    queries = sorted((repository / "queries").rglob("*.rq"))
    assert len(queries) >= 24
    for path in queries:
        for name in re.findall(r"\bnkg:(\w+)", path.read_text("utf-8")):
            assert NKG + name in declared, f"{path.name}: nkg:{name}"


def test_no_path_of_one_machine_is_in_the_repository(repository: Path) -> None:
    listed = subprocess.run(
        ["git", "-C", str(repository), "grep", "-nIE", r"(^|[^A-Za-z0-9_.-])/(home|root|Users)/\w+"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode > 1:
        pytest.skip("needs the git checkout")
    hits = [line for line in listed.stdout.splitlines() if "test_repository.py" not in line]
    assert hits == []


WORDS = re.compile(r"[A-Za-z0-9]+")
RUN = 10
NAMES = {"label", "id_label", "printed", "synonyms", "id"}  # names and headings, as given


def test_no_sentence_of_a_paper_is_in_the_graphs(repository: Path) -> None:
    sources = repository.parent / "shared" / "sources"
    if not sources.is_dir():
        pytest.skip("the papers' texts are not beside the checkout")
    known = set()
    for paper in sources.glob("*.txt"):
        text = re.sub(r"-\s*\n\s*", "", paper.read_text("utf-8"))
        words = [word.lower() for word in WORDS.findall(text)]
        known |= {tuple(words[n : n + RUN]) for n in range(len(words) - RUN)}
    assert len(known) > 5000
    for path in sorted((repository / "graphs").rglob("*.tsv")):
        header, *rows = path.read_text("utf-8").splitlines()
        own = [n for n, column in enumerate(header.split("\t")) if column not in NAMES]
        for number, row in enumerate(rows, start=2):
            cells = row.split("\t")
            for cell in (cells[n] for n in own):
                words = [word.lower() for word in WORDS.findall(cell)]
                runs = {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
                assert not runs & known, f"{path.name}:{number}"


def test_the_shipped_data_have_no_findings(real_build: Built) -> None:
    assert [str(finding) for finding in real_build.findings] == []


def test_the_shipped_data_do_not_shrink_unseen(graph: KnowledgeGraph) -> None:
    counts = {
        row["class"].rpartition("#")[2]: int(row["n"])
        for row in graph.sparql(
            "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) { VALUES ?class { nkg:Claim nkg:Proposition "
            "nkg:Drug nkg:Gene nkg:Protein nkg:Disease nkg:Identifier nkg:PrintedForm nkg:Trial "
            "nkg:PatientGroup nkg:Result nkg:Dispute } ?x a ?class } GROUP BY ?class"
        )
    }
    floors = {"Claim": 2100, "Proposition": 1780, "Drug": 32, "Gene": 80, "Protein": 80,
              "Disease": 60, "Identifier": 700, "PrintedForm": 1000, "Trial": 25,
              "PatientGroup": 58, "Result": 150, "Dispute": 50}  # fmt: skip
    assert {name: counts[name] for name in floors if counts[name] < floors[name]} == {}


def test_every_term_of_the_ontology_has_a_label_of_its_own(repository: Path) -> None:
    graph = Graph().parse(repository / "ontology/netkg.ttl")
    labels = Counter(
        str(label).casefold()
        for term, label in graph.subject_objects(RDFS.label)
        if str(term).startswith(NKG)
    )
    assert len(labels) > 500
    assert [label for label, count in labels.items() if count > 1] == []
