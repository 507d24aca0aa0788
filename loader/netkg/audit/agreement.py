"""Checks of places against one another: text and table, paper and paper, unit and unit.

In: rows on one proposition, which several places print. Out: findings where they part.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from netkg.audit.findings import AuditFinding, Check
from netkg.audit.rows import decimals
from netkg.audit.statistics import half_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netkg.audit.rows import Literature, Row

__all__ = ["AGREEMENT_CHECKS"]

_MONTHS = {
    "year": Decimal(12),
    "month": Decimal(1),
    "week": Decimal(7) / Decimal("30.4375"),
    "day": Decimal(1) / Decimal("30.4375"),
}
_COMPARED = {
    "ResultClaim": ("trial", ("value", "ciLow", "ciHigh", "n", "events")),
    "ArmClaim": ("arm", ("n",)),
    "TrialDesignClaim": ("trial", ("value",)),
    "FrequencyClaim": ("gene", ("value", "n")),
    "MetaAnalysisClaim": ("therapy", ("score", "hazardRatio", "ciLow", "ciHigh")),
    "EpidemiologyClaim": ("subject", ("value", "valueHigh")),
    "AdverseEventClaim": ("therapy", ("value",)),
    "VariantEffectClaim": ("variant", ("value", "comparatorValue")),
}
_CONTEXT = ("trial", "arm", "assessor", "analysisSet", "test")
"""What sets two measurements on one proposition apart; an empty cell agrees with any."""
_OF_MANY_STUDIES = frozenset({"FrequencyClaim", "EpidemiologyClaim", "AdverseEventClaim",
                              "VariantEffectClaim"})  # fmt: skip
"""Claims that are no trial's: each study, assay and population has a value of its own."""
_OF_A_STUDY = (*_CONTEXT, "assay", "disease", "model", "population", "dose", "exposure")
_MASS = frozenset({"milligram", "microgram", "mg-per-day", "mg-per-kg", "mg-per-m2", "mg-per-week"})


