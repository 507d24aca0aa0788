"""The only home of IRIs: namespaces, prefixes, and the functions that mint our own.

In: keys as they stand in the tables. Out: IRIs as strings, pure functions of those keys.
Refuses nothing: keys are checked before they come here.
"""

from __future__ import annotations

__all__ = [
    "BASE",
    "CURIE_PATTERNS",
    "CURIE_PREFIXES",
    "DATASET_IRI",
    "DESCRIPTION_PREFIXES",
    "FORMAT_IRIS",
    "MEDIA_TYPES",
    "NKG",
    "ONTOLOGY_IRI",
    "PREFIXES",
    "RDF_CANON",
    "claim_iri",
    "curie_of",
    "entity_iri",
    "expand_curie",
    "graph_iri",
    "proposition_iri",
    "query_iri",
    "rule_iri",
    "section_iri",
    "source_iri",
    "sparql_prefixes",
    "term",
]

BASE = "https://w3id.org/netkg/"
ONTOLOGY_IRI = BASE + "ontology"
NKG = ONTOLOGY_IRI + "#"

PREFIXES = {
    "nkg": NKG,
    "entity": BASE + "entity/",
    "claim": BASE + "claim/",
    "proposition": BASE + "proposition/",
    "source": BASE + "source/",
    "graph": BASE + "graph/",
    "query": BASE + "query/",
    "rule": BASE + "rule/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
    "schema": "https://schema.org/",
    "obo": "http://purl.obolibrary.org/obo/",
}
"""Prefix to namespace, for every SPARQL text and every serialisation."""

DATASET_IRI = BASE + "dataset"
"""The graph as a dataset that is published, as distinct from the ontology."""

DESCRIPTION_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
"""Prefixes for describing a dataset, besides `PREFIXES`."""

RDF_CANON = "https://www.w3.org/TR/rdf-canon/"
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
FORMAT_IRIS = "http://www.w3.org/ns/formats/"

_OBO = PREFIXES["obo"]
_IDENTIFIERS_ORG = "https://identifiers.org/"
_BIOREGISTRY = "https://bioregistry.io/"

CURIE_PREFIXES = {
    "HGNC": _IDENTIFIERS_ORG + "hgnc:",
    "NCBIGene": _IDENTIFIERS_ORG + "ncbigene:",
    "FPLX": _IDENTIFIERS_ORG + "fplx:",
    "uniprot": "http://purl.uniprot.org/uniprot/",
    **{
        prefix: f"{_OBO}{prefix}_"
        for prefix in (
            "BFO", "CHEBI", "CL", "DOID", "ECO", "GO", "HP", "IAO", "MAXO", "MONDO",
            "NCBITaxon", "NCIT", "OBI", "PW", "RO", "STATO", "UBERON", "UO",
        )
    },
    "EFO": "http://www.ebi.ac.uk/efo/EFO_",
    "Orphanet": "http://www.orpha.net/ORDO/Orphanet_",
    "cellosaurus": "https://www.cellosaurus.org/",
    "doi": "https://doi.org/",
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "euctr": BASE + "register/euctr/",
    "anzctr": BASE + "register/anzctr/",
    **{
        prefix: f"{_BIOREGISTRY}{prefix}:"
        for prefix in (
            "atc", "chembl.compound", "clinicaltrials", "complexportal", "dbsnp", "depmap",
            "drugbank", "drugcentral", "hgnc.genegroup", "hms.lincs.compound", "mesh", "MGI",
            "OMIM", "pharmgkb.drug", "pharmgkb.variant", "pubchem.compound", "reactome", "rxcui",
            "signor", "wikipathways",
        )
    },
}  # fmt: skip
"""CURIE prefix to IRI prefix, for the identifiers of others. An unknown prefix is a finding."""

