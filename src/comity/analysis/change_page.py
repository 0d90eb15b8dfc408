"""Changes as text, Markdown, JSON and an Atom feed."""

import json
import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from comity.analysis.changes import groups, summary
from comity.ledger.table import Table

FORMS = ("text", "json", "csv", "md", "atom")
"""The forms in which changes are printed."""
_ATOM = "http://www.w3.org/2005/Atom"
_MARKUP = re.compile(r"([\\`*_\[\]<>])")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_form(form: str, found: Table, title: str, address: str) -> str:
    """Changes in one of the `FORMS`; `address` is the Atom feed's own address."""
    if form == "json":
        return json.dumps(as_plain(found, title), ensure_ascii=False, indent=1, default=str) + "\n"
    if form == "csv":
        return found.csv()
    if form == "atom":
        return as_atom(found, title, address)
    return as_markdown(found, title) if form == "md" else as_text(found, title)


def as_plain(found: Table, title: str) -> dict[str, Any]:
    """Changes as JSON values, by states; nothing is left out."""
    return {
        "title": title,
        "summary": summary(found),
        "groups": [{"states": list(g.states), "changes": list(g.rows)} for g in groups(found)],
        "notes": list(found.notes),
    }


def as_summary(found: Table, title: str) -> str:
    r"""The numbers of changes of each kind, in all and by the states that they are about.

    >>> as_summary(Table(("states", "change"), (("MNG RUS", "new fact"),)), "Changes since 2024")
    'Changes since 2024\n1 new fact\n\nMongolia and Russia: 1 new fact\n'
    """
    lines = [title, summary(found)]
    for n, group in enumerate(groups(found)):
        rows = tuple(tuple(row.values()) for row in group.rows)
        lines += [*([""] if not n else []), f"{group.heading}: {summary(Table(found.columns, rows))}"]
    return "\n".join(lines) + "\n"


def as_text(found: Table, title: str) -> str:
    """Changes for a terminal: a heading for each dyad, a line for each change, with its sentence and report below."""
    out = [title, summary(found)]
    for group in groups(found):
        out += ["", f"{group.heading} ({len(group.rows)})"]
        for row in group.rows:
            out.append(f"  {headline(row)}")
            if row["quote"] and row["change"] != "judgement":
                out.append(f"    “{' '.join(row['quote'].split())}”")
            out.append(f"    {source(row)}[{row['id']}]")
    return "\n".join(out) + "\n"


def as_markdown(found: Table, title: str) -> str:
    """Changes as Markdown, each report linked if it has an address."""
    out = [f"# {_escaped(title)}", "", summary(found)]
    for group in groups(found):
        out += ["", f"## {group.heading}", ""]
        for row in group.rows:
            out.append(f"- {_escaped(headline(row))}")
            if row["quote"] and row["change"] != "judgement":
                out.append(f"  - “{_escaped(' '.join(row['quote'].split()))}”")
            words = _escaped(source(row).strip())
            if row["url"] and words:
                words = f"[{words}](<{row['url'].replace('>', '%3E').replace('<', '%3C')}>)"
            out.append(f"  - {words} `{row['id']}`" if words else f"  - `{row['id']}`")
    return "\n".join(out) + "\n"


def as_atom(found: Table, title: str, address: str, *, base: str = "") -> str:
    """Changes as an Atom feed (RFC 4287), an entry for each change, the latest first.

    The same change has the same id in every feed, so that a feed reader shows it once. `base` is the address of a
    server that shows the ledger, to which each entry links.
    """
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")

    def put(parent: ET.Element, tag: str, text: str | None = None, **more: str) -> None:
        ET.SubElement(parent, f"{{{_ATOM}}}{tag}", more).text = None if text is None else _NO_XML.sub("�", text)

    rows = [(group, row) for group in groups(found) for row in group.rows]
    rows.sort(key=lambda x: x[1]["stored"] or "", reverse=True)
    put(feed, "id", _urn("feed", address))
    put(feed, "title", title)
    put(feed, "updated", max((_stamp(r["stored"]) for _, r in rows), default=_stamp(None)))
    put(feed, "generator", "Comity")
    put(feed, "link", rel="self", href=address)
    author = ET.SubElement(feed, f"{{{_ATOM}}}author")
    put(author, "name", "Comity")
    for group, row in rows:
        entry = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        put(entry, "id", _identity(row))
        put(entry, "title", f"{group.heading}: {headline(row)}")
        put(entry, "updated", _stamp(row["stored"]))
        put(entry, "category", term=row["change"])
        for code in group.states:
            put(entry, "category", term=code)
        if base:
            put(entry, "link", rel="alternate", type="text/html", href=f"{base.rstrip('/')}/fact/{row['id']}")
        if row["url"]:
            put(entry, "link", rel="related" if base else "alternate", href=row["url"])
        quote = f"“{' '.join(row['quote'].split())}” " if row["quote"] else ""
        put(entry, "content", f"{quote}{source(row)}[{row['id']}]", type="text")
    ET.indent(feed, space=" ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def headline(row: Mapping[str, Any]) -> str:
    """A change in one line: its kind, its fact, and the result.

    >>> headline({"change": "ended term", "fact": "treaty", "was": "in force", "now": "expired", "by": None,
    ...           "note": None, "reports": None, "copy": None})
    'ended term: treaty: in force → expired'
    """
    parts = [f"{row['change']}: {row['fact']}"]
    if row["now"]:
        parts.append(f"{row['was']} → {row['now']}" if row["was"] else row["now"])
    if row["by"]:
        parts.append(f"by {row['by']}" + (f" ({row['note']})" if row["note"] else ""))
    if row["copy"]:
        parts.append("a copy of a report that was there")
    if (row["reports"] or 0) > 1:
        parts.append(f"{row['reports']} reports")
    return ": ".join(parts)


def source(row: Mapping[str, Any]) -> str:
    """The report of a change: title, outlet and day, followed by two spaces; empty if no report caused it."""
    words = ", ".join(w for w in (row["title"] or row["document"], row["outlet"], row["published"]) if w)
    return f"{words}  " if words else ""


def _identity(row: Mapping[str, Any]) -> str:
    return _urn(*(str(row[n]) for n in ("change", "id", "document", "now", "by")))


def _urn(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, "\0".join(parts)).urn


def _stamp(stored: str | None) -> str:
    """An instant in RFC 3339 format; for a feed without changes the epoch."""
    if stored is None:
        return "1970-01-01T00:00:00Z"
    return datetime.fromisoformat(stored).astimezone().isoformat(timespec="seconds")


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
