"""Where the data lie and where stores go: the only reader of data locations.

In: the package's own place and the environment. Out: paths as strings.
Refuses to guess: without data the error says what was looked for.

Paths are strings and `os` does the work, because a warm `netkg ask` answers before `pathlib`
would have been imported.
"""

from __future__ import annotations

import os
import sys

from netkg.errors import DataNotFoundError

TYPE_CHECKING = False  # `typing` is not worth its import time on the way to a warm answer
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "cache_folder",
    "data_folder",
    "input_files",
    "package_folder",
    "read_queries",
    "watched_files",
]

_DATA_FOLDERS = ("ontology", "graphs", "queries")


def package_folder() -> str:
    """Give the folder of the package itself."""
    return os.path.dirname(os.path.abspath(__file__))


def data_folder() -> str:
    """Give the folder that holds `ontology`, `graphs` and `queries`.

    The copy packaged in a wheel wins; in a checkout, the checkout's own folders are read.

    Raises:
        DataNotFoundError: Neither is there.
    """
    package = package_folder()
    candidates = (os.path.join(package, "data"), os.path.dirname(os.path.dirname(package)))
    for candidate in candidates:
        if all(os.path.isdir(os.path.join(candidate, name)) for name in _DATA_FOLDERS):
            return candidate
    raise DataNotFoundError(
        f"netkg's data folders ({', '.join(_DATA_FOLDERS)}) are in none of: "
        f"{', '.join(candidates)}; install netkg again"
    )


def cache_folder() -> str:
    """Give the folder for built stores: `NETKG_CACHE`, else the user's cache folder.

    Follows the XDG Base Directory Specification on Linux and each system's habit elsewhere.
    """
    chosen = os.environ.get("NETKG_CACHE")
    if chosen:
        return os.path.abspath(chosen)
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "netkg")


def input_files(folder: str) -> list[tuple[str, os.stat_result]]:
    """List every file below a folder, hidden ones and byte code aside.

    Args:
        folder: The folder to walk.

    Returns:
        Pairs of path and status, in no particular order.
    """
    found: list[tuple[str, os.stat_result]] = []
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.name.startswith((".", "__pycache__")):
                    continue
                if entry.is_dir():
                    waiting.append(entry.path)
                else:
                    found.append((entry.path, entry.stat()))
    return found


def watched_files(folders: Iterable[str]) -> dict[str, os.stat_result]:
    """List every file that a store depends on: those of its folders, and netkg's own code.

    Args:
        folders: The folders of the ontology, the queries and the graphs.

    Returns:
        Each file's status by path.
    """
    return dict(found for folder in (*folders, package_folder()) for found in input_files(folder))


def read_queries(queries_folder: str, kind: str) -> list[tuple[str, str]]:
    """Read the SPARQL files of one kind.

    Args:
        queries_folder: The folder that holds a folder for each kind.
        kind: `answers`, `build` or `checks`.

    Returns:
        Pairs of file name and text, in the order of the names.

    Raises:
        DataNotFoundError: The folder is not there, or a file is not UTF-8.
    """
    folder = os.path.join(queries_folder, kind)
    if not os.path.isdir(folder):
        raise DataNotFoundError(f"{folder} is not there; install netkg again")
    texts = []
    for file in sorted(os.listdir(folder)):
        if not file.endswith(".rq"):
            continue
        try:
            with open(os.path.join(folder, file), encoding="utf-8-sig") as stream:
                texts.append((file, stream.read()))
        except UnicodeDecodeError as error:
            raise DataNotFoundError(
                f"queries/{kind}/{file}: byte {error.start} is not UTF-8; save it as UTF-8"
            ) from error
    return texts
