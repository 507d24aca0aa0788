"""The Protégé folder: ontologies that Protégé 5 opens without a network, and how to use them.

In: a store. Out: RDF/XML files, the catalog that ties them, and a README. Refuses nothing.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from rdflib import DCTERMS, OWL, RDF, RDFS, Literal, URIRef

from netkg.export.protege.contents import read_contents
from netkg.export.protege.guide import write_guide
from netkg.export.protege.labels import mend_labels
from netkg.export.protege.nodes import graph_of
from netkg.export.protege.outside import declare_outside_terms, tell_apart
from netkg.export.protege.rdfxml import write_rdfxml
from netkg.vocab import BASE, ONTOLOGY_IRI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rdflib import Graph

    from netkg.export.protege.nodes import Triple
    from netkg.store.interface import Store

__all__ = ["protege_files", "protege_ontologies"]

_ALIGNMENTS = URIRef(BASE + "alignments")
_ONTOLOGY = URIRef(ONTOLOGY_IRI)

_TITLES = {
    "light": "netkg for Protégé: pathway and therapy",
    "full": "netkg for Protégé: everything",
    "graph": "netkg for Protégé: the graph",
}
_DESCRIPTIONS = {
    "light": """What netkg concludes about molecules, processes, drugs, diseases and trials. Each
conclusion is annotated with the claims it rests on. Few enough axioms for HermiT.""",
    "full": """The terms of netkg, all its entities, what it concludes about them, and each claim
with its source and its place there.""",
    "graph": """All entities of netkg, what it concludes about them, and each claim with its source
and its place there. Imports the terms.""",
}


def _header(name: str, ontology: Graph, imports: Iterable[URIRef] = ()) -> Iterator[Triple]:
    """Make the header of one of our ontologies, after that of the terms."""
    iri = URIRef(f"{BASE}protege/{name}")
    title, description = _TITLES[name], _DESCRIPTIONS[name].replace("\n", " ")
    yield iri, RDF.type, OWL.Ontology
    yield iri, OWL.versionIRI, URIRef(f"{iri}/{ontology.value(_ONTOLOGY, OWL.versionInfo)}")
    yield iri, DCTERMS.title, Literal(title, lang="en")
    yield iri, DCTERMS.description, Literal(description, lang="en")
    for other in imports:
        yield iri, OWL.imports, other
    for predicate in (OWL.versionInfo, DCTERMS.creator, DCTERMS.license):
        for thing in ontology.objects(_ONTOLOGY, predicate):
            yield iri, predicate, thing


def _without_terms(whole: Graph, terms: Graph) -> Iterator[Triple]:
    """Give what is not already said, or labelled, where the terms are defined."""
    for triple in whole:
        is_label = triple[1] == RDFS.label and (triple[0], RDFS.label, None) in terms
        if triple not in terms and not is_label:
            yield triple


def _catalog(ontologies: Mapping[str, Graph]) -> bytes:
    """Write the catalog by which Protégé finds an import beside the file that asks for it."""
    names = [
        (file, name)
        for file, graph in sorted(ontologies.items())
        for iri in graph.subjects(RDF.type, OWL.Ontology)
        for name in (iri, graph.value(iri, OWL.versionIRI))
    ]
    lines = (
        f'    <uri id="{file}-{at}" name="{name}" uri="./{file}"/>\n'
        for at, (file, name) in enumerate(names)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        f"{''.join(lines)}</catalog>\n"
    ).encode()


def protege_ontologies(store: Store) -> dict[str, Graph]:
    """Make the ontologies of the folder.

    Args:
        store: The store, embedded or remote.

    Returns:
        The ontologies by file name.

    Raises:
        StoreError: The store holds no graph of ours, or did not give all of one.
    """
    contents = read_contents(store)
    terms, light, full = contents.ontology, contents.light(), contents.everything()
    full.remove((_ONTOLOGY, None, None))
    declare_outside_terms(full, contents.alignments)
    for graph in (terms, light, full):
        mend_labels(graph)
    modular = graph_of(chain(_header("graph", terms, [_ONTOLOGY]), _without_terms(full, terms)))
    for name, graph in (("light", light), ("full", full)):
        for triple in _header(name, terms):
            graph.add(triple)
    return {
        "netkg.owl": light,
        "netkg-full.owl": full,
        "ontology.owl": terms,
        "graph.owl": modular,
        "alignments.owl": tell_apart(contents.alignments),
    }


def protege_files(store: Store) -> Mapping[str, bytes]:
    """Write the folder.

    Args:
        store: The store, embedded or remote.

    Returns:
        The content of each file by name.

    Raises:
        StoreError: The store holds no graph of ours, or did not give all of one.
        ExportError: Something in it cannot be written as XML.
    """
    ontologies = protege_ontologies(store)
    return {
        **{file: write_rdfxml(graph) for file, graph in ontologies.items()},
        "catalog-v001.xml": _catalog(ontologies),
        "README.md": write_guide(store),
    }
