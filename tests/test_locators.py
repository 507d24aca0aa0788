"""A passage becomes a locator, and a locator is verified against the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netkg import KnowledgeGraph
from netkg.curation.locators import find_passage, read_source_text, span_digest
from netkg.errors import DataNotFoundError, LocatorError
from netkg.findings import Severity

MINI = Path(__file__).parent / "mini"
TEXT = "Everolimus inhi-\nbits mTOR. It does not\ninhibit mTORC2. It is given orally."


def test_a_passage_is_found_across_line_breaks_and_hyphens() -> None:
    found = find_passage(TEXT, "Everolimus inhibits mTOR.")
    assert TEXT[found.start : found.end] == "Everolimus inhi-\nbits mTOR."


def test_a_passage_that_stands_twice_is_refused() -> None:
    with pytest.raises(LocatorError, match="2 places"):
        find_passage(TEXT, "It")


@pytest.mark.parametrize("passage", ["", "  \n", "-"])
def test_an_empty_passage_is_refused(passage: str) -> None:
    with pytest.raises(LocatorError, match="empty"):
        find_passage(TEXT, passage)


def test_a_passage_that_is_not_there_is_refused() -> None:
    with pytest.raises(LocatorError, match="does not stand"):
        find_passage(TEXT, "sirolimus")


@given(st.text(min_size=1), st.data())
def test_the_digest_of_a_found_span_is_the_digest_of_its_offsets(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        found = find_passage(text, text[start:end])
    except LocatorError:
        return
    assert found.span_sha256 == span_digest(text, found.start, found.end)
    assert start <= found.start < found.end <= end


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, 10_000)])
def test_offsets_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(LocatorError, match="outside the source"):
        span_digest(TEXT, start, end)


def test_line_ends_of_a_source_are_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one\r\ntwo")
    assert read_source_text(tmp_path / "a.txt") == "one\r\ntwo"


def test_a_source_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9")
    with pytest.raises(LocatorError, match="not UTF-8"):
        read_source_text(tmp_path / "a.txt")


def test_all_locators_of_the_made_up_paper_are_verified() -> None:
    verified, findings = KnowledgeGraph.verify_quotes(str(MINI / "texts"), [str(MINI / "graphs")])
    assert (verified, findings) == (9, [])


def edit_row(graphs: Path, old: str, new: str) -> None:
    for path in (graphs / "paper2030").glob("*.tsv"):
        text = path.read_text("utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), "utf-8")
            return
    pytest.fail(f"{old!r} stands nowhere")


def test_a_hash_that_does_not_fit_is_found(mini_graphs: Path) -> None:
    claims = (mini_graphs / "paper2030/classification.tsv").read_text("utf-8").split("\n")
    digest = claims[1].split("\t")[claims[0].split("\t").index("span_sha256")]
    edit_row(mini_graphs, digest, "0" * 64)
    verified, findings = KnowledgeGraph.verify_quotes(str(MINI / "texts"), [str(mini_graphs)])
    assert verified == 8
    assert [finding.code for finding in findings] == ["bad-hash"]


def test_a_number_that_is_not_in_its_span_is_found(mini_graphs: Path) -> None:
    edit_row(mini_graphs, "0.02", "0.03")
    _, findings = KnowledgeGraph.verify_quotes(str(MINI / "texts"), [str(mini_graphs)])
    codes = [finding.code for finding in findings]
    assert codes == ["statement-disagrees", "number-not-in-span"]


def test_a_passage_with_no_claim_and_no_reason_is_a_silent_gap(mini_graphs: Path) -> None:
    (mini_graphs / "entities/gaps.tsv").unlink()
    _, findings = KnowledgeGraph.verify_quotes(str(MINI / "texts"), [str(mini_graphs)])
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("silent-gap", Severity.WARNING)
    ]
    assert "'Abstract'" in findings[0].message


def test_a_folder_without_the_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataNotFoundError, match="none of the sources' texts"):
        KnowledgeGraph.verify_quotes(str(tmp_path), [str(MINI / "graphs")])


def test_every_locator_of_the_real_papers_is_verified(repository: Path) -> None:
    sources = repository.parent / "shared" / "sources"
    if not sources.is_dir():
        pytest.skip("the papers' texts are not beside the checkout")
    verified, findings = KnowledgeGraph.verify_quotes(str(sources))
    assert [str(finding) for finding in findings] == []
    assert verified > 1800
