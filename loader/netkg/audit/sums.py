"""Checks of sums and subsets: parts add up to their whole, and no part is larger than it.

In: sizes of groups, designs and shares. Out: findings. A group's parts are what the registry calls
so: groups, or endpoints, of one partition of a larger one.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from netkg.audit.findings import AuditFinding, Check
from netkg.audit.rows import decimals
from netkg.audit.statistics import half_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netkg.audit.rows import Literature, Row

__all__ = ["SUM_CHECKS"]

_SMALLER_OF = (
    ("eligible", "enrolled"),
    ("evaluable", "enrolled"),
    ("enrolled", "screened"),
    ("sites", "sites-screened"),
)
_HUNDRED = Decimal(100)


def _partitions(literature: Literature, whole: str) -> Mapping[tuple[str, str], list[str]]:
    """Give the parts of each partition by whole and name, in the order of their ids."""
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity, row in sorted(literature.entities.items()):
        if row.text(whole) and row.text("partition"):
            parts[row.text(whole), row.text("partition")].append(entity)
    return parts


def _sizes_by_place(rows: Iterable[Row]) -> dict[str, dict[str, Row]]:
    """Give the first row that sizes each group, by the source it stands in."""
    places: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row.number("n") is not None:
            places[row.source].setdefault(row.text("arm"), row)
    return places


def _groups(literature: Literature) -> Iterator[AuditFinding]:
    partitions = _partitions(literature, "subgroupOf")
    for sized in _sizes_by_place(literature.of("ArmClaim")).values():
        for (whole, partition), parts in partitions.items():
            rows = [sized[part] for part in parts if part in sized]
            if whole not in sized or len(rows) < len(parts):
                continue
            total = sum((row.number("n") or Decimal(0) for row in rows), Decimal(0))
            size = sized[whole].number("n")
            if size is None or total == size:
                continue
            sum_ = " + ".join(row.text("n") for row in rows)
            yield AuditFinding(
                "groups-add-up", literature.cell(whole, "groupOf") or whole,
                (sized[whole], *rows), f"{sum_} = {total}, of {size}", f"{size}", "likely",
                f"The groups by {partition} have {sum_} = {total} patients, but all patients are "
                f"{size}.",
            )  # fmt: skip


def _shares(literature: Literature) -> dict[tuple[str, str, str], dict[str, Row]]:
    """Give each group's percentages by endpoint: source, trial and group to endpoint to row."""
    shares: dict[tuple[str, str, str], dict[str, Row]] = defaultdict(dict)
    for row in literature.of("ResultClaim"):
        if row.text("unit") == "percent" and row.number("value") is not None:
            key = (row.source, row.text("trial"), row.text("arm"))
            shares[key].setdefault(row.text("endpoint"), row)
    return shares


def _shares_add_up(literature: Literature) -> Iterator[AuditFinding]:
    partitions = _partitions(literature, "broaderEndpoint")
    for (_, trial, _), by_endpoint in sorted(_shares(literature).items()):
        for (whole, partition), parts in partitions.items():
            rows = [by_endpoint[part] for part in parts if part in by_endpoint]
            if not rows:
                continue
            complete = len(rows) == len(parts)
            total = sum((row.number("value") or Decimal(0) for row in rows), Decimal(0))
            given = by_endpoint.get(whole)
            wanted = given.number("value") if given else _HUNDRED if complete else None
            if wanted is None:
                continue
            slack = sum((half_unit(decimals(row.text("value"))) for row in rows), Decimal(0))
            slack += half_unit(decimals(given.text("value"))) if given else Decimal(0)
            low = total - slack if complete else Decimal(0)
            too_much = total - slack > wanted
            if low <= wanted and not too_much and (not complete or wanted <= total + slack):
                continue
            sum_ = " + ".join(row.text("value") for row in rows) + (
                f" = {total}" if rows[1:] else ""
            )
            yield AuditFinding(
                "shares-add-up", trial, (*rows, *([given] if given else [])),
                f"{sum_}%", f"{wanted}% (rounding allows {slack})",
                "likely" if given else "worth-a-look",
                f"The shares by {partition} are {sum_}%, where {wanted}% is "
                f"{'printed' if given else 'everything'}; rounding explains at most {slack}.",
            )  # fmt: skip


