"""Times a warm `netkg ask` as a whole process against the native `oxigraph query`, side by side.

Both answer the same SPARQL from the same store, as CSV. Run it as `python benchmarks/ask.py` where
netkg and the PyPI package `oxigraph` are installed (`pip install '.[dev]'`).
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from netkg import KnowledgeGraph
from netkg.paths import cache_folder, data_folder
from netkg.store.layout import default_root, find_store

QUESTION = "drugs acting on mTORC2"
ROUNDS = 40


def _time_ms(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - began) * 1000


def _program(name: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if not found:
        sys.exit(f"{name} is not installed here; pip install '.[dev]'")
    return found


def main() -> None:
    """Time both, in turn, and print the ratio of their medians."""
    graph = KnowledgeGraph.open()
    store = find_store(default_root(cache_folder(), data_folder()))
    with tempfile.NamedTemporaryFile("w", suffix=".rq", encoding="utf-8") as query:
        query.write(graph.prepare(QUESTION))
        query.flush()
        native = [_program("oxigraph"), "query", "--location", store, "--query-file", query.name,
                  "--results-format", "csv"]  # fmt: skip
        ours = [_program("netkg"), "ask", QUESTION, "--format", "csv"]
        times: dict[str, list[float]] = {"oxigraph query": [], "netkg ask": []}
        for _ in range(ROUNDS):
            times["oxigraph query"].append(_time_ms(native))
            times["netkg ask"].append(_time_ms(ours))
    for name, measured in times.items():
        spread = statistics.quantiles(measured, n=4)
        print(f"{name:16} median {spread[1]:6.1f} ms, quartiles {spread[0]:.1f}-{spread[2]:.1f}")
    ratio = statistics.median(times["netkg ask"]) / statistics.median(times["oxigraph query"])
    print(f"ratio of medians {ratio:.2f} (aim: at most 2), {ROUNDS} rounds in turn")


if __name__ == "__main__":
    main()
