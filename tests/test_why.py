"""Proofs hold by their premises alone, need each of them, and go down to the claims."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import combinations

import pytest
from rdflib import PROV, RDF, Graph, URIRef

from netkg import KnowledgeGraph
from netkg.cli.main import cli
from netkg.errors import DataNotFoundError, UnknownNameError
from netkg.explain.derivations import INFERRED
from netkg.explain.outline import explanation_lines
from netkg.explain.proofs import Explainer, Explanation, Node, nodes_of
from netkg.explain.rows import AskedQuestion
from netkg.explain.terms import Fact, term_text
from netkg.reason.compiler import compile_axioms
from netkg.reason.fixpoint import run_rules
from netkg.reason.hermit import find_java, realise
from netkg.reason.rulebook import rules_graph
from netkg.store.embedded import EmbeddedStore
from netkg.vocab import BASE, NKG, entity_iri, graph_iri, sparql_prefixes, term

ENTITY = re.compile(rf"<({re.escape(BASE)}entity/[^>]+)>")
OURS = re.compile(rf"<({re.escape(BASE)}(?:entity/|ontology#)[^>]+)>")
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def fact(subject: str, predicate: str, value: str) -> Fact:
    kind = TYPE if predicate == "a" else f"<{term(predicate)}>"
    end = term(value) if value[0].isupper() else entity_iri(value)
    return Fact(f"<{entity_iri(subject)}>", kind, f"<{end}>")


def leaves(proof: Node) -> list[Fact]:
    return list(dict.fromkeys(node.fact for node in nodes_of(proof) if node.axiom is None))


def axioms(proof: Node) -> dict[str, str]:
    return {
        node.axiom.rule.label: node.axiom.rule.axiom_triples
        for node in nodes_of(proof)
        if node.axiom
    }


@pytest.fixture(scope="module")
def explainer(graph: KnowledgeGraph) -> Explainer:
    return Explainer(graph._store)


# ── proofs of facts, judged by HermiT ────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def explained(graph: KnowledgeGraph) -> list[Explanation]:
    """Explain inferred facts between entities of every property and class, some of each."""
    rows = graph._store.select(
        f"SELECT ?s ?p ?o ?kind WHERE {{ GRAPH <{INFERRED}> {{ ?s ?p ?o }} "
        f"FILTER (STRSTARTS(STR(?s), '{BASE}entity/')) BIND (IF(?p = {TYPE}, ?o, ?p) AS ?kind) }} "
        "ORDER BY ?kind ?s ?o"
    )
    by_kind: dict[str, list[Fact]] = {}
    for s, p, o, kind in rows.cells:
        assert s
        assert p
        assert o
        assert kind
        by_kind.setdefault(kind.value, []).append(Fact(term_text(s), term_text(p), term_text(o)))
    assert len(by_kind) > 80
    some = [facts[len(facts) // 2] for facts in by_kind.values()]
    fresh = Explainer(graph._store)
    return [fresh.fact(one) for one in some]


def test_every_inferred_fact_has_a_proof(explained: list[Explanation]) -> None:
    assert [one.text for one in explained if not one.proofs] == []


def _renamed(ntriples: str, mark: str) -> str:
    """Give all names of ours a mark, so that ontologies judged in one run do not mix."""
    return OURS.sub(lambda match: f"<{match[1]}.{mark}>", ntriples)


def _ontology(facts: list[Fact], owl: Mapping[str, str], mark: str) -> bytes:
    """Write premises as an ontology of its own."""
    text = "".join(owl.values()) + "".join(f"{one.ntriples}\n" for one in facts)
    named = set(ENTITY.findall(text))
    properties = {one.predicate for one in facts if one.predicate != TYPE}
    classes = {one.object for one in facts if one.predicate == TYPE}
    owl_ = "http://www.w3.org/2002/07/owl#"
    declared = "".join(f"<{one}> {TYPE} <{owl_}NamedIndividual> .\n" for one in named)
    declared += "".join(f"{one} {TYPE} <{owl_}ObjectProperty> .\n" for one in properties)
    declared += "".join(f"{one} {TYPE} <{owl_}Class> .\n" for one in classes)
    return _renamed(text + declared, mark).encode()


def test_hermit_finds_proofs_sound_and_minimal(explained: list[Explanation]) -> None:
    try:
        find_java()
    except DataNotFoundError:
        pytest.skip("HermiT needs Java, and there is none")
    tried: list[tuple[str, Fact, bool, str]] = []
    ontologies: list[bytes] = []

    def add(
        goal: Fact, facts: list[Fact], owl: Mapping[str, str], *, holds: bool, what: str
    ) -> None:
        mark = f"n{len(tried)}"
        tried.append((mark, goal, holds, what))
        ontologies.append(_ontology(facts, owl, mark))

    for explanation in explained:
        goal = explanation.fact
        for proof in explanation.proofs[:2]:
            facts, owl = leaves(proof), axioms(proof)
            add(goal, facts, owl, holds=True, what=explanation.text)
            for left in facts:
                kept = [one for one in facts if one != left]
                add(goal, kept, owl, holds=False, what=f"{explanation.text} without {left}")
            for left in owl:
                others = {label: text for label, text in owl.items() if label != left}
                add(goal, facts, others, holds=False, what=f"{explanation.text} without {left}")
    assert len(tried) > 300
    found = realise(*ontologies)
    assert found is not None
    for mark, goal, holds, what in tried:
        subject, predicate, value = (_renamed(part, mark)[1:-1] for part in goal)
        entailed = (
            (subject, value) in found.types
            if goal.predicate == TYPE
            else (subject, predicate, value) in found.relations
        )
        assert entailed == holds, what


def test_no_proof_goes_round_in_a_circle(explained: list[Explanation]) -> None:
    def walk(node: Node, above: frozenset[Fact]) -> Iterator[Fact]:
        if node.fact in above:
            yield node.fact
        for premise in node.premises:
            yield from walk(premise, above | {node.fact})

    for explanation in explained:
        for proof in explanation.proofs:
            assert not list(walk(proof, frozenset()))


def test_the_shortest_proof_comes_first(explained: list[Explanation]) -> None:
    several = [one for one in explained if len(one.proofs) > 1]
    assert len(several) > 20
    for explanation in several:
        sizes = [len(leaves(proof)) + len(axioms(proof)) for proof in explanation.proofs]
        assert sizes == sorted(sizes), explanation.text


def test_proofs_of_one_fact_need_different_things(explained: list[Explanation]) -> None:
    for explanation in explained:
        needs = [
            frozenset(leaves(proof))
            | {label for label in axioms(proof)
               for node in nodes_of(proof) if node.axiom and node.axiom.rule.label == label
               and node.axiom.reasons}
            for proof in explanation.proofs
        ]  # fmt: skip
        assert not any(shorter <= longer for shorter, longer in combinations(needs, 2)), (
            explanation.text
        )


# ── from claims to edges ─────────────────────────────────────────────────────────────────────────


def test_an_edge_follows_from_its_claim_alone_and_from_nothing_less(explainer: Explainer) -> None:
    rows = explainer.store.select(
        f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph_iri('edges')}> {{ ?s ?p ?o }} "
        f"FILTER (STRSTARTS(STR(?s), '{BASE}entity/') && ?p NOT IN "
        f"(<{NKG}aboutDisease>, <{NKG}kind>)) }} ORDER BY ?p ?s ?o"
    )
    by_property: dict[str, Fact] = {}
    for s, p, o in rows.cells:
        assert s
        assert p
        assert o
        by_property.setdefault(p.value, Fact(term_text(s), term_text(p), term_text(o)))
    assert len(by_property) > 25
    for one in by_property.values():
        steps = explainer.derivations.by_claims(one)
        assert steps, one
        step = steps[0]
        construct = next(
            row["text"]
            for row in explainer.store.select(
                f"SELECT ?text WHERE {{ <{step.rule.iri}> "
                "<http://www.w3.org/ns/shacl#construct> ?text }"
            )
        )
        for left in (None, *step.premises):
            alone = EmbeddedStore.in_memory()
            data = "".join(f"{fact.ntriples}\n" for fact in step.premises if fact != left)
            alone.update(f"INSERT DATA {{ {data} }}")
            made = alone.answer(sparql_prefixes() + construct, "nt").decode().split("\n")
            assert (one.ntriples in made) == (left is None), (one, left)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


def _alone(facts: list[Fact], explainer: Explainer) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    graphs = explainer.derivations.graphs(facts)
    for one in facts:
        named = "".join(f"GRAPH <{name}> {{ {one.ntriples} }}" for name in graphs[one])
        store.update(f"INSERT DATA {{ {one.ntriples} {named} }}")
    return store


@pytest.mark.parametrize("name", [one.name for one in KnowledgeGraph.questions()])
def test_a_row_follows_from_its_premises_alone_and_from_nothing_less(
    name: str, graph: KnowledgeGraph, explainer: Explainer
) -> None:
    question = next(one for one in graph.questions() if one.name == name)
    asked = AskedQuestion(
        graph.prepare(name, **{one.name: one.example for one in question.parameters})
    )
    rows = asked.rows(graph._store)
    assert rows
    for row in rows[:: max(1, len(rows) // 2)]:
        explanation = explainer.row(asked, row, 2)
        assert explanation.proofs, row
        for proof in explanation.proofs:
            premises = list(proof.facts)
            assert asked.gives(_alone(premises, explainer), row), row
            for left in premises:
                less = _alone([one for one in premises if one != left], explainer)
                assert not asked.gives(less, row), (row, left)


def test_a_row_of_a_class_names_the_claims_on_the_class(graph: KnowledgeGraph) -> None:
    why = graph.why_rows("drugs acting on mTORC2", "AZD8055")
    (row,) = why.rows
    assert all(proof.claims for proof in row.proofs)
    text = why.as_text()
    assert "TORKis block the site at which mTORC2 binds ATP." in text
    assert "AZD8055 is in drug class TORKi" in text
    assert re.search(r"zanini2020, .*characters \d+-\d+, SHA-256 [0-9a-f]{12}", text)


# ── disputes and guesses ─────────────────────────────────────────────────────────────────────────


def test_a_contested_premise_shows_both_sides(graph: KnowledgeGraph) -> None:
    why = graph.why_rows("prognostic biomarkers", "FGFR4 G388R genotype")
    contested = [row for row in why.rows if row.standing == "contested"]
    assert contested
    for row in contested:
        assert row.disputes
        assert all(side for dispute in row.disputes for side in dispute.sides)
    text = why.as_text()
    assert "contested: see the dispute below" in text
    assert "one side:" in text
    assert "other side:" in text


def test_a_row_that_rests_on_guesses_alone_says_so(graph: KnowledgeGraph) -> None:
    why = graph.why_rows("how do tumours resist everolimus")
    standings = {row.row["status"]: row for row in why.rows}
    assert {"supported", "hypothesised"} <= standings.keys()
    for row in why.rows:
        guessed = all(
            claim.hedge == "hypothesised" for proof in row.proofs for claim in proof.claims
        )
        assert (row.standing == "hypothesised") == guessed, row.row
    assert "rests only on hypothesised claims: no source states it" in why.as_text()


def test_a_denied_claim_proves_nothing_that_is_no_denial(explained: list[Explanation]) -> None:
    for explanation in explained:
        for proof in explanation.proofs:
            for node in nodes_of(proof):
                for reason in node.reasons:
                    if reason.rule is not None:
                        assert {claim.polarity for claim in reason.claims} <= {"affirmed"}


# ── a small graph to go round in ─────────────────────────────────────────────────────────────────

SMALL = """
@prefix nkg: <https://w3id.org/netkg/ontology#> . @prefix e: <https://w3id.org/netkg/entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def small(axioms_: str, facts: str) -> Explainer:
    ontology = Graph().parse(data=SMALL + axioms_)
    rules = compile_axioms(ontology)
    store = EmbeddedStore.in_memory()
    curated = Graph().parse(data=SMALL + facts)
    for name, part in (("entities", curated), ("rules", rules_graph(rules, ()))):
        store.load(part.serialize(format="nt", encoding="utf-8"), graph_iri(name))
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    run_rules(store, rules)
    return Explainer(store)


