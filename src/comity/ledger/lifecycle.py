"""The status of an agreement on a day, as known on a day: a pure function of its acts and terms.

Three axes are kept separate: the text (proposed to signed), the consent of each party (none to bound), and the effect
(not in force to ended). A headline never sets the effect by itself; what follows only from rules is `inferred`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from comity.knowledge.states import continuing
from comity.ledger.act import Act, ActKind, Treaty
from comity.ledger.entry_into_force import EntryIntoForce, entry_into_force
from comity.ledger.interval import Answer, Interval, interval
from comity.ledger.term import Course, course

Text = Literal["none reported", "proposed", "negotiated", "initialled", "adopted", "signed"]
Consent = Literal["none", "signed", "approved internally", "bound", "withdrawn"]
Effect = Literal["not in force", "provisionally applied", "in force", "suspended", "ended", "not binding", "unknown"]

ART_56 = (
    "no clause on denunciation is known: by art. 56 of the Vienna Convention it cannot be denounced unless the parties "
    "meant so or its nature implies it, and then on at least 12 months' notice"
)
_TEXT: dict[ActKind, Text] = {
    "announced": "proposed",
    "negotiated": "negotiated",
    "initialled": "initialled",
    "adopted": "adopted",
    "signed": "signed",
}
_TEXTS: tuple[Text, ...] = ("none reported", "proposed", "negotiated", "initialled", "adopted", "signed")
# acts that presuppose a signed text even if no report of the signature was read
_LATER = frozenset({"ratified", "exchanged", "deposited", "notified", "entered into force", "observed in force"})
_BINDS = frozenset({"ratified", "exchanged", "deposited", "acceded", "notified"})
_BINDS_NOBODY = {
    "declaration": "a declaration binds nobody by itself",
    "joint statement": "a joint statement binds nobody by itself",
    "memorandum": "a memorandum without a clause on its entry into force is not taken to bind",
}
_CONSENTS: tuple[Consent, ...] = ("none", "signed", "approved internally", "bound", "withdrawn")
_REASONS: dict[ActKind, str] = {
    "terminated": "terminated",
    "expired": "expired",
    "superseded": "superseded",
    "withdrawn": "withdrawn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of an agreement on a day.

    `certain` is false if the dates leave open whether the effect had begun or ended, or if it follows only from the
    absence of reports; `inferred` is true if a rule and no source says so. `entered`, `ended` and `term_end` are the
    possible days by the sources (null if nothing is known); `renewals` are the fewest and most tacit renewals by that
    day; `why` is the reason for the effect in words.
    """

    text: Text
    consent: tuple[tuple[str, Consent], ...]
    effect: Effect
    certain: bool
    inferred: bool
    why: tuple[str, ...] = ()
    entered: Interval | None = None
    ended: Interval | None = None
    reason: str | None = None
    by: str | None = None
    term_end: Interval | None = None
    notice_deadline: Interval | None = None
    renewals: tuple[int, int] | None = None
    note: str | None = None
    sources: tuple[str, ...] = ()

    @property
    def stage(self) -> str:
        """The status in one word for a list: the effect if there is one, otherwise the state of the text."""
        if self.effect in {"not in force", "not binding", "unknown"} and self.text != "none reported":
            return "unknown" if self.effect == "unknown" else self.text
        return self.reason if self.effect == "ended" and self.reason else self.effect


def known_by(acts: Iterable[Act], known: date | None) -> tuple[Act, ...]:
    """The acts stated by sources up to a day; an act whose report has no day is then left out."""
    if known is None:
        return tuple(acts)
    return tuple(a for a in acts if a.known is not None and interval(a.known).by(known) == "certain")


