"""The shapes accept each good example and report each bad one for exactly what is wrong with it.

`tests/shapes/<file>.good.ttl` keeps the rules of `ontology/shapes/<file>.ttl`. In `<file>.bad.ttl`
every node with `ex:violates` breaks one constraint: it is the node named by `ex:like`, with what it
states itself in place of that, and without the properties named by `ex:without`.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, Graph, Namespace, URIRef
from rdflib.collection import Collection

from netkg.paths import data_folder
from netkg.validate import read_shapes
from netkg.vocab import BASE, NKG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.term import Node

EX = Namespace(BASE + "shapes/examples#")
SHAPES = BASE + "shapes#"
ONTOLOGY = Path(data_folder()) / "ontology"
EXAMPLES = Path(__file__).parent / "shapes"

KINDS = "kinds"
"""The one file of shapes that rules only refer to."""

STRUCTURE = frozenset(
    {
        SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.path, SH.name, SH.description,
        SH.message, SH.severity, SH.property, SH.node, SH.qualifiedValueShape,
    }
)  # fmt: skip
"""What a shape says of itself; every other SHACL property of a shape is a constraint."""

RULES = 361
CONSTRAINTS = 716


class Bad(NamedTuple):
    """A node that breaks one constraint."""

    file: str
    node: URIRef
    shape: Node | None
    component: Node | None
    like: Node | None

    @property
    def label(self) -> str:
        """What to call the case: its file and the end of its IRI."""
        name = self.node.removesuffix("/").rpartition("/")[2]
        return f"{self.file}: {name.removeprefix(f'bad-{self.file}-').removeprefix('bad-')}"


def _parse(path: Path) -> Graph:
    return Graph().parse(path, format="turtle")


def _merged(graphs: list[Graph]) -> Graph:
    merged = Graph()
    for graph in graphs:
        merged += graph
    return merged


FILES = {path.stem: _parse(path) for path in sorted((ONTOLOGY / "shapes").glob("*.ttl"))}
GOOD = {path.name.split(".")[0]: _parse(path) for path in sorted(EXAMPLES.glob("*.good.ttl"))}
PATCHES = {path.name.split(".")[0]: _parse(path) for path in sorted(EXAMPLES.glob("*.bad.ttl"))}
BAD = sorted(
    Bad(
        file,
        node,
        patches.value(node, EX.violates),
        patches.value(node, EX.component),
        patches.value(node, EX.like),
    )
    for file, patches in PATCHES.items()
    for node in patches.subjects(EX.violates)
    if isinstance(node, URIRef)
)


@cache
def shapes() -> Graph:
    return read_shapes(str(ONTOLOGY))


@cache
def ontology() -> Graph:
    return _parse(ONTOLOGY / "netkg.ttl")


def bad_examples() -> Graph:
    """Give every bad node in full, and what stands beside them."""
    good = _merged(list(GOOD.values()))
    full = Graph()
    for patches in PATCHES.values():
        for node, predicate, value in patches:
            if not str(predicate).startswith(str(EX)):
                full.add((node, predicate, value))
        for node, model in patches.subject_objects(EX.like):
            replaced = {*patches.predicates(node), *patches.objects(node, EX.without)}
            for predicate, value in good.predicate_objects(model):
                if predicate not in replaced:
                    full.add((node, predicate, value))
    return full


def _results(data: Graph) -> dict[Node, list[tuple[Node | None, Node | None]]]:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(), inference="none")
    assert isinstance(report, Graph)
    found = defaultdict(list)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        assert focus is not None
        found[focus].append(
            (
                report.value(result, SH.sourceShape),
                report.value(result, SH.sourceConstraintComponent),
            )
        )
    return found


@cache
def results_of_the_good() -> dict[Node, list[tuple[Node | None, Node | None]]]:
    return _results(_merged([ontology(), *GOOD.values()]))


@cache
def results_of_the_bad() -> dict[Node, list[tuple[Node | None, Node | None]]]:
    return _results(_merged([ontology(), *GOOD.values(), bad_examples()]))


@cache
def all_shapes() -> set[Node]:
    return {
        *shapes().subjects(RDF.type, SH.NodeShape),
        *shapes().subjects(RDF.type, SH.PropertyShape),
    }


@cache
def rules() -> set[Node]:
    """Give the shapes that constrain, those of kinds aside."""
    return {shape for shape, _ in constraints()}


@cache
def constraints() -> set[tuple[Node, Node]]:
    """Give every constraint of a shape outside kinds, as shape and component."""
    parameters = (
        (shape, str(predicate).removeprefix(str(SH)))
        for shape in all_shapes() - set(FILES[KINDS].subjects())
        for predicate in shapes().predicates(shape)
        if str(predicate).startswith(str(SH)) and predicate not in STRUCTURE
    )
    return {
        (shape, URIRef(f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"))
        for shape, name in parameters
    }


def referred_to(shape: Node) -> Iterator[Node]:
    """Give the shapes that a shape refers to."""
    for predicate in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape):
        yield from shapes().objects(shape, predicate)
    for predicate in (SH["or"], SH["and"], SH.xone):
        for members in shapes().objects(shape, predicate):
            yield from Collection(shapes(), members)


def has_target(shape: Node) -> bool:
    return any(
        (shape, predicate, None) in shapes()
        for predicate in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf)
    )


@pytest.mark.parametrize("file", GOOD)
def test_a_good_example_conforms(file: str) -> None:
    wrong = {node: results_of_the_good().get(node) for node in GOOD[file].subjects()}
    assert {node: found for node, found in wrong.items() if found} == {}


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.label)
def test_a_bad_example_breaks_what_it_announces_and_nothing_else(bad: Bad) -> None:
    assert results_of_the_bad().get(bad.node) == [(bad.shape, bad.component)]


def test_nothing_but_the_bad_examples_is_reported() -> None:
    assert set(results_of_the_bad()) == {bad.node for bad in BAD}


def test_each_bad_example_is_like_a_good_one_of_some_file() -> None:
    good = {node for graph in GOOD.values() for node in graph.subjects()}
    assert [bad.label for bad in BAD if bad.like not in good] == []


def test_no_two_bad_examples_share_a_node() -> None:
    assert len({bad.node for bad in BAD}) == len(BAD)


def test_every_constraint_has_a_bad_example() -> None:
    announced = {(bad.shape, bad.component) for bad in BAD}
    assert announced == constraints()


def test_the_suite_has_not_shrunk() -> None:
    assert (len(rules()), len(constraints())) == (RULES, CONSTRAINTS)


def test_every_file_of_shapes_has_good_and_bad_examples() -> None:
    assert set(GOOD) == set(PATCHES) == set(FILES) - {KINDS}


@pytest.mark.parametrize("predicate", [SH.name, SH.description, SH.message, SH.severity])
def test_every_shape_explains_itself(predicate: URIRef) -> None:
    explained = all_shapes() - set(FILES[KINDS].subjects())
    assert [s for s in explained if len(list(shapes().objects(s, predicate))) != 1] == []


def test_every_shape_has_an_iri() -> None:
    nameless = {
        part
        for shape in all_shapes()
        for part in (shape, *referred_to(shape))
        if not str(part).startswith(SHAPES)
    }
    assert nameless == set()


def test_every_shape_that_is_referred_to_exists() -> None:
    assert {part for shape in all_shapes() for part in referred_to(shape)} <= all_shapes()


def test_every_rule_is_reached_from_a_target() -> None:
    reached = {shape for shape in all_shapes() if has_target(shape)}
    reached |= {part for shape in reached for part in referred_to(shape)}
    assert rules() - reached == set()


def test_kinds_are_referred_to_and_have_no_target() -> None:
    kinds = {shape for shape in FILES[KINDS].subjects(RDF.type) if isinstance(shape, URIRef)}
    used = {part for shape in all_shapes() - kinds for part in referred_to(shape)}
    assert kinds - used == set()
    assert [shape for shape in kinds if has_target(shape)] == []


def test_a_shape_lists_rules_that_hold_for_the_same_class() -> None:
    targets = {
        shape: {frozenset(shapes().objects(part, SH.targetClass)) for part in referred_to(shape)}
        for shape in all_shapes()
        if not has_target(shape) and shape not in rules()
    }
    lists = {shape: found for shape, found in targets.items() if found}
    assert [shape for shape, found in lists.items() if len(found) != 1] == []


def test_shapes_hold_core_constraints_only() -> None:
    assert set(shapes().predicates()) & {SH.sparql, SH.js, SH.expression, SH.rule} == set()


@pytest.mark.parametrize(
    "graph",
    [*FILES.values(), *GOOD.values(), *PATCHES.values()],
    ids=[*FILES, *(f"{f}.good" for f in GOOD), *(f"{f}.bad" for f in PATCHES)],
)
def test_shapes_and_examples_use_declared_terms_only(graph: Graph) -> None:
    declared = set(ontology().subjects(RDF.type))
    named = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    assert {term for term in named if term.startswith(NKG)} - declared == set()


def test_paths_outside_the_ontology_are_of_known_vocabularies() -> None:
    paths = {path for path in shapes().objects(None, SH.path) if isinstance(path, URIRef)}
    declared = set(ontology().subjects(RDF.type)) | {RDF.type, RDFS.label, RDFS.subClassOf}
    assert paths - declared == set()


def test_entity_rules_hold_for_every_kind_of_entity_but_printed_forms() -> None:
    kinds = set(ontology().subjects(RDFS.subClassOf, URIRef(NKG + "Entity")))
    targets = set(shapes().objects(URIRef(SHAPES + "EntityShape-label"), SH.targetClass))
    assert targets == kinds - {URIRef(NKG + "PrintedForm")}


def test_a_drug_is_classed_by_a_class_of_the_ontology() -> None:
    allowed = shapes().value(URIRef(SHAPES + "DrugShape-class"), SH["in"])
    assert allowed is not None
    below = set(ontology().transitive_subjects(RDFS.subClassOf, URIRef(NKG + "Drug")))
    assert set(Collection(shapes(), allowed)) - below == {OWL.NamedIndividual}
