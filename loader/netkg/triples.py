"""Turns records into triples, graph by graph. IRIs are pure functions of a row's keys.

In: a `Curation`. Out: one rdflib graph for each named graph.
Refuses nothing: records were checked before; an RDF file that cannot be parsed is a finding.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from rdflib import DCTERMS, RDF, SKOS, XSD, Dataset, Graph, Literal, URIRef

from netkg.curation.schema import Kind
from netkg.findings import Finding, Where
from netkg.folding import fold_name
from netkg.ontology import PLAIN_STORE
from netkg.vocab import (
    BASE,
    PREFIXES,
    claim_iri,
    entity_iri,
    expand_curie,
    graph_iri,
    proposition_iri,
    section_iri,
    source_iri,
    term,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netkg.curation import Curation, Record
    from netkg.curation.records import Value
    from netkg.curation.schema import Column, Table
    from netkg.ontology import Vocabulary

__all__ = ["curated_graphs", "link_iri", "proposition_of"]

_LANGUAGE = "en"
_LABELLED = frozenset({"rdfs:label", "skos:altLabel", "skos:note", "dcterms:title"})


def _property(column: Column) -> URIRef:
    prefix, _, local = column.curie.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def _node(entity: str, kind: str) -> URIRef:
    return URIRef(source_iri(entity) if kind == "Source" else entity_iri(entity))


class _Writer:
    """Writes records into graphs, knowing which entity is of which kind."""

    def __init__(self, vocabulary: Vocabulary, entities: Iterable[Record]) -> None:
        self.vocabulary = vocabulary
        self.kinds = {entity.id: entity.kind for entity in entities}
        self._properties: dict[tuple[str, str], list[tuple[Column, URIRef]]] = {}

    def properties(self, table: Table) -> list[tuple[Column, URIRef]]:
        """Give the columns of a table that are properties, worked out once for all its rows."""
        key = table.name, table.node_class  # a source and the registry may name tables alike
        if key not in self._properties:
            self._properties[key] = [
                (column, _property(column)) for column in table.columns if column.curie
            ]
        return self._properties[key]

    def entity(self, entity: object) -> URIRef:
        """Give the IRI of an entity, which for a source is the source's own."""
        return _node(str(entity), self.kinds.get(str(entity), ""))

    def value(  # noqa: C901, PLR0911 - one return for each kind of column
        self, column: Column, value: Value, source: str
    ) -> URIRef | Literal:
        """Turn a cell's value into a term."""
        text = str(value)
        match column.kind:
            case Kind.ENTITY:
                return self.entity(text)
            case Kind.TERM:
                return URIRef(self.vocabulary.terms[column.range][text])
            case Kind.CLASS:
                return URIRef(term(text))
            case Kind.SECTION:
                return URIRef(section_iri(source, text))
            case Kind.CURIE:
                return URIRef(expand_curie(text) or text)
            case Kind.FLAG:
                return Literal(True)  # noqa: FBT003 - a cell of this kind says yes or is empty
            case Kind.CLAIM:
                return URIRef(claim_iri(*text.split(":", 1)))
            case Kind.INTEGER:
                return Literal(text, datatype=XSD.integer)
            case Kind.DECIMAL:
                return Literal(Decimal(text), datatype=XSD.decimal)
            case _:
                if column.curie in _LABELLED:
                    return Literal(text, lang=_LANGUAGE)
                return Literal(text)

    def cells(self, graph: Graph, node: URIRef, record: Record) -> None:
        """Write every cell of a record as a property of its node."""
        for column, prop in self.properties(record.table):
            for value in record.values.get(column.name, ()):
                graph.add((node, prop, self.value(column, value, record.source)))


def proposition_of(record: Record) -> tuple[str, ...]:
    """Give the key of the proposition a claim is about: its IRI's parts.

    Two claims are about one proposition when subject, predicate, object and the columns that set
    propositions apart (such as the residue) agree, whatever their source, hedge and polarity.

    Args:
        record: A claim.

    Returns:
        Subject, predicate, object if any, and the qualifiers.
    """
    table = record.table
    predicate = record.text(table.predicate) if table.predicate in table.header else ""
    compared = () if predicate in table.absolute else table.comparing
    qualifier = "".join(record.text(name) for name in (*table.qualifiers, *compared))
    parts = (
        record.text(table.subject),
        predicate or table.predicate,
        record.text(table.object) if table.object else "",
        qualifier,
    )
    return tuple(_slug(part) for part in parts if part)


def _slug(text: str) -> str:
    kept = "".join(char if char.isalnum() else " " for char in text.casefold())
    return "-".join(kept.split())


def link_iri(link: Record) -> str:
    """Give the IRI of a row about an entity: `identifier/<id>` or `printed/<id>`."""
    return f"{BASE}{link.table.name.removesuffix('s')}/{link.id}"


def _write_claim(writer: _Writer, graph: Graph, claim: Record) -> None:
    node = URIRef(claim_iri(claim.source, claim.id))
    graph.add((node, RDF.type, URIRef(term(claim.kind))))
    graph.add((node, URIRef(term("source")), URIRef(source_iri(claim.source))))
    writer.cells(graph, node, claim)
    proposition = URIRef(proposition_iri(*proposition_of(claim)))
    verb = "denies" if claim.text("polarity") == "denied" else "asserts"
    graph.add((node, URIRef(term(verb)), proposition))
    graph.add((proposition, RDF.type, URIRef(term("Proposition"))))
    table = claim.table
    for role, name in (
        ("subject", table.subject),
        ("predicateTerm", table.predicate),
        ("object", table.object),
    ):
        if name in claim.values and (column := table.column(name)).kind in (
            Kind.ENTITY,
            Kind.TERM,
        ):
            first = claim.values[name][0]
            graph.add((proposition, URIRef(term(role)), writer.value(column, first, claim.source)))


