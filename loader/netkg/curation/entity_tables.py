"""The tables of the registry: everything the sources name, once for all sources.

In: nothing. Out: `ENTITY_TABLES` (rows that are entities) and `LINK_TABLES` (rows about entities).
An entity's id is its name in every other table and the end of its IRI.
"""

from __future__ import annotations

from netkg.curation.schema import Column, Kind, Table

__all__ = ["ENTITY_TABLES", "LINK_TABLES"]

_LABEL = Column(
    name="label", doc="the name people use, unlike any other", required=True, rdf="rdfs:label"
)
_SYNONYMS = Column(name="synonyms", doc="other names people type", many=True, rdf="skos:altLabel")
_NOTE = Column(name="note", doc="what a curator should know", rdf="skos:note")


def _class(range_: str) -> Column:
    return Column(
        name="class", doc=f"its kind: {range_} or a class below it", kind=Kind.CLASS, range=range_,
        required=True, rdf="rdf:type",
    )  # fmt: skip


def _link(
    name: str, doc: str, range_: str, *, required: bool = False, many: bool = False,
    rdf: str = "",
) -> Column:  # fmt: skip
    return Column(
        name=name, doc=doc, kind=Kind.ENTITY, range=range_, required=required, many=many,
        rdf=rdf,
    )  # fmt: skip


def _entities(name: str, node_class: str, *columns: Column, typed: bool = False) -> Table:
    kind = (_class(node_class),) if typed else ()
    return Table(
        name=name, node_class=node_class, columns=(_LABEL, *kind, *columns, _SYNONYMS, _NOTE)
    )


ENTITY_TABLES = (
    _entities("genes", "Gene"),
    _entities("proteins", "Protein", _link("gene", "the gene it is made from", "Gene",
                                           rdf="nkg:encodedBy")),
    _entities("families", "ProteinFamily"),
    _entities("roles", "FunctionalRole"),
    _entities("complexes", "Complex"),
    _entities(
        "phosphoforms", "PhosphoForm",
        _link("protein", "the protein or family it is a form of", "MolecularEntity",
              required=True, rdf="nkg:phosphoformOf"),
        Column(name="sites", doc="phosphorylated residues, such as S473", many=True),
    ),
    _entities(
        "variants", "MolecularEntity",
        _link("gene", "the gene that is altered", "Gene", many=True, rdf="nkg:variantOf"),
        Column(name="protein_change", doc="the change of the protein, such as G388R"),
        typed=True,
    ),
    _entities("chemicals", "ChemicalEntity"),
    _entities("drugs", "Drug", typed=True),
    _entities(
        "drug-classes", "DrugClass",
        Column(name="owl_class", doc="the ontology's class of its members", kind=Kind.CLASS,
               range="Drug", rdf="nkg:namesClass"),
        _link("broader", "the next wider class", "DrugClass", many=True,
              rdf="nkg:broaderClass"),
    ),
    _entities("diseases", "Disease",
              _link("broader", "the next wider disease", "Disease", many=True,
                    rdf="nkg:broaderDisease"), typed=True),
    _entities("processes", "Process",
              _link("broader", "the next wider process", "Process", many=True,
                    rdf="nkg:broaderProcess"), typed=True),
    _entities(
        "models", "ModelSystem",
        _link("derived_from", "what it was grown from", "Entity"),
        _link("disease", "the disease it stands for", "Disease", rdf="nkg:modelsDisease"),
        typed=True,
    ),
    _entities("anatomy", "Entity", typed=True),
    _entities(
        "biomarkers", "Biomarker",
        _link("analyte", "what is measured", "Entity", many=True),
        Column(name="alteration", doc="in which respect", kind=Kind.TERM, range="AlterationKind"),
        _link("specimen", "in which material", "AnatomicalEntity"),
        typed=True,
    ),
    _entities(
        "endpoints", "Endpoint",
        _link("broader", "the next wider endpoint", "Endpoint", many=True,
              rdf="nkg:broaderEndpoint"),
        Column(name="partition", doc="by what the wider endpoint is split: the endpoints under "
               "one word, together, are all of it"),
    ),
    _entities("methods", "Method", typed=True),
    _entities("treatments", "TreatmentModality",
              _link("includes", "the drugs or classes it is made of", "Intervention", many=True)),
    _entities("adverse-events", "AdverseEvent"),
    _entities("trials", "Trial"),
    _entities(
        "patient-groups", "PatientGroup",
        _link("trial", "the trial whose patients it holds", "Trial", required=True,
              rdf="nkg:groupOf"),
        _link("part_of", "the larger group it is part of", "PatientGroup",
              rdf="nkg:subgroupOf"),
        Column(name="partition", doc="by what the larger group is split: its groups under one "
               "word, together, are the whole"),
        _link("disease", "the disease of its patients", "Disease", rdf="nkg:disease"),
        typed=True,
    ),
    _entities("organisations", "Organisation"),
    Table(
        name="sources",
        node_class="Source",
        columns=(
            _LABEL,
            Column(name="title", doc="its title", rdf="dcterms:title"),
            Column(name="year", doc="the year it appeared", kind=Kind.INTEGER,
                   rdf="nkg:publicationYear"),
            Column(name="journal", doc="where it appeared"),
            Column(name="doi", doc="its DOI", rdf="nkg:doi"),
            Column(name="pmid", doc="its PubMed id"),
            Column(name="pmcid", doc="its PubMed Central id"),
            Column(name="rendition_sha256", doc="hash of the text the locators count in",
                   kind=Kind.DIGEST, required=True),
            Column(name="rendition_characters", doc="that text's length", kind=Kind.INTEGER,
                   required=True),
            _NOTE,
        ),
    ),
    Table(
        name="studies",
        node_class="Study",
        columns=(
            _LABEL,
            Column(name="first_author", doc="the first author, as printed"),
            Column(name="year", doc="the year it appeared", kind=Kind.INTEGER,
                   rdf="nkg:publicationYear"),
            Column(name="kind", doc="primary-study, meta-analysis, review or unknown",
                   kind=Kind.TERM, range="StudyKind", required=True, rdf="nkg:studyKind"),
            Column(name="printed_refs", doc="the numbers it is cited by, as source:number",
                   many=True, rdf="nkg:citationNumber"),
            _NOTE,
        ),
    ),
    Table(
        name="evidence-types",
        node_class="EvidenceType",
        columns=(
            _LABEL,
            Column(name="curie", doc="the term of ECO or OBI", kind=Kind.CURIE, required=True,
                   rdf="skos:exactMatch"),
            _NOTE,
        ),
    ),
)  # fmt: skip
"""Tables whose rows are entities."""

