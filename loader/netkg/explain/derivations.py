"""One step back from a fact: was it written down, or which rules give it, and from which facts?

In: facts of a store. Out: the graphs that hold them, and `Derivation`s by rule.
Refuses nothing; a rule whose text cannot be taken apart explains nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.errors import QuerySyntaxError
from netkg.explain.entailment import is_plain
from netkg.explain.patterns import Triple
from netkg.explain.reading import read_construct
from netkg.explain.solving import solutions, witnesses
from netkg.explain.steps import Derivation, StoredRule
from netkg.explain.terms import RDF_TYPE, Fact, iri_of, term_text
from netkg.store.results import Cell
from netkg.vocab import PREFIXES, graph_iri, sparql_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netkg.store.interface import Store

__all__ = ["EDGES", "INFERRED", "Derivations"]

EDGES, INFERRED = graph_iri("edges"), graph_iri("inferred")
_CONSTRUCT, _LABEL = PREFIXES["sh"] + "construct", PREFIXES["rdfs"] + "label"
_WORDS, _AXIOM = PREFIXES["nkg"] + "inWords", PREFIXES["nkg"] + "axiomTriples"
_ORIGIN = PREFIXES["prov"] + "wasDerivedFrom"
_PREFIXES = sparql_prefixes()


def _unify(head: Triple, fact: Fact) -> dict[str, str] | None:
    """Match a head with a fact: terms by variable, or None when they differ."""
    values: dict[str, str] = {}
    for pattern, term in zip((head.subject, head.path[0], head.object), fact, strict=True):
        if pattern.startswith("?"):
            if values.setdefault(pattern, term) != term:
                return None
        elif pattern != term:
            return None
    return values


def _instances(rule: StoredRule, solution: dict[str, str]) -> tuple[Fact, ...]:
    """Give the facts of a plain body."""
    return tuple(
        Fact(
            solution.get(triple.subject, triple.subject),
            triple.path[0],
            solution.get(triple.object, triple.object),
        )
        for triple in rule.body.elements
        if isinstance(triple, Triple)
    )


class Derivations:
    """Looks facts and rules up in one store, and remembers what it found."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._graphs: dict[Fact, frozenset[str]] = {}
        self._by_conclusion: dict[str, Sequence[StoredRule]] = {}
        self._by_axiom: dict[str, Sequence[StoredRule]] = {}
        self._build_rules: Sequence[StoredRule] | None = None
        self._by_axioms: dict[Fact, Sequence[Derivation]] = {}
        self._by_claims: dict[Fact, Sequence[Derivation]] = {}

    # ── where a fact is written ──────────────────────────────────────────────────────────────

    def graphs(self, facts: Iterable[Fact]) -> dict[Fact, frozenset[str]]:
        """Say which named graphs hold each fact; a fact that no graph holds has none."""
        wanted = list(dict.fromkeys(facts))
        unknown = [fact for fact in wanted if fact not in self._graphs]
        if unknown:
            listed = " ".join(f"({' '.join(fact)})" for fact in unknown)
            rows = self.store.select(
                f"SELECT ?s ?p ?o ?g WHERE {{ VALUES (?s ?p ?o) {{ {listed} }} "
                "GRAPH ?g { ?s ?p ?o } }"
            )
            found: dict[Fact, set[str]] = {fact: set() for fact in unknown}
            for s, p, o, g in rows.cells:
                if s and p and o and g:
                    found.setdefault(Fact(term_text(s), term_text(p), term_text(o)), set()).add(
                        g.value
                    )
            self._graphs.update({fact: frozenset(names) for fact, names in found.items()})
        return {fact: self._graphs[fact] for fact in wanted}

    def is_curated(self, fact: Fact) -> bool:
        """Say whether a fact was written down by a curator or in the ontology."""
        return bool(self.graphs([fact])[fact] - {EDGES, INFERRED})

    def is_edge(self, fact: Fact) -> bool:
        """Say whether a fact was concluded from claims."""
        return EDGES in self.graphs([fact])[fact]

    # ── rules ────────────────────────────────────────────────────────────────────────────────

    def _read_rules(self, condition: str) -> list[StoredRule]:
        rows = self.store.select(
            f"{_PREFIXES} SELECT ?rule ?p ?o WHERE {{ {condition} ?rule ?p ?o }}"
        )
        read: dict[str, dict[str, list[str]]] = {}
        for row in rows:
            read.setdefault(row["rule"], {}).setdefault(row["p"], []).append(row["o"])
        rules = []
        for iri, values in read.items():
            try:
                heads, body = read_construct(values[_CONSTRUCT][0])
            except QuerySyntaxError:  # a template with blank nodes makes axioms, not facts
                continue
            rules.append(
                StoredRule(
                    iri,
                    values[_LABEL][0],
                    values[_WORDS][0],
                    next(iter(values.get(_AXIOM, ())), ""),
                    tuple(sorted(values.get(_ORIGIN, ()))),
                    heads,
                    body,
                )
            )
        return sorted(rules, key=lambda rule: (rule.label, rule.iri))

    def axiom_rules(self, conclusion: str) -> Sequence[StoredRule]:
        """Give the rules that conclude facts of a property or class."""
        if conclusion not in self._by_conclusion:
            self._by_conclusion[conclusion] = self._read_rules(
                f"?rule nkg:concludes {conclusion} ."
            )
        return self._by_conclusion[conclusion]

    def rules_of_axiom(self, label: str) -> Sequence[StoredRule]:
        """Give all rules that were compiled from one axiom."""
        if label not in self._by_axiom:
            condition = f"?rule rdfs:label {term_text(Cell(label))} ; a sh:SPARQLRule ."
            self._by_axiom[label] = self._read_rules(condition)
        return self._by_axiom[label]

    def build_rules(self) -> Sequence[StoredRule]:
        """Give the rules that make edges of claims."""
        if self._build_rules is None:
            self._build_rules = self._read_rules(f"?rule nkg:fillsGraph <{EDGES}> .")
        return self._build_rules

    # ── one step back ────────────────────────────────────────────────────────────────────────

    def _apply(self, rules: Iterable[StoredRule], fact: Fact) -> list[Derivation]:
        found = []
        for rule in rules:
            for head in rule.heads:
                values = _unify(head, fact)
                if values is None:
                    continue
                found += [
                    Derivation(rule, witness.facts, witness.absent, fact)
                    for witness in witnesses(self.store, rule.body, values, tuple(values))
                    if fact not in witness.facts
                ]
        return found

    def by_axioms(self, fact: Fact) -> Sequence[Derivation]:
        """Give every step by which an axiom gives a fact from other facts of the graph."""
        if fact not in self._by_axioms:
            conclusion = fact.object if fact.predicate == RDF_TYPE else fact.predicate
            rules = self.axiom_rules(conclusion) if iri_of(conclusion) else ()
            plain = [rule for rule in rules if is_plain(rule)]
            other = [rule for rule in rules if not is_plain(rule)]
            self._by_axioms[fact] = [
                *self._apply_plain(plain, fact),
                *self._apply(other, fact),
            ]
        return self._by_axioms[fact]

    def _apply_plain(self, rules: Iterable[StoredRule], fact: Fact) -> list[Derivation]:
        """Apply rules whose bodies are triples alone; what needs no search is looked up at once."""
        candidates: list[Derivation] = []
        for rule in rules:
            values = _unify(rule.heads[0], fact)
            if values is None:
                continue
            for solution in self._solve_plain(rule, values):
                premises = _instances(rule, solution)
                if fact not in premises:
                    candidates.append(Derivation(rule, premises, (), fact))
        there = self.graphs(premise for one in candidates for premise in one.premises)
        return [one for one in candidates if all(there[premise] for premise in one.premises)]

    def _solve_plain(self, rule: StoredRule, values: dict[str, str]) -> list[dict[str, str]]:
        names = {
            part
            for triple in rule.body.elements
            if isinstance(triple, Triple)
            for part in (triple.subject, triple.object)
            if part.startswith("?")
        }
        if names <= values.keys():
            return [values]
        return list(solutions(self.store, rule.body, values))

    def by_claims(self, fact: Fact) -> Sequence[Derivation]:
        """Give every step by which a build rule gives an edge from claims."""
        if fact not in self._by_claims:
            rules = self.build_rules() if self.is_edge(fact) else ()
            self._by_claims[fact] = self._apply(rules, fact)
        return self._by_claims[fact]
