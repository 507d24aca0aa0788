"""Shows explanations to people, as text for a terminal or as Markdown.

In: explanations. Out: an outline: lines, each with its depth. Refuses nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netkg.vocab import PREFIXES, graph_iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from netkg.explain.evidence import Claim, Dispute, EvidenceBase
    from netkg.explain.nearest import Nearest
    from netkg.explain.proofs import (
        Axiom,
        Explanation,
        Node,
        Reason,
        RowExplanation,
        RowProof,
    )

__all__ = [
    "Line", "as_markdown", "as_text", "claim_lines", "explanation_lines", "nearest_lines",
    "row_lines", "shorten",
]  # fmt: skip

_ONLY_GUESSED = "rests only on hypothesised claims: no source states it"
_CONTESTED = "contested: see the dispute below"
_HIDDEN_COLUMNS = ("claims", "sources", "studiesFor", "studiesAgainst")


class Line(NamedTuple):
    """A line of an outline."""

    depth: int
    text: str


def as_text(lines: Iterable[Line]) -> str:
    """Write an outline for a terminal."""
    return "".join(f"{'  ' * line.depth}{line.text}\n" for line in lines)


def as_markdown(lines: Iterable[Line]) -> str:
    """Write an outline as nested lists of Markdown, its first level as headings."""
    written = []
    for line in lines:
        if line.depth == 0:
            written.append(f"\n### {line.text}\n\n" if line.text else "")
        else:
            escaped = line.text.removeprefix("• ").replace("<", "\\<").replace("*", "\\*")
            written.append(f"{'  ' * (line.depth - 1)}- {escaped}\n")
    return "".join(written).lstrip("\n")


def shorten(sparql: str) -> str:
    """Write a pattern in one line, with prefixed names."""
    text = " ".join(sparql.split())
    for prefix, namespace in sorted(PREFIXES.items(), key=lambda item: -len(item[1])):
        text = re.sub(rf"<{re.escape(namespace)}([\w\-]+)>", rf"{prefix}:\1", text)
    return text.replace("rdf:type", "a")


# ── leaves ───────────────────────────────────────────────────────────────────────────────────────


def _sureness(claim: Claim) -> str:
    parts = [claim.polarity, claim.hedge]
    if claim.status == "contested":
        parts.append("contested")
    return ", ".join(part for part in parts if part)


def claim_lines(claim: Claim, depth: int) -> Iterator[Line]:
    """Give a claim, how sure it is, on what evidence, and where it stands."""
    yield Line(depth, f"• {claim.statement}")
    cited = f", citing {', '.join(claim.cites)}" if claim.cites else ""
    evidence = f"; evidence: {claim.evidence}" if claim.evidence else ""
    yield Line(depth + 1, f"{_sureness(claim)}; {claim.basis}{cited}{evidence}")
    yield Line(depth + 1, f"{claim.locator}, SHA-256 {claim.span_sha256[:12]}…")


def nearest_lines(groups: Iterable[Nearest], depth: int) -> Iterator[Line]:
    """Give groups of near facts, each with its claims."""
    for group in groups:
        yield Line(depth, group.title)
        yield from (Line(depth + 1, text) for text in group.facts)
        for claim in group.claims:
            yield from claim_lines(claim, depth + 1)
        if group.more:
            yield Line(depth + 1, f"and {group.more} more: netkg describe")


_WRITTEN = {
    graph_iri("entities"): "written in the registry",
    graph_iri("ontology"): "written in the ontology",
}


def _reason_lines(reasons: Sequence[Reason], depth: int) -> Iterator[Line]:
    """Give the reasons of a leaf; each suffices alone."""
    claims = [claim for reason in reasons for claim in reason.claims]
    for reason in reasons:
        if not reason.claims:
            places = ", ".join(
                _WRITTEN.get(graph, f"written in {graph}") for graph in reason.graphs
            )
            yield Line(depth, places or f"by {reason.rule.label if reason.rule else 'nobody'}")
    if claims:
        unique = list(dict.fromkeys(claims))
        yield Line(depth, "claimed:" if len(unique) == 1 else "claimed, each suffices alone:")
        for claim in unique:
            yield from claim_lines(claim, depth + 1)


def _dispute_lines(
    disputes: Sequence[Dispute], evidence: EvidenceBase, depth: int
) -> Iterator[Line]:
    for dispute in disputes:
        kind = f" ({dispute.kind})" if dispute.kind else ""
        yield Line(depth, f"disputed: {dispute.label}{kind}")
        for name, side in zip(("one side:", "other side:"), dispute.sides, strict=True):
            yield Line(depth + 1, name)
            for claim in evidence.claims(side):
                yield from claim_lines(claim, depth + 2)


# ── trees ────────────────────────────────────────────────────────────────────────────────────────


def _axiom_lines(axiom: Axiom, depth: int) -> Iterator[Line]:
    yield Line(depth, f"because {axiom.rule.words}")
    yield Line(depth + 1, f"axiom: {axiom.rule.label}")
    if axiom.reasons:
        yield from _reason_lines(axiom.reasons, depth + 1)


def _node_lines(node: Node, depth: int, shown: set[Node]) -> Iterator[Line]:
    if node in shown and (node.premises or node.reasons):
        yield Line(depth, f"{node.text} (as above)")
        return
    shown.add(node)
    yield Line(depth, node.text)
    if node.axiom is None:
        yield from _reason_lines(node.reasons, depth + 1)
        return
    yield from _axiom_lines(node.axiom, depth + 1)
    for premise in node.premises:
        yield from _node_lines(premise, depth + 1, shown)


def explanation_lines(
    explanation: Explanation, evidence: EvidenceBase, depth: int = 0, most: int | None = None
) -> Iterator[Line]:
    """Outline why a fact holds.

    Args:
        explanation: What to show.
        evidence: Gives the claims of both sides of a dispute.
        depth: Where to begin.
        most: How many proofs to write out; None means all.
    """
    standing = f" ({explanation.standing})" if explanation.standing else ""
    yield Line(depth, f"{explanation.text}{standing}")
    yield from _caution_lines(explanation.standing, depth + 1)
    count = len(explanation.proofs)
    for number, proof in enumerate(explanation.proofs[:most], start=1):
        if count > 1:
            yield Line(depth + 1, f"proof {number} of {count}")
        yield from _node_lines(proof, depth + 1 + (count > 1), set())
    if most is not None and count > most:
        yield Line(depth + 1, f"and {count - most} more, independent: --all writes them out")
    if not explanation.whole and not depth:
        yield Line(depth + 1, "the search was bounded: there may be longer proofs")
    yield from _dispute_lines(explanation.disputes, evidence, depth + 1)


def _caution_lines(standing: str, depth: int) -> Iterator[Line]:
    if standing == "hypothesised":
        yield Line(depth, _ONLY_GUESSED)
    elif standing == "contested":
        yield Line(depth, _CONTESTED)


def _row_title(row: dict[str, str]) -> str:
    """Write a row's cells, the label in an entity's place."""
    cells = [
        row.get(column + "Label", value) or value
        for column, value in row.items()
        if not column.endswith("Label") and column not in _HIDDEN_COLUMNS
    ]
    return " | ".join(cell for cell in cells if cell)


def row_lines(explanation: RowExplanation, evidence: EvidenceBase) -> Iterator[Line]:
    """Outline why a row stands in an answer.

    Args:
        explanation: What to show.
        evidence: Gives the claims of both sides of a dispute.
    """
    yield Line(0, _row_title(explanation.row))
    yield from _caution_lines(explanation.standing, 1)
    count = len(explanation.proofs) + explanation.more
    told: set[str] = set()
    for number, proof in enumerate(explanation.proofs, start=1):
        if count > 1:
            yield Line(1, f"proof {number} of {count}")
        yield from _row_proof_lines(proof, evidence, 1 + (count > 1), told)
    if explanation.more:
        yield Line(1, f"and {explanation.more} more, each sufficient alone: --all writes them out")
    yield from _dispute_lines(explanation.disputes, evidence, 1)


def _row_proof_lines(
    proof: RowProof, evidence: EvidenceBase, depth: int, told: set[str]
) -> Iterator[Line]:
    if proof.claims:
        yield Line(depth, "claimed:" if len(proof.claims) == 1 else "claimed, all needed:")
        for claim in proof.claims:
            yield from claim_lines(claim, depth + 1)
    for about in proof.concluded:
        if about.text in told:
            yield Line(depth, f"concluded: {about.text} (as above)")
            continue
        told.add(about.text)
        yield Line(depth, "concluded:")
        yield from explanation_lines(about, evidence, depth + 1, most=1)
    if not proof.claims and not proof.concluded:
        yield Line(depth, "written in the registry:")
        for fact in proof.facts:
            yield Line(depth + 1, shorten(fact.ntriples))
    for pattern in proof.absent:
        yield Line(depth, f"and nothing matches {shorten(pattern)}")
