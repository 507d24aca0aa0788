"""Shrinks what shows a fault to a part that still shows it and from which nothing can be left out.

In: items, and a test of whether some of them show the fault. Out: a minimal part, in order.
Refuses nothing; when time is up it gives what it has, which shows the fault but may not be minimal.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["shrink"]

T = TypeVar("T")


def shrink(
    items: Sequence[T], shows: Callable[[list[T]], bool], *, limit_s: float = float("inf")
) -> tuple[list[T], bool]:
    """Find a minimal part of items that shows a fault.

    More items must never hide the fault. Each item that is needed takes about as many tests as the
    number of items has binary digits.

    Args:
        items: All of them together show it.
        shows: Tests whether some of them do.
        limit_s: Seconds after which to stop.

    Returns:
        The part, and whether it is known to be minimal; all items, if even they do not show it.

    >>> shrink([1, 2, 3, 4, 5, 6], lambda some: {2, 5} <= set(some))
    ([2, 5], True)
    """
    end = time.monotonic() + limit_s
    needed: list[T] = []
    left = list(items)
    while not shows(needed):
        if not left:
            return list(items), False
        fewest, most = 1, len(left)
        while fewest < most:
            if time.monotonic() > end:
                return [*left[:most], *needed], False
            middle = (fewest + most) // 2
            if shows([*left[:middle], *needed]):
                most = middle
            else:
                fewest = middle + 1
        needed.insert(0, left[most - 1])
        left = left[: most - 1]
    return needed, True
