"""Minimal supports: the smallest sets of written facts and axioms from which a fact follows.

In: a fact, and what `Derivations` knows. Out: every minimal support that the search finds, smallest
first, and for each the steps from it to the fact.
Refuses to go round in a circle: a step counts only once all its premises are there. The search
goes back from the fact, stops at what a curator wrote down, and is bounded; `Supports.whole` says
whether the bound was reached.

The supports are the minimal monomials of the fact's why-provenance; in description logic they are
called justifications.
Source: Kalyanpur et al. 2007, Finding all justifications of OWL DL entailments,
https://doi.org/10.1007/978-3-540-76298-0_20
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from netkg.explain.entailment import derive, is_plain
from netkg.explain.terms import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from netkg.explain.derivations import Derivations
    from netkg.explain.steps import Derivation

__all__ = ["FACTS_LOOKED_AT", "Support", "Supports", "find_supports"]

FACTS_LOOKED_AT = 100
_MOST_SUPPORTS = 16
_MOST_CHOICES = 600

_Element: TypeAlias = Fact | str
_Set: TypeAlias = frozenset[int]
_Parts: TypeAlias = tuple[frozenset[Fact], frozenset[str]]


class Support(NamedTuple):
    """A minimal set of facts and axioms, and the steps from it to the conclusion.

    Attributes:
        facts: What is written down, or concluded from claims.
        axioms: The axioms used, by label.
        steps: For each fact that is inferred on the way, the derivation that gives it.
    """

    facts: frozenset[Fact]
    axioms: frozenset[str]
    steps: Mapping[Fact, Derivation]


class Supports(NamedTuple):
    """The supports of a fact.

    Attributes:
        found: The smallest first.
        whole: Whether these are all there are.
    """

    found: Sequence[Support]
    whole: bool


def _explore(
    derivations: Derivations, goal: Fact, most_facts: int
) -> tuple[dict[Fact, Sequence[Derivation]], set[Fact], bool]:
    """Go back from a fact: the steps to each fact met, and the facts that stand by themselves."""
    steps: dict[Fact, Sequence[Derivation]] = {}
    written: set[Fact] = set()
    waiting = [goal]
    seen = {goal}
    while waiting and len(steps) < most_facts:
        derivations.graphs(waiting)
        following: list[Fact] = []
        for fact in waiting:
            curated, edge = derivations.is_curated(fact), derivations.is_edge(fact)
            if curated or edge:
                written.add(fact)
            if curated and fact != goal:
                continue
            if len(steps) >= most_facts:
                return steps, written, False
            steps[fact] = derivations.by_axioms(fact)
            for step in steps[fact]:
                following += [premise for premise in step.premises if premise not in seen]
                seen.update(step.premises)
        waiting = list(dict.fromkeys(following))
    return steps, written, not waiting


def _smallest(sets: Iterable[_Set]) -> tuple[list[_Set], bool]:
    """Keep the sets that hold no other, smallest first, up to the bound."""
    kept: list[_Set] = []
    for candidate in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(other <= candidate for other in kept):
            if len(kept) == _MOST_SUPPORTS:
                return kept, False
            kept.append(candidate)
    return kept, True


class _Numbers:
    """Numbers facts and axioms in the order met: sets of numbers are quick to compare."""

    def __init__(self) -> None:
        self.of: dict[_Element, int] = {}
        self.elements: list[_Element] = []

    def __getitem__(self, element: _Element) -> int:
        number = self.of.setdefault(element, len(self.elements))
        if number == len(self.elements):
            self.elements.append(element)
        return number


def _users(steps: Mapping[Fact, Sequence[Derivation]]) -> dict[Fact, list[Fact]]:
    """Say which facts each fact helps to infer."""
    users: dict[Fact, dict[Fact, None]] = {}
    for fact, ways in steps.items():
        for step in ways:
            for premise in step.premises:
                users.setdefault(premise, {})[fact] = None
    return {premise: list(facts) for premise, facts in users.items()}


def _minimal_sets(
    steps: Mapping[Fact, Sequence[Derivation]], written: set[Fact], numbers: _Numbers
) -> tuple[dict[Fact, list[_Set]], bool]:
    """Compute the minimal supports of every fact met, to their fixpoint."""
    supports = {fact: [frozenset({numbers[fact]})] for fact in steps if fact in written}
    supports |= {fact: [frozenset({numbers[fact]})] for fact in written}
    users = _users(steps)
    whole = True
    pending = dict.fromkeys(steps)
    while pending:
        fact = next(iter(pending))
        del pending[fact]
        found = [frozenset({numbers[fact]})] if fact in written else []
        for step in steps[fact]:
            axiom = frozenset({numbers[step.rule.label]})
            choices = [supports.get(premise, []) for premise in step.premises]
            for count, chosen in enumerate(product(*choices)):
                if count == _MOST_CHOICES:
                    whole = False
                    break
                found.append(axiom.union(*chosen))
        kept, all_kept = _smallest(found)
        whole = whole and all_kept
        if kept != supports.get(fact, []):
            supports[fact] = kept
            pending.update(dict.fromkeys(user for user in users.get(fact, ()) if user in steps))
    return supports, whole


def _needed(goal: Fact, taken: Mapping[Fact, Derivation]) -> dict[Fact, Derivation]:
    """Keep of the steps taken those that lead to the goal."""
    needed: dict[Fact, Derivation] = {}
    waiting = [goal]
    while waiting:
        fact = waiting.pop()
        if fact in taken and fact not in needed:
            needed[fact] = taken[fact]
            waiting += taken[fact].premises
    return needed


def find_supports(
    derivations: Derivations, goal: Fact, most_facts: int = FACTS_LOOKED_AT
) -> Supports:
    """Find the minimal supports of a fact.

    Args:
        derivations: Looks up one step back.
        goal: A fact of the graph.
        most_facts: How many facts to look at before the search ends.

    Returns:
        The supports; none when nothing says why the fact holds.
    """
    steps, written, explored = _explore(derivations, goal, most_facts)
    numbers = _Numbers()
    supports, whole = _minimal_sets(steps, written, numbers)
    found: dict[_Parts, Support] = {}
    for chosen in supports.get(goal, []):
        elements = [numbers.elements[number] for number in sorted(chosen)]
        support = _trimmed(derivations, goal, elements, steps)
        parts = support.facts, support.axioms
        if not any(one <= parts[0] and other <= parts[1] for one, other in found):
            found[parts] = support
    ordered = sorted(found.values(), key=lambda one: len(one.facts) + len(one.axioms))
    return Supports(ordered, explored and whole)


def _trimmed(
    derivations: Derivations,
    goal: Fact,
    elements: Sequence[_Element],
    steps: Mapping[Fact, Sequence[Derivation]],
) -> Support:
    """Leave out what the goal does not need, by ways too that the search did not go."""
    facts = [element for element in elements if isinstance(element, Fact)]
    axioms = [element for element in elements if isinstance(element, str)]
    rules = {label: derivations.rules_of_axiom(label) for label in axioms}
    ground = [
        step
        for ways in steps.values()
        for step in ways
        if step.rule.label in rules and not is_plain(step.rule)
    ]

    def attempt(some: Sequence[Fact], few: Sequence[str]) -> dict[Fact, Derivation] | None:
        usable = [rule for label in few for rule in rules[label]]
        return derive(goal, some, usable, [step for step in ground if step.rule.label in few])

    for fact in list(facts):
        less = [one for one in facts if one != fact]
        if fact != goal and attempt(less, axioms) is not None:
            facts = less
    for axiom in list(axioms):
        fewer = [one for one in axioms if one != axiom]
        if attempt(facts, fewer) is not None:
            axioms = fewer
    taken = attempt(facts, axioms) or {}
    return Support(frozenset(facts), frozenset(axioms), _needed(goal, taken))
