"""Words for what a figure between states measures, and for its direction."""

import csv
from functools import cache
from importlib.resources import files

_TAGS = {"PROPN": "NOUN", "AUX": "VERB"}


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    table = files("comity.knowledge").joinpath("tables/measures.csv").read_text(encoding="utf-8")
    out: dict[tuple[str, str], list[str]] = {}
    for r in csv.DictReader(table.splitlines()):
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
