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

_NKG = PREFIXES["nkg"]
_LABEL = f"<{PREFIXES['rdfs']}label>"
_FOLDED_LABEL = f"<{_NKG}foldedLabel>"
_FOLDED_NAME = f"<{_NKG}foldedName>"
_TYPE = f"<{PREFIXES['rdf']}type>"
_SHOWN_CANDIDATES = 8
_TRIAL = f"{_NKG}Trial"
_TRIAL_WORDS = ("trial", "study")
_JOINTS = r"\s*(?:[+/,&]|\b(?:combined with|together with|with|plus|and)\b)\s*"
_LINKS = ("with", "plus", "and", "")


def _of_kind(kinds: Iterable[str]) -> str:
    """Give the pattern that holds `?entity` to one of some classes; none of them means any."""
    listed = " ".join(f"<{iri}>" for iri in kinds)
    return f"VALUES ?kind {{ {listed} }} ?entity {_TYPE} ?kind ." if listed else ""


def _candidates(store: Store, name: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Find the entities a name may mean, those it is the label of before all others."""
    folded = fold_name(name)
    if not folded:
        return []
    for field in (_FOLDED_LABEL, _FOLDED_NAME):
        rows = store.select(
            f'SELECT DISTINCT ?entity ?label WHERE {{ ?entity {field} "{folded}" ; '
            f"{_LABEL} ?label . {_of_kind(kinds)} }} ORDER BY ?entity"
        )
        if rows:
            return [(row["entity"], row["label"]) for row in rows]
    return []


def _trial_spellings(name: str) -> list[str]:
    """Give the ways a trial is typed: with or without "the" before and "trial" or "study" behind.

    >>> _trial_spellings("the RADIANT-3 study")
    ['RADIANT-3 study', 'RADIANT-3', 'RADIANT-3 trial']
    """
    words = name.split()
    if len(words) > 1 and words[0].casefold() == "the":
        words = words[1:]
    bare = words[:-1] if len(words) > 1 and words[-1].casefold() in _TRIAL_WORDS else words
    stem = " ".join(bare)
    return list(
        dict.fromkeys([" ".join(words), stem, *(f"{stem} {word}" for word in _TRIAL_WORDS)])
    )


def _joined(store: Store, name: str, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Find a combination by its parts, in any order and with any word between them."""
    import re  # noqa: PLC0415 - not needed for a name that is known

    parts = [part for part in re.split(_JOINTS, name, flags=re.IGNORECASE) if part]
    if len(parts) < 2:  # noqa: PLR2004 - a combination has at least two parts
        return []
    for order in (parts, parts[::-1]):
        for link in _LINKS:
            if found := _candidates(store, f" {link} ".join(order), kinds):
                return found
    therapies = (f"{_NKG}Drug", f"{_NKG}DrugClass", f"{_NKG}TreatmentModality")
    singles = [_candidates(store, part, therapies) for part in parts]
    if not all(len(single) == 1 for single in singles):
        return []
    wanted = sorted({single[0][0] for single in singles})
    whole = " ".join(f"<{_NKG}includes> <{iri}> ;" for iri in wanted)
    listed = ", ".join(f"<{iri}>" for iri in wanted)
    rows = store.select(
        f"SELECT DISTINCT ?entity ?label WHERE {{ ?entity {whole} {_LABEL} ?label . "
        f"{_of_kind(kinds)} FILTER NOT EXISTS {{ ?entity <{_NKG}includes> ?more . "
        f"FILTER (?more NOT IN ({listed})) }} }}"
    )
    return [(row["entity"], row["label"]) for row in rows]


def _trials_behind(store: Store, named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Find the trial that a publication reports, or the trials of a drug or combination."""
    listed = " ".join(f"<{iri}>" for iri, _ in named)
    rows = store.select(
        f"SELECT ?entity ?label (COUNT(?claim) AS ?count) WHERE {{ VALUES ?named {{ {listed} }} "
        f"?named {_TYPE} <{_NKG}Study> . ?claim <{_NKG}cites> ?named ; <{_NKG}trial> ?entity . "
        f"?entity {_LABEL} ?label }} GROUP BY ?entity ?label ORDER BY DESC(?count) LIMIT 1"
    ) or store.select(
        f"SELECT DISTINCT ?entity ?label WHERE {{ VALUES ?named {{ {listed} }} "
        f"{{ ?entity <{_NKG}usesDrug> ?named }} UNION {{ ?named <{_NKG}includes> ?part . "
        f"?entity <{_NKG}usesDrug> ?part . FILTER NOT EXISTS {{ ?named <{_NKG}includes> ?other "
        f"FILTER NOT EXISTS {{ ?entity <{_NKG}usesDrug> ?other }} }} }} "
        f"?entity {_TYPE} <{_TRIAL}> ; {_LABEL} ?label }} ORDER BY ?entity"
    )
    return [(row["entity"], row["label"]) for row in rows]


def _products_first(store: Store, found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Leave out a gene or a marker whose product or analyte carries the same name."""
    if len(found) < 2:  # noqa: PLR2004 - only several names can clash
        return found
    listed = " ".join(f"<{iri}>" for iri, _ in found)
    rows = store.select(
        f"SELECT ?gene WHERE {{ VALUES ?gene {{ {listed} }} VALUES ?product {{ {listed} }} "
        f"?product <{_NKG}encodedBy> ?gene }}"
    )
    genes = {row["gene"] for row in rows}
    levels = {
        row["level"]
        for row in store.select(
            f"SELECT ?level WHERE {{ VALUES ?level {{ {listed} }} VALUES ?measured {{ {listed} }} "
            f"?level <{_NKG}analyte> ?measured }}"
        )
    }
    return [(iri, label) for iri, label in found if iri not in genes | levels]


def _known_labels(store: Store, kinds: Iterable[str]) -> list[str]:
    rows = store.select(
        f"SELECT DISTINCT ?label WHERE {{ ?entity {_FOLDED_LABEL} ?folded ; {_LABEL} ?label . "
        f"{_of_kind(kinds)} }}"
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
    if not found and _TRIAL in kinds:
        for spelling in _trial_spellings(wanted):
            if found := _candidates(store, spelling, kinds):
                break
    found = found or _joined(store, wanted, kinds)
    if not found and _TRIAL in kinds:
        named = _candidates(store, wanted, ()) or _joined(store, wanted, ())
        found = _trials_behind(store, named) if named else []
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
