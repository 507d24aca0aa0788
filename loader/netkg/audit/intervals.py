"""Checks of one estimate: does its interval hold it, centre on it, and agree with its p value.

In: results and pooled effects. Out: findings. A one-sided test that explains a small p is said so.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from netkg.audit.findings import AuditFinding, Check
from netkg.audit.rows import decimals
from netkg.audit.statistics import half_unit, p_of_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from netkg.audit.rows import Literature, Row

__all__ = ["INTERVAL_CHECKS"]

_RATIOS = frozenset({"hazard-ratio", "odds-ratio", "ratio"})
# How far p may lie from what the rounded interval allows before it is called different.
_SLACK = 1.25


class _Estimate(NamedTuple):
    """A value with its interval and how far rounding may have moved each."""

    row: Row
    subject: str
    printed: str
    value: Decimal
    low: Decimal
    high: Decimal
    is_ratio: bool

    def interval(self) -> str:
        return f"{self.printed} ({self.row.text('ciLow')} to {self.row.text('ciHigh')})"

    def _spread(self, number: Decimal, printed: str) -> tuple[float, float]:
        slack = half_unit(decimals(printed))
        return float(number - slack), float(number + slack)

    def ranges(self) -> tuple[tuple[float, float], ...]:
        """Give what estimate, lower and upper end may have been before rounding."""
        return (
            self._spread(self.value, self.printed),
            self._spread(self.low, self.row.text("ciLow")),
            self._spread(self.high, self.row.text("ciHigh")),
        )


def _estimates(literature: Literature) -> Iterator[_Estimate]:
    for kind, field, subject in (
        ("ResultClaim", "value", "trial"),
        ("MetaAnalysisClaim", "hazardRatio", "therapy"),
    ):
        for row in literature.of(kind):
            value, low, high = (row.number(name) for name in (field, "ciLow", "ciHigh"))
            if value is None or low is None or high is None:
                continue
            is_ratio = field == "hazardRatio" or row.text("statistic") in _RATIOS
            yield _Estimate(row, row.text(subject), row.text(field), value, low, high, is_ratio)


def _holds(literature: Literature) -> Iterator[AuditFinding]:
    for one in _estimates(literature):
        if not one.low <= one.value <= one.high:
            (least, most), lows, highs = one.ranges()
            rounding = one.low <= one.high and lows[0] < most and least < highs[1]
            yield AuditFinding(
                "interval-holds-estimate", one.subject, (one.row,), one.interval(),
                "lower end <= estimate <= upper end", "explained" if rounding else "certain",
                f"The confidence interval does not hold its estimate: {one.interval()}"
                + ("; rounding explains it." if rounding else "."),
            )  # fmt: skip


def _centred(literature: Literature) -> Iterator[AuditFinding]:
    for one in _estimates(literature):
        (least, most), lows, highs = one.ranges()
        if not one.is_ratio or lows[0] <= 0 or not one.low <= one.value <= one.high:
            continue
        centre_low, centre_high = (lows[0] * highs[0]) ** 0.5, (lows[1] * highs[1]) ** 0.5
        if most < centre_low or least > centre_high:
            yield AuditFinding(
                "interval-is-centred", one.subject, (one.row,), one.interval(),
                f"an estimate between {centre_low:.3f} and {centre_high:.3f}", "likely",
                f"A ratio is the geometric mean of the ends of its interval; {one.interval()} is "
                "not, even with rounding.",
            )  # fmt: skip


def _p_range(one: _Estimate) -> tuple[float, float]:
    """Give the smallest and largest two-sided p that the rounded numbers allow."""
    level = float(one.row.number("ciLevel") or 95) / 100
    ends, lows, highs = one.ranges()
    # p is largest at 1, which may lie between the ends.
    values = (*ends, 1.0) if ends[0] < 1 < ends[1] else ends
    ps = [
        p_of_ratio(value, low, high, level)
        for value, low, high in product(values, lows, highs)
        if 0 < low < high and value > 0 and 0 < level < 1
    ]
    return min(ps, default=0.0), max(ps, default=1.0)


def _p_fits(one: _Estimate, *, sides: int) -> bool:
    """Say whether the printed p fits the interval, for a test of so many sides."""
    p, modifier = float(one.row.text("pValue")), one.row.text("pModifier") or "="
    slack = float(half_unit(decimals(one.row.text("pValue"))))
    least, most = (end * sides / 2 for end in _p_range(one))
    if modifier.startswith("<"):
        return least < p + slack
    if modifier.startswith(">"):
        return most > p - slack
    return least / _SLACK - slack <= p <= most * _SLACK + slack


def _p_agrees(literature: Literature) -> Iterator[AuditFinding]:
    for one in _estimates(literature):
        if not one.is_ratio or one.row.number("pValue") is None or one.low <= 0:
            continue
        two_sided, p = (
            _p_range(one),
            f"p {one.row.text('pModifier') or '='} {one.row.text('pValue')}",
        )
        expected = f"two-sided p between {two_sided[0]:.2g} and {two_sided[1]:.2g}"
        said = one.row.number("testSides")
        if _p_fits(one, sides=2) or (said == 1 and _p_fits(one, sides=1)):
            continue
        if one.row.text("testSides") != "2" and _p_fits(one, sides=1):
            yield AuditFinding(
                "p-agrees-with-interval", one.subject, (one.row,), f"{one.interval()}, {p}",
                f"{expected}; one-sided, half of it", "explained",
                f"{p} is too small for the interval {one.interval()} unless the test was "
                "one-sided, which explains it.",
            )  # fmt: skip
        else:
            yield AuditFinding(
                "p-agrees-with-interval", one.subject, (one.row,), f"{one.interval()}, {p}",
                expected, "likely",
                f"{p} does not belong to the interval {one.interval()}, one- or two-sided.",
            )  # fmt: skip


def _significance(literature: Literature) -> Iterator[AuditFinding]:
    for one in _estimates(literature):
        if not one.is_ratio or one.row.text("notSignificant") != "true":
            continue
        if one.high < 1 or one.low > 1:
            yield AuditFinding(
                "significance-agrees-with-interval", one.subject, (one.row,), one.interval(),
                "an interval that holds 1", "likely",
                f"It is called not significant, but the interval {one.interval()} excludes 1.",
            )  # fmt: skip


INTERVAL_CHECKS = (
    Check("interval-holds-estimate", "An estimate lies within its confidence interval.", _holds),
    Check(
        "interval-is-centred",
        "A Wald interval of a ratio is symmetric on the log scale, so the estimate is the "
        "geometric mean of its ends, within rounding (Altman & Bland 2011, BMJ 343:d2090).",
        _centred,
    ),
    Check(
        "p-agrees-with-interval",
        "The standard error read off the interval on the log scale gives the p value; it must "
        "overlap the printed one within rounding (Altman & Bland 2011, BMJ 343:d2304). A p half "
        "as large is what a one-sided test gives.",
        _p_agrees,
    ),
    Check(
        "significance-agrees-with-interval",
        "A ratio called not significant has an interval that holds 1.",
        _significance,
    ),
)
