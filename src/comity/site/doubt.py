"""Coverage and doubt: which reports the ledger holds of which days, and how far its records can be wrong."""

from typing import Any

from comity.knowledge.states import rows as table_rows
from comity.ledger.table import Table
from comity.pages.facts import HEADINGS
from comity.site.answer import Ask, Page, readers

_MONTHS = """
    SELECT strftime(known, '%Y-%m') AS month, outlet, count(*) FROM (
        SELECT d.known, coalesce(regexp_extract(min(o.place), '^[a-z]+://(?:www\\.)?([^/:]+)', 1), '') AS outlet
        FROM document d LEFT JOIN origin o ON o.document = d.key AND o.place LIKE '%://%'
        WHERE d.known IS NOT NULL GROUP BY d.key, d.known)
    GROUP BY ALL ORDER BY ALL"""
_LANGUAGES = "SELECT coalesce(language, 'not told'), count(*) AS n FROM document GROUP BY ALL ORDER BY n DESC, 1"
_KINDS = """SELECT kind, count(*), avg(confidence), count(*) FILTER (known IS NULL) FROM statement
            GROUP BY kind ORDER BY kind"""
_COPIES = "SELECT count(*) FROM copy"
_UNNAMED = "files without an address"
_FIGURES = {
    "documents mean_f1": "all kinds, mean F1 on annotated reports",
    "documents agreements.f1": "agreements, F1 on annotated reports",
    "documents visits.f1": "visits, F1 on annotated reports",
    "documents figures.f1": "figures, F1 on annotated reports",
    "documents events.f1": "events, F1 on annotated reports",
    "durations f1": "terms of agreements, F1",
    "sentences f1": "events in single sentences, F1",
    "sentences dyad_recall": "events in single sentences: pairs of states found",
    "states f1": "states named, F1",
    "pairs root.macro_f1": "PLOVER type of a marked pair, macro F1",
    "pairs quad.macro_f1": "cooperation or conflict of a marked pair, macro F1",
    "visits recall": "journeys of US presidents and secretaries of state that are found",
}


def doubt(ask: Ask) -> Page:
    """What the ledger covers, and how far it can be wrong."""

    def rest() -> Page:
        def once(query: str) -> list[tuple[Any, ...]]:
            return ask.snapshot.once(query, lambda: ask.ledger.rows(query, []))

        months = [(m, o or _UNNAMED, n) for m, o, n in once(_MONTHS)]
        outlets: dict[str, int] = {}
        for _, outlet, n in months:
            outlets[outlet] = outlets.get(outlet, 0) + n
        ranked = sorted(outlets.items(), key=lambda x: (-x[1], x[0]))
        errors = [
            {
                "told": _FIGURES.get(f"{r['task']} {r['figure']}", f"{r['task']}: {r['figure']}"),
                "at_least": float(r["floor"]),
            }
            for r in table_rows("floors.csv")
        ]
        table = Table(("month", "outlet", "documents"), tuple(months))
        kinds = [
            {"kind": HEADINGS.get(k, k), "statements": n, "confidence": round(c, 2), "undated": u}
            for k, n, c, u in once(_KINDS)
        ]
        told = {
            "outlets": ranked[:40],
            "outlets_more": max(0, len(ranked) - 40),
            # files without an address are of no outlet that is told
            "outlets_told": len(outlets) - (_UNNAMED in outlets),
            "unplaced": outlets.get(_UNNAMED, 0),
            "months": _by_month(months),
            "languages": once(_LANGUAGES),
            "kinds": kinds,
            "errors": errors,
            "readers": readers(ask),
            "copies": once(_COPIES)[0][0],
            "counts": ask.snapshot.counts,
        }
        data = {**told, "months": [dict(zip(table.columns, m, strict=True)) for m in months]}
        return Page(title=_TITLE, about=_ABOUT, template="coverage.html", told=told, data=data, rows=table)

    return Page(title=_TITLE, about=_ABOUT, template="coverage.html", rest=rest)


_TITLE = "Coverage and doubt"
_ABOUT = "Documents a month and outlet, languages, known error rates, versions of readers and codebook."


def _by_month(months: list[tuple[str, str, int]]) -> list[tuple[str, int]]:
    held: dict[str, int] = {}
    for month, _, n in months:
        held[month] = held.get(month, 0) + n
    return sorted(held.items(), reverse=True)
