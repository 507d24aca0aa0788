"""Every number of a row stands in its span, or the row says where else it comes from.

The gate reads numbers as papers print them: with a decimal comma, a comma between thousands, zeros
in front. Names that hold digits are no numbers. On the real rows, one changed digit is noticed.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from netkg import KnowledgeGraph
from netkg.curation import Record
from netkg.curation.claim_tables import CLAIM_TABLES
from netkg.curation.records import Value
from netkg.curation.schema import Kind
from netkg.curation.tables import RawRow, TableFile
from netkg.findings import Finding
from netkg.number_gate import find_foreign_numbers
from netkg.paths import data_folder

TABLES = {table.name: table for table in CLAIM_TABLES}
NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
PLANTED = 200
ALONE = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w-]|[.,]\d)")


def claim(table: str, start: int, end: int, cells: dict[str, str]) -> Record:
    """Make a claim without reading a file: its cells as a curator writes them."""
    columns = TABLES[table]

    def value(name: str, cell: str) -> Value:
        return Decimal(cell) if columns.column(name).kind in NUMBERS else cell

    values: dict[str, tuple[Value, ...]] = {name: (value(name, c),) for name, c in cells.items()}
    file = TableFile("table.tsv", "table.tsv", columns)
    return Record(columns, "paper", "row", columns.node_class,
                  {**values, "start": (start,), "end": (end,)}, RawRow(file, 2, {}))  # fmt: skip


def judge(span: str, /, behind: str = "", table: str = "results", **cells: str) -> list[Finding]:
    """Give the findings for a claim whose span comes first in its source."""
    return list(find_foreign_numbers(claim(table, 0, len(span), cells), span + behind))


def columns_of(findings: list[Finding]) -> list[str]:
    assert all(finding.where for finding in findings)
    return [finding.where.column for finding in findings if finding.where]


# Numbers that are there ------------------------------------------------------------------------

PRINTED = [
    ("median PFS was 11.0 months", {"value": "11.0"}),
    ("median PFS was 11.0 months.", {"statement": "Half of them lived 11.0 months without it."}),
    ("HR 0.77, 95% CI 0.59-1.00; p=0.026", {"value": "0.77", "ci_low": "0.59", "ci_high": "1.00",
                                            "ci_level": "95", "p_value": "0.026"}),
    ("an odds ratio of 0,82", {"value": "0.82"}),
    ("1,908 patients", {"n": "1908"}),
    ("35,825 of 1,234,567 patients", {"affected": "35825", "n": "1234567"}),
    ("day 05", {"value": "5"}),
    ("in 10 of 020 patients", {"affected": "10", "n": "20"}),
    ("0 of 12 patients", {"value": "0", "n": "12"}),
    ("grades 1,2,3 and 4", {"statement": "Grades 1, 2, 3 and 4 were seen."}),
    ("5.6% (n=2)", {"value": "5.6", "n": "2"}),
    ("60\u201370 per cent", {"value": "60", "n": "70"}),
    ("177Lu in 240 patients", {"n": "240"}),
    ("nothing", {}),
    ("P = .05 and p<.001", {"p_value": "0.05", "statement": "It was below .001."}),
    ("a 1.5-fold rise, and 2.5mg", {"statement": "A 1.5-fold rise at 2.5mg was seen."}),
    ("a change of -12.5%", {"value": "-12.5"}),
    ("a 24-month follow-up of grades 3-4", {"statement": "Grades 3-4, over a 24-month period."}),
]  # fmt: skip


@pytest.mark.parametrize(("span", "cells"), PRINTED)
def test_a_number_in_its_span_is_right(span: str, cells: dict[str, str]) -> None:
    assert judge(span, **cells) == []


NAMES = [
    "mTORC1", "4E-BP1", "RADIANT-3", "177Lu", "p70S6K1", "Ki-67", "5-FU", "S473", "G1/G2",
    "IGF-1R", "eIF4E", "CA20948", "1st",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_number(name: str) -> None:
    assert judge("no digit in it", statement=f"It blocks {name}, and {name}.") == []


@given(st.decimals(0, 100_000, places=2), st.sampled_from(["{}", "({}%)", "={}", "{}.", "<{};"]))
def test_whatever_is_printed_is_found(number: Decimal, around: str) -> None:
    assert judge(f"the value {around.format(number)} was seen", value=str(number)) == []


# Numbers that are not --------------------------------------------------------------------------

FOREIGN = [
    ("median PFS was 11.0 months", {"value": "11.1"}, ["value"]),
    ("median PFS was 11.0 months", {"value": "110"}, ["value"]),
    ("median PFS was 110 months", {"value": "11.0"}, ["value"]),
    ("median PFS was 11.0 months", {"value": "1.10"}, ["value"]),
    ("eleven months", {"value": "11"}, ["value"]),
    ("1,908 patients", {"n": "908"}, ["n"]),
    ("1,908 patients", {"n": "1980"}, ["n"]),
    ("HR 0.77, 95% CI 0.59-1.00", {"ci_low": "0.95", "ci_high": "1.00"}, ["ci_low"]),
    ("HR 0.77", {"ci_low": "0.59", "ci_high": "1.00"}, ["ci_low", "ci_high"]),
    ("11.0 months", {"statement": "It took 11.1 months."}, ["statement"]),
    ("11.0 months", {"timepoint": "12 months"}, ["timepoint"]),
    ("11.0 months", {"subgroup": "under 65"}, ["subgroup"]),
    ("11.0 months", {"value": "11.1", "statement": "It took 11.1."}, ["value", "statement"]),
    ("no digit", {"value": "0"}, ["value"]),
    ("no digit", {"test_sides": "2"}, ["test_sides"]),
    ("an odds ratio of 0,82", {"value": "82"}, ["value"]),
    ("10,6 per cent", {"value": "106"}, ["value"]),
    ("a 24-month follow-up", {"statement": "A 42-month follow-up."}, ["statement"]),
    ("grades 3-4", {"statement": "Grades 2-4."}, ["statement"]),
    ("a 1.5-fold rise", {"statement": "A 1.6-fold rise."}, ["statement"]),
]


@pytest.mark.parametrize(("span", "cells", "columns"), FOREIGN)
def test_a_number_outside_its_span_is_named(
    span: str, cells: dict[str, str], columns: list[str]
) -> None:
    found = judge(span, **cells)
    assert {finding.code for finding in found} == {"number-not-in-span"}
    assert sorted(columns_of(found)) == sorted(columns)


def test_a_finding_names_the_number_the_span_and_the_way_out() -> None:
    (found,) = judge("11.0 months", value="11.1")
    assert found.message.startswith("11.1 does not occur in the span 0-11")
    assert "value=spelled-out" in found.message
    assert str(found.where) == "table.tsv:2 value"


def test_all_foreign_numbers_of_a_column_are_named_together() -> None:
    (found,) = judge("11.0 months", statement="It took 11.1, not 11.0 and not 12.2 months.")
    assert found.message.startswith("11.1, 12.2 does not occur")


def test_a_number_elsewhere_in_the_source_does_not_count() -> None:
    assert columns_of(judge("eleven months", behind=" or 11.0", value="11.0")) == ["value"]


@pytest.mark.parametrize("column", ["note", "numbers_from", "section"])
def test_what_is_no_claim_of_the_source_is_not_searched(column: str) -> None:
    cells = {column: "value=5-99" if column == "numbers_from" else "seen 99 times"}
    assert judge("no digit", **cells) == []


def test_a_misprint_is_not_searched_for_what_is_meant() -> None:
    assert judge("no digit", table="misprints", printed="0.6", meant="0.06") == []


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_another_whole_number_is_always_noticed(there: int, claimed: int) -> None:
    assume(there != claimed)
    assert columns_of(judge(f"{there} patients", n=str(claimed))) == ["n"]


# Where else a number comes from -----------------------------------------------------------------

PLACES = [
    ("value=outside", []),
    ("value=spelled-out", ["value"]),
    ("value=sum", ["value"]),
    ("value=sum; value=outside", []),
    ("value=outside; value=0-13", []),
    ("value=14-18", []),
    ("value=14-16; value=17-18", ["value"]),
    ("n=14-18", ["value"]),
    ("n=spelled-out", ["value"]),
    ("value=0-13", ["value"]),
    ("value=18-14", ["value"]),
    ("value=5000-6000", ["value"]),
    ("n=sum; value=14-18", []),
    ("value=sum; value=14-18", []),
    ("value=0-13; value=14-18", []),
]


@pytest.mark.parametrize(("origin", "columns"), PLACES)
def test_a_number_comes_from_where_the_row_says(origin: str, columns: list[str]) -> None:
    text = "eleven months or 11.1"
    assert text[14:18] == "or 1"
    found = judge("eleven months", behind=" 11.1 or so", value="11.1", numbers_from=origin)
    assert columns_of(found) == columns
    assert {finding.code for finding in found} <= {"number-not-in-span"}


SPELLED = [
    ("eleven months", "11"),
    ("Twenty-one patients", "21"),
    ("twenty-\none patients", "21"),
    ("ninety patients", "90"),
    ("a single patient", "1"),
    ("in both trials", "2"),
    ("the third generation", "3"),
    ("half of them", "50"),
    ("three hundred patients", "300"),
    ("one hundred twenty-one patients", "121"),
    ("two hundred and five patients", "205"),
    ("no patient", "0"),
    ("in none of them", "0"),
]


@pytest.mark.parametrize(("span", "number"), SPELLED)
def test_a_number_in_words_is_read_where_the_row_says_so(span: str, number: str) -> None:
    assert columns_of(judge(span, value=number)) == ["value"]
    assert judge(span, value=number, numbers_from="value=spelled-out") == []


@pytest.mark.parametrize("number", ["12", "1.1", "110", "10"])
def test_words_do_not_excuse_another_number(number: str) -> None:
    found = judge("eleven months", value=number, numbers_from="value=spelled-out")
    assert columns_of(found) == ["value"]


SUMS = [
    ("21 and 15 patients", "36", []),
    ("21, 15 and 4 patients", "40", []),
    ("21, 15 and 4 patients", "25", []),
    ("21 and fifteen patients", "36", []),
    ("21 and 15 patients", "37", ["value"]),
    ("21 patients", "42", ["value"]),
    ("2.1 and 1.5 months", "3.6", ["value"]),
]


@pytest.mark.parametrize(("span", "number", "columns"), SUMS)
def test_a_sum_is_one_of_whole_numbers_of_the_span(
    span: str, number: str, columns: list[str]
) -> None:
    assert columns_of(judge(span, value=number, numbers_from="value=sum")) == columns


def test_a_number_that_another_place_does_not_print_is_named() -> None:
    origin = {"numbers_from": "value=14-18"}
    assert columns_of(judge("eleven months", behind=" 11.1", value="11.2", **origin)) == ["value"]


def test_a_place_counts_beside_the_span() -> None:
    statement = "It took 11.1 months in 37 patients, not in 38."
    (found,) = judge("37 patients", behind=" 11.1", statement=statement,
                     numbers_from="statement=12-16")  # fmt: skip
    assert found.message.startswith("38 does not occur")


MALFORMED = [
    "spelled-out", "value", "value=", "value=guessed", "value=spelled out", "values=sum",
    "value=14", "value=14-", "value=a-b", "value=sum,n=sum", "value=sum;n=sum", "VALUE=sum",
    "value = sum", "table_1=sum",
]  # fmt: skip


@pytest.mark.parametrize("origin", MALFORMED)
def test_an_origin_that_says_nothing_is_refused_and_excuses_nothing(origin: str) -> None:
    found = judge("eleven months", behind=" 11.1", value="11.1", numbers_from=origin)
    assert [finding.code for finding in found] == ["bad-origin", "number-not-in-span"]
    assert columns_of(found) == ["numbers_from", "value"]
    assert repr(origin) in found[0].message


def test_a_right_origin_counts_beside_a_wrong_one() -> None:
    found = judge("eleven months", value="11", numbers_from="value=spelled-out; values=sum")
    assert [finding.code for finding in found] == ["bad-origin"]


# The real rows -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sources(repository: Path) -> str:
    folder = repository.parent / "shared" / "sources"
    if not folder.is_dir():
        pytest.skip("the papers' texts are not beside the checkout")
    return str(folder)


@pytest.fixture(scope="module")
def texts(sources: str) -> list[str]:
    return [path.read_bytes().decode() for path in sorted(Path(sources).glob("*.txt"))]


class Plant(NamedTuple):
    """One digit to change: the cell, and what it becomes."""

    file: str
    line: int
    column: str
    cell: str


def digits_of(text: str) -> str:
    """Give the digits of each number of a text, without what stands between them."""
    return " ".join(re.sub(r"\D", "", number) for number in re.findall(r"\d[\d.,]*", text))


def one_digit_off(number: str, random_: random.Random) -> str:
    """Change one digit of a number, and never the first one to nothing."""
    at = random_.choice([at for at, char in enumerate(number) if char.isdigit()])
    others = set("123456789") - {number[at]}
    return number[:at] + random_.choice(sorted(others)) + number[at + 1 :]


def span_of(cells: dict[str, str], texts: list[str]) -> str:
    """Give the words a row rests on, from whichever text its hash fits."""
    spans = [text[int(cells["start"]) : int(cells["end"])] for text in texts]
    return next(span for span in spans if sha256(span.encode()).hexdigest() == cells["span_sha256"])


def plants(column_of: str, random_: random.Random, texts: list[str]) -> Iterator[Plant]:
    """Give a change for each row that has a number: of a column of numbers, or of the statement.

    The new number's digits stand in no number of its span, so none can be taken for it.
    """
    for path in sorted(Path(data_folder()).glob("graphs/*/*.tsv")):
        if path.parent.name == "entities" or path.stem not in TABLES:
            continue
        header, *lines = path.read_text("utf-8").rstrip("\n").split("\n")
        names = header.split("\t")
        for number, line in enumerate(lines, start=2):
            cells = dict(zip(names, line.split("\t"), strict=False))
            found = list(numbers_of(path.stem, cells, column_of))
            random_.shuffle(found)
            for name, (start, end) in found:
                cell = cells[name]
                new = one_digit_off(cell[start:end], random_)
                if re.sub(r"\D", "", new).lstrip("0") not in digits_of(span_of(cells, texts)):
                    file = str(path.relative_to(data_folder()))
                    yield Plant(file, number, name, cell[:start] + new + cell[end:])
                    break


def numbers_of(
    table: str, cells: dict[str, str], column_of: str
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Give where the numbers of a row stand that its span must print: column, start and end."""
    for column in TABLES[table].columns:
        name = column.name
        if name in {"start", "end"} or f"{name}=" in cells.get("numbers_from", ""):
            continue
        if column_of == "numbers" and column.kind in NUMBERS and cells.get(name):
            yield name, (0, len(cells[name]))
        elif column_of == name:
            for number in ALONE.finditer(cells[name]):
                yield name, number.span()


