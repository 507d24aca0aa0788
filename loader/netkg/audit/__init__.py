"""The audit: which reported numbers do not add up, over any curated source.

In: the curated graphs. Out: findings, as triples of the graph `audit`, each with its check, the
method behind it, the rows, and how sure it is. A finding is about the literature, not about the
curation: it never stops a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.audit.agreement import AGREEMENT_CHECKS
from netkg.audit.comparisons import COMPARISON_CHECKS
from netkg.audit.findings import AuditFinding, Check, findings_graph
from netkg.audit.intervals import INTERVAL_CHECKS
from netkg.audit.percentages import PERCENTAGE_CHECKS
from netkg.audit.rankings import RANKING_CHECKS
from netkg.audit.rows import Literature, Row, read_literature
from netkg.audit.sums import SUM_CHECKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph

    from netkg.ontology import Vocabulary

__all__ = ["CHECKS", "AuditFinding", "Check", "Literature", "Row", "audit", "audit_graph",
           "read_literature"]  # fmt: skip

CHECKS: tuple[Check, ...] = (
    *SUM_CHECKS,
    *PERCENTAGE_CHECKS,
    *INTERVAL_CHECKS,
    *COMPARISON_CHECKS,
    *AGREEMENT_CHECKS,
    *RANKING_CHECKS,
)
"""Every check, in the order it runs."""


def audit(literature: Literature) -> list[AuditFinding]:
    """Run every check.

    Args:
        literature: The curated rows.

    Returns:
        The findings, in the order of the checks.
    """
    return [finding for check in CHECKS for finding in check.run(literature)]


def audit_graph(graphs: Mapping[str, Graph], vocabulary: Vocabulary) -> Graph:
    """Audit curated graphs and write what is found as triples.

    Args:
        graphs: The curated graphs by IRI.
        vocabulary: The ontology's closed lists.
    """
    findings = audit(read_literature(graphs, vocabulary))
    return findings_graph(findings, CHECKS, vocabulary.terms["Certainty"])
