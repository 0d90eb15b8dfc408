"""One fact in detail: its sources with the quote in context, why it is coded so, its history."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from comity.analysis.corroboration import corroborate
from comity.analysis.line import agreement_wording, weight, wording
from comity.analysis.registers import shown
from comity.ledger.act import Treaty
from comity.ledger.agreement import treaties
from comity.ledger.export import observation_line, plain_fact, source_line
from comity.ledger.fact import Fact
from comity.ledger.heading import Life, life_of
from comity.ledger.ledger import Ledger
from comity.ledger.lifecycle import Status
from comity.ledger.provenance import provenance
from comity.ledger.values import conflicts
from comity.records.record import rule_of

_CONTEXT = 160


def is_observation(key: str) -> bool:
    """Whether an id is that of a row of a data set: `kind@version/row`.

    >>> is_observation("cow_trade@4.0/2-20-1990-imports"), is_observation("fact:visit:408a29eaf6480cc0")
    (True, False)
    """
    return "@" in key.partition("/")[0] and "/" in key


def row_detail(ledger: Ledger, key: str) -> dict[str, Any]:
    """Everything known about a row of a data set. Raises `FactError` if the id is unknown."""
    found = ledger.observation(key)
    source = next(s for s in ledger.sources() if s.key == found.source)
    row: dict[str, Any] = json.loads(observation_line(found))
    row["source"] = json.loads(source_line(source))
    row["mentions"] = [
        {"url": url, "outlet": outlet, "day": day.isoformat() if day else None}
        for url, outlet, day in ledger.mentions(key)
    ]
    return row


def _row_text(ledger: Ledger, key: str) -> str:
    """The same for a terminal."""
    found, detail = ledger.observation(key), row_detail(ledger, key)
    source = detail["source"]
    out = [f"{found.kind}: {shown(found)} [{found.standing}]", f"  {found.id}"]
    out.append(f"  {source['title']} {source['version']}, covers {source['first'] or '?'} to {source['last'] or '?'}")
    out += [f"  licence: {source['licence']}", f"  cite: {source['citation']}"]
    out += [f"  {found.url}"] if found.url else []
    out += ["", "Row"]
    out += [f"  {name}: {value}" for name, value in found.record.items()]
    if detail["mentions"]:
        out += ["", f"Mentions ({len(detail['mentions'])})"]
        out += [f"  {m['day'] or 'undated'}  {m['outlet'] or ''}  {m['url']}" for m in detail["mentions"]]
    return "\n".join(out) + "\n"


def fact_detail(ledger: Ledger, key: str, on: date, known: date | None = None) -> dict[str, Any]:
    """Everything known about a fact or a row of a data set, as JSON values.

    An agreement has its status on a day, the same as in every list. Raises `FactError` if the id is unknown.
    """
    if is_observation(key):
        return row_detail(ledger, key)
    fact = ledger.fact(key, known=known)
    return detail_of(ledger, fact, life(ledger, fact, on, known))


def life(
    ledger: Ledger, fact: Fact, on: date, known: date | None = None, treaties_of: Mapping[str, Treaty] | None = None
) -> Life | None:
    """The life cycle of an agreement on a day; null for other facts. `treaties_of` has those of its states."""
    if fact.kind != "agreement":
        return None
    if treaties_of is None or fact.id not in treaties_of:
        block = ledger.facts(*fact.block.split(), kinds=("agreement",), known=known) if fact.block else []
        # a rejected agreement is in no list
        by_id = {f.id: f for f in block} | {fact.id: fact}
        treaties_of = treaties(by_id.values(), ledger.family())
    return life_of(fact, treaties_of[fact.id], on, known=known, others=treaties_of)


def detail_of(ledger: Ledger, fact: Fact, living: Life | None) -> dict[str, Any]:
    """The same for a fact already loaded, with its life cycle if it is an agreement."""
    family = ledger.family()
    detail = plain_fact(fact, ledger.documents(fact.documents), family)
    detail["reported_by"] = provenance(fact, family).text
    detail["differing"] = {
        n: [{"value": v.value, "independent": v.independent, "reported_by": weight(v)} for v in values]
        for n, values in conflicts(fact, family).items()
    }
    texts, places = ledger.texts(fact.documents), ledger.places_of(fact.documents)
    for statement, row in zip(fact.statements, detail["statements"], strict=True):
        title, text = texts[statement.document]
        row["rule"] = rule_of(row.get("evidence"))
        row["passage"] = _context(title if row["part"] == "title" else text, row["start"], row["end"])
        row["places"] = places.get(statement.document, [])
    detail["data_sets"] = [
        {"source": f.source, "outcome": f.outcome, "why": f.why, "rows": list(f.rows)}
        for f in corroborate(ledger, [fact]).get(fact.id, ())
    ]
    if living is not None:
        detail["status"] = standing_of(living)
        detail["acts"] = [
            {
                "act": a.kind,
                "date": a.date,
                "party": a.party,
                "known": a.known,
                "until": a.until,
                "sources": list(a.sources),
            }
            for a in living.treaty.acts
        ]
        detail["supersedes"] = list(living.treaty.supersedes)
    return detail


def fields_of(at: Status) -> dict[str, Any]:
    """A status on a day as plain values: text, consent, effect, and the reason.

    >>> from comity.ledger.lifecycle import Status
    >>> plain = fields_of(Status(text="signed", consent=(), effect="not in force", certain=True, inferred=False))
    >>> plain["text"], plain["effect"], plain["why"]
    ('signed', 'not in force', [])
    """
    return {
        "stage": at.stage,
        "text": at.text,
        "consent": dict(at.consent),
        "effect": at.effect,
        "certain": at.certain,
        "inferred": at.inferred,
        "why": list(at.why),
    }


def standing_of(living: Life) -> dict[str, Any]:
    """The status of an agreement on its day as JSON values: its heading and words, each axis, and the reason.

    `apart` has each party whose status differs.

    >>> from comity.ledger.act import Act
    >>> from comity.ledger.lifecycle import status
    >>> signed = Treaty(id="a", type="treaty", parties=("MNG", "RUS"), acts=(Act(kind="signed", date="2019-09-03"),))
    >>> standing = standing_of(Life(fact=None, treaty=signed, status=status(signed, date(2019, 12, 31))))
    >>> standing["stands"], standing["text"], standing["effect"]
    ('Entry into force not reported', 'signed', 'not in force')
    """
    at = living.status
    return {
        "stands": living.heading,
        "words": living.words,
        **fields_of(at),
        "apart": {party: own.stage for party, own in living.apart},
    }


def heading(ledger: Ledger, fact: Fact, living: Life | None) -> str:
    """A fact in one line: an agreement with its status on the day asked about, any other as its reports state it."""
    return wording(fact, ledger.family()) if living is None else agreement_wording(living)


def as_text(ledger: Ledger, key: str, on: date, known: date | None = None) -> str:
    """The same for a terminal."""
    if is_observation(key):
        return _row_text(ledger, key)
    fact = ledger.fact(key, known=known)
    living = life(ledger, fact, on, known)
    detail = detail_of(ledger, fact, living)
    out = [f"{fact.kind}: {heading(ledger, fact, living)}", f"  {fact.id}"]
    if living is not None:
        out += _standing(living, on, known)
    out.append(f"  known since {detail['known'] or 'an unknown day'}, reported by {detail['reported_by']}")
    for field, values in detail["differing"].items():
        out.append(f"  sources differ on {field}: " + "; ".join(f"{v['value']} ({v['reported_by']})" for v in values))
    if acts := detail.get("acts"):
        out += ["", "Acts"]
        for a in acts:
            whose = f" by {a['party']}" if a["party"] else ""
            out.append(f"  {a['date'] or 'on an unknown day'}  {a['act']}{whose} (known {a['known'] or '?'})")
    if findings := corroborate(ledger, [fact]).get(fact.id, ()):
        out += ["", "Data sets"]
        for f in findings:
            out += [f"  {f.text}", *(f"    [{r}]" for r in f.rows)]
    out += ["", f"Statements ({len(fact.statements)})"]
    for row in detail["statements"]:
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


def _standing(living: Life, on: date, known: date | None) -> list[str]:
    """The status of an agreement on the day asked about, the reason, and each party whose status differs."""
    at = living.status
    marks = "".join(f" [{m}]" for m, so in (("inferred", at.inferred), ("possible", not at.certain)) if so)
    day = f"on {on}" + (f", as known on {known}" if known else "")
    out = [f"  {day}: {living.words}{marks}" + (f" ({'; '.join(at.why)})" if at.why else "")]
    out += [f"  for {party}: {own.stage}" for party, own in living.apart]
    return out


def _why(row: dict[str, Any]) -> str:
    speaker = row["attribution"]
    parts = [
        f"said by {speaker['name'] or speaker['text']}" if speaker else "in the report's own voice",
        row["rule"] and f"rule {row['rule']}",
        row.get("evidence") and f"evidence {row['evidence']}",
        row.get("date_basis") and f"date {row['date_basis']}",
        f"confidence {row['confidence']:.2f}",
    ]
    return "; ".join(p for p in parts if p)


def _context(text: str, start: int, end: int) -> tuple[str, str, str]:
    def flat(part: str) -> str:
        return " ".join(part.split())

    return flat(text[max(0, start - _CONTEXT) : start]), flat(text[start:end]), flat(text[end : end + _CONTEXT])
