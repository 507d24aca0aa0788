"""Gathers what HermiT is asked about: axioms, asserted facts, and the facts that rules inferred.

In: a store with all that was curated and inferred. Out: a `Case`.
Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netkg.reason.abox import Facts, logical, read_facts, read_signature
from netkg.reason.agreement import held_apart
from netkg.reason.compiler import compile_axioms
from netkg.reason.explanation import Statement, axiom_statements
from netkg.reason.rules import INFERRED_GRAPH
from netkg.reason.tbox import TBox, read_tbox
from netkg.vocab import graph_iri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.findings import Where
    from netkg.reason.abox import Signature
    from netkg.reason.rules import RuleSet
    from netkg.store.embedded import EmbeddedStore

__all__ = ["Case", "read_case"]

_AXIOM_GRAPHS = tuple(graph_iri(name) for name in ("ontology", "class-axioms", "alignments"))


@dataclass(frozen=True, slots=True)
class Case:
    """What HermiT is asked about.

    Attributes:
        axioms: The axioms, alignments to other ontologies with them, as N-Triples.
        signature: What the ontology declares.
        asserted: What was curated or concluded from claims.
        inferred: What the rules added to it.
        rules: The rules.
        statements: The axioms one by one.
        places: The row of each node.
    """

    axioms: bytes
    signature: Signature
    asserted: Facts
    inferred: Facts
    rules: RuleSet
    statements: tuple[Statement, ...]
    places: Mapping[str, Where]

    def named(self) -> Facts:
        """Give what individuals are that axioms name, as in 'inhibits value mTORC1'."""
        words = frozenset(self.axioms.decode().split())
        among = self.asserted.among(words & self.asserted.individuals)
        return Facts(among.types)

    def with_facts(self, facts: Facts) -> bytes:
        """Write the axioms and some facts, with their individuals held apart."""
        lines = "".join(f"{line}\n" for line in sorted(facts.lines()))
        return self.axioms + lines.encode() + held_apart(facts.individuals)


def read_case(store: EmbeddedStore, places: Mapping[str, Where]) -> Case:
    """Read what HermiT is asked about.

    Args:
        store: Holds the graphs of the ontology, of curated facts, of edges and of inferences.
        places: The row of each node.
    """
    graphs = [
        row["g"] for row in store.select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    ]
    tbox = TBox(read_tbox(store))
    axioms = [store.graph_ntriples(name) for name in _AXIOM_GRAPHS]
    composite = frozenset(prop.n3() for prop in tbox.composite)
    signature = read_signature(b"".join(axioms[:2]), composite)
    asserted = read_facts(
        signature, (store.graph_ntriples(name) for name in sorted(graphs) if name != INFERRED_GRAPH)
    )
    inferred = read_facts(signature, [store.graph_ntriples(INFERRED_GRAPH)]) - asserted
    rules = compile_axioms(tbox.graph)
    return Case(
        logical(b"".join(axioms)), signature, asserted, inferred, rules,
        tuple(axiom_statements(rules)), places,
    )  # fmt: skip
