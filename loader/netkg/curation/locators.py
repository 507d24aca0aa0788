"""Locators: where in a source a claim stands, as offsets and a hash of the span.

In: the text of a source, and a passage or a pair of offsets. Out: a `Locator`.
Refuses to guess: a passage that occurs twice, or not at all, is an error. The text is never kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netkg.errors import LocatorError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Locator", "find_passage", "read_source_text", "span_digest"]

# What a line break may add to or take from a word when a page is turned into text.
_IGNORED = frozenset("-\u00ad\u2010\u2011")
_SHOWN_MATCHES = 3


@dataclass(frozen=True, slots=True)
class Locator:
    """A span of a source's rendition.

    Attributes:
        start: Offset of the first character, in code points from 0.
        end: Offset behind the last character.
        span_sha256: SHA-256 of the span's UTF-8 bytes, 64 hexadecimal digits.
    """

    start: int
    end: int
    span_sha256: str


def span_digest(text: str, start: int, end: int) -> str:
    """Hash one span of a source's text.

    Args:
        text: The rendition, decoded as UTF-8 with its line ends untouched.
        start: Offset of the first character, in code points.
        end: Offset behind the last character.

    Returns:
        The SHA-256 of the span's UTF-8 bytes, in hexadecimal.

    Raises:
        LocatorError: The offsets are not a span of this text.

    >>> span_digest("mTOR is a kinase", 0, 4)[:12]
    'f1b080c528b4'
    """
    if not 0 <= start < end <= len(text):
        raise LocatorError(
            f"offsets {start}-{end} are outside the source, which has {len(text)} characters; "
            "locate the passage again with 'netkg locate'"
        )
    return hashlib.sha256(text[start:end].encode()).hexdigest()


def _condense(text: str) -> tuple[str, list[int]]:
    """Drop what line breaking changes; keep the offset each remaining character came from."""
    kept = [
        (char, offset)
        for offset, char in enumerate(text)
        if not char.isspace() and char not in _IGNORED
    ]
    return "".join(char for char, _ in kept), [offset for _, offset in kept]


def find_passage(text: str, passage: str) -> Locator:
    r"""Turn a pasted passage into a locator.

    White space, line breaks and end-of-line hyphens are ignored, so that a passage copied from a
    page is found in a plain-text rendition of it.

    Args:
        text: The rendition of the source.
        passage: The words to find; enough of them to occur only once.

    Returns:
        The locator of the only place where the passage stands.

    Raises:
        LocatorError: The passage is empty, occurs nowhere or in several places.

    >>> find_passage("everolimus inhi-\nbits mTOR", "inhibits mTOR")
    Locator(start=11, end=26, span_sha256='...')
    """
    condensed, offsets = _condense(text)
    wanted, _ = _condense(passage)
    if not wanted:
        raise LocatorError("the passage is empty; paste the words the claim rests on")
    found: list[int] = []
    at = condensed.find(wanted)
    while at >= 0:
        found.append(at)
        at = condensed.find(wanted, at + 1)
    if not found:
        raise LocatorError(
            "the passage does not stand in this source; check for retyped words, "
            "or paste a shorter run of it"
        )
    if len(found) > 1:
        places = ", ".join(str(offsets[at]) for at in found[:_SHOWN_MATCHES])
        more = "…" if len(found) > _SHOWN_MATCHES else ""
        raise LocatorError(
            f"the passage stands in {len(found)} places (offsets {places}{more}); "
            "paste more of the sentence so that it is the only one"
        )
    start, end = offsets[found[0]], offsets[found[0] + len(wanted) - 1] + 1
    return Locator(start, end, span_digest(text, start, end))


def read_source_text(path: Path) -> str:
    """Read a source's rendition without touching its line ends.

    Args:
        path: A UTF-8 text file.

    Returns:
        The text, whose code points locators count.

    Raises:
        LocatorError: The file is not UTF-8.
        OSError: The file cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise LocatorError(f"{path} is not UTF-8 (byte {error.start}); convert it first") from error
