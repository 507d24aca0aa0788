"""Why something is no answer: which condition fails, what is nearest, what would change it.

In: a stored question with its values, an entity, a store. Out: a `WhyNot`.
Refuses a question none of whose columns can hold an entity.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from netkg.errors import BadParameterError
from netkg.explain.evidence import EvidenceBase
from netkg.explain.labels import Labels
from netkg.explain.nearest import Nearest, nearest_facts
from netkg.explain.outline import Line, as_markdown, as_text, claim_lines, nearest_lines
from netkg.explain.reading import read_query
from netkg.explain.relaxing import near_misses
from netkg.explain.wording import Wording
from netkg.vocab import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netkg.asking import Prepared
    from netkg.explain.evidence import Claim
    from netkg.explain.patterns import Query
    from netkg.explain.relaxing import NearMiss
    from netkg.store.interface import Store

__all__ = ["Failure", "WhyNot", "why_not"]

_ENTITY = re.compile(rf"<({re.escape(BASE)}entity/[^>]+)>")
_MOST_FAILURES = 6
_SHOWN_CLAIMS = 4
_SHOWN_NEEDED = 3


class Failure(NamedTuple):
    """One way in which the entity nearly is an answer.

    Attributes:
        missing: What does not hold, in words.
        patterns: The same as SPARQL.
        instead: What holds in its place, in words.
        claims: The claims behind what holds.
        needed: What kind of row would make it hold.
    """

    missing: tuple[str, ...]
    patterns: tuple[str, ...]
    instead: tuple[str, ...]
    claims: tuple[Claim, ...]
    needed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why an entity is no answer to a question.

    Attributes:
        question: The question's name.
        entity: The entity's IRI.
        label: Its label.
        answers: How many rows of the answer do mention it; then it is no miss.
        failures: The ways in which it nearly is one, nearest first.
        nearest: What the graph holds about it that comes nearest.
    """

    question: str
    entity: str
    label: str
    answers: int
    failures: tuple[Failure, ...]
    nearest: tuple[Nearest, ...]

    def _lines(self) -> Iterator[Line]:
        if self.answers:
            yield Line(0, f"{self.label} is in the answer, in {self.answers} row(s)")
            yield Line(1, f'ask why: netkg why {self.question} "{self.label}"')
            return
        yield Line(0, f"{self.label} is no answer")
        for number, failure in enumerate(self.failures, start=1):
            yield Line(1, f"way {number}: it fails because")
            yield from _failure_lines(failure)
        if not self.failures:
            yield Line(1, "nothing comes near: no condition of the question holds for it")
        yield Line(0, "")
        yield Line(0, "what comes nearest")
        yield from nearest_lines(self.nearest, 1)

    def as_text(self) -> str:
        """Write it for a terminal."""
        return as_text(self._lines())

    def as_markdown(self) -> str:
        """Write it as Markdown."""
        return as_markdown(self._lines())

    def as_json(self) -> str:
        """Write it as JSON."""
        return json.dumps(
            {
                "question": self.question,
                "entity": self.entity,
                "label": self.label,
                "answers": self.answers,
                "failures": [
                    {**failure._asdict(), "claims": [claim._asdict() for claim in failure.claims]}
                    for failure in self.failures
                ],
                "nearest": [
                    {**group._asdict(), "claims": [claim._asdict() for claim in group.claims]}
                    for group in self.nearest
                ],
            },
            indent=2,
            ensure_ascii=False,
        )


def _failure_lines(failure: Failure) -> Iterator[Line]:
    yield from (Line(2, text) for text in failure.missing)
    yield from (Line(2, f"instead: {text}") for text in failure.instead)
    for claim in failure.claims[:_SHOWN_CLAIMS]:
        yield from claim_lines(claim, 3)
    for text in failure.needed[:_SHOWN_NEEDED]:
        yield Line(2, f"it would hold with: {text}")


def _columns(query: Query) -> list[str]:
    """Give the variables that hold entities: those with a label beside them."""
    shown = re.findall(r"\?(\w+)", query.projection)
    labelled = [f"?{name}" for name in dict.fromkeys(shown) if f"{name}Label" in shown]
    return [name for name in labelled if name in query.where.text]


def _misses(store: Store, query: Query, entity: str) -> list[NearMiss]:
    """Find near misses in the column where the entity comes nearest."""
    columns = _columns(query)
    if not columns:
        raise BadParameterError("no column of this question's answer can hold an entity")
    best: list[NearMiss] = []
    for column in columns:
        found = near_misses(store, query.where, {column: f"<{entity}>"})
        if found and (not best or len(found[0].dropped) < len(best[0].dropped)):
            best = found
    return best


def why_not(store: Store, question: Prepared, entity: str) -> WhyNot:
    """Explain why an entity is no answer.

    Args:
        store: What to ask.
        question: A stored question, its values in place.
        entity: The entity's IRI.

    Raises:
        BadParameterError: No column of the answer can hold an entity.
    """
    labels, evidence = Labels(store), EvidenceBase(store)
    rows = store.select(question.sparql)
    answers = sum(any(entity in cell.split("; ") for cell in row.values()) for row in rows)
    label = labels[f"<{entity}>"]
    if answers:
        return WhyNot(question.name, entity, label, answers, (), ())
    query = read_query(question.sparql)
    wording = Wording(store, labels, evidence, f"<{entity}>")
    failures: dict[tuple[str, ...], Failure] = {}
    for miss in _misses(store, query, entity):
        missing = wording.missing(miss)
        if missing not in failures and len(failures) < _MOST_FAILURES:
            failures[missing] = Failure(
                missing,
                tuple(one.text for one in miss.dropped),
                wording.instead(miss),
                wording.claims(miss),
                wording.needed(miss),
            )
    targets = [iri for iri in dict.fromkeys(_ENTITY.findall(question.sparql)) if iri != entity]
    nearest = nearest_facts(store, labels, evidence, entity, targets)
    return WhyNot(question.name, entity, label, 0, tuple(failures.values()), tuple(nearest))
