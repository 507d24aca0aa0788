"""Folds names, so that spelling habits do not matter when they are looked up."""

from __future__ import annotations

__all__ = ["fold_name"]

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "µ": "mu", "μ": "mu",
}  # fmt: skip


def fold_name(name: str) -> str:
    r"""Fold a name so that spelling habits do not matter: case, hyphens, spaces, Greek letters.

    >>> fold_name("PI3K\N{GREEK SMALL LETTER ALPHA}") == fold_name("pi3k alpha")
    True
    """
    return "".join(_GREEK.get(char, char) for char in name.casefold() if char.isalnum())
