"""The README of the Protégé folder: what to open, what to click, what to ask.

In: a store, for the answers. Out: Markdown. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from netkg.export.protege.queries import DL_QUERIES

if TYPE_CHECKING:
    from netkg.export.protege.queries import DLQuery
    from netkg.store.interface import Store

__all__ = ["write_guide"]

_HEAD = """# netkg in Protégé

Made for Protégé 5.6. Nothing here needs a network: keep the files in one folder, so that
`catalog-v001.xml` finds what one asks of another.

| file | open it to |
| --- | --- |
| `netkg.owl` | **start here**: molecules, drugs, diseases, trials; HermiT takes up to a minute |
| `netkg-full.owl` | read all, each claim an individual; for HermiT too large, but not for you |
| `graph.owl` | the same as two files: it imports `ontology.owl` |
| `ontology.owl` | see or edit the terms alone |
| `alignments.owl` | see how the terms match those of other ontologies; imports `ontology.owl` |

## What to click

1. *File > Open…*, `netkg.owl`. No question is asked.
2. *Entities > Classes*: below *entity* are the things of nature, medicine and research. Drugs are
   below *intervention*. Each drug class is there twice: as a class of drugs (*rapalog drug*) and as
   an individual that sources speak about (*rapalog*).
3. *Individuals by class*: choose *everolimus*, below *small-molecule drug*. On the right are its
   relations. Where the **@** is highlighted, a relation rests on claims: click it to read who said
   so, in which section, between which characters, on what evidence and how surely. A relation
   stands there once for each claim that says it.
4. *Reasoner > HermiT*, then *Reasoner > Start reasoner*. What it derives is shown in yellow; the
   **?** beside it explains it.
5. *Window > Tabs > DL Query*: type a query, tick *Instances*, press *Execute*. A name with a space
   stands in single quotes; Ctrl+Space completes names.

## Queries to try

Each gives the individuals below it, and `netkg` gives the same.
"""

_TAIL = """
## What is where

- `netkg.owl` leaves out papers, groups of patients, methods, models and places, and with them the
  claims; a relation still tells its claim by address. `netkg-full.owl` has them.
- What the reasoner derives is not written down: start the reasoner.
- Not here at all: forms that are printed for an entity, findings of the audit and stored questions.
  Identifiers of other resources are links (*exactMatch*, *closeMatch* …), each annotated with its
  label and CURIE.
- A relation is there if it is supported or contested (annotation *standing*). What is only denied
  or guessed is none; its claims are in `netkg-full.owl`.
"""


def _section(number: int, query: DLQuery, store: Store) -> str:
    labels = [row["label"] for row in store.select(query.sparql)]
    found = ", ".join(labels) if labels else "nothing"
    return (
        f"\n{number}. {query.question}\n\n   ```\n   {query.manchester}\n   ```\n\n"
        f"   {len(labels)}: {found}\n"
    )


def write_guide(store: Store) -> bytes:
    """Write the README.

    Args:
        store: The store that the folder is made of.
    """
    sections = (_section(at, query, store) for at, query in enumerate(DL_QUERIES, 1))
    return (_HEAD + "".join(sections) + _TAIL).encode()
