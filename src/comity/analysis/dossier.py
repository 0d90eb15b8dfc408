"""The dossier of two states: their relation on a day, as known on a day, each line with its sources."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from comity.analysis.corroboration import corroborate
from comity.analysis.line import Line, line_of
from comity.analysis.registers import sections as registers_of
from comity.analysis.standing.section import pull_lines
from comity.analysis.strip import Strip, strip
from comity.knowledge.states import by_code
from comity.ledger.act import Treaty
from comity.ledger.agreement import treaties
from comity.ledger.fact import Fact
from comity.ledger.families import independent
from comity.ledger.interval import OPEN
from comity.ledger.ledger import Ledger
from comity.ledger.lifecycle import Status, status
from comity.ledger.values import told

_MOST_LINES = 12
_MOST_AGREEMENTS = 25
_PULL = "Who else pulls"
_POLITIES = frozenset({"Emirates", "Islands", "Kingdom", "Provinces", "Republic", "States", "Union"})
_WITH_ARTICLE = frozenset({"Bahamas", "Comoros", "Gambia", "Maldives", "Netherlands", "Philippines"})
_SPELLED_OUT = frozenset({"UN", "EU", "EC", "SCO", "AU", "OAU", "WTO", "IMF", "CIS", "CSTO", "G7", "G8", "G20", "GCC"})
_PENDING = frozenset({"not in force", "provisionally applied", "unknown", "not binding"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its lines; `left_out` says how many more the ledger holds, and `where` in which table of it."""

    heading: str
    lines: tuple[Line, ...]
    left_out: int = 0
    where: str = "fact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The events of a year: how many of cooperation and of conflict (PLOVER's quads 1, 2 and 3, 4)."""

    year: str
    cooperation: int
    conflict: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A piece of the summary; `about` is the heading that holds what it counts, null where there is none."""

    text: str
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that a ledger tells of two states: `on` is the day in the world, `known` that of the reports.

    `words` are the summary in pieces; `strip` holds every fact in time.
    """

    a: str
    b: str
    on: str
    known: str | None
    summary: str
    sections: tuple[Section, ...]
    years: tuple[Year, ...]
    counts: Mapping[str, int]
    words: tuple[Words, ...]
    strip: Strip
    notes: tuple[str, ...] = ()

    def plot(self, *, width: float = 960) -> str:
        """The strip chart as SVG: events, agreements, visits and the pull of rivals on one axis of time."""
        from comity.analysis.canvas import View
        from comity.analysis.drawing import svg

        return svg(self.strip, View(width=width), alone=True)

    def _repr_html_(self) -> str:
        from comity.analysis.page import as_fragment

        return as_fragment(self)


def dossier(ledger: Ledger, a: str, b: str, *, on: date, known: date | None = None) -> Dossier:
    """The dossier of two states on a day. Raises `InputError` where one of them is unknown."""
    facts = [f for f in ledger.facts(a, b, known=known) if _by(f, on)]
    family = ledger.family()
    of = {k: [f for f in facts if f.kind == k] for k in _KINDS}
    life = _life(of["agreement"], family, (a, b), on, known)
    visits = {w: [f for f in of["visit"] if _goes(f, w)] for w in (a, b)}
    pull, around = _pull(ledger, a, b, on, known)
    stands = {w: [x for x in life if _standing(x[2]) == w] for w in ("in force", "pending", "ended")}
    shown: list[tuple[str, list[Fact], int]] = [
        ("In force", [f for f, _, _ in stands["in force"]], _MOST_AGREEMENTS),
        ("Pending", [f for f, _, _ in stands["pending"]], _MOST_AGREEMENTS),
        ("Ended", [f for f, _, _ in stands["ended"]], _MOST_AGREEMENTS),
        (f"Visits of {name(a)} to {name(b)}", _latest(visits[a]), _MOST_LINES),
        (f"Visits of {name(b)} to {name(a)}", _latest(visits[b]), _MOST_LINES),
        ("Latest events", _latest(f for f in of["event"] if _occurred(f)), 8),
        ("Figures", _latest(of["figure"]), _MOST_LINES),
        ("Projects", of["project"], _MOST_LINES),
        ("Cooperation", _latest(of["cooperation"]), 8),
        (f"What {name(a)} says", _latest(f for f in facts if _says(f, a)), 6),
        (f"What {name(b)} says", _latest(f for f in facts if _says(f, b)), 6),
        ("Anniversaries", of["commemoration"], 6),
        (_PULL, pull, 8),
    ]
    documents = ledger.documents(s.document for _, held, most in shown for f in held[:most] for s in f.statements)
    told_life = {f.id: (t, s) for f, t, s in life}
    checks = corroborate(ledger, [f for _, held, most in shown for f in held[:most]]) if known is None else {}

    def line(heading: str, fact: Fact) -> Line:
        if heading in {"In force", "Pending", "Ended"}:
            return agreement_line(fact, *told_life[fact.id], documents, family, checked(fact))
        return line_of(fact, documents, family, checked=checked(fact))

    def checked(fact: Fact) -> tuple[str, ...]:
        return tuple(f.text for f in checks.get(fact.id, ()) if not f.silent)

    sections = [
        Section(heading=h, lines=tuple(line(h, f) for f in held[:most]), left_out=max(0, len(held) - most))
        for h, held, most in shown
        if held
    ]
    sections = _with_figures(sections, pull_lines(ledger, a, b, on, known))
    registers = registers_of(ledger, a, b, on) if known is None else []
    sections += [Section(heading=h, lines=lines, left_out=more, where="observation") for h, lines, more in registers]
    years = _years(of["event"])
    counts = _counts(life, visits, of, a, b)
    words = _summary(a, b, on, counts, independent({d for f in facts for d in f.documents}, family), around)
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
        strip=strip(ledger, (a, b), on, facts, life, known),
        notes=_notes(ledger, of["agreement"], life, known),
    )


