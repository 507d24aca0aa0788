"""What a dataset's description is made from: counts and facts, asked of the store by SPARQL.

In: a store. Out: rows as plain values. Refuses a store without our ontology.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netkg.errors import StoreError
from netkg.export.snapshot import graph_counts
from netkg.vocab import ONTOLOGY_IRI

if TYPE_CHECKING:
    from netkg.store.interface import Store

__all__ = [
    "ClassCount",
    "Header",
    "PropertyCount",
    "Totals",
    "class_counts",
    "examples",
    "header",
    "property_counts",
    "sources",
    "totals",
    "vocabularies",
]


class Totals(NamedTuple):
    """Counts over everything, the default graph."""

    triples: int
    subjects: int
    objects: int
    classes: int
    properties: int
    entities: int


class ClassCount(NamedTuple):
    """How many instances a class has."""

    iri: str
    entities: int


class PropertyCount(NamedTuple):
    """How often a property is used."""

    iri: str
    triples: int
    subjects: int
    objects: int


class Header(NamedTuple):
    """What the ontology says of itself."""

    creator: str
    license: str
    version: str


def totals(store: Store) -> Totals:
    """Count what there is. An entity is whatever has a class and a name of its own.

    Args:
        store: The store.

    Raises:
        StoreError: The default graph does not hold what the named graphs hold.
    """
    (row,) = store.select(
        """
SELECT ?triples ?subjects ?objects ?classes ?properties ?entities WHERE {
  { SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
           (COUNT(DISTINCT ?o) AS ?objects) (COUNT(DISTINCT ?p) AS ?properties)
    WHERE { ?s ?p ?o } }
  { SELECT (COUNT(DISTINCT ?class) AS ?classes) WHERE { ?x a ?class FILTER (isIRI(?class)) } }
  { SELECT (COUNT(DISTINCT ?x) AS ?entities) WHERE { ?x a ?kind FILTER (isIRI(?x)) } }
}"""
    )
    total = Totals(*(int(row[name]) for name in Totals._fields))
    if total.triples < max(graph_counts(store).values()):
        raise StoreError(
            "the default graph of this server is not the union of its named graphs; switch that on"
        )
    return total


def class_counts(store: Store) -> list[ClassCount]:
    """Count the instances of each class."""
    rows = store.select(
        """
SELECT ?class (COUNT(DISTINCT ?x) AS ?entities) WHERE { ?x a ?class FILTER (isIRI(?class)) }
GROUP BY ?class ORDER BY ?class"""
    )
    return [ClassCount(row["class"], int(row["entities"])) for row in rows]


def property_counts(store: Store) -> list[PropertyCount]:
    """Count the triples of each property, and the nodes on its two sides."""
    rows = store.select(
        """
SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
       (COUNT(DISTINCT ?o) AS ?objects)
WHERE { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"""
    )
    return [
        PropertyCount(
            row["property"], int(row["triples"]), int(row["subjects"]), int(row["objects"])
        )
        for row in rows
    ]


def header(store: Store) -> Header:
    """Give who made the ontology, under which terms it may be used, and its version.

    Raises:
        StoreError: The store holds no ontology of ours.
    """
    rows = store.select(
        f"""
SELECT ?creator ?license ?version WHERE {{
  <{ONTOLOGY_IRI}> dcterms:creator ?creator ; dcterms:license ?license ; owl:versionInfo ?version
}} ORDER BY ?creator ?license ?version LIMIT 1"""
    )
    for row in rows:
        return Header(row["creator"], row["license"], row["version"])
    raise StoreError(f"the store says nothing of {ONTOLOGY_IRI}; load the whole dump")


def sources(store: Store) -> dict[str, str]:
    """Give the sources that claims come from, each with its DOI, which may be empty."""
    rows = store.select(
        """
SELECT DISTINCT ?source ?doi
WHERE { ?claim a nkg:Claim ; nkg:source ?source . OPTIONAL { ?source nkg:doi ?doi } }
ORDER BY ?source"""
    )
    return {row["source"]: row["doi"] for row in rows}


def examples(store: Store) -> list[str]:
    """Give three entities that the most claims are about."""
    rows = store.select(
        """
SELECT ?entity (COUNT(*) AS ?claims) WHERE { ?claim a nkg:Claim ; nkg:subject ?entity }
GROUP BY ?entity ORDER BY DESC(?claims) ?entity LIMIT 3"""
    )
    return [row["entity"] for row in rows]


def vocabularies(store: Store) -> list[str]:
    """Give the namespaces of the classes and properties in use."""
    rows = store.select(
        """
SELECT DISTINCT ?namespace WHERE {
  { SELECT DISTINCT (?p AS ?term) WHERE { ?s ?p ?o } }
  UNION { SELECT DISTINCT (?class AS ?term) WHERE { ?x a ?class FILTER (isIRI(?class)) } }
  BIND (REPLACE(STR(?term), "[^/#]*$", "") AS ?namespace)
} ORDER BY ?namespace"""
    )
    return [row["namespace"] for row in rows]