def _write_section(writer: _Writer, graph: Graph, section: Record) -> None:
    node = URIRef(section_iri(section.source, section.id))
    graph.add((node, RDF.type, URIRef(term("SourceSection"))))
    graph.add((node, URIRef(term("sectionOf")), URIRef(source_iri(section.source))))
    writer.cells(graph, node, section)


def _write_entity(writer: _Writer, graph: Graph, entity: Record) -> None:
    node = writer.entity(entity.id)
    graph.add((node, RDF.type, URIRef(term(entity.kind))))
    writer.cells(graph, node, entity)


def _write_link(writer: _Writer, graph: Graph, link: Record) -> None:
    """Write a row about an entity or about claims: a membership, a dispute, a printed form."""
    match link.table.name:
        case "memberships":
            graph.add(
                (
                    writer.entity(link.one("member")),
                    URIRef(term("memberOfFamily")),
                    writer.entity(link.one("group")),
                )
            )
        case "identifiers":
            curie = link.text("curie")
            entity, node = writer.entity(link.one("entity")), URIRef(link_iri(link))
            outside = URIRef(expand_curie(curie) or curie)
            graph.add((entity, SKOS[f"{link.text('relation')}Match"], outside))
            graph.add((node, RDF.type, URIRef(term("Identifier"))))
            graph.add((node, URIRef(term("identifies")), entity))
            graph.add((node, URIRef(term("curie")), Literal(curie)))
            graph.add((node, URIRef(term("scheme")), Literal(curie.partition(":")[0])))
            graph.add((node, URIRef(term("idLabel")), Literal(link.text("id_label"))))
            graph.add((node, DCTERMS.source, Literal(link.text("seen_in"))))
            relation = writer.vocabulary.terms["MatchKind"][link.text("relation")]
            graph.add((node, URIRef(term("matchKind")), URIRef(relation)))
        case _:
            node = URIRef(link_iri(link))
            graph.add((node, RDF.type, URIRef(term(link.table.node_class))))
            writer.cells(graph, node, link)


def _names_graph(writer: _Writer, curation: Curation) -> Graph:
    """Write every entity's names in folded form, for look-up."""
    graph = Graph(store=PLAIN_STORE)
    label, name = URIRef(term("foldedLabel")), URIRef(term("foldedName"))

    def add(entity: object, text: str, field: URIRef = name) -> None:
        if folded := fold_name(text):
            graph.add((writer.entity(entity), field, Literal(folded)))

    for entity in curation.entities:
        add(entity.id, entity.text("label"), label)
        for text in (entity.id, entity.text("label"), *entity.values.get("synonyms", ())):
            add(entity.id, str(text))
    for link in curation.links:
        kind, entity_id = link.table.name, link.one("entity")
        if kind == "identifiers" and link.text("relation") == "exact":
            add(entity_id, link.text("curie"))
            if link.text("curie").startswith("clinicaltrials:"):
                add(entity_id, link.text("curie").partition(":")[2])
        elif kind == "printed" and link.text("kind") != "symbol-collision":
            add(entity_id, link.text("printed"))
    return graph


def _read_rdf(path: str, name: str, findings: list[Finding]) -> Graph:
    merged = Graph(store=PLAIN_STORE)
    try:
        dataset = Dataset(default_union=True)
        dataset.parse(path, format="trig" if path.endswith(".trig") else "turtle")
    except Exception as error:  # noqa: BLE001 - rdflib's parsers raise whatever they stumbled on
        findings.append(Finding("bad-rdf", f"the file cannot be parsed: {error}", Where(name)))
        return merged
    for subject, predicate, value, _ in dataset.quads():
        merged.add((subject, predicate, value))
    return merged


def curated_graphs(
    curation: Curation, vocabulary: Vocabulary, findings: list[Finding]
) -> dict[str, Graph]:
    """Turn everything curated into named graphs.

    Args:
        curation: The checked records.
        vocabulary: The ontology's closed lists.
        findings: Receives RDF files that cannot be parsed.

    Returns:
        A graph for the registry, one for the names, and one for each source, by graph IRI.
    """
    writer = _Writer(vocabulary, curation.entities)
    entities = Graph(store=PLAIN_STORE)
    for entity in curation.entities:
        _write_entity(writer, entities, entity)
    for link in curation.links:
        _write_link(writer, entities, link)
    graphs = {
        graph_iri("entities"): entities,
        graph_iri("names"): _names_graph(writer, curation),
    }
    for section in curation.sections:
        graph = graphs.setdefault(graph_iri(section.source), Graph(store=PLAIN_STORE))
        _write_section(writer, graph, section)
    for claim in curation.claims:
        _write_claim(
            writer, graphs.setdefault(graph_iri(claim.source), Graph(store=PLAIN_STORE)), claim
        )
    for source, files in sorted(curation.rdf.items()):
        graph = graphs.setdefault(graph_iri(source), Graph(store=PLAIN_STORE))
        for path, name in files:
            graph += _read_rdf(path, name, findings)
    return graphs
