"""Reads the axioms that a store holds: the ontology and the class axioms that claims made.

In: a store. Out: one rdflib graph, with labels of the individuals that axioms name.
Refuses nothing: a store without an ontology gives an empty graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import Graph

from netkg.ontology import PLAIN_STORE
from netkg.vocab import graph_iri

if TYPE_CHECKING:
    from netkg.store.interface import Store

__all__ = ["read_tbox"]

_ONTOLOGY, _CLASS_AXIOMS = graph_iri("ontology"), graph_iri("class-axioms")
_TBOX = (
    "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } "
    f"VALUES ?g {{ <{_ONTOLOGY}> <{_CLASS_AXIOMS}> }} }}"
)
_LABELS = (
    "CONSTRUCT { ?named rdfs:label ?label } WHERE { "
    f"GRAPH <{_CLASS_AXIOMS}> {{ ?expression owl:hasValue ?named }} ?named rdfs:label ?label }}"
)


def read_tbox(store: Store) -> Graph:
    """Read the axioms of a store, as they are compiled to rules.

    Args:
        store: Holds the graphs `ontology` and `class-axioms`.
    """
    graph = Graph(store=PLAIN_STORE)
    for query in (_TBOX, _LABELS):
        graph.parse(data=store.answer(query, "nt"), format="nt")
    return graph
