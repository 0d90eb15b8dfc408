"""The acts on an agreement that a statement reports, and the parties that performed them."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from comity.knowledge.known_instruments import KnownInstrument, find_known
from comity.knowledge.names import NameHit, find_names
from comity.knowledge.states import continuing
from comity.knowledge.wording import after_by, before_instrument, is_joint, said
from comity.ledger.act import Act, ActKind
from comity.ledger.statement import Statement, body_of
from comity.records.codes import Stage
from comity.records.record import Agreement

_TAKEN_BACK = frozenset({"ratification undone", "signature undone"})
_UNDONE: frozenset[str] = frozenset({Stage.RATIFIED, Stage.TERMINATED, Stage.AGREED, Stage.SIGNED, Stage.SUPERSEDED})
_AHEAD: frozenset[str] = frozenset({Stage.PROPOSED, Stage.PLANNED, Stage.NEGOTIATED})
_PROLONGED: frozenset[str] = frozenset({Stage.EXTENDED, Stage.RENEWED})
_STAGES: dict[str, ActKind] = {
    Stage.PROPOSED: "announced",
    Stage.PLANNED: "announced",
    Stage.NEGOTIATED: "negotiated",
    Stage.INITIALLED: "initialled",
    Stage.AGREED: "adopted",
    Stage.SIGNED: "signed",
    Stage.AMENDED: "amended",
    Stage.EXTENDED: "extended",
    Stage.RENEWED: "renewed",
    Stage.SUSPENDED: "suspended",
    Stage.SUPERSEDED: "superseded",
    Stage.EXPIRED: "expired",
}


def act_of(statement: Statement) -> Act | None:
    """The act that a statement about an agreement reports; null if it reports none.

    A parliament's vote is `approved`, not ratification; the day of an announcement is the day on which it was made,
    not the day that it is about; a report that mentions an agreement as in force shows that it was so by then.
    """
    record, words = statement.as_a(Agreement), _wording(statement)
    stage, day = record.stage, record.date
    known = statement.known.isoformat() if statement.known else None
    by_then = f"../{known}" if known else None
    act: Act | None
    if stage in _UNDONE and words & _TAKEN_BACK:
        # a state that withdraws its ratification remains a signatory; a parliament's vote for that is internal
        kind: ActKind = "ratification withdrawn" if "ratification undone" in words else "signature withdrawn"
        act = None if "legislature" in words else Act(kind=kind, date=day or by_then, party=_party(statement))
    elif stage in _AHEAD:
        # its date is that of the future signature
        act = Act(kind=_STAGES[stage], date=known)
    elif stage == Stage.RATIFIED or (stage == Stage.AGREED and {"approval", "legislature"} <= words):
        act = _consent(statement, day or by_then)
    elif stage == Stage.IN_FORCE:
        if day is not None or ("entry" in words and "entry ahead" not in words):
            act = Act(kind="entered into force" if "entry" in words else "observed in force", date=day or by_then)
        else:
            act = Act(kind="observed in force", date=known)
    elif stage == Stage.TERMINATED:
        act = _end(statement, day or by_then)
    elif stage == Stage.SUPERSEDED and day is None and "replaced" not in words:
        # "it replaces the treaty of 1993" is said at the signature; the end comes with the entry into force (art. 59)
        act = None
    elif stage in _STAGES:
        until = record.duration if stage in _PROLONGED else None
        act = Act(kind=_STAGES[stage], date=day or by_then, until=(until or "").removeprefix("until ") or None)
    else:
        act = None
    return replace(act, known=known, sources=(statement.id,)) if act else None


def acts_of(statement: Statement) -> list[Act]:
    """All acts that a statement about an agreement reports: that of its stage, and earlier and additional ones."""
    return [a for s in steps_of(statement) if (a := act_of(s)) is not None]


def _wording(statement: Statement) -> frozenset[str]:
    """What the wording of a statement says of the act: as stored in its record, otherwise as its quote is read now.

    Records of earlier readers have only the quote.
    """
    wording = statement.as_a(Agreement).wording
    return frozenset(said("treaty", statement.quote) if wording is None else wording)


def _party(statement: Statement) -> str | None:
    """The single party whose act the quote reports; null if it reports several or none."""
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
"""Acts of a single state on a multilateral instrument."""
_WHOLE: frozenset[ActKind] = frozenset(
    {"amended", "extended", "renewed", "suspended", "resumed", "expired", "superseded"}
)
"""Acts of all parties together, or events in its life."""


def acts_on(statement: Statement, instrument: KnownInstrument) -> list[Act]:
    """The acts on a known instrument that a statement reports: each state's own, and those that the table leaves open.

    A mention by two states is no act, and a day of signature or entry into force in the table takes precedence.
    """
    out: list[Act] = []
    parties = {continuing(p) for p in instrument.parties}
    # all its parties act together only if the statement is about all of them
    whole = bool(parties) and parties == set(statement.block.split())
    for step in steps_of(statement):
        act = act_of(step)
        if act is None:
            continue
        kind = act.kind
        if kind in {"ratified", "signed"} and instrument.open and "accession" in _wording(step):
            kind = "acceded"
        elif kind == "terminated":
            kind = "withdrawn"
        acting = tuple(a for a in actors(step, instrument) if not parties or a in parties)
        if kind in _OWN and acting and not (whole and set(acting) == parties and kind in _WHOLE | {"withdrawn"}):
            out += [replace(act, kind=kind, party=party) for party in acting]
        elif (whole and act.kind in _WHOLE) or (whole and act.kind == "terminated" and instrument.ended is None):
            out.append(replace(act, party=None))
        elif act.kind == "entered into force" and instrument.force is None and act.party is None:
            out.append(act)
    if instrument.dated is not None:
        # between its parties the signature is one act, and its day is in the table
        out = [a for a in out if a.kind != "signed" or instrument.open or not parties]
    return out


def actors(statement: Statement, instrument: KnownInstrument) -> tuple[str, ...]:
    """The states and organisations whose act on a known instrument a statement reports; empty if that is unclear.

    They are the only party of its record, otherwise those it names as signatories, otherwise those that the quote
    names together before the instrument, or after it behind "by".
    """
    block = statement.block.split()
    if len(block) <= 1:
        return tuple(block)
    record = statement.as_a(Agreement)
    signed = [s.state or s.organisation for s in record.signatories]
    if record.stage == Stage.SIGNED and (named := {continuing(c) for c in signed if c} & set(block)):
        return tuple(sorted(named))
    quote = statement.quote
    here = next((m for m in find_known(quote) if m.instrument.key == instrument.key), None)
    before, behind = (quote[: here.start], quote[here.end :]) if here else (before_instrument(quote), "")
    if found := _in_one_breath(before, find_names(before), set(block)):
        return found
    by = after_by(behind)
    return _in_one_breath(by, find_names(by), set(block), first=0) if by else ()


def _in_one_breath(text: str, hits: Iterable[NameHit], block: set[str], first: int | None = None) -> tuple[str, ...]:
    """The states of a text if it names one, or several joined by "and"; otherwise none."""
    named = [(h, code) for h in hits if (code := continuing(h.code)) in block]
    if not named or (first is not None and named[0][0].start != first):
        return ()
    joined = [named[0][1]]
    for (one, _), (other, code) in pairwise(named):
        if code != joined[-1] and not is_joint(text[one.end : other.start]):
            return () if first is None else tuple(sorted(set(joined)))
        joined.append(code)
    return tuple(sorted(set(joined)))


def steps_of(statement: Statement) -> list[Statement]:
    """A statement, and one for each additional act that its record reports, with that act's own quote."""
    record, out = statement.as_a(Agreement), [statement]
    for step in record.acts:
        act = replace(
            record,
            stage=step.stage,
            date=step.date,
            date_basis=step.date_basis,
            quote=step.quote,
            part=step.part,
            start=step.start,
            end=step.end,
            wording=step.wording,
            duration=None,
        )
        out.append(replace(statement, quote=step.quote, body=body_of(act)))
    return out
