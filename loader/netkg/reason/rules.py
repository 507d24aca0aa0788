"""What the compiler makes of axioms: rules that infer, checks that contradict, and refusals.

In: nothing. Out: the frozen types `Rule`, `Contradiction`, `Refusal` and `RuleSet`.
A rule's text is plain SPARQL 1.1 Update on the default graph, so any server can run it.
"""

from __future__ import annotations

from dataclasses import dataclass

from netkg.vocab import graph_iri

__all__ = ["Contradiction", "Refusal", "Rule", "RuleSet"]

INFERRED_GRAPH = graph_iri("inferred")


@dataclass(frozen=True, slots=True)
class Rule:
    """If the body holds, so does the head.

    Attributes:
        axiom: The axiom in Manchester syntax.
        body: SPARQL patterns of the premises.
        head: The triple pattern that follows.
        reads: IRIs of the properties and classes the body looks at.
        writes: The IRI of the property or class the head adds to.
        words: The axiom in plain English.
        triples: The axiom as N-Triples, with the declarations of what it names.
        propositions: IRIs of the propositions the axiom was made from, if claims made it.
    """

    axiom: str
    body: str
    head: str
    reads: frozenset[str]
    writes: str
    words: str = ""
    triples: str = ""
    propositions: tuple[str, ...] = ()

    @property
    def ask(self) -> str:
        """Ask whether the rule would add anything."""
        return f"ASK {{ {self.body} FILTER NOT EXISTS {{ {self.head} }} }}"

    @property
    def update(self) -> str:
        """Add what follows, to the default graph and to the graph of inferences."""
        return (
            f"INSERT {{ {self.head} . GRAPH <{INFERRED_GRAPH}> {{ {self.head} }} }}\n"
            f"WHERE {{ {self.body} FILTER NOT EXISTS {{ {self.head} }} }}"
        )


@dataclass(frozen=True, slots=True)
class Contradiction:
    """If the body holds, the graph contradicts an axiom.

    Attributes:
        axiom: The axiom in Manchester syntax.
        body: SPARQL patterns that must have no solution; `?x` is the node that is wrong.
        words: The axiom in plain English.
        triples: The axiom as N-Triples, with the declarations of what it names.
        propositions: IRIs of the propositions the axiom was made from, if claims made it.
    """

    axiom: str
    body: str
    words: str = ""
    triples: str = ""
    propositions: tuple[str, ...] = ()

    @property
    def select(self) -> str:
        """Select the nodes that are wrong."""
        return f"SELECT DISTINCT ?x WHERE {{ {self.body} }} ORDER BY ?x"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An axiom that rules cannot honour.

    Attributes:
        axiom: The axiom in Manchester syntax.
        reason: Why not, and what to write instead.
    """

    axiom: str
    reason: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything compiled from an ontology."""

    rules: tuple[Rule, ...]
    contradictions: tuple[Contradiction, ...]
    refusals: tuple[Refusal, ...]
