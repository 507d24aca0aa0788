"""Checks of an effect against the values of the arms it compares.

In: results of one trial. Out: findings where a ratio, fold or difference does not fit the medians.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from netkg.audit.findings import AuditFinding, Check
from netkg.audit.rows import decimals
from netkg.audit.statistics import half_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from netkg.audit.rows import Literature, Row

__all__ = ["COMPARISON_CHECKS"]

_LONGER_IS_BETTER = frozenset({"pfs", "os", "dfs", "ttp"})
_ANALYSIS = ("trial", "timepoint", "assessor", "analysisSet", "subgroup")
"""What sets one analysis of an endpoint apart from another; an empty cell agrees with any."""


class _Pair(NamedTuple):
    """An effect and the medians of its two arms, from one source and in one unit."""

    effect: Row
    value: Decimal
    treated: Row
    control: Row
    treated_median: Decimal
    control_median: Decimal

    @property
    def medians(self) -> str:
        return f"{self.treated.text('value')} and {self.control.text('value')}"

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.effect, self.treated, self.control


def _medians(literature: Literature) -> Mapping[tuple[str, ...], list[Row]]:
    medians: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in literature.of("ResultClaim"):
        if row.text("statistic") == "median" and row.number("value") is not None:
            medians[row.source, row.text("endpoint"), row.text("arm")].append(row)
    return medians


def _pairs(literature: Literature, *statistics: str) -> Iterator[_Pair]:
    medians = _medians(literature)
    for row in literature.of("ResultClaim"):
        value = row.number("value")
        if row.text("statistic") not in statistics or value is None:
            continue
        of = (row.source, row.text("endpoint"))
        if not row.text("arm") or not row.text("comparator"):
            continue
        for treated in medians.get((*of, row.text("arm")), []):
            for control in medians.get((*of, row.text("comparator")), []):
                first, second = treated.number("value"), control.number("value")
                alike = all(one.agrees(other, *_ANALYSIS) for one, other in
                            ((row, treated), (row, control), (treated, control)))  # fmt: skip
                if first and second and alike and treated.text("unit") == control.text("unit"):
                    yield _Pair(row, value, treated, control, first, second)


def _hazard_order(literature: Literature) -> Iterator[AuditFinding]:
    for pair in _pairs(literature, "hazard-ratio"):
        longer = pair.treated_median - pair.control_median
        if pair.effect.text("endpoint") not in _LONGER_IS_BETTER or not longer or pair.value == 1:
            continue
        if (pair.value < 1) != (longer > 0):
            low, high = pair.effect.number("ciLow"), pair.effect.number("ciHigh")
            open_ = low is not None and high is not None and low <= 1 <= high
            yield AuditFinding(
                "hazard-ratio-follows-medians", pair.effect.text("trial"), pair.rows,
                f"hazard ratio {pair.effect.text('value')}, medians {pair.medians}",
                "below 1 with the longer median", "worth-a-look" if open_ else "likely",
                f"A hazard ratio of {pair.effect.text('value')} does not go with medians of "
                f"{pair.medians}; " + ("its interval holds 1, so either may be." if open_
                                       else "perhaps numerator and denominator are swapped."),
            )  # fmt: skip


def _fold(literature: Literature) -> Iterator[AuditFinding]:
    for pair in _pairs(literature, "ratio"):
        fold = pair.treated_median / pair.control_median
        if pair.effect.text("unit") == "fold" and abs(fold - pair.value) > _slack(pair):
            yield AuditFinding(
                "fold-follows-medians", pair.effect.text("trial"), pair.rows,
                f"{pair.effect.text('value')}-fold, medians {pair.medians}", f"{fold:.2f}-fold",
                "likely",
                f"Medians of {pair.medians} are {fold:.2f}-fold apart, not "
                f"{pair.effect.text('value')}-fold.",
            )  # fmt: skip


def _slack(pair: _Pair) -> Decimal:
    """Give how far rounding of effect and medians may move the effect, roughly."""
    own = half_unit(decimals(pair.effect.text("value")))
    medians = half_unit(min(decimals(row.text("value")) for row in (pair.treated, pair.control)))
    return own + medians * (1 + pair.value) / pair.control_median


def _difference(literature: Literature) -> Iterator[AuditFinding]:
    for pair in _pairs(literature, "difference"):
        apart = pair.treated_median - pair.control_median
        if pair.effect.text("unit") != pair.treated.text("unit") or apart == pair.value:
            continue
        rows = (pair.effect, pair.treated, pair.control)
        slack = sum((half_unit(decimals(row.text("value"))) for row in rows), Decimal(0))
        rounding = abs(apart - pair.value) <= slack
        yield AuditFinding(
            "difference-follows-medians", pair.effect.text("trial"), pair.rows,
            f"difference {pair.effect.text('value')}, medians {pair.medians}", f"{apart}",
            "explained" if rounding else "likely",
            f"Medians of {pair.medians} are {apart} apart, not {pair.effect.text('value')}"
            + ("; rounding explains it." if rounding else "."),
        )  # fmt: skip


COMPARISON_CHECKS = (
    Check("hazard-ratio-follows-medians", "A hazard ratio below 1 goes with the longer median of "
          "the arm in its numerator, roughly, under proportional hazards (Cochrane Handbook, "
          "6.8).", _hazard_order),
    Check("fold-follows-medians", "A fold improvement of a median is the ratio of the two medians, "
          "within rounding.", _fold),
    Check("difference-follows-medians", "A difference of medians is one median less the other.",
          _difference),
)  # fmt: skip
