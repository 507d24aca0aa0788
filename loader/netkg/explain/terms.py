"""Terms and facts as SPARQL writes them, which is how explanations hold and compare them.

In: cells of an answer. Out: texts and `Fact`s. Refuses blank nodes, which no fact of ours has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from netkg.store.results import Cell

__all__ = ["RDF_TYPE", "Fact", "iri_of", "literal_value", "term_text"]

RDF_TYPE = f"<{PREFIXES['rdf']}type>"
_AS_STRING = f"^^<{PREFIXES['xsd']}string>"
_UNESCAPES = {"\\\\": "\\", '\\"': '"', "\\n": "\n", "\\r": "\r", "\\t": "\t"}


class Fact(NamedTuple):
    """A triple that holds, its terms as SPARQL and N-Triples write them."""

    subject: str
    predicate: str
    object: str

    @property
    def ntriples(self) -> str:
        """The fact as a line of N-Triples."""
        return f"{self.subject} {self.predicate} {self.object} ."


def term_text(cell: Cell) -> str:
    """Write a cell as a SPARQL term; plain text without its datatype, as queries write it.

    >>> from netkg.store.results import Cell
    >>> term_text(Cell("5", "literal", "http://www.w3.org/2001/XMLSchema#integer"))
    '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return cell.ntriples().removesuffix(_AS_STRING)


def iri_of(term: str) -> str:
    """Give the IRI a term writes; empty for a literal."""
    return term[1:-1] if term.startswith("<") else ""


def literal_value(term: str) -> str:
    r"""Give the text of a literal, without quotes, language and datatype.

    >>> literal_value('"a \\"b\\""@en')
    'a "b"'
    """
    body = term[1 : term.rindex('"')]
    return re.sub(r'\\[\\"nrt]', lambda match: _UNESCAPES[match[0]], body)