def status(
    treaty: Treaty,
    on: date,
    *,
    known: date | None = None,
    party: str | None = None,
    others: Mapping[str, Treaty] | None = None,
) -> Status:
    """The status of an agreement on a day by the sources up to the day `known`; for one party if given.

    `others` are the agreements that may supersede it or be its parent. The USSR's treaties are listed as Russia's.

    >>> treaty = Treaty(id="a", type="treaty", parties=("MNG", "RUS"), acts=(Act(kind="signed", date="2019-09-03"),))
    >>> s = status(treaty, date(2019, 12, 31))
    >>> s.text, s.effect, s.certain
    ('signed', 'not in force', False)
    """
    others = others or {}
    treaty = replace(treaty, acts=known_by(treaty.acts, known))
    party = continuing(party) if party else None
    begun = [a for a in treaty.acts if interval(a.date).by(on) != "no"]
    text, consent = _text(begun), _consent(treaty, begun, on)
    entry = entry_into_force(treaty, party)
    term = course(treaty, entry.days, on) if entry else None
    plain = Status(text=text, consent=consent, effect="not in force", certain=False, inferred=False, note=_note(treaty))
    if entry is None or entry.days.by(on) == "no":
        return _before(treaty, plain, entry, begun, on)
    if entry.days.first is None and entry.days.by(on) == "possible":
        why = f"{entry.why}: whether before that day is not reported"
        return replace(plain, effect="unknown", why=(why,), entered=entry.days, sources=entry.sources)
    whose = dict(consent).get(party or "", "none")
    if treaty.open and party is not None and whose not in {"bound", "withdrawn"}:
        silence = f"whether {party} has consented to be bound is not reported"
        return replace(plain, effect="unknown", why=(entry.why, silence), entered=entry.days, sources=entry.sources)
    found = replace(
        plain,
        effect="in force",
        certain=entry.days.by(on) == "certain",
        inferred=entry.inferred,
        why=(entry.why,),
        entered=entry.days,
        sources=entry.sources,
        term_end=term.end if term else None,
        notice_deadline=term.deadline if term else None,
        renewals=term.renewals if term else None,
    )
    ends = _ends(treaty, term, begun, on, party, others, known)
    if ends:
        end = min(ends, key=lambda e: (e.answer != "certain", e.days.last or date.max, e.inferred, e.reason))
        if end.answer == "certain":
            return replace(
                found,
                effect="ended",
                certain=not end.doubtful,
                inferred=end.inferred,
                ended=end.days,
                reason=end.reason,
                by=end.by,
                why=(*found.why, end.why),
                sources=end.sources or found.sources,
                term_end=None,
                notice_deadline=None,
                note=None,
            )
        found = replace(found, certain=False, ended=end.days, why=(*found.why, f"it may have ended: {end.why}"))
    return _running(found, term, begun, on, party)


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    days: Interval
    answer: Answer
    reason: str
    why: str
    inferred: bool = False
    doubtful: bool = False
    by: str | None = None
    sources: tuple[str, ...] = ()


def _text(begun: list[Act]) -> Text:
    texts = [_TEXT[a.kind] for a in begun if a.kind in _TEXT]
    if any(a.kind in _LATER for a in begun):
        texts.append("signed")
    return max(texts, key=_TEXTS.index, default="none reported")


def _consent(treaty: Treaty, begun: list[Act], on: date) -> tuple[tuple[str, Consent], ...]:
    """The consent of each party: a parliament's vote is internal, an instrument binds (arts. 11 to 16)."""
    out: list[tuple[str, Consent]] = []
    forced = any(a.kind == "entered into force" and interval(a.date).by(on) == "certain" for a in begun)
    for state in treaty.parties:
        mine = [a for a in begun if a.party is None or continuing(a.party) == state]
        now: Consent = "none"
        for a in sorted(mine, key=_turn):
            now = _next(now, a, treaty)
        # a multilateral treaty binds only the states that consented to it
        if forced and treaty.binding is not False and not treaty.open:
            now = max(now, "bound", key=_CONSENTS.index)
        out.append((state, now))
    return tuple(out)


_TAKEN_BACK: dict[ActKind, Consent] = {
    "withdrawn": "withdrawn",
    "ratification withdrawn": "signed",
    "signature withdrawn": "none",
}


def _turn(act: Act) -> tuple[date, bool]:
    """When an act on a consent counts: by its first day, or by its last if it revokes a consent."""
    days = interval(act.date)
    if act.kind in _TAKEN_BACK:
        return days.last or date.max, True
    return days.first or date.min, False


