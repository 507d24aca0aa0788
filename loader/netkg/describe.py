"""Gathers all that is known about an entity, grouped as a person would look for it.

In: a store and an entity's IRI. Out: a `Description` that prints as text, Markdown or JSON.
Refuses nothing; what is denied or merely ventured is shown as such, never mixed with the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netkg.vocab import BASE, sparql_prefixes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netkg.store.interface import Store

__all__ = ["Description", "Evidence", "describe"]

_FACTS = """
SELECT DISTINCT ?group ?property ?value WHERE {
  { ENTITY a ?type . FILTER (STRSTARTS(STR(?type), STR(nkg:)))
    FILTER NOT EXISTS { ENTITY a ?narrower . ?narrower rdfs:subClassOf ?type .
                        FILTER (?narrower != ?type) }
    ?type rdfs:label ?value . BIND ("is" AS ?property) BIND ("1 what it is" AS ?group) }
  UNION
  { ENTITY skos:altLabel ?value BIND ("also called" AS ?property)
    BIND ("1 what it is" AS ?group) }
  UNION
  { ENTITY skos:note ?value BIND ("note" AS ?property) BIND ("1 what it is" AS ?group) }
  UNION
  { ?identifier nkg:identifies ENTITY ; nkg:curie ?curie ; nkg:idLabel ?idLabel ;
      nkg:matchKind/skos:notation ?match .
    BIND (CONCAT(?match, " match") AS ?property)
    BIND (CONCAT(?curie, "  ", ?idLabel) AS ?value) BIND ("5 identifiers" AS ?group) }
  UNION
  { ?form nkg:meansEntity ENTITY ; nkg:printed ?printed ;
      nkg:printedKind/skos:notation ?printedKind ; nkg:printedIn ?source .
    BIND (CONCAT("printed in ", STRAFTER(STR(?source), "source/")) AS ?property)
    BIND (IF(?printedKind IN ("misprint", "symbol-collision"),
      CONCAT(?printed, "  (", ?printedKind, ")"), ?printed) AS ?value)
    BIND ("6 printed forms" AS ?group) }
  UNION
  { ENTITY ?relation ?other . ?relation rdfs:label ?property . ?other rdfs:label ?value .
    FILTER (STRSTARTS(STR(?other), CONCAT(BASE, "entity/")))
    FILTER (?relation NOT IN (nkg:actsOn, nkg:regulates))
    FILTER NOT EXISTS { ?narrower rdfs:subPropertyOf ?relation . ENTITY ?narrower ?other }
    BIND ("2 relations" AS ?group) }
  UNION
  { ?other ?relation ENTITY . ?relation rdfs:label ?name . ?other rdfs:label ?value .
    FILTER (STRSTARTS(STR(?other), CONCAT(BASE, "entity/")))
    FILTER NOT EXISTS { ?relation owl:inverseOf|^owl:inverseOf ?inverse }
    FILTER NOT EXISTS { ?relation a owl:SymmetricProperty }
    FILTER (?relation NOT IN (nkg:actsOn, nkg:regulates))
    FILTER NOT EXISTS { ?narrower rdfs:subPropertyOf ?relation . ?other ?narrower ENTITY }
    BIND (CONCAT("… ", ?name, " it") AS ?property) BIND ("3 what others do to it" AS ?group) }
} ORDER BY ?group ?property LCASE(STR(?value))
"""

_EVIDENCE = """
SELECT DISTINCT ?claim ?kind ?statement ?polarity ?hedge ?basis ?status ?source ?section ?start ?end
WHERE {
  ?claim nkg:statement ?statement ; a ?type ; ?role ENTITY ; nkg:source ?paper ;
    nkg:polarity/skos:notation ?polarity ; nkg:hedge/skos:notation ?hedge ;
    nkg:basis/skos:notation ?basis ; nkg:inSection/rdfs:label ?section ;
    nkg:start ?start ; nkg:end ?end ; nkg:asserts|nkg:denies ?proposition .
  ?proposition nkg:status/skos:notation ?status .
  ?type rdfs:subClassOf nkg:Claim ; rdfs:label ?kind .
  FILTER NOT EXISTS { ?type owl:equivalentClass ?defined }
  BIND (STRAFTER(STR(?paper), "source/") AS ?source)
} ORDER BY ?kind ?source ?start ?claim
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim about an entity, with where it stands and how sure it is."""

    claim: str
    kind: str
    statement: str
    polarity: str
    hedge: str
    basis: str
    status: str
    source: str
    section: str
    start: str
    end: str

    @property
    def locator(self) -> str:
        """Where the claim stands: source, section and offsets."""
        return f"{self.source}, {self.section}, characters {self.start}-{self.end}"

    @property
    def caution(self) -> str:
        """What keeps the statement from being a plain fact; empty for one that is."""
        cautions = []
        if self.polarity == "denied":
            cautions.append("the source denies it")
        if self.hedge != "stated":
            cautions.append(self.hedge)
        if self.status == "contested":
            cautions.append("contested")
        return ", ".join(cautions)


@dataclass(frozen=True, slots=True)
class Description:
    """All that is known about an entity.

    Attributes:
        iri: The entity.
        label: Its label.
        facts: Values by property, by group, in reading order.
        evidence: The claims about it.
    """

    iri: str
    label: str
    facts: Mapping[str, Mapping[str, Sequence[str]]]
    evidence: Sequence[Evidence]

    def as_text(self) -> str:
        """Write it for a terminal."""
        lines = [self.label, self.iri]
        for group, properties in self.facts.items():
            lines += ["", group]
            for name, values in properties.items():
                lines += [f"  {name}: {'; '.join(values)}"]
        lines += ["", f"evidence ({len(self.evidence)} claims)"]
        for claim in self.evidence:
            caution = f" [{claim.caution}]" if claim.caution else ""
            lines += [f"  • {claim.statement}{caution}", f"    {claim.locator}; {claim.basis}"]
        return "\n".join(lines) + "\n"

    def as_markdown(self) -> str:
        """Write it as Markdown."""
        lines = [f"# {self.label}", "", f"<{self.iri}>"]
        for group, properties in self.facts.items():
            lines += ["", f"## {group.capitalize()}", ""]
            lines += [f"- **{name}**: {'; '.join(values)}" for name, values in properties.items()]
        lines += ["", f"## Evidence ({len(self.evidence)} claims)", ""]
        for claim in self.evidence:
            caution = f" *({claim.caution})*" if claim.caution else ""
            lines.append(f"- {claim.statement}{caution} — {claim.locator}; {claim.basis}")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """Write it as JSON."""
        whole = {
            "iri": self.iri,
            "label": self.label,
            "facts": self.facts,
            "evidence": [
                {name: getattr(claim, name) for name in Evidence.__slots__}
                for claim in self.evidence
            ],
        }
        return json.dumps(whole, indent=2, ensure_ascii=False)


def describe(store: Store, iri: str) -> Description:
    """Gather all that is known about an entity.

    Args:
        store: The store.
        iri: The entity, from the store itself.
    """

    def query(text: str) -> str:
        return sparql_prefixes() + text.replace("ENTITY", f"<{iri}>").replace("BASE", f'"{BASE}"')

    facts: dict[str, dict[str, list[str]]] = {}
    for row in store.select(query(_FACTS)):
        group = facts.setdefault(row["group"][2:], {})
        group.setdefault(row["property"], []).append(row["value"])
    evidence = [Evidence(**row) for row in store.select(query(_EVIDENCE))]
    labels = store.select(query("SELECT ?label WHERE { ENTITY rdfs:label ?label }"))
    label = next((row["label"] for row in labels), iri)
    return Description(iri, label, facts, evidence)
