"""The JSON-LD context: short names for properties, and what kind of value each takes.

In: the ontology. Out: the context that is shipped as `ontology/context.jsonld` and stands inside
every JSON-LD export, so that nobody needs a network to read one. Refuses nothing.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from rdflib import OWL, RDF, RDFS, URIRef

from netkg.paths import data_folder
from netkg.vocab import NKG, PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph

__all__ = ["FILE", "make_context", "read_context"]

FILE = "context.jsonld"
_ENGLISH = {
    "altLabel": "skos:altLabel",
    "comment": "rdfs:comment",
    "definition": "obo:IAO_0000115",
    "description": "dcterms:description",
    "label": "rdfs:label",
    "note": "skos:note",
    "title": "dcterms:title",
}
_LINKS = {
    **{name: f"skos:{name}" for name in ("broadMatch", "closeMatch", "exactMatch", "narrowMatch")},
    **{name: f"rdfs:{name}" for name in ("domain", "range", "subClassOf", "subPropertyOf")},
    "derivedFromClaim": "prov:wasDerivedFrom",
}
_COERCED = ("boolean", "decimal", "integer")


def _coercion(ontology: Graph, node: URIRef) -> str:
    """Say what kind of value a property takes, or nothing when it takes text."""
    if (node, RDF.type, OWL.ObjectProperty) in ontology:
        return "@id"
    ranges = [str(iri) for iri in ontology.objects(node, RDFS.range)]
    kinds = [kind for kind in _COERCED if ranges == [PREFIXES["xsd"] + kind]]
    return f"xsd:{kinds[0]}" if kinds else ""


def _own_terms(ontology: Graph) -> dict[str, Any]:
    """Give our own properties that take something other than text.

    One that is named like a prefix, as `source` is, goes by its prefixed name.
    """
    terms: dict[str, Any] = {}
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for node in ontology.subjects(RDF.type, kind):
            if isinstance(node, URIRef) and node.startswith(NKG):
                iri = f"nkg:{node[len(NKG) :]}"
                name = iri if iri[4:] in PREFIXES else iri[4:]
                if coercion := _coercion(ontology, node):
                    terms[name] = {"@id": iri, "@type": coercion}
    return terms


def make_context(ontology: Graph) -> str:
    """Write the context that belongs to an ontology.

    Follows JSON-LD (https://www.w3.org/TR/json-ld/). A name of ours without an entry is one of
    text; a value of another kind than its entry says is written out in full.

    Args:
        ontology: The ontology, parsed.
    """
    terms = {
        **{name: {"@id": iri, "@language": "en"} for name, iri in _ENGLISH.items()},
        **{name: {"@id": iri, "@type": "@id"} for name, iri in _LINKS.items()},
    }
    own = _own_terms(ontology)
    if taken := terms.keys() & own.keys():
        raise ValueError(f"the ontology has properties of its own named {sorted(taken)}")
    context = {
        "@vocab": NKG,
        "id": "@id",
        "type": "@type",
        **dict(sorted(PREFIXES.items())),
        **dict(sorted({**terms, **own}.items())),
    }
    lines = [f"    {json.dumps(name)}: {json.dumps(value)}" for name, value in context.items()]
    return '{\n  "@context": {\n' + ",\n".join(lines) + "\n  }\n}\n"


def read_context() -> dict[str, Any]:
    """Read the context that is shipped."""
    with open(os.path.join(data_folder(), "ontology", FILE), encoding="utf-8") as stream:
        context: dict[str, Any] = json.load(stream)["@context"]
    return context
