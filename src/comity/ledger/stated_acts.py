"""Deeds: the acts on an agreement that a statement tells, and whose they are."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from comity.knowledge.known_instruments import KnownInstrument, find_known
from comity.knowledge.names import NameHit, find_names
from comity.knowledge.states import continuing
from comity.knowledge.wording import after_by, before_instrument, is_joint, said
from comity.ledger.act import Act, ActKind
from comity.ledger.statement import Statement
from comity.records.lines import dumps

_TAKEN_BACK = frozenset({"ratification undone", "signature undone"})
_UNDONE = frozenset({"ratified", "terminated", "agreed", "signed", "superseded"})
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
    record, words = statement.record, _wording(statement)
    stage, day = record["stage"], record["date"]
    known = statement.known.isoformat() if statement.known else None
    told_by = f"../{known}" if known else None
    made: Act | None
    if stage in _UNDONE and words & _TAKEN_BACK:
        # whose ratification is withdrawn stays a signatory, and has not left; a parliament's vote for it is internal
        kind: ActKind = "ratification withdrawn" if "ratification undone" in words else "signature withdrawn"
        made = None if "legislature" in words else Act(kind=kind, date=day or told_by, party=_party(statement))
    elif stage in {"proposed", "planned", "negotiated"}:
        # its date is that of the signature to come
        made = Act(kind=_STAGES[stage], date=known)
    elif stage == "ratified" or (stage == "agreed" and {"approval", "legislature"} <= words):
        made = _consent(statement, day or told_by)
    elif stage == "in force":
        if day is not None or ("entry" in words and "entry ahead" not in words):
            made = Act(kind="entered into force" if "entry" in words else "observed in force", date=day or told_by)
        else:
            made = Act(kind="observed in force", date=known)
    elif stage == "terminated":
        made = _end(statement, day or told_by)
    elif stage == "superseded" and day is None and "replaced" not in words:
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


def _wording(statement: Statement) -> frozenset[str]:
    """What the words of a statement say of the act: as its record keeps it, else as its quote is read now.

    Records of readers before this field keep only the quote.
    """
    kept = statement.record.get("wording")
    return frozenset(said("treaty", statement.quote) if kept is None else kept)


def _party(statement: Statement) -> str | None:
    """The one party whose act the quote tells, or null where it tells several or none."""
    hits = [h.code for h in find_names(before_instrument(statement.quote)) if h.kind != "organisation"]
    found = {continuing(c) for c in hits} & set(statement.block.split())
    return found.pop() if len(found) == 1 else None


def _consent(statement: Statement, day: str | None) -> Act:
    words = _wording(statement)
    if "exchange" in words:
        return Act(kind="exchanged", date=day)
    party = _party(statement)
    if "deposit" in words:
        return Act(kind="deposited", date=day, party=party)
    if "legislature" in words:
        return Act(kind="approved", date=day, party=party)
    return Act(kind="ratified", date=day, party=party)


def _end(statement: Statement, day: str | None) -> Act:
    party, words = _party(statement), _wording(statement)
    if "notice" in words:
        return Act(kind="notice given", date=day, party=party)
    if party is not None and "withdrawal" in words:
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
        if kind in {"ratified", "signed"} and instrument.open and "accession" in _wording(told):
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
    before, behind = (quote[: here.start], quote[here.end :]) if here else (before_instrument(quote), "")
    if found := _in_one_breath(before, find_names(before), set(block)):
        return found
    by = after_by(behind)
    return _in_one_breath(by, find_names(by), set(block), first=0) if by else ()


def _in_one_breath(text: str, hits: Iterable[NameHit], block: set[str], first: int | None = None) -> tuple[str, ...]:
    """The states of a text where it names one, or several joined by "and"; none where it sets one beside another."""
    held = [(h, code) for h in hits if (code := continuing(h.code)) in block]
    if not held or (first is not None and held[0][0].start != first):
        return ()
    joined = [held[0][1]]
    for (one, _), (other, code) in pairwise(held):
        if code != joined[-1] and not is_joint(text[one.end : other.start]):
            return () if first is None else tuple(sorted(set(joined)))
        joined.append(code)
    return tuple(sorted(set(joined)))


def steps_of(statement: Statement) -> list[Statement]:
    """A statement, and one for each further act that its record tells, with that act's own quote."""
    out = [statement]
    for step in statement.record.get("acts", ()):
        body = {**statement.record, "wording": None, **step, "duration": None}
        out.append(replace(statement, quote=step["quote"], body=dumps(body)))
    return out
