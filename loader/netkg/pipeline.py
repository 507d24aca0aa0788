"""The table of contents: rows, records, triples, edges, inferences, validation, store.

In: the ontology, the graphs and the queries. Out: a whole store, or findings and nothing written.
Each stage is one call below; what a stage does stands in the module it is called from.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from rdflib import Graph

from netkg.audit import audit_graph
from netkg.catalogue import questions_graph, read_questions
from netkg.curation import read_graphs
from netkg.errors import CurationError, DataNotFoundError
from netkg.findings import Finding, Severity, Where, count_errors, sort_findings
from netkg.linting import lint_queries, lint_questions
from netkg.ontology import (
    ALIGNMENTS,
    ONTOLOGY,
    parse_turtle,
    read_ontology,
    read_vocabulary,
)
from netkg.outside_terms import check_identifier_labels, check_outside_terms, read_outside_terms
from netkg.paths import watched_files
from netkg.reason.compiler import compile_axioms
from netkg.reason.edges import build_rules, run_build_rules
from netkg.reason.explanation import contradiction_findings
from netkg.reason.fixpoint import refusal_findings, run_rules
from netkg.reason.rulebook import rules_graph
from netkg.reason.satisfiability import find_unsatisfiable
from netkg.reason.tbox import read_tbox
from netkg.store.embedded import EmbeddedStore
from netkg.store.layout import MANIFEST, QUADS, inputs_signature, read_current, replace_store
from netkg.triples import curated_graphs, link_iri
from netkg.validate import read_shapes, run_checks, validate_shapes
from netkg.vocab import claim_iri, entity_iri, graph_iri, section_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from netkg.curation import Curation
    from netkg.reason.rules import RuleSet
    from netkg.store.layout import Current

__all__ = ["Built", "Inputs", "assemble", "build_store", "ensure_store", "inputs_of", "whole_store"]

_HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a store is built from.

    Attributes:
        ontology: The folder of the ontology.
        queries: The folder of the queries.
        graphs: The folders of curated graphs.
    """

    ontology: str
    queries: str
    graphs: tuple[str, ...]

    def files(self) -> list[tuple[str, os.stat_result]]:
        """List every file that a store depends on, netkg's own code with them."""
        return sorted(watched_files((self.ontology, self.queries, *self.graphs)).items())

    def digest(self) -> str:
        """Hash the content of every file that a store depends on."""
        total = hashlib.sha256(version("netkg").encode())
        for path, _ in self.files():
            with open(path, "rb") as stream:
                total.update(hashlib.sha256(stream.read()).digest())
            total.update(os.path.basename(path).encode())
        return total.hexdigest()


def inputs_of(data: str, graphs: Sequence[str] = ()) -> Inputs:
    """Give the inputs below a data folder.

    Args:
        data: The folder that holds `ontology`, `graphs` and `queries`.
        graphs: Folders to read instead of its `graphs`.

    Raises:
        DataNotFoundError: A folder of graphs is not there.
    """
    for folder in graphs:
        if not os.path.isdir(folder):
            raise DataNotFoundError(
                f"{folder} is not a folder; give one with entities/ and a folder for each source"
            )
    return Inputs(
        ontology=os.path.join(data, "ontology"),
        queries=os.path.join(data, "queries"),
        graphs=tuple(graphs) or (os.path.join(data, "graphs"),),
    )


@dataclass(frozen=True, slots=True)
class Built:
    """What a run of the pipeline made.

    Attributes:
        store: The whole graph in memory; None when errors stopped the run before it.
        findings: All that is wrong, in order.
        claims: How many claims were read.
        entities: How many entities were read.
        places: The row of each claim, entity, link and section.
    """

    store: EmbeddedStore | None
    findings: Sequence[Finding]
    claims: int
    entities: int
    places: Mapping[str, Where]


def _quiet(_stage: str) -> None:
    """Show no progress."""


