"""What goes to standard error, messages and progress, and how findings are shown."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

import click

if TYPE_CHECKING:
    from types import TracebackType

    from netkg.findings import Finding

__all__ = ["Progress", "say", "say_findings"]


def say(message: str) -> None:
    """Write a message for a person."""
    click.echo(message, err=True)


def say_findings(findings: list[Finding]) -> None:
    """Write findings to standard output, one a line, with severity and code."""
    for finding in findings:
        click.echo(f"{finding.severity.value}: {finding} [{finding.code}]")


class Progress:
    """Shows the stage at work on a terminal, and nothing in a pipe.

    Use it as a context, and call it with each stage's name.
    """

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str) -> None:
        """Show a stage with the seconds since the beginning."""
        if self._live:
            elapsed = time.monotonic() - self._began
            click.echo(f"\r\033[K{elapsed:5.1f} s  {stage} …", nl=False, err=True)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live:
            click.echo("\r\033[K", nl=False, err=True)
