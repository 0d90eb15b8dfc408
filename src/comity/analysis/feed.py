"""The facts of states as an Atom feed (RFC 4287), for feed readers."""

import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from markupsafe import escape

from comity.analysis.calendar import NAMESPACE
from comity.analysis.line import agreement_wording, wording
from comity.errors import InputError
from comity.ledger.fact import Fact
from comity.ledger.heading import lives
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.provenance import provenance
from comity.records.record import Event
from comity.versions import RELEASE

_ATOM = "http://www.w3.org/2005/Atom"
_STORED = """
    SELECT s.document, s.id, b.stored FROM statement s JOIN batch b ON b.number = s.batch
    WHERE s.document IN (SELECT unnest(?))"""
_MOST_QUOTES = 5
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    ledger: Ledger,
    *states: str,
    title: str,
    on: date,
    version: str,
    known: date | None = None,
    base: str | None = None,
    here: str | None = None,
    page: str | None = None,
) -> str:
    """The facts about all of some states as an Atom feed, the last reported or judged first.

    An entry's id is derived from the fact's and never changes; `updated` is when the ledger last stored a report of it
    or a person judged it. The setting `feed_entries` is the largest number of entries. `base` is the address of a
    server, for links to the facts, `here` that of the feed itself, `page` that of the corresponding page. Raises
    `InputError` if no state is named.
    """
    if not states:
        raise InputError("a feed is of one state or of two; name them, such as RUS MNG")
    codes = sorted(code_of(s) for s in states)
    facts = ledger.facts(*codes, known=known)
    changed = _changed(ledger, facts)
    facts = sorted(facts, key=lambda f: (changed[f.id], f.last_reported or date.min, f.id), reverse=True)
    shown = facts[: ledger.settings.feed_entries]
    family = ledger.family()
    agreements = [f for f in facts if f.kind == "agreement"]
    words = {x.fact.id: agreement_wording(x) for x in lives(agreements, family, on, known=known, between=codes)}
    documents = ledger.documents(s.document for f in shown for s in f.statements)
    root = ET.Element("feed", {"xmlns": _ATOM})
    _child(root, "id", uuid.uuid5(NAMESPACE, f"feed {ledger.path.name} {' '.join(codes)}").urn)
    _child(root, "title", title)
    _child(root, "subtitle", version)
    last = max((changed[f.id] for f in facts), default=datetime.combine(on, time(), UTC))
    _child(root, "updated", _stamp(last))
    _child(root, "generator", "Comity", version=RELEASE)
    _child(_child(root, "author"), "name", f"Comity, ledger {ledger.path.name}")
    if here:
        _child(root, "link", rel="self", type="application/atom+xml", href=here)
    if page:
        _child(root, "link", rel="alternate", type="text/html", href=page)
    for fact in shown:
        heading = words.get(fact.id) or wording(fact, family)
        sources = provenance(fact, family).text
        _entry(root, fact, heading, sources, documents, changed[fact.id], base)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _entry(
    root: ET.Element,
    fact: Fact,
    heading: str,
    sources: str,
    documents: Mapping[str, Mapping[str, Any]],
    changed: datetime,
    base: str | None,
) -> None:
    entry = _child(root, "entry")
    _child(entry, "id", uuid.uuid5(NAMESPACE, fact.id).urn)
    _child(entry, "title", heading)
    _child(entry, "updated", _stamp(changed))
    if fact.known:
        _child(entry, "published", _stamp(datetime.combine(fact.known, time(), UTC)))
    addresses = list(dict.fromkeys(a for s in fact.statements for a in documents[s.document]["addresses"]))
    if base:
        _child(entry, "link", rel="alternate", type="text/html", href=f"{base.rstrip('/')}/fact/{_quoted(fact.id)}")
    elif addresses:
        _child(entry, "link", rel="alternate", href=addresses[0])
    for address in addresses:
        _child(entry, "link", rel="via", href=address)
    _child(entry, "category", term=fact.kind)
    if isinstance(fact.record, Event) and (event := fact.record.event):
        _child(entry, "category", term=event, label=f"PLOVER {event}")
    _child(entry, "content", _content(fact, sources, documents), type="html")


def _content(fact: Fact, sources: str, documents: Mapping[str, Mapping[str, Any]]) -> str:
    """The quotes with their reports as HTML, every text escaped."""
    out = []
    shown = fact.statements[:_MOST_QUOTES]
    for s in shown:
        report = documents[s.document]
        name = escape(report["title"] or report["document"])
        address = next(iter(report["addresses"]), None)
        linked = f'<a href="{escape(address)}">{name}</a>' if address else name
        day = f", {escape(report['published'])}" if report["published"] else ""
        out.append(f"<blockquote><p>{escape(' '.join(s.quote.split()))}</p><footer>{linked}{day}</footer></blockquote>")
    more = len(fact.statements) - len(shown)
    out.append(f"<p>{escape(sources)}{f'; {more} more statements' if more else ''}. {escape(fact.id)}</p>")
    return "".join(out)


def _changed(ledger: Ledger, facts: Sequence[Fact]) -> dict[str, datetime]:
    """When the ledger last stored a report of each fact, or a person judged it."""
    keys = list({s.document for f in facts for s in f.statements})
    stored = {(d, i): t for d, i, t in ledger.rows(_STORED, [keys])}
    out = {}
    for fact in facts:
        # an earlier agreement named in a report has the id of the report's statement followed by a number
        times = [stored.get((s.document, s.id.partition("/")[0])) for s in fact.statements]
        days = [datetime.combine(date.fromisoformat(j.dated), time()) for j in fact.judgements if len(j.dated) == 10]
        # the store has local time
        out[fact.id] = max((t.astimezone(UTC) for t in (*times, *days) if t), default=datetime.min.replace(tzinfo=UTC))
    return out


def _child(parent: ET.Element, name: str, text: str | None = None, **given: str) -> ET.Element:
    child = ET.SubElement(parent, name, {k: _clean(v) for k, v in given.items()})
    child.text = None if text is None else _clean(text)
    return child


def _clean(text: str) -> str:
    """A text without characters that XML forbids."""
    return _NO_XML.sub("", text)


def _stamp(when: datetime) -> str:
    return when.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _quoted(key: str) -> str:
    return quote(key, safe=":")
