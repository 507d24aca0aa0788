"""Reads named graphs into rdflib with blank nodes that keep one name from export to export.

In: a store. Out: graphs by name. Refuses what the snapshot of a store refuses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rdflib import RDF, BNode, Graph
from rdflib.term import Node

from netkg.export.snapshot import named_graphs
from netkg.ontology import PLAIN_STORE
from netkg.store.dataset import canonical_nquads
from netkg.vocab import graph_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netkg.store.interface import Store

__all__ = ["Triple", "graph_of", "items", "read_graphs", "tree_below"]

Triple = tuple[Node, Node, Node]

_SKOLEM = "urn:netkg:blank:"
_BLANK_SUBJECT = re.compile(r"^_:(\w+) ", re.MULTILINE)
_BLANK_OBJECT = re.compile(r" _:(\w+) \.$", re.MULTILINE)


def graph_of(triples: Iterable[Triple]) -> Graph:
    """Collect triples in a graph."""
    graph = Graph(store=PLAIN_STORE)
    for triple in triples:
        graph.add(triple)
    return graph


def _named(term: Node, name: str) -> Node:
    text = str(term)
    return BNode(name + text[len(_SKOLEM) :]) if text.startswith(_SKOLEM) else term


def _parsed(name: str, ntriples: bytes) -> Graph:
    """Parse a graph whose blank nodes are named after what surrounds them (RDFC-1.0).

    rdflib's parser would give them new names, so they come in as IRIs.
    """
    text = canonical_nquads([("", ntriples)]).decode()
    text = _BLANK_SUBJECT.sub(rf"<{_SKOLEM}\1> ", text)
    text = _BLANK_OBJECT.sub(rf" <{_SKOLEM}\1> .", text)
    graph = Graph(store=PLAIN_STORE).parse(data=text, format="nt")
    return graph_of((_named(s, name), p, _named(o, name)) for s, p, o in graph)


def read_graphs(store: Store, unwanted: Iterable[str]) -> dict[str, Graph]:
    """Read the store's named graphs.

    Args:
        store: The store.
        unwanted: Names of graphs to leave out.

    Returns:
        The graphs, by the names that `graph_iri` takes.

    Raises:
        StoreError: The store holds no graph of ours, or did not give all of one.
    """
    prefix = graph_iri("")
    graphs = {iri.removeprefix(prefix): text for iri, text in named_graphs(store).items()}
    return {name: _parsed(name, text) for name, text in graphs.items() if name not in unwanted}


def tree_below(graph: Graph, node: Node) -> Iterator[Triple]:
    """Give the triples of a node, and of all blank nodes that can be reached from it."""
    for triple in graph.triples((node, None, None)):
        yield triple
        if isinstance(triple[2], BNode):
            yield from tree_below(graph, triple[2])


def items(graph: Graph, head: Node) -> list[Node]:
    """Give the members of an RDF list."""
    found: list[Node] = []
    while head != RDF.nil:
        first, rest = graph.value(head, RDF.first), graph.value(head, RDF.rest)
        if first is None or rest is None:
            break
        found.append(first)
        head = rest
    return found
