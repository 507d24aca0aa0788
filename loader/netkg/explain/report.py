"""What `why` answers: explanations of facts or rows, written as text, Markdown, JSON or RDF.

In: a store, and a triple or a bound question. Out: a `Why`.
Refuses nothing: what is not in the graph has no proof, and says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netkg.explain.naming import read_fact
from netkg.explain.nearest import nearest_facts
from netkg.explain.outline import (
    Line,
    as_markdown,
    as_text,
    explanation_lines,
    nearest_lines,
    row_lines,
)
from netkg.explain.proofs import Explainer
from netkg.explain.records import explanation_record, row_record
from netkg.explain.rows import AskedQuestion
from netkg.explain.terms import iri_of
from netkg.vocab import query_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netkg.asking import Prepared
    from netkg.explain.evidence import EvidenceBase
    from netkg.explain.nearest import Nearest
    from netkg.explain.proofs import Explanation, RowExplanation
    from netkg.store.interface import Store

__all__ = ["Why", "why_fact", "why_rows"]


@dataclass(frozen=True, slots=True)
class Why:
    """Why facts or rows hold.

    Attributes:
        facts: Explanations of facts; one without proofs is of a fact that is not in the graph.
        rows: Explanations of rows of an answer.
        question: The name of the question whose rows they are.
        nearest: For a fact that is not in the graph, what the graph holds about its ends.
    """

    facts: tuple[Explanation, ...]
    rows: tuple[RowExplanation, ...]
    question: str
    nearest: tuple[Nearest, ...]
    _evidence: EvidenceBase

    def __bool__(self) -> bool:
        """Say whether anything is proved."""
        return bool(self.rows) or any(fact.proofs for fact in self.facts)

    def _lines(self, most: int | None) -> Iterator[Line]:
        for fact in self.facts:
            if fact.proofs:
                yield from explanation_lines(fact, self._evidence, 0, most)
            else:
                yield Line(0, f"not in the graph: {fact.text}")
                yield from nearest_lines(self.nearest, 1)
        for number, row in enumerate(self.rows):
            if number:
                yield Line(0, "")
            yield from row_lines(row, self._evidence)

    def as_text(self, most: int | None = None) -> str:
        """Write it for a terminal.

        Args:
            most: How many proofs of each fact to write out; None means all.
        """
        return as_text(self._lines(most))

    def as_markdown(self, most: int | None = None) -> str:
        """Write it as Markdown."""
        return as_markdown(self._lines(most))

    def as_json(self) -> str:
        """Write it as JSON, with every triple and axiom a program needs to check it."""
        whole = {
            "question": self.question or None,
            "facts": [explanation_record(fact) for fact in self.facts],
            "rows": [row_record(row) for row in self.rows],
        }
        return json.dumps(whole, indent=2, ensure_ascii=False)

    def as_turtle(self) -> str:
        """Write it as PROV-O in Turtle."""
        from netkg.explain.prov import prov_graph  # noqa: PLC0415 - rdflib only for RDF

        question = query_iri(self.question) if self.question else ""
        return prov_graph(self.facts, self.rows, question).serialize(format="turtle")


def why_fact(store: Store, subject: str, predicate: str, value: str) -> Why:
    """Explain a triple.

    Args:
        store: What to ask.
        subject: A name, CURIE or IRI.
        predicate: A property's label, short name or IRI, or `a`.
        value: A name, a class after `a`, or a literal's text.
    """
    explainer = Explainer(store)
    fact = read_fact(store, subject, predicate, value)
    explanation = explainer.fact(fact)
    ends = [iri_of(fact.subject), iri_of(fact.object)]
    nearest: list[Nearest] = []
    if not explanation.proofs and all(ends):
        nearest = nearest_facts(store, explainer.labels, explainer.evidence, ends[0], ends[1:])
    return Why((explanation,), (), "", tuple(nearest), explainer.evidence)


def why_rows(
    store: Store,
    question: Prepared,
    entity: str = "",
    *,
    limit: int = 0,
    most: int | None = None,
) -> Why:
    """Explain rows of an answer.

    Args:
        store: What to ask.
        question: A stored question, its values in place.
        entity: The IRI that a row must mention; empty for all rows.
        limit: How many rows at most; 0 for all.
        most: How many proofs of each row to work out; None means all.
    """
    explainer = Explainer(store)
    asked = AskedQuestion(question.sparql)
    wanted = [
        row
        for row in asked.rows(store)
        if not entity or any(entity in cell.split("; ") for cell in row.cells.values())
    ]
    explained = tuple(explainer.row(asked, row, most) for row in wanted[: limit or None])
    return Why((), explained, question.name, (), explainer.evidence)
