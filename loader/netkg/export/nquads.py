"""N-Quads and N-Triples: the canonical lines themselves.

In: a store. Out: a file whose SHA-256 is the hash of the dataset after RDFC-1.0. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.export.snapshot import read_dataset, read_triples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.store.interface import Store

__all__ = ["write_nquads", "write_ntriples"]


def write_nquads(store: Store) -> Mapping[str, bytes]:
    """Write every named graph (https://www.w3.org/TR/n-quads/)."""
    return {"netkg.nq": read_dataset(store)}


def write_ntriples(store: Store) -> Mapping[str, bytes]:
    """Write the merged graph (https://www.w3.org/TR/n-triples/)."""
    return {"netkg.nt": read_triples(store)}
