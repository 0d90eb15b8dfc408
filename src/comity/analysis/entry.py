"""One fact as `comity show` tells it: its sources with the quote in context, why it is coded so, its history."""

import json
from typing import Any

from comity.analysis.corroboration import corroborate
from comity.analysis.line import wording
from comity.analysis.registers import shown
from comity.ledger.act import Treaty
from comity.ledger.agreement import treaties
from comity.ledger.export import observation_line, plain_fact, source_line
from comity.ledger.fact import Fact
from comity.ledger.ledger import Ledger
from comity.ledger.values import conflicts

_CONTEXT = 160


def is_observation(key: str) -> bool:
    """Whether an id is that of a row of a data set: `kind@version/row`.

    >>> is_observation("cow_trade@4.0/2-20-1990-imports"), is_observation("fact:visit:408a29eaf6480cc0")
    (True, False)
    """
    return "@" in key.partition("/")[0] and "/" in key


def row_entry(ledger: Ledger, key: str) -> dict[str, Any]:
    """All that is known of a row of a data set. Raises `FactError` where the ledger holds none of that id."""
    found = ledger.observation(key)
    source = next(s for s in ledger.sources() if s.key == found.source)
    made: dict[str, Any] = json.loads(observation_line(found))
    made["source"] = json.loads(source_line(source))
    made["mentions"] = [
        {"url": url, "outlet": outlet, "day": day.isoformat() if day else None}
        for url, outlet, day in ledger.mentions(key)
    ]
    return made


def _row_text(ledger: Ledger, key: str) -> str:
    """The same for a terminal."""
    found, made = ledger.observation(key), row_entry(ledger, key)
    source = made["source"]
    out = [f"{found.kind}: {shown(found)} [{found.standing}]", f"  {found.id}"]
    out.append(f"  {source['title']} {source['version']}, covers {source['first'] or '?'} to {source['last'] or '?'}")
    out += [f"  licence: {source['licence']}", f"  cite: {source['citation']}"]
    out += [f"  {found.url}"] if found.url else []
    out += ["", "Row"]
    out += [f"  {name}: {value}" for name, value in found.record.items()]
    if made["mentions"]:
        out += ["", f"Mentions ({len(made['mentions'])})"]
        out += [f"  {m['day'] or 'undated'}  {m['outlet'] or ''}  {m['url']}" for m in made["mentions"]]
    return "\n".join(out) + "\n"


def entry(ledger: Ledger, key: str) -> dict[str, Any]:
    """All that is known of a fact or of a row of a data set, as JSON knows it.

    Raises `FactError` where the ledger holds none of that id.
    """
    if is_observation(key):
        return row_entry(ledger, key)
    return entry_of(ledger, ledger.fact(key))


def entry_of(ledger: Ledger, fact: Fact, treaty: Treaty | None = None) -> dict[str, Any]:
    """The same of a fact that is there already, and of the treaty that it tells of where that is."""
    family = ledger.family()
    made = plain_fact(fact, ledger.documents(fact.documents), family)
    made["differing"] = {
        n: [{"value": v.value, "independent": v.independent} for v in values]
        for n, values in conflicts(fact, family).items()
    }
    texts, places = ledger.texts(fact.documents), ledger.places_of(fact.documents)
    for statement, row in zip(fact.statements, made["statements"], strict=True):
        title, text = texts[statement.document]
        row["passage"] = _context(title if row["part"] == "title" else text, row["start"], row["end"])
        row["places"] = places.get(statement.document, [])
    made["data_sets"] = [
        {"source": f.source, "outcome": f.outcome, "why": f.why, "rows": list(f.rows)}
        for f in corroborate(ledger, [fact]).get(fact.id, ())
    ]
    if fact.kind == "agreement":
        if treaty is None:
            block = ledger.facts(*fact.block.split(), kinds=("agreement",))
            treaty = treaties([fact if f.id == fact.id else f for f in block], family)[fact.id]
        made["acts"] = [
            {
                "act": a.kind,
                "date": a.date,
                "party": a.party,
                "known": a.known,
                "until": a.until,
                "sources": list(a.sources),
            }
            for a in treaty.acts
        ]
        made["supersedes"] = list(treaty.supersedes)
    return made


def as_text(ledger: Ledger, key: str) -> str:
    """The same for a terminal."""
    if is_observation(key):
        return _row_text(ledger, key)
    fact = ledger.fact(key)
    made = entry(ledger, key)
    out = [f"{fact.kind}: {wording(fact, ledger.family())}", f"  {fact.id}"]
    out.append(f"  known since {made['known'] or 'an untold day'}, {made['independent']} independent sources")
    for field, values in made["differing"].items():
        out.append(f"  sources differ on {field}: " + "; ".join(f"{v['value']} ({v['independent']})" for v in values))
    if acts := made.get("acts"):
        out += ["", "Acts"]
        for a in acts:
            whose = f" by {a['party']}" if a["party"] else ""
            out.append(f"  {a['date'] or 'on an untold day'}  {a['act']}{whose} (known {a['known'] or '?'})")
    if findings := corroborate(ledger, [fact]).get(fact.id, ()):
        out += ["", "Data sets"]
        for f in findings:
            out += [f"  {f.text}", *(f"    [{r}]" for r in f.rows)]
    out += ["", f"Sources ({len(fact.statements)})"]
    for row in made["statements"]:
        source = row["source"]
        out.append(f"  {source['title'] or source['document']}, {source['published'] or 'undated'}  [{row['id']}]")
        before, quote, after = row["passage"]
        out.append(f"    …{before}»{quote}«{after}…")
        out.append(f"    {_why(row)}")
    if fact.judgements:
        out += ["", "Judgements"]
        for j in fact.judgements:
            what = ", ".join(f"{n}={v}" for n, v in j.changes)
            out.append(
                f"  {j.dated}  {j.verdict} {what}".rstrip() + f" — {j.signed}" + (f": {j.note}" if j.note else "")
            )
    return "\n".join(out) + "\n"


def _why(row: dict[str, Any]) -> str:
    told_by = row["attribution"]
    parts = [
        f"told by {told_by['name'] or told_by['text']}" if told_by else "in the report's own voice",
        row.get("evidence") and f"evidence {row['evidence']}",
        row.get("date_basis") and f"date {row['date_basis']}",
        f"confidence {row['confidence']:.2f}",
    ]
    return "; ".join(p for p in parts if p)


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    def flat(part: str) -> str:
        return " ".join(part.split())

    return flat(text[max(0, start - _CONTEXT) : start]), flat(text[start:end]), flat(text[end : end + _CONTEXT])
