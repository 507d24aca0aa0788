"""Finds classes that can have no members, by giving each one a prototype and reasoning on it.

In: a compiled `RuleSet`. Out: a finding for each class whose prototype contradicts an axiom.
Sound for what the rules cover; HermiT judges the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.findings import Finding
from netkg.reason.abox import TYPE
from netkg.reason.explanation import fact_statement, in_words, shrink_by_rules
from netkg.reason.fixpoint import find_contradictions, run_rules
from netkg.store.embedded import EmbeddedStore
from netkg.vocab import NKG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netkg.reason.rules import RuleSet

__all__ = ["find_unsatisfiable"]

_PROTOTYPES = "urn:netkg:prototype:"


def _classes(rules: RuleSet) -> Iterable[str]:
    """Give every class that a rule speaks of."""
    spoken = {rule.writes for rule in rules.rules}.union(*(rule.reads for rule in rules.rules))
    return sorted(iri for iri in spoken if iri.startswith(NKG) and iri[len(NKG)].isupper())


def find_unsatisfiable(rules: RuleSet) -> list[Finding]:
    """Find classes that can have no members.

    All prototypes are reasoned on together; one that seems impossible is tried again alone.

    Args:
        rules: What was compiled from the ontology.

    Returns:
        A finding for each such class, with a minimal set of axioms that makes it so.
    """
    store = EmbeddedStore.in_memory()
    facts = "".join(
        f"<{_PROTOTYPES}{iri[len(NKG) :]}> {TYPE} <{iri}> .\n" for iri in _classes(rules)
    )
    store.update(f"INSERT DATA {{ {facts} }}")
    run_rules(store, rules)
    suspects = {
        node.removeprefix(_PROTOTYPES)
        for contradiction, nodes in find_contradictions(store, rules)
        for node in nodes
        if not contradiction.closes and node.startswith(_PROTOTYPES)
    }
    findings = []
    for name in sorted(suspects):
        prototype = fact_statement(f"<{_PROTOTYPES}{name}>", TYPE, f"<{NKG}{name}>", {})
        why = [one for one in shrink_by_rules(rules, [prototype]) if one.is_axiom]
        if why:
            findings.append(
                Finding(
                    "unsatisfiable",
                    f"the class {name} can have no members, because of: {in_words(why)}; mend one "
                    "of these axioms",
                    focus=NKG + name,
                )
            )
    return findings
