"""Words for near misses: what is missing, what holds instead, and which row would change it.

In: near misses. Out: sentences and claims.
Refuses nothing: what cannot be worded is shown as SPARQL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netkg.explain.derivations import Derivations
from netkg.explain.evidence import CLAIMS
from netkg.explain.outline import shorten
from netkg.explain.patterns import Filter, Minus, Triple
from netkg.explain.terms import RDF_TYPE, iri_of
from netkg.verbs import as_verb, with_article
from netkg.vocab import NKG, PREFIXES, graph_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netkg.curation.schema import Table
    from netkg.explain.evidence import Claim, EvidenceBase
    from netkg.explain.labels import Labels
    from netkg.explain.patterns import Element
    from netkg.explain.relaxing import NearMiss
    from netkg.store.interface import Store

__all__ = ["Wording"]

_SUBJECT, _OBJECT = f"<{NKG}subject>", f"<{NKG}object>"
_ASSERTS = f"<{NKG}asserts>"
_ATP_SITE = f"<{NKG}blocksATPSiteOf>"
_PLAIN = {f"<{PREFIXES['rdfs']}label>", RDF_TYPE}
_SUBCLASS = f"<{PREFIXES['rdfs']}subClassOf>"
_SHOWN = 12


class Wording:
    """Words the near misses of one entity."""

    def __init__(self, store: Store, labels: Labels, evidence: EvidenceBase, entity: str) -> None:
        self.store = store
        self.labels = labels
        self.evidence = evidence
        self.entity = entity
        self._derivations = Derivations(store)

    # ── what is missing ──────────────────────────────────────────────────────────────────────

    def _phrase(self, term: str, miss: NearMiss) -> str:
        """Name a term: its label, or for a variable what ties it to the entity or the target."""
        if not term.startswith("?"):
            return self.labels[term]
        if self._is_entity(term, miss):
            return self.labels[self.entity]
        for triple in _triples(miss):
            if triple in miss.dropped or len(triple.path) != 1 or triple.path[0] == RDF_TYPE:
                continue
            label = self.labels[triple.path[0]]
            if triple.object == term and self._is_entity(triple.subject, miss):
                return _possession(label, self.labels[self.entity])
            if triple.subject == term and iri_of(triple.object):
                return f"something that {as_verb(label)} {self.labels[triple.object]}"
        words = re.sub(r"([a-z])([A-Z])", r"\1 \2", term.lstrip("?_")).lower()
        return {"via": "something"}.get(words, with_article(words))

    def _is_entity(self, term: str, miss: NearMiss) -> bool:
        return term == self.entity or miss.values.get(term) == self.entity

    def _ends(self, proposition: str, miss: NearMiss) -> tuple[str, str]:
        """Give what a proposition of the way is from and to."""
        found = {_SUBJECT: "something", _OBJECT: "something"}
        for triple in _triples(miss):
            if triple.subject == proposition and triple.path[0] in found:
                found[triple.path[0]] = self._phrase(triple.object, miss)
        return found[_SUBJECT], found[_OBJECT]

    def _claim_roles(self, claim: str, miss: NearMiss) -> list[Triple]:
        """Give the triples of a way that say which entities a claim names."""
        if not any(one.subject == claim and one.path == (_ASSERTS,) for one in _triples(miss)):
            return []
        return [
            one
            for one in _triples(miss)
            if one.subject == claim
            and len(one.path) == 1
            and one.path[0] not in {_ASSERTS, RDF_TYPE}
            and (iri_of(one.object) or self._is_entity(one.object, miss))
        ]

    def _roles_in_words(self, roles: Iterable[Triple], miss: NearMiss) -> str:
        return " and ".join(
            f"{as_verb(self.labels[one.path[0]])} {self._phrase(one.object, miss)}" for one in roles
        )

    def _condition(self, element: Element, miss: NearMiss) -> str:  # noqa: PLR0911
        if isinstance(element, Minus):
            return f"what rules it out holds: {shorten(element.group.text)}"
        if isinstance(element, Filter):
            if "deniedStatus" in element.text:
                return "the sources deny it"
            return f"a condition fails: {shorten(element.text)}"
        if not isinstance(element, Triple) or len(element.path) != 1:
            return f"nothing matches {shorten(element.text)}"
        if element.path[0] in {_SUBJECT, _OBJECT}:
            subject, target = self._ends(element.subject, miss)
            return f"no claim that counts takes {subject} to {target}"
        if roles := self._claim_roles(element.subject, miss):
            return f"no claim that counts {self._roles_in_words(roles, miss)}"
        if element.path[0] == RDF_TYPE and element.object.endswith("Claim>"):
            return f"no {self.labels[element.object]} says so; claims of another kind come near"
        subject, target = self._phrase(element.subject, miss), self._phrase(element.object, miss)
        if element.path[0] == RDF_TYPE:
            return f"{subject} is not {with_article(target)}"
        return f"it does not hold that {subject} {as_verb(self.labels[element.path[0]])} {target}"

    def missing(self, miss: NearMiss) -> tuple[str, ...]:
        """Say which conditions fail."""
        return tuple(dict.fromkeys(self._condition(one, miss) for one in miss.dropped))

    # ── what holds instead ───────────────────────────────────────────────────────────────────

    def _values(self, term: str, miss: NearMiss) -> list[str]:
        if self._is_entity(term, miss):
            return [self.entity]
        if not term.startswith("?"):
            return [term]
        return list(dict.fromkeys(one[term] for one in miss.solutions if term in one))

    def _list(self, terms: Iterable[str]) -> str:
        unique = list(dict.fromkeys(terms))
        self.labels.learn(unique)
        names = sorted({self.labels[term] for term in unique}, key=str.casefold)
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        return ", ".join(names[:_SHOWN]) + more

    def _actual(self, triple: Triple, miss: NearMiss) -> list[str]:
        """Give what the subjects of a dropped triple do have there."""
        subjects = [term for term in self._values(triple.subject, miss) if iri_of(term)][:50]
        if not subjects or len(triple.path) != 1:
            return []
        rows = self.store.select(
            f"SELECT DISTINCT ?o WHERE {{ VALUES ?s {{ {' '.join(subjects)} }} "
            f"?s {triple.path[0]} ?o FILTER (ISIRI(?o)) }}"
        )
        return [f"<{cell.value}>" for (cell,) in rows.cells if cell]

    def _instead(self, triple: Triple, miss: NearMiss) -> str:
        actual = self._actual(triple, miss)
        if not actual:
            return ""
        verb = as_verb(self.labels[triple.path[0]])
        if triple.path[0] in {_SUBJECT, _OBJECT}:
            subject, target = self._ends(triple.subject, miss)
            if triple.path[0] == _OBJECT:
                return f"claims take {subject} to {self._list(actual)}"
            return f"claims take to {target}: {self._list(actual)}"
        if roles := self._claim_roles(triple.subject, miss):
            others = self._roles_in_words([one for one in roles if one != triple], miss)
            return f"a claim that {others} {verb} {self._list(actual)}" if others else ""
        return f"{self._list(self._values(triple.subject, miss))} {verb} {self._list(actual)}"

    def instead(self, miss: NearMiss) -> tuple[str, ...]:
        """Say what holds in the place of what is missing."""
        found = [
            self._instead(triple, miss)
            for triple in miss.dropped
            if isinstance(triple, Triple) and triple.path != (RDF_TYPE,)
        ]
        return tuple(dict.fromkeys(text for text in found if text))

    def claims(self, miss: NearMiss) -> tuple[Claim, ...]:
        """Give the claims of the relaxed solutions, where these are still about the entity."""
        iris = [
            iri
            for solution in miss.solutions
            for term in solution.values()
            if (iri := iri_of(term)).startswith(CLAIMS)
        ]
        about_it = any(
            self._is_entity(triple.subject, miss) or self._is_entity(triple.object, miss)
            for triple in _triples(miss)
            if triple not in miss.dropped and triple.path[0] not in _PLAIN
        )
        return tuple(self.evidence.claims(iris)) if about_it else ()

    # ── what would change it ─────────────────────────────────────────────────────────────────

    def _tables(self, classes: Iterable[str]) -> list[Table]:
        """Give the tables whose rows are claims of some classes, or of narrower ones."""
        from netkg.curation.claim_tables import CLAIM_TABLES  # noqa: PLC0415 - only for this

        listed = " ".join(f"<{NKG}{name}>" for name in sorted(set(classes)))
        if not listed:
            return []
        rows = self.store.select(
            f"SELECT DISTINCT ?narrow WHERE {{ VALUES ?wide {{ {listed} }} "
            f"GRAPH <{graph_iri('ontology')}> {{ ?narrow {_SUBCLASS}* ?wide }} }}"
        )
        names = {row["narrow"].removeprefix(NKG) for row in rows}
        return [table for table in CLAIM_TABLES if table.node_class in names]

    def _claim_classes(self, triple: Triple, miss: NearMiss) -> list[str]:
        """Say which classes of claim can give a triple."""
        of_way = [
            iri_of(one.object).removeprefix(NKG)
            for one in _triples(miss)
            if one.path == (RDF_TYPE,) and one.object.endswith("Claim>")
        ]
        if triple.path[0] in {_SUBJECT, _OBJECT} or self._claim_roles(triple.subject, miss):
            return of_way
        word = re.compile(rf"nkg:{iri_of(triple.path[0]).removeprefix(NKG)}\b|{triple.path[0]}")
        found = [
            name
            for rule in self._derivations.build_rules()
            if word.search(" ".join(head.text for head in rule.heads) + rule.body.text)
            for name in re.findall(rf"(?:\ba nkg:|{RDF_TYPE} <{NKG})(\w+Claim)\b", rule.body.text)
        ]
        return found or of_way

    def _row(self, table: Table, triple: Triple, miss: NearMiss) -> str:
        """Say what a row of a table must hold to give a triple; nothing if it cannot."""
        if roles := self._claim_roles(triple.subject, miss):
            columns = {
                PREFIXES[column.curie.partition(":")[0]]
                + column.curie.partition(":")[2]: column.name
                for column in table.columns
                if column.curie
            }
            named = [(columns.get(iri_of(one.path[0])), one.object) for one in roles]
            cells = [f"{name} = {self._phrase(term, miss)}" for name, term in named if name]
            return " and ".join(cells) if len(cells) == len(roles) else ""
        if not table.object:
            return ""
        if triple.path[0] in {_SUBJECT, _OBJECT}:
            subject, target = self._ends(triple.subject, miss)
        else:
            subject, target = (self._any_of(end, miss) for end in (triple.subject, triple.object))
        extra = " and binding = at the ATP site" if triple.path[0] == _ATP_SITE else ""
        return f"{table.subject} = {subject} and {table.object} = {target}{extra}"

    def _any_of(self, term: str, miss: NearMiss) -> str:
        values = self._values(term, miss)
        if not values:
            return self._phrase(term, miss)
        return f"any of {self._list(values)}" if len(values) > 1 else self._list(values)

    def needed(self, miss: NearMiss) -> tuple[str, ...]:
        """Say which rows would make the missing conditions hold."""
        found = [
            f"a row in {table.name}.tsv, affirmed and at least suggested, with {row}"
            for triple in miss.dropped
            if isinstance(triple, Triple) and len(triple.path) == 1 and triple.path[0] != RDF_TYPE
            for table in self._tables(self._claim_classes(triple, miss))
            if (row := self._row(table, triple, miss))
        ]
        return tuple(dict.fromkeys(found))


def _triples(miss: NearMiss) -> list[Triple]:
    return [element for element in miss.way.elements if isinstance(element, Triple)]


def _possession(label: str, owner: str) -> str:
    """Name what a property leads to: 'a drug class of everolimus'.

    >>> _possession("in drug class", "everolimus"), _possession("inhibits", "everolimus")
    ('a drug class of everolimus', 'something that everolimus inhibits')
    """
    first, _, rest = label.partition(" ")
    if first in {"in", "has"} and rest:
        return f"{with_article(rest)} of {owner}"
    return f"something that {owner} {as_verb(label)}"
