"""The options that more than one command takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PROOFS_SHOWN", "store_option"]

PROOFS_SHOWN = 3
"""How many proofs of each fact or row are written out, unless all are asked for."""


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option that says which store to ask."""
    return click.option(
        "--store",
        metavar="PATH|URL",
        help="A folder 'netkg build --output' wrote, or a SPARQL server; else the built-in graph.",
    )(command)
