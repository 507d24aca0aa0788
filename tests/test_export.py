"""Exports: the door they go through, and what other libraries read back from them."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from difflib import unified_diff
from itertools import groupby, pairwise
from pathlib import Path
from unittest.mock import patch

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from netkg import KnowledgeGraph
from netkg.cli.main import cli
from netkg.errors import BadParameterError, ExportError, StoreError
from netkg.export.context import read_context
from netkg.export.description import totals
from netkg.export.door import LISTING, export, write_file, write_folder
from netkg.export.formats import FORMATS, Format, find_format
from netkg.export.jsonld import as_jsonld
from netkg.export.rdfxml import as_rdfxml
from netkg.export.turtle import as_trig, as_turtle
from netkg.ontology import read_ontology
from netkg.paths import data_folder
from netkg.store.dataset import canonical_nquads
from netkg.store.embedded import EmbeddedStore
from netkg.store.layout import find_store, read_manifest
from netkg.vocab import BASE, DATASET_IRI, DESCRIPTION_PREFIXES, NKG, PREFIXES, graph_iri

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # it warns of each odd number below
MINI = Path(__file__).parent / "mini"
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


@pytest.fixture
def bundle(monkeypatch: pytest.MonkeyPatch) -> Format:
    """Add a format of several files."""
    form = Format("bundle", "netkg-bundle/", "two files", lambda _store: FILES)
    monkeypatch.setattr("netkg.export.formats.FORMATS", (*FORMATS, form))
    return form


@pytest.mark.usefixtures("bundle")
def test_a_format_of_several_files_needs_a_folder(mini_root: str, tmp_path: Path) -> None:
    words = ["export", "bundle", "--store", mini_root]
    done = CliRunner().invoke(cli, words)
    assert isinstance(done.exception, BadParameterError)
    assert "--output FOLDER" in str(done.exception)
    done = CliRunner().invoke(cli, [*words, "--output", str(tmp_path / "new")])
    assert done.exit_code == 0
    assert f"wrote 2 files, 2 bytes, to {tmp_path / 'new'}" in done.stderr
    assert contents(tmp_path / "new").keys() == {*FILES, LISTING}


@pytest.mark.usefixtures("bundle")
def test_a_folder_is_judged_before_the_work_begins(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match="is no export of netkg's"):
        export(EmbeddedStore.in_memory(), "bundle", str(tmp_path))
    with pytest.raises(ExportError, match="is a file"):
        export(EmbeddedStore.in_memory(), "bundle", str(tmp_path / "notes.txt"))


def test_a_reader_that_has_gone_is_no_error(mini_root: str) -> None:
    command = f"{sys.executable} -m netkg export nt --store {mini_root} | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


# --- stores of all kinds ---


@pytest.fixture(scope="module")
def loaded(
    mini: KnowledgeGraph,
    native_server: Callable[..., str],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """Load the dump into the native Oxigraph server, as docs/export.md says."""
    folder = tmp_path_factory.mktemp("server")
    mini.export("nq", str(folder / "netkg.nq"))
    place = ["--location", str(folder / "db")]
    program = str(Path(sys.executable).parent / "oxigraph")
    subprocess.run(
        [program, "load", *place, "--file", str(folder / "netkg.nq")],
        check=True,
        capture_output=True,
    )
    return native_server("serve-read-only", *place, "--union-default-graph") + "/query"


def test_a_server_loaded_with_the_dump_answers(loaded: str, mini: KnowledgeGraph) -> None:
    question = "what is mTORC2 made of"
    there = [row["componentLabel"] for row in KnowledgeGraph.open(loaded).ask(question)]
    assert there == [row["componentLabel"] for row in mini.ask(question)]
    assert there


@pytest.mark.parametrize("name", ["nq", "turtle", "jsonld"])
def test_a_server_gives_the_same_bytes(loaded: str, mini: KnowledgeGraph, name: str) -> None:
    assert KnowledgeGraph.open(loaded).export(name) == mini.export(name)


def test_a_server_is_described_with_the_same_counts(loaded: str, mini: KnowledgeGraph) -> None:
    there, here = described(KnowledgeGraph.open(loaded)), described(mini)
    assert len(there) > 500
    assert (THE_DATASET, PROV.wasGeneratedBy, None) in here
    assert (THE_DATASET, PROV.wasGeneratedBy, None) not in there
    for count in (VOID.triples, VOID.entities, VOID.distinctObjects):
        assert sorted(there.objects(None, count)) == sorted(here.objects(None, count))


class Capped:
    """A store that hands out no more than ten triples of a graph."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.select = store.select
        self.ask = store.ask
        self.manifest = store.manifest
        self._store = store

    def answer(self, sparql: str, form: str) -> bytes:
        return b"".join(self._store.answer(sparql, form).splitlines(keepends=True)[:10])


