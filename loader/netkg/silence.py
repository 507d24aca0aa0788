"""Silent gaps: passages of a source that no claim rests on, and for which no reason is given.

In: the curated rows and the sources' texts. Out: warnings. Refuses nothing; a passage is accounted
for by the span of a claim or by a row of `entities/gaps.tsv`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.findings import Finding, Severity, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from netkg.curation import Curation

__all__ = ["find_silent_gaps"]

# Shorter stretches are full stops, numbers of pages and single linking words.
_LETTERS = 8
_SHOWN = 40


def _spans(curation: Curation, source: str) -> Iterator[tuple[int, int]]:
    """Give every span of a source that a claim rests on or a gap explains."""
    gaps = (link for link in curation.links if link.table.name == "gaps")
    rows = [claim for claim in curation.claims if claim.source == source]
    rows += [gap for gap in gaps if gap.text("source") == source]
    for row in rows:
        if "start" in row.values and "end" in row.values:
            yield int(row.text("start")), int(row.text("end"))


def _uncovered(spans: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """Give the stretches between spans.

    >>> list(_uncovered([(5, 9), (0, 3)], 12))
    [(3, 5), (9, 12)]
    """
    at = 0
    for start, end in sorted(spans):
        if start > at:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def _place(curation: Curation, source: str) -> str:
    """Give the table of a source's sections, as a curator knows it."""
    names = [part.row.file.name for part in curation.sections if part.source == source]
    return names[0] if names else source


def find_silent_gaps(curation: Curation, texts: Mapping[str, str]) -> list[Finding]:
    """Report passages from which nothing was curated and for which no reason is given.

    Args:
        curation: Everything curated.
        texts: The text of each source at hand, by the source's key.

    Returns:
        A warning for each passage with more than a word in it.
    """
    return [
        Finding(
            "silent-gap",
            f"nothing is curated from characters {start}-{end} of {source} "
            f"({' '.join(text[start:end].split())[:_SHOWN]!r}…); add the claims, or say in "
            "entities/gaps.tsv why there are none",
            Where(_place(curation, source)),
            Severity.WARNING,
        )
        for source, text in sorted(texts.items())
        for start, end in _uncovered(_spans(curation, source), len(text))
        if sum(char.isalpha() for char in text[start:end]) >= _LETTERS
    ]
