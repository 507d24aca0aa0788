"""The audit reports numbers that cannot all be right, explains those it can, and passes the rest.

Every check has cases it reports and cases it must not; the literature of a case is made up, but for
numbers that the two papers print. Known values of intervals are those of Newcombe 1998 (Stat Med
17:857), of p those of Altman & Bland 2011 (BMJ 343:d2304).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, Graph, URIRef

from netkg.audit import (
    CHECKS,
    AuditFinding,
    Literature,
    Row,
    audit,
    audit_graph,
    read_literature,
)
from netkg.audit.findings import findings_graph
from netkg.audit.intervals import INTERVAL_CHECKS
from netkg.audit.rows import decimals
from netkg.audit.statistics import (
    clopper_pearson,
    half_unit,
    p_of_ratio,
    rounds_to,
    truncates_to,
    wald,
    wilson,
)
from netkg.curation import read_graphs
from netkg.ontology import Vocabulary, read_ontology, read_vocabulary
from netkg.paths import data_folder
from netkg.triples import curated_graphs
from netkg.vocab import entity_iri, graph_iri, term

if TYPE_CHECKING:
    from collections.abc import Callable

CERTAINTIES = {
    word: f"https://example.org/{word}"
    for word in ("certain", "likely", "worth-a-look", "explained")
}
BY_NAME = {check.name: check for check in CHECKS}


# Building a literature -------------------------------------------------------------------------


def claim(kind: str, name: str, **cells: str) -> Row:
    """Make a claim; without `asserts` it is the only one on its proposition."""
    given_ = {"source": "paper", "inSection": "results", "polarity": "affirmed", "asserts": name}
    values = {**given_, **cells}
    return Row(f"https://example.org/{kind}/{name}", kind, {k: (v,) for k, v in values.items()})


def result(name: str, **cells: str) -> Row:
    return claim("ResultClaim", name, **{"trial": "t", **cells})


def median(name: str, group: str, value: str, unit: str = "month", **cells: str) -> Row:
    of = {"arm": group, "endpoint": "pfs", "statistic": "median", "value": value, "unit": unit}
    return result(name, **{**of, **cells})


def effect(statistic: str, value: str, unit: str = "none", **cells: str) -> Row:
    """Compare group a with group b."""
    of = {"arm": "a", "comparator": "b", "endpoint": "pfs"}
    of |= {"statistic": statistic, "value": value, "unit": unit}
    return result(statistic, **{**of, **cells})


def hazard_ratio(value: str, low: str, high: str, **cells: str) -> Row:
    return effect("hazard-ratio", value, ciLow=low, ciHigh=high, **cells)


def share(value: str, group: str = "all", endpoint: str = "response-rate", **cells: str) -> Row:
    of = {"arm": group, "endpoint": endpoint, "statistic": "proportion", "unit": "percent"}
    return result(f"{group}-{endpoint}-{value}", **{**of, "value": value, **cells})


def size(group: str, n: str, **cells: str) -> Row:
    return claim("ArmClaim", f"{group}-{n}", **{"arm": group, "n": n, **cells})


def design(attribute: str, value: str, **cells: str) -> Row:
    of = {"trial": "t", "attribute": attribute, "value": value, "unit": "patients"}
    return claim("TrialDesignClaim", attribute, **{**of, **cells})


def pooled(therapy: str, score: str, **cells: str) -> Row:
    return claim("MetaAnalysisClaim", therapy, **{"therapy": therapy, "score": score,
                                                  "setting": "pancreatic", **cells})  # fmt: skip


def p(value: str, modifier: str = "=") -> dict[str, str]:
    return {"pValue": value, "pModifier": modifier}


def entities(**registry: dict[str, str]) -> dict[str, Row]:
    return {
        name.replace("_", "-"): Row(name, cells.get("kind", "PatientGroup"),
                                    {key: (value,) for key, value in cells.items()})
        for name, cells in registry.items()
    }  # fmt: skip


GROUPS = entities(
    all={"groupOf": "t", "kind": "WholeGroup"},
    a={"groupOf": "t", "subgroupOf": "all", "partition": "tumour type"},
    b={"groupOf": "t", "subgroupOf": "all", "partition": "tumour type"},
    c={"groupOf": "t", "subgroupOf": "all"},
    m={"groupOf": "t", "subgroupOf": "all", "partition": "sex"},
    f={"groupOf": "t", "subgroupOf": "all", "partition": "sex"},
    response_rate={"kind": "Endpoint"},
    complete_response={"kind": "Endpoint", "broaderEndpoint": "response-rate",
                       "partition": "depth"},
    partial_response={"kind": "Endpoint", "broaderEndpoint": "response-rate",
                      "partition": "depth"},
    lutetium={"kind": "Radiopharmaceutical"},
    everolimus={"kind": "Drug"},
)  # fmt: skip
DURAN = (size("all", "37"), size("a", "21"), size("b", "15"))


def literature(*rows: Row) -> Literature:
    """Put claims into a literature, in which group `all` has the parts `a` and `b`.

    So have `m` and `f`, in another partition; `c` is a part of `all` in none.
    """
    kinds = {row.kind for row in rows}
    return Literature({k: tuple(row for row in rows if row.kind == k) for k in kinds}, GROUPS)


# The cases -------------------------------------------------------------------------------------


class Case(NamedTuple):
    """Rows, and what one check must say of them: a certainty for each finding, in order."""

    check: str
    what: str
    rows: tuple[Row, ...]
    certainties: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.check}: {self.what}"

    def run(self) -> list[AuditFinding]:
        return list(BY_NAME[self.check].run(literature(*self.rows)))


def ranking(*scores: str, reference: str = "placebo") -> tuple[Row, ...]:
    names = (reference, "b", "c", "d", "e")
    return tuple(pooled(name, score) for name, score in zip(names, scores, strict=False))


def twice(first: Row, second: Row) -> tuple[Row, Row]:
    """Put two rows on one proposition."""
    return tuple(  # type: ignore[return-value]
        replace(row, iri=f"{row.iri}-{n}", cells={**row.cells, "asserts": ("one",)})
        for n, row in enumerate((first, second))
    )


PLACEBO = {"source": "other"}
LIKELY, CERTAIN = ("likely",), ("certain",)
LOOK, EXPLAINED = ("worth-a-look",), ("explained",)

CASES = [
    Case("groups-add-up", "21 + 15 of 37", DURAN, LIKELY),
    Case("groups-add-up", "22 + 15 of 37", (size("all", "37"), size("a", "22"), size("b", "15"))),
    Case("groups-add-up", "a part without its size", DURAN[:2]),
    Case("groups-add-up", "the parts without the whole", DURAN[1:]),
    Case("groups-add-up", "a part of no partition", (size("all", "37"), size("c", "5"))),
    Case("groups-add-up", "the whole in another source",
         (size("all", "37", source="other"), *DURAN[1:])),
    Case("groups-add-up", "a denied size", (*DURAN[:2], size("b", "15", polarity="denied"))),
    Case("groups-add-up", "enrolled and in all",
         (design("enrolled", "38"), size("all", "37"), size("a", "21"),
          size("all", "36", source="other")), LOOK),
    Case("groups-add-up", "as many enrolled as in all",
         (design("enrolled", "37"), size("all", "37"))),
    Case("groups-add-up", "screened is not enrolled",
         (design("screened", "38"), size("all", "37"))),

    Case("shares-add-up", "4 + 16 and 18",
         (share("18"), share("4", endpoint="complete-response"),
          share("16", endpoint="partial-response")), LIKELY),
    Case("shares-add-up", "4 + 16 and 20",
         (share("20"), share("4", endpoint="complete-response"),
          share("16", endpoint="partial-response"))),
    Case("shares-add-up", "three roundings take 4 + 16 to 21",
         (share("21"), share("4", endpoint="complete-response"),
          share("16", endpoint="partial-response"))),
    Case("shares-add-up", "one more than three roundings",
         (share("22"), share("4", endpoint="complete-response"),
          share("16", endpoint="partial-response")), LIKELY),
    Case("shares-add-up", "a part larger than the whole",
         (share("20"), share("22", endpoint="partial-response")), LIKELY),
    Case("shares-add-up", "a part smaller than the whole",
         (share("20"), share("16", endpoint="partial-response"))),
    Case("shares-add-up", "a part as large as the whole, rounded",
         (share("20"), share("21", endpoint="partial-response"))),
    Case("shares-add-up", "patients are no shares",
         (share("18", unit="patients"), share("4", endpoint="complete-response", unit="patients"),
          share("16", endpoint="partial-response", unit="patients"))),
    Case("shares-add-up", "all parts without a whole are everything",
         (share("40", endpoint="complete-response"), share("58", endpoint="partial-response")),
         LOOK),
    Case("shares-add-up", "all parts are everything within rounding",
         (share("40", endpoint="complete-response"), share("59", endpoint="partial-response"))),
    Case("shares-add-up", "all parts are everything and a rounding more",
         (share("41", endpoint="complete-response"), share("60", endpoint="partial-response"))),
    Case("shares-add-up", "a part without a whole", (share("40", endpoint="complete-response"),)),
    Case("shares-add-up", "parts of two groups",
         (share("18"), share("4", "a", "complete-response"), share("16", "b", "partial-response"))),

    Case("whole-follows-from-parts", "10 of 21 and 20 of 15 are not 30 of all",
         (*DURAN, share("30"), share("10", "a"), share("20", "b")), LOOK),
    Case("whole-follows-from-parts", "10 of 21 and 20 of 15 are 14 of all",
         (*DURAN, share("14"), share("10", "a"), share("20", "b"))),
    Case("whole-follows-from-parts", "within rounding of whole and parts",
         (*DURAN, share("15"), share("10", "a"), share("20", "b"))),
    Case("whole-follows-from-parts", "as far off as rounding goes",
         (size("a", "20"), size("b", "20"), share("16"), share("10", "a"), share("20", "b"))),
    Case("whole-follows-from-parts", "further off than rounding goes",
         (size("a", "20"), size("b", "20"), share("16.4"), share("10", "a"), share("20", "b")),
         LOOK),
    Case("whole-follows-from-parts", "a part without its share",
         (*DURAN, share("30"), share("10", "a"))),
    Case("whole-follows-from-parts", "a part without its size",
         (*DURAN[:2], share("30"), share("10", "a"), share("20", "b"))),
    Case("whole-follows-from-parts", "shares of two endpoints",
         (*DURAN, share("30"), share("10", "a"), share("20", "b", "partial-response"))),

    Case("subset-fits", "more evaluable than enrolled",
         (design("evaluable", "40"), design("enrolled", "37")), CERTAIN),
    Case("subset-fits", "fewer evaluable than enrolled",
         (design("evaluable", "36"), design("enrolled", "37"))),
    Case("subset-fits", "all enrolled are evaluable",
         (design("evaluable", "37"), design("enrolled", "37"))),
    Case("subset-fits", "more enrolled than screened, eligible than enrolled",
         (design("enrolled", "37"), design("screened", "30"), design("eligible", "38")),
         ("certain", "certain")),
    Case("subset-fits", "more sites than were screened",
         (design("sites", "9"), design("sites-screened", "8")), CERTAIN),
    Case("subset-fits", "evaluable in one source, enrolled in another",
         (design("evaluable", "40"), design("enrolled", "37", source="other"))),
    Case("subset-fits", "evaluable in one trial, enrolled in another",
         (design("evaluable", "40"), design("enrolled", "37", trial="u"))),
    Case("subset-fits", "5 affected of 4", (result("r", affected="5", n="4"),), CERTAIN),
    Case("subset-fits", "4 affected of 4", (result("r", affected="4", n="4"),)),
    Case("subset-fits", "5 mutated of 4",
         (claim("FrequencyClaim", "f", gene="pten", affected="5", n="4"),), CERTAIN),
    Case("subset-fits", "5 affected of nobody knows how many", (result("r", affected="5"),)),

    Case("percentage-is-possible", "5.6 of 37 is 2 of 36", (*DURAN, share("5.6")), EXPLAINED),
    Case("percentage-is-possible", "5.6 of 37, and no part known",
         (size("all", "37"), share("5.6")), LOOK),
    Case("percentage-is-possible", "5.4 of 37", (*DURAN, share("5.4"))),
    Case("percentage-is-possible", "one of two sizes will do",
         (size("all", "37"), size("all", "36"), share("5.6"))),
    Case("percentage-is-possible", "the row's own number counts first",
         (size("all", "36"), share("5.6", n="37")), LOOK),
    Case("percentage-is-possible", "the row's own number", (size("all", "37"),
         share("5.6", n="36"))),
    Case("percentage-is-possible", "the size of another source",
         (size("all", "37", source="other"), share("5.6"))),
    Case("percentage-is-possible", "a half rounds up or to even",
         (share("12.5", n="16"), share("2.5", n="40"), share("12", n="8"), share("13", n="8"))),
    Case("percentage-is-possible", "nobody and everybody", (share("0", n="37"),
         share("100", n="37"))),
    Case("percentage-is-possible", "more than everybody", (share("960", n="115"),), LOOK),
    Case("percentage-is-possible", "estimated from a curve",
         (share("5.6", endpoint="pfs-6-months", n="37"),)),
    Case("percentage-is-possible", "a change is no share of patients",
         (share("5.6", statistic="change", n="37"),)),
    Case("percentage-is-possible", "a frequency",
         (claim("FrequencyClaim", "f", gene="pten", value="7.4", unit="percent", n="10"),), LOOK),
    Case("percentage-is-possible", "a frequency of whole samples",
         (claim("FrequencyClaim", "f", gene="pten", value="7.4", unit="percent", n="68"),)),
    Case("percentage-is-possible", "an adverse event of a group",
         (size("all", "37"), claim("AdverseEventClaim", "e", therapy="everolimus", arm="all",
                                   value="5.6", unit="percent")), LOOK),
    Case("percentage-is-possible", "an adverse event of whole patients",
         (size("all", "37"), claim("AdverseEventClaim", "e", therapy="everolimus", arm="all",
                                   value="5.4", unit="percent"))),
    Case("percentage-is-possible", "a bound of a frequency",
         (claim("FrequencyClaim", "f", gene="pten", value="5", unit="percent", n="10",
                valueModifier="<"),)),

    Case("interval-is-exact", "0.6 is 0.68 cut off",
         (*DURAN, share("5.6", ciLow="0.6", ciHigh="18.7")), EXPLAINED),
    Case("interval-is-exact", "none of the usual ones",
         (share("9.6", n="115", ciLow="3.9", ciHigh="18.5"),), LOOK),
    Case("interval-is-exact", "Clopper and Pearson",
         (share("9.6", n="115", ciLow="4.9", ciHigh="16.5"),)),
    Case("interval-is-exact", "Wilson", (share("9.6", n="115", ciLow="5.4", ciHigh="16.3"),)),
    Case("interval-is-exact", "Wald", (share("9.6", n="115", ciLow="4.2", ciHigh="14.9"),)),
    Case("interval-is-exact", "without the number of patients",
         (share("9.6", ciLow="3.9", ciHigh="18.5"),)),
    Case("interval-is-exact", "without an upper end", (share("9.6", n="115", ciLow="3.9"),)),
    Case("interval-is-exact", "the percentage itself is impossible",
         (share("5.6", n="37", ciLow="0.6", ciHigh="18.7"),)),

    Case("interval-holds-estimate", "above it", (hazard_ratio("0.94", "0.42", "0.84"),), CERTAIN),
    Case("interval-holds-estimate", "below it", (hazard_ratio("0.39", "0.42", "0.84"),), CERTAIN),
    Case("interval-holds-estimate", "within it", (hazard_ratio("0.59", "0.42", "0.84"),)),
    Case("interval-holds-estimate", "on its ends",
         (hazard_ratio("0.84", "0.42", "0.84"), hazard_ratio("0.42", "0.42", "0.84"))),
    Case("interval-holds-estimate", "ends the wrong way round",
         (hazard_ratio("0.59", "0.84", "0.42"),), CERTAIN),
    Case("interval-holds-estimate", "an upper end that was not reached",
         (result("r", value="30", ciLow="35", ciHighNotReached="true"),)),
    Case("interval-holds-estimate", "a pooled hazard ratio",
         (pooled("b", "0.9", hazardRatio="0.9", ciLow="0.1", ciHigh="0.8"),), CERTAIN),
    Case("interval-holds-estimate", "a pooled hazard ratio within it",
         (pooled("b", "0.9", hazardRatio="0.4", ciLow="0.1", ciHigh="0.8"),)),

    Case("interval-is-centred", "0.79 between 0.42 and 0.84",
         (hazard_ratio("0.79", "0.42", "0.84"),), LIKELY),
    Case("interval-is-centred", "0.50 between 0.42 and 0.84, and on either end",
         (hazard_ratio("0.50", "0.42", "0.84"), hazard_ratio("0.42", "0.42", "0.84"),
          hazard_ratio("0.84", "0.42", "0.84")), ("likely", "likely", "likely")),
    Case("interval-is-centred", "0.59 between 0.42 and 0.84",
         (hazard_ratio("0.59", "0.42", "0.84"),)),
    Case("interval-is-centred", "rounding moves the centre",
         (hazard_ratio("0.35", "0.27", "0.45"), hazard_ratio("0.4", "0.1", "0.8"))),
    Case("interval-is-centred", "a median is no ratio",
         (median("m", "a", "11.0", ciLow="8.4", ciHigh="18.9"),)),
    Case("interval-is-centred", "a lower end that rounds from nothing",
         (hazard_ratio("0.2", "0.0", "0.3"),)),
    Case("interval-is-centred", "outside is another check's", (hazard_ratio("0.9", "0.4", "0.8"),)),
    Case("interval-is-centred", "an odds ratio",
         (effect("odds-ratio", "3.9", ciLow="1.0", ciHigh="4.0"),), LIKELY),

    Case("p-agrees-with-interval", "one-sided, as in RADIANT-2",
         (hazard_ratio("0.77", "0.59", "1.00", **p("0.026")),), EXPLAINED),
    Case("p-agrees-with-interval", "two-sided",
         (hazard_ratio("0.77", "0.59", "1.00", **p("0.052")),)),
    Case("p-agrees-with-interval", "two-sided, and p rounded to two places",
         (hazard_ratio("0.77", "0.59", "1.00", **p("0.03")),
          hazard_ratio("0.77", "0.59", "1.00", **p("0.08")))),
    Case("p-agrees-with-interval", "too small and too large for rounding",
         (hazard_ratio("0.77", "0.59", "1.00", **p("0.03000")),
          hazard_ratio("0.77", "0.59", "1.00", **p("0.09"))), ("explained", "likely")),
    Case("p-agrees-with-interval", "bounds that rounding makes hold",
         (hazard_ratio("0.77", "0.59", "1.00", **p("0.04", "<")),
          hazard_ratio("0.77", "0.59", "1.00", **p("0.06", ">")))),
    Case("p-agrees-with-interval", "a lower end of nothing",
         (hazard_ratio("0.20", "0.00", "0.30", **p("0.9")),)),
    Case("p-agrees-with-interval", "far too small",
         (hazard_ratio("0.77", "0.59", "1.00", **p("0.002")),), LIKELY),
    Case("p-agrees-with-interval", "far too large",
         (hazard_ratio("0.59", "0.42", "0.84", **p("0.3")),), LIKELY),
    Case("p-agrees-with-interval", "a bound that holds, as in RADIANT-3",
         (hazard_ratio("0.35", "0.27", "0.45", **p("0.0001", "<")),)),
    Case("p-agrees-with-interval", "a bound that does not hold",
         (hazard_ratio("0.77", "0.59", "1.00", **p("0.001", "<")),), LIKELY),
    Case("p-agrees-with-interval", "a lower bound that holds",
         (hazard_ratio("0.90", "0.60", "1.35", **p("0.05", ">")),)),
    Case("p-agrees-with-interval", "a lower bound that does not hold",
         (hazard_ratio("0.35", "0.27", "0.45", **p("0.05", ">")),), LIKELY),
    Case("p-agrees-with-interval", "at 90 percent the interval is narrower",
         (hazard_ratio("0.77", "0.59", "1.00", ciLevel="90", **p("0.105")),)),
    Case("p-agrees-with-interval", "at 90 percent it is not the p of 95",
         (hazard_ratio("0.77", "0.59", "1.00", ciLevel="90", **p("0.02")),), LIKELY),
    Case("p-agrees-with-interval", "a median is no ratio",
         (median("m", "a", "11.0", ciLow="8.4", ciHigh="13.9", **p("0.9")),)),
    Case("p-agrees-with-interval", "without p", (hazard_ratio("0.77", "0.59", "1.00"),)),

    Case("significance-agrees-with-interval", "below 1",
         (hazard_ratio("0.59", "0.42", "0.84", notSignificant="true"),), LIKELY),
    Case("significance-agrees-with-interval", "above 1",
         (hazard_ratio("1.9", "1.1", "3.3", notSignificant="true"),), LIKELY),
    Case("significance-agrees-with-interval", "around 1",
         (hazard_ratio("0.90", "0.60", "1.35", notSignificant="true"),)),
    Case("significance-agrees-with-interval", "up to 1",
         (hazard_ratio("0.77", "0.59", "1.00", notSignificant="true"),)),
    Case("significance-agrees-with-interval", "from 1 on",
         (hazard_ratio("1.5", "1.0", "2.2", notSignificant="true"),)),
    Case("significance-agrees-with-interval", "nobody called it so",
         (hazard_ratio("0.59", "0.42", "0.84"),)),
    Case("significance-agrees-with-interval", "a median is no ratio",
         (median("m", "a", "11.0", ciLow="8.4", ciHigh="13.9", notSignificant="true"),)),

    Case("hazard-ratio-follows-medians", "2.86 with the longer median",
         (effect("hazard-ratio", "2.86"), median("x", "a", "11.0"), median("y", "b", "4.6")),
         LIKELY),
    Case("hazard-ratio-follows-medians", "1.5 with the longer median",
         (effect("hazard-ratio", "1.5"), median("x", "a", "4.7"), median("y", "b", "4.6")),
         LIKELY),
    Case("hazard-ratio-follows-medians", "0.5 with the shorter median",
         (effect("hazard-ratio", "0.5"), median("x", "a", "4.5"), median("y", "b", "4.6")),
         LIKELY),
    Case("hazard-ratio-follows-medians", "0.35 with the longer median",
         (effect("hazard-ratio", "0.35"), median("x", "a", "11.0"), median("y", "b", "4.6"))),
    Case("hazard-ratio-follows-medians", "2.86 with the shorter median",
         (effect("hazard-ratio", "2.86"), median("x", "a", "4.6"), median("y", "b", "11.0"))),
    Case("hazard-ratio-follows-medians", "1, or medians alike",
         (effect("hazard-ratio", "1"), median("x", "a", "11.0"), median("y", "b", "4.6"),
          effect("hazard-ratio", "2.86", comparator="c"), median("z", "c", "11.0"))),
    Case("hazard-ratio-follows-medians", "medians in two units",
         (effect("hazard-ratio", "2.86"), median("x", "a", "11.0"),
          median("y", "b", "4.6", "week"))),
    Case("hazard-ratio-follows-medians", "medians in another source",
         (effect("hazard-ratio", "2.86", source="other"), median("x", "a", "11.0"),
          median("y", "b", "4.6"))),
    Case("hazard-ratio-follows-medians", "an endpoint where shorter may be better",
         (effect("hazard-ratio", "2.86", endpoint="doubling-time"),
          median("x", "a", "11.0", endpoint="doubling-time"),
          median("y", "b", "4.6", endpoint="doubling-time"))),
    Case("hazard-ratio-follows-medians", "a median that was not reached",
         (effect("hazard-ratio", "2.86"), median("x", "a", "", notReached="true"),
          median("y", "b", "4.6"))),

    Case("fold-follows-medians", "3.4-fold of 4.6 is not 11.0",
         (effect("ratio", "3.4", "fold"), median("x", "a", "11.0"), median("y", "b", "4.6")),
         LIKELY),
    Case("fold-follows-medians", "2.4-fold of 4.6 is 11.0",
         (effect("ratio", "2.4", "fold"), median("x", "a", "11.0"), median("y", "b", "4.6"))),
    Case("fold-follows-medians", "rounding makes 2 of it",
         (effect("ratio", "2", "fold"), median("x", "a", "11.0"), median("y", "b", "4.6"))),
    Case("fold-follows-medians", "rounding of short medians makes 3 of 2",
         (effect("ratio", "3", "fold"), median("x", "a", "2"), median("y", "b", "1"))),
    Case("fold-follows-medians", "rounding of short medians does not make 7 of 2",
         (effect("ratio", "7", "fold"), median("x", "a", "2"), median("y", "b", "1")), LIKELY),
    Case("fold-follows-medians", "a bare ratio",
         (effect("ratio", "3.4"), median("x", "a", "11.0"), median("y", "b", "4.6"))),

    Case("difference-follows-medians", "7.4 between 11.0 and 4.6",
         (effect("difference", "7.4", "month"), median("x", "a", "11.0"),
          median("y", "b", "4.6")), LIKELY),
    Case("difference-follows-medians", "6.4 between 11.0 and 4.6",
         (effect("difference", "6.4", "month"), median("x", "a", "11.0"),
          median("y", "b", "4.6"))),
    Case("difference-follows-medians", "in another unit",
         (effect("difference", "28", "week"), median("x", "a", "11.0"), median("y", "b", "4.6"))),

    Case("one-measure-one-value", "160 and 115",
         twice(size("all", "160"), size("all", "115", source="other")), CERTAIN),
    Case("one-measure-one-value", "a frequency in two papers",
         twice(claim("FrequencyClaim", "f", gene="pten", value="7"),
               claim("FrequencyClaim", "f", gene="pten", value="10", source="other")), LOOK),
    Case("one-measure-one-value", "a frequency twice in one paper",
         twice(claim("FrequencyClaim", "f", gene="pten", value="7"),
               claim("FrequencyClaim", "f", gene="pten", value="10")), CERTAIN),
    Case("one-measure-one-value", "115 and 115",
         twice(size("all", "115"), size("all", "115", source="other"))),
    Case("one-measure-one-value", "11 is 11.4 rounded",
         twice(median("x", "a", "11.4"), median("x", "a", "11", source="other")), EXPLAINED),
    Case("one-measure-one-value", "11 is 11.5 rounded to even",
         twice(median("x", "a", "11"), median("x", "a", "11.5", source="other")), EXPLAINED),
    Case("one-measure-one-value", "12 is not 11.4 rounded",
         twice(median("x", "a", "11.4"), median("x", "a", "12", source="other")), CERTAIN),
    Case("one-measure-one-value", "on two propositions",
         (median("x", "a", "11.4"), median("y", "a", "12", source="other"))),
    Case("one-measure-one-value", "in two units",
         twice(median("x", "a", "11.4"), median("x", "a", "50", "week", source="other"))),
    Case("one-measure-one-value", "one without the number",
         twice(median("x", "a", "11.4", n="37"), median("x", "a", "11.4", source="other"))),
    Case("one-measure-one-value", "two values and two intervals",
         twice(hazard_ratio("0.35", "0.27", "0.45"), hazard_ratio("0.34", "0.26", "0.44")),
         ("certain", "certain", "certain")),
    Case("one-measure-one-value", "one of them denied",
         twice(size("all", "160"), size("all", "115", polarity="denied"))),
    Case("one-measure-one-value", "reached and not",
         (median("x", "a", "", notReached="true"), median("y", "a", "36.6")), LOOK),
    Case("one-measure-one-value", "not reached by all, and reached by a part",
         (median("x", "all", "", notReached="true"), median("y", "a", "36.6")), LOOK),
    Case("one-measure-one-value", "reached by the other group",
         (median("x", "b", "", notReached="true"), median("y", "a", "36.6"))),
    Case("one-measure-one-value", "reached for another endpoint",
         (median("x", "a", "", notReached="true", endpoint="os"), median("y", "a", "36.6"))),

    Case("one-measure-one-p", "0.2 and 0.04",
         twice(effect("hazard-ratio", "0.5", **p("0.2")), effect("hazard-ratio", "0.5",
               **p("0.04"))), LIKELY),
    Case("one-measure-one-p", "0.2 and 0.2",
         twice(effect("hazard-ratio", "0.5", **p("0.2")), effect("hazard-ratio", "0.5",
               **p("0.2")))),
    Case("one-measure-one-p", "two bounds that both hold, as in RADIANT-3",
         twice(effect("hazard-ratio", "0.5", **p("0.0001", "<")),
               effect("hazard-ratio", "0.5", **p("0.001", "<"))), EXPLAINED),
    Case("one-measure-one-p", "a bound above and one below",
         twice(effect("hazard-ratio", "0.5", **p("0.05", "<")),
               effect("hazard-ratio", "0.5", **p("0.05", ">"))), LIKELY),
    Case("one-measure-one-p", "only one with p",
         twice(effect("hazard-ratio", "0.5", **p("0.2")), effect("hazard-ratio", "0.5"))),
    Case("one-measure-one-p", "on two propositions",
         (effect("hazard-ratio", "0.5", **p("0.2")), effect("odds-ratio", "0.5", **p("0.04")))),

    Case("units-convert", "60 weeks are not 12.5 months",
         twice(median("x", "a", "12.5"), median("x", "a", "60", "week")), LIKELY),
    Case("units-convert", "60 weeks are 13.8 months",
         twice(median("x", "a", "60", "week"), median("x", "a", "13.8"))),
    Case("units-convert", "1.4 years are 16.8 months",
         twice(median("x", "a", "16.8"), median("x", "a", "1.4", "year"))),
    Case("units-convert", "1.4 years are 17.3 months, rounded",
         twice(median("x", "a", "17.3"), median("x", "a", "1.4", "year"))),
    Case("units-convert", "1.4 years are not 17.6 months",
         twice(median("x", "a", "17.6"), median("x", "a", "1.4", "year")), LIKELY),
    Case("units-convert", "61 days are 2.0 months",
         twice(median("x", "a", "2.0"), median("x", "a", "61", "day"))),
    Case("units-convert", "a percentage is no time",
         twice(median("x", "a", "12.5"), median("x", "a", "60", "percent"))),

    Case("units-fit", "60 weeks beside 18 months",
         (median("x", "a", "18"), median("y", "b", "60", "week")), LOOK),
    Case("units-fit", "all in months", (median("x", "a", "18"), median("y", "b", "13.8"))),
    Case("units-fit", "one measure in two units",
         twice(median("x", "a", "13.8"), median("x", "a", "60", "week"))),
    Case("units-fit", "another trial in weeks",
         (median("x", "a", "18"), median("y", "b", "60", "week", trial="u"))),
    Case("units-fit", "a radiopharmaceutical in milligram",
         (claim("DosingClaim", "d", arm="all", drug="lutetium", doseAmount="240",
                unit="milligram"),), LIKELY),
    Case("units-fit", "a drug in milligram",
         (claim("DosingClaim", "d", arm="all", drug="everolimus", doseAmount="10",
                unit="mg-per-day"),)),
    Case("units-fit", "a drug nobody knows",
         (claim("DosingClaim", "d", arm="all", drug="unheard-of", doseAmount="10",
                unit="milligram"),)),

    Case("p-scores-average-half", "0.6 for 0.06", ranking("0.30", "0.90", "0.74", "0.6"), LIKELY),
    Case("p-scores-average-half", "0.03 for 0.3", ranking("0.03", "0.90", "0.74", "0.06"), LIKELY),
    Case("p-scores-average-half", "0.1 for 1", ranking("0.1", "0.40", "0.40", "0.20"), LIKELY),
    Case("p-scores-average-half", "no score is 2", ranking("0.2", "0", "0", "0"), LOOK),
    Case("p-scores-average-half", "0.06", ranking("0.30", "0.90", "0.74", "0.06")),
    Case("p-scores-average-half", "no decimal point to shift",
         ranking("0.30", "0.90", "0.74", "0.46"), LOOK),
    Case("p-scores-average-half", "four roundings", ranking("0.31", "0.90", "0.75", "0.06")),
    Case("p-scores-average-half", "too few to be a network", ranking("0.9", "0.9", "0.9")),
    Case("p-scores-average-half", "no reference, so not the whole network",
         ranking("0.30", "0.90", "0.74", "0.6", reference="a")),

    Case("scores-follow-effects", "the higher score with the larger hazard ratio",
         (pooled("b", "0.93", hazardRatio="0.22"), pooled("c", "0.92", hazardRatio="0.08")), LOOK),
    Case("scores-follow-effects", "the higher score with the smaller hazard ratio",
         (pooled("b", "0.93", hazardRatio="0.08"), pooled("c", "0.92", hazardRatio="0.22"))),
    Case("scores-follow-effects", "one score with two hazard ratios",
         (pooled("b", "0.93", hazardRatio="0.22"), pooled("c", "0.93", hazardRatio="0.08"))),
    Case("scores-follow-effects", "two scores with one hazard ratio",
         (pooled("b", "0.93", hazardRatio="0.22"), pooled("c", "0.92", hazardRatio="0.22"))),
    Case("scores-follow-effects", "in two settings",
         (pooled("b", "0.93", hazardRatio="0.22"),
          pooled("c", "0.92", hazardRatio="0.08", setting="gastrointestinal"))),
    Case("scores-follow-effects", "one without a hazard ratio",
         (pooled("b", "0.93", hazardRatio="0.22"), pooled("c", "0.92"))),
    Case("shares-add-up", "no patients at all",
         (size("all", "0"), size("a", "0"), size("b", "0"), share("5", "a"), share("5", "b"))),
    Case("whole-follows-from-parts", "parts without patients",
         (size("a", "0"), size("b", "0"), share("30"), share("10", "a"), share("20", "b"))),
    Case("percentage-is-possible", "of a group of nobody", (size("all", "0"), share("50"))),
    Case("percentage-is-possible", "a bound", (share("10", n="13", valueModifier="<"),)),
    Case("percentage-is-possible", "the sizes of two partitions are not one sum",
         (*DURAN, size("m", "20"), size("f", "16"), share("1.4")), LOOK),
    Case("interval-is-exact", "at 90 percent",
         (share("9.6", n="115", ciLow="5.5", ciHigh="15.3", ciLevel="90"),)),
    Case("interval-is-exact", "one of many that round to 11 percent of 1000",
         (share("11", n="1000", ciLow="9.5", ciHigh="13.5"),)),
    Case("interval-is-exact", "of 2000", (share("50.0", n="2000", ciLow="47.8", ciHigh="52.2"),)),
    Case("interval-is-exact", "a lower end cut off does not explain the upper one",
         (share("5.6", n="36", ciLow="0.6", ciHigh="50.0"),), LOOK),
    Case("interval-is-exact", "a right lower end was not cut off",
         (share("15", n="20", ciLow="3.2", ciHigh="99.0"),), LOOK),
    Case("interval-is-exact", "at a level of 100 percent",
         (share("9.6", n="115", ciLow="0", ciHigh="100", ciLevel="100"),)),
    Case("interval-holds-estimate", "rounding takes it out",
         (hazard_ratio("0.46", "0.5", "0.9"),), EXPLAINED),
    Case("p-agrees-with-interval", "p is largest at 1, between the ends",
         (hazard_ratio("1.0", "0.8", "1.3", **p("0.97")),)),
    Case("p-agrees-with-interval", "two-sided, and said to be",
         (hazard_ratio("0.77", "0.59", "1.00", testSides="2", **p("0.026")),), LIKELY),
    Case("p-agrees-with-interval", "one-sided, and said to be",
         (hazard_ratio("0.77", "0.59", "1.00", testSides="1", **p("0.026")),)),
    Case("p-agrees-with-interval", "at a level of 100 percent",
         (hazard_ratio("0.77", "0.59", "1.00", ciLevel="100", **p("0.026")),)),
    Case("p-agrees-with-interval", "a word for p",
         (hazard_ratio("0.77", "0.59", "1.00", **p("low")),)),
    Case("hazard-ratio-follows-medians", "no groups, and medians of other trials",
         (effect("hazard-ratio", "0.5", arm="", comparator=""),
          median("x", "", "10", trial="u"), median("y", "", "20", trial="v"))),
    Case("hazard-ratio-follows-medians", "an interval that holds 1",
         (hazard_ratio("0.98", "0.60", "1.60"), median("x", "a", "10.0"),
          median("y", "b", "10.2")), LOOK),
    Case("hazard-ratio-follows-medians", "medians of two assessors",
         (effect("hazard-ratio", "0.5"), median("x", "a", "10.0", assessor="central-review"),
          median("y", "b", "12", assessor="local-investigator"))),
    Case("difference-follows-medians", "6.1 is 6.0 before rounding",
         (effect("difference", "6.1", "month"), median("x", "a", "11.4"),
          median("y", "b", "5.4")), EXPLAINED),
    Case("one-measure-one-value", "two assessors",
         twice(median("x", "a", "11.0", assessor="local-investigator"),
               median("x", "a", "11.4", assessor="central-review"))),
    Case("one-measure-one-value", "a bound that the other keeps",
         twice(median("x", "a", "60", valueModifier=">"), median("x", "a", "72")), EXPLAINED),
    Case("one-measure-one-value", "a bound that the other breaks",
         twice(median("x", "a", "60", valueModifier=">"), median("x", "a", "42")), CERTAIN),
    Case("one-measure-one-value", "an adverse event in two trials",
         twice(claim("AdverseEventClaim", "e", therapy="everolimus", trial="t", value="62"),
               claim("AdverseEventClaim", "e", therapy="everolimus", trial="u", value="64"))),
    Case("one-measure-one-value", "a frequency in two studies",
         twice(claim("FrequencyClaim", "f", gene="pten", cites="first", value="7"),
               claim("FrequencyClaim", "f", gene="pten", cites="second", value="10")), LOOK),
    Case("one-measure-one-value", "claims on no proposition",
         (size("a", "21", asserts=""), size("b", "15", asserts=""))),
    Case("one-measure-one-value", "not reached by nobody knows whom",
         (median("x", "", "", notReached="true"), median("y", "z", "36.6"))),
    Case("one-measure-one-p", "a bound that the other keeps",
         twice(effect("hazard-ratio", "0.5", **p("0.001", "<")),
               effect("hazard-ratio", "0.5", **p("0.0004"))), EXPLAINED),
    Case("one-measure-one-p", "0.026 rounded",
         twice(effect("hazard-ratio", "0.5", **p("0.026")),
               effect("hazard-ratio", "0.5", **p("0.03"))), EXPLAINED),
    Case("one-measure-one-p", "one number written twice",
         twice(effect("hazard-ratio", "0.5", **p("0.05")),
               effect("hazard-ratio", "0.5", **p("0.050")))),
    Case("one-measure-one-p", "no sign is the sign of equality",
         twice(effect("hazard-ratio", "0.5", **p("0.05")),
               effect("hazard-ratio", "0.5", **p("0.05", "")))),
    Case("one-measure-one-p", "a bound that the other breaks",
         twice(effect("hazard-ratio", "0.5", **p("0.05", "<")),
               effect("hazard-ratio", "0.5", **p("0.2"))), LIKELY),
    Case("units-fit", "a median in weeks that was not reached",
         (median("x", "a", "18"), median("y", "b", "", "week", notReached="true"))),
    Case("scores-follow-effects", "hazard ratios against two references",
         (pooled("b", "0.93", hazardRatio="0.22", comparison="placebo"),
          pooled("c", "0.92", hazardRatio="0.08", comparison="interferon"))),
    Case("scores-follow-effects", "a score that is no number",
         (pooled("b", "NaN", hazardRatio="0.22"), pooled("c", "0.92", hazardRatio="0.08"))),
]  # fmt: skip

EXPLAINING = {
    "percentage-is-possible",  # another denominator
    "interval-is-exact",  # a truncated end
    "p-agrees-with-interval",  # a one-sided test
    "one-measure-one-value",  # rounding
    "one-measure-one-p",  # a bound
    "interval-holds-estimate",  # rounding
    "difference-follows-medians",  # rounding
}
"""The checks that may say that all is well after all."""


def labels(cases: list[Case]) -> list[str]:
    return [case.label for case in cases]


# What the checks say ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=labels(CASES))
def test_a_check_says_of_a_case_what_it_should(case: Case) -> None:
    found = case.run()
    assert tuple(f.certainty for f in found) == case.certainties, [f.message for f in found]


@pytest.mark.parametrize("case", [case for case in CASES if case.certainties],
                         ids=labels([case for case in CASES if case.certainties]))  # fmt: skip
def test_a_finding_names_its_check_its_rows_and_both_sides(case: Case) -> None:
    for found in case.run():
        assert found.check == case.check
        assert found.subject
        assert found.rows
        assert set(found.rows) <= set(case.rows)
        assert found.printed
        assert found.expected
        assert found.printed != found.expected
        assert found.message.endswith(".")


def test_every_check_has_cases_of_every_sort() -> None:
    assert len(CASES) >= 195
    assert len(set(labels(CASES))) == len(CASES)
    reports = {case.check for case in CASES if set(case.certainties) - {"explained"}}
    passes = {case.check for case in CASES if not case.certainties}
    explains = {case.check for case in CASES if "explained" in case.certainties}
    assert reports == set(BY_NAME)
    assert passes == set(BY_NAME)
    assert explains == EXPLAINING


HINTS = [
    ("groups-add-up", "21 + 15 of 37", "21 + 15 = 36, of 37", "37"),
    ("groups-add-up", "enrolled and in all", "38 enrolled, 37 in all", "38"),
    ("shares-add-up", "4 + 16 and 18", "4 + 16 = 20%", "18% (rounding allows 1.5)"),
    ("shares-add-up", "a part larger than the whole", "22%", "20% (rounding allows 1.0)"),
    ("whole-follows-from-parts", "10 of 21 and 20 of 15 are not 30 of all",
     "30% of all; 10% of 21, 20% of 15", "14.2%"),
    ("percentage-is-possible", "5.6 of 37 is 2 of 36", "5.6% of 37",
     "2/37 = 5.41 or 3/37 = 8.11; 2 of 36 would"),
    ("interval-is-exact", "0.6 is 0.68 cut off", "5.6% (0.6 to 18.7)", "0.68 to 18.66 for 2 of 36"),
    ("p-agrees-with-interval", "one-sided, as in RADIANT-2", "0.77 (0.59 to 1.00), p = 0.026",
     "two-sided p between 0.041 and 0.065; one-sided, half of it"),
    ("fold-follows-medians", "3.4-fold of 4.6 is not 11.0", "3.4-fold, medians 11.0 and 4.6",
     "2.39-fold"),
    ("difference-follows-medians", "7.4 between 11.0 and 4.6",
     "difference 7.4, medians 11.0 and 4.6", "6.4"),
    ("one-measure-one-value", "160 and 115", "160 (paper, results) and 115 (other, results)",
     "one value"),
    ("units-convert", "60 weeks are not 12.5 months", "12.5 months and 60 weeks",
     "12.5 and 13.8 months"),
    ("units-fit", "60 weeks beside 18 months", "18 months, 60 weeks", "13.8, 18.0 months"),
    ("p-scores-average-half", "0.6 for 0.06", "4 P-scores with the sum 2.54",
     "the sum 2.0; d 0.06 instead of 0.6"),
    ("p-scores-average-half", "0.03 for 0.3", "4 P-scores with the sum 1.73",
     "the sum 2.0; placebo 0.3 instead of 0.03"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "what", "printed", "expected"), HINTS)
def test_a_finding_says_what_would_fit(check: str, what: str, printed: str, expected: str) -> None:
    case = next(case for case in CASES if (case.check, case.what) == (check, what))
    assert [(found.printed, found.expected) for found in case.run()] == [(printed, expected)]


NAMED = [
    ("groups-add-up", "21 + 15 of 37", ["all-37", "a-21", "b-15"]),
    ("groups-add-up", "enrolled and in all", ["enrolled", "all-37"]),
    ("shares-add-up", "4 + 16 and 18", ["all-complete-response-4", "all-partial-response-16",
                                        "all-response-rate-18"]),
    ("whole-follows-from-parts", "10 of 21 and 20 of 15 are not 30 of all",
     ["all-response-rate-30", "a-response-rate-10", "b-response-rate-20"]),
    ("hazard-ratio-follows-medians", "2.86 with the longer median", ["hazard-ratio", "x", "y"]),
    ("one-measure-one-value", "160 and 115", ["all-160-0", "all-115-1"]),
    ("one-measure-one-value", "not reached by all, and reached by a part", ["x", "y"]),
    ("p-scores-average-half", "0.6 for 0.06", ["placebo", "b", "c", "d"]),
    ("scores-follow-effects", "the higher score with the larger hazard ratio", ["b", "c"]),
]  # fmt: skip


@pytest.mark.parametrize(("check", "what", "rows"), NAMED)
def test_a_finding_names_the_rows_it_is_about(check: str, what: str, rows: list[str]) -> None:
    case = next(case for case in CASES if (case.check, case.what) == (check, what))
    (found,) = case.run()
    assert [row.iri.rpartition("/")[2] for row in found.rows] == rows


def test_a_truncated_end_is_said_with_the_exact_one() -> None:
    case = next(case for case in CASES if case.what == "0.6 is 0.68 cut off")
    (found,) = case.run()
    assert "the exact one is 0.68 to 18.66, so the lower end was cut off" in found.message


def test_a_group_is_reported_as_its_trial() -> None:
    cases = [case for case in CASES if case.check == "groups-add-up" and case.certainties]
    assert {found.subject for case in cases for found in case.run()} == {"t"}


def test_an_empty_literature_has_no_findings() -> None:
    assert audit(Literature({}, {})) == []


def test_what_a_source_denies_is_not_audited() -> None:
    rows = [row for case in CASES for row in case.rows]
    denied = [replace(row, cells={**row.cells, "polarity": ("denied",)}) for row in rows]
    assert audit(literature(*rows))
    assert audit(literature(*denied)) == []


def test_the_checks_run_in_their_order() -> None:
    order = [check.name for check in CHECKS]
    found = [f.check for f in audit(literature(*(row for case in CASES for row in case.rows)))]
    assert len(set(found)) > 15
    assert sorted(found, key=order.index) == found


def test_checks_have_names_and_methods_of_their_own() -> None:
    assert len(CHECKS) >= 19
    for texts in ([check.name for check in CHECKS], [check.method for check in CHECKS]):
        assert all(text.strip() for text in texts)
        assert [text for text, times in Counter(texts).items() if times > 1] == []
    assert all(check.method.endswith(".") for check in CHECKS)
    assert all(check.name.replace("-", "").islower() for check in CHECKS)


# Nothing a row lacks makes a check fall ----------------------------------------------------------


def without_each_cell(case: Case) -> list[tuple[Row, ...]]:
    """Give the case's rows once for each cell of each, without that cell."""
    return [
        tuple(
            replace(other, cells={k: v for k, v in row.cells.items() if k != cell})
            if other is row
            else other
            for other in case.rows
        )
        for row in case.rows
        for cell in row.cells
    ]


