"""How built stores lie on disk, and how a new one takes the old one's place at once.

A root folder holds store folders and `current.txt`, which names the one that answers. A build
writes into a folder of its own; only when it is whole does one rename put it in place. A killed
build leaves the old store answering, and its rubbish is swept by the next build.

In: folders. Out: paths of stores. Refuses two builds at once in one root.
"""

from __future__ import annotations

import os

from netkg.errors import StoreError

TYPE_CHECKING = False  # `typing` is not worth its import time on the way to a warm answer
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["MANIFEST", "QUADS", "Current", "default_root", "find_store", "inputs_signature",
           "read_current", "read_manifest", "replace_store"]  # fmt: skip

_POINTER = "current.txt"
_LOCK = "lock"
_BUILDING = "building-"
_STORE = "store-"
QUADS = "quads"
MANIFEST = "manifest.json"
_ROCKSDB_MARK = "IDENTITY"


class Current:
    """The store of a root that answers now.

    Attributes:
        path: The folder of its quads.
        signature: What its inputs looked like when it was built.
    """

    __slots__ = ("path", "signature")

    def __init__(self, path: str, signature: str) -> None:
        self.path = path
        self.signature = signature


def inputs_signature(statuses: Iterable[os.stat_result]) -> str:
    """Sum up files by their number, sizes and times, cheaply enough for every question.

    Args:
        statuses: The status of each input file.

    Returns:
        A text that changes when a file is added, taken away or saved.
    """
    count = size = newest = total = 0
    for status in statuses:
        count += 1
        size += status.st_size
        total += status.st_mtime_ns
        newest = max(newest, status.st_mtime_ns)
    return f"{count} {size} {newest} {total}"


def default_root(cache: str, data: str) -> str:
    """Give the root for stores built from one data folder.

    >>> default_root("/cache", "/opt/netkg/data")
    '/cache/opt_netkg_data'
    """
    mangled = data.replace(os.sep, "_").replace(":", "").strip("_")
    return os.path.join(cache, mangled[-100:])


def read_current(root: str) -> Current | None:
    """Give the store of a root that answers now, or None when there is none yet."""
    try:
        with open(os.path.join(root, _POINTER), encoding="utf-8") as stream:
            name, signature = stream.read().split("\n")[:2]
    except (OSError, ValueError):
        return None
    if not name.startswith(_STORE) or os.path.basename(name) != name:
        return None
    path = os.path.join(root, name, QUADS)
    return Current(path, signature) if os.path.isdir(path) else None


def read_manifest(quads: str) -> dict[str, object]:
    """Read what a build wrote down beside its quads; nothing where that is missing.

    Args:
        quads: The folder of a store's quads.
    """
    import json  # noqa: PLC0415 - not needed to answer

    try:
        with open(os.path.join(os.path.dirname(quads), MANIFEST), encoding="utf-8") as stream:
            manifest = json.load(stream)
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) else {}


def find_store(path: str) -> str:
    """Find the quads below a path a user gave: a root of ours, or an Oxigraph store itself.

    Raises:
        StoreError: There is no store.
    """
    if os.path.isfile(path):
        raise StoreError(f"{path} is a file, not a store; give the folder 'netkg build' wrote")
    current = read_current(path)
    if current:
        return current.path
    if os.path.isfile(os.path.join(path, _ROCKSDB_MARK)):
        return path
    raise StoreError(f"{path} holds no store; make one with 'netkg build --output {path}'")


def _sweep(root: str, keep: set[str]) -> None:
    import shutil  # noqa: PLC0415 - not needed to answer

    for name in os.listdir(root):
        if name.startswith((_BUILDING, _STORE)) and name not in keep:
            shutil.rmtree(os.path.join(root, name), ignore_errors=True)


def _point_to(root: str, name: str, signature: str) -> None:
    pointer = os.path.join(root, _POINTER)
    with open(pointer + ".new", "w", encoding="utf-8") as stream:
        stream.write(f"{name}\n{signature}\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(pointer + ".new", pointer)


def _prepare_root(root: str) -> None:
    if os.path.isfile(root):
        raise StoreError(f"{root} is a file; give a folder for the store")
    try:
        os.makedirs(root, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot make the folder {root}: {error.strerror}; set NETKG_CACHE or give "
            "--output to a folder that can be written"
        ) from error
    if not os.access(root, os.W_OK):
        raise StoreError(
            f"cannot write to {root}; set NETKG_CACHE or give --output to a folder that can be "
            "written"
        )
    if os.path.isfile(os.path.join(root, _ROCKSDB_MARK)):
        raise StoreError(f"{root} is itself an Oxigraph store; give another folder")


def replace_store(
    root: str,
    *,
    name: str,
    signature: str,
    build: Callable[[str], None],
    wait_s: float = 0,
    needed: Callable[[], bool] = lambda: True,
) -> str:
    """Build a store beside the current one and swap it in when it is whole.

    Args:
        root: The root folder; made if it does not exist.
        name: What to call the new store, such as the hash of its inputs.
        signature: What its inputs look like now.
        build: Fills a folder that it is given; what it raises is handed on.
        wait_s: Seconds to wait for another build in this root to end.
        needed: Asked once the root is ours; when it says no, the current store stands.

    Returns:
        The folder of the current store's quads.

    Raises:
        StoreError: The root cannot be written, or another build is still at work in it.
    """
    import filelock  # noqa: PLC0415 - not needed to answer

    _prepare_root(root)
    lock = filelock.FileLock(os.path.join(root, _LOCK))
    try:
        lock.acquire(timeout=wait_s)
    except filelock.Timeout as error:
        raise StoreError(f"another build is at work in {root}; wait until it has ended") from error
    except OSError as error:
        raise StoreError(f"cannot lock {root}: {error.strerror}") from error
    try:
        before = read_current(root)
        if before and not needed():
            return before.path
        return _build_beside(root, before, name, signature, build)
    finally:
        lock.release()


def _build_beside(
    root: str, before: Current | None, name: str, signature: str, build: Callable[[str], None]
) -> str:
    """Build in a folder of its own and point to it; the root is locked."""
    import secrets  # noqa: PLC0415 - not needed to answer

    old = os.path.basename(os.path.dirname(before.path)) if before else ""
    _sweep(root, {old})
    unique = f"{name}-{secrets.token_hex(4)}"
    working = os.path.join(root, _BUILDING + unique)
    try:
        os.mkdir(working)
        build(working)
        os.rename(working, os.path.join(root, _STORE + unique))
        _point_to(root, _STORE + unique, signature)
    except OSError as error:
        raise StoreError(f"cannot write the store in {root}: {error}") from error
    finally:
        _sweep(root, {old, _STORE + unique})
    return os.path.join(root, _STORE + unique, QUADS)
