"""The door through which every export reaches the disk: whole, or not at all.

In: the files of an export. Out: a file, or a folder with a list of what is in it.
Refuses to replace what is no export of ours, or has been changed since it was one.

A file is written beside its place under another name and then renamed. A folder is filled beside
its place and swapped in; it holds `netkg-export.sha256`, by which we know it again, and which
`sha256sum --check` reads.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from typing import TYPE_CHECKING

from netkg.errors import ExportError
from netkg.export.formats import find_format

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netkg.store.interface import Store

__all__ = ["LISTING", "export", "write_file", "write_folder"]

LISTING = "netkg-export.sha256"
_WRITING = ".writing-"
_OLD = ".old-"


def _beside(target: str, mark: str) -> str:
    """Give a new name in the same folder."""
    folder, name = os.path.split(target)
    return os.path.join(folder, f".{name}{mark}{secrets.token_hex(4)}")


def _refusal(target: str, error: OSError) -> ExportError:
    return ExportError(
        f"cannot write {target}: {error.strerror or error}; nothing there was changed"
    )


def _put(path: str, content: bytes) -> None:
    """Write a new file down to the disk."""
    with open(path, "xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _target_file(output: str, usual_name: str) -> str:
    """Say which file an output means: itself, or the usual name in a folder."""
    path = os.path.realpath(output)
    if os.path.isdir(path):
        path = os.path.join(path, usual_name)
    if os.path.lexists(path) and not os.path.isfile(path):
        raise ExportError(f"{output} is no plain file; leave --output out to write to a pipe")
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        raise ExportError(f"cannot write {output}: there is no folder {folder}; make it first")
    return path


def write_file(target: str, content: bytes) -> None:
    """Write a file, or leave what was there.

    Args:
        target: The file, in a folder that is there.
        content: What it shall hold.

    Raises:
        ExportError: It cannot be written.
    """
    temporary = _beside(target, _WRITING)
    try:
        _put(temporary, content)
        os.replace(temporary, target)
    except OSError as error:
        raise _refusal(target, error) from error
    finally:
        if os.path.lexists(temporary):
            os.remove(temporary)


def _listing(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    return "".join(sorted(lines, key=lambda line: line[66:])).encode()


def _files_below(folder: str) -> dict[str, bytes]:
    """Read every file below a folder, by its name with `/` between folders."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb") as stream:
                found[os.path.relpath(path, folder).replace(os.sep, "/")] = stream.read()
    return found


def _check_replaceable(folder: str) -> None:
    """Refuse a folder that is not, or no longer, what an export wrote."""
    if not os.path.isdir(folder):
        raise ExportError(f"{folder} is a file; this format needs a folder of its own")
    found = _files_below(folder)
    if not found:
        return
    listing = found.pop(LISTING, None)
    if listing is None:
        raise ExportError(f"{folder} is no export of netkg's; give a new folder, or an empty one")
    if listing != _listing(found):
        raise ExportError(
            f"{folder} has been changed since it was exported ('sha256sum --check {LISTING}' there "
            "tells what); move it away, or give a new folder"
        )


def _target_folder(output: str) -> str:
    """Say which folder an output means, if it is ours to write."""
    path = os.path.realpath(output)
    if os.path.lexists(path):
        _check_replaceable(path)
    return path


def _swap(new: str, target: str) -> None:
    """Put a folder in the place of another, and the other back if that fails."""
    old = _beside(target, _OLD)
    os.rename(target, old)
    try:
        os.rename(new, target)
    except OSError:
        os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def write_folder(output: str, files: Mapping[str, bytes]) -> None:
    """Write a folder of files, or leave the folder that was there.

    Args:
        output: The folder: a new one, an empty one, or an export of ours, which is replaced.
        files: The content of each file by name, with `/` between folders.

    Raises:
        ExportError: The folder is not ours to replace, or cannot be written.
    """
    target = _target_folder(output)
    temporary = _beside(target, _WRITING)
    try:
        os.mkdir(temporary)
        for name, content in {**files, LISTING: _listing(files)}.items():
            path = os.path.join(temporary, *name.split("/"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            _put(path, content)
        if os.path.lexists(target):
            _swap(temporary, target)
        else:
            os.rename(temporary, target)
    except OSError as error:
        raise _refusal(output, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def export(store: Store, form: str, output: str = "") -> Mapping[str, bytes]:
    """Write a store in a format, and to disk if a place is given.

    Args:
        store: The store, embedded or remote.
        form: The format's name.
        output: A file, or a folder for a format of several files.

    Returns:
        The content of each file by name.

    Raises:
        BadParameterError: There is no such format.
        ExportError: It cannot be written there; that is found out before the work begins, if it
            can be.
        StoreError: The store did not give all it holds.
    """
    found = find_format(form)
    if not output:
        return found.write(store)
    if found.is_folder:
        _target_folder(output)
        files = found.write(store)
        write_folder(output, files)
    else:
        target = _target_file(output, found.file)
        files = found.write(store)
        write_file(target, *files.values())
    return files
