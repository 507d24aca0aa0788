"""The Protégé folder: what needs no Java. `.ci/robot` holds the rest against the OWL API."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef

from netkg import KnowledgeGraph
from netkg.errors import ExportError
from netkg.export.protege import protege_files
from netkg.export.protege.labels import KINDS, mend_labels
from netkg.export.protege.queries import DL_QUERIES
from netkg.export.protege.rdfxml import write_rdfxml
from netkg.export.protege.said import said
from netkg.vocab import BASE, NKG, PREFIXES, entity_iri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.export.protege.queries import DLQuery
    from netkg.store.interface import Store

OWL_FILES = ("netkg.owl", "netkg-full.owl", "ontology.owl", "graph.owl", "alignments.owl")
DATATYPES = {XSD.string, XSD.integer, XSD.decimal, XSD.boolean, XSD.anyURI, None}
EVIDENCE = ("claim", "source", "place", "words", "evidence", "polarity", "hedge", "basis", "status")


@pytest.fixture(scope="module")
def store() -> Store:
    return KnowledgeGraph.open()._store


@pytest.fixture(scope="module")
def files(store: Store) -> Mapping[str, bytes]:
    return protege_files(store)


@pytest.fixture(scope="module")
def graphs(files: Mapping[str, bytes]) -> dict[str, Graph]:
    return {name: Graph().parse(data=files[name], format="xml") for name in OWL_FILES}


@pytest.fixture(scope="module")
def closures(files: Mapping[str, bytes], graphs: dict[str, Graph]) -> dict[str, Graph]:
    """Each file with what it imports, found through the catalog alone."""
    catalog = ET.fromstring(files["catalog-v001.xml"])  # noqa: S314 - our own
    places = {entry.get("name"): entry.get("uri").removeprefix("./") for entry in catalog}
    closed = {}
    for name, graph in graphs.items():
        closed[name] = Graph() + graph
        for iri in graph.objects(None, OWL.imports):
            imported = graphs[places[str(iri)]]
            assert (iri, RDF.type, OWL.Ontology) in imported
            closed[name] += imported
    return closed


def test_catalog_names_every_file_and_version(
    files: Mapping[str, bytes], graphs: dict[str, Graph]
) -> None:
    catalog = ET.fromstring(files["catalog-v001.xml"])  # noqa: S314 - our own
    named = {(entry.get("name"), entry.get("uri")) for entry in catalog}
    for name, graph in graphs.items():
        (iri,) = graph.subjects(RDF.type, OWL.Ontology)
        assert (str(iri), f"./{name}") in named
        assert (str(graph.value(iri, OWL.versionIRI)), f"./{name}") in named
    assert len(named) == 2 * len(OWL_FILES)
    assert not list(graphs["netkg.owl"].objects(None, OWL.imports))
    assert not list(graphs["netkg-full.owl"].objects(None, OWL.imports))


@pytest.mark.parametrize("name", OWL_FILES)
def test_every_entity_is_one_thing_with_one_english_label(
    closures: dict[str, Graph], name: str
) -> None:
    graph = closures[name]
    kinds = defaultdict(set)
    for kind in KINDS:
        for entity in graph.subjects(RDF.type, kind):
            if isinstance(entity, URIRef):
                kinds[entity].add(kind)
    assert len(kinds) > 200
    assert [entity for entity, all_ in kinds.items() if len(all_) > 1] == []
    labels = {entity: list(graph.objects(entity, RDFS.label)) for entity in kinds}
    assert [e for e, found in labels.items() if [x.language for x in found] != ["en"]] == []
    twice = Counter(str(found[0]).casefold() for found in labels.values())
    assert [label for label, count in twice.items() if count > 1] == []


@pytest.mark.parametrize("name", OWL_FILES)
def test_every_iri_that_an_axiom_uses_is_declared(closures: dict[str, Graph], name: str) -> None:
    graph = closures[name]
    declared = {entity for kind in KINDS for entity in graph.subjects(RDF.type, kind)}
    notes = set(graph.subjects(RDF.type, OWL.AnnotationProperty)) | {OWL.annotatedTarget}
    builtin = (PREFIXES["owl"], PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["xsd"])
    ontologies = set(graph.subjects(RDF.type, OWL.Ontology))
    used = set(graph.predicates()) | {s for s in graph.subjects() if s not in ontologies}
    for subject, predicate, thing in graph:
        ours = str(thing).startswith(BASE) and "/register/" not in str(thing)
        if subject not in ontologies and (predicate not in notes or ours):
            used.add(thing)
    unknown = {u for u in used if isinstance(u, URIRef) and not str(u).startswith(builtin)}
    assert unknown - declared == set()


@pytest.mark.parametrize("name", OWL_FILES)
def test_values_stay_within_datatypes_that_hermit_knows(
    graphs: dict[str, Graph], name: str
) -> None:
    found = {thing.datatype for thing in graphs[name].objects() if isinstance(thing, Literal)}
    assert found <= DATATYPES


def test_two_exports_are_identical_and_leak_no_random_names(
    files: Mapping[str, bytes], store: Store
) -> None:
    again = protege_files(store)
    assert {name: again[name] == files[name] for name in files} == dict.fromkeys(files, True)
    names = re.findall(rb'rdf:nodeID="([^"]+)"', files["netkg-full.owl"])
    assert len(names) > 1000
    assert all(
        re.fullmatch(
            rb"n(ontology|class-axioms|edge|class|match)(c14n)?[\d-]*(-?restriction|-\d+)*", name
        )
        for name in names
    )


@pytest.mark.parametrize("name", ["netkg.owl", "netkg-full.owl"])
def test_edges_carry_claim_source_and_place(
    graphs: dict[str, Graph], store: Store, name: str
) -> None:
    graph = graphs[name]
    spoken = [node for node in graph.subjects(RDF.type, OWL.Axiom)
              if (node, said("claim"), None) in graph]  # fmt: skip
    assert len(spoken) > 700
    places = {
        row["claim"]: f"characters {row['start']} to {row['end']}"
        for row in store.select(
            "SELECT ?claim ?start ?end { ?claim nkg:statement ?any ; nkg:start ?start ; nkg:end ?end }"
        )
    }
    for node in spoken:
        source, predicate, target = (
            graph.value(node, part)
            for part in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
        )
        assert (source, predicate, target) in graph
        assert all(graph.value(node, said(field)) for field in EVIDENCE), node
        claim = graph.value(node, said("claim"))
        assert str(graph.value(node, said("place"))).endswith(places[str(claim)])
        assert str(graph.value(node, said("polarity"))) == "affirmed"
        assert isinstance(claim, Literal if name == "netkg.owl" else URIRef)


def test_every_conclusion_about_molecules_names_its_claims(graphs: dict[str, Graph]) -> None:
    graph = graphs["netkg-full.owl"]
    spoken = {
        tuple(graph.value(node, part)
              for part in (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget))
        for node in graph.subjects(RDF.type, OWL.Axiom)
    }  # fmt: skip
    names = ("inhibits", "activates", "phosphorylates", "hasComponent", "confersResistanceTo")
    edges = [edge for name in names for edge in graph.triples((None, URIRef(NKG + name), None))]
    assert len(edges) > 190
    assert [edge for edge in edges if edge not in spoken] == []


def test_a_claim_about_a_class_is_an_annotated_class_axiom(graphs: dict[str, Graph]) -> None:
    graph = graphs["netkg.owl"]
    told = {
        (str(graph.value(target, OWL.onProperty)), str(graph.value(target, OWL.hasValue)))
        for node in graph.subjects(OWL.annotatedSource, URIRef(NKG + "TORKinaseInhibitor"))
        for target in graph.objects(node, OWL.annotatedTarget)
        if isinstance(target, BNode)
    }
    assert (NKG + "inhibits", entity_iri("mtorc2")) in told


def test_full_and_modular_files_hold_the_same_entities(
    graphs: dict[str, Graph], closures: dict[str, Graph]
) -> None:
    def entities(graph: Graph) -> set[tuple[URIRef, URIRef]]:
        return {(e, k) for k in KINDS for e in graph.subjects(RDF.type, k) if isinstance(e, URIRef)}

    assert entities(graphs["netkg-full.owl"]) == entities(closures["graph.owl"])
    assert entities(graphs["netkg.owl"]) < entities(graphs["netkg-full.owl"])
    claims = set(graphs["netkg-full.owl"].subjects(URIRef(NKG + "statement")))
    assert len(claims) > 2000


def test_nothing_that_a_source_denies_is_an_edge(graphs: dict[str, Graph]) -> None:
    drugs_on = set(
        graphs["netkg.owl"].subjects(URIRef(NKG + "inhibits"), URIRef(entity_iri("mtorc2")))
    )
    assert URIRef(entity_iri("everolimus")) not in drugs_on


@pytest.mark.parametrize("query", DL_QUERIES, ids=lambda query: query.question)
def test_the_readme_gives_each_query_with_the_store_s_answer(
    files: Mapping[str, bytes], store: Store, query: DLQuery
) -> None:
    text = files["README.md"].decode()
    labels = [row["label"] for row in store.select(query.sparql)]
    assert labels
    assert f"   {query.manchester}\n   ```\n\n   {len(labels)}: {', '.join(labels)}\n" in text


def test_the_first_query_is_the_stored_question() -> None:
    graph = KnowledgeGraph.open()
    asked = {
        row["drug"] for row in graph.ask("drugs acting on mTORC2") if row["effect"] == "inhibits"
    }
    drugs = {row["d"] for row in graph.sparql("SELECT ?d { ?d a nkg:Drug }")}
    typed = {row["x"] for row in graph.sparql(DL_QUERIES[0].sparql)}
    assert typed == asked & drugs


@pytest.mark.parametrize("query", DL_QUERIES, ids=lambda query: query.question)
def test_the_light_file_knows_every_name_of_the_queries(
    graphs: dict[str, Graph], query: DLQuery
) -> None:
    labels = {str(label) for label in graphs["netkg.owl"].objects(None, RDFS.label)}
    words = {"and", "or", "some", "value"}
    names = re.findall(r"'([^']+)'|([^\s(){}']+)", query.manchester)
    assert {quoted or plain for quoted, plain in names} - words <= labels


def test_entities_that_share_a_label_are_told_apart() -> None:
    graph = Graph()
    for name in ("claim/a/x", "claim/b/x"):
        graph.add((URIRef(BASE + name), RDF.type, OWL.NamedIndividual))
        graph.add((URIRef(BASE + name), RDFS.label, Literal("The same")))
    graph.add((URIRef(BASE + "claim/a/y"), RDF.type, OWL.NamedIndividual))
    mend_labels(graph)
    found = sorted(str(label) for label in graph.objects(None, RDFS.label))
    assert found == ["The same", "The same (claim/b/x)", "claim a/y"]


def test_rdfxml_refuses_what_xml_cannot_say() -> None:
    node = URIRef(BASE + "x")
    with pytest.raises(ExportError, match="character"):
        write_rdfxml([(node, RDFS.label, Literal("a\x00b"))])
    with pytest.raises(ExportError, match="XML name"):
        write_rdfxml([(node, URIRef("https://example.org/1"), Literal("a"))])


def test_rdfxml_reads_back_with_markup_spaces_and_line_ends() -> None:
    text = Literal(' <a & "b">\r\n\tç ', lang="en")
    triples = {
        (URIRef(BASE + "x?a=1&b"), RDFS.label, text),
        (BNode("k"), RDFS.seeAlso, Literal("")),
    }
    read = Graph().parse(data=write_rdfxml(triples), format="xml")
    assert (URIRef(BASE + "x?a=1&b"), RDFS.label, text) in read
    assert len(read) == 2
