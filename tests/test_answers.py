"""Golden rows: what each stored question must and must not answer, judged by the papers.

`tests/answers/<question>.csv` holds one expectation a row: a whole question as a person types it,
`must` or `must-not`, the cells that are pinned (entities by label, an empty cell pins nothing)
and the reason. A `must-not` row that pins nothing says that the answer has no row at all.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netkg import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from netkg.store.results import Rows

    Ask = Callable[[str], Rows]

FOLDER = Path(__file__).parent / "answers"
FLOOR = 590
ENTITY = "https://w3id.org/netkg/entity/"
FIXED = ("question", "expect", "reason")
CLAIM_TAIL = ["studiesFor", "studiesAgainst", "status", "sources", "claims"]

# Rows of these are no conclusions from claims: lists of claims, identifiers, misprints, of what is
# not stated, and of two claims side by side.
NOT_FROM_CLAIMS = {
    "audit-findings", "coverage", "denied", "disputed", "evidence-for", "identifiers-of", "misprints",
    "not-stated", "where-sources-differ",
}  # fmt: skip

# A question about a verdict or a design answers with denials too, and says so in the status.
SHOWS_DENIALS = {"cost-effectiveness-of", "trial-design"}
STATUSES = {"supported", "contested", "hypothesised"}

# The contract: the leading columns of every question, label columns left out.
LEADING = {
    "drugs-acting-on": "drug effect degree binding mediator inferredFrom",
    "drugs-blocking-both": "drug bindingA bindingB",
    "mechanism-of": "target effect degree binding mediator mechanism",
    "drug-classes": "drugClass generation drug",
    "components-of": "component role",
    "complexes-containing": "complex",
    "regulators-of": "regulator effect residue position direct",
    "regulated-by": "target effect residue position direct",
    "net-effect": "effect steps path",
    "feedback-loops": "loop sign trigger",
    "processes-affected-by": "process effect",
    "trials-of": "trial phase population n",
    "trials-in": "trial phase drugs n",
    "trial-design": "attribute value",
    "arms-of": "arm n regimen",
    "results-of": "arm comparator endpoint statistic value unit",
    "progression-free-survival": "trial arm n value unit ciLow ciHigh source",
    "overall-survival": "trial arm n value unit notReached source",
    "response-rates": "trial arm n value unit ciLow ciHigh source",
    "hazard-ratios": (
        "trial numeratorArm denominatorArm endpoint value ciLow ciHigh pModifier pValue source"
    ),
    "trials-measuring": "trial marker",
    "combinations-with": "partner mode trial outcome",
    "doses-of": "trial arm dose unit schedule",
    "adverse-events": "therapy event grade value unit",
    "approvals": "drug agency disease",
    "biomarkers-for": "marker alteration role direction endpoint cutoff context",
    "prognostic-biomarkers": "marker alteration direction endpoint cutoff",
    "pharmacodynamic-markers": "marker residue position direction system pModifier pValue",
    "alteration-frequencies": "gene alteration value unit n assay cohort source",
    "variants-affecting": "variant endpoint effect value comparatorValue unit",
    "resistance-to": "mechanism entity effect system",
    "overcoming-resistance": "strategy drugs mechanism system",
    "models-used": "model kind finding",
    "therapy-rankings": "therapy setting score hazardRatio ciLow ciHigh source",
    "hereditary-syndromes": "syndrome gene",
    "epidemiology": "measure value unit source",
    "disputed": "proposition sideA sideB differsIn kind",
    "where-sources-differ": "subject attribute valueA sourceA valueB sourceB",
    "misprints": "printed meant where",
    "audit-findings": "subject check printed expected",
    "evidence-for": "claim statement polarity hedge basis evidenceType source locator",
    "not-stated": "attribute",
    "identifiers-of": "scheme identifier relation",
    "coverage": "source section claims results",
    "cost-effectiveness-of": "therapy verdict agency place",
    "denied": "claim statement kind about hedge source locator",
    "limitations-of": "subject limitation object",
    "proposals-for": "subject proposal object",
}

# What a must-not row names although the graph must not know it: misprints, and what they would
# be if they were read as the real symbols that they also are.
NEVER_ENTITIES = {"AKURA", "PKD1", "PLPP2", "epithelial-mesenchymal transition", "polycystin 1"}


@dataclass(frozen=True, slots=True)
class Golden:
    """One expectation about one stored question."""

    name: str
    line: int
    question: str
    expect: str
    pins: Mapping[str, str]
    reason: str

    def __str__(self) -> str:
        wanted = ", ".join(f"{column} {value}" for column, value in self.pins.items())
        return f"{self.name}:{self.line} {self.question} / {self.expect} {wanted or 'any row'}"


def _read_golden() -> Iterator[Golden]:
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for line, row in enumerate(csv.DictReader(lines), start=2):
                pins = {name: cell for name, cell in row.items() if cell and name not in FIXED}
                yield Golden(
                    path.stem, line, row["question"], row["expect"], pins, row["reason"] or ""
                )


GOLDEN = list(_read_golden())
GOLDEN_NAMES = sorted({golden.name for golden in GOLDEN})
GOLDEN_QUESTIONS = list(dict.fromkeys((golden.name, golden.question) for golden in GOLDEN))
STORED_NAMES = sorted(question.name for question in KnowledgeGraph.questions())


@pytest.fixture(scope="session")
def ask(graph: KnowledgeGraph) -> Ask:
    """Ask each distinct question once a session."""
    answers: dict[str, Rows] = {}

    def ask_once(question: str) -> Rows:
        if question not in answers:
            answers[question] = graph.ask(question)
        return answers[question]

    return ask_once


def _holds(cell: str, wanted: str) -> bool:
    """Tell whether a cell is what is wanted, or lists it."""
    return cell == wanted or ("; " not in wanted and wanted in cell.split("; "))


def _matching(answer: Rows, pins: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Find the rows that hold all pinned values; an entity column is read by its label."""
    unknown = set(pins) - set(answer.columns)
    assert not unknown, f"the answer has no column {', '.join(sorted(unknown))}"
    by_label = {name: f"{name}Label" for name in pins if f"{name}Label" in answer.columns}
    return [
        row
        for row in answer
        if all(_holds(row[by_label.get(name, name)], wanted) for name, wanted in pins.items())
    ]


