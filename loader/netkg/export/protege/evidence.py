"""Finds the claims behind each edge, and what each of them tells of itself.

In: a store. Out: claims by edge, as the build rules in the store concluded them, and a record of
each claim.
Refuses nothing: an edge that rests on no claim, such as an arm's trial, has none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rdflib import URIRef

from netkg.explain.derivations import Derivations
from netkg.vocab import NKG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netkg.explain.steps import StoredRule
    from netkg.store.interface import Store

__all__ = ["ClaimRecord", "Edge", "claim_records", "claims_by_edge"]

Edge = tuple[URIRef, URIRef, URIRef]

_DERIVED = f"<{PREFIXES['prov']}wasDerivedFrom>"

_RECORDS = """
SELECT ?claim ?source ?section ?start ?end ?words ?evidence ?polarity ?hedge ?basis ?status WHERE {
  ?claim nkg:statement ?words ; nkg:source ?from ; nkg:inSection/rdfs:label ?section ;
    nkg:start ?start ; nkg:end ?end ; nkg:polarity/rdfs:label ?polarity ;
    nkg:hedge/rdfs:label ?hedge ; nkg:basis/rdfs:label ?basis ;
    nkg:evidence/rdfs:label ?evidence .
  ?from rdfs:label ?source .
  OPTIONAL { ?claim nkg:asserts/nkg:status/rdfs:label ?status }
} ORDER BY ?claim"""


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """What a claim tells of itself, in words.

    Attributes:
        source: The source's label.
        place: The section, with the first and last character.
        words: The statement, in the curator's words.
        evidence: The type of evidence.
        polarity: Affirmed or denied.
        hedge: Stated, suggested or hypothesised.
        basis: On whose work it rests.
        status: How what it asserts stands; empty for a denial.
    """

    source: str
    place: str
    words: str
    evidence: str
    polarity: str
    hedge: str
    basis: str
    status: str


def claim_records(store: Store) -> dict[URIRef, ClaimRecord]:
    """Read what each claim tells of itself.

    Args:
        store: The store.
    """
    return {
        URIRef(row["claim"]): ClaimRecord(
            source=row["source"],
            place=f"{row['section']}, characters {row['start']} to {row['end']}",
            words=row["words"],
            evidence=row["evidence"],
            polarity=row["polarity"],
            hedge=row["hedge"],
            basis=row["basis"],
            status=row["status"],
        )
        for row in store.select(_RECORDS)
    }


def _conclusions(rule: StoredRule) -> Iterator[str]:
    """Turn a rule into queries: what it concludes, and from which claims."""
    if not any(head.path == (_DERIVED,) and head.object == "?claim" for head in rule.heads):
        return
    for head in rule.heads:
        (predicate,) = head.path
        if head.object.startswith("?") and predicate.startswith(("?", f"<{NKG}")):
            yield (
                f"SELECT DISTINCT ?s ?p ?o ?claim WHERE {{ {rule.body.text} "
                f"BIND ({head.subject} AS ?s) BIND ({predicate} AS ?p) BIND ({head.object} AS ?o) "
                "FILTER (BOUND(?p) && BOUND(?o)) }"
            )


def claims_by_edge(store: Store) -> Mapping[Edge, list[URIRef]]:
    """Find the claims that each edge was concluded from, by asking the build rules themselves.

    A rule that is run again sees what was inferred since, and may conclude more than it did; an
    edge that the store does not hold is none.

    Args:
        store: The store.

    Returns:
        For each edge between entities its claims, in the order of their IRIs.
    """
    found: defaultdict[Edge, set[URIRef]] = defaultdict(set)
    for rule in Derivations(store).build_rules():
        for query in _conclusions(rule):
            for row in store.select(query):
                edge = (URIRef(row["s"]), URIRef(row["p"]), URIRef(row["o"]))
                found[edge].add(URIRef(row["claim"]))
    return {edge: sorted(claims) for edge, claims in found.items()}
