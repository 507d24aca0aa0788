"""Finds classes that can have no members, by giving each one a prototype and reasoning on it.

In: a compiled `RuleSet`. Out: a finding for each class whose prototype contradicts an axiom.
Sound for what the rules cover; HermiT judges the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF

from netkg.findings import Finding
from netkg.reason.fixpoint import run_rules
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

    Args:
        rules: What was compiled from the ontology.

    Returns:
        A finding for each such class, naming the axiom its members would contradict.
    """
    store = EmbeddedStore.in_memory()
    facts = "".join(
        f"<{_PROTOTYPES}{iri[len(NKG) :]}> <{RDF.type}> <{iri}> .\n" for iri in _classes(rules)
    )
    store.update(f"INSERT DATA {{ {facts} }}")
    run_rules(store, rules)
    findings = []
    for contradiction in rules.contradictions:
        for row in store.select(contradiction.select):
            if row["x"].startswith(_PROTOTYPES):
                name = row["x"].removeprefix(_PROTOTYPES)
                findings.append(
                    Finding(
                        "unsatisfiable",
                        f"the class {name} can have no members: each would contradict "
                        f"'{contradiction.axiom}'; mend one of its superclasses or that axiom",
                        focus=NKG + name,
                    )
                )
    return findings
