"""The command line: data to standard output, messages to standard error, exit codes by meaning."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MINI = Path(__file__).parent / "mini"


def run(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "netkg", *words],
        input=stdin, capture_output=True, text=True, check=False, encoding="utf-8",
        env={**os.environ, "COLUMNS": "100", **environment},
    )  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "table", "md"])
def test_a_question_is_answered_in_every_form(store_root: str, form: str) -> None:
    done = run("ask", "drugs acting on mTORC2", "--format", form, "--store", store_root)
    assert done.returncode == 0
    assert "sapanisertib" in done.stdout
    assert "everolimus" not in done.stdout


def test_csv_carries_iris_labels_and_claims(store_root: str) -> None:
    done = run(
        "ask", "drugs-acting-on", "--target", "mTORC2", "--format", "csv", "--store", store_root
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    row = next(row for row in rows if row["drugLabel"] == "TORKi" and not row["inferredFrom"])
    assert row["drug"] == "https://w3id.org/netkg/entity/torki"
    assert row["degree"] == "complete"
    assert "https://w3id.org/netkg/claim/zanini2020/" in row["claims"]


def test_the_quick_way_and_the_usual_way_answer_alike(store_root: str) -> None:
    plain = run("ask", "drugs acting on mTORC1", "--format", "csv", "--store", store_root)
    usual = run(
        "ask", "drugs-acting-on", "--target=mTORC1", "--format", "csv", "--store", store_root
    )
    assert plain.stdout == usual.stdout
    assert plain.returncode == usual.returncode == 0


def test_without_a_question_all_are_listed() -> None:
    done = run("ask")
    assert done.returncode == 0
    assert "drugs-acting-on\n    drugs acting on {target}" in done.stdout


def test_limit_says_that_rows_may_be_missing(store_root: str) -> None:
    done = run("ask", "drugs acting on mTORC2", "--limit", "2", "--store", store_root)
    assert "2 rows; --limit 2 may have cut more" in done.stderr


def test_an_answer_without_rows_says_so(store_root: str) -> None:
    done = run("ask", "drugs acting on TSC2", "--store", store_root)
    assert (done.returncode, done.stdout) == (0, "")
    assert "no row" in done.stderr


def test_a_misspelt_name_is_a_usage_error_with_suggestions(store_root: str) -> None:
    done = run("ask", "drugs acting on mTORC3", "--format", "csv", "--store", store_root)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == "netkg: mTORC3: no such entity; did you mean mTORC1, mTORC2?\n"


@pytest.mark.parametrize(
    "words",
    [("ask", "what is love"), ("ask", "drugs-acting-on"), ("ask", "drugs", "acting"),
     ("ask", "drugs-acting-on", "--drug", "x"), ("ask", "drugs-acting-on", "--target"),
     ("nonsense",), ("ask", "coverage", "--format", "xml"), ("ask", "coverage", "--limit", "0"),
     ("sparql", "no-such-file.rq"), ("locate", "--source", "no-such-file", "x"),
     ("check", "no-such-folder")],
)  # fmt: skip
def test_wrong_words_are_a_usage_error(store_root: str, words: tuple[str, ...]) -> None:
    store = ("--store", store_root) if words[0] in {"ask", "sparql"} else ()
    done = run(*words, *store)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


REFUSED = [
    ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "read-only"),
    ("DROP ALL", "read-only"),
    ("DELETE WHERE { ?s ?p ?o }", "read-only"),
    ("LOAD <http://127.0.0.1/x>", "read-only"),
    ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * WHERE { ?s ?p ?o FILTER EXISTS { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } }",
     "SERVICE"),
    ("SELECT * WHERE { { SELECT * { sErViCe ?x { ?s ?p ?o } } } }", "SERVICE"),
    ("SELECT * WHERE { ?s ?p ?o FILTER (?p <?o) \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
     "SERVICE"),
    ("PREFIX x: <urn:x#> # SELECT\nWITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "read-only"),
    ("PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:z {?x ?p ?o} }", "SERVICE"),
    ("PREFIX n: <http://127.0.0.1:9/> SELECT * { SERVICEn:z {?x ?p ?o} }", "SERVICE"),
    ("SELECT * { SERVICESILENT <http://127.0.0.1:9/> {?x ?p ?o} }", "SERVICE"),
    ("SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/> {?x ?p ?o} }", "SERVICE"),
    ("SELECT * { ?s ?p 1e0SERVICE <http://127.0.0.1:9/> {?x ?p ?o} }", "SERVICE"),
    ("PREFIX : <urn:x> SELECT * { ?s ?p :.SERVICE<http://127.0.0.1:9/> {?x ?p ?o} }", "SERVICE"),
    ("ASK " + "{" * 3000 + "}" * 3000, "deeper than 200"),
    ("SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "deeper than 200"),
    ("SELECT * WHERE { ?s ?p }", "not SPARQL"),
    ("", "not SPARQL"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "reason"), REFUSED)
def test_a_query_that_would_write_or_reach_out_is_refused(
    store_root: str, query: str, reason: str
) -> None:
    done = run("sparql", "-", "--store", store_root, stdin=query)
    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_a_syntax_error_is_placed_in_the_query_as_typed(store_root: str) -> None:
    done = run("sparql", "SELECT * WHERE {\n ?s ?p }", "--store", store_root)
    assert done.returncode == 2
    assert "error at 2:" in done.stderr
    own = "PREFIX nkg: <urn:mine#> SELECT ?x { BIND (nkg:a AS ?x) }"
    assert "urn:mine#a" in run("sparql", own, "--format", "csv", "--store", store_root).stdout


def test_words_in_strings_and_comments_are_no_service(store_root: str) -> None:
    query = "SELECT ?x { VALUES ?x { 'SERVICE <urn:x> FROM INSERT' } } # SERVICE <urn:x> { }"
    done = run("sparql", query, "--format", "csv", "--store", store_root)
    assert done.stdout == "x\nSERVICE <urn:x> FROM INSERT\n"


@pytest.mark.parametrize(
    ("query", "form", "expected"),
    [
        ("ASK { entity:everolimus a nkg:Rapalog }", None, "true\n"),
        ("SELECT ?c { ?c a nkg:Complex } ORDER BY ?c", "json", '"vars"'),
        ("SELECT ?c { ?c a nkg:Complex } ORDER BY ?c", "xml", "<sparql"),
        ("CONSTRUCT { ?c a nkg:Complex } WHERE { ?c a nkg:Complex }", None, "entity/mtorc2"),
        ("DESCRIBE entity:mtorc2", "nt", "<https://w3id.org/netkg/entity/mtorc2>"),
        ("SELECT (COUNT(*) AS ?n) { GRAPH graph:inferred { ?s ?p ?o } }", None, "n\n"),
    ],
)
def test_sparql_answers_in_the_form_that_fits(
    store_root: str, query: str, form: str | None, expected: str
) -> None:
    done = run("sparql", query, *(("--format", form) if form else ()), "--store", store_root)
    assert done.returncode == 0, done.stderr
    assert expected in done.stdout


def test_from_picks_named_graphs_and_fetches_nothing(store_root: str) -> None:
    query = "ASK FROM <http://127.0.0.1:9/x> { ?s ?p ?o }"
    assert run("sparql", query, "--store", store_root).stdout == "false\n"
    query = "ASK FROM <https://w3id.org/netkg/graph/zanini2020> { ?c a nkg:DrugActionClaim }"
    assert run("sparql", query, "--store", store_root).stdout == "true\n"


def test_a_query_is_read_from_a_file(store_root: str, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("SELECT ?c { ?c a nkg:Complex } ORDER BY ?c", "utf-8")
    assert "mtorc1" in run("sparql", str(path), "--store", store_root).stdout


def test_an_entity_is_described_with_its_evidence(store_root: str) -> None:
    done = run("describe", "RAD001", "--store", store_root)
    assert done.stdout.startswith("everolimus\nhttps://w3id.org/netkg/entity/everolimus\n")
    assert "CHEBI:68478" in done.stdout
    assert "in drug class: " in done.stdout
    whole = json.loads(
        run("describe", "everolimus", "--format", "json", "--store", store_root).stdout
    )
    assert len(whole["evidence"]) > 20
    markdown = run("describe", "everolimus", "--format", "md", "--store", store_root).stdout
    assert markdown.startswith("# everolimus\n")


def test_a_store_that_is_a_file_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x", "utf-8")
    done = run("ask", "coverage", "--store", str(path))
    assert done.returncode == 3
    assert "is a file" in done.stderr


def test_a_build_shows_no_progress_in_a_pipe(tmp_path: Path) -> None:
    done = run("build", "--graphs", str(MINI / "graphs"), "--output", str(tmp_path / "s"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "8 claims about" in done.stderr
    assert "\r" not in done.stderr


def test_a_build_with_errors_lists_them_all_and_ends_with_1(
    mini_graphs: Path, tmp_path: Path
) -> None:
    table = mini_graphs / "paper2030/drug-actions.tsv"
    table.write_text(table.read_text("utf-8").replace("\tmtorc1\t", "\tmtorc9\t"), "utf-8")
    done = run("build", "--graphs", str(mini_graphs), "--output", str(tmp_path / "s"))
    assert done.returncode == 1
    assert done.stderr.count("'mtorc9' is no entity; did you mean") == 2
    assert [path.name for path in (tmp_path / "s").iterdir()] == ["lock"]


def test_check_shows_findings_and_ends_with_1(mini_graphs: Path) -> None:
    table = mini_graphs / "paper2030/regulation.tsv"
    table.write_text(table.read_text("utf-8").replace("\tS\t473\t", "\tS\tfour\t"), "utf-8")
    done = run("check", str(mini_graphs))
    assert done.returncode == 1
    assert (
        "error: graphs/paper2030/regulation.tsv:2 position: 'four' is no whole number"
        in done.stdout
    )
    assert run("check", str(MINI / "graphs")).returncode == 0


@pytest.mark.parametrize("narrowed", ["graphs/entities", "graphs/paper2030/composition.tsv"])
def test_a_narrowed_check_tells_of_errors_elsewhere(mini_graphs: Path, narrowed: str) -> None:
    table = mini_graphs / "paper2030/regulation.tsv"
    table.write_text(table.read_text("utf-8").replace("\tS\t473\t", "\tS\tfour\t"), "utf-8")
    done = run("check", str(mini_graphs), str(mini_graphs.parent / narrowed))
    assert (done.returncode, done.stdout) == (1, "")
    assert "1 errors elsewhere" in done.stderr


def test_a_check_of_a_file_nobody_reads_is_refused(mini_graphs: Path, tmp_path: Path) -> None:
    assert run("check", str(mini_graphs), str(tmp_path / "graphs/..")).returncode != 2
    assert run("check", str(mini_graphs), str(MINI / "texts")).returncode == 2


def test_a_parameter_given_twice_is_refused(store_root: str) -> None:
    words = ("--target", "mTORC1", "--store", store_root)
    assert run("ask", "drugs acting on mTORC2", *words).returncode == 2
    assert run("ask", "drugs-acting-on", "--target", "mTORC2", *words).returncode == 2


def test_several_first_asks_at_once_share_one_build(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "netkg", "ask", "coverage", "--format", "csv"]
    environment = {**os.environ, "NETKG_CACHE": str(tmp_path / "fresh")}
    asking = [
        subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = [child.communicate()[0] for child in asking]
    assert [child.returncode for child in asking] == [0, 0, 0]
    assert len(set(answers)) == 1
    assert answers[0].startswith("source,section")


def test_a_terminal_without_our_letters_gets_question_marks(store_root: str) -> None:
    done = run("ask", "coverage", "--store", store_root, PYTHONIOENCODING="latin-1")
    assert done.returncode == 0


def test_an_answer_that_cannot_be_written_is_a_failure(store_root: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    words = [sys.executable, "-m", "netkg", "ask", "coverage", "--store", store_root]
    for form in ("csv", "table"):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run(
                [*words, "--format", form],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == 3
        assert "Traceback" not in done.stderr


def test_quotes_verifies_locators(mini_graphs: Path) -> None:
    done = run("quotes", "--graphs", str(mini_graphs), "--sources", str(MINI / "texts"))
    assert (done.returncode, done.stderr) == (0, "9 locators verified, 0 errors\n")


def test_locate_gives_start_end_and_hash() -> None:
    source = str(MINI / "texts/paper2030.txt")
    done = run("locate", "--source", source, "Torfenib is a TORKi. TORKis bind the ATP site")
    start, end, digest = done.stdout.strip().split("\t")
    assert (start, end, len(digest)) == ("97", "142", 64)
    assert run("locate", "--source", source, stdin="absent words").returncode == 3


def test_a_cache_that_cannot_be_written_is_a_clear_failure(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x", "utf-8")
    done = run("ask", "coverage", NETKG_CACHE=str(path))
    assert done.returncode == 3
    assert "set NETKG_CACHE" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", ["ask", "build", "check", "describe", "locate", "quotes", "sparql"]
)
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"netkg {command}" in done.stdout


def test_completion_scripts_are_offered() -> None:
    done = run(_NETKG_COMPLETE="bash_source")
    assert "complete" in done.stdout


def test_a_closed_pipe_is_no_error(store_root: str) -> None:
    words = [
        sys.executable,
        "-m",
        "netkg",
        "ask",
        "coverage",
        "--format",
        "md",
        "--store",
        store_root,
    ]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    assert "Traceback" not in child.stderr.read()
    child.stderr.close()
    child.wait()
