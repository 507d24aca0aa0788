"""The ontology and the queries are held to account before anything is built from them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from netkg.errors import NetkgError
from netkg.findings import Finding
from netkg.paths import data_folder
from netkg.pipeline import Inputs, assemble

MINI = Path(__file__).parent / "mini" / "graphs"
Change = Callable[[Path], None]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Copy the ontology and the queries, so that a test may break them."""
    for name in ("ontology", "queries"):
        shutil.copytree(Path(data_folder()) / name, tmp_path / name)
    return tmp_path


def findings(data: Path) -> list[Finding]:
    inputs = Inputs(str(data / "ontology"), str(data / "queries"), (str(MINI),))
    return [f for f in assemble(inputs).findings if f.severity.value == "error"]


def append(path: str, text: str) -> Change:
    def change(data: Path) -> None:
        with (data / path).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def replace(path: str, old: str, new: str) -> Change:
    def change(data: Path) -> None:
        text = (data / path).read_text("utf-8")
        assert old in text
        (data / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


COVERAGE = "queries/answers/coverage.rq"
UNSATISFIABLE = "nkg:Impossible a owl:Class ; rdfs:subClassOf nkg:Gene, nkg:Drug .\n"
CYCLE = "nkg:MTORInhibitor rdfs:subClassOf nkg:Rapalog .\n"
FOUND: list[tuple[str, Change, str, str]] = [
    ("a class that can have no members", append("ontology/netkg.ttl", UNSATISFIABLE),
     "unsatisfiable", "Impossible"),
    ("a circle of subclasses", append("ontology/netkg.ttl", CYCLE), "check-query", "own superclass"),
    ("a question that is no SPARQL", append(COVERAGE, "} }\n"), "bad-query", "not SPARQL"),
    ("a misspelt property", replace(COVERAGE, "nkg:sectionOf", "nkg:sectionof"),
     "bad-query", "nkg:sectionof is not in the ontology"),
    ("a column without a meaning", replace(COVERAGE, "#+   note: ", "#+   remark: "),
     "bad-query", "'note' has no meaning"),
    ("a question that reaches out",
     replace(COVERAGE, "WHERE {", "WHERE { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }"),
     "bad-query", "SERVICE"),
    ("a parameter of an unknown type",
     replace("queries/answers/components-of.rq", "type: MolecularEntity", "type: Molecule"),
     "bad-query", "no class of the ontology"),
    ("a check that is no SPARQL",
     append("queries/checks/denied-claims-yield-no-edge.rq", "} }\n"), "bad-query", "not SPARQL"),
    ("an axiom that the data contradict",
     append("ontology/netkg.ttl", "nkg:SmallMoleculeDrug owl:disjointWith nkg:TORKinaseInhibitor .\n"),
     "inconsistent", "torfenib"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code", "hint"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND]
)
def test_what_is_wrong_with_ontology_or_queries_is_found(
    data: Path, change: Change, code: str, hint: str
) -> None:
    change(data)
    found = findings(data)
    assert any(f.code == code and hint in f.message for f in found), [str(f) for f in found]


REFUSED: list[tuple[str, Change, str]] = [
    ("an ontology that is not Turtle", append("ontology/netkg.ttl", "nonsense"), "netkg.ttl"),
    ("a shape that is not Turtle", append("ontology/shapes/claim.ttl", "<"), "claim.ttl"),
    ("a build rule that is no CONSTRUCT",
     replace("queries/build/10-standing.rq", "CONSTRUCT {", "CONSTRUCT {{"), "10-standing.rq"),
    ("a build rule without a graph",
     replace("queries/build/10-standing.rq", "#+ graph: edges", "# edges"), "10-standing.rq"),
    ("a query that is not UTF-8",
     lambda data: (data / COVERAGE).write_bytes(b"#+ summary: \xe9\n") and None, "coverage.rq"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "named"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_read_is_refused_by_name(data: Path, change: Change, named: str) -> None:
    change(data)
    with pytest.raises(NetkgError, match=named):
        findings(data)


def test_an_rdf_file_beside_the_tables_is_read(data: Path, mini_graphs: Path) -> None:
    (mini_graphs / "paper2030/more.ttl").write_text("<urn:a> <urn:b> 'c' .", "utf-8")
    inputs = Inputs(str(data / "ontology"), str(data / "queries"), (str(mini_graphs),))
    store = assemble(inputs).store
    assert store is not None
    assert store.ask(
        "ASK { GRAPH <https://w3id.org/netkg/graph/paper2030> { <urn:a> <urn:b> 'c' } }"
    )


def test_an_rdf_file_that_cannot_be_parsed_is_found(data: Path, mini_graphs: Path) -> None:
    (mini_graphs / "paper2030/more.ttl").write_text("<urn:a> <urn:b>", "utf-8")
    inputs = Inputs(str(data / "ontology"), str(data / "queries"), (str(mini_graphs),))
    found = assemble(inputs).findings
    assert [(f.code, f.where and f.where.file) for f in found] == [
        ("bad-rdf", "graphs/paper2030/more.ttl")
    ]