@pytest.mark.parametrize("case", CASES, ids=labels(CASES))
def test_no_check_falls_over_a_missing_cell(case: Case) -> None:
    variants = without_each_cell(case)
    assert len(variants) == sum(len(row.cells) for row in case.rows)
    for rows in variants:
        found = audit(literature(*rows))
        assert {f.certainty for f in found} <= set(CERTAINTIES)
        graph = findings_graph(found, CHECKS, CERTAINTIES)
        assert len(set(graph.subjects(RDF.type))) <= len(found)


@pytest.mark.parametrize("case", CASES, ids=labels(CASES))
def test_no_check_falls_over_a_registry_that_knows_less(case: Case) -> None:
    claims = literature(*case.rows).claims
    for name, entity in GROUPS.items():
        for cell in entity.cells:
            poorer = replace(entity, cells={k: v for k, v in entity.cells.items() if k != cell})
            found = audit(Literature(claims, {**GROUPS, name: poorer}))
            assert {f.certainty for f in found} <= set(CERTAINTIES)
    assert {f.certainty for f in audit(Literature(claims, {}))} <= set(CERTAINTIES)


@pytest.mark.parametrize("case", CASES, ids=labels(CASES))
def test_no_check_falls_over_a_word_in_the_place_of_a_number(case: Case) -> None:
    numbers = {
        "value",
        "n",
        "score",
        "pValue",
        "ciLevel",
        "hazardRatio",
        "ciLow",
        "ciHigh",
        "affected",
        "doseAmount",
    }
    for row in case.rows:
        for cell in numbers & set(row.cells):
            worded = replace(row, cells={**row.cells, cell: ("many",)})
            assert worded.number(cell) is None
            rows = [worded if other is row else other for other in case.rows]
            found = audit(literature(*rows))
            assert {f.certainty for f in found} <= set(CERTAINTIES)


