"""The DL queries of the Protégé folder's README, each beside the SPARQL that asks the same.

In: nothing. Out: the queries. Refuses nothing; that both give the same answer is tested.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DL_QUERIES", "DLQuery"]


@dataclass(frozen=True, slots=True)
class DLQuery:
    """A question to Protégé's reasoner.

    Attributes:
        question: What it asks, for a person.
        manchester: What to type into the tab *DL Query*.
        pattern: The same of a store, as a SPARQL group that binds `?x`.
    """

    question: str
    manchester: str
    pattern: str

    @property
    def sparql(self) -> str:
        """Give the SELECT that answers the same from a store."""
        return (
            f"SELECT DISTINCT ?x ?label WHERE {{ {self.pattern} ?x rdfs:label ?label }} "
            "ORDER BY LCASE(STR(?label)) STR(?x)"
        )


DL_QUERIES = (
    DLQuery(
        "Which drugs inhibit mTORC2?",
        "drug and inhibits value mTORC2",
        "?x a nkg:Drug ; nkg:inhibits entity:mtorc2 .",
    ),
    DLQuery(
        "Which drugs inhibit both complexes?",
        "drug and (inhibits value mTORC1) and (inhibits value mTORC2)",
        "?x a nkg:Drug ; nkg:inhibits entity:mtorc1, entity:mtorc2 .",
    ),
    DLQuery("Which drugs are rapalogs?", "'rapalog drug'", "?x a nkg:Rapalog ."),
    DLQuery(
        "What is mTORC2 made of?",
        "'component of' value mTORC2",
        "?x nkg:componentOf entity:mtorc2 .",
    ),
    DLQuery(
        "Which genes encode a part of mTORC1?",
        "gene and (encodes some ('component of' value mTORC1))",
        "?x a nkg:Gene ; nkg:encodes/nkg:componentOf entity:mtorc1 .",
    ),
    DLQuery(
        "What regulates AKT, in whatever way?",
        "regulates value AKT",
        "?x nkg:regulates entity:akt .",
    ),
    DLQuery(
        "What activates the kinase AKT or a member of its family?",
        "activates some ({AKT} or ('member of family' value AKT))",
        "?x nkg:activates ?target . FILTER (?target = entity:akt || "
        "EXISTS { ?target nkg:memberOfFamily entity:akt })",
    ),
    DLQuery(
        "Which trials test a drug that inhibits mTORC1?",
        "trial and ('tests drug' some (inhibits value mTORC1))",
        "?x a nkg:Trial ; nkg:testsDrug/nkg:inhibits entity:mtorc1 .",
    ),
    DLQuery(
        "Which phase III trials test an mTOR inhibitor?",
        "'trial in phase III' and ('tests drug' some 'mTOR inhibitor drug')",
        "?x a nkg:PhaseIIITrial ; nkg:testsDrug/a nkg:MTORInhibitor .",
    ),
    DLQuery(
        "Which markers predict the response to everolimus or to rapalogs?",
        "'composite biomarker' and ('predicts response to' some ({everolimus} or {rapalog}))",
        "?x a nkg:Biomarker ; nkg:predictsResponseTo ?drug . "
        "FILTER (?drug IN (entity:everolimus, entity:rapalog))",
    ),
    DLQuery(
        "What makes resistant to a rapalog?",
        "'confers resistance to' some 'rapalog drug'",
        "?x nkg:confersResistanceTo/a nkg:Rapalog .",
    ),
    DLQuery(
        "What is altered in a kind of gastroenteropancreatic neoplasm?",
        "'altered in' some ('has broader disease' value "
        "'gastroenteropancreatic neuroendocrine neoplasm')",
        "?x nkg:alteredIn/nkg:broaderDisease entity:gep-nen .",
    ),
)
"""The queries, in the order of the README; the first is the one in the pictures."""
