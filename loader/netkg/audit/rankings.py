"""Checks of network meta-analyses: P-scores average one half, and scores order like effects.

In: pooled effects of one setting. Out: findings.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from netkg.audit.findings import AuditFinding, Check
from netkg.audit.rows import decimals
from netkg.audit.statistics import half_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from netkg.audit.rows import Literature, Row

__all__ = ["RANKING_CHECKS"]

_HALF = Decimal("0.5")
_ENOUGH = 4
_REFERENCE = "placebo"


def _settings(literature: Literature) -> Mapping[tuple[str, str], list[Row]]:
    settings: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in literature.of("MetaAnalysisClaim"):
        if row.number("score") is not None:
            settings[row.source, row.text("setting")].append(row)
    return settings


def _mended(rows: Sequence[Row], missing: Decimal, slack: Decimal) -> Iterator[tuple[Row, Decimal]]:
    """Give each score that would mend the sum if its decimal point had slipped by a place."""
    usual = max(decimals(row.text("score")) for row in rows)
    for row in rows:
        score = row.number("score") or Decimal(0)
        for shifted in (score / 10, score * 10):
            as_usual = decimals(str(shifted.normalize())) <= usual
            if shifted <= 1 and as_usual and abs(shifted - score - missing) <= slack:
                yield row, shifted


def _average(literature: Literature) -> Iterator[AuditFinding]:
    for (_, setting), rows in sorted(_settings(literature).items()):
        # Only a whole network averages one half; one that names its reference is taken as whole.
        if len(rows) < _ENOUGH or _REFERENCE not in {row.text("therapy") for row in rows}:
            continue
        total = sum((row.number("score") or Decimal(0) for row in rows), Decimal(0))
        slack = sum((half_unit(decimals(row.text("score"))) for row in rows), Decimal(0))
        wanted = _HALF * len(rows)
        if abs(total - wanted) <= slack:
            continue
        mends = list(_mended(rows, wanted - total, slack))
        hint = " or ".join(
            f"{row.text('therapy')} {shifted.normalize()} instead of {row.text('score')}"
            for row, shifted in mends
        )
        yield AuditFinding(
            "p-scores-average-half", (mends[0][0] if mends else rows[0]).text("therapy"),
            tuple(rows), f"{len(rows)} P-scores with the sum {total}",
            f"the sum {wanted}{'; ' + hint if hint else ''}",
            "likely" if hint else "worth-a-look",
            f"The {len(rows)} P-scores for {setting} sum to {total}, but those of a whole network "
            f"sum to {wanted}" + (f"; {hint} would mend it." if hint else
                                  "; perhaps some therapies are not printed."),
        )  # fmt: skip


def _order(literature: Literature) -> Iterator[AuditFinding]:
    for (_, setting), rows in sorted(_settings(literature).items()):
        rated = [row for row in rows if row.number("hazardRatio") is not None]
        for better in rated:
            for worse in rated:
                scores = better.number("score"), worse.number("score")
                ratios = better.number("hazardRatio"), worse.number("hazardRatio")
                if None in scores or None in ratios or not better.agrees(worse, "comparison"):
                    continue
                if scores[0] > scores[1] and ratios[0] > ratios[1]:  # type: ignore[operator]
                    yield AuditFinding(
                        "scores-follow-effects", better.text("therapy"), (better, worse),
                        f"{better.text('therapy')} {scores[0]} with hazard ratio {ratios[0]}, "
                        f"{worse.text('therapy')} {scores[1]} with {ratios[1]}",
                        "the smaller hazard ratio with the higher score", "worth-a-look",
                        f"For {setting}, {better.text('therapy')} ranks above "
                        f"{worse.text('therapy')} although its hazard ratio is larger; the width "
                        "of the intervals can explain it.",
                    )  # fmt: skip


RANKING_CHECKS = (
    Check("p-scores-average-half", "The P-scores of all treatments of a network average 0.5 "
          "(Rücker & Schwarzer 2015, BMC Med Res Methodol 15:58).", _average),
    Check("scores-follow-effects", "A treatment with a smaller hazard ratio usually has the higher "
          "P-score (Rücker & Schwarzer 2015).", _order),
)  # fmt: skip