@settings(deadline=None)
@given(
    st.decimals(0, 1000, places=2), st.integers(0, 10**5), st.decimals(0, 1000, places=2),
    st.decimals(0, 1000, places=2), st.decimals(0, 100, places=1), st.decimals(0, 5, places=4),
)  # fmt: skip
def test_no_check_falls_over_any_number(
    value: Decimal, n: int, low: Decimal, high: Decimal, level: Decimal, chance: Decimal
) -> None:
    of = {"ciLow": str(low), "ciHigh": str(high), "ciLevel": str(level), **p(str(chance))}
    rows = (
        *DURAN, size("all", str(n)), share(str(value), n=str(min(n, 3000)), **of),
        hazard_ratio(str(value), **{"low": str(low), "high": str(high), **p(str(chance))}),
        *twice(median("x", "a", str(value), **of), median("x", "a", str(low), "week")),
    )  # fmt: skip
    assert {found.certainty for found in audit(literature(*rows))} <= set(CERTAINTIES)


# The triples -----------------------------------------------------------------------------------

ONCE = ("check", "checkMethod", "printedNumbers", "expectedNumbers", "subject", "certainty")


def test_a_finding_keeps_its_iri() -> None:
    found = audit(literature(*DURAN))
    graph = findings_graph(found, CHECKS, CERTAINTIES)
    iri = "https://w3id.org/netkg/audit/groups-add-up-9cce4f1742ba"
    assert {str(node) for node in graph.subjects(RDF.type)} == {iri}