def test_an_answer_that_was_cut_is_refused(mini_root: str) -> None:
    with pytest.raises(StoreError, match="gave 10 of the"):
        KnowledgeGraph(Capped(EmbeddedStore.open(find_store(mini_root)))).export("nq")


@pytest.mark.parametrize("name", ["nq", "void"])
def test_a_store_that_is_not_netkgs_is_refused(name: str) -> None:
    with pytest.raises(StoreError, match=r"holds no named graph|says nothing of"):
        KnowledgeGraph(EmbeddedStore.in_memory()).export(name)


def test_a_default_graph_that_is_no_union_is_not_counted(mini_root: str) -> None:
    (dataset,) = KnowledgeGraph.open(mini_root).export("nq").values()
    store = EmbeddedStore.in_memory()
    for graph, lines in groupby(sorted(dataset.splitlines(), key=graph_of), key=graph_of):
        ntriples = b"".join(line.replace(b" <" + graph + b"> .", b" .") + b"\n" for line in lines)
        store.load(ntriples, graph.decode())
    assert list(KnowledgeGraph(store).export("nq").values()) == [dataset]
    with pytest.raises(StoreError, match="is not the union"):
        totals(store)


def graph_of(line: bytes) -> bytes:
    return line.rpartition(b"<")[2].removesuffix(b"> .")


# --- every format, read back by another library ---

LOADING = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nt": RdfFormat.N_TRIPLES,
           "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}  # fmt: skip
RDFLIB = {"turtle": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld",
          "rdfxml": "xml"}  # fmt: skip
DATASETS = {"trig", "nq", "jsonld"}
Quads = bytes


def canonical(dataset: Dataset) -> Quads:
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return b"".join(sorted(serialize(dataset, format=RdfFormat.N_QUADS).splitlines(keepends=True)))


def by_pyoxigraph(name: str, content: bytes) -> Quads:
    return canonical(Dataset(parse(content, LOADING[name])))


def by_rdflib(name: str, content: bytes) -> Quads:
    """Read with rdflib, write with rdflib, and only then compare."""
    if name in DATASETS:
        dataset = rdflib.Dataset()
        dataset.parse(data=content, format=RDFLIB[name])
        return by_pyoxigraph("nq", dataset.serialize(format="nquads", encoding="utf-8"))
    graph = rdflib.Graph(store="SimpleMemory")
    graph.parse(data=content, format=RDFLIB[name])
    return by_pyoxigraph("nt", graph.serialize(format="nt", encoding="utf-8"))


