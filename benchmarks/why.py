"""Times how long it takes to explain rows of every stored question, in one process.

Run it as `python benchmarks/why.py [ROWS]` where netkg is installed; without a number, every row of
every question with its examples is explained, three proofs of each, nothing remembered in between.
"""

from __future__ import annotations

import sys
import time

from netkg import KnowledgeGraph
from netkg.explain.proofs import Explainer
from netkg.explain.rows import AskedQuestion
from netkg.upkeep import packaged_store

PROOFS = 3


def main() -> None:
    """Explain rows and print the slowest of each question."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else None
    store = packaged_store(lambda _stage: None)
    graph = KnowledgeGraph(store)
    worst = 0.0
    for question in KnowledgeGraph.questions():
        examples = {parameter.name: parameter.example for parameter in question.parameters}
        asked = AskedQuestion(graph.prepare(question.name, **examples))
        measured = []
        for row in asked.rows(store)[:most]:
            began = time.perf_counter()
            Explainer(store).row(asked, row, PROOFS)
            measured.append((time.perf_counter() - began) * 1000)
        worst = max(worst, *measured)
        print(f"{question.name:28} {max(measured):7.1f} ms at most, {len(measured):4} rows")
    print(f"{'the slowest row':28} {worst:7.1f} ms")


if __name__ == "__main__":
    main()
