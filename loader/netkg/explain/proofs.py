"""Proofs: trees from a conclusion through rules and axioms down to claims.

In: a fact or a row of an answer, and a store. Out: `Proof`s, the shortest first.
A proof holds by its premises alone, needs each of them, and never goes round in a circle.
Refuses a fact that is not in the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netkg.explain.derivations import EDGES, INFERRED, Derivations
from netkg.explain.evidence import CLAIMS, EvidenceBase
from netkg.explain.labels import Labels
from netkg.explain.supports import FACTS_LOOKED_AT, find_supports
from netkg.explain.terms import Fact, iri_of
from netkg.vocab import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netkg.explain.evidence import Claim, Dispute
    from netkg.explain.rows import AskedQuestion, KeyedRow
    from netkg.explain.solving import Witness
    from netkg.explain.steps import Derivation, StoredRule
    from netkg.explain.supports import Support
    from netkg.store.interface import Store

__all__ = ["Axiom", "Explainer", "Explanation", "Node", "Reason", "RowExplanation", "RowProof"]

_IN_ROWS = 30
"""How many facts to look at for one of the facts that a row rests on."""

_ENTITIES = BASE + "entity/"
_QUIET = {f"<{PREFIXES['rdfs']}label>", f"<{PREFIXES['skos']}notation>"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which claims, or rows of the registry, give a fact that no axiom gives.

    Attributes:
        rule: The build rule that makes an edge of claims; None for what was written down as it is.
        graphs: The named graphs that hold the fact.
        claims: The claims it rests on.
        premises: The triples that the rule matched.
        absent: Patterns, as SPARQL, that nothing meets.
    """

    rule: StoredRule | None
    graphs: tuple[str, ...]
    claims: tuple[Claim, ...]
    premises: tuple[Fact, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Axiom:
    """An axiom that a step uses.

    Attributes:
        rule: The rule compiled from it, with the axiom in Manchester syntax and in words.
        reasons: The claims that made it; empty when it stands in the ontology.
    """

    rule: StoredRule
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A fact of a proof, and what it follows from.

    Attributes:
        fact: The fact.
        text: The fact as a sentence.
        axiom: The axiom that gives it; None for a leaf.
        premises: What the axiom gives it from.
        reasons: For a leaf: each suffices alone.
    """

    fact: Fact
    text: str
    axiom: Axiom | None
    premises: tuple[Node, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a fact holds.

    Attributes:
        fact: The fact.
        text: The fact as a sentence.
        proofs: Its proofs, the shortest first.
        variants: How many more proofs only go another way from the same facts.
        whole: Whether the search saw every proof.
        disputes: The disputes about what any proof rests on.
        standing: `supported`, `contested`, `hypothesised`, or empty where no claim is behind it.
    """

    fact: Fact
    text: str
    proofs: tuple[Node, ...]
    variants: int
    whole: bool
    disputes: tuple[Dispute, ...]
    standing: str


@dataclass(frozen=True, slots=True)
class RowProof:
    """One way in which a row of an answer comes about.

    Attributes:
        claims: The claims it rests on directly.
        facts: All triples that the question matched.
        concluded: Why those of them hold that are concluded, not written down.
        absent: Patterns, as SPARQL, that nothing meets.
    """

    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    concluded: tuple[Explanation, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowExplanation:
    """Why a row stands in an answer.

    Attributes:
        row: The row, text by column.
        proofs: Its proofs, the shortest first.
        more: How many more there are, each sufficient alone.
        disputes: The disputes about what any proof rests on.
        standing: `supported`, `contested`, `hypothesised`, or empty where no claim is behind it.
    """

    row: dict[str, str]
    proofs: tuple[RowProof, ...]
    more: int
    disputes: tuple[Dispute, ...]
    standing: str


def claims_of(facts: Iterable[Fact]) -> list[str]:
    """Give the claims that facts are about, as subjects."""
    subjects = (iri_of(fact.subject) for fact in facts)
    return list(dict.fromkeys(iri for iri in subjects if iri.startswith(CLAIMS)))


def nodes_of(node: Node) -> list[Node]:
    """Give a node and all nodes below it."""
    return [node, *(below for premise in node.premises for below in nodes_of(premise))]


def reasons_of(node: Node) -> list[Reason]:
    """Give the reasons at the leaves of a proof and behind its axioms."""
    return [
        reason
        for one in nodes_of(node)
        for reason in (*one.reasons, *(one.axiom.reasons if one.axiom else ()))
    ]


_ORDER = ("hypothesised", "contested", "supported")


def _weakest(standings: Iterable[str]) -> str:
    known = [standing for standing in standings if standing in _ORDER]
    return min(known, key=_ORDER.index, default="")


def _strongest(standings: Iterable[str]) -> str:
    known = [standing for standing in standings if standing in _ORDER]
    return max(known, key=_ORDER.index, default="")


def _standing(claim: Claim) -> str:
    """Say how sure a claim makes what rests on it."""
    if claim.status == "contested":
        return "contested"
    return "hypothesised" if claim.hedge == "hypothesised" else "supported"


class Explainer:
    """Explains facts and rows of one store, and remembers what it looked up."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.derivations = Derivations(store)
        self.evidence = EvidenceBase(store)
        self.labels = Labels(store)
        self._explained: dict[tuple[Fact, int], Explanation] = {}

    # ── leaves ───────────────────────────────────────────────────────────────────────────────

    def reasons(self, fact: Fact) -> tuple[Reason, ...]:
        """Say what a fact rests on that no axiom gives."""
        graphs = self.derivations.graphs([fact])[fact]
        found = []
        written = tuple(sorted(graphs - {EDGES, INFERRED}))
        if written:
            claims = tuple(self.evidence.claims(claims_of([fact])))
            found.append(Reason(None, written, claims, (fact,), ()))
        for step in self.derivations.by_claims(fact):
            claims = tuple(self.evidence.claims(claims_of(step.premises)))
            found.append(Reason(step.rule, (EDGES,), claims, step.premises, step.absent))
        return tuple(sorted(found, key=_reason_order))

    def _axiom(self, step: Derivation) -> Axiom:
        """Give a step's axiom, with the claims that made it."""
        reasons: list[Reason] = []
        for proposition in step.rule.propositions:
            asserting = self._asserting(proposition)
            reasons += [
                Reason(
                    None,
                    (),
                    (claim,),
                    (Fact(f"<{claim.claim}>", _ASSERTS, f"<{proposition}>"),),
                    (),
                )
                for claim in asserting
            ]
        return Axiom(step.rule, tuple(sorted(reasons, key=_reason_order)))

    def _asserting(self, proposition: str) -> list[Claim]:
        rows = self.store.select(
            f"SELECT ?claim WHERE {{ ?claim {_ASSERTS} <{proposition}> ; {_HEDGE} ?hedge "
            f"FILTER (?hedge != <{PREFIXES['nkg']}hypothesised>) }} ORDER BY ?claim"
        )
        return self.evidence.claims([row["claim"] for row in rows])

    # ── facts ────────────────────────────────────────────────────────────────────────────────

    def _tree(self, fact: Fact, support: Support) -> Node:
        step = support.steps.get(fact)
        text = self.labels.fact(fact)
        if step is None:
            return Node(fact, text, None, (), self.reasons(fact))
        premises = tuple(self._tree(premise, support) for premise in step.premises)
        return Node(fact, text, self._axiom(step), premises, ())

    def fact(self, fact: Fact, most_facts: int = FACTS_LOOKED_AT) -> Explanation:
        """Say why a fact holds.

        Args:
            fact: A triple of the graph; one that is not in it has no proof.
            most_facts: How many facts the search looks at before it ends.
        """
        key = fact, most_facts
        if key not in self._explained:
            supports = find_supports(self.derivations, fact, most_facts)
            independent = _independent(supports.found)
            proofs = tuple(self._tree(fact, support) for support in independent)
            claims = [
                claim for tree in proofs for reason in reasons_of(tree) for claim in reason.claims
            ]
            self._explained[key] = Explanation(
                fact,
                self.labels.fact(fact),
                proofs,
                len(supports.found) - len(proofs),
                supports.whole,
                tuple(self.evidence.disputes(claims)),
                _strongest(_standing_of(tree) for tree in proofs),
            )
        return self._explained[key]

    # ── rows ─────────────────────────────────────────────────────────────────────────────────

    def row(
        self, question: AskedQuestion, row: KeyedRow, most: int | None = None
    ) -> RowExplanation:
        """Say why a row stands in an answer.

        Args:
            question: The question, taken apart.
            row: One of its rows.
            most: How many proofs to work out; None means all.
        """
        ways: dict[frozenset[str], Witness] = {}
        for witness in question.explain(self.store, row):
            ways.setdefault(frozenset(claims_of(witness.facts)), witness)
        least = [claims for claims in ways if not any(other and other < claims for other in ways)]
        proofs = []
        settled: dict[Fact, bool] = {}
        for claims in least[:most]:
            witness = ways[claims]
            graphs = self.derivations.graphs(witness.facts)
            facts = question.minimal(row, witness, graphs, settled).facts
            settled |= {fact: fact in facts for fact in witness.loose}
            proofs.append(
                RowProof(
                    tuple(self.evidence.claims(sorted(claims_of(facts)))),
                    facts,
                    tuple(self.fact(one, _IN_ROWS) for one in self._concluded(facts)),
                    witness.absent,
                )
            )
        every = [claim for proof in proofs for claim in proof.claims]
        disputes = self.evidence.disputes(every)
        inner = [one for proof in proofs for about in proof.concluded for one in about.disputes]
        standing = row.cells.get("status") or _strongest(
            _weakest(
                [*map(_standing, proof.claims), *(about.standing for about in proof.concluded)]
            )
            for proof in proofs
        )
        return RowExplanation(
            row.cells,
            tuple(proofs),
            len(least) - len(proofs),
            tuple(dict.fromkeys([*disputes, *inner])),
            standing,
        )

    def _concluded(self, facts: Sequence[Fact]) -> list[Fact]:
        """Give the facts between entities that nobody wrote down."""
        graphs = self.derivations.graphs(facts)
        return [
            fact
            for fact in facts
            if iri_of(fact.subject).startswith(_ENTITIES)
            and fact.predicate not in _QUIET
            and graphs[fact]
            and graphs[fact] <= {EDGES, INFERRED}
        ]


_ASSERTS, _HEDGE = f"<{PREFIXES['nkg']}asserts>", f"<{PREFIXES['nkg']}hedge>"


def _reason_order(reason: Reason) -> tuple[int, int, int, tuple[str, ...]]:
    hedges = ("stated", "suggested", "hypothesised")
    weakest = max((hedges.index(claim.hedge) for claim in reason.claims), default=0)
    contested = any(claim.status == "contested" for claim in reason.claims)
    return int(contested), weakest, len(reason.premises), tuple(c.claim for c in reason.claims)


def _standing_of(tree: Node) -> str:
    """Say how sure a proof is: as sure as the weakest of what it needs."""
    return _weakest(
        _strongest(_weakest(map(_standing, reason.claims)) for reason in reasons)
        for node in nodes_of(tree)
        for reasons in (node.reasons, node.axiom.reasons if node.axiom else ())
    )


def _independent(supports: Sequence[Support]) -> list[Support]:
    """Keep of the supports that need the same facts and the same claims only the shortest."""
    kept: list[tuple[frozenset[Fact | str], Support]] = []
    for support in supports:
        from_claims = {step.rule.label for step in support.steps.values() if step.rule.propositions}
        needs = support.facts | from_claims
        if not any(other <= needs for other, _ in kept):
            kept.append((needs, support))
    return [support for _, support in kept]
