"""Times every stored question with its examples, in one process, from the built store.

Run it as `python benchmarks/questions.py` where netkg is installed.
"""

from __future__ import annotations

import time

from netkg import KnowledgeGraph

ROUNDS = 3


def main() -> None:
    """Time each question and print its best time and its number of rows."""
    graph = KnowledgeGraph.open()
    for question in KnowledgeGraph.questions():
        examples = {parameter.name: parameter.example for parameter in question.parameters}
        prepared = graph.prepare(question.name, **examples)
        measured = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            rows = len(graph.run(prepared))
            measured.append((time.perf_counter() - began) * 1000)
        print(f"{question.name:28} {min(measured):7.1f} ms {rows:5} rows")


if __name__ == "__main__":
    main()