def _plain_columns(answer: Rows) -> list[str]:
    """Give the columns without those that only hold the label of another."""
    labels = {f"{column}Label" for column in answer.columns}
    return [column for column in answer.columns if column not in labels]


def _claims(row: Mapping[str, str]) -> set[str]:
    return set(filter(None, row["claims"].split("; ")))


def _asked(ask: Ask, name: str) -> list[tuple[str, Rows]]:
    return [(question, ask(question)) for owner, question in GOLDEN_QUESTIONS if owner == name]


@pytest.mark.parametrize("golden", GOLDEN, ids=str)
def test_an_answer_holds_what_it_must_and_nothing_it_must_not(golden: Golden, ask: Ask) -> None:
    found = _matching(ask(golden.question), golden.pins)
    if golden.expect == "must":
        assert found, f"no row of {golden.question!r} has {dict(golden.pins)}: {golden.reason}"
    else:
        assert not found, f"{golden.question!r} answers {found[0]}, but: {golden.reason}"


@pytest.mark.parametrize("name", STORED_NAMES)
def test_every_stored_question_has_golden_rows(name: str) -> None:
    own = [golden for golden in GOLDEN if golden.name == name]
    assert any(golden.expect == "must" for golden in own), f"tests/answers/{name}.csv has no must"
    assert any(golden.expect == "must-not" for golden in own), f"{name}.csv has no must-not"


def test_every_golden_file_belongs_to_a_stored_question() -> None:
    assert set(GOLDEN_NAMES) <= set(STORED_NAMES)


def test_no_golden_row_is_lost_on_the_way_into_the_tests() -> None:
    assert len(GOLDEN) >= FLOOR


def test_every_golden_row_says_what_it_expects_and_why() -> None:
    for golden in GOLDEN:
        assert golden.expect in {"must", "must-not"}, golden
        assert golden.reason.strip(), golden
        assert golden.pins or golden.expect == "must-not", golden


def test_no_golden_row_is_written_twice_or_both_ways() -> None:
    seen = [(golden.name, golden.question, tuple(golden.pins.items())) for golden in GOLDEN]
    assert len(set(seen)) == len(seen), [row for row in seen if seen.count(row) > 1]


@pytest.mark.parametrize("name", GOLDEN_NAMES)
def test_a_must_not_row_names_only_what_the_graph_knows(
    name: str, ask: Ask, graph: KnowledgeGraph
) -> None:
    """A name that the graph does not know would never be found, and prove nothing."""
    rows = graph.sparql("SELECT DISTINCT ?label WHERE { ?thing rdfs:label ?label }")
    known = {row["label"] for row in rows} | NEVER_ENTITIES
    for golden in GOLDEN:
        if golden.name == name and golden.expect == "must-not":
            columns = ask(golden.question).columns
            for column, wanted in golden.pins.items():
                assert f"{column}Label" not in columns or wanted in known, f"{golden}: {wanted}"


