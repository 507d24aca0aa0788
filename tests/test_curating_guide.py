"""The guide for curators does what it says: its commands are run in the order of the page.

Where a command prints something else by now, NETKG_WRITE_GUIDE=1 puts the new output into the page.
"""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import netkg
from netkg import KnowledgeGraph
from netkg.curation.claim_tables import CLAIM_TABLES
from netkg.ontology import read_ontology, read_vocabulary
from netkg.paths import data_folder

GUIDE = Path(__file__).parent / "guide"
SOURCE = "marlow2031"
RUN = 10  # as many words in a row as no statement may share with the paper

STEP = re.compile(
    r"```console\n(?P<console>.*?)```"
    r"|\]\(\.\./tests/guide/graphs/(?P<table>[\w/-]+\.tsv)\)"
    r"|(?P<slips>^\| table \| row \| column \| written \|\n.*?)^\n",
    re.DOTALL | re.MULTILINE,
)


def cells(line: str) -> list[str]:
    """Split a row of a Markdown table."""
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


def commands(block: str) -> list[tuple[str, str]]:
    """Split a console block into commands, each with the output shown below it."""
    found = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        first, *rest = part.splitlines()
        more = 0
        while more < len(rest) and rest[more].startswith("> "):
            more += 1
        command = "\n".join([first, *(line[2:] for line in rest[:more])])
        found.append((command, "\n".join(rest[more:])))
    return found


def fits(shown: str, output: str) -> bool:
    """Compare a shown output with a real one; … stands for anything within a line."""
    pattern = re.escape(shown.strip()).replace("…", "[^\n]*")
    return re.fullmatch(pattern, output.strip()) is not None


def with_outputs(page: str, printed: list[tuple[str, str, str]]) -> str:
    """Put real outputs into a page, below the commands in their order."""
    rest = iter(printed)

    def block(console: re.Match[str]) -> str:
        lines = []
        for _ in commands(console["console"]):
            command, shown, output = next(rest)
            lines += ["$ " + command.replace("\n", "\n> ")]
            lines += filter(None, [(shown if fits(shown, output) else output).strip("\n")])
        return "\n".join(["```console", *lines, "```"])

    return re.sub(r"```console\n(?P<console>.*?)```", block, page, flags=re.DOTALL)


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def slip(path: Path, row: str, column: str, written: str) -> None:
    """Write one cell of a table as a curator in haste would."""
    header, *lines = path.read_text("utf-8").splitlines()
    place = header.split("\t").index(column)
    slipped = []
    for line in lines:
        values = line.split("\t")
        values += [""] * (place + 1 - len(values))
        if values[0] == row:
            assert values[place] != written, f"{row} {column}: that is no slip"
            values[place] = written
        slipped.append("\t".join(values))
    assert slipped != lines, f"{path.name} has no row {row}"
    path.write_text("\n".join([header, *slipped]) + "\n", "utf-8")


