"""Runs rules on a store until nothing new follows, and looks for contradictions.

In: a writable store and a `RuleSet`. Out: the store with its inferences; contradictions.
Python only orchestrates: each step is a SPARQL text that the engine runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.findings import Finding, Severity

if TYPE_CHECKING:
    from netkg.reason.rules import Contradiction, RuleSet
    from netkg.store.interface import Store, WritableStore

__all__ = ["find_contradictions", "refusal_findings", "run_rules"]


def run_rules(store: WritableStore, rules: RuleSet) -> int:
    """Run rules to their fixpoint.

    A rule is run again only when what it reads has grown since it last ran.

    Args:
        store: Holds the facts in its default graph; receives the inferences.
        rules: What to run.

    Returns:
        How many times a rule added something.
    """
    waiting = dict.fromkeys(rules.rules)
    added = 0
    while waiting:
        rule = next(iter(waiting))
        del waiting[rule]
        if not store.ask(rule.ask):
            continue
        store.update(rule.update)
        added += 1
        waiting.update(dict.fromkeys(other for other in rules.rules if rule.writes in other.reads))
    return added


def find_contradictions(store: Store, rules: RuleSet) -> list[tuple[Contradiction, list[str]]]:
    """Look for nodes that contradict an axiom.

    Args:
        store: Holds the facts and all that follows from them.
        rules: Whose contradictions to look for.

    Returns:
        Each contradiction there is, with the nodes that are wrong.
    """
    found = (
        (contradiction, [row["x"] for row in store.select(contradiction.select)])
        for contradiction in rules.contradictions
    )
    return [(contradiction, nodes) for contradiction, nodes in found if nodes]


def refusal_findings(rules: RuleSet) -> list[Finding]:
    """Report the axioms that rules cannot honour."""
    return [
        Finding(
            "axiom-refused",
            f"the axiom '{refusal.axiom}' cannot be honoured: {refusal.reason}",
            severity=Severity.WARNING,
        )
        for refusal in rules.refusals
    ]