def _next(now: Consent, act: Act, treaty: Treaty) -> Consent:
    """The consent of a party after an act of its own or of all: each step goes further, until one revokes it."""
    if act.kind in _TAKEN_BACK:
        return _TAKEN_BACK[act.kind] if act.party is not None else now
    step: Consent = "none"
    if act.kind == "signed":
        step = "bound" if treaty.terms.force == "signature" else "signed"
    elif act.kind == "approved" and act.party is not None:
        step = "approved internally"
    elif act.kind in _BINDS:
        step = "bound"
    if now == "withdrawn":
        return step if step == "bound" and act.party is not None else now
    return max(now, step, key=_CONSENTS.index)


def _before(treaty: Treaty, plain: Status, entry: EntryIntoForce | None, begun: list[Act], on: date) -> Status:
    """The status if there is no entry into force before the day."""
    if treaty.binding is False and (plain.text == "signed" or (treaty.known and plain.text == "adopted")):
        return replace(plain, effect="not binding", certain=True, why=(_BINDS_NOBODY[treaty.type or ""],))
    applied = [a for a in begun if a.kind in {"provisionally applied", "provisional application ended"}]
    if applied and max(applied, key=lambda a: interval(a.date).last or date.max).kind == "provisionally applied":
        sure = any(interval(a.date).by(on) == "certain" for a in applied)
        sources = tuple(s for a in applied for s in a.sources)
        return replace(
            plain,
            effect="provisionally applied",
            certain=sure,
            why=("applied provisionally (art. 25)",),
            sources=sources,
        )
    dead = [a for a in begun if a.kind in _REASONS and a.party is None and interval(a.date).by(on) == "certain"]
    if dead and entry is None:
        last = dead[-1]
        return replace(
            plain,
            effect="ended",
            certain=True,
            reason=_REASONS[last.kind],
            by=last.by,
            ended=interval(last.date),
            why=(f"reported to be {last.kind}",),
            sources=last.sources,
        )
    if entry is not None:
        return replace(plain, certain=True, why=(f"{entry.why}, later than that day",), sources=entry.sources)
    if treaty.known and not treaty.pending:
        return replace(plain, effect="unknown", why=("whether it entered into force is not known",))
    if not begun:
        # named in a report, but without any reported act: silence does not mean "not in force"
        return replace(plain, effect="unknown", why=("no act of it is reported by that day",))
    return replace(plain, why=("no entry into force is reported",))


def _ends(
    treaty: Treaty,
    term: Course | None,
    begun: list[Act],
    on: date,
    party: str | None,
    others: Mapping[str, Treaty],
    known: date | None,
) -> list[_End]:
    """Every possible end up to the day: reported, by the terms, by a later treaty, with the parent."""
    out: list[_End] = []
    kinds = {a.kind for a in treaty.acts}
    own = f"known:{treaty.known}"
    # if the table of known instruments states the end of a bilateral treaty, that is the end
    settled = not treaty.multilateral and any(a.kind in _REASONS and own in a.sources for a in treaty.acts)
    for a in begun:
        reason = _REASONS.get(a.kind)
        whose = continuing(a.party) if a.party else None
        if (
            reason is None
            or (settled and own not in a.sources)
            or _rejoined(a, begun)
            or (treaty.multilateral and whose is not None and whose != party)
        ):
            continue
        days = interval(a.until) if a.until else interval(a.date)
        if (answer := days.by(on)) != "no":
            why = f"reported to be {a.kind}" + (f" by {a.party}" if a.party else "")
            out.append(_End(days=days, answer=answer, reason=reason, why=why, by=a.by, sources=a.sources))
    for notice in (a for a in begun if a.kind == "notice given"):
        whose = continuing(notice.party) if notice.party else None
        if treaty.multilateral and whose != party:
            continue
        end = _after_notice(treaty, term, notice)
        if end is not None and (answer := end.by(on)) != "no":
            why = f"notice given {notice.date or 'on an unknown day'} ran out {end}"
            reason = "withdrawn" if treaty.multilateral else "denounced"
            stated = notice.until is not None
            out.append(
                _End(days=end, answer=answer, reason=reason, why=why, inferred=not stated, sources=notice.sources)
            )
    if term and term.expires and term.end and (answer := term.end.by(on)) != "no" and not _outlived(begun, term.end):
        why = f"its term ended {term.end} and no renewal is reported"
        out.append(_End(days=term.end, answer=answer, reason="expired", why=why, inferred=True, doubtful=not term.sure))
    if "superseded" not in kinds:
        for later in others.values():
            if treaty.id in later.supersedes and set(treaty.parties) <= set(later.parties):
                entry = entry_into_force(replace(later, acts=known_by(later.acts, known)), None)
                if entry is not None and (answer := entry.days.by(on)) != "no":
                    why = f"replaced by {later.title or later.id} at its entry into force (art. 59)"
                    out.append(
                        _End(
                            days=entry.days,
                            answer=answer,
                            reason="superseded",
                            why=why,
                            inferred=True,
                            by=later.id,
                            sources=entry.sources,
                        )
                    )
    parent = others.get(treaty.parent) if treaty.parent else None
    if parent is not None and parent.id != treaty.id:
        rest = {k: v for k, v in others.items() if k != treaty.id}
        above = status(parent, on, known=known, party=party, others=rest)
        if above.effect == "ended" and above.ended is not None:
            why = f"ended with {parent.title or parent.id}, to which it is accessory"
            out.append(_End(days=above.ended, answer="certain", reason="ended with its parent", why=why, inferred=True))
    return out


