"""The dossier of two states: their relation on a day, as known on a day, each line with its sources."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from comity.analysis.corroboration import corroborate
from comity.analysis.fact_detail import fields_of
from comity.analysis.indicators.section import pull_lines
from comity.analysis.line import Line, agreement_wording, line_of
from comity.analysis.page import Dossier, Section, Words, Year
from comity.analysis.registers import sections as registers_of
from comity.analysis.strip import Strip, strip
from comity.errors import InputError
from comity.knowledge.state_names import in_prose, name
from comity.ledger.fact import Fact
from comity.ledger.heading import HEADINGS, Life, lives
from comity.ledger.ledger import Ledger
from comity.ledger.provenance import Provenance, counted, of_documents
from comity.ledger.values import values_of
from comity.pages.facts import period_words
from comity.records.codes import Status
from comity.records.kinds import KINDS
from comity.records.record import Event

_MOST_LINES = 12
_MOST_AGREEMENTS = 25
_PULL = "Who else pulls"
_EVENTS = "Latest events"
_TOGETHER = "Visits together or with others"
_NOT_OCCURRED = "Visits not reported to have taken place"


def dossier(
    ledger: Ledger, a: str, b: str, *, on: date, known: date | None = None, pulled: str | None = None
) -> Dossier:
    """The dossier of two states on a day. Raises `InputError` if one is unknown or both are the same.

    The strip's last lane shows the rivals for influence on `pulled`, by default the smaller of the two.
    """
    if a == b:
        raise InputError(f"{name(a)} and {name(b)} are one state: name two")
    if pulled not in {None, a, b}:
        raise InputError(f"{pulled} is neither {a} nor {b}: name one of the two whose rivals are to be shown")
    known_facts = ledger.facts(a, b, known=known)
    family = ledger.family()
    life = sorted(lives(known_facts, family, on, known=known, between=(a, b)), key=_lately, reverse=True)
    facts = [f for f in known_facts if f.kind != "agreement" and _by(f, on)] + [x.fact for x in life]
    of = {k: [f for f in facts if f.kind == k] for k in KINDS}
    drawn = strip(ledger, (a, b), on, facts, life, known, pulled)
    visits = _visits(of["visit"], drawn)
    pull, around = _pull(ledger, a, b, on, known)
    shown: list[tuple[str, list[Fact], int]] = [
        *((h, [x.fact for x in life if x.heading == h], _MOST_AGREEMENTS) for h in HEADINGS),
        (_visits_of(a, b), visits["ab"], _MOST_LINES),
        (_visits_of(b, a), visits["ba"], _MOST_LINES),
        (_TOGETHER, visits["other"], _MOST_LINES),
        (_NOT_OCCURRED, visits["not occurred"], _MOST_LINES),
        (_EVENTS, _latest(f for f in of["event"] if _occurred(f)), 8),
        ("Figures", _latest(of["figure"]), _MOST_LINES),
        ("Projects", of["project"], _MOST_LINES),
        ("Cooperation", _latest(of["cooperation"]), 8),
        (f"What {name(a)} says", _latest(f for f in facts if _says(f, a)), 6),
        (f"What {name(b)} says", _latest(f for f in facts if _says(f, b)), 6),
        ("Anniversaries", of["commemoration"], 6),
        (_PULL, pull, 8),
    ]
    documents = ledger.documents(s.document for _, listed, most in shown for f in listed[:most] for s in f.statements)
    by_fact = {x.fact.id: x for x in life}
    checks = corroborate(ledger, [f for _, listed, most in shown for f in listed[:most]]) if known is None else {}

    def line(fact: Fact) -> Line:
        if fact.id in by_fact:
            return agreement_line(by_fact[fact.id], documents, family, checked(fact))
        return line_of(fact, documents, family, checked=checked(fact))

    def checked(fact: Fact) -> tuple[str, ...]:
        return tuple(f.text for f in checks.get(fact.id, ()) if not f.silent)

    sections = [
        Section(heading=h, lines=tuple(line(f) for f in listed[:most]), left_out=max(0, len(listed) - most))
        for h, listed, most in shown
        if listed
    ]
    sections = _with_figures(sections, pull_lines(ledger, a, b, on, known))
    registers = registers_of(ledger, a, b, on) if known is None else []
    sections += [Section(heading=h, lines=lines, left_out=more, where="observation") for h, lines, more in registers]
    years = _years(of["event"])
    counts = _counts(life, visits, of, a, b)
    sources = of_documents((d for f in facts for d in f.documents), family, (a, b))
    last = max((f.last_reported for f in facts if f.last_reported), default=None)
    words = _summary(a, b, (on, last if last is not None and last < on else None), counts, sources, around)
    return Dossier(
        a=a,
        b=b,
        on=on.isoformat(),
        known=known.isoformat() if known else None,
        summary="".join(w.text for w in words),
        sections=tuple(sections),
        years=years,
        counts=counts,
        words=words,
        strip=drawn,
        provenance=sources,
        notes=_notes(ledger, of["agreement"], life, known),
    )


def agreement_line(
    life: Life,
    documents: Mapping[str, Mapping[str, Any]],
    family: Mapping[str, str],
    checked: tuple[str, ...] = (),
) -> Line:
    """An agreement with its status in words."""
    treaty, at = life.treaty, life.status
    terms = [
        treaty.terms.duration and f"term {period_words(treaty.terms.duration)}",
        treaty.terms.renewal and f"renewed by {period_words(treaty.terms.renewal)}",
        treaty.terms.notice and f"notice {period_words(treaty.terms.notice)}",
    ]
    consent = [] if life.heading in {"In force", "Ended"} else [f"{c}: {how}" for c, how in at.consent]
    parts = [agreement_wording(life), *terms, ", ".join(consent), "; ".join(at.why)]
    if at.term_end is not None:
        parts.append(f"term ends {at.term_end}")
    if at.notice_deadline is not None:
        parts.append(f"notice by {at.notice_deadline}")
    sure = at.certain or life.heading == "Entry into force not reported"
    tabled = treaty.known is not None
    marks = [m for m, on in (("known", tabled), ("inferred", at.inferred), ("possible", not sure)) if on]
    note = (at.note,) if at.note and at.effect == "in force" else ()
    return line_of(
        life.fact,
        documents,
        family,
        text=" · ".join(p for p in (*parts, *note) if p),
        marks=marks,
        first=at.sources,
        checked=checked,
        fields=_of_agreement(life),
    )


def _of_agreement(life: Life) -> dict[str, Any]:
    """An agreement's values on the day, by the names of the list of agreements."""
    treaty, at = life.treaty, life.status
    days = {"entered": at.entered, "ended": at.ended, "term_end": at.term_end, "notice_deadline": at.notice_deadline}
    return {
        "kind": "agreement",
        "title": treaty.title,
        "type": treaty.type,
        "parties": list(treaty.parties),
        "stands": life.heading,
        **fields_of(at),
        "duration": treaty.terms.duration,
        "renewal": treaty.terms.renewal,
        "notice": treaty.terms.notice,
        **{n: None if day is None else str(day) for n, day in days.items()},
        "acts": [{"act": a.kind, "date": a.date, "party": a.party} for a in treaty.acts],
    }


