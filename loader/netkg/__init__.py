"""netkg: a sourced knowledge graph of targeted therapy in neuroendocrine tumours."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` is not worth its import time on the way to a warm answer
if TYPE_CHECKING:
    from netkg.errors import NetkgError
    from netkg.kg import KnowledgeGraph

__all__ = ["KnowledgeGraph", "NetkgError"]


def __getattr__(name: str) -> object:
    """Import the public names when they are first used (PEP 562), to answer the sooner."""
    if name == "KnowledgeGraph":
        from netkg.kg import KnowledgeGraph

        return KnowledgeGraph
    if name == "NetkgError":
        from netkg.errors import NetkgError

        return NetkgError
    raise AttributeError(f"module 'netkg' has no attribute {name!r}")
