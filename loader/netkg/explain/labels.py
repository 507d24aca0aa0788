"""Labels: how terms and facts read to a person.

In: terms, as SPARQL writes them, and a store. Out: words. A term without a label is shown as its
short name, never left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.explain.terms import RDF_TYPE, iri_of, literal_value
from netkg.verbs import as_verb, with_article
from netkg.vocab import BASE, PREFIXES, curie_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netkg.explain.terms import Fact
    from netkg.store.interface import Store

__all__ = ["Labels"]

_LABEL = f"<{PREFIXES['rdfs']}label>"


class Labels:
    """Looks labels up in one store, many at once, and remembers them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    def learn(self, terms: Iterable[str]) -> None:
        """Look up the labels of all terms that are not known yet, in one query."""
        unknown = sorted({term for term in terms if iri_of(term) and term not in self._known})
        if not unknown:
            return
        rows = self._store.select(
            f"SELECT ?term (MIN(?label) AS ?name) WHERE {{ VALUES ?term {{ {' '.join(unknown)} }} "
            f"?term {_LABEL} ?label }} GROUP BY ?term"
        )
        found = {f"<{row['term']}>": row["name"] for row in rows}
        self._known.update({term: found.get(term, _short(term)) for term in unknown})

    def __getitem__(self, term: str) -> str:
        if not iri_of(term):
            return literal_value(term) if term.startswith('"') else term
        if term not in self._known:
            self.learn([term])
        return self._known[term]

    def fact(self, fact: Fact) -> str:
        """Write a fact as a sentence."""
        self.learn(fact)
        if fact.predicate == RDF_TYPE:
            return f"{self[fact.subject]} is {with_article(self[fact.object])}"
        verb = as_verb(self[fact.predicate])
        if not iri_of(fact.object):
            verb = f"has {self[fact.predicate]}"
        return f"{self[fact.subject]} {verb} {self[fact.object]}"


def _short(term: str) -> str:
    """Write an IRI of ours, or of a known namespace, short."""
    iri = iri_of(term)
    return curie_of(iri) or iri.removeprefix(BASE)
