"""Times a cold build of everything curated, as a whole process, into a new folder.

Run it as `python benchmarks/build.py [ROUNDS]` where netkg is installed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5


def main() -> None:
    """Time builds and print the median."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    measured = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "netkg", "build", "--output", f"{folder}/store"],
                check=True,
                stderr=subprocess.DEVNULL,
            )
            measured.append(time.perf_counter() - began)
    shown = ", ".join(f"{seconds:.2f}" for seconds in measured)
    print(f"cold build: median {statistics.median(measured):.2f} s of {shown} (aim: at most 5)")


if __name__ == "__main__":
    main()
