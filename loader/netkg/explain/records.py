"""Explanations as plain records, to be written as JSON.

In: explanations. Out: dictionaries and lists; every triple as N-Triples, every axiom as OWL, so
that a program can check each step by itself. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from netkg.explain.evidence import Claim, Dispute
    from netkg.explain.proofs import Axiom, Explanation, Node, Reason, RowExplanation

__all__ = ["explanation_record", "row_record"]

_Record: TypeAlias = dict[str, Any]


def _claim(claim: Claim) -> _Record:
    return {**claim._asdict(), "locator": claim.locator}


def _reason(reason: Reason) -> _Record:
    return {
        "rule": reason.rule.iri if reason.rule else None,
        "ruleInWords": reason.rule.words if reason.rule else None,
        "graphs": reason.graphs,
        "claims": [_claim(claim) for claim in reason.claims],
        "premises": [fact.ntriples for fact in reason.premises],
        "nothingMatches": reason.absent,
    }


def _axiom(axiom: Axiom) -> _Record:
    return {
        "rule": axiom.rule.iri,
        "manchester": axiom.rule.label,
        "inWords": axiom.rule.words,
        "owl": axiom.rule.axiom_triples,
        "reasons": [_reason(reason) for reason in axiom.reasons],
    }


def _node(node: Node) -> _Record:
    return {
        "triple": node.fact.ntriples,
        "text": node.text,
        "axiom": _axiom(node.axiom) if node.axiom else None,
        "premises": [_node(premise) for premise in node.premises],
        "reasons": [_reason(reason) for reason in node.reasons],
    }


def _dispute(dispute: Dispute) -> _Record:
    return {
        "label": dispute.label,
        "kind": dispute.kind,
        "oneSide": dispute.sides[0],
        "otherSide": dispute.sides[1],
    }


def explanation_record(explanation: Explanation) -> _Record:
    """Give why a fact holds as a record.

    Args:
        explanation: What to write.

    Returns:
        The conclusion, its standing, its proofs as trees, and the disputes they touch.
    """
    return {
        "triple": explanation.fact.ntriples,
        "text": explanation.text,
        "standing": explanation.standing,
        "proofs": [_node(proof) for proof in explanation.proofs],
        "variants": explanation.variants,
        "searchedAll": explanation.whole,
        "disputes": [_dispute(dispute) for dispute in explanation.disputes],
    }


def row_record(explanation: RowExplanation) -> _Record:
    """Give why a row stands in an answer as a record.

    Args:
        explanation: What to write.

    Returns:
        The row, its standing, and for each proof the claims and triples that suffice.
    """
    return {
        "row": explanation.row,
        "standing": explanation.standing,
        "proofs": [
            {
                "claims": [_claim(claim) for claim in proof.claims],
                "premises": [fact.ntriples for fact in proof.facts],
                "concluded": [explanation_record(about) for about in proof.concluded],
                "nothingMatches": proof.absent,
            }
            for proof in explanation.proofs
        ],
        "more": explanation.more,
        "disputes": [_dispute(dispute) for dispute in explanation.disputes],
    }