_KINDS = ("event", "agreement", "visit", "figure", "project", "cooperation", "assessment", "commemoration")


def name(code: str) -> str:
    """The name of a state, or the acronym as it is."""
    state = by_code(code)
    return state.name if state else code


def in_prose(code: str) -> str:
    """The name as it stands in a sentence: states named for a polity or in the plural take the article.

    >>> in_prose("USA"), in_prose("PHL"), in_prose("FRA"), in_prose("EU"), in_prose("NATO")
    ('the United States', 'the Philippines', 'France', 'the EU', 'NATO')
    """
    known = name(code)
    takes = _POLITIES & {*known.split()} or known in _WITH_ARTICLE or (known == code and known in _SPELLED_OUT)
    return f"the {known}" if takes else known


def agreement_line(
    fact: Fact,
    treaty: Treaty,
    at: Status,
    documents: Mapping[str, Mapping[str, Any]],
    family: Mapping[str, str],
    checked: tuple[str, ...] = (),
) -> Line:
    """An agreement with its status in words."""
    signed = next((a.date for a in treaty.acts if a.kind == "signed" and a.date and ".." not in a.date), None)
    head = treaty.title + (f" ({signed})" if signed and signed not in treaty.title else "")
    told_terms = [
        treaty.terms.duration and f"term {treaty.terms.duration}",
        treaty.terms.renewal and f"renewed by {treaty.terms.renewal}",
        treaty.terms.notice and f"notice {treaty.terms.notice}",
    ]
    consent = [f"{c}: {how}" for c, how in at.consent] if at.effect in _PENDING else []
    ended = f"{at.reason} {at.ended}" if at.effect == "ended" and at.ended else None
    parts = [head, _effect(at), ended, *told_terms, ", ".join(consent), "; ".join(at.why)]
    if at.term_end is not None:
        parts.append(f"term ends {at.term_end}")
    if at.notice_deadline is not None:
        parts.append(f"notice by {at.notice_deadline}")
    marks = [m for m, on in (("inferred", at.inferred), ("possible", not at.certain)) if on]
    note = (at.note,) if at.note and at.effect == "in force" else ()
    return line_of(
        fact,
        documents,
        family,
        text=" · ".join(p for p in (*parts, *note) if p),
        marks=marks,
        first=at.sources,
        checked=checked,
    )


def _effect(at: Status) -> str:
    return at.effect if at.effect != "not in force" else f"{at.text}, not in force"


def _by(fact: Fact, on: date) -> bool:
    """Whether a fact belongs to the past of a day: agreements always, since their acts have days of their own."""
    if fact.kind == "agreement":
        return fact.known is None or fact.known <= on or fact.when.by(on) != "no"
    if fact.when == OPEN:
        return fact.known is None or fact.known <= on
    return fact.when.by(on) != "no"


def _life(
    facts: list[Fact], family: Mapping[str, str], pair: tuple[str, str], on: date, known: date | None
) -> list[tuple[Fact, Treaty, Status]]:
    made = treaties(facts, family)
    out = []
    for fact in facts:
        treaty = made[fact.id]
        parties: tuple[str | None, ...] = pair if treaty.multilateral else (None,)
        # between two states a treaty of many lives only as long as for both
        at = min(
            (status(treaty, on, known=known, party=p, others=made) for p in parties), key=lambda s: s.effect != "ended"
        )
        out.append((fact, treaty, at))
    return sorted(out, key=lambda x: (x[0].when.last or x[0].known or date.min, x[0].id), reverse=True)


def _standing(at: Status) -> str:
    if at.effect in {"in force", "suspended"}:
        return "in force"
    return "ended" if at.effect == "ended" else "pending"


def _goes(fact: Fact, code: str) -> bool:
    return any(v.get("state") == code for s in fact.statements for v in s.record["visitors"]) and any(
        s.record["host"] != code for s in fact.statements
    )


