"""A record in one plain line."""

import re

from comity.knowledge.plain_words import event_said
from comity.records import record as shapes
from comity.records.kinds import KINDS
from comity.records.record import Actor, Agreement, Event, Figure, Record

HEADINGS = {kind: spec.heading for kind, spec in KINDS.items()}
"""The heading of each kind, in the order of a reading."""

LINKS = {"based on": "based on", "replaces": "replacing", "renews": "renewing", "amends": "amending"}


def fact_line(record: Record) -> str:
    """The record's content in one line, an event's codes with their meaning; unknown parts are left out.

    >>> fact_line(shapes.Cooperation(kind="cooperation", parties=("MNG", "RUS"), areas=("trade", "culture")))
    'MNG, RUS: trade, culture'
    """
    match record:
        case Event():
            parts = _event(record)
        case Agreement():
            parts = _agreement(record)
        case shapes.Visit():
            parts = [
                f"{actors(record.visitors)} → {record.host or '?'}",
                record.place,
                record.date,
                record.status,
                record.level,
                purpose(record.purpose),
            ]
        case shapes.Project():
            parts = [record.name, record.type, ", ".join(record.parties), record.founded and f"since {record.founded}"]
        case Figure():
            parts = _figure(record)
        case shapes.Cooperation():
            parts = [f"{', '.join(record.parties)}: {', '.join(record.areas)}"]
        case shapes.Assessment():
            parts = [
                f"{record.dimension} of {record.of or '?'}" + (f" over {record.over}" if record.over else ""),
                record.direction,
                record.against and f"against {record.against}",
                record.period,
            ]
        case shapes.Commemoration():
            parts = [
                f"{ordinal(record.ordinal)} anniversary of {record.of}" if record.ordinal else record.of,
                record.occurred and f"({record.occurred})",
                record.on and f"marked {record.on}",
            ]
        case _:
            parts = [record.kind]
    return " · ".join(p for p in parts if p)


def purpose(text: str | None) -> str | None:
    """The purpose of a visit as part of a sentence; null if none is given.

    >>> purpose("talks on grain"), purpose("to take part in a summit"), purpose(", for a meeting"), purpose(" ,")
    ('for talks on grain', 'to take part in a summit', 'for a meeting', None)
    """
    # the words are cut from the report's sentence: a full stop or a "for" may precede them
    words = " ".join((text or "").split()).lstrip(" ,;:–—-").rstrip(" ,;:–—-")
    if not words:
        return None
    return words if words.lower().startswith(_PURPOSES) else f"for {words}"


_PURPOSES = ("to ", "for ", "in order to ", "so as to ", "at ", "on ")
"""Words that already introduce a purpose."""


def period_words(iso: str) -> str:
    """A duration in words; anything but years, months, weeks and days is unchanged.

    >>> period_words("P20Y"), period_words("P1Y6M"), period_words("P30D"), period_words("indefinite")
    ('20 years', '1 year 6 months', '30 days', 'indefinite')
    """
    if not _PERIOD.fullmatch(iso):
        return iso
    parts = [(int(n), _UNITS[unit]) for n, unit in re.findall(r"(\d++)([YMWD])", iso)]
    return " ".join(f"{n:,} {unit}{'' if n == 1 else 's'}" for n, unit in parts)


_PERIOD = re.compile(r"P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}


def ordinal(n: int) -> str:
    """An ordinal number.

    >>> ordinal(81), ordinal(80), ordinal(112)
    ('81st', '80th', '112th')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th") if n % 100 not in {11, 12, 13} else "th"
    return f"{n}{ending}"


def actors(found: tuple[Actor, ...]) -> str:
    """Names with their states, separated by commas.

    >>> actors((Actor(text="Putin", name="Vladimir Putin", state="RUS"),))
    'Vladimir Putin (RUS)'
    """
    return ", ".join(_actor(a) for a in found) or "?"


def _actor(a: Actor) -> str:
    name, code = a.name or a.text, a.state or a.organisation
    return f"{name} ({code})" if code and code != name else name


def _event(r: Event) -> list[str | None]:
    who = f"{actors(r.actor)} → {actors(r.recipient)}" if r.recipient else actors(r.actor)
    return [event_said(r.event, r.mode), who, r.date, r.place, None if r.status == "occurred" else r.status]


def _agreement(r: Agreement) -> list[str | None]:
    title = r.title or r.type or "agreement"
    return [
        title if not r.count else f"{title} ({r.count})",
        ", ".join(r.parties),
        " ".join(p for p in (r.stage, r.date) if p),
        r.place,
        r.duration and f"term {period_words(r.duration)}",
        r.renewal and f"renewed by {period_words(r.renewal)}",
        r.notice and f"notice {period_words(r.notice)}",
        f"by {actors(r.signatories)}" if r.signatories else None,
        *(f"{LINKS.get(p.link or '', 'after')} {p.title or p.date}" for p in r.predecessors),
    ]


def _figure(r: Figure) -> list[str | None]:
    ends = " ↔ ".join(c for c in (r.reporter, r.partner) if c)
    value = None if r.value is None else f"{r.value:,.0f} {r.unit or ''}".strip()
    change = None if r.change_pct is None else f"{r.change_pct:+g} %"
    return [r.measure, ends, value, change or r.direction, r.period, r.qualifier]
