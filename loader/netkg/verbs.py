"""Verbs: how the label of a property stands between two names in a sentence.

In: a label. Out: the label as a verb. Refuses nothing.
"""

from __future__ import annotations

__all__ = ["as_verb", "with_article"]


def as_verb(label: str) -> str:
    """Make a verb of a property's label, which is one already or says what something "is".

    >>> as_verb("inhibits"), as_verb("in drug class"), as_verb("negatively regulates")
    ('inhibits', 'is in drug class', 'negatively regulates')
    """
    first = label.split(maxsplit=1)[0] if label else ""
    return label if first.endswith(("s", "ly")) else f"is {label}"


def with_article(noun: str) -> str:
    """Put the indefinite article before a noun, by how its first letter, or acronym, is said.

    >>> with_article("antibody"), with_article("mTOR inhibitor"), with_article("drug")
    ('an antibody', 'an mTOR inhibitor', 'a drug')
    """
    spelled = len(noun) > 1 and noun[1].isupper()
    vowel = "aefhilmnorsx" if spelled else "aeiou"
    return f"{'an' if noun[:1].lower() in vowel else 'a'} {noun}"
