"""The words in which an axiom tells who said it: annotation properties of the Protégé folder.

In: nothing. Out: their IRIs, and the triples that declare them. Refuses nothing.

The ontology has properties of the same sense (`nkg:source`, `nkg:hedge`), but those relate
individuals, and OWL 2 DL keeps the two kinds apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import OWL, RDF, RDFS, Literal, URIRef

from netkg.vocab import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netkg.export.protege.nodes import Triple

__all__ = ["SAID", "declarations", "said"]

SAID = BASE + "said#"
"""Namespace of the annotation properties."""

_DEFINITION = URIRef(PREFIXES["obo"] + "IAO_0000115")

_WORDS = {
    "claim": ("said by claim", "Names the claim that an axiom was concluded from."),
    "source": ("said in source", "Names the source that makes the claim."),
    "place": (
        "said at place",
        "Gives the claim's locator: its section, and its first and last character in the text.",
    ),
    "words": ("said in the curator's words", "Gives the claim as its curator states it."),
    "evidence": ("said on evidence", "Names the type of evidence that the claim rests on."),
    "polarity": ("said as", "Tells whether the claim affirms or denies."),
    "hedge": ("said how surely", "Tells whether the claim is stated, suggested or hypothesised."),
    "basis": ("said on basis", "Tells on whose work the source bases the claim."),
    "status": ("standing", "Tells whether all claims together support the axiom or contest it."),
}


def said(name: str) -> URIRef:
    """Give the IRI of one of the annotation properties."""
    return URIRef(SAID + name)


def declarations() -> Iterator[Triple]:
    """Declare the annotation properties, with labels and definitions."""
    for name, (label, definition) in _WORDS.items():
        yield said(name), RDF.type, OWL.AnnotationProperty
        yield said(name), RDFS.label, Literal(label, lang="en")
        yield said(name), _DEFINITION, Literal(definition, lang="en")