def test_a_finding_has_another_iri_when_its_numbers_change() -> None:
    other = (size("all", "37"), size("a", "21"), replace(DURAN[2], cells={**DURAN[2].cells,
                                                                         "n": ("14",)}))  # fmt: skip
    nodes = {
        node
        for rows in (DURAN, other)
        for node in findings_graph(audit(literature(*rows)), CHECKS, CERTAINTIES).subjects(RDF.type)
    }
    assert len(nodes) == 2


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_vocabulary(read_ontology(f"{data_folder()}/ontology"))


@pytest.fixture(scope="module")
def curated(vocabulary: Vocabulary) -> dict[str, Graph]:
    """Read the shipped tables."""
    return curated_graphs(read_graphs([f"{data_folder()}/graphs"], vocabulary), vocabulary, [])


@pytest.fixture(scope="module")
def shipped(curated: dict[str, Graph], vocabulary: Vocabulary) -> list[AuditFinding]:
    """Audit the shipped tables."""
    return audit(read_literature(curated, vocabulary))


@pytest.fixture(scope="module")
def audited(curated: dict[str, Graph], vocabulary: Vocabulary) -> Graph:
    """Write the shipped tables' audit as triples."""
    return audit_graph(curated, vocabulary)


def test_every_finding_of_the_shipped_data_is_a_node_of_its_own(
    shipped: list[AuditFinding], audited: Graph
) -> None:
    nodes = set(audited.subjects(RDF.type, URIRef(term("AuditFinding"))))
    assert len(nodes) == len(shipped) > 10


