"""The options that more than one command takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["store_option"]


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the option that says which store to ask."""
    return click.option(
        "--store",
        metavar="PATH|URL",
        help="A folder 'netkg build --output' wrote, or a SPARQL server; else the built-in graph.",
    )(command)
