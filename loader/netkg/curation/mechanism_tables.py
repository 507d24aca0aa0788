"""The tables of claims on mechanism: what molecules and drugs are, do and change.

In: nothing. Out: `MECHANISM_TABLES`.
"""

from __future__ import annotations

from netkg.curation.claim_columns import claim_table, entity, flag, number, term
from netkg.curation.schema import Column, Kind

__all__ = ["MECHANISM_TABLES"]

_RESIDUE = Column(name="residue", doc="the residue's letter: S, T or Y")
_POSITION = Column(name="position", doc="its number in the sequence", kind=Kind.INTEGER)
_MEDIATOR = entity(
    "mediator", "what it works through", "MolecularEntity", required=False, many=True
)
_TRIGGER = entity("trigger", "what sets it off, such as a drug", required=False, many=True)
_CONDITION = Column(name="condition", doc="under which condition")

MECHANISM_TABLES = (
    claim_table(
        "composition", "CompositionClaim",
        entity("whole", "the complex, family or molecule"),
        term("relation", "how the part belongs to it", "CompositionRelation", required=True),
        entity("part", "what it is made of"),
        Column(name="role", doc="the part's role in the whole"),
        subject="whole", predicate="relation", object="part",
    ),
    claim_table(
        "classification", "ClassificationClaim",
        entity("member", "what is classified"),
        entity("group", "the class, family or role it belongs to"),
        Column(name="generation", doc="the generation, as a number", kind=Kind.INTEGER),
        subject="member", predicate="is-a", object="group",
    ),
    claim_table(
        "drug-actions", "DrugActionClaim",
        entity("agent", "the drug or drug class"),
        term("effect", "what it does to the target", "Effect", required=True),
        entity("target", "the molecule, complex or family acted on", "MolecularEntity"),
        term("degree", "how completely", "Degree"),
        term("binding", "how it gets hold of the target", "Binding"),
        _MEDIATOR,
        Column(name="site", doc="where it binds"),
        Column(name="mechanism", doc="how it works, in a few words"),
        subject="agent", predicate="effect", object="target",
    ),
    claim_table(
        "regulation", "RegulationClaim",
        entity("regulator", "what regulates"),
        term("effect", "what it does to the target", "Effect", required=True),
        entity("target", "what is regulated"),
        term("aspect", "which aspect of the target changes", "Aspect"),
        term("mechanism", "by which mechanism", "RegulationMechanism",
              rdf="nkg:regulationMechanism"),
        _RESIDUE, _POSITION,
        term("directness", "direct or indirect, if said", "Directness"),
        _MEDIATOR, _TRIGGER, _CONDITION,
        subject="regulator", predicate="effect", object="target",
        qualifiers=("residue", "position"),
    ),
    claim_table(
        "process-effects", "ProcessClaim",
        entity("entity", "what affects the process"),
        term("effect", "what it does to the process", "ProcessEffect", required=True),
        entity("process", "the process or pathway", "Process"),
        _CONDITION,
        subject="entity", predicate="effect", object="process",
    ),
    claim_table(
        "feedback-loops", "FeedbackLoopClaim",
        Column(name="loop", doc="a short name of the loop", required=True),
        term("sign", "whether it damps or amplifies", "Sign", required=True),
        _TRIGGER,
        entity("involves", "its members, in the loop's order", many=True),
        Column(name="path", doc="the loop as a chain of steps", required=True),
        subject="involves", predicate="feeds-back", qualifiers=("sign", "loop"),
    ),
    claim_table(
        "pharmacodynamics", "PharmacodynamicClaim",
        entity("agent", "the drug or drug class"),
        term("direction", "how the marker changes", "Direction", required=True),
        entity("marker", "what is measured"),
        term("aspect", "which aspect of it", "Aspect"),
        _RESIDUE, _POSITION, _MEDIATOR,
        Column(name="p_modifier", doc="<, = or >"),
        number("p_value", "the p value"),
        flag("not_significant", "the source says the change is not significant"),
        number("n", "how many patients or samples", whole=True),
        Column(name="comparison", doc="compared with what"),
        subject="agent", predicate="direction", object="marker",
        qualifiers=("aspect", "residue", "position"),
    ),
    claim_table(
        "derivations", "DerivationClaim",
        entity("derived", "what was made or grown"),
        entity("parent", "from what"),
        Column(name="means", doc="how"),
        subject="derived", predicate="derived-from", object="parent",
    ),
    claim_table(
        "observations", "ObservationClaim",
        entity("subject", "what it is about"),
        Column(name="topic", doc="the point in one or two words", required=True),
        entity("object", "what else it concerns", required=False),
        Column(name="value", doc="the number", kind=Kind.DECIMAL),
        term("unit", "its unit", "Unit"),
        subject="subject", predicate="topic", object="object",
    ),
)  # fmt: skip
"""Tables of what molecules and drugs do, in the order the docs show them."""
