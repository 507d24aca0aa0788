"""The commands of `netkg`, and how an error ends the program.

Exit codes: 0 fine, 1 findings, 2 usage, 3 failure.
"""

from __future__ import annotations

import sys

import click

from netkg.cli.asking import ask, describe, sparql
from netkg.cli.curating import build, check, locate, quotes
from netkg.errors import (
    BadParameterError,
    CurationError,
    ForbiddenQueryError,
    NetkgError,
    QuerySyntaxError,
    UnknownQuestionError,
)

__all__ = ["cli", "run"]

_USAGE_ERRORS = (BadParameterError, ForbiddenQueryError, QuerySyntaxError, UnknownQuestionError)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="netkg", message="netkg %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def cli(*, debug: bool) -> None:  # noqa: ARG001 - read by `run` before anything is parsed
    """Ask a sourced knowledge graph of targeted therapy in neuroendocrine tumours.

    \b
    netkg ask "drugs acting on mTORC2"        a stored question
    netkg ask                                 which questions there are
    netkg describe everolimus                 all that is known about it
    netkg sparql "SELECT …"                   your own SPARQL

    Completion for your shell: eval "$(_NETKG_COMPLETE=bash_source netkg)"
    (zsh_source for zsh, fish_source for fish).
    """


for command in (ask, build, check, describe, locate, quotes, sparql):
    cli.add_command(command)


def run() -> int:
    """Run the command line and turn errors into messages and exit codes."""
    try:
        outcome = cli.main(prog_name="netkg", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except NetkgError as error:
        if "--debug" in sys.argv:
            raise
        click.echo(f"netkg: {error}", err=True)
        if isinstance(error, CurationError):
            return 1
        return 2 if isinstance(error, _USAGE_ERRORS) else 3
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        if "--debug" in sys.argv:
            raise
        click.echo(f"netkg: {error.strerror or error}: {error.filename or ''}".rstrip(": "),
                   err=True)  # fmt: skip
        return 3
    return outcome if isinstance(outcome, int) else 0
