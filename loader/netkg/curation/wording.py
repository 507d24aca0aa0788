"""A row against its own statement: what the cells say must be what the words say.

In: claims and the registry's names. Out: findings. Refuses nothing; it only reports. A cell that
was mistyped or copied from another row is seldom mistyped in the statement too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netkg.curation.number_words import number_words
from netkg.curation.schema import Kind
from netkg.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from netkg.curation.records import Record

__all__ = ["find_wording_errors"]

_NEGATION = re.compile(
    r"\b(no|not|never|nor|neither|none|nobody|nothing|without|cannot|lack\w*|absent|absence|fail\w*"
    r"|un(?:affected|inhibited|changed|related))\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(might|suggest\w*|possibly|seems?|appears?|hypothes\w+|perhaps|putative)\b",
    re.IGNORECASE,
)
_UNIT_WORDS = {
    "month": r"months?", "week": r"weeks?", "day": r"days?|daily", "year": r"years?",
    "percent": r"%|per ?cent|percentage", "fold": r"fold|times|twice|double",
    "milligram": r"mg|milligrams?", "microgram": r"µg|μg|micrograms?",
    "mg-per-week": r"\bweek", "mg-per-day": r"\b(?:day|daily)|mg/d",
    "patients": r"patients?|people|cases?|carriers?|of them|women|men|samples?|tumours?",
}  # fmt: skip
_NUMBERS = (
    "value",
    "value_high",
    "hazard_ratio",
    "score",
    "amount",
    "ci_low",
    "ci_high",
    "p_value",
)
_UNNAMED_RANGES = frozenset({"AdverseEvent", "Endpoint", "Method", "PatientGroup", "Process"})
"""Kinds of entity that a sentence may put in other words: responded, progressed, by sequencing."""
_UNNAMED_TABLES = frozenset({"misprints", "observations"})


def _tokens(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W_]+", text.casefold()) if len(word) > 1}


def _names(entities: Iterable[Record], links: Iterable[Record]) -> dict[str, set[str]]:
    """Give the words that name each entity: of its id, label, synonyms and printed forms."""
    names: dict[str, set[str]] = {}
    for entity in entities:
        forms = (entity.id, entity.text("label"), *map(str, entity.values.get("synonyms", ())))
        names[entity.id] = set().union(*map(_tokens, forms))
    for link in links:
        if link.table.name == "printed":
            names.setdefault(str(link.one("entity")), set()).update(_tokens(link.text("printed")))
    return names


def _unspoken_numbers(claim: Record) -> Iterator[tuple[str, str]]:
    """Give the numbers of a row that its statement does not hold."""
    statement = claim.text("statement").replace(",", "")
    words = _tokens(statement)
    for column in _NUMBERS:
        number = claim.text(column)
        if number and not (
            re.search(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", statement)
            or (number.isdigit() and words & number_words(int(number)))
        ):
            yield column, f"{number} does not stand in the statement"


def _unspoken_unit(claim: Record) -> Iterator[tuple[str, str]]:
    unit = claim.text("unit")
    if any(claim.text(column) for column in _NUMBERS) and not re.search(
        _UNIT_WORDS.get(unit, ""), claim.text("statement"), re.IGNORECASE
    ):
        yield "unit", f"the statement does not speak of {unit}"


def _unspoken_entities(claim: Record, names: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Give the entities that a row must fill in and its statement does not name."""
    if claim.table.name in _UNNAMED_TABLES:
        return
    words = _tokens(claim.text("statement"))
    for column in claim.table.columns:
        if column.kind is Kind.ENTITY and column.required and column.name != "evidence":
            entities = [str(value) for value in claim.values.get(column.name, ())]
            named = any(names.get(entity, words) & words for entity in entities)
            # An arm's trial is held by the shapes; its name need not be said again.
            told = column.range == "Trial" and "arm" in claim.values
            if entities and not (named or told) and column.range not in _UNNAMED_RANGES:
                yield column.name, f"the statement does not name {' or '.join(entities)}"


def _tone(claim: Record) -> Iterator[tuple[str, str]]:
    statement = claim.text("statement")
    if claim.text("polarity") == "denied" and not _NEGATION.search(statement):
        yield "polarity", "it is denied, but the statement denies nothing"
    if claim.text("hedge") == "stated" and (word := _HEDGES.search(statement)):
        yield "hedge", f"it is stated, but the statement says {word[0]!r}"


def find_wording_errors(
    claims: Sequence[Record], entities: Iterable[Record], links: Iterable[Record]
) -> list[Finding]:
    """Report rows whose cells and statement part.

    Args:
        claims: The claims of all sources.
        entities: The registry's rows, for the names of what a cell holds.
        links: The rows about entities, for the forms in which names are printed.

    Returns:
        An error for each cell that the statement contradicts or passes over.
    """
    names = _names(entities, links)
    return [
        Finding(
            "statement-disagrees",
            f"{message}; mend the cell or the statement",
            claim.row.at(column),
        )
        for claim in claims
        for column, message in (
            *_tone(claim),
            *_unspoken_numbers(claim),
            *_unspoken_unit(claim),
            *_unspoken_entities(claim, names),
        )
    ]