@dataclass
class Walk:
    """A run through the page: a curator's folder, and what each command was to print and did."""

    work: Path
    environment: dict[str, str]
    printed: list[tuple[str, str, str]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    def run(self, command: str) -> str:
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.work, env=self.environment, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        return done.stdout

    def console(self, block: str) -> None:
        for command, shown in commands(block):
            self.printed.append((command, shown, self.run(command)))

    def write(self, table: str) -> None:
        if table not in self.written:
            self.written.append(table)
            shutil.copyfile(GUIDE / "graphs" / table, self.work / "mine" / table)

    def slip(self, table: str) -> None:
        for line in table.splitlines()[2:]:
            name, row, column, written = cells(line)
            slip(self.work / "mine" / SOURCE / f"{name}.tsv", row, column, written)

    def mend(self) -> None:
        for table in self.written:
            shutil.copyfile(GUIDE / "graphs" / table, self.work / "mine" / table)


def follow(page: str, walk: Walk) -> None:
    """Do what the page says: run its commands, write its tables, make its slips and mend them."""
    slipped = False
    for step in STEP.finditer(page):
        if step["console"]:
            walk.console(step["console"])
            if slipped:
                walk.mend()
            slipped = False
        elif step["table"]:
            walk.write(step["table"])
        else:
            walk.slip(step["slips"])
            slipped = True


@pytest.fixture(scope="module")
def page(repository: Path) -> str:
    return (repository / "docs/curating.md").read_text("utf-8")


@pytest.fixture(scope="module")
def walk(
    page: str, repository: Path, store_root: str, tmp_path_factory: pytest.TempPathFactory
) -> Walk:
    """Follow the page in an empty folder beside a copy of what it needs of a checkout."""
    if shutil.which("bash") is None:
        pytest.skip("needs bash")
    assert store_root  # what is shipped is built where 'netkg describe' looks for it
    root = tmp_path_factory.mktemp("curating")
    shutil.copytree(repository / "graphs", root / "netkg/graphs")
    (root / "netkg/tests/guide").mkdir(parents=True)
    shutil.copyfile(GUIDE / "paper.txt", root / "netkg/tests/guide/paper.txt")
    for folder in ("bin", "work"):
        (root / folder).mkdir()
    for name, words in (("netkg", "-m netkg"), ("python3", "")):
        command = root / "bin" / name
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {words} "$@"\n', "utf-8")
        command.chmod(0o755)
    package = str(Path(netkg.__file__).parents[1])
    walk = Walk(
        root / "work",
        {
            **os.environ,
            "COLUMNS": "120",
            "PATH": f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": package,
            "PYTHONUTF8": "1",
        },
    )
    assert list(walk.work.iterdir()) == []
    follow(page, walk)
    return walk


@pytest.fixture(scope="module")
def asked(walk: Walk) -> KnowledgeGraph:
    """Open the store that the page builds."""
    return KnowledgeGraph.open(str(walk.work / "store"))


def claim_rows() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted((GUIDE / "graphs" / SOURCE).glob("*.tsv")):
        if path.stem != "sections":
            yield from ((path.stem, row) for row in read_rows(path))


def test_every_command_prints_what_the_page_shows(page: str, repository: Path, walk: Walk) -> None:
    assert len(walk.printed) > 20
    if os.environ.get("NETKG_WRITE_GUIDE"):
        (repository / "docs/curating.md").write_text(with_outputs(page, walk.printed), "utf-8")
        pytest.skip("the page is written anew; read what has changed")
    wrong = [
        f"$ {command}\n{output}"
        for command, shown, output in walk.printed
        if not fits(shown, output)
    ]
    assert wrong == []


def test_every_finished_table_is_written_on_the_way(walk: Walk) -> None:
    finished = {
        str(path.relative_to(GUIDE / "graphs")) for path in (GUIDE / "graphs").rglob("*.tsv")
    }
    assert {*walk.written} == finished


def test_the_curated_paper_has_no_findings(walk: Walk) -> None:
    checks = [output for command, _, output in walk.printed if command.startswith("netkg check")]
    assert checks[0] == checks[1] == "0 errors, 0 other findings in ../netkg/graphs, mine\n"
    assert checks[-1] == "0 errors, 0 other findings in ../netkg/graphs\n"


def test_every_locator_of_the_curated_paper_is_verified(walk: Walk) -> None:
    entities = GUIDE / "graphs/entities"
    located = sum(1 for _ in claim_rows())
    located += sum(len(read_rows(entities / f"{table}.tsv")) for table in ("printed", "gaps"))
    found = [output for command, _, output in walk.printed if "netkg quotes" in command][1]
    assert found.endswith(f"\n{located} locators verified, 0 errors\n")
    assert "silent-gap" not in found


def test_the_audit_finds_the_sum_and_the_two_medians(asked: KnowledgeGraph) -> None:
    found = {
        (row["check"], row["printed"], row["certainty"])
        for row in asked.ask(f"which numbers do not add up in {SOURCE}")
        if row["subjectLabel"] == "KITTIWAKE-1"
    }
    assert found == {
        ("groups-add-up", "88 + 94 = 182, of 184", "likely"),
        ("one-measure-one-value", f"14.2 ({SOURCE}, abstract) and 12.4 ({SOURCE}, table-1)", "certain"),
        ("one-measure-one-value", f"14.2 ({SOURCE}, results) and 12.4 ({SOURCE}, table-1)", "certain"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "column", "value"),
    [
        ("results of KITTIWAKE-1", "ciHigh", "1.36"),
        ("design of KITTIWAKE-1", "value", "230"),
        ("trials of vistusertib", "trialLabel", "KITTIWAKE-1"),
        ("progression-free survival in pancreatic NET", "value", "12.4"),
        ("overall survival in pancreatic NET", "value", "33.1"),
        ("hazard ratios in pancreatic NET", "value", "0.66"),
        ("response rates in pancreatic NET", "value", "63.8"),
        ("doses of vistusertib", "dose", "50"),
        ("biomarkers for vistusertib", "markerLabel", "PTEN loss status"),
        ("how do tumours resist vistusertib", "mechanism", "ERK signalling switched on again"),
        ("what changes under vistusertib", "pValue", "0.004"),
        ("what was combined with vistusertib", "partnerLabel", "MEK inhibitor"),
        ("how common is pancreatic NET", "value", "5"),
        ("how often is PTEN altered in pancreatic NET", "value", "30"),
        ("drugs acting on mTORC2", "drugLabel", "vistusertib"),
        ("where do sources differ on KITTIWAKE-1", "valueB", "12.4"),
        ("what is disputed about PTEN loss status", "kind", "apparent"),
    ],
)
def test_a_stored_question_answers_about_the_new_trial(
    asked: KnowledgeGraph, question: str, column: str, value: str
) -> None:
    mark = f"/claim/{SOURCE}/"
    rows = [row for row in asked.ask(question) if mark in row["claims"]]
    assert value in {row[column] for row in rows}


def test_what_the_paper_denies_is_no_answer(asked: KnowledgeGraph) -> None:
    acting = {row["drugLabel"] for row in asked.ask("drugs acting on mTORC2")}
    assert "everolimus" not in acting
    denied = [row for row in asked.ask("evidence-for", entity="everolimus")
              if row["polarity"] == "denied" and row["source"] == SOURCE]  # fmt: skip
    assert len(denied) == 2


def test_no_sentence_of_the_paper_is_in_its_tables() -> None:
    words = re.findall(r"\w+", (GUIDE / "paper.txt").read_text("utf-8").lower())
    known = {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}
    for table, row in claim_rows():
        for cell in row.values():
            own = re.findall(r"\w+", (cell or "").lower())
            runs = {tuple(own[n : n + RUN]) for n in range(len(own) - RUN + 1)}
            assert not runs & known, f"{table} {row['id']}"


def test_the_row_that_the_page_spells_out_is_the_finished_one(page: str) -> None:
    spelled = re.search(
        r"^\| column \| cell of `([\w-]+)` \|\n.*\n((?:\|.*\n)+)", page, re.MULTILINE
    )
    assert spelled is not None
    row = next(row for _, row in claim_rows() if row["id"] == spelled[1])
    given = {column: cell for column, cell in row.items() if cell}
    place = {"id", "start", "end", "span_sha256"}
    assert dict(map(cells, spelled[2].splitlines())) == {
        column: cell for column, cell in given.items() if column not in place
    }
    assert "\t".join(row[name] for name in ("start", "end", "span_sha256")) in page


def test_the_place_of_a_number_that_the_page_gives_is_one_of_the_finished_rows(page: str) -> None:
    shown = re.findall(r"`(n=\d+-\d+)`", page)
    assert shown
    assert {*shown} <= {row["numbers_from"] for _, row in claim_rows() if row.get("numbers_from")}


def test_the_page_has_a_place_for_every_table_and_statistic(page: str) -> None:
    vocabulary = read_vocabulary(read_ontology(f"{data_folder()}/ontology"))
    words = {table.name for table in CLAIM_TABLES}
    for closed in ("Polarity", "Hedge", "Basis", "Statistic"):
        words |= set(vocabulary.terms[closed])
    assert {word for word in words if f"`{word}`" not in page} == set()
