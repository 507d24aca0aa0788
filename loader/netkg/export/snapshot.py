"""Reads a store whole, for whatever is to be written of it.

In: a store, embedded or remote. Out: its named graphs as N-Triples, or all of them in canonical
form (RDFC-1.0). Refuses a server's answer that lacks triples which the server itself counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.errors import StoreError
from netkg.store.dataset import canonical_nquads
from netkg.vocab import graph_iri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.store.interface import Store

__all__ = [
    "as_dataset",
    "as_triples",
    "graph_counts",
    "named_graphs",
    "read_dataset",
    "read_triples",
]

_COUNTS = f"""
SELECT ?graph (COUNT(*) AS ?count)
WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?graph), "{graph_iri("")}")) }}
GROUP BY ?graph ORDER BY ?graph"""


def _whole_graph(store: Store, graph: str, expected: int) -> bytes:
    written = store.answer(
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", "nt"
    )
    received = len({line for line in written.splitlines() if line.strip()})
    if received != expected:
        raise StoreError(
            f"the store gave {received} of the {expected} triples of {graph}; raise its limit on "
            "the size of answers, or export from a store that 'netkg build' wrote"
        )
    return written


def graph_counts(store: Store) -> dict[str, int]:
    """Count the triples of each named graph of netkg's.

    Args:
        store: The store; graphs of others that it holds are left alone.

    Returns:
        The counts by graph IRI, in the order of the IRIs.

    Raises:
        StoreError: The store holds no graph of ours.
    """
    counts = {row["graph"]: int(row["count"]) for row in store.select(_COUNTS)}
    if not counts:
        raise StoreError(
            f"the store holds no named graph below {graph_iri('')}; load a dump that has them"
        )
    return counts


def named_graphs(store: Store) -> dict[str, bytes]:
    """Read every named graph of netkg's.

    Args:
        store: The store.

    Returns:
        N-Triples by graph IRI, in the order of the IRIs.

    Raises:
        StoreError: The store holds no graph of ours, or did not give all of one.
    """
    return {
        graph: _whole_graph(store, graph, count) for graph, count in graph_counts(store).items()
    }


def as_dataset(graphs: Mapping[str, bytes]) -> bytes:
    """Write named graphs as canonical N-Quads.

    Args:
        graphs: N-Triples by graph IRI.
    """
    return canonical_nquads(graphs.items())


def as_triples(graphs: Mapping[str, bytes]) -> bytes:
    """Merge named graphs, but for the index of names, into canonical N-Triples.

    The index (`graph:names`) serves netkg's own look-up and tells nothing that labels do not.

    Args:
        graphs: N-Triples by graph IRI.
    """
    names = graph_iri("names")
    return canonical_nquads(("", graph) for name, graph in graphs.items() if name != names)


def read_dataset(store: Store) -> bytes:
    """Read a store whole, as canonical N-Quads: every named graph of ours.

    Args:
        store: The store.

    Raises:
        StoreError: The store holds no graph of ours, or did not give all of one.
    """
    return as_dataset(named_graphs(store))


def read_triples(store: Store) -> bytes:
    """Read a store whole, as canonical N-Triples, merged.

    Args:
        store: The store.

    Raises:
        StoreError: The store holds no graph of ours, or did not give all of one.
    """
    return as_triples(named_graphs(store))
