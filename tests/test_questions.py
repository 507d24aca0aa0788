"""Stored questions: templates match what people type, and nothing but checked terms is bound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkg import KnowledgeGraph
from netkg.catalogue import read_question
from netkg.errors import (
    AmbiguousNameError,
    BadParameterError,
    DataNotFoundError,
    UnknownNameError,
    UnknownQuestionError,
)
from netkg.questions import bind, iri_term, match_template

HEADER = """#+ summary: A
#+ description: B
#+ question: what is {x}
#+ params:
#+   - {name: x, type: Entity, example: y}
#+ tags: [t]
#+ columns:
#+   a: b
SELECT ?a WHERE { ?_x ?p ?a }
"""


@pytest.mark.parametrize(
    ("template", "text", "values"),
    [
        ("drugs acting on {target}", "drugs acting on mTORC2", {"target": "mTORC2"}),
        ("drugs acting on {target}", "  Drugs  Acting on mTORC2 ? ", {"target": "mTORC2"}),
        ("drugs acting on {target}", "drugs acting on", None),
        ("drugs acting on {target}", "drugs acting against mTORC2", None),
        ("net effect of {a} on {b}", "net effect of PTEN on mTORC1", {"a": "PTEN", "b": "mTORC1"}),
        ("how does {drug} work", "how does CC-223 work?", {"drug": "CC-223"}),
        ("how do tumours resist {drug}", "how do tumors resist RAD001", {"drug": "RAD001"}),
        ("feedback loops through {entity?}", "feedback loops", {}),
        (
            "how often is {gene?} altered in {disease?}",
            "how often is PTEN altered",
            {"gene": "PTEN"},
        ),
        ("hereditary syndromes tied to {disease?}", "hereditary syndromes", {}),
        ("feedback loops through {entity?}", "feedback loops through AKT", {"entity": "AKT"}),
    ],
)
def test_a_template_matches_what_people_type(
    template: str, text: str, values: dict[str, str] | None
) -> None:
    assert match_template(template, text) == values


@given(st.from_regex(r"[a-zA-Z0-9-]{1,12}", fullmatch=True))
def test_a_filled_template_matches_itself(name: str) -> None:
    template = "drugs blocking both {targetA} and {targetB}"
    text = template.replace("{targetA}", name).replace("{targetB}", "mTORC2")
    assert match_template(template, text) == {"targetA": name, "targetB": "mTORC2"}


HOSTILE = [
    "mTORC2> } DROP ALL #",
    'mTORC2" . } INSERT DATA { <urn:a> <urn:b> <urn:c> } #',
    "mTORC2\\u003e } #",
    "?_target",
    "<https://w3id.org/netkg/entity/mtorc2> ?p ?o } #",
    "mTORC2\n} UNION { ?s ?p ?o",
    "{target}",
    "$target",
    "SERVICE <http://127.0.0.1/> { ?s ?p ?o }",
    "\x00",
    "💊" * 2000,
    "%22%3E",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_an_unknown_name_and_nothing_else(
    graph: KnowledgeGraph, value: str
) -> None:
    before = list(graph.sparql("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"))
    with pytest.raises((BadParameterError, UnknownQuestionError)):
        graph.ask("drugs-acting-on", target=value)
    assert list(graph.sparql("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")) == before


def test_a_quote_in_a_name_is_no_more_than_a_spelling(graph: KnowledgeGraph) -> None:
    quoted, plain = (graph.ask("drugs-acting-on", target=t) for t in ("mTORC2'''", "mTORC2"))
    assert list(quoted) == list(plain)


@pytest.mark.parametrize("iri", ["", "a b", "a>b", 'a"b', "a{b", "a\\b", "a\nb", "a^b", "a`b"])
def test_an_iri_that_could_break_out_is_refused(iri: str) -> None:
    with pytest.raises(BadParameterError):
        iri_term(iri)


@given(st.text())
def test_a_bound_iri_is_one_token(iri: str) -> None:
    try:
        term = iri_term(iri)
    except BadParameterError:
        return
    assert term[1:-1] == iri
    assert not set(term[1:-1]) & set('<>"{}|^`\\ \n\t')


def test_binding_leaves_longer_names_alone() -> None:
    assert bind("?_x ?_xa ?_x.", "x", "<urn:a>") == "<urn:a> ?_xa <urn:a>."


def test_a_question_is_read_from_its_header() -> None:
    question = read_question("what-is.rq", HEADER)
    assert question.name == "what-is"
    assert question.parameters[0].required


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#+ summary: A\n", "", "lacks the key 'summary'"),
        ("#+ tags: [t]", "#+ tags: [t]\n#+ taggs: [u]", "unknown key 'taggs'"),
        ("?_x ?p", "?x ?p", "does not use ?_x"),
        ("what is {x}", "what is it", "does not show {x}"),
        ("{name: x,", "{name: x, kind: y,", "unknown key 'kind'"),
        ("#+ description: B", "#+ description: [", "no YAML"),
    ],
)
def test_a_wrong_header_is_refused_with_its_file(old: str, new: str, message: str) -> None:
    assert old in HEADER
    with pytest.raises(DataNotFoundError) as caught:
        read_question("what-is.rq", HEADER.replace(old, new))
    assert message in str(caught.value)
    assert "queries/answers/what-is.rq" in str(caught.value)


def test_a_misspelt_name_is_answered_with_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(
        UnknownNameError, match="mTORC3: no such entity; did you mean mTORC1, mTORC2"
    ):
        graph.ask("drugs acting on mTORC3")


def test_a_name_of_another_kind_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match="is no MolecularEntity"):
        graph.ask("drugs acting on pancreas")


def test_an_ambiguous_name_lists_its_candidates(graph: KnowledgeGraph) -> None:
    with pytest.raises(AmbiguousNameError, match="several entities"):
        graph.entity("MEN1")


@pytest.mark.parametrize(
    "name", ["everolimus", "RAD001", "rad-001", "EVEROLIMUS", "CHEBI:68478", "chebi:68478",
             "https://w3id.org/netkg/entity/everolimus", "<https://w3id.org/netkg/entity/everolimus>"],
)  # fmt: skip
def test_labels_synonyms_curies_and_iris_name_an_entity(graph: KnowledgeGraph, name: str) -> None:
    assert graph.entity(name) == "https://w3id.org/netkg/entity/everolimus"


def test_an_unknown_question_offers_the_nearest(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownQuestionError, match="did you mean drugs-acting-on"):
        graph.ask("drugs-acting-upon")


def test_a_missing_parameter_is_asked_for(graph: KnowledgeGraph) -> None:
    with pytest.raises(BadParameterError, match="needs --target, for example --target 'mTORC2'"):
        graph.ask("drugs-acting-on")


def test_an_unknown_parameter_is_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(BadParameterError, match="has no parameter 'drug'"):
        graph.ask("drugs-acting-on", drug="everolimus")


def test_the_questions_can_themselves_be_asked_for(graph: KnowledgeGraph) -> None:
    rows = graph.sparql("SELECT ?q WHERE { ?q a sh:SPARQLSelectExecutable ; sh:select ?text }")
    assert len(rows) == len(KnowledgeGraph.questions()) >= 14
