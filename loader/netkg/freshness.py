"""Finds the cached store of the packaged data, if it is up to date.

In: nothing. Out: the place of the store's quads, or None. Refuses nothing, and imports next to
nothing: every question asks it first.
"""

from __future__ import annotations

import os

from netkg.paths import cache_folder, data_folder, watched_files
from netkg.store.layout import default_root, inputs_signature, read_current

__all__ = ["fresh_store"]


def fresh_store() -> str | None:
    """Give the cached store's quads if its inputs have not changed since it was built."""
    data = data_folder()
    current = read_current(default_root(cache_folder(), data))
    if current is None:
        return None
    files = watched_files(os.path.join(data, part) for part in ("ontology", "queries", "graphs"))
    return current.path if current.signature == inputs_signature(files.values()) else None
