"""The facts about an entity that come nearest to a question it does not answer.

In: an entity, the things the question is about, a store. Out: groups of facts and claims: what it
is, what is claimed of it and the target (denials and guesses too), what reaches the target's
relatives, and how it works. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netkg.vocab import sparql_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netkg.explain.evidence import Claim, EvidenceBase
    from netkg.explain.labels import Labels
    from netkg.store.interface import Store

__all__ = ["Nearest", "nearest_facts"]

_PREFIXES = sparql_prefixes()
_SHOWN = 8

# What it is: groups that it belongs to.
_GROUPS = """
SELECT DISTINCT ?group WHERE {
  ENTITY nkg:inDrugClass|nkg:broaderClass|nkg:memberOfFamily|nkg:componentOf|nkg:isoformOf|
    nkg:broaderDisease ?group
} ORDER BY ?group
"""

# Claims that name one of some agents in one place and one of some targets in another.
_BOTH = """
SELECT DISTINCT ?claim WHERE {
  VALUES ?agent { AGENTS } VALUES ?target { TARGETS }
  ?claim ?role ?agent . ?claim nkg:statement ?statement . ?claim ?other ?target .
  FILTER (?role != ?other)
} ORDER BY ?claim
"""

# What shares a part with a target.
_SIBLINGS = """
SELECT DISTINCT ?near WHERE {
  VALUES ?target { TARGETS }
  ?target nkg:hasComponent ?part . ?near nkg:hasComponent ?part
  FILTER (?near NOT IN (LISTED))
} ORDER BY ?near
"""

# Relatives of a target: its parts, what it is part of, its family, wider and narrower diseases.
_RELATIVES = """
SELECT DISTINCT ?near WHERE {
  VALUES ?target { TARGETS }
  { ?target nkg:hasComponent|nkg:componentOf|nkg:memberOfFamily|nkg:hasFamilyMember|
      nkg:broaderDisease|nkg:narrowerDisease ?near }
  FILTER (?near NOT IN (LISTED))
} ORDER BY ?near
"""

# Claims that take one of some agents to one of some targets.
_REACHES = """
SELECT DISTINCT ?claim WHERE {
  VALUES ?agent { AGENTS } VALUES ?target { TARGETS }
  ?proposition nkg:subject ?agent ; nkg:object ?target . ?claim nkg:asserts|nkg:denies ?proposition
} ORDER BY ?claim
"""

# How it gets hold of what it acts on.
_HOW = """
SELECT DISTINCT ?claim WHERE {
  VALUES ?agent { AGENTS }
  ?proposition nkg:subject ?agent . ?claim nkg:asserts|nkg:denies ?proposition .
  { ?claim nkg:binding ?how } UNION { ?claim a nkg:InhibitionClaim ; nkg:mediator ?how }
  UNION { ?claim nkg:effect nkg:bindsEffect }
} ORDER BY ?claim
"""

# What it does at all.
_DOES = """
SELECT DISTINCT ?claim WHERE {
  ?proposition nkg:subject ENTITY . ?claim nkg:asserts|nkg:denies ?proposition
} ORDER BY ?claim
"""


class Nearest(NamedTuple):
    """A group of near facts.

    Attributes:
        title: What they have in common.
        facts: Facts in words.
        claims: Claims.
        more: How many more claims there are.
    """

    title: str
    facts: tuple[str, ...]
    claims: tuple[Claim, ...]
    more: int


class _Finder:
    def __init__(self, store: Store, evidence: EvidenceBase) -> None:
        self.store = store
        self.evidence = evidence
        self.told: set[str] = set()

    def iris(self, query: str, **places: str) -> list[str]:
        for name, text in places.items():
            query = query.replace(name, text)
        return [cell.value for (cell,) in self.store.select(_PREFIXES + query).cells if cell]

    def claims(self, title: str, query: str, **places: str) -> Iterator[Nearest]:
        """Give the claims a query finds that were not told before, the surest first."""
        new = [iri for iri in self.iris(query, **places) if iri not in self.told]
        self.told.update(new)
        found = sorted(self.evidence.claims(new), key=_sureness)
        if found:
            yield Nearest(title, (), tuple(found[:_SHOWN]), max(0, len(found) - _SHOWN))


def _sureness(claim: Claim) -> tuple[bool, bool, str]:
    """Put denials before guesses before the rest: they say most about a missing answer."""
    return claim.polarity != "denied", claim.hedge != "hypothesised", claim.claim


def _terms(iris: Sequence[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def nearest_facts(
    store: Store, labels: Labels, evidence: EvidenceBase, entity: str, targets: Sequence[str]
) -> list[Nearest]:
    """Gather what comes nearest.

    Args:
        store: What to ask.
        labels: Gives names.
        evidence: Gives claims.
        entity: The IRI of what is no answer.
        targets: The IRIs of what the question is about.
    """
    finder = _Finder(store, evidence)
    own = f"<{entity}>"
    name = labels[own]
    groups = [iri for iri in finder.iris(_GROUPS, ENTITY=own) if iri != entity]
    labels.learn(f"<{iri}>" for iri in (*groups, *targets))
    named = ", ".join(labels[f"<{iri}>"] for iri in targets)
    found = []
    if groups:
        listed = ", ".join(labels[f"<{iri}>"] for iri in groups)
        found.append(Nearest("what it belongs to", (f"{name}: {listed}",), (), 0))
    if targets:
        about = _terms(targets)
        found += finder.claims(
            f"what is claimed of {name} and {named}", _BOTH, AGENTS=own, TARGETS=about
        )
        if groups:
            found += finder.claims(
                f"what is claimed of its groups and {named}",
                _BOTH,
                AGENTS=_terms(groups),
                TARGETS=about,
            )
        listed = ", ".join(f"<{iri}>" for iri in targets)
        for kin, query in (("what shares a part with", _SIBLINGS), ("relatives of", _RELATIVES)):
            near = finder.iris(query, TARGETS=about, LISTED=listed)
            if near:
                found += finder.claims(
                    f"what is claimed of it, or of its groups, and {kin} {named}",
                    _REACHES,
                    AGENTS=_terms([entity, *groups]),
                    TARGETS=_terms(near),
                )
    found += finder.claims(
        "how it gets hold of its targets", _HOW, AGENTS=_terms([entity, *groups])
    )
    if len(found) < 3:  # noqa: PLR2004 - little was near, so say what there is at all
        found += finder.claims("what it does", _DOES, ENTITY=own)
    return found
