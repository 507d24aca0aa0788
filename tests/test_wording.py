"""A row whose cells and statement part is reported, whichever of the two was mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from netkg.curation import read_graphs

if TYPE_CHECKING:
    from pathlib import Path

    from netkg.ontology import Vocabulary

TABLE = "paper2030/pharmacodynamics.tsv"


def findings(graphs: Path, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    return [
        (f.code, f.where.column if f.where else "")
        for f in read_graphs([str(graphs)], vocabulary).findings
    ]


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("\t0.02\t", "\t0.03\t", "p_value"),
        ("(p = 0.02)", "(p = 0.2)", "p_value"),
        ("\taffirmed\t", "\tdenied\t", "polarity"),
        ("Under zorolimus phospho", "Phospho", "agent"),
        ("phospho-AKT rose", "phospho-AKT perhaps rose", "hedge"),
    ],
)
def test_a_cell_or_a_statement_that_was_changed_alone_is_noticed(
    mini_graphs: Path, vocabulary: Vocabulary, old: str, new: str, column: str
) -> None:
    path = mini_graphs / TABLE
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert ("statement-disagrees", column) in findings(mini_graphs, vocabulary)


def test_a_row_as_it_should_be_is_left_alone(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    assert findings(mini_graphs, vocabulary) == []


def test_a_row_copied_under_another_id_is_noticed(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    path = mini_graphs / TABLE
    header, row = path.read_text("utf-8").strip().split("\n")
    copied = row.replace("zorolimus-raises-p-akt", "zorolimus-raises-p-akt-again", 1)
    path.write_text(f"{header}\n{row}\n{copied}\n", "utf-8")
    assert findings(mini_graphs, vocabulary) == [("duplicate-row", "id")]


def test_a_span_inside_a_smaller_section_must_name_it(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    path = mini_graphs / "paper2030/sections.tsv"
    start, end = (mini_graphs / TABLE).read_text("utf-8").split("\n")[1].split("\tresults\t")[1].split("\t")[:2]  # fmt: skip
    header = path.read_text("utf-8").split("\n")[0].split("\t")
    cells = {"id": "zz-table", "label": "Table 1", "kind": "table", "start": start, "end": end}
    added = "\t".join(cells.get(name, "") for name in header)
    path.write_text(path.read_text("utf-8").rstrip("\n") + "\n" + added + "\n", "utf-8")
    assert ("wrong-section", "section") in findings(mini_graphs, vocabulary)


@pytest.mark.parametrize("odd", ["\u00a0", "\u00e2\u20ac\u201c"])
def test_a_character_of_a_wrong_encoding_is_noticed(
    mini_graphs: Path, vocabulary: Vocabulary, odd: str
) -> None:
    path = mini_graphs / TABLE
    path.write_text(path.read_text("utf-8").replace("12 patients", f"12{odd}patients"), "utf-8")
    assert [code for code, _ in findings(mini_graphs, vocabulary)] == ["odd-characters"]


def test_lines_that_end_in_cr_alone_are_one_finding(
    mini_graphs: Path, vocabulary: Vocabulary
) -> None:
    path = mini_graphs / TABLE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    assert [code for code, _ in findings(mini_graphs, vocabulary)] == ["odd-characters"]


def test_a_table_without_rows_is_a_warning(mini_graphs: Path, vocabulary: Vocabulary) -> None:
    path = mini_graphs / TABLE
    path.write_text(path.read_text("utf-8").split("\n")[0] + "\n", "utf-8")
    assert findings(mini_graphs, vocabulary) == [("empty-table", "")]
