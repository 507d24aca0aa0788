"""Finds what a person may have meant by a name that fits nothing."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["did_you_mean"]

_SHOWN = 3
_CUTOFF = 0.6
_MARGIN = 0.02


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Give a question that offers the nearest names, or nothing when none is near.

    Args:
        name: What was typed.
        known: The names that exist; the offer keeps their spelling.

    >>> did_you_mean("mTORC3", ["mTORC1", "mTORC2", "everolimus"])
    'did you mean mTORC1, mTORC2?'
    """
    spelling: dict[str, str] = {}
    for candidate in sorted(known):
        spelling.setdefault(candidate.casefold(), candidate)
    near = difflib.get_close_matches(name.casefold(), spelling, n=_SHOWN, cutoff=_CUTOFF)
    if not near:
        return ""
    best = difflib.SequenceMatcher(None, name.casefold(), near[0]).ratio()
    kept = [
        word
        for word in near
        if difflib.SequenceMatcher(None, name.casefold(), word).ratio() >= best - _MARGIN
    ]
    return f"did you mean {', '.join(sorted(spelling[word] for word in kept))}?"
