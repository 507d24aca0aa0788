"""Numbers as English words, up to a thousand.

In: whole numbers, or text. Out: the words of a number, or the numbers whose words stand in a text.
"""

from __future__ import annotations

import re

__all__ = ["number_words", "spelled_out"]

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_OTHER_WORDS = {
    0: ("no", "none", "nobody"),
    1: ("a", "an", "first", "once", "single"), 2: ("second", "twice", "double", "both"),
    3: ("third",), 4: ("fourth",), 5: ("fifth",), 50: ("half",), 100: ("hundred",),
}  # fmt: skip


def number_words(number: int) -> set[str]:
    """Give the words that spell a number out.

    >>> sorted(number_words(21))
    ['twenty-one', 'twentyone']
    """
    words = set(_OTHER_WORDS.get(number, ()))
    if number < len(_UNITS):
        words.add(_UNITS[number])
    tens, unit = divmod(number, 10)
    if 2 <= tens <= 9:  # noqa: PLR2004 - twenty to ninety-nine
        name = _TENS[tens - 2]
        words |= {f"{name}-{_UNITS[unit]}", name + _UNITS[unit]} if unit else {name}
    return words


def spelled_out(span: str) -> set[str]:
    """Give the whole numbers whose words stand in a span, up to a hundred and its own words."""
    letters = re.sub(r"-\s+", "", span.casefold())
    said = set(re.findall(r"[a-z]+(?:-[a-z]+)?", letters)) | set(re.findall(r"[a-z]+", letters))
    hundreds = re.sub(r"\s+", " ", letters)
    found = {str(number) for number in range(101) if number_words(number) & said}
    for number in range(101, 1000) if " hundred" in hundreds else ():
        whole, rest = divmod(number, 100)
        names, rests = "|".join(number_words(whole)), "|".join(number_words(rest)) if rest else ""
        if re.search(rf"\b(?:{names}) hundred(?: and)? ?(?:{rests})(?![a-z-])", hundreds):
            found.add(str(number))
    return found
