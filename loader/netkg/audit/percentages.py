"""Checks of percentages: can they be made of whole patients, and is their interval the exact one.

In: results and frequencies that are percentages of a known number. Out: findings.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from netkg.audit.findings import AuditFinding, Check
from netkg.audit.rows import decimals
from netkg.audit.statistics import (
    clopper_pearson,
    half_unit,
    rounds_to,
    truncates_to,
    wald,
    wilson,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netkg.audit.rows import Literature, Row

__all__ = ["PERCENTAGE_CHECKS"]

_HUNDRED = Decimal(100)
_SHARES = frozenset({"proportion", "rate"})
# Estimated at a time point from curves, not counted: no whole number of patients lies behind them.
_ESTIMATED = frozenset({"pfs", "os", "dfs", "pfs-6-months", "one-year-survival", "ttp"})


def _counts(value: Decimal, n: Decimal, places: int) -> list[int]:
    """Give the whole numbers of `n` that round to a percentage."""
    if n < 1:
        return []
    slack = half_unit(places)
    least, most = ((value + end) * n / _HUNDRED for end in (-slack, slack))
    return [
        k
        for k in range(max(0, int(least)), min(int(n), int(most) + 1) + 1)
        if rounds_to(_HUNDRED * k / n, value, places)
    ]


def _percentages(literature: Literature) -> Iterator[tuple[Row, str, Decimal, str]]:
    """Give each percentage with its subject and the number it is said to be of."""
    for row in literature.of("ResultClaim"):
        value = row.number("value")
        counted = row.text("endpoint") not in _ESTIMATED and row.text("statistic") in _SHARES
        if value is not None and counted and _is_exact(row):
            yield row, row.text("trial"), value, row.text("arm")
    for kind, subject in (("FrequencyClaim", "gene"), ("AdverseEventClaim", "therapy")):
        for row in literature.of(kind):
            value = row.number("value")
            if value is not None and _is_exact(row):
                yield row, row.text(subject), value, row.text("arm")


def _is_exact(row: Row) -> bool:
    return row.text("unit") == "percent" and not row.text("valueModifier")


def _denominators(literature: Literature) -> dict[str, dict[str, set[Decimal]]]:
    sizes: dict[str, dict[str, set[Decimal]]] = defaultdict(dict)
    for source in {row.source for row in literature.of("ArmClaim")}:
        found = literature.sizes(source).items()
        sizes[source] = {arm: {n for n in given if n >= 1} for arm, given in found}
    return sizes


def _sizes_of(row: Row, arm: str, sizes: dict[str, dict[str, set[Decimal]]]) -> set[Decimal]:
    """Give what a percentage may be of: the row's own number, or else the sizes of its group."""
    own = row.number("n")
    return {own} if own and own >= 1 else sizes[row.source].get(arm, set())


def _other_sizes(literature: Literature, row: Row, size: Decimal) -> list[Decimal]:
    """Give the sizes that would do instead: sums of the group's partitions, and its parts."""
    arm, sizes = row.text("arm"), literature.sizes(row.source)
    known: dict[str, list[Decimal]] = defaultdict(list)
    for entity in literature.entities:
        if arm and literature.cell(entity, "subgroupOf") == arm and entity in sizes:
            known[literature.cell(entity, "partition")].append(min(sizes[entity]))
    sums = {sum(parts, Decimal(0)) for partition, parts in known.items() if partition}
    single = {part for parts in known.values() for part in parts}
    return sorted(other for other in sums | single if other >= 1 and other != size)


def _possible(literature: Literature) -> Iterator[AuditFinding]:
    sizes = _denominators(literature)
    for row, subject, value, arm in _percentages(literature):
        candidates = _sizes_of(row, arm, sizes)
        places = decimals(row.text("value"))
        if not candidates or any(_counts(value, n, places) for n in candidates):
            continue
        n = min(candidates)
        others = [m for m in _other_sizes(literature, row, n) if _counts(value, m, places)]
        would = "; ".join(f"{_counts(value, m, places)[0]} of {m} would" for m in others)
        near = min(int(value * n / _HUNDRED), int(n) - 1)
        around = " or ".join(
            f"{k}/{n} = {_HUNDRED * k / n:.{places + 1}f}" for k in (near, near + 1)
        )
        yield AuditFinding(
            "percentage-is-possible", subject, (row,), f"{row.text('value')}% of {n}",
            f"{around}{'; ' + would if would else ''}",
            "explained" if would else "worth-a-look",
            f"No whole number of {n} gives {row.text('value')}%"
            + (f"; {would}, so the percentage is of that number." if would
               else "; the percentage may be of another number."),
        )  # fmt: skip


def _exact_interval(literature: Literature) -> Iterator[AuditFinding]:
    sizes = _denominators(literature)
    for row, subject, value, arm in _percentages(literature):
        low, high = row.number("ciLow"), row.number("ciHigh")
        level, known = row.number("ciLevel") or Decimal(95), _sizes_of(row, arm, sizes)
        if low is None or high is None or not known or not 0 < level < _HUNDRED:
            continue
        whole = known | {m for n in known for m in _other_sizes(literature, row, n)}
        places = decimals(row.text("value"))
        pairs = [(k, int(n)) for n in sorted(whole) for k in _counts(value, n, places)]
        if not pairs:
            continue
        methods = (clopper_pearson, wilson, wald)
        tries = {pair: [method(*pair, float(level / 100)) for method in methods] for pair in pairs}
        if any(_fits(one, low, high, row) for found in tries.values() for one in found):
            continue
        cut = next((pair for pair in pairs if _is_cut_off(tries[pair][0], low, high, row)), None)
        k, n = cut or pairs[0]
        exact_low, exact_high = tries[k, n][0]
        yield AuditFinding(
            "interval-is-exact", subject, (row,),
            f"{row.text('value')}% ({row.text('ciLow')} to {row.text('ciHigh')})",
            f"{100 * exact_low:.2f} to {100 * exact_high:.2f} for {k} of {n}",
            "explained" if cut else "worth-a-look",
            f"No usual interval of {k} of {n} patients is "
            f"{row.text('ciLow')} to {row.text('ciHigh')}; the exact one is {100 * exact_low:.2f} "
            f"to {100 * exact_high:.2f}"
            + (", so the lower end was cut off instead of rounded." if cut else "."),
        )  # fmt: skip


def _is_cut_off(interval: tuple[float, float], low: Decimal, high: Decimal, row: Row) -> bool:
    """Say whether an interval is the printed one once its lower end is cut off, not rounded."""
    cut = Decimal(100 * interval[0]), low, decimals(row.text("ciLow"))
    above = Decimal(100 * interval[1]), high, decimals(row.text("ciHigh"))
    return truncates_to(*cut) and not rounds_to(*cut) and rounds_to(*above)


def _fits(interval: tuple[float, float], low: Decimal, high: Decimal, row: Row) -> bool:
    ends = ((low, row.text("ciLow")), (high, row.text("ciHigh")))
    return all(
        rounds_to(Decimal(100 * exact), printed, decimals(text))
        for exact, (printed, text) in zip(interval, ends, strict=True)
    )


PERCENTAGE_CHECKS = (
    Check(
        "percentage-is-possible",
        "A percentage of n patients is k/n for a whole number k, within rounding (the GRIM test, "
        "Brown & Heathers 2017, doi:10.1177/1948550616673876). Estimates from survival curves "
        "are left out.",
        _possible,
    ),
    Check(
        "interval-is-exact",
        "The interval of k of n is compared with the exact (Clopper & Pearson 1934), the score "
        "(Wilson 1927) and the normal interval.",
        _exact_interval,
    ),
)
