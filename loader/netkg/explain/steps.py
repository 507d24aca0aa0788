"""Rules as a store holds them, and the steps that they take.

In: nothing. Out: the types `StoredRule` and `Derivation`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from netkg.explain.patterns import Group, Triple
    from netkg.explain.terms import Fact

__all__ = ["Derivation", "StoredRule"]


class StoredRule(NamedTuple):
    """A rule as the store holds it.

    Attributes:
        iri: Its name.
        label: The axiom in Manchester syntax, or the file of a build rule.
        words: What it says, in plain English.
        axiom_triples: The axiom as N-Triples; empty for a build rule.
        propositions: What the axiom rests on, if claims made it.
        heads: What it concludes.
        body: When it does.
    """

    iri: str
    label: str
    words: str
    axiom_triples: str
    propositions: tuple[str, ...]
    heads: tuple[Triple, ...]
    body: Group


class Derivation(NamedTuple):
    """A way in which a rule gives a fact.

    Attributes:
        rule: The rule.
        premises: The facts that it needs.
        absent: Patterns, as SPARQL, that nothing meets.
        conclusion: The fact.
    """

    rule: StoredRule
    premises: tuple[Fact, ...]
    absent: tuple[str, ...]
    conclusion: Fact