def _whole_from_parts(literature: Literature) -> Iterator[AuditFinding]:
    """Compare a share of all patients with the one its groups' shares imply."""
    shares = _shares(literature)
    partitions = _partitions(literature, "subgroupOf")
    for (source, trial, whole), by_endpoint in sorted(shares.items()):
        for (of, partition), parts in partitions.items():
            if of != whole:
                continue
            for endpoint, row in sorted(by_endpoint.items()):
                group_rows = [shares.get((source, trial, part), {}).get(endpoint) for part in parts]
                yield from _weighted(literature, row, group_rows, partition, parts)


def _weighted(
    literature: Literature, whole: Row, parts: list[Row | None], partition: str, ids: list[str]
) -> Iterator[AuditFinding]:
    sizes = literature.sizes(whole.source)
    weights = [min(sizes[part]) for part in ids if part in sizes]
    rows = [row for row in parts if row is not None]
    if not rows or len(rows) != len(parts) or len(weights) != len(parts):
        return
    if not sum(weights):
        return
    values = [row.number("value") or Decimal(0) for row in rows]
    implied = sum((v * n for v, n in zip(values, weights, strict=True)), Decimal(0)) / sum(weights)
    slack = max(half_unit(decimals(row.text("value"))) for row in (whole, *rows)) * 2
    printed = whole.number("value")
    if printed is None or abs(implied - printed) <= slack:
        return
    yield AuditFinding(
        "whole-follows-from-parts", whole.text("trial"), (whole, *rows),
        f"{whole.text('value')}% of all; " + ", ".join(
            f"{row.text('value')}% of {n}" for row, n in zip(rows, weights, strict=True)),
        f"{implied:.1f}%", "worth-a-look",
        f"The groups by {partition} imply {implied:.1f}% of all patients, where "
        f"{whole.text('value')}% is printed.",
    )  # fmt: skip


def _subsets(literature: Literature) -> Iterator[AuditFinding]:
    stated: dict[tuple[str, str, str], Row] = {}
    for row in literature.of("TrialDesignClaim"):
        if row.number("value") is not None:
            stated.setdefault((row.source, row.text("trial"), row.text("attribute")), row)
    for (source, trial, attribute), row in sorted(stated.items()):
        for small, large in _SMALLER_OF:
            other = stated.get((source, trial, large))
            if attribute != small or other is None:
                continue
            part, whole = row.number("value"), other.number("value")
            if part is not None and whole is not None and part > whole:
                yield AuditFinding(
                    "subset-fits", trial, (row, other), f"{small} {part}, {large} {whole}",
                    f"{small} <= {large}", "certain",
                    f"{small} is {part}, more than {large}, which is {whole}.",
                )  # fmt: skip
    for row in (*literature.of("ResultClaim"), *literature.of("FrequencyClaim")):
        affected, n = row.number("affected"), row.number("n")
        if affected is not None and n is not None and affected > n:
            yield AuditFinding(
                "subset-fits", row.text("trial") or row.text("gene"), (row,),
                f"{affected} of {n}", "no more than all", "certain",
                f"{affected} of {n} patients are more than all of them.",
            )  # fmt: skip


def _enrolled(literature: Literature) -> Iterator[AuditFinding]:
    for row in literature.of("TrialDesignClaim"):
        value, trial = row.number("value"), row.text("trial")
        whole = literature.whole_of(trial)
        sizes = literature.sizes(row.source).get(whole, set())
        if row.text("attribute") == "enrolled" and value is not None and sizes - {value}:
            others = ", ".join(str(size) for size in sorted(sizes))
            rows = [arm for arm in literature.of("ArmClaim")
                    if arm.text("arm") == whole and arm.source == row.source]  # fmt: skip
            yield AuditFinding(
                "groups-add-up", trial, (row, *rows), f"{value} enrolled, {others} in all",
                f"{value}", "worth-a-look",
                f"{value} patients are said to be enrolled, but the whole group has {others}.",
            )  # fmt: skip


def _both(literature: Literature) -> Iterator[AuditFinding]:
    yield from _groups(literature)
    yield from _enrolled(literature)


SUM_CHECKS = (
    Check("groups-add-up", "The groups of one partition sum to all patients (CONSORT 2010, "
          "items 13 and 16).", _both),
    Check("shares-add-up", "The shares of a partition sum to their whole, or to 100%, within half "
          "a unit of rounding each.", _shares_add_up),
    Check("whole-follows-from-parts", "A share of all patients is the mean of its groups' shares, "
          "weighted by their sizes.", _whole_from_parts),
    Check("subset-fits", "A part is no larger than its whole.", _subsets),
)  # fmt: skip
