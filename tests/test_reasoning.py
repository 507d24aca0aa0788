"""The axioms decide what is inferred: each construct alone, then on the made-up graph."""

from __future__ import annotations

import pytest
from rdflib import BNode, Graph

from netkg import KnowledgeGraph
from netkg.reason.compiler import compile_axioms
from netkg.reason.explanation import contradiction_findings
from netkg.reason.fixpoint import refusal_findings, run_rules
from netkg.reason.rules import UNIVERSAL
from netkg.reason.satisfiability import find_unsatisfiable
from netkg.store.embedded import EmbeddedStore

PREFIXES = """
@prefix : <https://w3id.org/netkg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
SPARQL_PREFIXES = "".join(
    f"PREFIX {line.split()[1]} {line.split()[2]} " for line in PREFIXES.strip().split("\n")
)


DECLARED = " ".join(f":{name} a owl:ObjectProperty ." for name in "pqrs")


def ontology(axioms: str) -> Graph:
    return Graph().parse(data=PREFIXES + DECLARED + axioms)


def reasoned(axioms: str, facts: str) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.load(
        Graph().parse(data=PREFIXES + facts).serialize(format="nt", encoding="utf-8"), "urn:g"
    )
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    run_rules(store, compile_axioms(ontology(axioms)))
    return store


CONSTRUCTS = [
    ("subclass", ":A rdfs:subClassOf :B .", ":x a :A .", ":x a :B"),
    ("subclass of an intersection", ":A rdfs:subClassOf [ owl:intersectionOf ( :B :C ) ] .",
     ":x a :A .", ":x a :B, :C"),
    ("an intersection on the left",
     "[] rdfs:subClassOf :C ; owl:intersectionOf ( :A :B ) .", ":x a :A, :B .", ":x a :C"),
    ("a union on the left", "[] rdfs:subClassOf :C ; owl:unionOf ( :A :B ) .", ":x a :B .",
     ":x a :C"),
    ("an equivalent class, forwards",
     ":A owl:equivalentClass [ owl:intersectionOf ( :B [ owl:onProperty :p ; owl:hasValue :v ] ) ] .",
     ":x a :A .", ":x a :B ; :p :v"),
    ("an equivalent class, backwards",
     ":A owl:equivalentClass [ owl:intersectionOf ( :B [ owl:onProperty :p ; owl:hasValue :v ] ) ] .",
     ":x a :B ; :p :v .", ":x a :A"),
    ("a value on the right", ":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue :v ] .",
     ":x a :A .", ":x :p :v"),
    ("some on the left", "[] rdfs:subClassOf :C ; owl:onProperty :p ; owl:someValuesFrom :B .",
     ":x :p :y . :y a :B .", ":x a :C"),
    ("only on the right", ":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :B ] .",
     ":x a :A ; :p :y .", ":y a :B"),
    ("subproperty", ":p rdfs:subPropertyOf :q .", ":x :p :y .", ":x :q :y"),
    ("equivalent property", ":p owl:equivalentProperty :q .", ":x :q :y .", ":x :p :y"),
    ("inverse", ":p owl:inverseOf :q .", ":x :p :y .", ":y :q :x"),
    ("inverse, the other way", ":p owl:inverseOf :q .", ":x :q :y .", ":y :p :x"),
    ("symmetric", ":p a owl:SymmetricProperty .", ":x :p :y .", ":y :p :x"),
    ("transitive", ":p a owl:TransitiveProperty .", ":x :p :y . :y :p :z . :z :p :w .", ":x :p :w"),
    ("chain", ":p owl:propertyChainAxiom ( :q :r ) .", ":x :q :y . :y :r :z .", ":x :p :z"),
    ("chain of three", ":p owl:propertyChainAxiom ( :q :r :s ) .",
     ":x :q :y . :y :r :z . :z :s :w .", ":x :p :w"),
    ("domain", ":p rdfs:domain :A .", ":x :p :y .", ":x a :A"),
    ("range", ":p rdfs:range :A .", ":x :p :y .", ":y a :A"),
    ("one of", ":A owl:equivalentClass [ owl:oneOf ( :x :y ) ] .", ":z a :B .", ":x a :A"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("axioms", "facts", "follows"), [case[1:] for case in CONSTRUCTS],
    ids=[case[0] for case in CONSTRUCTS],
)  # fmt: skip
def test_a_construct_infers_what_it_means(axioms: str, facts: str, follows: str) -> None:
    store = reasoned(axioms, facts)
    assert store.ask(f"{SPARQL_PREFIXES} ASK {{ {follows} }}")
    assert store.ask(
        f"{SPARQL_PREFIXES} ASK {{ GRAPH <https://w3id.org/netkg/graph/inferred> {{ {follows} }} }}"
    )


@pytest.mark.parametrize(
    ("axioms", "facts", "not_following"),
    [
        (":A rdfs:subClassOf :B .", ":x a :B .", ":x a :A"),
        (":p owl:propertyChainAxiom ( :q :r ) .", ":x :r :y . :y :q :z .", ":x :p :z"),
        (":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue :v ] .", ":x :p :v .", ":x a :A"),
        (":p rdfs:subPropertyOf :q .", ":x :q :y .", ":x :p :y"),
    ],
)
def test_nothing_follows_that_should_not(axioms: str, facts: str, not_following: str) -> None:
    assert not reasoned(axioms, facts).ask(f"{SPARQL_PREFIXES} ASK {{ {not_following} }}")


CONTRADICTIONS = [
    (":A owl:disjointWith :B .", ":x a :A, :B ."),
    ("[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .", ":x a :A, :C ."),
    (":A rdfs:subClassOf [ owl:complementOf :B ] .", ":x a :A, :B ."),
    (":p a owl:FunctionalProperty .", ":x :p :y, :z ."),
    (":p a owl:InverseFunctionalProperty .", ":x :p :z . :y :p :z ."),
    (":p a owl:IrreflexiveProperty .", ":x :p :x ."),
    (":p a owl:AsymmetricProperty .", ":x :p :y . :y :p :x ."),
    (":p owl:propertyDisjointWith :q .", ":x :p :y ; :q :y ."),
]


@pytest.mark.parametrize(("axioms", "facts"), CONTRADICTIONS)
def test_a_contradiction_is_found_and_names_its_axiom(axioms: str, facts: str) -> None:
    rules = compile_axioms(ontology(axioms))
    (finding,) = contradiction_findings(reasoned(axioms, facts), rules, {})
    assert finding.code == "inconsistent"
    assert "contradicts the axiom" in finding.message
    for fact in facts.strip(" .").split(" . "):
        assert fact.split()[0].strip(":") in finding.message.partition("; for ")[2]


@pytest.mark.parametrize(
    "axiom",
    [
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .",
        "[] rdfs:subClassOf :C ; owl:onProperty :p ; owl:allValuesFrom :B .",
        ":p a owl:ReflexiveProperty .",
        ":A owl:hasKey ( :p ) .",
        ":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] .",
    ],
)
def test_an_axiom_that_cannot_be_honoured_is_refused_by_name(axiom: str) -> None:
    findings = refusal_findings(compile_axioms(ontology(axiom)))
    assert [finding.code for finding in findings] == ["axiom-refused"]
    assert "cannot be honoured" in findings[0].message


def test_a_class_that_can_have_no_members_is_found() -> None:
    axioms = ":A rdfs:subClassOf :B, :C . :B owl:disjointWith :C . :D rdfs:subClassOf :A ."
    findings = find_unsatisfiable(compile_axioms(ontology(axioms)))
    assert [finding.focus[-1] for finding in findings] == ["A", "D"]


def test_a_class_claim_reaches_each_drug_of_the_class(mini_root: str) -> None:
    graph = KnowledgeGraph.open(mini_root)
    rows = {
        (row["drugLabel"], row["inferredFromLabel"]): row
        for row in graph.ask("drugs acting on mTORC1")
    }
    assert rows["zorolimus", ""]["degree"] == "partial"
    assert rows["zorolimus", ""]["mediatorLabel"] == "FKBP12"
    assert rows["torfenib", "TORKi"]["degree"] == "complete"


def test_only_the_atp_site_carries_an_action_from_the_kinase_to_its_complex(
    mini_root: str,
) -> None:
    graph = KnowledgeGraph.open(mini_root)
    drugs = {row["drugLabel"] for row in graph.ask("drugs acting on mTORC2")}
    assert drugs == {"TORKi", "torfenib"}


def test_a_denied_claim_yields_no_edge(mini_root: str) -> None:
    graph = KnowledgeGraph.open(mini_root)
    rows = graph.sparql("SELECT ?p WHERE { entity:zorolimus ?p entity:mtorc2 }")
    assert len(rows) == 0
    standing = graph.sparql(
        "SELECT ?status WHERE { proposition:zorolimus\\/inhibits\\/mtorc2 nkg:status ?status }"
    )
    assert [row["status"].rpartition("#")[2] for row in standing] == ["deniedStatus"]


def test_a_rule_says_its_axiom_in_words_as_owl_and_by_what_it_rests_on() -> None:
    axioms = """
    :Rapalog a owl:Class ; rdfs:label "rapalog drug" ;
        rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :inhibits ; owl:hasValue :mtorc1 ] .
    :inhibits a owl:ObjectProperty ; rdfs:label "inhibits" . :mtorc1 rdfs:label "mTORC1" .
    [] a owl:Axiom ; owl:annotatedSource :Rapalog ; owl:annotatedProperty rdfs:subClassOf ;
        owl:annotatedTarget _:r ; <http://www.w3.org/ns/prov#wasDerivedFrom> :p .
    :Rapalog rdfs:subClassOf _:r .
    _:r a owl:Restriction ; owl:onProperty :inhibits ; owl:hasValue :mtorc1 .
    """
    rules = compile_axioms(ontology(axioms)).rules
    assert [rule.words for rule in rules] == ["every rapalog drug inhibits mTORC1"] * 2
    assert sorted(rule.propositions for rule in rules) == [
        (), ("https://w3id.org/netkg/ontology#p",),
    ]  # fmt: skip
    closed = Graph().parse(data=rules[0].triples, format="nt")
    blank = {node for triple in closed for node in triple if isinstance(node, BNode)}
    assert len(blank) == 1
    assert len(closed) == 1 + 3 + 2  # the axiom, its restriction, two declarations


def test_a_contradiction_says_its_axiom_in_words() -> None:
    axioms = ":p a owl:FunctionalProperty . [] a owl:AllDisjointClasses ; owl:members ( :A :B ) ."
    found = compile_axioms(ontology(axioms)).contradictions
    said = {one.words: one.triples for one in found if one not in UNIVERSAL}
    assert sorted(said) == ["if X p Y and X p Z, then Y is Z", "no A is a B"]
    assert all(said.values())