def test_every_finding_is_written_with_every_property(audited: Graph) -> None:
    written = {URIRef(term(name)) for name in (*ONCE, "findsIn")} | {RDF.type, RDFS.label}
    assert set(audited.predicates()) == written
    for node in audited.subjects(RDF.type):
        assert set(audited.predicates(node)) == written
        for name in ONCE:
            assert len(list(audited.objects(node, URIRef(term(name))))) == 1, (node, name)


def test_a_finding_points_at_what_is_there(
    curated: dict[str, Graph], vocabulary: Vocabulary, audited: Graph
) -> None:
    registry = set(curated[graph_iri("entities")].subjects())
    claims = {node for name, graph in curated.items() for node in graph.subjects(RDF.type)
              if name != graph_iri("entities")}  # fmt: skip
    certainties = set(map(URIRef, vocabulary.terms["Certainty"].values()))
    assert set(audited.objects(None, URIRef(term("subject")))) <= registry
    assert set(audited.objects(None, URIRef(term("findsIn")))) <= claims
    assert set(audited.objects(None, URIRef(term("certainty")))) <= certainties
    assert set(CERTAINTIES) == set(vocabulary.terms["Certainty"])


def test_two_audits_of_the_shipped_data_are_alike(
    curated: dict[str, Graph], vocabulary: Vocabulary, shipped: list[AuditFinding], audited: Graph
) -> None:
    backwards = dict(reversed(curated.items()))
    assert audit(read_literature(backwards, vocabulary)) == shipped
    assert set(audit_graph(backwards, vocabulary)) == set(audited)


