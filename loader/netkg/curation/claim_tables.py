"""The tables of a source: its sections, and one table for each kind of claim.

In: nothing. Out: `CLAIM_TABLES`, the declarations that reading, checking, docs and triples share.
A new kind of claim is a new entry in one of the two modules below and a class in the ontology; no
other code changes.
"""

from __future__ import annotations

from netkg.curation.claim_columns import COMMON_COLUMNS
from netkg.curation.clinical_tables import CLINICAL_TABLES
from netkg.curation.mechanism_tables import MECHANISM_TABLES
from netkg.curation.schema import Column, Kind, Table

__all__ = ["CLAIM_TABLES", "COMMON_COLUMNS", "SECTIONS"]

SECTIONS = Table(
    name="sections",
    node_class="SourceSection",
    columns=(
        Column(name="label", doc="the heading as printed", required=True, rdf="rdfs:label"),
        Column(
            name="kind", doc="abstract, section, table or figure", required=True,
            rdf="nkg:sectionKind",
        ),
        Column(name="start", doc="offset of its first character", kind=Kind.INTEGER, required=True),
        Column(name="end", doc="offset behind its last one", kind=Kind.INTEGER, required=True),
        Column(name="note", doc="what a reader should know", rdf="skos:note"),
    ),
)  # fmt: skip

CLAIM_TABLES = (*MECHANISM_TABLES, *CLINICAL_TABLES)
"""One table for each kind of claim, in the order the docs show them."""
