"""Writes the rules into the graph, so that whoever holds the store can see and run them.

In: the rules compiled from axioms, and the build rules. Out: triples for the graph `rules`.
Refuses nothing. Each rule is a `sh:SPARQLRule` whose `sh:construct` runs on any SPARQL engine.

Source: SHACL Advanced Features, section 8.4, https://www.w3.org/TR/shacl-af/#SPARQLRule
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rdflib import PROV, RDF, RDFS, SH, Graph, Literal, URIRef

from netkg.ontology import PLAIN_STORE
from netkg.store.dataset import canonical_nquads
from netkg.vocab import rule_iri, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netkg.reason.edges import BuildRule
    from netkg.reason.rules import Rule, RuleSet

__all__ = ["rules_graph"]

_HASH_LENGTH = 12


def _axiom_rule(graph: Graph, rule: Rule) -> None:
    """Write a rule that was compiled from an axiom."""
    text = f"{rule.axiom}\n{rule.body}\n{rule.head}"
    digest = hashlib.sha256(text.encode()).hexdigest()[:_HASH_LENGTH]
    node = URIRef(rule_iri(f"axiom/{digest}"))
    graph.add((node, RDF.type, SH.SPARQLRule))
    graph.add((node, RDFS.label, Literal(rule.axiom)))
    graph.add((node, URIRef(term("inWords")), Literal(rule.words, lang="en")))
    graph.add((node, SH.construct, Literal(f"CONSTRUCT {{ {rule.head} }} WHERE {{ {rule.body} }}")))
    graph.add((node, URIRef(term("concludes")), URIRef(rule.writes)))
    graph.add((node, URIRef(term("axiomTriples")), Literal(_stable_triples(rule))))
    for proposition in rule.propositions:
        graph.add((node, PROV.wasDerivedFrom, URIRef(proposition)))


def _stable_triples(rule: Rule) -> str:
    """Give the axiom's triples with blank nodes named alike in every build, and by no other axiom.

    So the axioms of a proof can be put together as they stand.
    """
    own = hashlib.sha256(rule.axiom.encode()).hexdigest()[:_HASH_LENGTH]
    triples = canonical_nquads([("", rule.triples.encode())]).decode()
    return triples.replace("_:c14n", f"_:a{own}n")


def _build_rule(graph: Graph, rule: BuildRule) -> None:
    """Write a rule that makes edges of claims."""
    node = URIRef(rule_iri(f"build/{rule.name.removesuffix('.rq')}"))
    graph.add((node, RDF.type, SH.SPARQLRule))
    graph.add((node, RDFS.label, Literal(f"queries/build/{rule.name}")))
    graph.add((node, URIRef(term("inWords")), Literal(rule.words, lang="en")))
    graph.add((node, SH.construct, Literal(rule.construct)))
    graph.add((node, URIRef(term("fillsGraph")), URIRef(rule.graph)))


def rules_graph(rules: RuleSet, build_rules: Iterable[BuildRule]) -> Graph:
    """Write every rule by which netkg concludes anything.

    Args:
        rules: What was compiled from the ontology.
        build_rules: What makes edges, disputes and class axioms of claims.

    Returns:
        The graph of the rules.
    """
    graph = Graph(store=PLAIN_STORE)
    for rule in rules.rules:
        _axiom_rule(graph, rule)
    for built in build_rules:
        _build_rule(graph, built)
    return graph
