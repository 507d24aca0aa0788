"""Opens a store from what a user gives: a folder or a server's address."""

from __future__ import annotations

from netkg.store.embedded import EmbeddedStore
from netkg.store.layout import find_store

TYPE_CHECKING = False  # `typing` is not worth its import time on the way to a warm answer
if TYPE_CHECKING:
    from netkg.store.interface import Store

__all__ = ["open_store"]


def is_url(place: str) -> bool:
    """Say whether a place is a server's address rather than a folder."""
    return place.startswith(("http://", "https://"))


def open_store(place: str, *, timeout_s: float = 60) -> Store:
    """Open a store for asking.

    Args:
        place: A folder that `netkg build` wrote, an Oxigraph store, or a SPARQL endpoint.
        timeout_s: Seconds until a server's answer must be whole.

    Raises:
        StoreError: There is no store.
    """
    if is_url(place):
        from netkg.store.remote import RemoteStore  # noqa: PLC0415 - only for servers

        return RemoteStore(place, timeout_s=timeout_s)
    return EmbeddedStore.open(find_store(place))
