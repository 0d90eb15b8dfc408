"""Words for what a figure between states measures, and for its direction."""

import re
from functools import cache

from comity.knowledge.states import rows

_TAGS = {"PROPN": "NOUN", "AUX": "VERB"}


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    out: dict[tuple[str, str], list[str]] = {}
    for r in rows("en/measures.csv"):
        out.setdefault((r["word"], r["upos"]), []).append(r["measure"])
    return {k: tuple(v) for k, v in out.items()}


@cache
def nouns() -> frozenset[str]:
    """The nouns for what a number measures, in the singular.

    >>> "quota" in nouns(), "price" in nouns(), "rise" in nouns()
    (True, False, False)
    """
    return frozenset(w for (w, upos), m in _table().items() if upos == "NOUN" and not {"none", "up", "down"} & {*m})


def meaning(lemma: str, upos: str) -> str | None:
    """The meaning of a word next to a number: a measure, `give`, `balance`, `quota`, `up`, `down`, or `none`.

    `none` marks a number as one of other things (prices, budgets), null has no meaning.

    >>> meaning("export", "NOUN"), meaning("decline", "VERB"), meaning("cost", "NOUN"), meaning("sun", "NOUN")
    ('exports', 'down', 'none', None)
    """
    found = _table().get((lemma.lower(), upos)) or _table().get((lemma.lower(), _TAGS.get(upos, upos)))
    return found[0] if found else None


@cache
def _contexts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["yields"], re.compile(r["pattern"], re.IGNORECASE)) for r in rows("en/amount_contexts.csv"))


def contexts(marked: str) -> frozenset[str]:
    """What the words around an amount say of it, by the rows of `amount_contexts.csv`.

    `price` (also a rate, or a sum converted), `no sum`, `share`, `level`; `base`, what another amount is compared
    with, or `origin`, which is one where something rises or falls; `its time` where a date is that of the amount,
    or `earlier` where it is that of another. In the text the amount stands in ‹ ›, other amounts in « », the date in
    ⟦ ⟧.

    >>> sorted(contexts("Wheat was sold at ‹105 dollars› per tonne.")), contexts("Trade reached ‹105 dollars›.")
    (['level', 'price'], frozenset())
    """
    return frozenset(yields for yields, pattern in _contexts() if pattern.search(marked))
