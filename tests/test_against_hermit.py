"""The rules infer what HermiT infers: construct by construct, nested, in pairs, and at random.

Each small ontology goes to both. Its individuals are held apart for HermiT as the rules hold them:
each carries another value of one functional data property.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, BNode, Graph, Literal, Namespace, URIRef

from netkg.errors import DataNotFoundError
from netkg.reason.agreement import held_apart
from netkg.reason.compiler import compile_axioms
from netkg.reason.fixpoint import find_contradictions, run_rules
from netkg.reason.hermit import find_java, is_consistent, realise
from netkg.store.embedded import EmbeddedStore

try:
    find_java()
except DataNotFoundError:
    pytest.skip("needs Java", allow_module_level=True)

PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CLASSES = ("A", "B", "C", "D")
OBJECT = ("p", "q", "r", "s")
DATA = ("d", "e")
ONES = ("a", "b", "c")
VALUES = ('"x"', '"y"', "1", "2", "1.0", "1.5", "true", '"x"@en')
DECLARED = " ".join(
    [f":{name} a owl:Class ." for name in CLASSES]
    + [f":{name} a owl:ObjectProperty ." for name in OBJECT]
    + [f":{name} a owl:DatatypeProperty ." for name in DATA]
    + [f":{name} a owl:NamedIndividual ." for name in ONES]
)
MARK = Namespace("urn:mark:")
NAMES = Namespace("urn:names:")

Fact = tuple[str, str, object]


@dataclass(frozen=True)
class Seen:
    """What one of the two finds: None of it when it finds a contradiction."""

    consistent: bool
    facts: frozenset[Fact] = frozenset()


def read(turtle: str, number: int = 0) -> Graph:
    return Graph().parse(data=f"@prefix : <{NAMES}{number}/> . {PREFIXES} {DECLARED} {turtle}")


def value_of(literal: Literal) -> object:
    """Give a literal's value as OWL has it: 1.0 is the integer 1, and never the text."""
    if isinstance(literal.value, (int, Decimal)) and not isinstance(literal.value, bool):
        return Decimal(literal.value)
    return (str(literal), str(literal.datatype), str(literal.language))


def by_rules(graph: Graph) -> Seen | None:
    """Run the rules; None when the compiler refuses an axiom."""
    rules = compile_axioms(graph)
    if rules.refusals:
        return None
    store = EmbeddedStore.in_memory()
    store.load(graph.serialize(format="nt", encoding="utf-8"), "urn:g")
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    run_rules(store, rules)
    if find_contradictions(store, rules):
        return Seen(consistent=False)
    inside = Graph().parse(data=store.answer(
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "nt"), format="nt")  # fmt: skip
    return Seen(consistent=True, facts=frozenset(
        (str(s), str(p), value_of(o) if isinstance(o, Literal) else str(o))
        for s, p, o in inside
        if isinstance(s, URIRef) and not isinstance(o, BNode)
        and (s, RDF.type, OWL.NamedIndividual) in graph
        and (str(p).startswith(NAMES) or (p == RDF.type and str(o).startswith(NAMES)))
    ))  # fmt: skip


def marks(graph: Graph, first: int) -> tuple[Graph, dict[str, tuple[str, object]]]:
    """Add a class for each data property and value: HermiT lists no data properties itself."""
    marked, meaning = Graph(), {}
    literals = {o for o in graph.objects() if isinstance(o, Literal)}
    for prop in graph.subjects(RDF.type, OWL.DatatypeProperty):
        for value, literal in {value_of(one): one for one in sorted(literals)}.items():
            mark, having = MARK[str(first + len(meaning))], BNode()
            meaning[str(mark)] = (str(prop), value)
            marked.add((mark, RDF.type, OWL.Class))
            marked.add((mark, OWL.equivalentClass, having))
            marked.add((having, RDF.type, OWL.Restriction))
            marked.add((having, OWL.onProperty, prop))
            marked.add((having, OWL.hasValue, literal))
    return marked, meaning