def _places(curation: Curation) -> dict[str, Where]:
    """Say which row each node comes from."""
    places = {claim_iri(claim.source, claim.id): claim.row.at() for claim in curation.claims}
    places |= {entity_iri(entity.id): entity.row.at() for entity in curation.entities}
    places |= {link_iri(link): link.row.at() for link in curation.links}
    places |= {section_iri(part.source, part.id): part.row.at() for part in curation.sections}
    return places


def _load(store: EmbeddedStore, graphs: Mapping[str, Graph]) -> None:
    """Load named graphs, and put all of them into the default graph as well."""
    for name, graph in graphs.items():
        store.load(graph.serialize(format="nt", encoding="utf-8"), name)
    names = " ".join(f"<{name}>" for name in graphs)
    store.update(
        f"INSERT {{ ?s ?p ?o }} WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
    )


def _conclude(graphs: Mapping[str, Graph], inputs: Inputs) -> tuple[EmbeddedStore, RuleSet]:
    """Load the graphs, conclude edges from claims, and compile the axioms there then are."""
    store = EmbeddedStore.in_memory()
    _load(store, graphs)
    from_claims = tuple(build_rules(inputs.queries))
    run_build_rules(store, from_claims)
    rules = compile_axioms(read_tbox(store))
    _load(store, {graph_iri("rules"): rules_graph(rules, from_claims)})
    return store, rules


def _infer(store: EmbeddedStore, rules: RuleSet, places: Mapping[str, Where]) -> list[Finding]:
    """Run the ontology's rules to the end, and look for contradictions."""
    run_rules(store, rules)
    return contradiction_findings(store, rules, places)


def _merged(graphs: Iterable[Graph]) -> Graph:
    whole = Graph()  # pyshacl wants a store that knows named graphs
    for graph in graphs:
        whole += graph
    return whole


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep Python from looking for cyclic garbage: a build makes a million terms and none.

    Measured side by side, a build without the collector takes 0.85 of its time with it.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


@_collector_at_rest()
def assemble(inputs: Inputs, progress: Callable[[str], None] = _quiet) -> Built:
    """Run every stage up to a whole, checked graph in memory.

    Args:
        inputs: What to build from.
        progress: Told the name of each stage as it begins.

    Returns:
        The graph and the findings. Errors in the rows end the run before anything is inferred.

    Raises:
        DataNotFoundError: A folder or file of the inputs is missing or cannot be parsed.
    """
    findings: list[Finding] = []

    progress("reading the ontology")
    ontology = read_ontology(inputs.ontology)
    alignments = parse_turtle(os.path.join(inputs.ontology, ALIGNMENTS))
    listed = read_outside_terms(inputs.ontology, findings)
    graphs = {ONTOLOGY: ontology, ALIGNMENTS: alignments}
    findings += check_outside_terms(inputs.ontology, graphs, listed)
    vocabulary = read_vocabulary(ontology)

    progress("reading the tables")
    curation = read_graphs(list(inputs.graphs), vocabulary)
    findings += [*curation.findings, *check_identifier_labels(curation.links, listed)]
    counts = len(curation.claims), len(curation.entities)

    progress("making triples")
    curated = curated_graphs(curation, vocabulary, findings)
    if count_errors(findings):
        return Built(None, sort_findings(findings), *counts, {})
    places = _places(curation)
    questions = read_questions(inputs.queries)
    findings += lint_queries(inputs.queries, set(map(str, ontology.subjects())))
    everything = {
        graph_iri("audit"): audit_graph(curated, vocabulary),
        graph_iri("ontology"): ontology,
        graph_iri("alignments"): alignments,
        graph_iri("questions"): questions_graph(questions),
        **curated,
    }

    # The engine works outside Python's lock, so inferring and validating share the machine.
    progress("inferring and validating")
    with ThreadPoolExecutor(max_workers=1) as pool:
        concluding = pool.submit(_conclude, everything, inputs)
        inferring = pool.submit(lambda: _infer(*concluding.result(), places))
        judged = [graph for name, graph in curated.items() if name != graph_iri("names")]
        shapes = read_shapes(inputs.ontology)
        findings += validate_shapes(_merged([ontology, *judged]), shapes, places)
        store, rules = concluding.result()
        findings += refusal_findings(rules) + find_unsatisfiable(rules)
        findings += inferring.result()

    progress("running checks")
    findings += run_checks(store, inputs.queries, places)
    findings += lint_questions(questions, vocabulary, EmbeddedStore.in_memory())
    return Built(store, sort_findings(findings), *counts, places)


