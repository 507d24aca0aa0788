"""Reads a triple as a person types it: names, labels, CURIEs or IRIs, and words for the predicate.

In: three texts and a store. Out: a `Fact`. Refuses a name that fits nothing or several things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.errors import AmbiguousNameError, UnknownNameError
from netkg.explain.terms import RDF_TYPE, Fact, iri_of, literal_value, term_text
from netkg.names import resolve_name
from netkg.questions import iri_term
from netkg.suggest import did_you_mean
from netkg.verbs import as_verb
from netkg.vocab import CURIE_PREFIXES, NKG, PREFIXES

if TYPE_CHECKING:
    from netkg.store.interface import Store

__all__ = ["read_fact"]

_TYPE_WORDS = {"a", "an", "is a", "is an", "type", "rdf:type"}
_RDFS, _OWL, _SKOS = PREFIXES["rdfs"], PREFIXES["owl"], PREFIXES["skos"]
_KINDS = (f"<{_OWL}ObjectProperty>", f"<{_OWL}DatatypeProperty>", f"<{_OWL}AnnotationProperty>")


def _expanded(text: str) -> str:
    """Give the IRI that a text writes in angle brackets, as a CURIE or in full; else nothing."""
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    if text.startswith(("http://", "https://", "urn:")):
        return text
    prefix, colon, local = text.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else ""


def _declared(store: Store, text: str, kinds: tuple[str, ...], what: str) -> str:
    """Find a term of the ontology by label, verb or short name."""
    rows = store.select(
        f"SELECT DISTINCT ?term ?label WHERE {{ VALUES ?kind {{ {' '.join(kinds)} }} "
        f"?term a ?kind ; <{_RDFS}label> ?label }} ORDER BY ?term"
    )
    wanted = " ".join(text.split()).casefold()
    names = {
        row["term"]: {row["label"].casefold(), as_verb(row["label"]).casefold(),
                      row["term"].removeprefix(NKG).casefold()}
        for row in rows
    }  # fmt: skip
    found = [term for term, forms in names.items() if wanted in forms]
    own = [term for term in found if term.startswith(NKG)] or found
    if len(own) == 1:
        return iri_term(own[0])
    if own:
        raise AmbiguousNameError(f"{text}: several {what} carry this name: {', '.join(own)}")
    hint = did_you_mean(text, [row["label"] for row in rows if row["term"].startswith(NKG)])
    raise UnknownNameError(f"{text}: no such {what}{'; ' + hint if hint else ''}")


def _entity(store: Store, text: str) -> str:
    iri = _expanded(text)
    if iri and text.partition(":")[0] not in CURIE_PREFIXES:
        return iri_term(iri)
    return iri_term(resolve_name(store, text))


def _object(store: Store, subject: str, predicate: str, text: str) -> str:
    """Find what a text means as the object: a name, else a value the subject has there."""
    wanted = " ".join(text.split()).casefold()
    rows = store.select(
        f"SELECT ?value ?label ?word WHERE {{ {subject} {predicate} ?value "
        f"OPTIONAL {{ ?value <{_RDFS}label> ?label }} "
        f"OPTIONAL {{ ?value <{_SKOS}notation> ?word }} }}"
    )
    for value, label, word in rows.cells:
        forms = {cell.value.casefold() for cell in (value, label, word) if cell}
        if value and (wanted in forms or value.value == _expanded(text)):
            return term_text(value)
    try:
        return _entity(store, text)
    except UnknownNameError:
        values = [term_text(cell) for cell, _, _ in rows.cells if cell]
        literals = [literal_value(term) for term in values if not iri_of(term)]
        if literals:
            raise UnknownNameError(
                f"{text}: not what the graph holds there, which is {', '.join(sorted(literals))}"
            ) from None
        raise


def read_fact(store: Store, subject: str, predicate: str, value: str) -> Fact:
    """Read a triple.

    Args:
        store: Holds the names.
        subject: A name, CURIE or IRI.
        predicate: A property's label, short name or IRI, or `a`.
        value: A name, a class after `a`, or a literal's text.

    Raises:
        UnknownNameError: One of them fits nothing.
        AmbiguousNameError: One of them fits several things.
    """
    about = _entity(store, subject)
    if predicate.casefold() in _TYPE_WORDS:
        iri = _expanded(value)
        kind = iri_term(iri) if iri else _declared(store, value, (f"<{_OWL}Class>",), "class")
        return Fact(about, RDF_TYPE, kind)
    iri = _expanded(predicate)
    link = iri_term(iri) if iri else _declared(store, predicate, _KINDS, "property")
    return Fact(about, link, _object(store, about, link, value))
