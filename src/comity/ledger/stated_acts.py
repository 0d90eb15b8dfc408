"""Deeds: the acts on an agreement that a statement tells, and whose they are."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from comity.knowledge.known_instruments import KnownInstrument, find_known
from comity.knowledge.names import NameHit, find_names
from comity.knowledge.states import continuing
from comity.ledger.act import Act, ActKind
from comity.ledger.statement import Statement
from comity.records.lines import dumps

_LEGISLATURE = re.compile(
    r"\b(?:parliament\w*|senat\w+|congress\w*|duma|khural|bundestag|bundesrat|knesset|majlis|diet|rada|sejm|seimas|saeima"
    r"|riigikogu|legislat\w+|lawmakers|deputies|assembly|house of \w+|upper house|lower house|bill"
    r"|law on (?:the )?ratif\w+)\b",
    re.IGNORECASE,
)
_APPROVES = re.compile(r"\b(?:approv|pass|adopt|endors)\w*\b", re.IGNORECASE)
_EXCHANGE = re.compile(r"\bexchang\w++[^.;]{0,60}\b(?:instruments?|ratification|letters|notes)\b", re.IGNORECASE)
_DEPOSIT = re.compile(r"\bdeposit\w*+[^.;]{0,60}\b(?:instruments?|ratification|accession|acceptance)\b", re.IGNORECASE)
_ENTERED = re.compile(
    r"\b(?:ent(?:er|ers|ered|ry|ering)|c[ao]m(?:e|es|ing)|took|takes?|taken|taking|brought|put|goes|went|became|becomes?)\s+"
    r"(?:\w+\s+){0,2}?(?:into\s+|in\s+)?(?:force|effect|effective)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\b(?:notice|notif\w+|denounc\w+|denunciation|not to (?:extend|renew|prolong))\b", re.IGNORECASE)
_WITHDRAW = re.compile(r"\b(?:withdr\w+|pull\w* out|quit\w*|exit\w*|leav\w+|left)\b", re.IGNORECASE)
_REPLACED = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+\s+)?(?:replaced|superseded)\b", re.IGNORECASE)
_UNDO = r"(?:withdr\w+|revok\w+|revocation|rescind\w+|retract\w+|recall\w+|annul\w+|cancel\w*)"
_UNRATIFIED = re.compile(
    rf"\b{_UNDO}\b[^.;]{{0,40}}\bratification\b|\bratification\b[^.;]{{0,40}}\b{_UNDO}\b|\b(?:de-?|un)ratif\w+",
    re.IGNORECASE,
)
_UNSIGNED = re.compile(
    rf"\b{_UNDO}\b[^.;]{{0,40}}\bsignature\b|\bsignature\b[^.;]{{0,40}}\b{_UNDO}\b|\bunsign\w*", re.IGNORECASE
)
_UNDONE = frozenset({"ratified", "terminated", "agreed", "signed", "superseded"})
_ACCEDES = re.compile(r"\b(?:acced\w+|accession|join\w*|rejoin\w*)\b", re.IGNORECASE)
_BY = re.compile(r"\bby\s+(?:the\s+)?")
_AND = re.compile(r"(?<!\s)\s*+(?:, as well as\s|,?\s*+\band\b|,|&)\s*+(?:the\s++)?")
_STAGES: dict[str, ActKind] = {
    "proposed": "announced",
    "planned": "announced",
    "negotiated": "negotiated",
    "initialled": "initialled",
    "agreed": "adopted",
    "signed": "signed",
    "amended": "amended",
    "extended": "extended",
    "renewed": "renewed",
    "suspended": "suspended",
    "superseded": "superseded",
    "expired": "expired",
}


def act_of(statement: Statement) -> Act | None:
    """The act that a statement about an agreement tells; null where it tells none.

    A parliament's vote is `approved`, not ratification; the day of an announcement is the day it was made, not the
    day that it is about; a report that only speaks of an agreement as in force shows that it was so by then.
    """
    record, quote = statement.record, statement.quote
    stage, day = record["stage"], record["date"]
    known = statement.known.isoformat() if statement.known else None
    told_by = f"../{known}" if known else None
    made: Act | None
    if stage in _UNDONE and (_UNRATIFIED.search(quote) or _UNSIGNED.search(quote)):
        # whose ratification is withdrawn stays a signatory, and has not left; a parliament's vote for it is internal
        kind: ActKind = "ratification withdrawn" if _UNRATIFIED.search(quote) else "signature withdrawn"
        made = None if _LEGISLATURE.search(quote) else Act(kind=kind, date=day or told_by, party=_party(statement))
    elif stage in {"proposed", "planned", "negotiated"}:
        # its date is that of the signature to come
        made = Act(kind=_STAGES[stage], date=known)
    elif stage == "ratified" or (stage == "agreed" and _APPROVES.search(quote) and _LEGISLATURE.search(quote)):
        made = _consent(statement, day or told_by)
    elif stage == "in force":
        if day is not None or (_ENTERED.search(quote) and not _future(record)):
            made = Act(
                kind="entered into force" if _ENTERED.search(quote) else "observed in force", date=day or told_by
            )
        else:
            made = Act(kind="observed in force", date=known)
    elif stage == "terminated":
        made = _end(statement, day or told_by)
    elif stage == "superseded" and day is None and not _REPLACED.search(quote):
        # "it replaces the treaty of 1993" is said at the signature; the end comes with the entry into force (art. 59)
        made = None
    elif stage in _STAGES:
        until = record["duration"] if stage in {"extended", "renewed"} else None
        made = Act(kind=_STAGES[stage], date=day or told_by, until=(until or "").removeprefix("until ") or None)
    else:
        made = None
    return replace(made, known=known, sources=(statement.id,)) if made else None


def acts_of(statement: Statement) -> list[Act]:
    """All acts that a statement about an agreement tells: that of its stage, and those before and besides."""
    return [a for s in steps_of(statement) if (a := act_of(s)) is not None]


def _future(record: dict[str, Any]) -> bool:
    return bool(
        re.search(
            r"\b(?:will|shall|to|until|before|once|when)\s+(?:\w+\s+){0,6}?(?:enters?|comes?|takes?)\b",
            record["quote"] or "",
        )
    )


def _party(statement: Statement) -> str | None:
    """The one party whose act the quote tells, or null where it tells several or none."""
    hits = [h.code for h in find_names(_agent(statement.quote)) if h.kind != "organisation"]
    found = {continuing(c) for c in hits} & set(statement.block.split())
    return found.pop() if len(found) == 1 else None


def _agent(quote: str) -> str:
    """The words before the instrument: who acts, not with whom."""
    return re.split(r"\b(?:treaty|agreement|accord|pact|protocol|convention|memorandum)\b", quote, maxsplit=1)[0]


def _consent(statement: Statement, day: str | None) -> Act:
    quote = statement.quote
    if _EXCHANGE.search(quote):
        return Act(kind="exchanged", date=day)
    party = _party(statement)
    if _DEPOSIT.search(quote):
        return Act(kind="deposited", date=day, party=party)
    if _LEGISLATURE.search(quote):
        return Act(kind="approved", date=day, party=party)
    return Act(kind="ratified", date=day, party=party)


def _end(statement: Statement, day: str | None) -> Act:
    party = _party(statement)
    if _NOTICE.search(statement.quote):
        return Act(kind="notice given", date=day, party=party)
    if party is not None and _WITHDRAW.search(statement.quote):
        return Act(kind="withdrawn", date=day, party=party)
    return Act(kind="terminated", date=day)


_OWN: frozenset[ActKind] = frozenset(
    {
        "signed", "approved", "ratified", "deposited", "acceded", "notified", "notice given", "withdrawn", "suspended",
        "resumed", "ratification withdrawn", "signature withdrawn",
    }
)  # fmt: skip
"""What a state does for itself with an instrument of many."""
_WHOLE: frozenset[ActKind] = frozenset(
    {"amended", "extended", "renewed", "suspended", "resumed", "expired", "superseded"}
)
"""What all parties do with it together, or what befalls it."""


def acts_on(statement: Statement, instrument: KnownInstrument) -> list[Act]:
    """The acts on a known instrument that a statement tells: each state's own, and those that the table leaves open.

    That two states speak of it is no act, and a day of its signature or entry into force that the table tells stands.
    """
    out: list[Act] = []
    parties = {continuing(p) for p in instrument.parties}
    # all its parties act together only where the statement is about all of them
    whole = bool(parties) and parties == set(statement.block.split())
    for told in steps_of(statement):
        act = act_of(told)
        if act is None:
            continue
        kind = act.kind
        if kind in {"ratified", "signed"} and instrument.open and _ACCEDES.search(told.quote):
            kind = "acceded"
        elif kind == "terminated":
            kind = "withdrawn"
        acting = tuple(a for a in actors(told, instrument) if not parties or a in parties)
        if kind in _OWN and acting and not (whole and set(acting) == parties and kind in _WHOLE | {"withdrawn"}):
            out += [replace(act, kind=kind, party=party) for party in acting]
        elif (whole and act.kind in _WHOLE) or (whole and act.kind == "terminated" and instrument.ended is None):
            out.append(replace(act, party=None))
        elif act.kind == "entered into force" and instrument.force is None and act.party is None:
            out.append(act)
    if instrument.dated is not None:
        # between its parties the signature is one act, and its day stands in the table
        out = [a for a in out if a.kind != "signed" or instrument.open or not parties]
    return out


def actors(statement: Statement, instrument: KnownInstrument) -> tuple[str, ...]:
    """The states and organisations whose act on a known instrument a statement tells; empty where that is not plain.

    They are the only party of its record, else whom it names as signatories, else whom the quote names in one breath
    before the instrument, or behind it after "by".
    """
    block = statement.block.split()
    if len(block) <= 1:
        return tuple(block)
    signed = [s.get("state") or s.get("organisation") for s in statement.record.get("signatories") or ()]
    if statement.record["stage"] == "signed" and (named := {continuing(c) for c in signed if c} & set(block)):
        return tuple(sorted(named))
    quote = statement.quote
    here = next((m for m in find_known(quote) if m.instrument.key == instrument.key), None)
    before, behind = (quote[: here.start], quote[here.end :]) if here else (_agent(quote), "")
    if found := _in_one_breath(before, find_names(before), set(block)):
        return found
    by = _BY.search(behind)
    return _in_one_breath(behind[by.end() :], find_names(behind[by.end() :]), set(block), first=0) if by else ()


def _in_one_breath(text: str, hits: Iterable[NameHit], block: set[str], first: int | None = None) -> tuple[str, ...]:
    """The states of a text where it names one, or several joined by "and"; none where it sets one beside another."""
    held = [(h, code) for h in hits if (code := continuing(h.code)) in block]
    if not held or (first is not None and held[0][0].start != first):
        return ()
    joined = [held[0][1]]
    for (one, _), (other, code) in pairwise(held):
        if code != joined[-1] and not _AND.fullmatch(text[one.end : other.start]):
            return () if first is None else tuple(sorted(set(joined)))
        joined.append(code)
    return tuple(sorted(set(joined)))


def steps_of(statement: Statement) -> list[Statement]:
    """A statement, and one for each further act that its record tells, with that act's own quote."""
    out = [statement]
    for step in statement.record.get("acts", ()):
        body = {**statement.record, **step, "duration": None}
        out.append(replace(statement, quote=step["quote"], body=dumps(body)))
    return out