def _together(literature: Literature, kind: str) -> Iterator[tuple[Row, Row]]:
    """Give each pair of rows on one proposition."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in literature.of(kind):
        if row.text("asserts"):
            groups[row.text("asserts")].append(row)
    for _, rows in sorted(groups.items()):
        for first, second in combinations(rows, 2):
            if first.agrees(second, *(_OF_A_STUDY if kind in _OF_MANY_STUDIES else _CONTEXT)):
                yield first, second


def _one_value(literature: Literature) -> Iterator[AuditFinding]:
    for kind, (subject, fields) in _COMPARED.items():
        for first, second in _together(literature, kind):
            if first.text("unit") != second.text("unit"):
                continue
            for field in fields:
                a, b = first.number(field), second.number(field)
                if a is None or b is None or a == b:
                    continue
                places = min(decimals(first.text(field)), decimals(second.text(field)))
                rounding = abs(a - b) <= half_unit(places)
                bound = field == "value" and _bounds_meet(first, second)
                alike = first.source == second.source and first.agrees(second, "cites")
                certainty = "worth-a-look" if kind in _OF_MANY_STUDIES and not alike else "certain"
                yield AuditFinding(
                    "one-measure-one-value", _subject(literature, first.text(subject)),
                    (first, second),
                    f"{first.text(field)} ({first.place}) and {second.text(field)} "
                    f"({second.place})", "one value",
                    "explained" if rounding or bound else certainty,
                    f"One measure is printed with two values: {first.text(field)} in "
                    f"{first.place}, {second.text(field)} in {second.place}"
                    + ("; rounding explains it." if rounding else
                       "; one is a bound that the other keeps." if bound else "."),
                )  # fmt: skip


def _range(row: Row, field: str, modifier: str) -> tuple[Decimal, Decimal]:
    """Give what a printed number may have been, with its sign and before rounding."""
    number, sign = row.number(field) or Decimal(0), row.text(modifier)
    slack = Decimal(0) if sign.strip("=") else half_unit(decimals(row.text(field)))
    low = Decimal("-Infinity") if "<" in sign else number - slack
    return low, Decimal("Infinity") if ">" in sign else number + slack


def _meet(first: tuple[Decimal, Decimal], second: tuple[Decimal, Decimal]) -> bool:
    return max(first[0], second[0]) < min(first[1], second[1])


def _bounds_meet(first: Row, second: Row) -> bool:
    """Say whether one value is a bound, or about so much, and the other one keeps it."""
    signs = first.text("valueModifier") + second.text("valueModifier")
    ranges = (_range(row, "value", "valueModifier") for row in (first, second))
    return "~" in signs or (bool(signs) and _meet(*ranges))


def _subject(literature: Literature, entity: str) -> str:
    """Give the trial of a patient group, and any other entity itself."""
    return literature.cell(entity, "groupOf") or entity


def _reached(literature: Literature) -> Iterator[AuditFinding]:
    """Report medians that one place gives and another calls not reached."""
    medians: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in literature.of("ResultClaim"):
        if row.text("statistic") == "median":
            medians[row.text("trial"), row.text("endpoint")].append(row)
    for (trial, endpoint), rows in sorted(medians.items()):
        open_ = [row for row in rows if row.text("notReached") == "true"]
        for row in open_:
            group = row.text("arm")
            given = [
                other
                for other in rows
                if group and other.number("value") is not None and other not in open_
                and group in (other.text("arm"), literature.cell(other.text("arm"), "subgroupOf"))
            ]  # fmt: skip
            if given:
                values = ", ".join(f"{other.text('value')} ({other.place})" for other in given)
                yield AuditFinding(
                    "one-measure-one-value", trial, (row, *given),
                    f"not reached ({row.place}) and {values}", "reached or not", "worth-a-look",
                    f"The median of {endpoint} is not reached in {row.place}, but given as "
                    f"{values}; a later analysis would explain it.",
                )  # fmt: skip


def _p_values(literature: Literature) -> Iterator[AuditFinding]:
    for first, second in _together(literature, "ResultClaim"):
        signs = [row.text("pModifier") or "=" for row in (first, second)]
        values = [row.number("pValue") for row in (first, second)]
        if None in values or (signs[0] == signs[1] and values[0] == values[1]):
            continue
        a, b = (f"p {sign} {row.text('pValue')}"
                for sign, row in zip(signs, (first, second), strict=True))  # fmt: skip
        both = _meet(*(_range(row, "pValue", "pModifier") for row in (first, second)))
        yield AuditFinding(
            "one-measure-one-p", first.text("trial"), (first, second),
            f"{a} ({first.place}) and {b} ({second.place})", "one p value",
            "explained" if both else "likely",
            f"One comparison is printed with two p values, {a} in {first.place} and {b} in "
            f"{second.place}" + ("; both can hold at once." if both else "."),
        )  # fmt: skip


def _conversions(literature: Literature) -> Iterator[AuditFinding]:
    for first, second in _together(literature, "ResultClaim"):
        units = first.text("unit"), second.text("unit")
        a, b = first.number("value"), second.number("value")
        if units[0] == units[1] or not set(units) <= set(_MONTHS) or a is None or b is None:
            continue
        in_months = a * _MONTHS[units[0]], b * _MONTHS[units[1]]
        slack = sum(
            half_unit(decimals(row.text("value"))) * _MONTHS[row.text("unit")]
            for row in (first, second)
        )
        if abs(in_months[0] - in_months[1]) <= slack:
            continue
        yield AuditFinding(
            "units-convert", first.text("trial"), (first, second),
            f"{a} {units[0]}s and {b} {units[1]}s",
            f"{in_months[0]:.1f} and {in_months[1]:.1f} months", "likely",
            f"One measure is printed as {a} {units[0]}s and as {b} {units[1]}s, which are "
            f"{in_months[0]:.1f} and {in_months[1]:.1f} months.",
        )  # fmt: skip


def _in_two_units(rows: list[Row]) -> set[str]:
    """Give the propositions printed in two units, which are checked by converting them."""
    units: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        units[row.text("asserts")].add(row.text("unit"))
    return {proposition for proposition, found in units.items() if len(found) > 1}


def _mixed_units(literature: Literature) -> Iterator[AuditFinding]:
    times: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in literature.of("ResultClaim"):
        timed = row.text("unit") in _MONTHS and row.number("value") is not None
        if timed and row.text("statistic") == "median":
            times[row.text("trial"), row.text("endpoint")].append(row)
    for (trial, endpoint), medians in sorted(times.items()):
        both = _in_two_units(medians)
        rows = [row for row in medians if row.text("asserts") not in both]
        units = sorted({row.text("unit") for row in rows})
        pairs_with = {row.text("asserts") for row in rows}
        if len(units) < 2 or len(pairs_with) < 2:  # noqa: PLR2004 - one of each is no mixture
            continue
        printed = ", ".join(sorted({f"{row.text('value')} {row.text('unit')}s" for row in rows}))
        converted = ", ".join(
            sorted(
                {f"{(row.number('value') or 0) * _MONTHS[row.text('unit')]:.1f}" for row in rows}
            )
        )
        yield AuditFinding(
            "units-fit", trial, tuple(rows), printed, f"{converted} months", "worth-a-look",
            f"The median of {endpoint} is printed in {'s and '.join(units)}s: {printed}; in months "
            f"that is {converted}.",
        )  # fmt: skip


def _doses(literature: Literature) -> Iterator[AuditFinding]:
    for row in literature.of("DosingClaim"):
        drug = literature.entities.get(row.text("drug"))
        if drug and drug.kind == "Radiopharmaceutical" and row.text("unit") in _MASS:
            yield AuditFinding(
                "units-fit", _subject(literature, row.text("arm")), (row,),
                f"{row.text('doseAmount')} {row.text('unit')} of {row.text('drug')}",
                "an activity, in becquerel or curie", "likely",
                f"A radiopharmaceutical is dosed by activity, but {row.text('doseAmount')} "
                f"{row.text('unit')} of {row.text('drug')} is printed.",
            )  # fmt: skip


def _all_values(literature: Literature) -> Iterator[AuditFinding]:
    yield from _one_value(literature)
    yield from _reached(literature)


def _all_units(literature: Literature) -> Iterator[AuditFinding]:
    yield from _mixed_units(literature)
    yield from _doses(literature)


AGREEMENT_CHECKS = (
    Check("one-measure-one-value", "Rows on one proposition, from text and table or from two "
          "sources, give one value, within rounding.", _all_values),
    Check("one-measure-one-p", "Rows on one comparison give one p value, within rounding; a "
          "bound holds for what it bounds.", _p_values),
    Check("units-convert", "A time printed in two units is the same time: a year has 12 months, a "
          "month 30.4375 days.", _conversions),
    Check("units-fit", "One trial's medians stand in one unit of time; radiopharmaceuticals are "
          "dosed by activity (EANM guidelines).", _all_units),
)  # fmt: skip
