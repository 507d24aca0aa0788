"""The command `netkg`: the quick way when it applies, else the full command line."""

from __future__ import annotations

import os
import sys

__all__ = ["main"]


def main() -> int:
    """Run the command line.

    Returns:
        0 fine, 1 findings, 2 usage, 3 failure.
    """
    if sys.argv[1:2] == ["ask"]:
        from netkg.quick import try_quick_answer, write_answer  # noqa: PLC0415 - only to ask

        answer = try_quick_answer(sys.argv[1:])
        if answer is not None:
            # The store was only read and the answer is out: there is nothing to tidy up, and
            # taking the interpreter apart would take longer than finding the question did.
            os._exit(write_answer(answer))
    from netkg.cli.main import run  # noqa: PLC0415 - the command-line library is slow to import

    return run()


if __name__ == "__main__":
    sys.exit(main())
