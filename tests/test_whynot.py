"""Why something is no answer: what fails, what is nearest, and that the named row changes it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from netkg import KnowledgeGraph
from netkg.cli.main import cli
from netkg.errors import BadParameterError, UnknownNameError

NO_ENTITY_COLUMN = {"coverage", "disputed", "net-effect", "not-stated", "trial-design"}


@pytest.fixture(scope="module")
def mini(mini_root: str) -> KnowledgeGraph:
    return KnowledgeGraph.open(mini_root)


def test_everolimus_and_mtorc2(graph: KnowledgeGraph) -> None:
    reasons = graph.why_not("drugs acting on mTORC2", "everolimus")
    assert not reasons.answers
    missing = [failure.missing for failure in reasons.failures]
    assert ("no claim that counts takes everolimus to mTORC2",) in missing
    assert ("no claim that counts takes a drug class of everolimus to mTORC2",) in missing
    assert any("blocks the ATP site" in text for texts in missing for text in texts)
    by_title = {group.title: group for group in reasons.nearest}
    assert "rapalog" in by_title["what it belongs to"].facts[0]
    how = by_title["how it gets hold of its targets"]
    assert "Everolimus binds FKBP-12." in {claim.statement for claim in how.claims}
    kin = by_title["what is claimed of it, or of its groups, and what shares a part with mTORC2"]
    reached = {part for claim in kin.claims for part in claim.propositions}
    assert any(part.endswith("rapalog/inhibits/mtorc1") for part in reached)
    assert not any(part.endswith("/inhibits/mtorc2") for part in reached)


def test_the_row_that_would_change_it_is_named(graph: KnowledgeGraph) -> None:
    failure = graph.why_not("drugs acting on mTORC2", "everolimus").failures[0]
    assert failure.needed[0] == (
        "a row in drug-actions.tsv, affirmed and at least suggested, with agent = everolimus and "
        "target = mTORC2"
    )


@pytest.mark.parametrize(
    ("question", "entity", "missing"),
    [
        ("what is mTORC2 made of", "raptor",
         "no claim that counts has whole mTORC2 and has named part raptor"),
        ("which complexes contain mTOR", "TSC1/TSC2",
         "no claim that counts has whole TSC1/TSC2 complex and has named part mTOR"),
        ("what regulates AKT", "raptor", "no claim that counts takes raptor to AKT"),
        ("drugs blocking both mTORC1 and mTORC2", "sirolimus",
         "it does not hold that sirolimus inhibits mTORC2"),
        ("drugs acting on mTORC2", "octreotide", "no claim that counts takes octreotide to mTORC2"),
    ],
)  # fmt: skip
def test_what_fails_is_said(
    graph: KnowledgeGraph, question: str, entity: str, missing: str
) -> None:
    reasons = graph.why_not(question, entity)
    assert missing in {text for failure in reasons.failures for text in failure.missing}


def test_a_denial_comes_first_among_what_is_near(mini: KnowledgeGraph) -> None:
    reasons = mini.why_not("drugs acting on mTORC2", "zorolimus")
    both = next(group for group in reasons.nearest if "zorolimus and mTORC2" in group.title)
    assert both.claims[0].polarity == "denied"
    assert "Zorolimus does not block mTORC2." in reasons.as_text()


def test_the_named_row_makes_it_an_answer(mini: KnowledgeGraph, mini_graphs: Path) -> None:
    reasons = mini.why_not("drugs acting on mTORC2", "zorolimus")
    needed = [text for failure in reasons.failures for text in failure.needed]
    assert any("classification.tsv" in text and "member = zorolimus" in text for text in needed)
    table = mini_graphs / "paper2030" / "classification.tsv"
    header, *rows = table.read_text("utf-8").splitlines()
    row = rows[0].replace("torfenib", "zorolimus").replace("Torfenib", "Zorolimus")
    table.write_text("\n".join([header, *rows, row]) + "\n", "utf-8")
    changed = KnowledgeGraph.of_tables([str(mini_graphs)])
    drugs = {row["drugLabel"] for row in changed.ask("drugs acting on mTORC2")}
    assert "zorolimus" in drugs
    assert "zorolimus" not in {row["drugLabel"] for row in mini.ask("drugs acting on mTORC2")}


def test_every_question_can_be_asked_why_not(graph: KnowledgeGraph) -> None:
    explained = 0
    for question in graph.questions():
        if question.name in NO_ENTITY_COLUMN:
            continue
        values = {one.name: one.example for one in question.parameters}
        for entity in ("everolimus", "mTORC2"):
            reasons = graph.why_not(question.name, entity, **values)
            assert reasons.as_text()
            explained += bool(reasons.failures)
            for failure in reasons.failures:
                assert failure.missing
                assert all(failure.missing), question.name
                assert not [text for text in failure.needed if re.search(r"= ( |$)", text)]
    assert explained > 50


@pytest.mark.parametrize("name", sorted(NO_ENTITY_COLUMN))
def test_a_question_without_entities_in_its_answer_says_so(
    graph: KnowledgeGraph, name: str
) -> None:
    question = next(one for one in graph.questions() if one.name == name)
    values = {one.name: one.example for one in question.parameters}
    with pytest.raises(BadParameterError, match="no column of this question's answer"):
        graph.why_not(name, "AKT", **values)


def test_what_is_an_answer_is_sent_to_why(graph: KnowledgeGraph) -> None:
    reasons = graph.why_not("drugs acting on mTORC2", "sapanisertib")
    assert reasons.answers > 0
    assert not reasons.failures
    assert "netkg why" in reasons.as_text()


def test_an_unknown_name_is_an_error_that_helps(graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match="did you mean everolimus"):
        graph.why_not("drugs acting on mTORC2", "everolimous")


# ── the commands ─────────────────────────────────────────────────────────────────────────────────


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(cli, words)
    return done.exit_code, done.stdout, done.stderr


def test_the_commands_write_what_was_asked_for(store_root: str) -> None:
    place = ("--store", store_root)
    code, text, _ = run("why-not", "drugs acting on mTORC2", "everolimus", *place)
    assert code == 0
    assert text.startswith("everolimus is no answer\n")
    code, written, _ = run(
        "why-not", "drugs-acting-on", "everolimus", "--target", "mTORC2", "--format", "json", *place
    )
    assert code == 0
    assert json.loads(written)["failures"][0]["needed"]
    code, markdown, _ = run("why-not", "drugs acting on mTORC2", "everolimus", "--format", "md",
                            *place)  # fmt: skip
    assert markdown.startswith("### everolimus is no answer\n")
    code, text, _ = run("ask", "what is mTORC2 made of", "--why", *place)
    assert code == 0
    assert text.count("claimed:") >= 6
    code, written, _ = run("ask", "what is mTORC2 made of", "--why", "--format", "json", *place)
    assert len(json.loads(written)["rows"]) == 6
    code, turtle, _ = run("why", "everolimus", "inhibits", "mTORC1", "--format", "turtle", *place)
    assert "prov:wasDerivedFrom" in turtle


def test_the_commands_say_what_is_wrong(store_root: str) -> None:
    place = ("--store", store_root)
    assert run("why-not", "drugs acting on mTORC2", "sapanisertib", *place)[0] == 1
    code, out, err = run("why", "everolimus", "inhibits", "mTORC2", *place)
    assert code == 1
    assert out.startswith("not in the graph")
    assert "netkg why-not" in err
    code, out, err = run("why", "drugs acting on mTORC2", "everolimus", *place)
    assert (code, out) == (1, "")
    assert "in no row of the answer" in err
    assert run("why", "everolimus", *place)[0] == 2
    assert run("why-not", "everolimus", *place)[0] == 2
    assert run("ask", "what is mTORC2 made of", "--why", "--format", "csv", *place)[0] == 2
