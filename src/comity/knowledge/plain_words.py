"""What each code of a record means in plain words, from one reviewable table."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from comity.errors import TableError
from comity.records.record import Agreement, Event, Project, Record

FIELDS = {
    "kind": "Kinds of facts",
    "event": "Types of events",
    "mode": "Modes of events",
    "quad": "Quads of events",
    "status": "Status of events and visits",
    "level": "Ranks of visitors",
    "stage": "Stages of agreements",
    "heading": "Headings of agreements",
    "text": "Agreements: status of the text",
    "consent": "Agreements: consent of a party",
    "effect": "Agreements: effect",
    "act": "Agreements: acts in their life cycle",
    "agreement": "Kinds of agreements",
    "measure": "Measures of figures",
    "direction": "Directions of figures and standing",
    "dimension": "Dimensions of standing",
    "project": "Kinds of projects",
    "basis": "Basis of a date",
    "in_window": "Whether something falls within the period asked for",
}
"""The fields that have codes, in the order of the glossary, each with its heading there."""


@dataclass(frozen=True, slots=True)
class PlainWord:
    """One code with its phrase; `of` is the event type that a mode belongs to, empty for all other fields."""

    field: str
    of: str
    code: str
    phrase: str

    @property
    def said(self) -> str:
        """The phrase followed by the code.

        >>> plain_words()["status", "", "planned"].said
        'it is announced or intended · planned'
        """
        return f"{self.phrase} · {' '.join(p for p in (self.of, self.code) if p)}"


@cache
def plain_words() -> dict[tuple[str, str, str], PlainWord]:
    """All codes with their phrases, by field, event type (of modes) and code.

    >>> plain_words()["event", "", "SANCTION"].phrase
    'reduces or breaks off relations'
    """
    table = files("comity.knowledge") / "tables" / "plain_words.csv"
    out: dict[tuple[str, str, str], PlainWord] = {}
    for n, r in enumerate(csv.DictReader(table.read_text(encoding="utf-8").splitlines()), 2):
        key = (r["field"], r["of"], r["code"])
        if r["field"] not in FIELDS or not r["code"] or not r["phrase"] or key in out:
            raise TableError(f"plain_words.csv:{n}: needs a known field, a code that occurs once and a phrase")
        out[key] = PlainWord(*key, r["phrase"])
    return out


def codes(field: str, of: str = "") -> tuple[str, ...]:
    """The codes of a field, in the order of the table; for modes, those of one event type.

    >>> codes("status")
    ('occurred', 'planned', 'hypothetical', 'denied')
    """
    return tuple(w.code for w in plain_words().values() if w.field == field and w.of == of)


def phrase(field: str, code: object, of: str = "") -> str | None:
    """What a code means; null if the table has no such code.

    >>> phrase("mode", "expel", of="SANCTION"), phrase("event", "DANCE")
    ('expels diplomats or others', None)
    """
    found = plain_words().get((field, of, str(code)))
    return found.phrase if found else None


def event_phrase(event: object, mode: object = None) -> str | None:
    """What an event type means, or its mode if one is given.

    >>> event_phrase("CONSULT"), event_phrase("CONSULT", "phone")
    ('meets, visits or talks', 'talks by telephone or video')
    """
    return (phrase("mode", mode, of=str(event)) if mode else None) or phrase("event", event)


def event_said(event: str, mode: str | None = None) -> str:
    """An event in plain words, followed by its codes.

    >>> event_said("SANCTION", "expel")
    'expels diplomats or others · SANCTION expel'
    """
    words, code = event_phrase(event, mode), f"{event} {mode}" if mode else event
    return f"{words} · {code}" if words else code


def said(field: str, code: str | None) -> str | None:
    """A code in plain words, followed by the code; the code alone if the table has no phrase, null for null.

    >>> said("level", "minister"), said("level", None)
    ('a minister or secretary of state · minister', None)
    """
    if code is None:
        return None
    words = phrase(field, code)
    return f"{words} · {code}" if words else code


_FIELDS_OF = {
    "event": "event",
    "mode": "mode",
    "quad code": "quad",
    "status": "status",
    "stage": "stage",
    "level": "level",
    "measure": "measure",
    "direction": "direction",
    "dimension": "dimension",
    "date basis": "basis",
}
"""The field of this table for a field of a record."""


def meaning(name: str, code: object, record: Record) -> str | None:
    """What a code in a field of a record means; null where it is no code.

    >>> act = Event(event="SANCTION", mode="expel")
    >>> meaning("mode", "expel", act), meaning("place", "Kyoto", act)
    ('expels diplomats or others', None)
    """
    if name == "type" and isinstance(record, Agreement | Project):
        return phrase(record.kind, code)
    of = record.event if name == "mode" and isinstance(record, Event) else ""
    return phrase(_FIELDS_OF[name], code, of) if name in _FIELDS_OF else None


def as_markdown(found: Iterable[PlainWord] | None = None) -> str:
    """The codes as Markdown tables, one heading per field.

    >>> print(as_markdown([plain_words()["quad", "", "1"]]))
    ## Quads of events
    <BLANKLINE>
    | code | in plain words |
    | --- | --- |
    | 1 | cooperation in words |
    <BLANKLINE>
    """
    words = list(plain_words().values() if found is None else found)
    out = []
    for field, heading in FIELDS.items():
        listed = [w for w in words if w.field == field]
        if not listed:
            continue
        out += [f"## {heading}", "", "| code | in plain words |", "| --- | --- |"]
        out += [f"| {' '.join(p for p in (w.of, w.code) if p)} | {w.phrase} |" for w in listed]
        out.append("")
    return "\n".join(out)