def test_two_independent_ways_are_both_offered_and_no_circle() -> None:
    there = small(
        "nkg:p a owl:ObjectProperty, owl:TransitiveProperty, owl:SymmetricProperty ; "
        "owl:inverseOf nkg:q . nkg:q a owl:ObjectProperty .",
        "e:a nkg:p e:b . e:b nkg:p e:d . e:a nkg:p e:c . e:c nkg:q e:d .",
    )
    explanation = there.fact(fact("a", "p", "d"))
    found = {frozenset(leaves(proof)) for proof in explanation.proofs}
    assert found == {
        frozenset({fact("a", "p", "b"), fact("b", "p", "d")}),
        frozenset({fact("a", "p", "c"), fact("c", "q", "d")}),
    }
    for proof in explanation.proofs:
        texts = [node.fact for node in nodes_of(proof) if node.premises]
        assert explanation.fact not in texts[1:]


def test_a_fact_written_down_is_its_own_proof_beside_others() -> None:
    there = small(
        "nkg:Narrow a owl:Class ; rdfs:subClassOf nkg:Wide . nkg:Wide a owl:Class .",
        "e:x a nkg:Narrow, nkg:Wide .",
    )
    proofs = there.fact(fact("x", "a", "Wide")).proofs
    assert [proof.axiom is None for proof in proofs] == [True, False]


