"""What imported data sets say about two states, as sections of their dossier: each line with source and standing."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from comity.analysis.figure_check import gaps, money
from comity.analysis.line import Line, Source
from comity.analysis.spells import Spell, alliances, spells
from comity.data_sets.coverage import breaks
from comity.knowledge.plover import events
from comity.knowledge.states import by_code, continuing
from comity.ledger.ledger import Ledger
from comity.records.observation import DataSource, Observation

_SHOWN = 12
Section = tuple[str, tuple[Line, ...], int]


def sections(ledger: Ledger, a: str, b: str, on: date) -> list[Section]:
    """Headings with their lines until a day, and the number of further ones; empty if nothing was imported."""
    sources = {s.key: s for s in ledger.sources()}
    if not sources:
        return []
    found = ledger.observations(a, b, kinds=("agreement", "visit", "figure", "tie"), last=on)
    listed = (
        ("Ties in data sets", _ties(found, sources)),
        ("Agreements in data sets", _agreements(found, sources)),
        (f"Visits of {_name(a)} to {_name(b)} in data sets", _visits(found, sources, a)),
        (f"Visits of {_name(b)} to {_name(a)} in data sets", _visits(found, sources, b)),
        ("Figures in data sets", _figures(found, sources)),
        ("Events in data sets", _events(ledger, a, b, on, sources)),
    )
    return [(heading, tuple(lines[:_SHOWN]), max(0, len(lines) - _SHOWN)) for heading, lines in listed if lines]


def shown(o: Observation) -> str:
    """One observation in one line."""
    record = o.record
    when = _when(o)
    pair = _pair(o, o.a, o.b) or o.block
    if o.kind == "figure":
        number = "missing" if o.value is None else _amount(o.value, o.unit)
        return f"{o.measure} · {pair} · {number} · {when}"
    if o.kind == "agreement":
        title = " ".join(str(record.get("title") or o.measure).split())
        dates = [f"{word} {record[word]}" for word in ("signed", "entered") if record.get(word)]
        return " · ".join((title, o.measure, " ".join(o.states), *(dates or [when])))
    if o.kind == "visit":
        parts = (record.get("visitor") or o.measure, pair, record.get("place"), when, o.measure)
        return " · ".join(str(p) for p in parts if p)
    if o.kind == "event":
        mode = f" {record['mode']}" if record.get("mode") else ""
        scale = f"{o.unit} {o.value:g}" if o.value is not None and o.unit else ""
        cameo = f"CAMEO {record['cameo']}" if record.get("cameo") else ""
        return " · ".join(p for p in (f"{o.measure}{mode}", pair, when, cameo, scale) if p)
    how = record.get("how") or record.get("level") or record.get("role") or ""
    what = ", ".join(record.get("obligations", ())) or str(how)
    number = _amount(o.value, o.unit) if o.value is not None and o.unit not in {"level", "contiguity type"} else ""
    return " · ".join(p for p in (o.measure, pair, what, number, when) if p)


def line(o: Observation, source: DataSource, text: str | None = None, *, marks: Sequence[str] = ()) -> Line:
    """The line of an observation: its data set with version and coverage as the source, its standing as a mark."""
    return Line(
        text=text or shown(o),
        fact=o.id,
        sources=(
            Source(
                statement=o.id,
                document=source.key,
                title=f"{source.name}, {source.coverage}",
                published=None,
                quote="",
                addresses=(o.url,) if o.url else (),
            ),
        ),
        independent=1,
        marks=(o.standing, *marks),
        fields=_fields(o),
    )


def _fields(o: Observation) -> dict[str, Any]:
    first, last = (day.isoformat() if day else None for day in (o.first, o.last))
    return {
        "kind": o.kind, "measure": o.measure, "a": o.a, "b": o.b, "first": first, "last": last, "value": o.value,
        "unit": o.unit, "record": dict(o.record),
    }  # fmt: skip


def _when(o: Observation) -> str:
    if o.first is None:
        return "undated"
    if o.last == o.first:
        return o.first.isoformat()
    if o.last is not None and (o.first.month, o.first.day, o.last.month, o.last.day) == (1, 1, 12, 31):
        years = str(o.first.year) if o.first.year == o.last.year else f"{o.first.year}–{o.last.year}"
        return years + (" (where the data set ends)" if o.censored and o.kind == "tie" else "")
    if o.kind == "agreement":
        return o.first.isoformat()
    end = "…" if o.last is None else o.last.isoformat()
    return f"{o.first.isoformat()}–{end}" + (" (where the data set ends)" if o.censored else "")


def _amount(value: float, unit: str | None) -> str:
    number = money(value) if abs(value) >= 1e6 else f"{value:.4g}"
    return f"{number} {unit}" if unit and unit != "index" else number


def _pair(o: Observation, a: str | None, b: str | None) -> str:
    """Two sides in words: who imports from whom, who acts on whom."""
    if not (o.directed and a and b):
        return "–".join(c for c in (a, b) if c)
    return f"{a} {'from' if o.measure.startswith('imports') else 'to' if o.kind == 'figure' else '→'} {b}"


def _name(code: str) -> str:
    state = by_code(code)
    return state.name if state else code


def _by(found: Iterable[Observation], kind: str, measure: str | None = None) -> list[Observation]:
    return [o for o in found if o.kind == kind and measure in (None, o.measure)]


def _of_spell(spell: Spell, by_id: dict[str, Observation], sources: dict[str, DataSource], text: str) -> Line:
    return line(by_id[spell.rows[-1]], sources[spell.source], text)


def _ties(found: list[Observation], sources: dict[str, DataSource]) -> list[Line]:
    """Alliances and borders as periods, posts as periods in each direction, shared organisations as last counted."""
    ties = _by(found, "tie")
    by_id = {o.id: o for o in ties}
    out = [_of_spell(s, by_id, sources, s.text) for s in alliances(ties)]
    borders = ((str(o.record.get("how") or "neighbours"), o) for o in _by(ties, "tie", "contiguity"))
    out += [_of_spell(s, by_id, sources, f"contiguity: {s.text}") for s in spells(borders)]
    posts = ((f"post of {o.a} in {o.b}", o) for o in _by(ties, "tie", "post") if o.standing != "missing")
    out += [_of_spell(s, by_id, sources, s.text) for s in spells(posts)]
    counted = [o for o in _by(ties, "tie", "membership") if o.unit == "organisations"]
    for key in dict.fromkeys(o.source for o in counted):
        rows = [o for o in counted if o.source == key and o.value is not None]
        if rows:
            first, last = rows[0], rows[-1]
            text = f"shared organisations: {_count(last)}; {_count(first)}"
            out.append(line(last, sources[key], text, marks=("where the data set ends",) if last.censored else ()))
    return out


def _count(o: Observation) -> str:
    return f"{o.value:g} in {o.first.year if o.first else '?'}"


def _agreements(found: list[Observation], sources: dict[str, DataSource]) -> list[Line]:
    rows = _by(found, "agreement")
    rows.sort(key=lambda o: (o.first or date.min, o.id), reverse=True)
    return [line(o, sources[o.source]) for o in rows]


def _visits(found: list[Observation], sources: dict[str, DataSource], who: str) -> list[Line]:
    rows = [o for o in _by(found, "visit") if o.a is not None and continuing(o.a) == continuing(who)]
    rows.sort(key=lambda o: (o.first or date.min, o.id), reverse=True)
    return [line(o, sources[o.source]) for o in rows]


def _figures(found: list[Observation], sources: dict[str, DataSource]) -> list[Line]:
    """For each data set, measure and direction the latest value, the first, and the missing ones with the reason."""
    groups: dict[tuple[str, str, str], list[Observation]] = {}
    for o in _by(found, "figure"):
        a, b = (continuing(c) if c else None for c in (o.a, o.b))
        pair = _pair(o, *((a, b) if o.directed else sorted((a, b), key=str)))
        groups.setdefault((o.source, o.measure, pair), []).append(o)
    out = []
    for (key, measure, pair), rows in sorted(groups.items()):
        valued = [o for o in rows if o.value is not None]
        missing = gaps(rows)
        if valued:
            first, last = valued[0], valued[-1]
            text = f"{measure} · {pair} · {_amount(last.value or 0.0, last.unit)} in {_when(last)}"
            if first is not last:
                text += f"; {_amount(first.value or 0.0, first.unit)} in {_when(first)}"
            out.append(line(last, sources[key], f"{text}; {missing}" if missing else text))
        else:
            out.append(line(rows[-1], sources[key], f"{measure} · {pair} · {missing or 'missing'}"))
    return out


def _events(ledger: Ledger, a: str, b: str, on: date, sources: dict[str, DataSource]) -> list[Line]:
    """The number of events in each data set: of cooperation, of conflict, and those that PLOVER drops."""
    out = []
    counts = ledger.event_counts(a, b, last=on)
    for key in dict.fromkeys(c[0] for c in counts):
        mine = [c for c in counts if c[0] == key]
        quads = {m: events()[m].quad for m in {c[2] for c in mine} if m in events()}
        sums = [sum(n for _, _, m, n, _ in mine if quads.get(m, 0) in wanted) for wanted in ((1, 2), (3, 4), (0,))]
        years = sorted({c[1] for c in mine})
        span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
        text = f"{sum(sums)} events {span}: {sums[0]} of cooperation, {sums[1]} of conflict"
        text += f", {sums[2]} statements and appeals" if sums[2] else ""
        text += "".join(f"; {why}" for why in breaks(sources[key].kind, years[0], years[-1], (a, b)))
        latest = max(c[4] for c in mine).partition(" ")[2]
        out.append(line(ledger.observation(f"{key}/{latest}"), sources[key], text))
    return out