def plant(changes: list[Plant], graphs: Path) -> None:
    """Write changed cells into a copy of the shipped tables."""
    shutil.copytree(f"{data_folder()}/graphs", graphs)
    for change in changes:
        path = graphs.parent / change.file
        lines = path.read_text("utf-8").split("\n")
        cells = lines[change.line - 1].split("\t")
        cells[lines[0].split("\t").index(change.column)] = change.cell
        lines[change.line - 1] = "\t".join(cells)
        path.write_text("\n".join(lines), "utf-8")


@pytest.mark.parametrize(("column", "at_least"), [("numbers", PLANTED), ("statement", PLANTED)])
def test_a_changed_digit_of_a_real_row_is_noticed(
    tmp_path: Path, sources: str, texts: list[str], column: str, at_least: int
) -> None:
    random_ = random.Random(2020)  # noqa: S311 - a sample, and no secret
    candidates = list(plants(column, random_, texts))
    assert len(candidates) >= at_least
    changes = random_.sample(candidates, at_least)
    plant(changes, tmp_path / "graphs")
    verified, findings = KnowledgeGraph.verify_quotes(sources, [str(tmp_path / "graphs")])
    noticed = {
        (f.where.file, f.where.line, f.where.column, f.code)
        for f in findings
        if f.where and f.code == "number-not-in-span"
    }
    planted = {(c.file, c.line, c.column, "number-not-in-span") for c in changes}
    assert noticed == planted
    assert verified > 1800


def test_the_real_rows_as_they_are_have_no_foreign_number(sources: str) -> None:
    _, findings = KnowledgeGraph.verify_quotes(sources)
    assert [str(f) for f in findings if f.code in {"number-not-in-span", "bad-origin"}] == []
