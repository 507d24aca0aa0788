"""Names of entities: how a typed name finds its entity.

In: what a person typed, and a store. Out: one entity. Refuses an unknown name, offering the
nearest ones, and an ambiguous name, listing the candidates.
"""

from __future__ import annotations

from netkg.errors import AmbiguousNameError, UnknownNameError
from netkg.folding import fold_name
from netkg.vocab import BASE, PREFIXES

TYPE_CHECKING = False  # `typing` is not worth its import time on the way to a warm answer
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from netkg.store.interface import Store

__all__ = ["resolve_name"]

_LABEL = f"<{PREFIXES['rdfs']}label>"
_FOLDED_LABEL = f"<{PREFIXES['nkg']}foldedLabel>"
_FOLDED_NAME = f"<{PREFIXES['nkg']}foldedName>"
_TYPE = f"<{PREFIXES['rdf']}type>"
_SHOWN_CANDIDATES = 8


def _candidates(store: Store, name: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Find the entities a name may mean, those it is the label of before all others."""
    folded = fold_name(name)
    if not folded:
        return []
    kind = ""
    if kinds:
        listed = " ".join(f"<{iri}>" for iri in kinds)
        kind = f"VALUES ?kind {{ {listed} }} ?entity {_TYPE} ?kind ."
    for field in (_FOLDED_LABEL, _FOLDED_NAME):
        rows = store.select(
            f'SELECT DISTINCT ?entity ?label WHERE {{ ?entity {field} "{folded}" ; '
            f"{_LABEL} ?label . {kind} }} ORDER BY ?entity"
        )
        if rows:
            return [(row["entity"], row["label"]) for row in rows]
    return []


def _products_first(store: Store, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out a gene whose product carries the same name: the symbol then means the product."""
    if len(found) < 2:  # noqa: PLR2004 - only several names can clash
        return found
    listed = " ".join(f"<{iri}>" for iri, _ in found)
    rows = store.select(
        f"SELECT ?gene WHERE {{ VALUES ?gene {{ {listed} }} VALUES ?product {{ {listed} }} "
        f"?product <{PREFIXES['nkg']}encodedBy> ?gene }}"
    )
    genes = {row["gene"] for row in rows}
    return [(iri, label) for iri, label in found if iri not in genes]


def _known_labels(store: Store, kinds: Iterable[str]) -> list[str]:
    listed = " ".join(f"<{iri}>" for iri in kinds)
    kind = f"VALUES ?kind {{ {listed} }} ?entity {_TYPE} ?kind ." if listed else ""
    rows = store.select(
        f"SELECT DISTINCT ?label WHERE {{ ?entity {_FOLDED_LABEL} ?folded ; {_LABEL} ?label . "
        f"{kind} }}"
    )
    return [row["label"] for row in rows]


def resolve_name(store: Store, name: str, *, kinds: Sequence[str] = ()) -> str:
    """Find the one entity that a name means.

    Labels count before synonyms; ids, CURIEs and our own IRIs are names too.

    Args:
        store: The store that holds the names.
        name: A label, synonym, id, CURIE or IRI, in any spelling.
        kinds: IRIs of classes the entity must belong to one of; none means any.

    Returns:
        The entity's IRI.

    Raises:
        UnknownNameError: Nothing carries that name.
        AmbiguousNameError: Several entities do.
    """
    wanted = name.strip().strip("<>")
    wanted = wanted.removeprefix(BASE + "entity/").removeprefix("entity:")
    found = _products_first(store, _candidates(store, wanted, kinds))
    if len(found) == 1:
        return found[0][0]
    if found:
        listed = ", ".join(f"{label} ({iri})" for iri, label in found[:_SHOWN_CANDIDATES])
        raise AmbiguousNameError(f"{name}: several entities carry this name: {listed}; say which")
    if kinds and (others := _candidates(store, wanted, ())):
        kind = " or ".join(iri.rpartition("#")[2] for iri in kinds)
        raise UnknownNameError(f"{name}: {others[0][1]} is no {kind}, which is asked for here")
    from netkg.suggest import did_you_mean  # noqa: PLC0415 - only when the name was wrong

    hint = did_you_mean(name, _known_labels(store, kinds))
    raise UnknownNameError(f"{name}: no such entity{'; ' + hint if hint else ''}")