def _by(fact: Fact, on: date) -> bool:
    """Whether a fact took place by a day; an undated fact counts from the day of its report on."""
    if fact.undated:
        return fact.known is None or fact.known <= on
    return fact.when.by(on) != "no"


def _lately(life: Life) -> tuple[date, str]:
    return (life.fact.when.last or life.fact.known or date.min, life.fact.id)


def _visits_of(guest: str, host: str) -> str:
    return f"Visits of {name(guest)} to {name(host)}"


def _visits(facts: list[Fact], drawn: Strip) -> dict[str, list[Fact]]:
    """The visits by traveller, as in the strip, and those not reported to have taken place."""
    side = {i.fact: i.side for i in drawn.items if i.kind == "visit"}
    out: dict[str, list[Fact]] = {"ab": [], "ba": [], "other": [], "not occurred": []}
    for fact in _latest(facts):
        which = side[fact.id] if side[fact.id] in {"ab", "ba"} else "other"
        out[which if _occurred(fact) else "not occurred"].append(fact)
    return out


def _occurred(fact: Fact) -> bool:
    return fact.status == Status.OCCURRED


def _latest(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda f: (f.when.last or f.known or date.min, f.id), reverse=True)


def _says(fact: Fact, side: str) -> bool:
    return fact.kind in {"assessment", "event", "agreement"} and any(
        s.record.attribution is not None and s.record.attribution.state == side for s in fact.statements
    )


def _years(events: list[Fact]) -> tuple[Year, ...]:
    counted: dict[str, list[int]] = {}
    for fact in events:
        if not _occurred(fact):
            continue
        when = fact.when
        same = when.first is not None and when.last is not None and when.first.year == when.last.year
        year = str(when.first.year) if same and when.first else "undated"
        quad = fact.as_a(Event).quad_code or 0
        counted.setdefault(year, [0, 0])[quad > 2] += 1
    return tuple(Year(year=y, cooperation=c[0], conflict=c[1]) for y, c in sorted(counted.items()))


