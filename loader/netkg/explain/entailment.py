"""What follows from a few facts by a few axioms: forward chaining in memory.

In: facts and rules whose bodies are triples alone. Out: the steps to a fact.
Refuses nothing: a rule with more in its body is passed over; its ground steps may be given instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.explain.patterns import Triple
from netkg.explain.steps import Derivation
from netkg.explain.terms import Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from netkg.explain.steps import StoredRule

__all__ = ["derive", "is_plain"]


def is_plain(rule: StoredRule) -> bool:
    """Say whether a rule's body is nothing but triples."""
    return all(
        isinstance(element, Triple) and len(element.path) == 1 for element in rule.body.elements
    )


def _bound(pattern: Triple, values: Mapping[str, str]) -> tuple[str, str, str]:
    return (
        values.get(pattern.subject, pattern.subject),
        values.get(pattern.path[0], pattern.path[0]),
        values.get(pattern.object, pattern.object),
    )


def _matches(
    patterns: Sequence[Triple], facts: Iterable[Fact], values: dict[str, str]
) -> Iterator[dict[str, str]]:
    """Give every way to find the patterns among the facts."""
    if not patterns:
        yield values
        return
    wanted = _bound(patterns[0], values)
    for fact in facts:
        found = dict(values)
        if all(
            found.setdefault(part, term) == term if part.startswith("?") else part == term
            for part, term in zip(wanted, fact, strict=True)
        ):
            yield from _matches(patterns[1:], facts, found)


def derive(
    goal: Fact, facts: Iterable[Fact], rules: Iterable[StoredRule], steps: Iterable[Derivation] = ()
) -> dict[Fact, Derivation] | None:
    """Derive a fact.

    Args:
        goal: The fact.
        facts: What is given.
        rules: Rules to apply, plain ones.
        steps: Ground steps of rules that are not plain.

    Returns:
        For each fact reached on the way the step that first gave it, so that none goes round in a
        circle; None when the fact does not follow.
    """
    known = set(facts)
    plain = [rule for rule in rules if is_plain(rule)]
    given = list(steps)
    taken: dict[Fact, Derivation] = {}
    while goal not in known:
        new: dict[Fact, Derivation] = {}
        for step in (*_applied(plain, known), *given):
            if step.conclusion not in known and known.issuperset(step.premises):
                before = new.get(step.conclusion)
                if before is None or len(step.premises) < len(before.premises):
                    new[step.conclusion] = step
        if not new:
            return None
        taken |= new
        known.update(new)
    return taken


def _applied(rules: Iterable[StoredRule], known: set[Fact]) -> Iterator[Derivation]:
    """Give every step that plain rules take from some facts."""
    ordered = sorted(known)
    for rule in rules:
        body = [one for one in rule.body.elements if isinstance(one, Triple)]
        for values in _matches(body, ordered, {}):
            premises = tuple(Fact(*_bound(one, values)) for one in body)
            for head in rule.heads:
                yield Derivation(rule, premises, (), Fact(*_bound(head, values)))
