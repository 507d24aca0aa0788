"""The columns that every claim has, and short ways to declare a table of claims.

In: nothing. Out: `COMMON_COLUMNS` and the helpers that the tables of claims are declared with.
"""

from __future__ import annotations

from netkg.curation.schema import Column, Kind, Table

__all__ = ["COMMON_COLUMNS", "claim_table", "entity", "flag", "number", "term"]

COMMON_COLUMNS = (
    Column(
        name="polarity", doc="does the source affirm it or deny it", kind=Kind.TERM,
        range="Polarity", required=True,
    ),
    Column(
        name="hedge", doc="how sure the source is", kind=Kind.TERM, range="Hedge", required=True
    ),
    Column(
        name="basis", doc="whose finding it is", kind=Kind.TERM, range="Basis", required=True
    ),
    Column(name="cites", doc="the studies it is taken from", kind=Kind.ENTITY, range="Study",
           many=True),
    Column(
        name="evidence", doc="the kind of evidence", kind=Kind.ENTITY, range="EvidenceType",
        required=True,
    ),
    Column(name="disease", doc="in which disease", kind=Kind.ENTITY, range="Disease", many=True),
    Column(name="model", doc="in which model system", kind=Kind.ENTITY, range="ModelSystem",
           many=True),
    Column(name="population", doc="in whom"),
    Column(name="dose", doc="at which dose, as given"),
    Column(name="exposure", doc="acute or prolonged", kind=Kind.TERM, range="Exposure"),
    Column(name="section", doc="the section it stands in", kind=Kind.SECTION, required=True,
           rdf="nkg:inSection"),
    Column(name="start", doc="offset of the span's first character", kind=Kind.INTEGER),
    Column(name="end", doc="offset behind the span's last character", kind=Kind.INTEGER),
    Column(name="span_sha256", doc="hash of the span's UTF-8 bytes", kind=Kind.DIGEST),
    Column(name="numbers_from", doc="where numbers come from that the span does not print: "
           "spelled out, sum, or another place as start-end"),
    Column(name="statement", doc="the claim in the curator's own words", required=True),
    Column(name="note", doc="misprints, what is meant, outside knowledge", rdf="skos:note"),
)  # fmt: skip
"""The columns every claim has, behind its own."""


def claim_table(
    name: str,
    node_class: str,
    *columns: Column,
    subject: str,
    predicate: str,
    object: str = "",  # noqa: A002 - the field's word
    qualifiers: tuple[str, ...] = (),
    comparing: tuple[str, ...] = (),
    absolute: frozenset[str] = frozenset(),
) -> Table:
    """Declare a table of claims: its own columns, then the common ones.

    Args:
        name: The file's name without `.tsv`.
        node_class: The class of the ontology its rows belong to.
        columns: Its own columns, in order.
        subject: The column that names what the proposition is about.
        predicate: The column whose word is the predicate, or that word itself.
        object: The column of the proposition's object, if it has one.
        qualifiers: Columns whose values set one proposition apart from another.
        comparing: Columns that do so too, unless the predicate is one of `absolute`.
        absolute: Predicates of a value that a group has by itself.
    """
    return Table(
        name=name,
        node_class=node_class,
        columns=(*columns, *COMMON_COLUMNS),
        subject=subject,
        predicate=predicate,
        object=object,
        qualifiers=qualifiers,
        comparing=comparing,
        absolute=absolute,
    )


def entity(
    name: str, doc: str, range_: str = "Entity", *, required: bool = True, many: bool = False
) -> Column:
    """Declare a column of entities."""
    return Column(name=name, doc=doc, kind=Kind.ENTITY, range=range_, required=required, many=many)


def term(name: str, doc: str, range_: str, *, required: bool = False, rdf: str = "") -> Column:
    """Declare a column of words from a closed list."""
    return Column(name=name, doc=doc, kind=Kind.TERM, range=range_, required=required, rdf=rdf)


def number(name: str, doc: str, *, whole: bool = False, rdf: str = "") -> Column:
    """Declare a column of numbers."""
    kind = Kind.INTEGER if whole else Kind.DECIMAL
    return Column(name=name, doc=doc, kind=kind, rdf=rdf)


def flag(name: str, doc: str) -> Column:
    """Declare a column that says yes, or nothing."""
    return Column(name=name, doc=doc, kind=Kind.FLAG)