def by_hermit(graphs: Sequence[Graph]) -> Seen:
    """Have HermiT judge ontologies one after the other, in one run."""
    written, meaning = [], {}
    for graph in graphs:
        marked, means = marks(graph, len(meaning))
        meaning |= means
        people = (one.n3() for one in graph.subjects(RDF.type, OWL.NamedIndividual))
        whole = (graph + marked).serialize(format="nt", encoding="utf-8")
        written.append(whole + held_apart(people))
    found = realise(*written)
    if found is None:
        return Seen(consistent=False)
    facts: set[Fact] = {(s, p, o) for s, p, o in found.relations if p.startswith(NAMES)}
    for one, kind in found.types:
        if kind in meaning:
            facts.add((one, *meaning[kind]))
        elif kind.startswith(NAMES):
            facts.add((one, str(RDF.type), kind))
    return Seen(consistent=True, facts=frozenset(facts))


def compare(ontologies: Iterable[str]) -> tuple[int, int, int]:
    """Compare the two on many ontologies; those the rules find consistent share one run.

    Returns:
        How many were consistent, inconsistent and refused.
    """
    whole: list[tuple[str, Graph, Seen]] = []
    contradicted: list[tuple[str, bytes]] = []
    refused = 0
    for number, turtle in enumerate(ontologies):
        graph = read(turtle, number)
        seen = by_rules(graph)
        if seen is None:
            refused += 1
        elif seen.consistent:
            whole.append((turtle, graph, seen))
        else:
            people = (one.n3() for one in graph.subjects(RDF.type, OWL.NamedIndividual))
            written = graph.serialize(format="nt", encoding="utf-8") + held_apart(people)
            contradicted.append((turtle, written))
    with ThreadPoolExecutor(max_workers=2) as pool:
        judging = pool.submit(judge, whole)
        verdicts = pool.map(is_consistent, (written for _, written in contradicted))
        for (turtle, _), consistent in zip(contradicted, verdicts, strict=True):
            assert not consistent, f"only the rules contradict: {turtle}"
        judging.result()
    return len(whole), len(contradicted), refused