def as_written(name: str, canonical: Quads) -> bytes:
    """Write canonical lines in a format."""
    match name:
        case "nt" | "nq":
            return canonical
        case "turtle":
            return as_turtle(canonical)
        case "trig":
            return as_trig(canonical)
        case "jsonld":
            return as_jsonld(canonical, read_context())
        case _:
            return as_rdfxml(canonical)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def whole(graph: KnowledgeGraph) -> dict[bool, Quads]:
    """Give the real graph in canonical form: the dataset (True), and all of it merged (False)."""
    (dataset,) = graph.export("nq").values()
    (triples,) = graph.export("nt").values()
    return {True: dataset, False: triples}


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    ("name", "read"),
    [("nt", by_rdflib), ("nq", by_rdflib), ("turtle", by_rdflib), ("turtle", by_pyoxigraph),
     ("trig", by_pyoxigraph), ("jsonld", by_rdflib), ("jsonld", by_pyoxigraph), ("rdfxml", by_rdflib),
     ("rdfxml", by_pyoxigraph)],
)  # fmt: skip
def test_the_whole_graph_comes_back_from_another_library(
    whole: dict[bool, Quads], name: str, read: Callable[[str, bytes], Quads]
) -> None:
    """pyoxigraph wrote nt and nq, so rdflib judges them; the other files are our own writing."""
    canonical = whole[name in DATASETS]
    returned = read(name, as_written(name, canonical))
    assert len(returned) > 20_000_000
    assert hashlib.sha256(returned).hexdigest() == hashlib.sha256(canonical).hexdigest()


def test_the_dataset_is_the_store_and_the_merged_graph_its_default_graph(
    store_root: str, whole: dict[bool, Quads]
) -> None:
    store = Store.read_only(find_store(store_root))
    named = Dataset(quad for quad in store if quad.graph_name != DefaultGraph())
    assert canonical(named) == whole[True]
    names = NamedNode(graph_iri("names"))
    index = {
        (q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, names)
    }
    default = Dataset(
        quad
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph())
        if (quad.subject, quad.predicate, quad.object) not in index
    )
    assert len(index) > 4000
    assert canonical(default) == whole[False]


@pytest.mark.parametrize("name", SINGLE)
def test_two_stores_of_the_same_tables_give_the_same_bytes(
    mini: KnowledgeGraph, tmp_path: Path, name: str
) -> None:
    other = str(tmp_path / "store")
    KnowledgeGraph.build_at([str(MINI / "graphs")], output=other)
    files = mini.export(name)
    assert list(files) == [find_format(name).file]
    if name in LOADING:
        (canonical,) = mini.export("nq" if name in DATASETS else "nt").values()
        assert files == {find_format(name).file: as_written(name, canonical)}
    assert files == KnowledgeGraph.open(other).export(name)


@pytest.mark.parametrize("name", ["nq", "nt"])
def test_lines_are_canonical(mini: KnowledgeGraph, name: str) -> None:
    (content,) = mini.export(name).values()
    lines = content.splitlines(keepends=True)
    assert len(lines) > 1000
    assert lines == sorted(set(lines))
    assert content == by_pyoxigraph(name, content)


# --- odd data ---

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ODD = st.sampled_from(["", "\n", '"', '""" \n', "\\", "\\n\n", "\r\n", "\t", "'", 'a\n"', "ends with \\",
                       "_:b0", "<x>", "é", "\U0001f600", "\u2028", "\x7f", "\x85", "  padded \n  "])  # fmt: skip