def test_a_run_with_other_hashes_finds_the_same(audited: Graph) -> None:
    program = (
        "from netkg.paths import data_folder as d\n"
        "from netkg.ontology import read_ontology, read_vocabulary\n"
        "from netkg.curation import read_graphs\n"
        "from netkg.triples import curated_graphs\n"
        "from netkg.audit import audit_graph\n"
        "v = read_vocabulary(read_ontology(d() + '/ontology'))\n"
        "g = curated_graphs(read_graphs([d() + '/graphs'], v), v, [])\n"
        "print(audit_graph(g, v).serialize(format='nt'))\n"
    )
    loader = str(Path(sys.modules["netkg"].__file__ or "").parent.parent)
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": loader, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert set(Graph().parse(data=run.stdout, format="nt")) == set(audited)


# The shipped data's findings -------------------------------------------------------------------

EXPECTED = [
    ("groups-add-up", "duran-temsirolimus", "likely", "21 + 15 = 36, of 37", "37"),
    ("groups-add-up", "radiant-1", "likely", "115 + 45 = 160, of 115", "115"),
    ("shares-add-up", "itmo-everolimus-octreotide", "likely", "4 + 16 = 20%", "18%"),
    ("shares-add-up", "md-anderson-phase-2", "likely", "22%", "20%"),
    ("percentage-is-possible", "duran-temsirolimus", "explained", "5.6% of 37", "2 of 36 would"),
    ("interval-is-exact", "duran-temsirolimus", "explained", "0.6 to 18.7", "0.68 to 18.66"),
    ("p-agrees-with-interval", "radiant-2", "explained", "0.77 (0.59 to 1.00), p = 0.026",
     "one-sided"),
    ("one-measure-one-value", "radiant-1", "certain", "160", "one value"),
    ("one-measure-one-p", "radiant-3", "explained", "p < 0.0001", "one p value"),
    ("units-fit", "nettle", "likely", "240 milligram of lutetium-177-dotatate", "an activity"),
    ("p-scores-average-half", "dactolisib", "likely", "the sum 4.54",
     "dactolisib 0.06 instead of 0.6"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "subject", "certainty", "printed", "expected"), EXPECTED)
