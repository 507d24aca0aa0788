"""Shared fixtures: the real graph built once a session, and a small made-up one to break."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from netkg import KnowledgeGraph
from netkg.ontology import Vocabulary, read_ontology, read_vocabulary
from netkg.paths import cache_folder, data_folder
from netkg.pipeline import Built
from netkg.store.layout import default_root

MINI = Path(__file__).parent / "mini"


@pytest.fixture(scope="session")
def real_build(_own_cache: None) -> Built:
    """Build the real graph once, where the docs' examples look for it too."""
    return KnowledgeGraph.build_at()[1]


@pytest.fixture(scope="session")
def store_root(real_build: Built) -> str:
    """Give the folder of the real graph's store."""
    assert real_build.claims > 0
    return default_root(cache_folder(), data_folder())


@pytest.fixture(scope="session")
def graph(store_root: str) -> KnowledgeGraph:
    """Open the real graph."""
    return KnowledgeGraph.open(store_root)


@pytest.fixture(scope="session")
def mini_root(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the made-up graph once."""
    root = str(tmp_path_factory.mktemp("mini") / "store")
    KnowledgeGraph.build_at([str(MINI / "graphs")], output=root)
    return root


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """Read the ontology's classes and closed lists."""
    return read_vocabulary(read_ontology(f"{data_folder()}/ontology"))


@pytest.fixture
def mini_graphs(tmp_path: Path) -> Path:
    """Copy the made-up tables, so that a test may break them."""
    return Path(shutil.copytree(MINI / "graphs", tmp_path / "graphs"))


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the user's cache out of the tests."""
    os.environ["NETKG_CACHE"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def repository() -> Path:
    """Give the checkout, or skip where only the package is installed."""
    root = Path(data_folder())
    if not (root / "pyproject.toml").is_file():
        pytest.skip("needs the checkout, and only the package is installed")
    return root


@pytest.fixture(scope="session")
def native_server() -> Iterator[Callable[..., str]]:
    """Give a function that starts the native Oxigraph server and says where it answers."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if not program:
        pytest.skip("needs the native server: pip install 'netkg[dev]'")
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        started.append(
            subprocess.Popen(
                [program, *words, "--bind", f"127.0.0.1:{port}"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        )  # fmt: skip
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        return f"http://127.0.0.1:{port}"

    yield start
    for server in started:
        server.terminate()
        server.wait()