def judge(group: Sequence[tuple[str, Graph, Seen]]) -> None:
    """Hold HermiT's view of ontologies against the rules'."""
    there = by_hermit([graph for _, graph, _ in group])
    if not there.consistent:
        assert len(group) > 1, f"only HermiT contradicts: {group[0][0]}"
        judge(group[: len(group) // 2])
        judge(group[len(group) // 2 :])
        return
    for turtle, graph, here in group:
        own = {str(one) for one in graph.subjects(RDF.type, OWL.NamedIndividual)}
        found = {fact for fact in there.facts if fact[0] in own}
        assert here.facts == found, (
            f"{turtle}\nonly the rules: {here.facts - found}\nonly HermiT: {found - here.facts}"
        )


def some(prop: str, filler: str) -> str:
    return f"[ a owl:Restriction ; owl:onProperty {prop} ; owl:someValuesFrom {filler} ]"


def restrict(prop: str, demand: str) -> str:
    return f"[ a owl:Restriction ; owl:onProperty {prop} ; owl:{demand} ]"


def group(operator: str, *members: str) -> str:
    return f"[ a owl:Class ; owl:{operator} ( {' '.join(members)} ) ]"


def negated(filler: str) -> str:
    return f"[ a owl:Class ; owl:complementOf {filler} ]"


def number(count: int) -> str:
    return f'"{count}"^^xsd:nonNegativeInteger'


DATATYPES = ("xsd:integer", "xsd:decimal", "xsd:string", "xsd:boolean", "xsd:nonNegativeInteger",
             '[ a rdfs:Datatype ; owl:oneOf ( "x" 1 ) ]', "rdfs:Literal")  # fmt: skip
INVERSE = "[ owl:inverseOf :q ]"
LEFT = {
    "name": ":A", "and": group("intersectionOf", ":A", ":B"), "or": group("unionOf", ":A", ":B"),
    "list": group("oneOf", ":a", ":b"), "some": some(":p", ":B"),
    "some thing": some(":p", "owl:Thing"), "some inverse": some(INVERSE, ":B"),
    "value": restrict(":p", "hasValue :b"), "data value": restrict(":d", "hasValue 1"),
    "data text": restrict(":d", 'hasValue "x"'), "some datatype": some(":d", "xsd:integer"),
    "inverse value": restrict(INVERSE, "hasValue :b"),
    "self": restrict(":p", "hasSelf true"),
}  # fmt: skip
RIGHT = {
    "name": ":C", "and": group("intersectionOf", ":C", ":D"), "not": negated(":C"),
    "list": group("oneOf", ":a", ":b"), "only": restrict(":p", "allValuesFrom :C"),
    "only nothing": restrict(":p", "allValuesFrom owl:Nothing"),
    "only inverse": restrict(INVERSE, "allValuesFrom :C"),
    "value": restrict(":p", "hasValue :c"), "data value": restrict(":d", "hasValue 2"),
    "inverse value": restrict(INVERSE, "hasValue :c"),
    "only datatype": restrict(":d", "allValuesFrom xsd:integer"),
    "only texts": restrict(":d", 'allValuesFrom [ a rdfs:Datatype ; owl:oneOf ( "x" 1 ) ]'),
    "max 0": restrict(":p", f"maxCardinality {number(0)}"),
    "max 1": restrict(":p", f"maxCardinality {number(1)}"),
    "max 0 of": restrict(":p", f"maxQualifiedCardinality {number(0)} ; owl:onClass :B"),
    "max 1 of": restrict(":p", f"maxQualifiedCardinality {number(1)} ; owl:onClass :B"),
    "data max 1": restrict(":d", f"maxCardinality {number(1)}"),
    "nothing": "owl:Nothing", "self": restrict(":p", "hasSelf true"),
}  # fmt: skip
ALONE = {
    **{f"{name} on the left": f"{left} rdfs:subClassOf :C ." for name, left in LEFT.items()},
    **{f"{name} on the right": f":A rdfs:subClassOf {right} ." for name, right in RIGHT.items()},
    "equivalent": ":A owl:equivalentClass :C .",
    "equivalent value": f":A owl:equivalentClass {restrict(':p', 'hasValue :b')} .",
    "equivalent and": f":A owl:equivalentClass {group('intersectionOf', ':B', LEFT['value'])} .",
    "closed list": f":A owl:equivalentClass {LEFT['list']} .",
    "closed list on a name": ":A owl:oneOf ( :a :b ) .",
    "disjoint": ":A owl:disjointWith :B .",
    "disjoint classes": "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
    "subproperty": ":p rdfs:subPropertyOf :q .",
    "data subproperty": ":d rdfs:subPropertyOf :e .",
    "subproperty of an inverse": f":p rdfs:subPropertyOf {INVERSE} .",
    "equivalent property": ":p owl:equivalentProperty :q .",
    "inverse": ":p owl:inverseOf :q .",
    "symmetric": ":p a owl:SymmetricProperty .",
    "transitive": ":p a owl:TransitiveProperty .",
    "functional": ":p a owl:FunctionalProperty .",
    "functional data": ":d a owl:FunctionalProperty .",
    "inverse functional": ":p a owl:InverseFunctionalProperty .",
    "irreflexive": ":p a owl:IrreflexiveProperty .",
    "asymmetric": ":p a owl:AsymmetricProperty .",
    "chain": ":r owl:propertyChainAxiom ( :p :q ) .",
    "chain of three": ":s owl:propertyChainAxiom ( :p :q :p ) .",
    "chain with an inverse": f":r owl:propertyChainAxiom ( :p {INVERSE} ) .",
    "chain onto itself": ":p owl:propertyChainAxiom ( :p :q ) .",
    "domain": ":p rdfs:domain :C .", "range": ":p rdfs:range :C .",
    "domain of data": ":d rdfs:domain :C .",
    "domain and": f":p rdfs:domain {group('intersectionOf', ':C', ':D')} .",
    **{f"range {one}": f":d rdfs:range {one} ." for one in DATATYPES},
    "disjoint properties": ":p owl:propertyDisjointWith :q .",
    "disjoint data properties": ":d owl:propertyDisjointWith :e .",
    "all disjoint properties": "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) .",
    "denied": "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; "
              "owl:assertionProperty :p ; owl:targetIndividual :b .",
    "denied value": "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; "
                    "owl:assertionProperty :d ; owl:targetValue 1 .",
    "typed": f":a a {restrict(':p', 'allValuesFrom :C')} .",
    "same": ":a owl:sameAs :b .", "different": ":a owl:differentFrom :b .",
    "all different": "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b :c ) .",
}  # fmt: skip
WORLDS = (
    ":a a :A ; :p :b ; :d 1 . :b a :B ; :q :c .",
    ":a a :A, :B ; :p :a ; :q :b ; :d 1, 1.0 . :b :p :c .",
    ':a a :A ; :p :b, :c ; :d 1, "x" ; :e 1 . :b a :B, :C ; :p :a ; :q :a . :c a :B ; :q :b .',
    ':a a :B ; :p :b ; :q :b ; :d "x"@en . :b :p :a .',
    ":c a :A ; :p :c ; :d -1, 1.5 ; :e true . :a :p :c ; :q :c . :b :p :c .",
    ":a :d 2, true . :b a :C . :b :p :b . :c a :D .",
)  # fmt: skip


def test_each_construct_alone_means_what_hermit_says() -> None:
    done = compare(f"{axiom} {world}" for axiom in ALONE.values() for world in WORLDS[:3])
    assert done[2] == 0, "every construct of this list is honoured"
    assert min(done[:2]) > 40


def test_each_construct_nested_means_what_hermit_says() -> None:
    nested = [
        *(f"{some(':q', left)} rdfs:subClassOf :D ." for left in LEFT.values()),
        *(f"{group('intersectionOf', left, ':B')} rdfs:subClassOf :D ." for left in LEFT.values()),
        *(f"{group('unionOf', left, some(':q', ':B'))} rdfs:subClassOf :D ." for left in LEFT.values()),
        *(f":A rdfs:subClassOf {restrict(':q', f'allValuesFrom {right}')} ." for right in RIGHT.values()),
        *(f":A rdfs:subClassOf {group('intersectionOf', right, ':D')} ." for right in RIGHT.values()),
        *(f":A rdfs:subClassOf {negated(left)} ." for left in LEFT.values()),
        *(f":q rdfs:range {right} ." for right in RIGHT.values()),
    ]  # fmt: skip
    done = compare(f"{axiom} {world}" for axiom in nested for world in WORLDS[1:3])
    assert done[2] == 0
    assert min(done[:2]) > 20


PAIRS = [f"{one} {other}" for one, other in combinations(ALONE.values(), 2)]


@seed(1)
@settings(max_examples=2, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(
    st.lists(st.tuples(st.sampled_from(PAIRS), st.sampled_from(WORLDS)), min_size=40, max_size=40)
)
def test_pairs_of_constructs_mean_what_hermit_says(cases: list[tuple[str, str]]) -> None:
    compare(f"{axioms} {world}" for axioms, world in cases)


def lefts() -> st.SearchStrategy[str]:
    names = st.sampled_from([f":{name}" for name in CLASSES])
    roles = st.sampled_from([":p", ":q", ":r", INVERSE])
    return st.recursive(
        names | st.sampled_from(list(LEFT.values())),
        lambda inner: (
            st.builds(some, roles, inner)
            | st.builds(lambda a, b: group("intersectionOf", a, b), inner, inner)
            | st.builds(lambda a, b: group("unionOf", a, b), inner, inner)
        ),
        max_leaves=3,
    )


def rights() -> st.SearchStrategy[str]:
    names = st.sampled_from([f":{name}" for name in CLASSES])
    roles = st.sampled_from([":p", ":q", ":r", INVERSE])
    return st.recursive(
        names | st.sampled_from(list(RIGHT.values())) | st.builds(negated, lefts()),
        lambda inner: (
            st.builds(lambda role, a: restrict(role, f"allValuesFrom {a}"), roles, inner)
            | st.builds(lambda a, b: group("intersectionOf", a, b), inner, inner)
        ),
        max_leaves=3,
    )


def axioms() -> st.SearchStrategy[str]:
    return st.sampled_from(list(ALONE.values())) | st.builds(
        lambda left, right: f"{left} rdfs:subClassOf {right} .", lefts(), rights()
    )


def facts() -> st.SearchStrategy[str]:
    ones = st.sampled_from([f":{name}" for name in ONES])
    return (
        st.builds(lambda s, c: f"{s} a :{c} .", ones, st.sampled_from(CLASSES))
        | st.builds(lambda s, p, o: f"{s} :{p} {o} .", ones, st.sampled_from(OBJECT), ones)
        | st.builds(lambda s, d, v: f"{s} :{d} {v} .", ones, st.sampled_from(DATA), st.sampled_from(VALUES))
    )  # fmt: skip


def ontologies() -> st.SearchStrategy[str]:
    return st.builds(
        lambda some_axioms, some_facts: " ".join([*some_axioms, *some_facts]),
        st.lists(axioms(), min_size=1, max_size=4),
        st.lists(facts(), min_size=2, max_size=6),
    )


@seed(2)
@settings(max_examples=2, deadline=None, derandomize=True, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(st.lists(ontologies(), min_size=40, max_size=40))
def test_ontologies_at_random_mean_what_hermit_says(cases: list[str]) -> None:
    compare(cases)
