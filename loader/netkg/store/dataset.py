"""The canonical form of a dataset, which every export is written from.

In: N-Triples by graph. Out: canonical N-Quads, the same bytes for the same dataset. Refuses text
that is not RDF.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from netkg.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["canonical_nquads"]


def _quads(graphs: Iterable[tuple[str, bytes]]) -> Iterator[ox.Quad]:
    for name, ntriples in graphs:
        graph = ox.NamedNode(name) if name else ox.DefaultGraph()
        try:
            for triple in ox.parse(ntriples, ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        except (SyntaxError, ValueError) as error:
            place = name or "the default graph"
            raise StoreError(f"{place} holds what is not RDF: {error}") from error


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
    dataset = ox.Dataset(_quads(graphs))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(written.splitlines(keepends=True)))