def _rejoined(end: Act, begun: list[Act]) -> bool:
    """Whether a party that withdrew has consented again since."""
    last = interval(end.date).last
    if end.party is None or last is None:
        return False
    later = (interval(a.date).first for a in begun if a.party == end.party and a.kind in _BINDS)
    return any(day is not None and day > last for day in later)


def _outlived(begun: list[Act], end: Interval) -> bool:
    """Whether a source shows the agreement in force after the end of its term: it was renewed, if unreported."""
    seen = [interval(a.date) for a in begun if a.kind == "observed in force"]
    return any(s.last is not None and end.last is not None and s.last > end.last for s in seen)


def _after_notice(treaty: Treaty, term: Course | None, notice: Act) -> Interval | None:
    """When an agreement ends after a notice: on the day stated, at the end of its term, or when the notice ran out."""
    if notice.until is not None:
        return interval(notice.until)
    return term.after_notice(treaty, interval(notice.date)) if term else None


def _running(found: Status, term: Course | None, begun: list[Act], on: date, party: str | None) -> Status:
    """The status of an agreement that entered into force and has not certainly ended."""
    stops = [a for a in begun if a.kind in {"suspended", "resumed"} and a.party in {None, party}]
    if stops and (last := max(stops, key=lambda a: interval(a.date).last or date.max)).kind == "suspended":
        sure = interval(last.date).by(on) == "certain"
        return replace(
            found, effect="suspended", certain=sure, why=(*found.why, "reported to be suspended"), sources=last.sources
        )
    seen = [a for a in begun if a.kind == "observed in force" and a.until]
    # beyond a data set's coverage nothing is known: its last year does not mean "ongoing"
    last_seen = max((d for a in seen if (d := interval(a.until).last)), default=None)
    if (
        last_seen is not None
        and last_seen < on
        and not any(a.kind == "observed in force" and not a.until for a in begun)
    ):
        return replace(
            found, effect="unknown", certain=False, why=(*found.why, f"its source says nothing after {last_seen}")
        )
    if term and term.renewals and term.renewals[1] > 0:
        how = "-".join(str(n) for n in dict.fromkeys(term.renewals))
        renewals = [a for a in begun if a.kind in {"renewed", "extended"}]
        why = f"tacitly renewed ({how} times by then)" if not renewals else "renewed"
        sources = tuple(s for a in renewals for s in a.sources) or found.sources
        return replace(found, inferred=not renewals, why=(*found.why, why), sources=sources)
    if term and term.open_renewal:
        return replace(
            found,
            inferred=True,
            why=(*found.why, "tacitly renewed unless it is still in its first term: no term end is known"),
        )
    return found


def _note(treaty: Treaty) -> str | None:
    """The note on the end of an agreement without a term: art. 56 if no notice is reported."""
    terms = treaty.terms
    if treaty.known:
        return None  # its clauses are not in the table
    endless = terms.duration in {None, "indefinite", "permanent"} or terms.afterwards == "indefinite"
    return ART_56 if endless and terms.notice is None and treaty.binding is not False else None
