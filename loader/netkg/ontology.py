"""Reads the ontology's own words: its classes with their parents, and its closed lists of terms.

In: ontology/netkg.ttl. Out: a `Vocabulary` that curation asks what a cell may hold.
Refuses an ontology that cannot be parsed; whether it is consistent is the reasoner's business.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection

from netkg.errors import DataNotFoundError
from netkg.vocab import NKG

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ALIGNMENTS",
    "ONTOLOGY",
    "PLAIN_STORE",
    "Vocabulary",
    "parse_turtle",
    "read_ontology",
    "read_vocabulary",
]

ONTOLOGY = "netkg.ttl"
ALIGNMENTS = "alignments.ttl"
PLAIN_STORE = "SimpleMemory"
"""rdflib's store without named graphs: a third faster to fill and to read than its default."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the ontology lets a table say.

    Attributes:
        parents: Each class of ours with all its ancestors and itself, as local names.
        terms: Each closed list (a class with `owl:oneOf`) with its words and their IRIs.
    """

    parents: Mapping[str, frozenset[str]]
    terms: Mapping[str, Mapping[str, str]]

    def is_a(self, kind: str, ancestor: str) -> bool:
        """Say whether one class of ours is another or lies below it."""
        return ancestor in self.parents.get(kind, frozenset())


def parse_turtle(path: str) -> Graph:
    """Parse a Turtle file.

    Args:
        path: The file.

    Raises:
        DataNotFoundError: It is missing or is not Turtle.
    """
    graph = Graph(store=PLAIN_STORE)
    try:
        graph.parse(path, format="turtle")
    except FileNotFoundError as error:
        raise DataNotFoundError(f"{path} is missing; install netkg again") from error
    except Exception as error:  # rdflib's parsers raise whatever they stumbled on
        raise DataNotFoundError(f"{path} is not valid Turtle: {error}") from error
    return graph


def _local(node: object) -> str:
    text = str(node)
    return text[len(NKG) :] if text.startswith(NKG) else ""


def _ancestors(graph: Graph) -> dict[str, frozenset[str]]:
    parents: dict[str, frozenset[str]] = {}
    for node in graph.subjects(RDF.type, OWL.Class):
        if isinstance(node, URIRef) and _local(node):
            above = graph.transitive_objects(node, RDFS.subClassOf)
            parents[_local(node)] = frozenset(filter(None, map(_local, above)))
    return parents


def _closed_lists(graph: Graph) -> dict[str, dict[str, str]]:
    lists: dict[str, dict[str, str]] = {}
    for holder, members in graph.subject_objects(OWL.oneOf):
        owners = [holder, *graph.subjects(OWL.equivalentClass, holder)]
        for owner in filter(_local, owners):
            lists[_local(owner)] = {
                str(notation): str(member)
                for member in Collection(graph, members)
                for notation in graph.objects(member, SKOS.notation)
            }
    return lists


def read_ontology(ontology_folder: str) -> Graph:
    """Parse the ontology itself.

    Args:
        ontology_folder: The folder that holds `netkg.ttl`.

    Raises:
        DataNotFoundError: The ontology is missing or is not Turtle.
    """
    return parse_turtle(os.path.join(ontology_folder, ONTOLOGY))


def read_vocabulary(ontology: Graph) -> Vocabulary:
    """Read what the ontology lets a table say.

    Args:
        ontology: The ontology, parsed.
    """
    return Vocabulary(_ancestors(ontology), _closed_lists(ontology))