def test_a_known_error_of_the_papers_is_found(
    shipped: list[AuditFinding], check: str, subject: str, certainty: str, printed: str,
    expected: str,
) -> None:  # fmt: skip
    found = [f for f in shipped if (f.check, f.subject) == (check, subject)]
    assert any(
        f.certainty == certainty and printed in f.printed and expected in f.expected for f in found
    ), found


def test_the_hazard_ratio_of_radiant_3_is_in_order(
    curated: dict[str, Graph], vocabulary: Vocabulary, shipped: list[AuditFinding]
) -> None:
    rows = [
        row
        for row in read_literature(curated, vocabulary).of("ResultClaim")
        if row.text("trial") == "radiant-3" and row.text("statistic") == "hazard-ratio"
    ]
    assert any(row.text("ciLow") for row in rows)
    of_one_estimate = {check.name for check in INTERVAL_CHECKS} | {"hazard-ratio-follows-medians"}
    assert [f for f in shipped if f.check in of_one_estimate and set(f.rows) & set(rows)] == []


def test_the_duran_finding_names_all_three_groups(
    curated: dict[str, Graph], shipped: list[AuditFinding]
) -> None:
    found = next(f for f in shipped if f.subject == "duran-temsirolimus")
    assert [row.text("n") for row in found.rows] == ["37", "21", "15"]
    assert URIRef(entity_iri(found.subject)) in set(curated[graph_iri("entities")].subjects())


