"""Runs the build rules: CONSTRUCT queries that turn claims into propositions, edges and axioms.

In: a store with curated graphs, and `queries/build/*.rq`, run in the order of their names.
Out: the graph each file names in its header (`#+ graph: edges`), beside the default graph.
Refuses a file without that header.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netkg.errors import DataNotFoundError, QuerySyntaxError
from netkg.paths import read_queries
from netkg.vocab import graph_iri, sparql_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from netkg.store.embedded import EmbeddedStore

__all__ = ["BuildRule", "build_rules", "run_build_rules"]

_HEADER = "#+ graph:"


@dataclass(frozen=True, slots=True)
class BuildRule:
    """One CONSTRUCT query and the graph it fills.

    Attributes:
        name: The name of its file.
        graph: The IRI of the graph.
        words: What it does, from the comment at its head.
        construct: The query.
    """

    name: str
    graph: str
    words: str
    construct: str

    @property
    def sparql(self) -> str:
        """The query with the prefixes of netkg."""
        return sparql_prefixes() + self.construct


def build_rules(queries_folder: str) -> Iterator[BuildRule]:
    """Read the build rules in the order they run.

    Args:
        queries_folder: The folder that holds `build/`.

    Raises:
        DataNotFoundError: A file does not name its graph.
    """
    for file, text in read_queries(queries_folder, "build"):
        header = next((line for line in text.splitlines() if line.startswith(_HEADER)), "")
        name = header.removeprefix(_HEADER).strip()
        if not name.replace("-", "").isalnum():
            raise DataNotFoundError(f"queries/build/{file}: add a line '{_HEADER} NAME'")
        comment = [line[2:] for line in text.splitlines() if line.startswith("# ")]
        query = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
        yield BuildRule(file, graph_iri(name), " ".join(comment), query + "\n")


def run_build_rules(store: EmbeddedStore, rules: Iterable[BuildRule]) -> None:
    """Run the build rules, each on what the ones before it made.

    Args:
        store: Holds the curated graphs; receives what the rules construct.
        rules: In the order they run.

    Raises:
        DataNotFoundError: A rule is no CONSTRUCT.
    """
    for rule in rules:
        try:
            store.load(store.answer(rule.sparql, "nt"), rule.graph)
        except QuerySyntaxError as error:
            raise DataNotFoundError(f"queries/build/{rule.name}: {error}") from error
        store.update(f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH <{rule.graph}> {{ ?s ?p ?o }} }}")