def build_store(
    inputs: Inputs, root: str, progress: Callable[[str], None] = _quiet
) -> tuple[str, Built]:
    """Build a store and swap it in; the old one answers until then.

    Args:
        inputs: What to build from.
        root: The folder for stores.
        progress: Told the name of each stage as it begins.

    Returns:
        The folder of the new store's quads, and what was built.

    Raises:
        CurationError: There are errors; its message lists them all and nothing was written.
        StoreError: The store cannot be written, or another build is at work in that folder.
    """
    path, made = _swap_in(inputs, root, progress)
    return path, made[0]


def ensure_store(
    inputs: Inputs, root: str, progress: Callable[[str], None], *, patience_s: float
) -> str:
    """Give a store that is up to date, built first if need be, by us or by whoever is at it.

    Args:
        inputs: What to build from.
        root: The folder for stores.
        progress: Told the name of each stage as it begins.
        patience_s: Seconds to wait for another build to end.

    Returns:
        The folder of the store's quads.

    Raises:
        CurationError: There are errors; its message lists them all and nothing was written.
        StoreError: The store cannot be written, or the other build does not end.
    """
    fresh = _fresh_store(inputs, root)
    if fresh:
        return fresh.path
    return _swap_in(
        inputs,
        root,
        progress,
        wait_s=patience_s,
        needed=lambda: _fresh_store(inputs, root) is None,
    )[0]


def _signature(inputs: Inputs) -> str:
    return inputs_signature(status for _, status in inputs.files())


def _fresh_store(inputs: Inputs, root: str) -> Current | None:
    """Give the current store if its inputs have not changed since it was built."""
    current = read_current(root)
    return current if current and current.signature == _signature(inputs) else None


def _swap_in(
    inputs: Inputs,
    root: str,
    progress: Callable[[str], None],
    *,
    wait_s: float = 0,
    needed: Callable[[], bool] = lambda: True,
) -> tuple[str, list[Built]]:
    """Build and swap in, if needed; give the current store's place and what was built, if any."""
    digest = inputs.digest()
    made: list[Built] = []
    path = replace_store(
        root,
        name=digest[:_HASH_LENGTH],
        signature=_signature(inputs),
        build=lambda folder: made.append(_fill(inputs, folder, digest, progress)),
        wait_s=wait_s,
        needed=needed,
    )
    return path, made


def _fill(inputs: Inputs, folder: str, digest: str, progress: Callable[[str], None]) -> Built:
    """Build everything and write it into a folder."""
    built = assemble(inputs, progress)
    whole = whole_store(built)
    progress("writing the store")
    whole.copy_to(EmbeddedStore.create(os.path.join(folder, QUADS)))
    manifest = {
        "netkg": version("netkg"),
        "inputs_sha256": digest,
        "quads": len(whole),
        "claims": built.claims,
        "entities": built.entities,
    }
    with open(os.path.join(folder, MANIFEST), "w", encoding="utf-8") as stream:
        json.dump(manifest, stream, indent=2)
    return built


def whole_store(built: Built) -> EmbeddedStore:
    """Give the store that was built, or raise all its errors together.

    Args:
        built: What a run of the pipeline made.

    Raises:
        CurationError: There are errors; its message lists them all.
    """
    errors = [str(f) for f in built.findings if f.severity is Severity.ERROR]
    if errors or built.store is None:
        count = f"{len(errors)} error{'s' if len(errors) != 1 else ''}"
        raise CurationError(f"{count} in the data; nothing was built:\n" + "\n".join(errors))
    return built.store