LINK_TABLES = (
    Table(
        name="gaps",
        node_class="UncuratedPassage",
        columns=(
            _link("source", "the source", "Source", required=True, rdf="nkg:source"),
            Column(name="start", doc="offset of the passage's first character",
                   kind=Kind.INTEGER, required=True),
            Column(name="end", doc="offset behind its last one", kind=Kind.INTEGER,
                   required=True),
            Column(name="span_sha256", doc="hash of the passage", kind=Kind.DIGEST,
                   required=True),
            Column(name="reason", doc="why nothing was curated from it", required=True),
        ),
    ),
    Table(
        name="disputes",
        node_class="Dispute",
        columns=(
            Column(name="label", doc="what is disputed, in a few words", required=True,
                   rdf="rdfs:label"),
            Column(name="side_a", doc="claims of one side, as source:id", kind=Kind.CLAIM,
                   required=True, many=True, rdf="nkg:firstSide"),
            Column(name="side_b", doc="claims of the other side", kind=Kind.CLAIM, required=True,
                   many=True, rdf="nkg:secondSide"),
            Column(name="kind", doc="true, or apparent where the contexts differ", kind=Kind.TERM,
                   range="DisputeKind", required=True),
            Column(name="differs_in", doc="the ways in which the contexts differ",
                   kind=Kind.TERM, range="ContextDimension", many=True),
            _NOTE,
        ),
    ),
    Table(
        name="memberships",
        node_class="",
        columns=(
            _link("member", "the protein", "MolecularEntity", required=True),
            _link("group", "the family it belongs to", "MolecularEntity", required=True),
            Column(name="basis", doc="the resource that says so", required=True),
            _NOTE,
        ),
    ),
    Table(
        name="identifiers",
        node_class="",
        columns=(
            _link("entity", "whose identifier it is", "Entity", required=True),
            Column(name="curie", doc="the identifier", kind=Kind.CURIE, required=True),
            Column(name="id_label", doc="the label its source gives", required=True),
            Column(name="seen_in", doc="where that label was read", required=True),
            Column(name="relation", doc="exact, close, broad or narrow", kind=Kind.TERM,
                   range="MatchKind", required=True),
            _NOTE,
        ),
    ),
    Table(
        name="printed",
        node_class="PrintedForm",
        columns=(
            _link("entity", "what is meant", "Entity", required=True, rdf="nkg:meansEntity"),
            _link("source", "where it is printed", "Source", required=True,
                  rdf="nkg:printedIn"),
            Column(name="printed", doc="the name as printed", required=True,
                   rdf="nkg:printed"),
            Column(name="kind", doc="name, abbreviation, code, synonym, misprint or "
                   "symbol-collision", kind=Kind.TERM, range="PrintedKind", required=True,
                   rdf="nkg:printedKind"),
            Column(name="meant", doc="the right form, of a misprint", rdf="nkg:meant"),
            Column(name="start", doc="offset of its first occurrence", kind=Kind.INTEGER,
                   required=True),
            Column(name="end", doc="offset behind it", kind=Kind.INTEGER, required=True),
            Column(name="span_sha256", doc="hash of the printed form", kind=Kind.DIGEST,
                   required=True),
            _NOTE,
        ),
    ),
)  # fmt: skip
"""Tables whose rows say something about an entity."""
