"""Terms of other ontologies: declared where they are used, and told apart from ours.

In: graphs that use such terms. Out: graphs in which each is declared and has a label of its own.
Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, Literal, URIRef

from netkg.export.protege.labels import KINDS
from netkg.export.protege.nodes import graph_of
from netkg.vocab import BASE

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["declare_outside_terms", "tell_apart"]


def declare_outside_terms(facts: Graph, alignments: Graph) -> None:
    """Declare the properties of others that facts use, as the alignments do.

    Args:
        facts: The facts, which are changed.
        alignments: Where the terms of others are declared.
    """
    for name in set(facts.predicates()):
        if (name, RDF.type, None) not in facts:
            for kind in KINDS:
                if (name, RDF.type, kind) in alignments:
                    facts.add((name, RDF.type, kind))
                    for label in alignments.objects(name, RDFS.label):
                        facts.add((name, RDFS.label, label))


def _resource(term: URIRef) -> str:
    """Give the name that a term has where it comes from."""
    return term.rstrip("/").replace("#", "/").rsplit("/", 1)[-1].replace("_", ":", 1)


def tell_apart(alignments: Graph) -> Graph:
    """Put behind the label of each term of others what it is called there.

    A property that is only matched, and of whose kind the alignments say nothing, is declared as
    an annotation property, which has no logical force.

    Args:
        alignments: The alignments.
    """
    found = graph_of(triple for triple in alignments if triple[1] != RDFS.label)
    for term, label in alignments.subject_objects(RDFS.label):
        if isinstance(term, URIRef) and not term.startswith(BASE):
            found.add((term, RDFS.label, Literal(f"{label} [{_resource(term)}]", lang="en")))
            if (term, RDF.type, None) not in alignments:
                found.add((term, RDF.type, OWL.AnnotationProperty))
    return found
