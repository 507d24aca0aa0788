"""What the docs say is what netkg does: pages are made from declarations, commands are run."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from netkg import KnowledgeGraph
from netkg.cli.main import cli
from netkg.export.formats import FORMATS


def block(readme: str, number: int) -> list[str]:
    return re.findall(r"```console\n(.*?)```", readme, re.DOTALL)[number].strip().split("\n")


def test_the_readme_shows_the_real_answer_first(repository: Path, store_root: str) -> None:
    command, *shown = block((repository / "README.md").read_text("utf-8"), 0)
    question = re.search(r'netkg ask "(.*?)"', command)
    assert question is not None
    done = subprocess.run(
        [sys.executable, "-m", "netkg", "ask", question[1], "--store", store_root],
        capture_output=True, text=True, check=True, encoding="utf-8",
        env={**os.environ, "COLUMNS": "120"},
    )  # fmt: skip
    assert done.stdout.strip().split("\n") == shown


def test_every_question_the_readme_asks_has_an_answer(
    repository: Path, graph: KnowledgeGraph
) -> None:
    readme = (repository / "README.md").read_text("utf-8")
    asked = re.findall(r'(?:netkg ask|graph\.ask\() ?"(.*?)"', readme)
    assert len(asked) >= 6
    for question in asked:
        assert len(graph.ask(question)) > 0, question


def test_every_command_the_readme_shows_exists(repository: Path) -> None:
    readme = (repository / "README.md").read_text("utf-8")
    shown = set(re.findall(r"^\$ netkg ([\w-]+)", readme, re.MULTILINE))
    assert shown == set(cli.commands)


def test_the_page_on_proofs_shows_what_is_printed(repository: Path, store_root: str) -> None:
    page = (repository / "docs/why.md").read_text("utf-8")
    blocks = [block(page, number) for number in range(page.count("```console"))]
    assert len(blocks) >= 2
    for command, *lines in blocks:
        words = shlex.split(command.removeprefix("$ netkg "))
        done = subprocess.run(
            [sys.executable, "-m", "netkg", *words, "--store", store_root],
            capture_output=True, text=True, check=True, encoding="utf-8",
        )  # fmt: skip
        printed = done.stdout.rstrip().split("\n")
        cut = lines[-1] == "…"
        assert (lines[:-1] if cut else lines) == (printed[: len(lines) - 1] if cut else printed)


def test_the_page_on_exports_tells_of_every_format(repository: Path) -> None:
    page = (repository / "docs/export.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\S+)` \| `(\S+)` \|", page, re.MULTILINE)
    assert rows == [(form.name, form.file) for form in FORMATS]


@pytest.mark.parametrize(
    "page", ["tables.md", "findings.md", "questions.md", "../ontology/context.jsonld"]
)
def test_a_made_page_is_up_to_date(repository: Path, page: str) -> None:
    spec = importlib.util.spec_from_file_location("make", repository / "docs/make.py")
    assert spec is not None
    assert spec.loader is not None
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    written = (repository / "docs" / page).read_text("utf-8")
    assert written == make.PAGES[page](), "run: python docs/make.py"


def test_every_decision_has_its_three_parts(repository: Path) -> None:
    records = sorted((repository / "docs/decisions").glob("*.md"))
    assert len(records) >= 6
    for record in records:
        text = record.read_text("utf-8")
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text, f"{record.name} lacks {part}"


def test_links_between_pages_lead_somewhere(repository: Path) -> None:
    pages = [
        repository / "README.md",
        repository / "CONTRIBUTING.md",
        *(repository / "docs").rglob("*.md"),
    ]
    found = 0
    for page in pages:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
            found += 1
    assert found > 5
