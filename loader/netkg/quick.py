"""The quick way: a warm `netkg ask "…" --format csv` without the command-line library.

In: the command line's words. Out: the answer's bytes, or None when the usual way must take over:
an option this way does not know, a store to be built, a name to be explained.
Refuses nothing: whatever is not plain is left to the usual way, which says what is wrong.
"""

from __future__ import annotations

import sys

from netkg.errors import NetkgError

__all__ = ["try_quick_answer", "write_answer"]

_FORMS = ("csv", "tsv", "json")


def _read_words(words: list[str]) -> tuple[str, str, str] | None:
    """Read `ask TEXT --format FORM [--store FOLDER]`, or give None for anything else."""
    if len(words) not in {4, 6} or words[0] != "ask":
        return None
    options: dict[str, str] = {}
    texts: list[str] = []
    rest = iter(words[1:])
    for word in rest:
        if word in {"--format", "--store"} and word not in options:
            options[word] = next(rest, "")
        elif word.startswith("-"):
            return None
        else:
            texts.append(word)
    form, store = options.get("--format", ""), options.get("--store", "")
    if len(texts) != 1 or form not in _FORMS or "://" in store:
        return None
    return texts[0], form, store


def try_quick_answer(words: list[str]) -> bytes | None:
    """Answer a plain question from a store that is up to date.

    Args:
        words: The command line behind the program's name.

    Returns:
        The answer as CSV, TSV or JSON, or None when the usual way must take over.
    """
    read = _read_words(words)
    if read is None:
        return None
    text, form, store = read
    try:
        from netkg.freshness import fresh_store
        from netkg.store.embedded import EmbeddedStore
        from netkg.store.layout import find_store

        path = find_store(store) if store else fresh_store()
        if path is None:
            return None
        from netkg.asking import prepare_text

        engine = EmbeddedStore.open(path)
        return engine.answer(prepare_text(engine, text).sparql, form)
    except (NetkgError, OSError):
        return None


def write_answer(answer: bytes) -> int:
    """Write an answer to standard output at once.

    Returns:
        The exit code: 0, also when whoever read has gone; 3 when it could not be written.
    """
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stdout = None  # nothing is left to flush at the end
    except (OSError, AttributeError) as error:
        sys.stdout = None
        print(f"netkg: the answer cannot be written: {error}", file=sys.stderr, flush=True)
        return 3
    return 0