def _occurred(fact: Fact) -> bool:
    return any(s.status == "occurred" for s in fact.statements)


def _latest(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda f: (f.when.last or f.known or date.min, f.id), reverse=True)


def _says(fact: Fact, side: str) -> bool:
    return fact.kind in {"assessment", "event", "agreement"} and any(
        (s.record["attribution"] or {}).get("state") == side for s in fact.statements
    )


def _years(events: list[Fact]) -> tuple[Year, ...]:
    counted: dict[str, list[int]] = {}
    for fact in events:
        if not _occurred(fact):
            continue
        when = fact.when
        same = when.first is not None and when.last is not None and when.first.year == when.last.year
        year = str(when.first.year) if same and when.first else "undated"
        quad = fact.statements[0].record["quad_code"] or 0
        counted.setdefault(year, [0, 0])[quad > 2] += 1
    return tuple(Year(year=y, cooperation=c[0], conflict=c[1]) for y, c in sorted(counted.items()))


def _counts(
    life: list[tuple[Fact, Treaty, Status]],
    visits: Mapping[str, list[Fact]],
    of: Mapping[str, list[Fact]],
    a: str,
    b: str,
) -> dict[str, int]:
    stand = Counter(_standing(s) for _, _, s in life)
    return {
        "agreements in force": stand["in force"],
        "agreements pending": stand["pending"],
        "agreements ended": stand["ended"],
        f"visits of {a}": sum(_occurred(f) for f in visits[a]),
        f"visits of {b}": sum(_occurred(f) for f in visits[b]),
        "events": sum(_occurred(f) for f in of["event"]),
        "figures": len(of["figure"]),
    }


def _summary(
    a: str, b: str, on: date, counts: Mapping[str, int], sources: int, around: list[tuple[str, int]]
) -> tuple[Words, ...]:
    """One sentence with the numbers."""
    one, other = in_prose(a), in_prose(b)
    stands = {w: counts[f"agreements {w}"] for w in ("in force", "pending", "ended")}
    there, back = counts[f"visits of {a}"], counts[f"visits of {b}"]
    return (
        Words(text=f"On {on.isoformat()}, {one} and {other} have "),
        Words(text=f"{_counted(stands['in force'], 'agreement')} in force", about="In force"),
        Words(text=", "),
        Words(text=f"{stands['pending']} pending", about="Pending"),
        Words(text=" and "),
        Words(text=f"{stands['ended']} ended", about="Ended"),
        Words(text=", "),
        Words(text=f"{_counted(there, 'visit')} of {one}", about=f"Visits of {name(a)} to {name(b)}"),
        Words(text=" and "),
        Words(text=f"{back} of {other}", about=f"Visits of {name(b)} to {name(a)}"),
        Words(text=", and "),
        Words(text=_counted(counts["events"], "event"), about="Latest events"),
        Words(text=f", as {_counted(sources, 'independent source')} tell{'s' if sources == 1 else ''}"),
        *((Words(text=f"; reports on either side speak next most of {in_prose(around[0][0])}"),) if around else ()),
        Words(text="."),
    )


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def _pull(ledger: Ledger, a: str, b: str, on: date, known: date | None) -> tuple[list[Fact], list[tuple[str, int]]]:
    """Claims on the standing of others with either side, and the third parties of whom most is told."""
    around = ledger.partners(a, b, known=known)
    claims = [
        f
        for side in (a, b)
        for f in ledger.facts(side, kinds=("assessment",), known=known)
        if _by(f, on) and set(f.block.split()) != {a, b}
    ]
    rivals = [
        f for f in ledger.facts(a, b, kinds=("assessment",), known=known) if told(f, "against", {}) and _by(f, on)
    ]
    once = {f.id: f for f in [*rivals, *claims]}
    return _latest(once.values()), around


def _with_figures(sections: list[Section], lines: tuple[Line, ...]) -> list[Section]:
    """The sections with what data sets tell of rivals before what reports claim."""
    if not lines:
        return sections
    claims = next((s for s in sections if s.heading == _PULL), Section(heading=_PULL, lines=()))
    return [s for s in sections if s is not claims] + [replace(claims, lines=(*lines, *claims.lines))]


def _notes(
    ledger: Ledger, agreements: list[Fact], life: list[tuple[Fact, Treaty, Status]], known: date | None
) -> tuple[str, ...]:
    out = []
    undated = ledger.counts()["undated"]
    if known is not None and undated:
        out.append(f"{undated} documents without a day of publication are left out: when they were known is not told")
    if known is not None and ledger.sources():
        out.append("what data sets tell is left out: when it was known is not told")
    if any(s.inferred for _, _, s in life):
        out.append("what is marked inferred follows from terms or from the law of treaties; no source says it yet")
    if agreements and not life:
        out.append("no agreement of these states is known by that day")
    if ledger.note:
        out.append(ledger.note)
    return tuple(out)
