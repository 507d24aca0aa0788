"""Datasets as text: canonical N-Quads, and the formats that the engine writes natively.

In: N-Triples by graph, or canonical lines. Out: bytes, the same for the same dataset.
Refuses text that is not RDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from netkg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["canonical_nquads"]


def canonical_nquads(graphs: Iterable[tuple[str, bytes]]) -> bytes:
    """Write graphs as the one canonical N-Quads document of their dataset.

    Follows RDF Dataset Canonicalization, RDFC-1.0 (https://www.w3.org/TR/rdf-canon/): blank nodes
    are named by what surrounds them, and lines are sorted by code point. A blank node belongs to
    the text it stands in.

    Args:
        graphs: Pairs of a graph's IRI and its N-Triples. The empty text stands for the default
            graph; graphs given under one name are merged.

    Returns:
        The document; two datasets are isomorphic when, and only when, theirs are equal.

    Raises:
        StoreError: Something in them is not RDF.
    """
    dataset = ox.Dataset()
    for name, ntriples in graphs:
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        try:
            for triple in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True):
                dataset.add(ox.Quad(triple.subject, triple.predicate, triple.object, graph))
        except (SyntaxError, ValueError) as error:
            raise StoreError(
                f"{name or 'the default graph'} holds what is not RDF: {error}"
            ) from error
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(written.splitlines(keepends=True)))