LANGUAGES = st.sampled_from(["en", "de", "zh-hant"])
XSD = "http://www.w3.org/2001/XMLSchema#"
EXAMPLE = "http://example.org/"
NUMBERS = st.sampled_from(
    [("integer", "5"), ("integer", "007"), ("integer", "+5"), ("integer", "-0"), ("integer", "five"),
     ("integer", "123456789012345678901234567890"), ("decimal", "11.40"), ("decimal", "5"),
     ("decimal", ".5"), ("decimal", "5."), ("decimal", "1.0e3"), ("boolean", "true"),
     ("boolean", "1"), ("boolean", "True"), ("double", "1.5"), ("double", "1E0"), ("double", "NaN"),
     ("date", "2013-02-30"), ("hexBinary", "0fB7")]
)  # fmt: skip
LITERALS = st.one_of(
    (TEXT | ODD).map(Literal),
    st.tuples(TEXT | ODD, LANGUAGES).map(lambda pair: Literal(pair[0], language=pair[1])),
    NUMBERS.map(lambda pair: Literal(pair[1], datatype=NamedNode(XSD + pair[0]))),
    st.just(Literal("x", datatype=NamedNode(EXAMPLE + "own"))),
)
LOCALS = [
    "a",
    "a.",
    "a.b",
    "-a",
    "a/b",
    "a%20b",
    "é",
    "",
    "a?b=c&d",
    "1",
    "a'b",
    "a(b)",
    "~",
]
IRIS = st.sampled_from(
    [
        NamedNode(start + local)
        for start in (EXAMPLE, NKG, BASE + "claim/", BASE)
        for local in LOCALS
    ]
    + [NamedNode(iri) for iri in ("urn:x:y", "mailto:a@b", "tag:a,b:c", "https://[::1]/x")]
)
BLANKS = st.integers(0, 5).map(lambda number: BlankNode(f"b{number}"))
PREDICATES = st.sampled_from(
    [NamedNode(iri) for iri in (
        NKG + "statement", NKG + "subject", NKG + "start", NKG + "ciLow", NKG + "notReached", NKG + "source",
        NKG + "unheardOf", PREFIXES["rdf"] + "type", PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest",
        PREFIXES["rdfs"] + "label", EXAMPLE + "p", EXAMPLE + "é")]
)  # fmt: skip
NIL = st.just(NamedNode(PREFIXES["rdf"] + "nil"))
TRIPLES = st.lists(
    st.builds(Triple, IRIS | BLANKS, PREDICATES, IRIS | BLANKS | LITERALS | NIL), max_size=9
)
GRAPHS = st.dictionaries(st.sampled_from(["", graph_iri("a"), EXAMPLE + "g"]), TRIPLES)
Graphs = dict[str, list[Triple]]


def written(name: str, graphs: Graphs) -> tuple[bytes, Quads]:
    """Write graphs in a format; give what was written and what it should say."""
    merged = name not in DATASETS
    canonical = canonical_nquads(
        ("" if merged else graph, serialize(triples, format=RdfFormat.N_TRIPLES))
        for graph, triples in graphs.items()
    )
    return as_written(name, canonical), canonical


@pytest.mark.parametrize("name", ["turtle", "trig", "jsonld", "rdfxml"])
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs=GRAPHS)
def test_odd_data_come_back(name: str, graphs: Graphs) -> None:
    try:
        content, expected = written(name, graphs)
    except ExportError:
        assert name == "rdfxml"
        texts = [
            getattr(triple.object, "value", "") for triples in graphs.values() for triple in triples
        ]
        assert any(ord(letter) < 32 or letter in "\ufffe\uffff" for letter in "".join(texts))
        return
    assert by_pyoxigraph(name, content) == expected


@pytest.mark.parametrize("name", ["turtle", "trig", "jsonld", "rdfxml"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs=GRAPHS)
def test_odd_data_come_back_from_rdflib(name: str, graphs: Graphs) -> None:
    try:
        content, expected = written(name, graphs)
    except ExportError:
        assume(False)  # noqa: FBT003 - hypothesis' own signature
    with patch.object(rdflib, "NORMALIZE_LITERALS", new=False):
        assert by_rdflib(name, content) == expected


@pytest.mark.parametrize("name", LOADING)
def test_rdflib_rewrites_unusual_numbers_unless_told_not_to(name: str) -> None:
    """Its habit, not our file: the same in every format, and the real graph has no such number."""
    one = b'<http://example.org/s> <%sn> "007"^^<%sinteger> .\n' % (NKG.encode(), XSD.encode())
    content = (
        one if name in {"nt", "nq"} else written(name, {"": list(parse(one, RdfFormat.N_QUADS))})[0]
    )
    assert b"7" in by_rdflib(name, content)
    assert b"007" not in by_rdflib(name, content)
    with patch.object(rdflib, "NORMALIZE_LITERALS", new=False):
        assert by_rdflib(name, content) == one


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [
        ("p", "\x01", "control character"),
        ("1", "x", "no way to write"),
        ("", "x", "no way to write"),
    ],
)
def test_rdfxml_refuses_what_xml_cannot_hold(predicate: str, value: str, message: str) -> None:
    triple = Triple(NamedNode(EXAMPLE), NamedNode(EXAMPLE + predicate), Literal(value))
    with pytest.raises(ExportError, match=message):
        written("rdfxml", {"": [triple]})


