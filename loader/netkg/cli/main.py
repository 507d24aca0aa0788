"""The commands of `netkg`, and how an error ends the program.

Exit codes: 0 fine, 1 findings, 2 usage, 3 failure.
"""

from __future__ import annotations

import io
import sys

import click

from netkg.cli.asking import ask, describe, sparql
from netkg.cli.curating import audit, build, check, locate, quotes
from netkg.cli.explaining import why, why_not
from netkg.cli.exporting import export
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
def cli(*, debug: bool) -> None:
    """Ask a sourced knowledge graph of targeted therapy in neuroendocrine tumours.

    \b
    netkg ask "drugs acting on mTORC2"        a stored question
    netkg ask                                 which questions there are
    netkg why everolimus inhibits mTORC1      its proof, down to the claims
    netkg why-not "drugs acting on mTORC2" everolimus
    netkg describe everolimus                 all that is known about it
    netkg audit                               what the papers get wrong or dispute
    netkg sparql "SELECT …"                   your own SPARQL
    netkg export turtle --output netkg.ttl    the graph as linked data

    Completion for your shell: eval "$(_NETKG_COMPLETE=bash_source netkg)"
    (zsh_source for zsh, fish_source for fish).
    """


for command in (ask, audit, build, check, describe, export, locate, quotes, sparql, why, why_not):
    cli.add_command(command)


def _complain(error: NetkgError | OSError) -> int:
    """Say what went wrong, and give the exit code for it."""
    if isinstance(error, OSError):
        click.echo(f"netkg: {error.strerror or error}: {error.filename or ''}", err=True)
        return 3
    click.echo(f"netkg: {error}", err=True)
    if isinstance(error, CurationError):
        return 1
    return 2 if isinstance(error, _USAGE_ERRORS) else 3


def _forgive_encodings() -> None:
    """Write a question mark for a letter that the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def run() -> int:
    """Run the command line and turn errors into messages and exit codes."""
    _forgive_encodings()
    code = 0
    try:
        outcome = cli.main(prog_name="netkg", standalone_mode=False)
        code = outcome if isinstance(outcome, int) else 0
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except click.Abort:
        code = 130
    except click.ClickException as error:
        error.show()
        code = 2
    except BrokenPipeError:
        sys.stderr.close()  # whoever read has gone; there is nobody to tell
    except (NetkgError, OSError) as error:
        if "--debug" in sys.argv:
            raise
        code = _complain(error)
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        click.echo(
            f"netkg: internal error: {type(error).__name__}: {error}; run with --debug and report "
            "what it shows",
            err=True,
        )
        code = 3
    return code
