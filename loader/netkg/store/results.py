"""The shape of an answer, the same from every engine.

Plain classes with slots: `dataclasses` would cost a warm answer a third of its time.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` is not worth its import time on the way to a warm answer
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Cell", "Rows"]


class Cell:
    """One RDF term of an answer.

    Attributes:
        value: The IRI, the lexical form, or a blank node's label.
        kind: `iri`, `literal` or `bnode`.
        datatype: A literal's datatype IRI; empty for language-tagged text.
        language: A literal's language tag; empty when it has none.
    """

    __slots__ = ("datatype", "kind", "language", "value")

    def __init__(
        self, value: str, kind: str = "literal", datatype: str = "", language: str = ""
    ) -> None:
        self.value = value
        self.kind = kind
        self.datatype = datatype
        self.language = language

    def ntriples(self) -> str:
        """Write the term as N-Triples, which is SPARQL too."""
        if self.kind == "iri":
            return f"<{self.value}>"
        if self.kind == "bnode":
            return f"_:{self.value}"
        escaped = self.value.replace("\\", "\\\\").replace('"', '\\"')
        escaped = escaped.replace("\n", "\\n").replace("\r", "\\r")
        kind = f"@{self.language}" if self.language else f"^^<{self.datatype}>"
        return f'"{escaped}"{kind if self.language or self.datatype else ""}'

    def __repr__(self) -> str:
        return f"Cell({self.value!r}, {self.kind!r})"


class Rows:
    """The answer to a SELECT.

    Attributes:
        columns: The projected variables, in order.
        cells: The rows; an unbound variable is None.
    """

    __slots__ = ("cells", "columns")

    def __init__(self, columns: Sequence[str], cells: Sequence[Sequence[Cell | None]]) -> None:
        self.columns = columns
        self.cells = cells

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        """Give each row as text by column; an unbound variable is an empty text."""
        for row in self.cells:
            yield {
                column: cell.value if cell else ""
                for column, cell in zip(self.columns, row, strict=True)
            }

    def __repr__(self) -> str:
        return f"Rows({', '.join(self.columns)}: {len(self)} rows)"
