"""Explains a contradiction by the axioms and facts that make it, and by nothing else.

In: a `RuleSet` and facts as N-Triples. Out: `Statement`s that a person reads and a reasoner takes.
Refuses nothing; what shows no contradiction has no explanation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netkg.findings import Finding
from netkg.reason.abox import TYPE
from netkg.reason.fixpoint import find_contradictions, run_rules
from netkg.reason.manchester import short_name
from netkg.reason.rules import RuleSet
from netkg.reason.shrink import shrink
from netkg.store.embedded import EmbeddedStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from netkg.findings import Where
    from netkg.reason.rules import Contradiction, Rule

__all__ = [
    "Statement", "axiom_statements", "contradicted", "contradiction_findings", "direct_facts",
    "fact_statement", "in_words", "shrink_by_rules",
]  # fmt: skip

_PATTERN = re.compile(r'(\?\w+|<[^>]+>) (<[^>]+>) (\?\w+|<[^>]+>|"(?:[^"\\]|\\.)*"\S*) \.')
_SHOWN_NODES = 5
_VARIABLE = re.compile(r"\?(\w+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """An axiom or a fact.

    Attributes:
        text: In Manchester syntax.
        note: An axiom in plain English; the row of a fact, if there is one.
        triples: As N-Triples.
        is_axiom: Whether it is an axiom.
    """

    text: str
    note: str
    triples: str
    is_axiom: bool

    def __str__(self) -> str:
        return f"{self.text} ({self.note})" if self.note else self.text


def axiom_statements(rules: RuleSet) -> list[Statement]:
    """Give every axiom that was read, honoured or refused, once."""
    compiled: tuple[Rule | Contradiction, ...] = rules.rules + rules.contradictions
    found = {
        one.axiom: Statement(one.axiom, one.words, one.triples, is_axiom=True)
        for one in compiled
        if one.triples
    }
    for refused in rules.refusals:
        statement = Statement(refused.axiom, "refused by the rules", refused.triples, is_axiom=True)
        found.setdefault(refused.axiom, statement)
    return list(found.values())


def fact_statement(subject: str, prop: str, other: str, places: Mapping[str, Where]) -> Statement:
    """Write a fact, given as N-Triples terms, with the row of what it is about."""
    link = "Type" if prop == TYPE else _shown(prop)
    text = f"{_shown(subject)} {link} {_shown(other)}"
    where = places.get(subject.strip("<>"))
    return Statement(text, str(where or ""), f"{subject} {prop} {other} .\n", is_axiom=False)


def _shown(term: str) -> str:
    return short_name(term.strip("<>")) if term.startswith("<") else term


def in_words(statements: Iterable[Statement]) -> str:
    """Write statements as a list for a person: the facts, then the axioms."""
    ordered = sorted(statements, key=lambda one: (one.is_axiom, one.text))
    return "; ".join(map(str, ordered))


def contradicted(rules: RuleSet, statements: Sequence[Statement]) -> bool:
    """Say whether rules find some axioms and facts contradictory."""
    axioms = {one.text for one in statements if one.is_axiom}
    store = EmbeddedStore.in_memory()
    store.update(f"INSERT DATA {{ {''.join(o.triples for o in statements if not o.is_axiom)} }}")
    some = RuleSet(
        tuple(rule for rule in rules.rules if rule.axiom in axioms),
        tuple(c for c in rules.contradictions if c.axiom in axioms or not c.triples),
        (),
    )
    run_rules(store, some)
    return any(store.ask(f"ASK {{ {one.body} }}") for one in some.contradictions if not one.closes)


def shrink_by_rules(rules: RuleSet, facts: Sequence[Statement]) -> list[Statement]:
    """Find a minimal set of axioms and facts that rules find contradictory; empty if none is."""
    whole = [*axiom_statements(rules), *facts]
    if not contradicted(rules, whole):
        return []
    return shrink(whole, lambda some: contradicted(rules, some))[0]


def direct_facts(
    store: EmbeddedStore, contradiction: Contradiction, places: Mapping[str, Where]
) -> list[Statement]:
    """Give the facts that together match a contradiction's body, for its first node.

    Args:
        store: Holds the facts and all that follows from them.
        contradiction: One that has a solution.
        places: The row of each node.
    """
    solution = store.select(f"SELECT * WHERE {{ {contradiction.body} }} ORDER BY ?x LIMIT 1")
    if not len(solution):
        return []
    bound = {
        column: cell.ntriples()
        for column, cell in zip(solution.columns, solution.cells[0], strict=True)
        if cell is not None
    }
    found = []
    for pattern in _PATTERN.findall(contradiction.body):
        terms = [_VARIABLE.sub(lambda m: bound.get(m[1], m[0]), part) for part in pattern]
        triple = " ".join(terms)
        if "?" not in "".join(term[0] for term in terms) and store.ask(f"ASK {{ {triple} }}"):
            found.append(fact_statement(terms[0], terms[1], terms[2], places))
    return list(dict.fromkeys(found))


def contradiction_findings(
    store: EmbeddedStore, rules: RuleSet, places: Mapping[str, Where]
) -> list[Finding]:
    """Report each axiom that is contradicted, by whom, and the facts that clash for the first.

    Args:
        store: Holds the facts and all that follows from them.
        rules: Whose contradictions to look for.
        places: The row of each node.
    """
    findings = []
    for contradiction, nodes in find_contradictions(store, rules):
        shown = ", ".join(nodes[:_SHOWN_NODES]) + (" …" if len(nodes) > _SHOWN_NODES else "")
        findings.append(
            Finding(
                "inconsistent",
                f"contradicts the axiom '{contradiction.axiom}' ({contradiction.words}): {shown}; "
                f"for {short_name(nodes[0])}: "
                f"{in_words(direct_facts(store, contradiction, places))}; "
                "mend the rows behind it, or the axiom",
                where=places.get(nodes[0]),
                focus=nodes[0],
            )
        )
    return findings
