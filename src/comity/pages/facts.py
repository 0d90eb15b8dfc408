"""A record in one plain line, as people would say it."""

from comity.records.record import (
    Actor,
    Agreement,
    Assessment,
    Commemoration,
    Cooperation,
    Event,
    Figure,
    Project,
    Record,
    Visit,
)

HEADINGS = {
    "event": "Events",
    "agreement": "Agreements",
    "visit": "Visits",
    "project": "Projects",
    "figure": "Figures",
    "cooperation": "Cooperation",
    "assessment": "Standing",
    "commemoration": "Anniversaries",
}
"""The heading under which each kind is shown, in the order of a reading."""

LINKS = {"based on": "based on", "replaces": "replacing", "renews": "renewing", "amends": "amending"}


def fact_line(record: Record) -> str:
    """The record's content in one line; unknown parts are left out.

    >>> fact_line(Cooperation(kind="cooperation", parties=("MNG", "RUS"), areas=("trade", "culture")))
    'MNG, RUS: trade, culture'
    """
    match record:
        case Event():
            parts = _event(record)
        case Agreement():
            parts = _agreement(record)
        case Visit():
            parts = [
                f"{actors(record.visitors)} → {record.host or '?'}",
                record.place,
                record.date,
                record.status,
                record.level,
                record.purpose and f"for {record.purpose}",
            ]
        case Project():
            parts = [record.name, record.type, ", ".join(record.parties), record.founded and f"since {record.founded}"]
        case Figure():
            parts = _figure(record)
        case Cooperation():
            parts = [f"{', '.join(record.parties)}: {', '.join(record.areas)}"]
        case Assessment():
            parts = [
                f"{record.dimension} of {record.of or '?'}" + (f" over {record.over}" if record.over else ""),
                record.direction,
                record.against and f"against {record.against}",
                record.period,
            ]
        case Commemoration():
            parts = [
                f"{ordinal(record.ordinal)} of {record.of}" if record.ordinal else record.of,
                record.occurred and f"({record.occurred})",
                record.on and f"marked {record.on}",
            ]
        case _:
            parts = [record.kind]
    return " · ".join(p for p in parts if p)


def ordinal(n: int) -> str:
    """A number as it counts.

    >>> ordinal(81), ordinal(80), ordinal(112)
    ('81st', '80th', '112th')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th") if n % 100 not in {11, 12, 13} else "th"
    return f"{n}{ending}"


def actors(found: tuple[Actor, ...]) -> str:
    """Names with their states, one after another.

    >>> actors((Actor(text="Putin", name="Vladimir Putin", state="RUS"),))
    'Vladimir Putin (RUS)'
    """
    return ", ".join(_actor(a) for a in found) or "?"


def _actor(a: Actor) -> str:
    name, code = a.name or a.text, a.state or a.organisation
    return f"{name} ({code})" if code and code != name else name


def _event(r: Event) -> list[str | None]:
    who = f"{actors(r.actor)} → {actors(r.recipient)}" if r.recipient else actors(r.actor)
    kind = f"{r.event} {r.mode}" if r.mode else r.event
    return [kind, who, r.date, r.place, None if r.status == "occurred" else r.status]


def _agreement(r: Agreement) -> list[str | None]:
    title = r.title or r.type or "agreement"
    return [
        title if not r.count else f"{title} ({r.count})",
        ", ".join(r.parties),
        " ".join(p for p in (r.stage, r.date) if p),
        r.place,
        r.duration and f"term {r.duration}",
        r.renewal and f"renewed by {r.renewal}",
        r.notice and f"notice {r.notice}",
        f"by {actors(r.signatories)}" if r.signatories else None,
        *(f"{LINKS.get(p.link or '', 'after')} {p.title or p.date}" for p in r.predecessors),
    ]


def _figure(r: Figure) -> list[str | None]:
    ends = " ↔ ".join(c for c in (r.reporter, r.partner) if c)
    value = None if r.value is None else f"{r.value:,.0f} {r.unit or ''}".strip()
    change = None if r.change_pct is None else f"{r.change_pct:+g} %"
    return [r.measure, ends, value, change or r.direction, r.period, r.qualifier]