def _counts(
    life: list[Life], visits: Mapping[str, list[Fact]], of: Mapping[str, list[Fact]], a: str, b: str
) -> dict[str, int]:
    stand = Counter(x.heading for x in life)
    return {
        "agreements in force": stand["In force"],
        "agreements pending": stand["Pending"],
        "agreements ended": stand["Ended"],
        "agreements not binding": stand["Not binding"],
        "agreements with entry into force not reported": stand["Entry into force not reported"],
        f"visits of {a}": len(visits["ab"]),
        f"visits of {b}": len(visits["ba"]),
        "visits together or with others": len(visits["other"]),
        "visits not reported to have taken place": len(visits["not occurred"]),
        "events": sum(_occurred(f) for f in of["event"]),
        "figures": len(of["figure"]),
    }


def _summary(
    a: str,
    b: str,
    days: tuple[date, date | None],
    counts: Mapping[str, int],
    sources: Provenance,
    around: list[tuple[str, int]],
) -> tuple[Words, ...]:
    """One sentence with the numbers of the sections.

    `days` are the day asked about and that of the last report if it is earlier.
    """
    on, last = days
    one, other = in_prose(a), in_prose(b)
    loose, unknown = counts["agreements not binding"], counts["agreements with entry into force not reported"]
    there, back = counts[f"visits of {a}"], counts[f"visits of {b}"]
    together = counts["visits together or with others"]
    out = [
        Words(text=f"On {on.isoformat()}, {f'as last reported on {last}, ' if last else ''}{one} and {other} have "),
        Words(text=f"{counted(counts['agreements in force'], 'agreement')} in force", about="In force"),
        Words(text=", "),
        Words(text=f"{counts['agreements pending']} pending", about="Pending"),
        Words(text=" and "),
        Words(text=f"{counts['agreements ended']} ended", about="Ended"),
    ]
    if loose:
        out += [Words(text=", "), Words(text=f"{counted(loose, 'text')} not binding", about="Not binding")]
    if unknown:
        rest = f"{unknown:,} whose entry into force is not reported"
        out += [Words(text=", "), Words(text=rest, about="Entry into force not reported")]
    out += [
        Words(text=", "),
        Words(text=f"{counted(there, 'visit')} of {one}", about=_visits_of(a, b)),
        Words(text=" and "),
        Words(text=f"{back} of {other}", about=_visits_of(b, a)),
    ]
    if together:
        out += [Words(text=", "), Words(text=f"{counted(together, 'visit')} together or with others", about=_TOGETHER)]
    out += [Words(text=", and "), Words(text=counted(counts["events"], "event"), about=_EVENTS)]
    if sources.reports:
        out.append(Words(text=f"; reported by {sources.text}"))
    if around:
        out.append(Words(text=f"; reports on either side speak next most of {in_prose(around[0][0])}"))
    return (*out, Words(text="."))


def _pull(ledger: Ledger, a: str, b: str, on: date, known: date | None) -> tuple[list[Fact], list[tuple[str, int]]]:
    """Claims on the standing of others with either side, and the most reported third parties."""
    around = ledger.partners(a, b, known=known)
    claims = [
        f
        for side in (a, b)
        for f in ledger.facts(side, kinds=("assessment",), known=known)
        if _by(f, on) and set(f.block.split()) != {a, b}
    ]
    rivals = [
        f for f in ledger.facts(a, b, kinds=("assessment",), known=known) if values_of(f, "against", {}) and _by(f, on)
    ]
    once = {f.id: f for f in [*rivals, *claims]}
    return _latest(once.values()), around


def _with_figures(sections: list[Section], lines: tuple[Line, ...]) -> list[Section]:
    """The sections, with what data sets say about rivals before what reports claim."""
    if not lines:
        return sections
    claims = next((s for s in sections if s.heading == _PULL), Section(heading=_PULL, lines=()))
    return [s for s in sections if s is not claims] + [replace(claims, lines=(*lines, *claims.lines))]


def _notes(ledger: Ledger, agreements: list[Fact], life: list[Life], known: date | None) -> tuple[str, ...]:
    out = []
    undated = ledger.counts()["undated"]
    if known is not None and undated:
        out.append(
            f"{undated} documents without a day of publication are left out: when they were known is not reported"
        )
    if known is not None and ledger.sources():
        out.append("what data sets state is left out: when it was known is not reported")
    if any(x.status.inferred for x in life):
        out.append("what is marked inferred follows from terms or from the law of treaties; no source says it yet")
    if agreements and not life:
        out.append("no agreement of these states is known by that day")
    if ledger.note:
        out.append(ledger.note)
    return tuple(out)
