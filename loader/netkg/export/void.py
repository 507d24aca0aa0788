"""The dataset described in VoID, DCAT and PROV-O, from the data themselves.

In: a store. Out: one Turtle file: counts, partitions, named graphs, files with their checksums,
licence, sources, and what it was built with. It holds no time, so that it changes only with the
data. Refuses a store without our ontology.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef

from netkg.export import description as ask
from netkg.export.context import read_context
from netkg.export.jsonld import as_jsonld
from netkg.export.rdfxml import as_rdfxml
from netkg.export.snapshot import as_dataset, as_triples, graph_counts, named_graphs
from netkg.export.turtle import as_trig, as_turtle
from netkg.store.dataset import canonical_nquads
from netkg.vocab import (
    BASE,
    DATASET_IRI,
    DESCRIPTION_PREFIXES,
    FORMAT_IRIS,
    MEDIA_TYPES,
    PREFIXES,
    RDF_CANON,
    expand_curie,
    graph_iri,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netkg.store.interface import Store

__all__ = ["write_void"]

_PREFIXES = {**PREFIXES, **DESCRIPTION_PREFIXES}
_DATASET = URIRef(DATASET_IRI)
_TITLE = "netkg: a knowledge graph of targeted therapy in neuroendocrine tumours"
_ABOUT = (
    "Genes, complexes, drugs, trials and biomarkers around the PI3K/AKT/mTOR pathway in "
    "neuroendocrine tumours, curated claim by claim from the literature, with what follows from "
    "the claims."
)


class _File(NamedTuple):
    """A file of an export, as a distribution of the dataset."""

    name: str
    content: bytes
    media_type: str
    form: str


def _term(curie: str) -> URIRef:
    prefix, _, local = curie.partition(":")
    return URIRef(_PREFIXES[prefix] + local)


def _english(text: str) -> Literal:
    return Literal(text, lang="en")


def _files(store: Store) -> Iterator[_File]:
    """Write the distributions, to take their checksums."""
    graphs = named_graphs(store)
    triples, dataset = as_triples(graphs), as_dataset(graphs)
    yield _File("netkg.ttl", as_turtle(triples), "text/turtle", "Turtle")
    yield _File("netkg.trig", as_trig(dataset), "application/trig", "TriG")
    yield _File("netkg.nt", triples, "application/n-triples", "N-Triples")
    yield _File("netkg.nq", dataset, "application/n-quads", "N-Quads")
    jsonld = as_jsonld(dataset, read_context())
    yield _File("netkg.jsonld", jsonld, "application/ld+json", "JSON-LD")
    yield _File("netkg.rdf", as_rdfxml(triples), "application/rdf+xml", "RDF_XML")


class _Description:
    """The description, as it grows."""

    def __init__(self) -> None:
        self.graph = Graph()

    def say(self, subject: URIRef | BNode, **values: object) -> None:
        """Add triples: `void__triples=5` is `void:triples 5`; a list is several."""
        for name, value in values.items():
            for one in value if isinstance(value, list) else [value]:
                node = one if isinstance(one, URIRef | BNode | Literal) else Literal(one)
                self.graph.add((subject, _term(name.replace("__", ":")), node))

    def node(self, kind: str, **values: object) -> BNode:
        """Add a node without a name."""
        node = BNode()
        self.graph.add((node, RDF.type, _term(kind)))
        self.say(node, **values)
        return node

    def checksum(self, digest: str, **values: object) -> BNode:
        """Add a SHA-256."""
        value = Literal(digest, datatype=XSD.hexBinary, normalize=False)
        return self.node(
            "spdx:Checksum",
            spdx__algorithm=_term("spdx:checksumAlgorithm_sha256"),
            spdx__checksumValue=value,
            **values,
        )


def _describe_files(to: _Description, store: Store) -> None:
    canon = URIRef(RDF_CANON)
    for file in _files(store):
        node = URIRef(f"{DATASET_IRI}/{file.name}")
        digest = hashlib.sha256(file.content).hexdigest()
        to.say(
            node,
            rdf__type=_term("dcat:Distribution"),
            dcterms__title=file.name,
            dcat__mediaType=URIRef(MEDIA_TYPES + file.media_type),
            dcat__byteSize=Literal(len(file.content), datatype=XSD.nonNegativeInteger),
            spdx__checksum=to.checksum(digest),
        )
        to.say(
            _DATASET,
            dcat__distribution=node,
            void__feature=URIRef(FORMAT_IRIS + file.form),
        )
        if file.form == "N-Quads":
            note = _english("RDFC-1.0, SHA-256, of all named graphs")
            to.say(_DATASET, spdx__checksum=to.checksum(digest, dcterms__conformsTo=canon,
                                                        rdfs__comment=note))  # fmt: skip


def _describe_counts(to: _Description, store: Store) -> None:
    total = ask.totals(store)
    to.say(
        _DATASET,
        void__triples=total.triples,
        void__distinctSubjects=total.subjects,
        void__distinctObjects=total.objects,
        void__classes=total.classes,
        void__properties=total.properties,
        void__entities=total.entities,
    )
    for kind in ask.class_counts(store):
        partition = to.node(
            "void:Dataset", void__class=URIRef(kind.iri), void__entities=kind.entities
        )
        to.say(_DATASET, void__classPartition=partition)
    for use in ask.property_counts(store):
        partition = to.node(
            "void:Dataset",
            void__property=URIRef(use.iri),
            void__triples=use.triples,
            void__distinctSubjects=use.subjects,
            void__distinctObjects=use.objects,
        )
        to.say(_DATASET, void__propertyPartition=partition)


def _describe_graphs(to: _Description, store: Store, origins: Mapping[str, str]) -> None:
    """Describe each named graph as a part, and say of which source it holds the claims."""
    claims_of = {graph_iri(iri.removeprefix(BASE + "source/")): URIRef(iri) for iri in origins}
    for graph, count in graph_counts(store).items():
        node = URIRef(graph)
        to.say(
            node,
            rdf__type=[_term("void:Dataset"), _term("sd:NamedGraph")],
            sd__name=node,
            dcterms__title=graph.rpartition("/")[2],
            void__triples=count,
        )
        if graph in claims_of:
            to.say(node, dcterms__source=claims_of[graph])
        to.say(_DATASET, void__subset=node)


def _describe_origin(to: _Description, store: Store, origins: Mapping[str, str]) -> None:
    """Say which sources the claims are from, and what built the graph of which inputs."""
    for source, doi in origins.items():
        papers = [URIRef(source)] + [URIRef(expand_curie(f"doi:{doi}") or "")] * bool(doi)
        to.say(_DATASET, dcterms__source=papers, prov__wasDerivedFrom=URIRef(source))
    manifest = store.manifest()
    if not {"netkg", "inputs_sha256"} <= manifest.keys():
        return
    agent = to.node(
        "prov:SoftwareAgent", foaf__name="netkg", owl__versionInfo=str(manifest["netkg"])
    )
    inputs = to.node(
        "prov:Entity",
        dcterms__title=_english("ontology, tables, queries and code"),
        spdx__checksum=to.checksum(str(manifest["inputs_sha256"])),
    )
    build = to.node("prov:Activity", prov__used=inputs, prov__wasAssociatedWith=agent)
    to.say(build, rdfs__label=_english("build"))
    to.say(_DATASET, prov__wasGeneratedBy=build)


def _describe_dataset(to: _Description, store: Store) -> None:
    head = ask.header(store)
    makers = to.node("foaf:Agent", foaf__name=head.creator)
    to.say(
        _DATASET,
        rdf__type=[_term("void:Dataset"), _term("dcat:Dataset"), _term("prov:Entity")],
        dcterms__title=_english(_TITLE),
        dcterms__description=_english(_ABOUT),
        dcterms__creator=makers,
        dcterms__publisher=makers,
        dcterms__license=URIRef(head.license),
        dcat__version=head.version,
        void__uriSpace=BASE,
        void__exampleResource=[URIRef(iri) for iri in ask.examples(store)],
        void__vocabulary=[URIRef(iri) for iri in ask.vocabularies(store)],
    )
    document = URIRef(f"{DATASET_IRI}/void.ttl")
    to.say(
        document,
        rdf__type=_term("void:DatasetDescription"),
        dcterms__title=_english("Description of the netkg dataset"),
        foaf__primaryTopic=_DATASET,
    )


def write_void(store: Store) -> Mapping[str, bytes]:
    """Describe the dataset (https://www.w3.org/TR/void/, https://www.w3.org/TR/vocab-dcat-3/).

    The counts are those of the default graph, which holds everything once.
    """
    to = _Description()
    origins = ask.sources(store)
    _describe_dataset(to, store)
    _describe_counts(to, store)
    _describe_graphs(to, store, origins)
    _describe_origin(to, store, origins)
    _describe_files(to, store)
    triples = canonical_nquads([("", to.graph.serialize(format="nt", encoding="utf-8"))])
    return {"void.ttl": as_turtle(triples, _PREFIXES)}