def test_jsonld_refuses_an_iri_that_reads_as_a_prefixed_name() -> None:
    triple = Triple(NamedNode("entity:mtor"), NamedNode(EXAMPLE + "p"), Literal("x"))
    with pytest.raises(ExportError, match="entity:mtor"):
        written("jsonld", {"": [triple]})


def test_deep_and_circular_blank_nodes_come_back() -> None:
    """A thousand nodes inside each other, a circle, a long list, and a list that does not end.

    Each node says its number, for to tell like nodes apart is what canonicalization is slow at.
    """
    about, number, first, rest, nil = (NamedNode(iri) for iri in (
        NKG + "about", NKG + "start", *(PREFIXES["rdf"] + name for name in ("first", "rest", "nil"))))  # fmt: skip
    nodes = [BlankNode(f"n{n}") for n in range(3000)]
    deep, circle, cells, endless = nodes[:1000], nodes[1000:1003], nodes[1003:2000], nodes[2000:]
    triples = [Triple(one, about, other) for one, other in pairwise([*deep, cells[0]])]
    triples += [Triple(one, about, other) for one, other in pairwise([*circle, circle[0]])]
    triples += [Triple(one, rest, other) for one, other in pairwise([*cells, nil])]
    triples += [Triple(one, rest, other) for one, other in pairwise(endless)]
    triples += [Triple(node, number, Literal(n)) for n, node in enumerate(deep + circle)]
    triples += [Triple(node, first, Literal(n)) for n, node in enumerate(cells + endless)]
    for name in ("turtle", "trig"):
        content, expected = written(name, {"": triples})
        assert by_pyoxigraph(name, content) == expected
        assert content.count(b"(\n") == 1


# --- what makes a file pleasant to read and to compare ---


def test_a_changed_triple_changes_its_line_alone(mini: KnowledgeGraph) -> None:
    """Also where it is said of a blank node, whose canonical label would move others'."""
    (triples,) = mini.export("nt").values()
    before = as_turtle(triples).decode().splitlines()
    graph = rdflib.Graph().parse(data=triples, format="nt")
    (restriction,) = graph.subjects(rdflib.OWL.hasValue, rdflib.URIRef(NKG + "atpSite"))
    graph.add((restriction, rdflib.RDFS.comment, rdflib.Literal("new")))
    added = canonical_nquads([("", graph.serialize(format="nt", encoding="utf-8"))])
    relabelled = set(added.splitlines()) - set(triples.splitlines())
    after = as_turtle(added).decode().splitlines()
    assert len(relabelled) > 20
    changed = [line.strip() for line in unified_diff(before, after, n=0, lineterm="")]
    kept = [line for line in changed if line[0] in "+-" and line.strip("+- ")]
    assert [line.split() for line in kept] == [["+", "rdfs:comment", '"new"', ";"]]


def test_turtle_is_in_the_order_a_person_reads(mini: KnowledgeGraph) -> None:
    (content,) = mini.export("turtle").values()
    lines = content.decode().splitlines()
    places = [lines.index(line) for line in (
        f"<{BASE}ontology>", "nkg:Claim", "entity:mtorc2",
        next(line for line in lines if line.startswith(f"<{BASE}proposition/")),
        next(line for line in lines if line.startswith(f"<{BASE}claim/")))]  # fmt: skip
    assert places == sorted(places)
    entity = lines[places[2] : lines.index(".", places[2])]
    assert entity[1].startswith("    a nkg:")
    kinds = [line.split()[0] for line in entity[1:]]
    assert kinds.index("rdfs:label") == kinds.count("a")


def test_the_context_inside_jsonld_is_the_one_that_is_shipped(mini: KnowledgeGraph) -> None:
    (content,) = mini.export("jsonld").values()
    document = json.loads(content)
    shipped = json.loads(Path(data_folder(), "ontology", "context.jsonld").read_text("utf-8"))
    assert document["@context"] == shipped["@context"]
    assert all(isinstance(entry, str | dict) for entry in document["@context"].values())
    entities = next(graph for graph in document["@graph"] if graph["id"] == "graph:entities")
    (node,) = (node for node in entities["@graph"] if node["id"] == "entity:mtorc2")
    assert node["label"] == "mTORC2"
    assert "Complex" in node["type"]