def test_what_does_not_hold_has_no_proof(graph: KnowledgeGraph) -> None:
    why = graph.why("everolimus", "inhibits", "mTORC2")
    assert not why
    text = why.as_text()
    assert text.startswith("not in the graph: everolimus inhibits mTORC2\n")
    assert "Everolimus binds FKBP-12." in text


# ── forms ────────────────────────────────────────────────────────────────────────────────────────


def test_json_holds_all_that_a_check_needs(graph: KnowledgeGraph) -> None:
    whole = json.loads(graph.why("everolimus", "inhibits", "mTORC1").as_json())
    (explanation,) = whole["facts"]
    (proof,) = explanation["proofs"]
    assert proof["axiom"]["manchester"] == "Rapalog SubClassOf inhibits value entity:mtorc1"
    assert "hasValue" in proof["axiom"]["owl"]
    claims = [claim for reason in proof["axiom"]["reasons"] for claim in reason["claims"]]
    assert {claim["polarity"] for claim in claims} == {"affirmed"}
    assert all(claim["start"] < claim["end"] and claim["span_sha256"] for claim in claims)


def test_prov_says_what_each_step_used(graph: KnowledgeGraph) -> None:
    written = Graph().parse(data=graph.why_rows("drugs acting on mTORC2", "AZD8055").as_turtle())
    activities = set(written.subjects(RDF.type, PROV.Activity))
    assert activities
    for activity in activities:
        association = written.value(activity, PROV.qualifiedAssociation)
        assert written.value(association, PROV.hadPlan) is not None
        for conclusion in written.subjects(PROV.wasGeneratedBy, activity):
            used = set(written.objects(activity, PROV.used))
            assert used <= set(written.objects(conclusion, PROV.wasDerivedFrom))
    claim = URIRef(BASE + "claim/zanini2020/torki-blocks-mtorc2-completely")
    assert written.value(claim, PROV.hadPrimarySource) == URIRef(BASE + "source/zanini2020")


