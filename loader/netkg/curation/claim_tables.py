"""The tables of a source: its sections, and one table for each kind of claim.

In: nothing. Out: `CLAIM_TABLES`, the declarations that reading, checking, docs and triples share.
A new kind of claim is a new entry here and a class in the ontology; no other code changes.
"""

from __future__ import annotations

from netkg.curation.schema import Column, Kind, Table

__all__ = ["CLAIM_TABLES", "COMMON_COLUMNS", "SECTIONS"]

SECTIONS = Table(
    name="sections",
    node_class="SourceSection",
    columns=(
        Column(name="label", doc="the heading as printed", required=True, rdf="rdfs:label"),
        Column(
            name="kind", doc="abstract, section, table or figure", required=True,
            rdf="nkg:sectionKind",
        ),
        Column(name="start", doc="offset of its first character", kind=Kind.INTEGER, required=True),
        Column(name="end", doc="offset behind its last one", kind=Kind.INTEGER, required=True),
        Column(name="note", doc="what a reader should know", rdf="skos:note"),
    ),
)  # fmt: skip

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
    Column(name="statement", doc="the claim in the curator's own words", required=True),
    Column(name="note", doc="misprints, what is meant, outside knowledge", rdf="skos:note"),
)  # fmt: skip
"""The columns every claim has, behind its own."""


def _claims(
    name: str,
    node_class: str,
    *columns: Column,
    subject: str,
    predicate: str,
    object: str = "",  # noqa: A002 - the field's word
    qualifiers: tuple[str, ...] = (),
) -> Table:
    return Table(
        name=name,
        node_class=node_class,
        columns=(*columns, *COMMON_COLUMNS),
        subject=subject,
        predicate=predicate,
        object=object,
        qualifiers=qualifiers,
    )


def _entity(name: str, doc: str, range_: str = "Entity", *, required: bool = True,
            many: bool = False) -> Column:  # fmt: skip
    return Column(name=name, doc=doc, kind=Kind.ENTITY, range=range_, required=required, many=many)


def _term(name: str, doc: str, range_: str, *, required: bool = False, rdf: str = "") -> Column:
    return Column(name=name, doc=doc, kind=Kind.TERM, range=range_, required=required, rdf=rdf)


_RESIDUE = Column(name="residue", doc="the residue's letter: S, T or Y")
_POSITION = Column(name="position", doc="its number in the sequence", kind=Kind.INTEGER)
_MEDIATOR = _entity(
    "mediator", "what it works through", "MolecularEntity", required=False, many=True
)
_TRIGGER = _entity("trigger", "what sets it off, such as a drug", required=False, many=True)
_CONDITION = Column(name="condition", doc="under which condition")

CLAIM_TABLES = (
    _claims(
        "composition", "CompositionClaim",
        _entity("whole", "the complex, family or molecule"),
        _term("relation", "how the part belongs to it", "CompositionRelation", required=True),
        _entity("part", "what it is made of"),
        Column(name="role", doc="the part's role in the whole"),
        subject="whole", predicate="relation", object="part",
    ),
    _claims(
        "classification", "ClassificationClaim",
        _entity("member", "what is classified"),
        _entity("group", "the class, family or role it belongs to"),
        Column(name="generation", doc="the generation, as a number", kind=Kind.INTEGER),
        subject="member", predicate="is-a", object="group",
    ),
    _claims(
        "drug-actions", "DrugActionClaim",
        _entity("agent", "the drug or drug class"),
        _term("effect", "what it does to the target", "Effect", required=True),
        _entity("target", "the molecule, complex or family acted on", "MolecularEntity"),
        _term("degree", "how completely", "Degree"),
        _term("binding", "how it gets hold of the target", "Binding"),
        _MEDIATOR,
        Column(name="site", doc="where it binds"),
        Column(name="mechanism", doc="how it works, in a few words"),
        subject="agent", predicate="effect", object="target",
    ),
    _claims(
        "regulation", "RegulationClaim",
        _entity("regulator", "what regulates"),
        _term("effect", "what it does to the target", "Effect", required=True),
        _entity("target", "what is regulated"),
        _term("aspect", "which aspect of the target changes", "Aspect"),
        _term("mechanism", "by which mechanism", "RegulationMechanism",
              rdf="nkg:regulationMechanism"),
        _RESIDUE, _POSITION,
        _term("directness", "direct or indirect, if said", "Directness"),
        _MEDIATOR, _TRIGGER, _CONDITION,
        subject="regulator", predicate="effect", object="target",
        qualifiers=("residue", "position"),
    ),
    _claims(
        "process-effects", "ProcessClaim",
        _entity("entity", "what affects the process"),
        _term("effect", "what it does to the process", "ProcessEffect", required=True),
        _entity("process", "the process or pathway", "Process"),
        _CONDITION,
        subject="entity", predicate="effect", object="process",
    ),
    _claims(
        "feedback-loops", "FeedbackLoopClaim",
        Column(name="loop", doc="a short name of the loop", required=True),
        _term("sign", "whether it damps or amplifies", "Sign", required=True),
        _TRIGGER,
        _entity("involves", "its members, in the loop's order", many=True),
        Column(name="path", doc="the loop as a chain of steps", required=True),
        subject="involves", predicate="feeds-back", qualifiers=("sign", "loop"),
    ),
    _claims(
        "pharmacodynamics", "PharmacodynamicClaim",
        _entity("agent", "the drug or drug class"),
        _term("direction", "how the marker changes", "Direction", required=True),
        _entity("marker", "what is measured"),
        _term("aspect", "which aspect of it", "Aspect"),
        _RESIDUE, _POSITION, _MEDIATOR,
        Column(name="p_modifier", doc="<, = or >"),
        Column(name="p_value", doc="the p value", kind=Kind.DECIMAL),
        Column(name="n", doc="how many patients or samples", kind=Kind.INTEGER),
        Column(name="comparison", doc="compared with what"),
        subject="agent", predicate="direction", object="marker",
        qualifiers=("aspect", "residue", "position"),
    ),
    _claims(
        "derivations", "DerivationClaim",
        _entity("derived", "what was made or grown"),
        _entity("parent", "from what"),
        Column(name="means", doc="how"),
        subject="derived", predicate="derived-from", object="parent",
    ),
    _claims(
        "observations", "ObservationClaim",
        _entity("subject", "what it is about"),
        Column(name="topic", doc="the point in one or two words", required=True),
        _entity("object", "what else it concerns", required=False),
        Column(name="value", doc="the number", kind=Kind.DECIMAL),
        _term("unit", "its unit", "Unit"),
        subject="subject", predicate="topic", object="object",
    ),
)  # fmt: skip
"""One table for each kind of claim, in the order the docs show them."""
