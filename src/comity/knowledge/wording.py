"""The wording of passages: the rows of `en/wording.csv`, each a named pattern with example and counter-example.

A row belongs to a use: `treaty` (acts on an agreement), `clause` (who acts in a quote), `title`, `journey`, `readout`,
`amount` or `act` (what a sentence says of an act). A record keeps the names of the rows that its quote bears out; what
was stored before they were kept is read from its quote by the same rows.
"""

import re
from functools import cache, lru_cache

from comity.errors import TableError
from comity.knowledge.states import rows

USES = ("treaty", "clause", "title", "journey", "readout", "amount", "act")
"""What the rows are for."""
_NOUN = "{noun}"


@cache
def patterns(use: str) -> dict[str, str]:
    """The patterns of a use by their names, in the order of the table.

    >>> list(patterns("journey"))
    ['remote', 'in person']
    """
    return {name: pattern for (of, name), pattern in _table().items() if of == use}


def says(use: str, name: str, text: str) -> bool:
    """Whether a text matches a row of a use, ignoring case.

    >>> says("treaty", "notice", "Chile gave notice of the end of the accord")
    True
    """
    return _compiled(use, name).search(text) is not None


@lru_cache(maxsize=20_000)
def said(use: str, text: str) -> tuple[str, ...]:
    """The names of the rows of a use that match a text, in the order of the table.

    >>> said("treaty", "The Senate of Chile approved the accession to the convention.")
    ('legislature', 'approval', 'accession')
    """
    return tuple(name for name in patterns(use) if says(use, name, text))


def is_remote(text: str) -> bool:
    """Whether a text reports a remote meeting and no journey.

    >>> is_remote("Xi and Scholz held a virtual summit"), is_remote("Scholz visited Beijing")
    (True, False)
    >>> is_remote("Scholz, who had spoken with Xi by telephone, arrived in Beijing")
    False
    >>> is_remote("Xi will visit Moscow, the two agreed by telephone")
    False
    """
    return says("journey", "remote", text) and not says("journey", "in person", text)


def before_instrument(text: str) -> str:
    """The words of a text before its instrument: who acts, not with whom.

    >>> before_instrument("Chile ratified the treaty with Peru")
    'Chile ratified the '
    """
    found = _compiled("clause", "instrument").search(text)
    return text[: found.start()] if found else text


def after_by(text: str) -> str | None:
    """The words of a text after its first "by"; null if it has none.

    >>> after_by(" was ratified by the Netherlands")
    'Netherlands'
    """
    found = _compiled("clause", "by").search(text)
    return text[found.end() :] if found else None


def is_joint(between: str) -> bool:
    """Whether the words between two names join them.

    >>> is_joint(" and the "), is_joint(" with ")
    (True, False)
    """
    return says("clause", "joined", between)


def is_indefinite(noun: str, text: str) -> bool:
    """Whether a text speaks of any such thing and of no known one.

    >>> is_indefinite("treaty", "They want a new treaty"), is_indefinite("treaty", "They signed the treaty")
    (True, False)
    """
    pattern = patterns("title")["indefinite"].replace(_NOUN, re.escape(noun))
    return re.search(pattern, text, re.IGNORECASE) is not None


def year_named(noun: str, text: str) -> str | None:
    """The year by which a text names an instrument; null if it does not.

    >>> year_named("treaty", "under the 1993 friendship treaty"), year_named("treaty", "the treaty of 1993")
    ('1993', None)
    """
    pattern = patterns("title")["named by year"].replace(_NOUN, re.escape(noun))
    found = re.search(pattern, text, re.IGNORECASE)
    return found[1] if found else None


def years_of_instruments(text: str) -> frozenset[int]:
    """The years in a title that belong to an instrument.

    >>> years_of_instruments("Supplement to the 1936 sugar convention for 1950")
    frozenset({1936})
    """
    return frozenset(int(y) for y in _compiled("title", "year of an instrument").findall(text))


def amounts(text: str) -> frozenset[str]:
    """The numbers of a text that count percent, millions, tons and so on, as written.

    >>> amounts("a loan of 75 million dollars in 1975")
    frozenset({'75'})
    """
    return frozenset(m[1] for m in _compiled("amount", "amount").finditer(text))


@cache
def light_title_words() -> frozenset[str]:
    """Words that may accompany the name of a known instrument in a title without making it another one.

    >>> "landmark" in light_title_words(), "protocol" in light_title_words()
    (True, False)
    """
    return frozenset(r["word"] for r in rows("en/light_title_words.csv"))


@cache
def _compiled(use: str, name: str) -> re.Pattern[str]:
    return re.compile(_table()[use, name], re.IGNORECASE)


@cache
def _table() -> dict[tuple[str, str], str]:
    out: dict[tuple[str, str], str] = {}
    for n, r in enumerate(rows("en/wording.csv"), 2):
        key = (r["use"], r["name"])
        if r["use"] not in USES or key in out or not r["pattern"]:
            raise TableError(f"en/wording.csv:{n}: needs one of {', '.join(USES)}, a unique name and a pattern")
        out[key] = r["pattern"]
    return out