def test_markdown_and_text_tell_the_same(graph: KnowledgeGraph) -> None:
    why = graph.why("sapanisertib", "acts on", "mTORC2")
    text, markdown = why.as_text(), why.as_markdown()
    for line in text.split("\n"):
        assert line.strip().removeprefix("• ").replace("<", "\\<") in markdown


def test_fewer_proofs_say_how_many_there_are(explainer: Explainer) -> None:
    explanation = explainer.fact(fact("sapanisertib", "actsOn", "mtorc2"))
    assert len(explanation.proofs) > 2
    lines = [line.text for line in explanation_lines(explanation, explainer.evidence, 0, 1)]
    assert f"and {len(explanation.proofs) - 1} more, independent: --all writes them out" in lines


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("everolimus", "inhibitz", "mTORC1"), "did you mean inhibits"),
        (("everolimous", "inhibits", "mTORC1"), "did you mean everolimus"),
        (("everolimus", "a", "Rapalogue"), "no such class"),
        (("RADIANT-3", "number enrolled", "411"), "which is 410"),
    ],
)
def test_an_unknown_word_is_an_error_that_helps(
    graph: KnowledgeGraph, words: tuple[str, str, str], what: str
) -> None:
    with pytest.raises(UnknownNameError, match=what):
        graph.why(*words)


def test_the_commands_are_there() -> None:
    assert {"why", "why-not"} <= set(cli.commands)