def test_the_literature_is_read_as_the_tables_have_it(
    curated: dict[str, Graph], vocabulary: Vocabulary
) -> None:
    read = read_literature(curated, vocabulary)
    row = next(r for r in read.of("ResultClaim") if r.iri.endswith("/radiant-2-pfs-hazard-ratio"))
    texts = {name: row.text(name) for name in ("trial", "arm", "statistic", "unit", "ciHigh",
                                               "source", "polarity")}  # fmt: skip
    assert texts == {
        "trial": "radiant-2", "arm": "radiant-2-everolimus", "statistic": "hazard-ratio",
        "unit": "none", "ciHigh": "1.00", "source": "zanini2020", "polarity": "affirmed",
    }  # fmt: skip
    assert row.number("ciHigh") == 1
    assert row.number("statement") is None
    assert read.cell("duran-temsirolimus-carcinoid", "subgroupOf") == "duran-temsirolimus-all"
    assert read.cell("nobody", "subgroupOf") == ""
    assert dict(read.by_source("ArmClaim")).keys() == {"yao2013", "zanini2020"}


# Statistics ------------------------------------------------------------------------------------

NEWCOMBE = [
    (81, 263, clopper_pearson, 0.2527, 0.3676),
    (15, 148, clopper_pearson, 0.0578, 0.1617),
    (0, 20, clopper_pearson, 0.0000, 0.1684),
    (1, 29, clopper_pearson, 0.0009, 0.1776),
    (81, 263, wilson, 0.2553, 0.3662),
    (15, 148, wilson, 0.0624, 0.1605),
    (0, 20, wilson, 0.0000, 0.1611),
    (1, 29, wilson, 0.0061, 0.1718),
    (81, 263, wald, 0.2522, 0.3638),
    (15, 148, wald, 0.0527, 0.1500),
    (0, 20, wald, 0.0000, 0.0000),
    (1, 29, wald, 0.0000, 0.1009),
    (28, 29, wald, 0.8991, 1.0000),
]


@pytest.mark.parametrize(("k", "n", "method", "low", "high"), NEWCOMBE)
def test_an_interval_is_the_published_one(
    k: int, n: int, method: Callable[[int, int], tuple[float, float]], low: float, high: float,
) -> None:  # fmt: skip
    assert method(k, n) == pytest.approx((low, high), abs=0.00005)


def test_nobody_and_everybody_have_one_sided_ends() -> None:
    assert clopper_pearson(0, 10) == pytest.approx((0, 0.3085), abs=0.00005)
    assert clopper_pearson(10, 10) == pytest.approx((0.6915, 1), abs=0.00005)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 150), st.data())
def test_an_exact_interval_leaves_its_tails(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    low, high = clopper_pearson(k, n)
    assert low <= k / n <= high
    assert (1 - high, 1 - low) == pytest.approx(clopper_pearson(n - k, n), abs=1e-9)

    def at_most(seen: int, chance: float) -> float:
        return sum(comb(n, i) * chance**i * (1 - chance) ** (n - i) for i in range(seen + 1))

    assert k == 0 or 1 - at_most(k - 1, low) == pytest.approx(0.025, abs=1e-6)
    assert k == n or at_most(k, high) == pytest.approx(0.025, abs=1e-6)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 150), st.data(), st.floats(0.5, 0.99))
def test_a_wider_level_has_a_wider_interval(n: int, data: st.DataObject, level: float) -> None:
    k = data.draw(st.integers(0, n))
    for method in (clopper_pearson, wilson, wald):
        low, high = method(k, n, level)
        wider_low, wider_high = method(k, n, (1 + level) / 2)
        assert wider_low - 1e-12 <= low <= high <= wider_high + 1e-12


P_VALUES = [
    (0.81, 0.70, 0.94, 0.95, 0.005),  # Altman & Bland's own example
    (0.50, 0.25, 1.00, 0.95, 0.05),  # an end on 1 is the level
    (0.50, 0.25, 1.00, 0.90, 0.10),
    (2.00, 1.00, 4.00, 0.95, 0.05),
    (1.00, 0.50, 2.00, 0.95, 1.0),
]


@pytest.mark.parametrize(("estimate", "low", "high", "level", "expected"), P_VALUES)
def test_an_interval_gives_its_p(
    estimate: float, low: float, high: float, level: float, expected: float
) -> None:
    assert p_of_ratio(estimate, low, high, level) == pytest.approx(expected, abs=0.0005)


@given(st.floats(0.05, 20), st.floats(1.05, 5))
def test_p_does_not_care_which_way_round_a_ratio_is(ratio: float, width: float) -> None:
    low, high = ratio / width, ratio * width
    turned = p_of_ratio(1 / ratio, 1 / high, 1 / low)
    assert p_of_ratio(ratio, low, high) == pytest.approx(turned, abs=1e-9)


ROUNDED = [
    ("5.5556", "5.6", 1, True),
    ("5.5556", "5.5", 1, False),
    ("2.5", "3", 0, True),
    ("2.5", "2", 0, True),
    ("3.5", "4", 0, True),
    ("3.5", "3", 0, False),
    ("0.125", "0.13", 2, True),
    ("0.125", "0.12", 2, True),
    ("0.1251", "0.12", 2, False),
    ("11", "11.0", 1, True),
    ("-2.5", "-3", 0, True),
]


@pytest.mark.parametrize(("exact", "printed", "places", "does"), ROUNDED)
def test_a_number_rounds_half_up_or_to_even(
    exact: str, printed: str, places: int, does: bool  # noqa: FBT001 - a column of the table
) -> None:  # fmt: skip
    assert rounds_to(Decimal(exact), Decimal(printed), places) is does


@given(st.decimals(0, 1000, places=6), st.integers(0, 4))
def test_what_a_number_rounds_to_is_within_half_a_unit(exact: Decimal, places: int) -> None:
    printed = round(exact, places)
    assert rounds_to(exact, printed, places)
    assert abs(exact - printed) <= half_unit(places)
    assert not rounds_to(exact, printed + 3 * half_unit(places), places)


def test_a_number_is_cut_off_towards_nothing() -> None:
    assert truncates_to(Decimal("0.68"), Decimal("0.6"), 1)
    assert not truncates_to(Decimal("0.68"), Decimal("0.7"), 1)
    assert [half_unit(places) for places in (0, 1, 2)] == [Decimal(s) for s in ("0.5", "0.05",
                                                                               "0.005")]  # fmt: skip


@pytest.mark.parametrize(("printed", "places"), [("11", 0), ("9.6", 1), ("1.00", 2), ("", 0)])
def test_the_decimals_of_a_number_are_those_printed(printed: str, places: int) -> None:
    assert decimals(printed) == places