CURIE_PATTERNS = {
    **dict.fromkeys(("HGNC", "NCBIGene", "NCBITaxon", "hgnc.genegroup", "drugcentral"), r"\d+"),
    **dict.fromkeys(("OMIM", "pubmed", "rxcui", "pubchem.compound"), r"\d+"),
    **dict.fromkeys(("BFO", "CL", "ECO", "EFO", "GO", "HP", "IAO", "MAXO", "MONDO", "OBI",
                     "PW", "RO", "STATO", "UBERON", "UO"), r"\d{4,7}"),
    **dict.fromkeys(("CHEBI", "DOID"), r"\d+"),
    "FPLX": r"[A-Za-z0-9_]+",
    "MGI": r"\d+",
    "NCIT": r"C\d+",
    "Orphanet": r"C?\d+",
    "atc": r"[A-Z](\d{2}([A-Z]([A-Z](\d{2})?)?)?)?",
    "cellosaurus": r"CVCL_[A-Z0-9]{4}",
    "chembl.compound": r"CHEMBL\d+",
    "clinicaltrials": r"NCT\d{8}",
    "complexportal": r"CPX-\d+",
    "dbsnp": r"rs\d+",
    "depmap": r"ACH-\d{6}",
    "doi": r"10\.\d{2,9}/\S+",
    "drugbank": r"DB\d{5}",
    "euctr": r"\d{4}-\d{6}-\d{2}",
    "hms.lincs.compound": r"\d{5}(-\d{3})?",
    "mesh": r"[CDM]\d{6,9}",
    "pharmgkb.drug": r"PA\d+",
    "pmc": r"PMC\d+",
    "reactome": r"R-[A-Z]{3}-\d+",
    "signor": r"SIGNOR-[A-Z0-9]+",
    "uniprot": r"([OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d([A-Z][A-Z0-9]{2}\d){1,2})(-\d+)?",
    "wikipathways": r"WP\d+",
}  # fmt: skip
"""What the local part of an identifier looks like, by prefix, after the Bioregistry
(https://bioregistry.io); a prefix without a pattern takes anything."""


def term(local_name: str) -> str:
    """Give the IRI of a term of our ontology.

    >>> term("Claim")
    'https://w3id.org/netkg/ontology#Claim'
    """
    return NKG + local_name


def entity_iri(entity_id: str) -> str:
    """Give the IRI of an entity of the registry.

    >>> entity_iri("mtorc2")
    'https://w3id.org/netkg/entity/mtorc2'
    """
    return f"{BASE}entity/{entity_id}"


def source_iri(source: str) -> str:
    """Give the IRI of a source, such as a paper."""
    return f"{BASE}source/{source}"


def section_iri(source: str, section: str) -> str:
    """Give the IRI of a section, table or figure of a source."""
    return f"{BASE}source/{source}/{section}"


def claim_iri(source: str, claim_id: str) -> str:
    """Give the IRI of one claim of a source."""
    return f"{BASE}claim/{source}/{claim_id}"


def proposition_iri(*parts: str) -> str:
    """Give the IRI of a proposition: subject, predicate, object and what else sets it apart.

    >>> proposition_iri("mtorc2", "phosphorylates", "akt", "s473")
    'https://w3id.org/netkg/proposition/mtorc2/phosphorylates/akt/s473'
    """
    return f"{BASE}proposition/{'/'.join(parts)}"


def graph_iri(name: str) -> str:
    """Give the IRI of a named graph of the store."""
    return f"{BASE}graph/{name}"


def query_iri(name: str) -> str:
    """Give the IRI of a stored question."""
    return f"{BASE}query/{name}"


def rule_iri(name: str) -> str:
    """Give the IRI of a rule."""
    return f"{BASE}rule/{name}"


def curie_of(iri: str) -> str:
    """Write an IRI by the prefix of its namespace; an empty text when it is in none of them.

    >>> curie_of("https://w3id.org/netkg/entity/mtorc2")
    'entity:mtorc2'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return ""


def expand_curie(curie: str) -> str | None:
    """Expand a CURIE to an IRI, or give None when its prefix is unknown.

    >>> expand_curie("CHEBI:68478")
    'http://purl.obolibrary.org/obo/CHEBI_68478'
    """
    prefix, _, local = curie.partition(":")
    namespace = CURIE_PREFIXES.get(prefix)
    return namespace + local if namespace and local else None


def sparql_prefixes() -> str:
    """Give the PREFIX lines that every SPARQL text of ours begins with."""
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