# --- the description of the dataset ---

VOID, DCAT, DCTERMS, PROV = rdflib.VOID, rdflib.DCAT, rdflib.DCTERMS, rdflib.PROV
SPDX = rdflib.Namespace(DESCRIPTION_PREFIXES["spdx"])
THE_DATASET = rdflib.URIRef(DATASET_IRI)
DCAT_VERSION = rdflib.URIRef(DESCRIPTION_PREFIXES["dcat"] + "version")  # newer than rdflib's DCAT


def described(graph: KnowledgeGraph) -> rdflib.Graph:
    (content,) = graph.export("void").values()
    return rdflib.Graph().parse(data=content, format="turtle")


@pytest.fixture(scope="module")
def void(graph: KnowledgeGraph) -> rdflib.Graph:
    return described(graph)


@pytest.fixture(scope="module")
def counted(whole: dict[bool, Quads]) -> set[tuple[str, str, str]]:
    """Give the distinct triples of the dataset, read without SPARQL."""
    quads = Dataset(parse(whole[True], RdfFormat.N_QUADS))
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


def number(void: rdflib.Graph, node: rdflib.term.Node, count: str) -> int:
    (value,) = void.objects(node, VOID[count])
    return int(str(value))


TYPE = f"<{PREFIXES['rdf']}type>"


def test_the_totals_are_right(void: rdflib.Graph, counted: set[tuple[str, str, str]]) -> None:
    kinds = {o for _, p, o in counted if p == TYPE and o[0] == "<"}
    expected = {
        "triples": len(counted),
        "distinctSubjects": len({s for s, _, _ in counted}),
        "distinctObjects": len({o for _, _, o in counted}),
        "properties": len({p for _, p, _ in counted}),
        "classes": len(kinds),
        "entities": len({s for s, p, _ in counted if p == TYPE and s[0] == "<"}),
    }
    assert expected["triples"] > 100_000
    assert {name: number(void, THE_DATASET, name) for name in expected} == expected


def test_the_partitions_are_right(void: rdflib.Graph, counted: set[tuple[str, str, str]]) -> None:
    instances: dict[str, set[str]] = {}
    uses: dict[str, list[tuple[str, str]]] = {}
    for s, p, o in counted:
        uses.setdefault(p, []).append((s, o))
        if p == TYPE and o[0] == "<":
            instances.setdefault(o, set()).add(s)
    classes = {
        void.value(node, VOID["class"]).n3(): number(void, node, "entities")
        for node in void.objects(THE_DATASET, VOID.classPartition)
    }
    assert classes == {name: len(nodes) for name, nodes in instances.items()}
    properties = {
        void.value(node, VOID.property).n3(): tuple(
            number(void, node, name) for name in ("triples", "distinctSubjects", "distinctObjects")
        )
        for node in void.objects(THE_DATASET, VOID.propertyPartition)
    }
    assert properties == {
        name: (len(pairs), len({s for s, _ in pairs}), len({o for _, o in pairs}))
        for name, pairs in uses.items()
    }


def test_the_named_graphs_are_its_parts(void: rdflib.Graph, whole: dict[bool, Quads]) -> None:
    lines = [line.split(" ")[-2] for line in whole[True].decode().splitlines()]
    parts = {
        part.n3(): number(void, part, "triples") for part in void.objects(THE_DATASET, VOID.subset)
    }
    assert parts == {graph: lines.count(graph) for graph in set(lines)}
    source = rdflib.URIRef(graph_iri("zanini2020"))
    assert (source, DCTERMS.source, rdflib.URIRef(BASE + "source/zanini2020")) in void


