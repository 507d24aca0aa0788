"""Has HermiT judge a whole graph: is it consistent, are its classes possible, do the rules agree?

In: a store with all that was curated and inferred, and the row of each node. Out: findings, each
with a minimal set of axioms and facts where that can be found in time.
Refuses nothing of its own; what HermiT cannot read becomes a finding that says so.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from netkg.errors import ReasonerError
from netkg.findings import Finding
from netkg.reason.abox import TYPE, Facts, read_facts
from netkg.reason.agreement import closed_world, held_apart, nothing_too_much
from netkg.reason.case import read_case
from netkg.reason.differences import find_missing, find_too_much
from netkg.reason.explanation import Statement, fact_statement, in_words, shrink_by_rules
from netkg.reason.fixpoint import find_contradictions
from netkg.reason.hermit import find_java, impossible_classes, is_consistent
from netkg.reason.shrink import shrink
from netkg.vocab import ONTOLOGY_IRI

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from netkg.findings import Where
    from netkg.reason.case import Case
    from netkg.store.embedded import EmbeddedStore

__all__ = ["judge"]

_SEARCH_S = 120
"""Seconds to spend on making one explanation minimal."""


def judge(store: EmbeddedStore, places: Mapping[str, Where]) -> list[Finding]:
    """Have HermiT judge a graph.

    Args:
        store: Holds the graphs of the ontology, of curated facts, of edges and of inferences.
        places: The row of each node.

    Returns:
        Findings for an inconsistency, for each class that can have no members, and for each
        difference found between what HermiT and the rules infer.

    Raises:
        DataNotFoundError: There is no Java.
    """
    find_java()
    case = read_case(store, places)
    everything = case.asserted | case.inferred
    closed = case.with_facts(everything) + closed_world(case.signature, everything)
    doubted = case.with_facts(case.asserted) + nothing_too_much(case.inferred)
    try:
        with ThreadPoolExecutor(max_workers=2) as pool:
            nothing_missing = pool.submit(is_consistent, closed)
            something_too_much = pool.submit(is_consistent, doubted)
            impossible = pool.submit(impossible_classes, case.with_facts(case.named()))
            if not nothing_missing.result() and not is_consistent(case.with_facts(case.asserted)):
                return [_explain_inconsistency(store, case)]
            findings = [_explain_class(case, name) for name in sorted(impossible.result())]
            if not nothing_missing.result():
                findings.append(find_missing(case))
            if case.inferred.individuals and something_too_much.result():
                findings.append(find_too_much(case))
            return findings
    except ReasonerError as error:
        return [Finding("not-judged", f"{error}; mend the ontology", focus=ONTOLOGY_IRI)]


def _written(statements: Sequence[Statement]) -> bytes:
    return "".join(one.triples for one in statements).encode()


def _explain_inconsistency(store: EmbeddedStore, case: Case) -> Finding:
    """Find a minimal set of axioms and facts that HermiT finds inconsistent."""
    facts = _near_the_fault(store, case)
    candidates = shrink_by_rules(case.rules, facts)
    people = read_facts(case.signature, [_written(facts)]).individuals

    def shows(some: list[Statement]) -> bool:
        return not is_consistent(declarations + _written(some) + held_apart(people))

    declarations = _declarations(case.axioms)
    if not candidates or not shows(candidates):
        candidates = [*case.statements, *facts]
    why, minimal = shrink(candidates, shows, limit_s=_SEARCH_S)
    about = (one.triples[1:].partition(">")[0] for one in why if not one.is_axiom)
    where = next((case.places[iri] for iri in about if iri in case.places), None)
    return Finding(
        "inconsistent",
        f"HermiT finds the graph inconsistent, because of{_doubt(minimal=minimal)}: "
        f"{in_words(why)}; mend one of the rows or axioms",
        where=where,
        focus=ONTOLOGY_IRI,
    )


def _doubt(*, minimal: bool) -> str:
    return "" if minimal else " some of these (the search for fewer ran out of time)"


def _declarations(axioms: bytes) -> bytes:
    kinds = (b"owl#ObjectProperty>", b"owl#DatatypeProperty>", b"owl#Class>")
    return b"".join(
        line + b"\n" for line in axioms.splitlines()
        if line.startswith(b"<") and line.rstrip(b" .").endswith(kinds)
    )  # fmt: skip


def _near_the_fault(store: EmbeddedStore, case: Case) -> list[Statement]:
    """Give the facts around what the rules find wrong, as far as needed; else shrink them all."""
    found = find_contradictions(store, case.rules)
    near = frozenset(f"<{node}>" for _, nodes in found for node in nodes[:1])
    for _ in range(4):
        some = case.asserted.among(near)
        if near and not is_consistent(case.with_facts(some)):
            return _fact_statements(some, case)
        near |= case.asserted.neighbours(near)

    def shows(ones: list[str]) -> bool:
        return not is_consistent(case.with_facts(case.asserted.among(frozenset(ones))))

    ones, _ = shrink(sorted(case.asserted.individuals), shows, limit_s=_SEARCH_S)
    return _fact_statements(case.asserted.among(frozenset(ones)), case)


def _fact_statements(facts: Facts, case: Case) -> list[Statement]:
    return [fact_statement(*triple, case.places) for triple in facts.triples()]


def _explain_class(case: Case, name: str) -> Finding:
    """Find a minimal set of axioms that leaves a class no members."""
    member = fact_statement("<urn:netkg:member>", TYPE, f"<{name}>", {})
    declarations = _declarations(case.axioms)

    def shows(some: list[Statement]) -> bool:
        return not is_consistent(declarations + _written([*some, member]))

    candidates = [one for one in shrink_by_rules(case.rules, [member]) if one.is_axiom]
    if not candidates or not shows(candidates):
        candidates = [*case.statements, *_fact_statements(case.named(), case)]
    why, minimal = shrink(candidates, shows, limit_s=_SEARCH_S)
    return Finding(
        "unsatisfiable",
        f"HermiT finds that the class {name.rpartition('#')[2]} can have no members, because of"
        f"{_doubt(minimal=minimal)}: {in_words(why)}; mend one of these axioms",
        focus=name,
    )
