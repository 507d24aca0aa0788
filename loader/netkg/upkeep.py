"""Keeps the packaged graph fit to be asked: builds its store when needed, and checks its tables.

In: the packaged data. Out: the place of a store, or findings.
Refuses to answer without a store: errors in the tables end it, unless an older store can answer.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from netkg.errors import NetkgError, StoreError
from netkg.freshness import fresh_store
from netkg.paths import cache_folder, data_folder
from netkg.store.layout import default_root, read_current
from netkg.store.opening import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from netkg.findings import Finding
    from netkg.store.interface import Store

__all__ = ["check_tables", "packaged_store"]

_PATIENCE_S = 300
_log = logging.getLogger(__name__)


def packaged_store(progress: Callable[[str], None]) -> Store:
    """Open the store of the packaged data, built first if need be.

    Args:
        progress: Told the name of each stage as it begins.

    Raises:
        CurationError: The packaged data cannot be built.
        StoreError: The store cannot be written.
    """
    place = fresh_store() or _ready_store(progress)
    try:
        return open_store(place)
    except StoreError as error:
        _log.warning("netkg: %s; building it again", error)
        from netkg.pipeline import build_store, inputs_of  # noqa: PLC0415 - heavy, only to build

        data = data_folder()
        return open_store(
            build_store(inputs_of(data), default_root(cache_folder(), data), progress)[0]
        )


def _ready_store(progress: Callable[[str], None]) -> str:
    """Give the cached store's place, built first if its inputs have changed.

    When it cannot be built, because the tables have errors or the cache cannot be written,
    the store there is goes on answering, with a warning.

    Args:
        progress: Told the name of each stage as it begins.
    """
    from netkg.pipeline import ensure_store, inputs_of  # noqa: PLC0415 - heavy, only to build

    data = data_folder()
    root = default_root(cache_folder(), data)
    current = read_current(root)
    try:
        return ensure_store(inputs_of(data), root, progress, patience_s=_PATIENCE_S)
    except (NetkgError, OSError) as error:
        if current is None:
            raise
        _log.warning("netkg: %s\nnetkg: the store built before this change answers", error)
        return current.path


def check_tables(
    graphs: Sequence[str], reasoner: str, progress: Callable[[str], None]
) -> list[Finding]:
    """Check curated tables, the ontology and all that follows.

    Args:
        graphs: Folders shaped like `graphs/`, checked instead of the packaged one.
        reasoner: `hermit` to have HermiT judge as well.
        progress: Told the name of each stage as it begins.
    """
    from netkg.pipeline import assemble, inputs_of  # noqa: PLC0415 - heavy, only to check

    built = assemble(inputs_of(data_folder(), graphs), progress)
    findings = list(built.findings)
    if reasoner == "hermit" and built.store is not None:
        from netkg.reason.judgement import judge  # noqa: PLC0415 - needs Java

        progress("asking HermiT")
        findings += judge(built.store, built.places)
    return findings
