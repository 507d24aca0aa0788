"""Gives every entity one English label that no other entity has.

In: a graph. Out: the same graph with its labels mended. Refuses nothing.

Protégé finds entities by their labels, in DL queries too, so two that share one cannot be told
apart (https://github.com/protegeproject/protege/issues/1033).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, Literal, URIRef

from netkg.vocab import BASE, NKG, entity_iri

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

__all__ = ["KINDS", "mend_labels"]

KINDS = (
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.NamedIndividual,
)
"""What an IRI of an OWL 2 ontology can be declared as."""


def _rank(term: Node) -> tuple[int, str]:
    """Terms of the ontology keep their labels first, then the entities of the registry."""
    order = (NKG, entity_iri(""), BASE)
    at = next((at for at, base in enumerate(order) if str(term).startswith(base)), len(order))
    return at, str(term)


def _path(term: Node) -> str:
    """Give what tells a term from all others: its IRI without what all ours begin with."""
    text = str(term)
    return text.removeprefix(BASE) if text.startswith(BASE) else text.rsplit("/", 1)[-1]


def _own_label(graph: Graph, term: Node) -> str:
    labels = sorted(str(label) for label in graph.objects(term, RDFS.label))
    return labels[0] if labels else ""


def mend_labels(graph: Graph) -> None:
    """Give every declared entity one label, in English, that no other has.

    An entity without a label is called by its path, such as `claim zanini2020/x`; where two share
    a label, whatever its case, the later one gets its path behind it.

    Args:
        graph: The graph, which is changed.
    """
    entities = {term for kind in KINDS for term in graph.subjects(RDF.type, kind)}
    taken: set[str] = set()
    for term in sorted((e for e in entities if isinstance(e, URIRef)), key=_rank):
        label = _own_label(graph, term)
        if not label:
            label = _path(term).replace("/", " ", 1)
        elif label.casefold() in taken:
            label = f"{label} ({_path(term)})"
        taken.add(label.casefold())
        graph.remove((term, RDFS.label, None))
        graph.add((term, RDFS.label, Literal(label, lang="en")))
