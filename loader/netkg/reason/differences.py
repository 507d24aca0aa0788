"""Finds where HermiT and the rules infer differently, once it is known that they do.

In: a `Case`. Out: a finding that names individuals and facts.
Refuses nothing; when the search runs out of time it names what it has narrowed the fault down to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.findings import Finding
from netkg.reason.abox import TYPE, Facts
from netkg.reason.agreement import closed_world, denials, nothing_too_much
from netkg.reason.explanation import fact_statement, in_words
from netkg.reason.hermit import is_consistent, realise
from netkg.reason.shrink import shrink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netkg.findings import Where
    from netkg.reason.case import Case

    Triple = tuple[str, str, str]

__all__ = ["find_missing", "find_too_much"]

_SEARCH_S = 120
_SHOWN = 5


def find_missing(case: Case) -> Finding:
    """Find individuals of whom HermiT infers more than the rules, and what it infers."""
    everything = case.asserted | case.inferred

    def shows(ones: list[str]) -> bool:
        some = frozenset(ones)
        closed = closed_world(case.signature, everything, some)
        return not is_consistent(case.with_facts(everything.touching(some)) + closed)

    ones, _ = shrink(sorted(everything.individuals), shows, limit_s=_SEARCH_S)
    everything.touching(frozenset(ones))
    missing = _missing(case, everything, ones) if len(ones) <= _SHOWN else []
    shown = in_words(fact_statement(*triple, {}) for triple in missing)
    shown = shown or f"something of {', '.join(one.strip('<>') for one in ones[:_SHOWN])}"
    return Finding(
        "disagreement",
        f"HermiT infers what the rules do not: {shown}; mend the compiler, or rewrite the axioms "
        "behind it",
        where=_place(case, ones),
        focus=ones[0].strip("<>"),
    )


def find_too_much(case: Case) -> Finding:
    """Find a fact that the rules infer and HermiT does not."""

    def shows(some: list[Triple]) -> bool:
        inferred = Facts(
            frozenset((s, o) for s, p, o in some if p == TYPE),
            frozenset(triple for triple in some if triple in case.inferred.relations),
            frozenset(triple for triple in some if triple in case.inferred.values),
        )
        return is_consistent(case.with_facts(case.asserted) + nothing_too_much(inferred))

    triples, minimal = shrink(case.inferred.triples(), shows, limit_s=_SEARCH_S)
    shown = in_words(fact_statement(*triple, {}) for triple in triples[:_SHOWN])
    return Finding(
        "disagreement",
        f"the rules infer what HermiT does not: {shown}"
        f"{'' if minimal else f', or another of {len(triples)} facts'}; mend the compiler",
        where=_place(case, [triple[0] for triple in triples]),
        focus=triples[0][0].strip("<>"),
    )


def _place(case: Case, ones: Sequence[str]) -> Where | None:
    known = (case.places.get(one.strip("<>")) for one in ones)
    return next((place for place in known if place), None)


def _missing(case: Case, everything: Facts, ones: Sequence[str]) -> list[Triple]:
    """Give what HermiT infers of few individuals and the rules do not."""
    facts = everything.touching(frozenset(ones))
    written = case.with_facts(facts)
    found = realise(written)
    if found is None:
        return []
    entailed = {(f"<{one}>", TYPE, f"<{kind}>") for one, kind in found.types}
    entailed |= {(f"<{s}>", f"<{p}>", f"<{o}>") for s, p, o in found.relations}
    terms = case.signature.classes | case.signature.object_properties
    missing = [
        triple for triple in sorted(entailed - set(everything.triples()))
        if {triple[0], triple[2]} & set(ones) and (triple[1] in terms or triple[2] in terms)
    ]  # fmt: skip
    could = [
        (one, prop, value)
        for prop in sorted(case.signature.data_properties & case.signature.concluded)
        for one in ones
        for value in sorted({value for _, _, value in facts.values})
        if (one, prop, value) not in facts.values
    ]
    return missing + _entailed(could, written)


def _entailed(triples: Sequence[Triple], axioms_and_facts: bytes) -> list[Triple]:
    """Halve triples until those remain that HermiT entails."""
    if not triples or is_consistent(axioms_and_facts + denials(triples)):
        return []
    if len(triples) == 1:
        return list(triples)
    half = len(triples) // 2
    return [
        *_entailed(triples[:half], axioms_and_facts),
        *_entailed(triples[half:], axioms_and_facts),
    ]
