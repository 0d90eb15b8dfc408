"""The evidence of a fact: the sentence in its article, who says so, why it was coded so, the other sources."""

from typing import Any

from comity.analysis.fact_detail import heading
from comity.ledger.correction import fields_of
from comity.ledger.table import Table
from comity.site.answer import Ask, Page
from comity.site.parameters import today

_MOST_SOURCES = 12
_AROUND = 420
_COLUMNS = (
    "statement",
    "document",
    "title",
    "published",
    "quote",
    "said_by",
    "rule",
    "evidence",
    "confidence",
    "independent_of",
)


def drawer(ask: Ask, key: str) -> dict[str, Any]:
    """The contents of the evidence drawer of a fact. Raises `FactError` if there is no such fact."""
    on, known = ask.values.get("on") or today(), ask.values.get("known")
    fact, living, detail = ask.snapshot.fact_detail(ask.ledger, key, on, known)
    rows = detail["statements"]
    sources = []
    shown = list(zip(fact.statements, rows, strict=True))[:_MOST_SOURCES]
    texts = ask.ledger.texts(s.document for s, _ in shown)
    for statement, row in shown:
        title, text = texts[statement.document]
        whole = title if row["part"] == "title" else text
        start, end = row["start"], row["end"]
        sources.append(
            {
                "key": statement.document,
                "row": row,
                "title": row["source"]["title"] or row["source"]["document"],
                "published": row["source"]["published"],
                "addresses": [a for a in row["source"]["addresses"] if a.startswith(("https://", "http://"))],
                "before": ("…" if start > _AROUND else "") + whole[max(0, start - _AROUND) : start],
                "quote": whole[start:end],
                "after": whole[end : end + _AROUND] + ("…" if len(whole) > end + _AROUND else ""),
                "said_by": said_by(row),
                "rule": row["rule"],
                "why": row.get("evidence"),
            }
        )
    return {
        "fact": fact,
        "detail": detail,
        "life": living,
        "on": on,
        "known": known,
        "dated": ask.dated(),
        "heading": heading(ask.ledger, fact, living),
        "sources": sources,
        "more": max(0, len(rows) - _MOST_SOURCES),
        "code": code(fact.lead.stored),
        "fields": fields_of(fact.kind) if ask.may_judge else (),
        "states": fact.block.split(),
    }


def evidence(ask: Ask) -> Page:
    """One fact with its sources."""
    found = drawer(ask, ask.path["key"])
    rows = [
        (
            r["id"],
            r["source"]["document"],
            r["source"]["title"],
            r["source"]["published"],
            r["quote"],
            said_by(r),
            r["rule"],
            r.get("evidence"),
            r["confidence"],
            r["family"],
        )
        for r in found["detail"]["statements"]
    ]
    return Page(
        title=f"{found['heading']}",
        about="One fact: its sources with their exact quotes, its code, its history.",
        template="drawer.html" if ask.part == "drawer" else "fact.html",
        context={"e": found},
        data=found["detail"],
        rows=Table(_COLUMNS, tuple(rows)),
    )


def said_by(row: dict[str, Any]) -> str:
    """Who says so, in words."""
    who = row["attribution"]
    if not who:
        return "the report in its own voice"
    parts = [who.get("name") or who["text"], who.get("role"), who.get("state")]
    return ", ".join(dict.fromkeys(p for p in parts if p))


def code(row: dict[str, Any]) -> list[tuple[str, str]]:
    """The codes of a record in its order, by the names of the contract."""
    names = (
        "event", "mode", "cameo", "quad_code", "context", "status", "stage", "type", "level", "measure", "dimension",
        "direction", "date", "date_basis", "place", "duration", "renewal", "notice", "areas",
    )  # fmt: skip
    out = []
    for n in names:
        value = row.get(n)
        if value not in (None, [], ""):
            out.append((n.replace("_", " "), ", ".join(map(str, value)) if isinstance(value, list) else str(value)))
    scale = row.get("event_scale")
    if scale:
        out.append(("intensity", f"{scale['value']:+g} ({scale['name']} {scale['version']})"))
    return out
