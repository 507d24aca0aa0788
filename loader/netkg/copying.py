"""Statements are the curator's words: no run of words may be the source's.

In: a claim and its source's text. Out: findings. Refuses nothing; it only reports.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from netkg.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netkg.curation import Record

__all__ = ["Runs", "find_copied_words", "runs_of"]

_RUN = 10
_WORD = re.compile(r"[a-z0-9]+")

Runs = frozenset[tuple[str, ...]]
"""All runs of ten words of a text."""


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    yield from (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def runs_of(text: str) -> Runs:
    r"""Give the runs of ten words of a text, with words joined that a line end has cut.

    >>> len(runs_of("one two three four five six seven eight nine ten ele-\nven"))
    2
    """
    return frozenset(_runs(re.sub(r"-\s*\n\s*", "", text)))


def find_copied_words(claim: Record, runs: Runs) -> Iterator[Finding]:
    """Report a statement that repeats ten words in a row of its source.

    Args:
        claim: The claim.
        runs: The runs of its source, by `runs_of`.
    """
    copied = next((run for run in _runs(claim.text("statement")) if run in runs), None)
    if copied:
        yield Finding(
            "copied-words",
            f"{' '.join(copied)!r} is the source's; say it in words of your own",
            claim.row.at("statement"),
        )
