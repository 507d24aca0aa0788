"""What every store can do, so that the rest need not know which engine answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.store.results import Rows

__all__ = ["Store", "WritableStore"]


class Store(Protocol):
    """A store that can be asked."""

    def select(self, sparql: str) -> Rows:
        """Run a SELECT and give its rows."""

    def ask(self, sparql: str) -> bool:
        """Run an ASK and give its truth value."""

    def answer(self, sparql: str, form: str) -> bytes:
        """Run any query and give its answer, written in a W3C format."""

    def manifest(self) -> Mapping[str, object]:
        """Give what the build wrote down of itself: nothing when that is not known."""


class WritableStore(Store, Protocol):
    """A store that rules can be run on."""

    def update(self, sparql: str) -> None:
        """Run a SPARQL Update."""
