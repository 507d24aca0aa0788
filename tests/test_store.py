"""A store is swapped in whole or not at all, whatever happens while it is built."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from netkg import KnowledgeGraph
from netkg.errors import CurationError, QuerySyntaxError, StoreError
from netkg.store.embedded import EmbeddedStore
from netkg.store.layout import find_store, read_current, replace_store
from netkg.store.opening import open_store

QUESTION = "drugs acting on mTORC1"
MINI = Path(__file__).parent / "mini" / "graphs"


def drugs(root: str) -> set[str]:
    return {row["drugLabel"] for row in KnowledgeGraph.open(root).ask(QUESTION)}


def test_a_new_store_takes_the_old_ones_place(mini_graphs: Path, tmp_path: Path) -> None:
    root = str(tmp_path / "store")
    first, _ = KnowledgeGraph.build_at([str(mini_graphs)], output=root)
    table = mini_graphs / "entities/drugs.tsv"
    table.write_text(table.read_text("utf-8").replace("\tzorolimus\t", "\tzorolimus-x\t"), "utf-8")
    second, _ = KnowledgeGraph.build_at([str(mini_graphs)], output=root)
    assert first != second
    assert drugs(root) == {"zorolimus-x", "TORKi", "torfenib"}


def test_a_build_with_errors_leaves_the_old_store(mini_graphs: Path, tmp_path: Path) -> None:
    root = str(tmp_path / "store")
    KnowledgeGraph.build_at([str(mini_graphs)], output=root)
    table = mini_graphs / "paper2030/drug-actions.tsv"
    table.write_text(table.read_text("utf-8").replace("mtorc1", "mtorc9"), "utf-8")
    with pytest.raises(CurationError, match="nothing was built"):
        KnowledgeGraph.build_at([str(mini_graphs)], output=root)
    assert "zorolimus" in drugs(root)


def test_a_build_that_fails_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    root = str(tmp_path / "store")
    KnowledgeGraph.build_at([str(MINI)], output=root)

    def fail(folder: str) -> None:
        (Path(folder) / "half").write_text("written", "utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="No space left"):
        replace_store(root, name="x", signature="y", build=fail)
    assert not [name for name in os.listdir(root) if name.startswith("building-")]
    assert "zorolimus" in drugs(root)


def test_a_killed_build_leaves_the_old_store_and_its_rubbish_is_swept(tmp_path: Path) -> None:
    root = str(tmp_path / "store")
    KnowledgeGraph.build_at([str(MINI)], output=root)
    code = (
        "import sys, time\nfrom netkg.store.layout import replace_store\n"
        "def hang(folder):\n    open(folder + '/half', 'w').close(); print('ready', flush=True)\n"
        "    time.sleep(60)\n"
        f"replace_store({root!r}, name='x', signature='y', build=hang)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert "zorolimus" in drugs(root)
    assert [name for name in os.listdir(root) if name.startswith("building-")]
    KnowledgeGraph.build_at([str(MINI)], output=root)
    assert not [name for name in os.listdir(root) if name.startswith("building-")]
    assert "zorolimus" in drugs(root)


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    root = str(tmp_path / "store")

    def build_again(_folder: str) -> None:
        replace_store(root, name="b", signature="y", build=lambda _: None)

    with pytest.raises(StoreError, match="another build is at work"):
        replace_store(root, name="a", signature="y", build=build_again)


def test_a_store_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x", "utf-8")
    with pytest.raises(StoreError, match="is a file"):
        open_store(str(path))
    with pytest.raises(StoreError, match="is a file"):
        KnowledgeGraph.build_at([str(MINI)], output=str(path))


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no store"):
        open_store(str(tmp_path))


def test_a_broken_pointer_means_no_store(tmp_path: Path) -> None:
    (tmp_path / "current.txt").write_text("", "utf-8")
    assert read_current(str(tmp_path)) is None


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        # Root may write anywhere, so the folder is one that no one can make.
        place = "/proc/netkg"
    else:
        tmp_path.chmod(0o500)
        place = str(tmp_path / "store")
    with pytest.raises(StoreError, match="set NETKG_CACHE or give --output"):
        KnowledgeGraph.build_at([str(MINI)], output=place)


def test_a_corrupt_store_is_a_clear_failure(tmp_path: Path) -> None:
    root = str(tmp_path / "store")
    quads = Path(KnowledgeGraph.build_at([str(MINI)], output=root)[0])
    for path in quads.glob("MANIFEST*"):
        path.write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="no readable store"):
        open_store(root)


def test_a_pointer_that_leads_out_of_its_root_is_not_followed(
    mini_root: str, tmp_path: Path
) -> None:
    current = read_current(mini_root)
    assert current is not None
    store = Path(current.path).parent
    (tmp_path / "current.txt").write_text(f"../{store.parent.name}/{store.name}\nx\n", "utf-8")
    assert read_current(str(tmp_path)) is None


def test_a_denial_of_a_drug_contests_what_is_said_of_its_class(mini_graphs: Path) -> None:
    table = mini_graphs / "paper2030/drug-actions.tsv"
    text = table.read_text("utf-8")
    denied = "zorolimus-does-not-inhibit-mtorc2"
    row = next(line for line in text.split("\n") if line.startswith(denied))
    new = row.replace(denied, "torfenib-does-not-inhibit-mtorc1", 1).replace(
        "zorolimus", "torfenib", 1
    )
    header, *rows = text.strip().split("\n")
    new = new.replace("Zorolimus", "Torfenib").replace("mTORC2", "mTORC1")
    rows.append(new.replace("\tmtorc2\t", "\tmtorc1\t"))
    table.write_text("\n".join([header, *sorted(rows)]) + "\n", "utf-8")
    graph = KnowledgeGraph.build([str(mini_graphs)], output=str(mini_graphs.parent / "store"))
    rows_now = {row["drugLabel"]: row["status"] for row in graph.ask(QUESTION)}
    assert rows_now == {"zorolimus": "supported", "TORKi": "supported", "torfenib": "contested"}


def test_an_oxigraph_store_itself_can_be_opened(mini_root: str) -> None:
    quads = find_store(mini_root)
    assert open_store(quads).ask("ASK { ?s ?p ?o }")


def test_a_store_is_never_written_when_it_is_asked(mini_root: str) -> None:
    quads = Path(find_store(mini_root))
    before = {path.name: path.stat().st_mtime_ns for path in quads.iterdir()}
    time.sleep(0.01)
    drugs(mini_root)
    assert {path.name: path.stat().st_mtime_ns for path in quads.iterdir()} == before
    with pytest.raises(StoreError):
        EmbeddedStore.open(str(quads)).update("INSERT DATA { <urn:a> <urn:b> <urn:c> }")


@pytest.mark.parametrize(
    ("sparql", "form"), [("SELECT * { ?s ?p ?o } LIMIT 1", "turtle"),
                         ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "csv")],
)  # fmt: skip
def test_a_form_that_does_not_fit_the_query_is_refused(
    mini_root: str, sparql: str, form: str
) -> None:
    with pytest.raises(QuerySyntaxError, match="cannot be written as"):
        open_store(mini_root).answer(sparql, form)


def test_two_builds_hold_the_same_facts(tmp_path: Path) -> None:
    dumps = []
    for name in ("a", "b"):
        root = str(tmp_path / name)
        KnowledgeGraph.build_at([str(MINI)], output=root)
        rows = open_store(root).select(
            "SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } "
            "FILTER (!isBlank(?s) && !isBlank(?o)) } ORDER BY ?g ?s ?p ?o"
        )
        dumps.append([tuple(row.values()) for row in rows])
    assert dumps[0] == dumps[1]
    assert len(dumps[0]) > 5000
