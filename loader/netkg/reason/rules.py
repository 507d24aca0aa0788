"""What the compiler makes of axioms: rules that infer, checks that contradict, and refusals.

In: nothing. Out: the frozen types `Rule`, `Contradiction`, `Refusal` and `RuleSet`.
A rule's text is plain SPARQL 1.1 Update on the default graph, so any server can run it.
"""

from __future__ import annotations

from dataclasses import dataclass

from netkg.vocab import PREFIXES, graph_iri

__all__ = [
    "INFERRED_GRAPH", "UNIVERSAL", "CannotHonourError", "Contradiction", "Refusal", "Rule",
    "RuleSet",
]  # fmt: skip

INFERRED_GRAPH = graph_iri("inferred")


class CannotHonourError(ValueError):
    """An axiom is outside what rules can do."""


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
    def _new(self) -> str:
        """Say when the rule would add something; a literal is never the subject of a triple."""
        subject = self.head.partition(" ")[0]
        thing = f"FILTER (!isLiteral({subject})) " if subject != "?x" else ""
        return f"{self.body} {thing}FILTER NOT EXISTS {{ {self.head} }}"

    @property
    def ask(self) -> str:
        """Ask whether the rule would add anything."""
        return f"ASK {{ {self._new} }}"

    @property
    def update(self) -> str:
        """Add what follows, to the default graph and to the graph of inferences."""
        return (
            f"INSERT {{ {self.head} . GRAPH <{INFERRED_GRAPH}> {{ {self.head} }} }}\n"
            f"WHERE {{ {self._new} }}"
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
        closes: Whether it says that a list names all there are: a thing without a name of its own
            may still be one of them.
    """

    axiom: str
    body: str
    words: str = ""
    triples: str = ""
    propositions: tuple[str, ...] = ()
    closes: bool = False

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
        triples: The axiom as N-Triples.
    """

    axiom: str
    reason: str
    triples: str = ""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything compiled from an ontology."""

    rules: tuple[Rule, ...]
    contradictions: tuple[Contradiction, ...]
    refusals: tuple[Refusal, ...]


_OWL = PREFIXES["owl"]
_RDF_TYPE = f"<{PREFIXES['rdf']}type>"
UNIVERSAL = (
    Contradiction(
        "two ids are two things",
        f"?x <{_OWL}sameAs> ?y . FILTER (!sameTerm(?x, ?y))",
        words="what has two ids is two things",
    ),
    Contradiction(
        "nothing differs from itself",
        f"?x <{_OWL}differentFrom> ?x .",
        words="nothing differs from itself",
    ),
    Contradiction(
        "owl:Nothing has no members",
        f"?x {_RDF_TYPE} <{_OWL}Nothing> .",
        words="nothing is in the empty class",
    ),
    Contradiction(
        "an object property relates things, not values",
        f"?p {_RDF_TYPE} <{_OWL}ObjectProperty> . ?x ?p ?y . FILTER (isLiteral(?y))",
        words="what an object property relates are things, not values",
    ),
)
"""What contradicts OWL itself, or netkg's holding ids apart, whatever the ontology says."""
