"""What stands at the end of every proof: claims, with their source, and both sides of a dispute.

In: IRIs of claims. Out: `Claim`s with statement, polarity, hedge, evidence and locator.
Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from netkg.vocab import BASE, PREFIXES, sparql_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netkg.store.interface import Store

__all__ = ["CLAIMS", "Claim", "Dispute", "EvidenceBase"]

CLAIMS = BASE + "claim/"
_NKG = PREFIXES["nkg"]
_NOTATION, _LABEL = PREFIXES["skos"] + "notation", PREFIXES["rdfs"] + "label"
_PREFIXES = sparql_prefixes()

_TEXTS = ("statement", "start", "end", "spanSha256")
_WORDS = ("polarity", "hedge", "basis")
_NAMED = ("inSection", "evidence", "cites")
_LINKS = ("source", "asserts", "denies")
_DIRECT = "SELECT ?s ?p ?o WHERE { VALUES ?s { SUBJECTS } VALUES ?p { PREDICATES } ?s ?p ?o }"

_SIDES = """
SELECT DISTINCT ?proposition ?dispute ?label ?kind ?claim ?side WHERE {
  VALUES ?proposition { LISTED }
  {
    ?dispute nkg:about ?proposition ; rdfs:label ?label ; nkg:kind ?judged .
    OPTIONAL { ?judged rdfs:label ?kind }
    { ?dispute nkg:firstSide ?claim BIND ("for" AS ?side) }
    UNION { ?dispute nkg:secondSide ?claim BIND ("against" AS ?side) }
  } UNION {
    { ?claim nkg:asserts ?proposition BIND ("for" AS ?side) }
    UNION { ?claim nkg:denies ?proposition BIND ("against" AS ?side) }
    FILTER EXISTS { ?denying nkg:denies ?proposition }
    FILTER NOT EXISTS { ?other nkg:about ?proposition }
    BIND (?proposition AS ?dispute) BIND ("affirmed and denied" AS ?label) BIND ("" AS ?kind)
  }
} ORDER BY ?proposition ?dispute DESC(?side) ?claim
"""


class Claim(NamedTuple):
    """A claim as a reader wants to check it."""

    claim: str
    statement: str
    polarity: str
    hedge: str
    basis: str
    evidence: str
    cites: tuple[str, ...]
    source: str
    section: str
    start: int
    end: int
    span_sha256: str
    status: str
    propositions: tuple[str, ...]

    @property
    def locator(self) -> str:
        """Where it stands: source, section and offsets."""
        return f"{self.source}, {self.section}, characters {self.start}-{self.end}"


class Dispute(NamedTuple):
    """A dispute that a premise is part of.

    Attributes:
        label: What it is about.
        kind: Whether the contexts differ.
        sides: IRIs of the claims for it, and of those against it.
    """

    label: str
    kind: str
    sides: tuple[tuple[str, ...], tuple[str, ...]]


class EvidenceBase:
    """Looks claims and disputes up in one store, many at once, and remembers them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._claims: dict[str, Claim] = {}
        self._values: dict[str, dict[str, list[str]]] = {}
        self._disputes: dict[str, tuple[Dispute, ...]] = {}

    def _direct(
        self, subjects: Iterable[str], predicates: Iterable[str]
    ) -> dict[str, dict[str, list[str]]]:
        """Give the values of some properties, in one query that only looks up."""
        found: dict[str, dict[str, list[str]]] = {}
        listed = " ".join(f"<{subject}>" for subject in sorted(set(subjects)))
        if listed:
            query = _DIRECT.replace("SUBJECTS", listed).replace("PREDICATES", " ".join(predicates))
            for row in self._store.select(_PREFIXES + query):
                found.setdefault(row["s"], {}).setdefault(row["p"], []).append(row["o"])
        return found

    def _learn(self, iris: Iterable[str]) -> None:
        """Look up words, labels and standings of what claims point to."""
        unknown = {iri for iri in iris if iri not in self._values}
        found = self._direct(unknown, ("skos:notation", "rdfs:label", "nkg:status"))
        self._values.update({iri: found.get(iri, {}) for iri in unknown})

    def _name(self, iri: str, *properties: str) -> str:
        values = self._values.get(iri, {})
        return next((values[one][0] for one in properties if one in values), "")

    def claims(self, iris: Iterable[str]) -> list[Claim]:
        """Give claims in the order asked for; what is no claim of the store is left out."""
        wanted = list(dict.fromkeys(iris))
        unknown = [iri for iri in wanted if iri not in self._claims]
        predicates = [f"nkg:{name}" for name in (*_TEXTS, *_WORDS, *_NAMED, *_LINKS)]
        found = self._direct(unknown, predicates)
        self._learn(
            iri
            for values in found.values()
            for name in (*_WORDS, *_NAMED, "asserts", "denies")
            for iri in values.get(_NKG + name, ())
        )
        self._learn(
            standing
            for values in list(self._values.values())
            for standing in values.get(_NKG + "status", ())
        )
        self._claims.update({iri: self._claim(iri, values) for iri, values in found.items()})
        return [self._claims[iri] for iri in wanted if iri in self._claims]

    def _claim(self, iri: str, values: dict[str, list[str]]) -> Claim:
        def first(name: str) -> str:
            return next(iter(values.get(_NKG + name, ())), "")

        def names(name: str, *properties: str) -> tuple[str, ...]:
            return tuple(
                sorted(self._name(one, *properties) for one in values.get(_NKG + name, ()))
            )

        propositions = sorted((*values.get(_NKG + "asserts", ()), *values.get(_NKG + "denies", ())))
        standing = self._name(propositions[0], _NKG + "status") if propositions else ""
        return Claim(
            claim=iri,
            statement=first("statement"),
            polarity=next(iter(names("polarity", _NOTATION)), ""),
            hedge=next(iter(names("hedge", _NOTATION)), ""),
            basis=next(iter(names("basis", _NOTATION)), ""),
            evidence="; ".join(names("evidence", _LABEL)),
            cites=names("cites", _LABEL),
            source=first("source").removeprefix(BASE + "source/"),
            section=next(iter(names("inSection", _LABEL)), ""),
            start=int(first("start") or 0),
            end=int(first("end") or 0),
            span_sha256=first("spanSha256"),
            status=self._name(standing, _NOTATION) if standing else "",
            propositions=tuple(propositions),
        )

    def disputes(self, claims: Sequence[Claim]) -> list[Dispute]:
        """Give the disputes about the contested propositions of some claims."""
        wanted = sorted({
            proposition
            for claim in claims
            if claim.status == "contested"
            for proposition in claim.propositions
        })  # fmt: skip
        unknown = [iri for iri in wanted if iri not in self._disputes]
        if unknown:
            listed = " ".join(f"<{iri}>" for iri in unknown)
            found: dict[str, dict[tuple[str, str, str], tuple[list[str], list[str]]]] = {}
            for row in self._store.select(_PREFIXES + _SIDES.replace("LISTED", listed)):
                key = row["dispute"], row["label"], row["kind"]
                sides = found.setdefault(row["proposition"], {}).setdefault(key, ([], []))
                sides[row["side"] == "against"].append(row["claim"])
            for proposition in unknown:
                self._disputes[proposition] = tuple(
                    Dispute(label, kind, (tuple(first), tuple(second)))
                    for (_, label, kind), (first, second) in found.get(proposition, {}).items()
                )
        return list(dict.fromkeys(one for iri in wanted for one in self._disputes[iri]))
