"""The knowledge graph: everything a program can ask of netkg, in one class.

In: a store, found or built when it is first needed. Out: answers as rows or as bytes.
Refuses to write what it answers from: a store is built whole and only read afterwards.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from netkg.asking import find_question, prepare
from netkg.errors import BadParameterError
from netkg.names import resolve_name
from netkg.paths import cache_folder, data_folder
from netkg.store.layout import default_root
from netkg.store.opening import open_store
from netkg.upkeep import check_tables, packaged_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from netkg.asking import Prepared
    from netkg.catalogue import Question
    from netkg.describe import Description
    from netkg.explain.report import Why
    from netkg.explain.whynot import WhyNot
    from netkg.export.formats import Format
    from netkg.findings import Finding
    from netkg.pipeline import Built
    from netkg.report import Report
    from netkg.store.interface import Store
    from netkg.store.results import Rows

__all__ = ["KnowledgeGraph"]


def _quiet(_stage: str) -> None:
    """Show no progress."""


class KnowledgeGraph:
    """A sourced knowledge graph of targeted therapy in neuroendocrine tumours.

    >>> from netkg import KnowledgeGraph
    >>> graph = KnowledgeGraph.open()
    >>> for row in graph.ask("drugs blocking both mTORC1 and mTORC2"):
    ...     if row["drugLabel"] == "sapanisertib":
    ...         print(row["drugLabel"], "|", row["status"])
    sapanisertib | supported
    """

    def __init__(self, store: Store) -> None:
        """Use an opened store; `KnowledgeGraph.open` finds one."""
        self._store = store

    @classmethod
    def open(
        cls,
        store: str | None = None,
        *,
        timeout_s: float = 60,
        progress: Callable[[str], None] = _quiet,
    ) -> KnowledgeGraph:
        """Open a graph; without a place, the packaged one, built on first use.

        Args:
            store: A folder that `netkg build` wrote, or the address of a SPARQL server.
            timeout_s: Seconds until a server's answer must be whole.
            progress: Told the name of each stage, if a store must be built.

        Raises:
            StoreError: There is no store at that place.
            CurationError: The packaged data cannot be built.
        """
        if store:
            return cls(open_store(store, timeout_s=timeout_s))
        return cls(packaged_store(progress))

    @classmethod
    def build(
        cls,
        graphs: Sequence[str] = (),
        *,
        output: str | None = None,
        progress: Callable[[str], None] = _quiet,
    ) -> KnowledgeGraph:
        """Build a store from curated tables and open it.

        Args:
            graphs: Folders shaped like `graphs/`, read instead of the packaged one.
            output: The folder for the store; without one, the user's cache.
            progress: Told the name of each stage as it begins.

        Raises:
            CurationError: The data have errors; the old store stands.
            StoreError: The store cannot be written.
        """
        return cls(open_store(cls.build_at(graphs, output=output, progress=progress)[0]))

    @staticmethod
    def build_at(
        graphs: Sequence[str] = (),
        *,
        output: str | None = None,
        progress: Callable[[str], None] = _quiet,
    ) -> tuple[str, Built]:
        """Build a store as `build` does, and say where it is and what was found.

        Returns:
            The folder of its quads, and the counts and findings of the run.
        """
        from netkg.pipeline import build_store, inputs_of  # noqa: PLC0415 - heavy, only to build

        data = data_folder()
        root = output or default_root(cache_folder(), data)
        return build_store(inputs_of(data, graphs), root, progress)

    @staticmethod
    def check(
        graphs: Sequence[str] = (), *, reasoner: str = "", progress: Callable[[str], None] = _quiet
    ) -> list[Finding]:
        """Check curated tables, the ontology and all that follows, without building a store.

        Args:
            graphs: Folders shaped like `graphs/`, checked instead of the packaged one.
            reasoner: `hermit` to have HermiT judge the ontology too; it needs Java.
            progress: Told the name of each stage as it begins.

        Returns:
            All findings of one run, in the order of their places.

        Raises:
            DataNotFoundError: A folder is missing, or there is no Java.
        """
        return check_tables(graphs, reasoner, progress)

    @classmethod
    def of_tables(
        cls, graphs: Sequence[str], progress: Callable[[str], None] = _quiet
    ) -> KnowledgeGraph:
        """Build a graph of curated tables in memory, and keep no store of it.

        Args:
            graphs: Folders shaped like `graphs/`.
            progress: Told each stage's name.

        Raises:
            CurationError: The tables have errors, all listed.
        """
        from netkg.pipeline import assemble, inputs_of, whole_store  # noqa: PLC0415 - heavy

        return cls(whole_store(assemble(inputs_of(data_folder(), graphs), progress)))

    @staticmethod
    def verify_quotes(sources: str, graphs: Sequence[str] = ()) -> tuple[int, list[Finding]]:
        """Resolve every locator against the papers' text.

        Args:
            sources: A folder that holds the texts, under any file names.
            graphs: Folders shaped like `graphs/`, checked instead of the packaged one.

        Returns:
            How many locators were verified, and a finding for each that does not fit.
        """
        from netkg.quotes import verify_quotes  # noqa: PLC0415 - reads the tables, not the store

        return verify_quotes(data_folder(), graphs, sources)

    @staticmethod
    def questions() -> list[Question]:
        """Give every stored question with its parameters and columns."""
        from netkg.catalogue import read_questions  # noqa: PLC0415 - reads files, not the store

        return read_questions(os.path.join(data_folder(), "queries"))

    def prepare(self, question: str, /, **values: str) -> str:
        """Give the SPARQL text of a stored question with its values in place.

        Args:
            question: Its name, or its template with values.
            values: Values by parameter, when the question is given by name.

        Raises:
            UnknownQuestionError: No stored question fits.
            BadParameterError: A value is missing, unknown or ambiguous.
        """
        return self._prepared(question, values).sparql

    def _prepared(self, question: str, values: Mapping[str, str]) -> Prepared:
        name, found = find_question(self._store, question)
        if twice := sorted(set(found) & set(values)):
            raise BadParameterError(f"{twice[0]} is given twice, in the question and by itself")
        return prepare(self._store, name, {**found, **values})

    def ask(self, question: str, /, **values: str) -> Rows:
        """Ask a stored question.

        Args:
            question: Its name, or its template with values: `drugs acting on mTORC2`.
            values: Values by parameter, when the question is given by name.

        Returns:
            The rows; iterating gives each as text by column.

        Raises:
            UnknownQuestionError: No stored question fits.
            BadParameterError: A value is missing, unknown or ambiguous.

        >>> graph = KnowledgeGraph.open()
        >>> rows = graph.ask("components-of", complex="mTORC2")
        >>> "rictor" in {row["componentLabel"] for row in rows}
        True
        """
        return self._store.select(self.prepare(question, **values))

    def answer(self, question: str, form: str, /, **values: str) -> bytes:
        """Ask a stored question and have the engine write the answer.

        Args:
            question: Its name, or its template with values.
            form: `csv`, `tsv`, `json` or `xml`, the W3C's result formats.
            values: Values by parameter, when the question is given by name.
        """
        return self._store.answer(self.prepare(question, **values), form)

    def run(self, prepared: str) -> Rows:
        """Run a query that `prepare` gave."""
        return self._store.select(prepared)

    def run_answer(self, prepared: str, form: str) -> bytes:
        """Run a query that `prepare` gave and have the engine write the answer."""
        return self._store.answer(prepared, form)

    def sparql_rows(self, text: str) -> Rows | bytes:
        """Run any read-only query: rows for SELECT, Turtle for triples, a word for ASK."""
        from netkg.guard import admit, form_of  # noqa: PLC0415 - only for queries of others

        admitted = admit(text)
        match form_of(admitted):
            case "SELECT":
                return self._store.select(admitted)
            case "ASK":
                return b"true\n" if self._store.ask(admitted) else b"false\n"
            case _:
                return self._store.answer(admitted, "turtle")

    def sparql(self, text: str) -> Rows:
        """Run a SELECT of your own.

        Args:
            text: SPARQL 1.1; the prefixes of netkg need no declaration.

        Raises:
            QuerySyntaxError: It is no SPARQL SELECT.
            ForbiddenQueryError: It would write, or reach for the network.

        >>> graph = KnowledgeGraph.open()
        >>> len(graph.sparql("SELECT ?c WHERE { ?c a nkg:Complex }")) > 2
        True
        """
        from netkg.guard import admit  # noqa: PLC0415 - only for queries of others

        return self._store.select(admit(text))

    def sparql_answer(self, text: str, form: str) -> bytes:
        """Run any read-only query of your own and have the engine write the answer.

        Args:
            text: SPARQL 1.1; the prefixes of netkg need no declaration.
            form: `csv`, `tsv`, `json`, `xml` for rows; `turtle`, `nt`, `rdfxml`, `jsonld` else.
        """
        from netkg.guard import admit  # noqa: PLC0415 - only for queries of others

        return self._store.answer(admit(text), form)

    def entity(self, name: str) -> str:
        """Find the IRI of an entity by label, synonym, id or CURIE.

        Raises:
            UnknownNameError: Nothing carries that name.
            AmbiguousNameError: Several entities do.

        >>> KnowledgeGraph.open().entity("RAD001")
        'https://w3id.org/netkg/entity/everolimus'
        """
        return resolve_name(self._store, name)

    def why(self, subject: str, predicate: str, value: str) -> Why:
        """Explain why a triple holds, down to the claims of the sources.

        Args:
            subject: A name, CURIE or IRI.
            predicate: A property's label or short name, such as `inhibits`, or `a`.
            value: A name, a class after `a`, or a literal's text.

        Returns:
            Its proofs, shortest first; none when the graph does not hold it.

        >>> why = KnowledgeGraph.open().why("everolimus", "inhibits", "mTORC1")
        >>> why.facts[0].proofs[0].axiom.rule.words
        'every rapalog drug inhibits mTORC1'
        """
        from netkg.explain.report import why_fact  # noqa: PLC0415 - only for this

        return why_fact(self._store, subject, predicate, value)

    def why_rows(
        self,
        question: str,
        entity: str = "",
        limit: int = 0,
        most: int | None = None,
        /,
        **values: str,
    ) -> Why:
        """Explain why rows stand in an answer.

        Args:
            question: The question's name, or its template with values.
            entity: The entity whose rows to explain; all rows without it.
            limit: How many rows at most; 0 for all.
            most: How many proofs of each row to work out; None means all.
            values: Values by parameter, when the question is given by name.
        """
        from netkg.explain.report import why_rows  # noqa: PLC0415 - only for this

        about = self.entity(entity) if entity else ""
        return why_rows(
            self._store, self._prepared(question, values), about, limit=limit, most=most
        )

    def why_not(self, question: str, entity: str, /, **values: str) -> WhyNot:
        """Explain why an entity is no answer to a question.

        Args:
            question: The question's name, or its template with values.
            entity: What is missing from the answer.
            values: Values by parameter, when the question is given by name.

        >>> reasons = KnowledgeGraph.open().why_not("drugs acting on mTORC2", "everolimus")
        >>> reasons.failures[0].missing
        ('no claim that counts takes everolimus to mTORC2',)
        """
        from netkg.explain.whynot import why_not  # noqa: PLC0415 - only for this

        return why_not(self._store, self._prepared(question, values), self.entity(entity))

    def audit(self, source: str = "") -> Report:
        """Report which numbers do not add up, where places differ, and what is disputed.

        Args:
            source: A source's name or id, to report only what concerns it; else all of them.

        >>> report = KnowledgeGraph.open().audit("zanini2020")
        >>> any(row["check"] == "p-scores-average-half" for row in report.findings)
        True
        """
        from netkg.report import audit_report  # noqa: PLC0415 - only for this

        return audit_report(self.ask, self.entity(source) if source else "")

    def describe(self, name: str) -> Description:
        """Gather all that is known about an entity, with its evidence.

        Args:
            name: A label, synonym, id or CURIE.
        """
        from netkg.describe import describe  # noqa: PLC0415 - only for this

        return describe(self._store, self.entity(name))

    @staticmethod
    def export_formats() -> tuple[Format, ...]:
        """Give every format of an export, with what it is for."""
        from netkg.export.formats import FORMATS  # noqa: PLC0415 - only for this

        return FORMATS

    def export(self, form: str, output: str = "") -> Mapping[str, bytes]:
        """Write the graph as linked data, and to disk if a place is given.

        Args:
            form: A format's name: `turtle`, `nq`, `jsonld` and others.
            output: A file, or a folder for several files; written whole or not at all.

        Returns:
            The content of each file by name.

        Raises:
            BadParameterError: There is no such format.
            ExportError: It cannot be written there.

        >>> list(KnowledgeGraph.open().export("nt"))
        ['netkg.nt']
        """
        from netkg.export.door import export  # noqa: PLC0415 - only for this

        return export(self._store, form, output)