@pytest.mark.parametrize("name", [name for name in GOLDEN_NAMES if name in LEADING])
def test_the_leading_columns_are_those_of_the_contract(name: str, ask: Ask) -> None:
    expected = LEADING[name].split()
    for question, answer in _asked(ask, name):
        assert _plain_columns(answer)[: len(expected)] == expected, question


@pytest.mark.parametrize("name", GOLDEN_NAMES)
def test_every_entity_column_has_its_label_right_beside_it(name: str, ask: Ask) -> None:
    for question, answer in _asked(ask, name):
        columns = list(answer.columns)
        for row in answer:
            for column, cell in row.items():
                if cell.startswith(ENTITY):
                    beside = columns[columns.index(column) + 1 :][:1]
                    assert beside == [f"{column}Label"], f"{question}: {column}"
                    assert row[f"{column}Label"], f"{question}: {cell} has no label"


@pytest.mark.parametrize("name", [name for name in GOLDEN_NAMES if name not in NOT_FROM_CLAIMS])
def test_a_row_drawn_from_claims_ends_in_its_evidence(name: str, ask: Ask) -> None:
    for question, answer in _asked(ask, name):
        assert list(answer.columns)[-len(CLAIM_TAIL) :] == CLAIM_TAIL, question
        for row in answer:
            assert row["status"] in STATUSES | ({"denied"} if name in SHOWS_DENIALS else set()), (
                question
            )
            assert re.fullmatch(r"\d+", row["studiesFor"]), question
            assert re.fullmatch(r"\d+", row["studiesAgainst"]), question
            assert row["sources"], question
            assert row["claims"], question


@pytest.mark.parametrize("name", [name for name in GOLDEN_NAMES if name not in NOT_FROM_CLAIMS])
def test_every_claim_behind_a_row_exists_with_source_and_locator(
    name: str, ask: Ask, graph: KnowledgeGraph
) -> None:
    located: dict[str, set[str]] = defaultdict(set)
    for row in graph.sparql(
        "SELECT ?claim ?source WHERE { ?claim nkg:source ?source ; nkg:inSection ?section ; "
        "nkg:start ?start ; nkg:end ?end ; nkg:spanSha256 ?hash . FILTER (?start < ?end) }"
    ):
        located[row["claim"]].add(row["source"].rpartition("/")[2])
    for question, answer in _asked(ask, name):
        for row in answer:
            claims = _claims(row)
            assert claims <= set(located), f"{question}: {sorted(claims - set(located))}"
            named = set(row["sources"].split("; "))
            assert named == set().union(*(located[claim] for claim in claims)), question


@pytest.mark.parametrize("name", [name for name in GOLDEN_NAMES if name not in NOT_FROM_CLAIMS])
def test_no_row_is_supported_by_denied_or_hypothesised_claims_alone(
    name: str, ask: Ask, graph: KnowledgeGraph
) -> None:
    denied: set[str] = set()
    guessed: set[str] = set()
    proposition: dict[str, str] = {}
    for row in graph.sparql(
        "SELECT ?claim ?polarity ?hedge ?proposition WHERE { ?claim nkg:concerns ?proposition ; "
        "nkg:polarity/skos:notation ?polarity ; nkg:hedge/skos:notation ?hedge }"
    ):
        proposition[row["claim"]] = row["proposition"]
        if row["polarity"] == "denied":
            denied.add(row["claim"])
        elif row["hedge"] == "hypothesised":
            guessed.add(row["claim"])
    assert denied, "the papers deny things: nothing is proved without a denied claim"
    assert guessed, "the papers guess at things: nothing is proved without a hypothesised claim"
    for question, answer in _asked(ask, name):
        for row in answer:
            claims = _claims(row)
            if name in SHOWS_DENIALS and claims <= denied:
                assert row["status"] == "denied", f"{question}: {dict(row)}"
                continue
            assert not claims <= denied, f"{question}: only denied claims behind {dict(row)}"
            if row["status"] != "hypothesised":
                assert not claims <= denied | guessed, f"{question}: no support for {dict(row)}"
            if name == "net-effect":
                steps: dict[str, set[str]] = defaultdict(set)
                for claim in claims:
                    steps[proposition[claim]].add(claim)
                weak = [step for step, behind in steps.items() if behind <= denied | guessed]
                assert not weak, f"{question}: no support for the steps {weak}"
