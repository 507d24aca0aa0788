"""The same questions against a SPARQL server, and servers that misbehave."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from netkg import KnowledgeGraph
from netkg.errors import QueryTimeoutError, StoreError
from netkg.reason.compiler import compile_axioms
from netkg.reason.fixpoint import run_rules
from netkg.reason.rules import INFERRED_GRAPH
from netkg.reason.tbox import read_tbox
from netkg.store.embedded import EmbeddedStore
from netkg.store.layout import find_store
from netkg.store.opening import open_store
from netkg.store.remote import RemoteStore


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def endpoint(store_root: str, native_server: Callable[..., str]) -> str:
    """Serve the real store with the native Oxigraph server."""
    return native_server("serve-read-only", "--location", find_store(store_root)) + "/query"


def test_a_server_explains_as_the_embedded_store_does(endpoint: str, graph: KnowledgeGraph) -> None:
    there = KnowledgeGraph.open(endpoint)
    words = ("everolimus", "inhibits", "mTORC1")
    assert there.why(*words).as_json() == graph.why(*words).as_json()
    question, entity = "drugs acting on mTORC2", "AZD8055"
    assert there.why_rows(question, entity).as_json() == graph.why_rows(question, entity).as_json()
    assert (
        there.why_not(question, "everolimus").as_json()
        == graph.why_not(question, "everolimus").as_json()
    )


@pytest.mark.parametrize(
    "question",
    ["drugs acting on mTORC2", "what regulates AKT", "net effect of PTEN on mTORC1", "coverage",
     "feedback loops", "identifiers of everolimus", "which drugs belong to which class"],
)  # fmt: skip
def test_a_server_answers_as_the_embedded_store_does(
    endpoint: str, graph: KnowledgeGraph, question: str
) -> None:
    there = KnowledgeGraph.open(endpoint).ask(question)
    here = graph.ask(question)
    assert len(here) > 0

    def unordered(rows: object) -> list[dict[str, list[str]]]:
        assert rows is here or rows is there
        source = here if rows is here else there
        return [{name: sorted(cell.split("; ")) for name, cell in row.items()} for row in source]

    assert unordered(there) == unordered(here)


def test_a_server_writes_csv_itself(endpoint: str) -> None:
    answer = KnowledgeGraph.open(endpoint).answer("what is mTORC1 made of", "csv")
    assert answer.startswith(b"component,componentLabel,role")


def test_a_name_is_resolved_by_the_server(endpoint: str) -> None:
    assert KnowledgeGraph.open(endpoint).entity("RAD001").endswith("entity/everolimus")


@pytest.fixture
def empty_server(native_server: Callable[..., str]) -> str:
    """Serve an empty store that may be written, in memory."""
    return native_server("serve")


def test_the_rules_infer_on_a_server_what_they_infer_here(
    empty_server: str, mini_root: str
) -> None:
    built = open_store(find_store(mini_root))
    assert isinstance(built, EmbeddedStore)
    graphs = [row["g"] for row in built.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")]
    there = RemoteStore(f"{empty_server}/query", update_url=f"{empty_server}/update")
    for graph in graphs:
        if graph != INFERRED_GRAPH:
            facts = built.graph_ntriples(graph).decode()
            there.update(f"INSERT DATA {{ {facts} GRAPH <{graph}> {{ {facts} }} }}")
    run_rules(there, compile_axioms(read_tbox(built)))
    everything = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{INFERRED_GRAPH}> {{ ?s ?p ?o }} }}"
    inferred = set(there.answer(everything, "nt").splitlines())
    assert len(inferred) > 100
    assert inferred == set(built.graph_ntriples(INFERRED_GRAPH).splitlines())


def test_a_server_without_an_address_for_updates_is_not_written(endpoint: str) -> None:
    with pytest.raises(StoreError, match="reading only"):
        RemoteStore(endpoint).update("INSERT DATA { <urn:x> <urn:y> <urn:z> }")


class Misbehaving(BaseHTTPRequestHandler):
    """Breaks its JSON off at /broken, and never ends at /slow."""

    def do_POST(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.end_headers()
        self.wfile.write(b'{"head": {"vars": ["x"]}, "results": {"bindings": [')
        self.wfile.flush()
        if self.path == "/slow":
            for _ in range(40):
                time.sleep(0.1)
                try:
                    self.wfile.write(b" ")
                    self.wfile.flush()
                except OSError:
                    return

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Misbehaving)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_an_answer_broken_off_is_an_error_and_no_answer(misbehaving: str) -> None:
    with pytest.raises(StoreError, match="broke off its answer"):
        open_store(misbehaving + "/broken").select("SELECT * { ?s ?p ?o }")


def test_the_deadline_covers_the_whole_answer(misbehaving: str) -> None:
    began = time.monotonic()
    with pytest.raises(QueryTimeoutError, match=r"within 0\.5 s"):
        open_store(misbehaving + "/slow", timeout_s=0.5).select("SELECT * { ?s ?p ?o }")
    assert time.monotonic() - began < 2


def test_a_server_that_is_not_there_is_a_failure() -> None:
    with pytest.raises(StoreError, match="did not answer"):
        open_store(f"http://127.0.0.1:{free_port()}/query").ask("ASK { ?s ?p ?o }")