def test_the_description_says_who_of_what_and_with_what(
    void: rdflib.Graph, store_root: str
) -> None:
    manifest = read_manifest(find_store(store_root))
    ontology = read_ontology(f"{data_folder()}/ontology")
    header = rdflib.URIRef(BASE + "ontology")
    assert header != THE_DATASET
    assert set(void.objects(THE_DATASET, DCTERMS.license)) == set(
        ontology.objects(header, DCTERMS.license)
    )
    (maker,) = void.objects(THE_DATASET, DCTERMS.publisher)
    assert set(void.objects(maker, rdflib.FOAF.name)) == set(
        ontology.objects(header, DCTERMS.creator)
    )
    assert set(void.objects(THE_DATASET, DCAT_VERSION)) == set(
        ontology.objects(header, rdflib.OWL.versionInfo)
    )
    sources = {str(iri) for iri in void.objects(THE_DATASET, DCTERMS.source)}
    assert sources == {BASE + "source/zanini2020", BASE + "source/yao2013",
                       "https://doi.org/10.3389/fendo.2020.562505"}  # fmt: skip
    (used,) = void.objects(
        THE_DATASET, PROV.wasGeneratedBy / PROV.used / SPDX.checksum / SPDX.checksumValue
    )
    assert str(used) == manifest["inputs_sha256"]
    (version,) = void.objects(
        THE_DATASET, PROV.wasGeneratedBy / PROV.wasAssociatedWith / rdflib.OWL.versionInfo
    )
    assert str(version) == manifest["netkg"]
    assert len(set(void.objects(THE_DATASET, VOID.exampleResource))) == 3
    spaces = {str(iri) for iri in void.objects(THE_DATASET, VOID.vocabulary)}
    assert {NKG, PREFIXES["skos"], PREFIXES["prov"]} <= spaces


def test_the_hash_of_the_dataset_is_that_of_its_canonical_form(
    void: rdflib.Graph, whole: dict[bool, Quads]
) -> None:
    (digest,) = void.objects(THE_DATASET, SPDX.checksum / SPDX.checksumValue)
    assert str(digest) == hashlib.sha256(whole[True]).hexdigest()


def test_every_file_has_its_checksum_and_size(mini: KnowledgeGraph) -> None:
    void = described(mini)
    found = {}
    for node in void.objects(THE_DATASET, DCAT.distribution):
        (digest,) = void.objects(node, SPDX.checksum / SPDX.checksumValue)
        found[str(void.value(node, DCTERMS.title))] = (
            str(digest),
            int(str(void.value(node, DCAT.byteSize))),
        )
    files = {name: content for form in LOADING for name, content in mini.export(form).items()}
    assert len(files) == 6
    assert found == {
        name: (hashlib.sha256(content).hexdigest(), len(content)) for name, content in files.items()
    }


def test_no_term_of_the_description_is_misspelt(void: rdflib.Graph) -> None:
    known = {
        DESCRIPTION_PREFIXES["spdx"]: {"Checksum", "checksum", "algorithm", "checksumValue",
                                       "checksumAlgorithm_sha256"},
        DESCRIPTION_PREFIXES["sd"]: {"NamedGraph", "name"},
        DESCRIPTION_PREFIXES["dcat"]: {"Dataset", "Distribution", "distribution", "mediaType", "byteSize",
                                       "version"},
    }  # fmt: skip
    closed = {
        str(space): space for space in (VOID, DCTERMS, PROV, rdflib.FOAF, rdflib.OWL, rdflib.RDFS)
    }
    terms = set(void.predicates()) | set(void.objects(None, rdflib.RDF.type))
    assert len(terms) > 30
    for term in map(str, terms - {rdflib.RDF.type}):
        space = term[: max(term.rfind("#"), term.rfind("/")) + 1]
        local = term[len(space) :]
        assert local in known[space] if space in known else term in closed[space], term


def test_a_store_without_a_manifest_is_described_all_the_same(mini_root: str) -> None:
    store = EmbeddedStore.open(find_store(mini_root))
    assert read_manifest("/nowhere/quads") == {}
    store.manifest = dict  # type: ignore[method-assign,assignment]
    (content,) = find_format("void").write(store).values()
    assert b"prov:wasDerivedFrom" in content
    assert b"prov:wasGeneratedBy" not in content
