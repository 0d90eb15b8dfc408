"""Coverage and uncertainty: the ledger's reports by day, and the error rates of its records."""

from typing import Any

from comity.knowledge.states import rows as table_rows
from comity.ledger.table import Table
from comity.pages.facts import HEADINGS
from comity.records.observation import DataSource
from comity.site.answer import Ask, Page, readers

_MONTHS = """
    SELECT strftime(known, '%Y-%m') AS month, outlet, count(*) FROM (
        SELECT d.known, coalesce(regexp_extract(min(o.place), '^[a-z]+://(?:www\\.)?([^/:]+)', 1), '') AS outlet
        FROM document d LEFT JOIN origin o ON o.document = d.key AND o.place LIKE '%://%'
        WHERE d.known IS NOT NULL GROUP BY d.key, d.known)
    GROUP BY ALL ORDER BY ALL"""
_LANGUAGES = "SELECT coalesce(language, 'unknown'), count(*) AS n FROM document GROUP BY ALL ORDER BY n DESC, 1"
_KINDS = """SELECT kind, count(*), avg(confidence), count(*) FILTER (known IS NULL) FROM statement
            GROUP BY kind ORDER BY kind"""
_COPIES = "SELECT count(*) FROM copy"
_SETS = """SELECT source, kind, year(first)::INTEGER AS y, count(*) FROM observation WHERE first IS NOT NULL
           GROUP BY ALL ORDER BY ALL"""
_UNNAMED = "files without an address"
_FIGURES = {
    "documents mean_f1": "all kinds, mean F1 on annotated reports",
    "documents agreements.f1": "agreements, F1 on annotated reports",
    "documents visits.f1": "visits, F1 on annotated reports",
    "documents figures.f1": "figures, F1 on annotated reports",
    "documents events.f1": "events, F1 on annotated reports",
    "durations f1": "terms of agreements, F1",
    "sentences f1": "events in single sentences, F1",
    "sentences dyad_recall": "events in single sentences, recall of dyads",
    "states f1": "states named, F1",
    "pairs root.macro_f1": "PLOVER type of a marked pair, macro F1",
    "pairs quad.macro_f1": "cooperation or conflict of a marked pair, macro F1",
    "visits recall": "journeys of US presidents and secretaries of state, recall",
    "titles wti.kind": "kinds of agreements from titles in the World Treaty Index",
    "titles wti.parties": "parties of agreements from titles in the World Treaty Index",
    "titles huggo.kind": "kinds of agreements from titles in the HUGGO register",
    "titles huggo.parties": "parties of agreements from titles in the HUGGO register",
    "roles words": "actor resolution of role words and pronouns",
    "roles main_events": "actor and recipient of a report's main event",
    "corroboration precision": "corroboration by data sets, precision",
    "corroboration recall": "corroboration by data sets, recall",
    "corpus mean_f1": "all kinds, mean F1 on news articles by third parties",
    "corpus agreements.f1": "agreements, F1 on news articles by third parties",
    "corpus visits.f1": "visits, F1 on news articles by third parties",
    "corpus figures.f1": "figures, F1 on news articles by third parties",
    "corpus events.f1": "events, F1 on news articles by third parties",
}


def coverage(ask: Ask) -> Page:
    """What the ledger covers, and its error rates."""

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
                "measurement": _FIGURES.get(f"{r['task']} {r['figure']}", f"{r['task']}: {r['figure']}"),
                "at_least": float(r["floor"]),
            }
            for r in table_rows("floors.csv")
        ]
        table = Table(("month", "outlet", "documents"), tuple(months))
        kinds = [
            {"kind": HEADINGS.get(k, k), "statements": n, "confidence": round(c, 2), "undated": u}
            for k, n, c, u in once(_KINDS)
        ]
        sources = ask.ledger.sources()
        by_year = once(_SETS) if sources else []
        context = {
            "sets": [_imported(s, by_year) for s in sources],
            "outlets": ranked[:40],
            "outlets_more": max(0, len(ranked) - 40),
            # files without an address have no known outlet
            "outlets_named": len(outlets) - (_UNNAMED in outlets),
            "unplaced": outlets.get(_UNNAMED, 0),
            "months": _by_month(months),
            "languages": once(_LANGUAGES),
            "kinds": kinds,
            "errors": errors,
            "readers": readers(ask),
            "copies": once(_COPIES)[0][0],
            "counts": ask.snapshot.counts,
        }
        data = {
            **context,
            "months": [dict(zip(table.columns, m, strict=True)) for m in months],
            "set_years": [{"set": s, "kind": k, "year": y, "rows": n} for s, k, y, n in by_year],
        }
        return Page(title=_TITLE, about=_ABOUT, template="coverage.html", context=context, data=data, rows=table)

    return Page(title=_TITLE, about=_ABOUT, template="coverage.html", rest=rest)


_TITLE = "Coverage and uncertainty"
_ABOUT = "Documents per month and outlet, languages, known error rates, versions of readers and codebook."


def _imported(source: DataSource, by_year: list[tuple[Any, ...]]) -> dict[str, Any]:
    """A data set with its licence, its coverage, and the number of imported rows of each kind."""
    mine = [(k, y, n) for s, k, y, n in by_year if s == source.key]
    kinds: dict[str, int] = {}
    for kind, _, n in mine:
        kinds[kind] = kinds.get(kind, 0) + n
    return {
        "key": source.key,
        "name": source.name,
        "licence": source.licence,
        "citation": source.citation,
        "coverage": source.coverage,
        "rows": kinds,
        "first": min((y for _, y, _ in mine), default=None),
        "last": max((y for _, y, _ in mine), default=None),
    }


def _by_month(months: list[tuple[str, str, int]]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for month, _, n in months:
        counts[month] = counts.get(month, 0) + n
    return sorted(counts.items(), reverse=True)
