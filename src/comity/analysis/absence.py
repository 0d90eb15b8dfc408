"""An empty answer in words: what was searched for, and what the ledger contains instead."""

from collections.abc import Sequence
from datetime import date

from comity.knowledge.state_names import in_prose
from comity.knowledge.states import continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.provenance import counted
from comity.pages.facts import HEADINGS

_MOST = 3


def absence(
    ledger: Ledger, what: str, states: Sequence[str] = (), *, asked: str = "", known: date | None = None
) -> str:
    """Why an answer is empty: `what` was searched for (a noun), about which states, and how restricted (`asked`).

    It ends with what is reported about these states, otherwise with the states most reported together with them,
    otherwise with the most reported ones. Raises `CodeError` for an unknown state.
    """
    codes = list(dict.fromkeys(continuing(code_of(s)) for s in states))
    looked = f"no {what}" + (f" of {_joined([in_prose(c) for c in codes])}" if codes else "")
    looked += f" {asked}" if asked else ""
    return f"{looked} is reported; {_instead(ledger, codes, known)}"


def no_value(
    ledger: Ledger, what: str, states: Sequence[str] = (), *, asked: str = "", known: date | None = None
) -> str:
    """Why a series or a share is empty: as `absence`, with the imported data sets that could give a value.

    Raises `CodeError` for an unknown state.
    """
    return f"{absence(ledger, what, states, asked=asked, known=known)}; {imported(ledger)}"


def no_finding(
    ledger: Ledger, facts: int, states: Sequence[str] = (), kinds: Sequence[str] = (), *, known: date | None = None
) -> str:
    """Why data sets say nothing about some facts: there are none, no data set is imported, or none covers such facts.

    Raises `CodeError` for an unknown state.
    """
    if not facts:
        return absence(ledger, " or ".join(kinds) or "fact", states, known=known)
    codes = list(dict.fromkeys(continuing(code_of(s)) for s in states))
    whose = f" of {_joined([in_prose(c) for c in codes])}" if codes else ""
    return f"no data set says anything of {counted(facts, 'fact')}{whose}; {imported(ledger)}"


def imported(ledger: Ledger) -> str:
    """The data sets in a ledger, with the years that each covers, and how to find others."""
    imported = [f"{s.key} ({s.coverage})" for s in ledger.sources()]
    if not imported:
        return "no data set is imported; comity import --list shows those that can be"
    others = "comity import --list shows the others"
    return f"{'data sets' if len(imported) > 1 else 'the data set'} imported: {', '.join(imported)}; {others}"


def _instead(ledger: Ledger, codes: list[str], known: date | None) -> str:
    counts = ledger.counts()
    if not counts["statements"]:
        return f"the ledger holds {counted(counts['documents'], 'document')} and no statement; comity add reads more"
    if there := _in_ledger(ledger, codes, known):
        whose = "of these states " if len(codes) > 1 else "of it " if codes else ""
        return f"{whose}{'there is' if there.startswith('1 ') else 'there are'} {there}"
    lone = [(c, ledger.partners(c, known=known, most=_MOST)) for c in codes] if len(codes) > 1 else []
    parts = [f"{in_prose(c)} with {_listed(found)}" for c, found in lone if found]
    if parts:
        return f"nothing is reported of them together, but of {'; of '.join(parts)}"
    most = ledger.rows(_MOST_REPORTED, [])
    where = f"nothing at all is reported of {'them' if len(codes) > 1 else 'it'}; " if codes else ""
    return f"{where}most is reported of {_listed(most)}"


_MOST_REPORTED = f"""
    SELECT code, count(*) AS n FROM (SELECT unnest(string_split(block, ' ')) AS code FROM standing)
    WHERE code <> '' GROUP BY code ORDER BY n DESC, code LIMIT {_MOST}"""  # noqa: S608 - our own number


_KINDS = """
    SELECT kind, count(*), min(known), max(known) FROM standing WHERE {where} GROUP BY kind ORDER BY 2 DESC, kind"""


def _in_ledger(ledger: Ledger, codes: list[str], known: date | None) -> str:
    """The numbers of statements of each kind about all of some states, and their days; empty if there are none."""
    where = " AND ".join(["(' ' || block || ' ') LIKE ?" for _ in codes]) or "true"
    parameters: list[object] = [f"% {c} %" for c in codes]
    if known is not None:
        where += " AND known <= ?"
        parameters.append(known)
    rows = ledger.rows(_KINDS.format(where=where), parameters)
    if not rows:
        return ""
    days = [d for r in rows for d in r[2:] if d is not None]
    span = _span(min(days), max(days)) if days else ""
    first, *rest = [(n, HEADINGS[kind].lower()) for kind, n, *_ in rows]
    return _joined([f"{counted(first[0], 'statement')} on {first[1]}", *(f"{n:,} on {k}" for n, k in rest)]) + span


def _span(first: date, last: date) -> str:
    return f" in reports of {first}" if first == last else f" in reports of {first} to {last}"


def _listed(found: Sequence[tuple[str, int]]) -> str:
    return _joined([f"{in_prose(c)} ({n:,})" for c, n in found])


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]])) if parts else ""
