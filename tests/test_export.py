"""Exports: the door they go through, and what other libraries read back from them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from netkg import KnowledgeGraph
from netkg.errors import BadParameterError, ExportError
from netkg.export.door import LISTING, write_file, write_folder
from netkg.export.formats import FORMATS, find_format

NAMES = [form.name for form in FORMATS]
SINGLE = [form.name for form in FORMATS if not form.is_folder]


@pytest.fixture(scope="module")
def mini(mini_root: str) -> KnowledgeGraph:
    return KnowledgeGraph.open(mini_root)


def netkg(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "netkg", *words], capture_output=True, check=False, **options
    )  # type: ignore[call-overload,no-any-return]


# --- the door ---


@pytest.mark.parametrize("words", [["export"], ["export", "--list"]])
def test_the_list_says_what_each_format_is_for(words: list[str]) -> None:
    done = netkg(*words)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert [line.split()[0] for line in lines] == NAMES
    for line, form in zip(lines, FORMATS, strict=True):
        assert form.file in line
        assert line.endswith(form.summary)
        assert len(form.summary) > 20


def test_an_unknown_format_is_a_usage_error_with_the_nearest() -> None:
    done = netkg("export", "ntt")
    assert done.returncode == 2
    assert done.stdout == b""
    assert "did you mean nt?" in done.stderr.decode()
    with pytest.raises(BadParameterError, match="there are"):
        find_format("gibberish")


def test_the_same_bytes_to_standard_output_and_to_a_file(mini_root: str, tmp_path: Path) -> None:
    target = tmp_path / "mini.nq"
    piped = netkg("export", "nq", "--store", mini_root)
    filed = netkg("export", "nq", "--store", mini_root, "--output", str(target))
    assert (piped.returncode, filed.returncode) == (0, 0)
    assert piped.stdout.count(b"\n") > 1000
    assert filed.stdout == b""
    assert f"{len(piped.stdout):,} bytes" in filed.stderr.decode()
    assert target.read_bytes() == piped.stdout
    assert os.listdir(tmp_path) == ["mini.nq"]


def test_a_folder_given_for_a_file_receives_the_usual_name(
    mini: KnowledgeGraph, tmp_path: Path
) -> None:
    mini.export("nt", str(tmp_path))
    assert os.listdir(tmp_path) == ["netkg.nt"]


@pytest.mark.parametrize("place", ["missing/netkg.nt", "fifo"])
def test_a_place_that_cannot_take_a_file_is_refused(
    mini: KnowledgeGraph, tmp_path: Path, place: str
) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(ExportError, match=place):
        mini.export("nt", str(tmp_path / place))
    assert os.listdir(tmp_path) == ["fifo"]


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk."""
    target = tmp_path / "netkg.nt"
    target.write_text("before")
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from netkg.errors import ExportError; from netkg.export.door import write_file, write_folder\n"
        "for write, content in (write_file, b'x' * 2000), (write_folder, {'a': b'', 'b/c': b'x' * 2000}):\n"
        "    try: write(sys.argv[1] + ('' if write is write_file else '.d'), content)\n"
        "    except ExportError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(target)], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("File too large; nothing there was changed") == 2
    assert target.read_text() == "before"
    assert os.listdir(tmp_path) == ["netkg.nt"]


def test_standard_output_that_is_full_is_a_failure(mini_root: str) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "netkg", "export", "nt", "--store", mini_root],
            stdout=full, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert done.returncode == 3
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_writer_killed_at_work_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "netkg.nt"
    write_file(str(target), b"before")
    script = (
        "import os, signal, sys; from netkg.export import door\n"
        "door.os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "door.write_file(sys.argv[1], b'after')\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(target)], check=False)
    assert done.returncode == -9
    assert target.read_bytes() == b"before"
    write_file(str(target), b"after")
    assert target.read_bytes() == b"after"


FILES = {"a.ttl": b"a", "sub/b.ttl": b"b"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_lists_its_files_and_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "bundle"
    write_folder(str(target), {**FILES, "gone.ttl": b"old"})
    write_folder(str(target), FILES)
    found = contents(target)
    listing = found.pop(LISTING).decode()
    assert found == FILES
    assert listing.splitlines() == [
        f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in FILES.items()
    ]
    assert os.listdir(tmp_path) == ["bundle"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_folder(str(tmp_path), FILES)
    assert {
        name: content for name, content in contents(tmp_path).items() if name != LISTING
    } == FILES


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda folder: (folder / LISTING).unlink(), "is no export of netkg's"),
        (lambda folder: (folder / "notes.txt").write_text("mine"), "has been changed"),
        (lambda folder: (folder / "a.ttl").write_text("edited"), "has been changed"),
        (lambda folder: (folder / "a.ttl").unlink(), "has been changed"),
    ],
    ids=["not ours", "a file of someone else's", "a file edited", "a file taken away"],
)
def test_a_folder_that_is_not_ours_or_was_changed_is_left_alone(
    tmp_path: Path, change: object, message: str
) -> None:
    target = tmp_path / "bundle"
    write_folder(str(target), FILES)
    assert callable(change)
    change(target)
    before = contents(target)
    with pytest.raises(ExportError, match=message):
        write_folder(str(target), {"new.ttl": b"new"})
    assert contents(target) == before
    assert os.listdir(tmp_path) == ["bundle"]


def test_a_swap_that_fails_puts_the_old_folder_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bundle"
    write_folder(str(target), FILES)
    before = contents(target)
    rename = os.rename

    def fail(source: str, destination: str) -> None:
        if ".writing-" in source:
            raise PermissionError(13, "Permission denied")
        rename(source, destination)

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(ExportError, match="Permission denied"):
        write_folder(str(target), {"new.ttl": b"new"})
    assert contents(target) == before
    assert os.listdir(tmp_path) == ["bundle"]


# --- every format ---


@pytest.mark.parametrize("name", SINGLE)
def test_a_single_file_has_its_usual_name(mini: KnowledgeGraph, name: str) -> None:
    files = mini.export(name)
    assert list(files) == [find_format(name).file]


@pytest.mark.parametrize("name", ["nq", "nt"])
def test_lines_are_sorted_and_end_with_a_line_feed(mini: KnowledgeGraph, name: str) -> None:
    (content,) = mini.export(name).values()
    lines = content.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert all(line.endswith(b" .\n") for line in lines)
