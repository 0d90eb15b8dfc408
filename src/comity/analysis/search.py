"""Full-text search: the reports that contain words and phrases, with passages and the facts that they state."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from comity.analysis.passages import Passage, holding, opening, passages, places, whole
from comity.errors import InputError
from comity.knowledge.states import by_code, continuing
from comity.ledger.ledger import Ledger, code_of
from comity.ledger.search_terms import SearchTerm, expression, search_terms
from comity.ledger.table import Table
from comity.ledger.word_index import Choice, IndexCoverage, Progress, Search, bring_up, index_path, opened
from comity.pages.facts import fact_line
from comity.records.lines import from_json

COLUMNS = (
    "rank", "document", "id", "title", "published", "outlet", "url", "passage", "facts", "in_quotes",
)  # fmt: skip
_STATEMENTS = """SELECT document, id, fact, kind, quote, body FROM standing WHERE document IN (SELECT unnest(?))
                 ORDER BY document, kind, id"""
_SPAN = "SELECT count(*), min(known), max(known), count(*) - count(known) FROM document"
_LEFT_OUT = """SELECT document, id FROM statement
               ANTI JOIN (SELECT document, id FROM standing WHERE {these}) USING (document, id) WHERE {these}"""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A fact that a report states: in one line, with its quote, and whether the quote contains the search terms."""

    fact: str
    kind: str
    line: str
    quote: str
    found: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A matching report. `document` is its key in the ledger, `id` its original id."""

    document: str
    id: str
    title: str | None
    heading: tuple[tuple[str, bool], ...]
    published: str | None
    outlet: str | None
    addresses: tuple[str, ...]
    passages: tuple[Passage, ...]
    facts: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The answer to a search: `count` reports match what was `asked`; `hits` are some of them, from `offset` on.

    `scope` says in words which reports were searched and `searched` is their number; `notes` add the coverage of the
    index, what was left out, and what there is instead if nothing was found.
    """

    asked: tuple[SearchTerm, ...]
    scope: str
    searched: int
    count: int
    offset: int
    hits: tuple[Hit, ...]
    notes: tuple[str, ...]

    def headline(self) -> str:
        """The result in one line."""
        things = ", ".join(map(str, self.asked))
        verb = "holds" if self.count == 1 else "hold"
        return f"{self.count:,} of {self.searched:,} reports {self.scope}{verb}: {things}"

    def table(self) -> Table:
        """The reports, a row each."""
        rows = [
            (
                n, h.document, h.id, h.title, h.published, h.outlet, next(iter(h.addresses), None),
                " ".join(p.text() for p in h.passages),
                list(dict.fromkeys(f.fact for f in h.facts)),
                list(dict.fromkeys(f.fact for f in h.facts if f.found)),
            )
            for n, h in enumerate(self.hits, self.offset + 1)
        ]  # fmt: skip
        return Table(COLUMNS, tuple(rows), (self.headline(), *self.notes))

    def plain(self) -> dict[str, Any]:
        """The whole answer as JSON values."""
        return {
            "asked": [{"asked": w.asked, "kind": w.kind, "forms": list(w.forms)} for w in self.asked],
            "reports": self.count,
            "searched": self.searched,
            "offset": self.offset,
            "notes": list(self.notes),
            "found": [
                {
                    "document": h.document,
                    "id": h.id,
                    "title": h.title,
                    "published": h.published,
                    "outlet": h.outlet,
                    "addresses": list(h.addresses),
                    "passages": [{"start": p.start, "text": p.text()} for p in h.passages],
                    "facts": [
                        {"fact": f.fact, "kind": f.kind, "line": f.line, "quote": f.quote, "in_quote": f.found}
                        for f in h.facts
                    ],
                }
                for h in self.hits
            ],
        }

    def json(self) -> str:
        """The whole answer as one JSON object."""
        return json.dumps(self.plain(), ensure_ascii=False, indent=1, default=str) + "\n"

    def text(self) -> str:
        """The reports for a terminal: day and title, outlet, the passages, and the facts reported in them."""
        out = []
        for h in self.hits:
            title = h.title or h.id
            out.append("  ".join(p for p in (h.published or "undated", title, h.outlet) if p))
            out += [f"    {p.text()}" for p in h.passages]
            out += [f"    {'*' if f.found else '-'} {f.line}  {f.fact}" for f in h.facts]
            out.append(f"    report {h.document}" + (f"  {h.addresses[0]}" if h.addresses else ""))
            out.append("")
        return "\n".join(out)


def search(
    ledger: Ledger,
    words: str,
    states: Sequence[str] = (),
    *,
    first: date | None = None,
    last: date | None = None,
    quotes: bool = False,
    newest: bool = False,
    limit: int | None = None,
    offset: int = 0,
    patience: float | None = None,
    notify: Progress | None = None,
) -> Found:
    """The reports that contain all of some words and phrases, the best matches or the newest first.

    `states` selects the reports with a fact about all of them, `first` and `last` the days of publication; with
    `quotes` the words must occur in the quote of one fact (about these states). The index of words is first updated
    from the ledger: completely, or as far as `patience` in seconds allows, and then a note says how far. Raises
    `InputError` if there are no search terms or a state is unknown.
    """
    settings = ledger.settings
    asked = search_terms(words, settings)
    codes = tuple(dict.fromkeys(continuing(code_of(s)) for s in states))
    if first and last and first > last:
        raise InputError(f"the search would begin on {first}, after its end on {last}")
    path = index_path(ledger.path)
    reach = bring_up(path, ledger.rows, patience=patience, notify=notify, settings=settings)
    scope = _scope(codes, first, last, quotes=quotes)
    if not reach.indexed:
        return Found(
            asked=asked, scope=scope, searched=0, count=0, offset=0, hits=(), notes=_reached(reach) or (_EMPTY,)
        )
    choice = _choice(ledger, reach, codes, first, last, quotes=quotes)
    query = expression(asked)
    with opened(path) as connection:
        chosen = Search(connection, choice)
        searched = chosen.searched()
        most = settings.search_hits if limit is None else limit
        keys, count = chosen.keys(query, newest=newest, limit=most, offset=offset)
        notes = [*_reached(reach), *_undated(ledger, first or last)]
        if not count:
            notes += _instead(ledger, connection, chosen, choice, asked, searched)
    hits = _hits(ledger, keys, asked, quotes=quotes)
    return Found(asked=asked, scope=scope, searched=searched, count=count, offset=offset, hits=hits, notes=tuple(notes))


_EMPTY = "the ledger holds no report; add some: comity add LEDGER FILES…"


def _choice(
    ledger: Ledger,
    reach: IndexCoverage,
    codes: tuple[str, ...],
    first: date | None,
    last: date | None,
    *,
    quotes: bool,
) -> Choice:
    documents = statements = None
    without: list[tuple[str, str]] = []
    if codes:
        about = " AND ".join("(' ' || block || ' ') LIKE ?" for _ in codes)
        values = [f"% {c} %" for c in codes]
        if quotes:
            statements = ledger.rows(f"SELECT document, id FROM standing WHERE {about}", values)  # noqa: S608
            documents = list(dict.fromkeys(d for d, _ in statements))
        else:
            found = ledger.rows(f"SELECT DISTINCT document FROM standing WHERE {about}", values)  # noqa: S608
            documents = [d for (d,) in found]
    elif quotes:
        # without judgements only visits by video are left out
        these = "true" if ledger.judgements() else "kind = 'visit'"
        without = [(d, s) for d, s in ledger.rows(_LEFT_OUT.format(these=these), [])]
    return Choice(
        last=reach.last,
        first_day=first.isoformat() if first else None,
        last_day=last.isoformat() if last else None,
        documents=documents,
        quotes=quotes,
        statements=statements,
        without=without,
    )


def _hits(ledger: Ledger, keys: Sequence[str], asked: tuple[SearchTerm, ...], *, quotes: bool) -> tuple[Hit, ...]:
    if not keys:
        return ()
    documents, texts = ledger.documents(keys), ledger.texts(keys)
    spans = places(texts, asked)
    facts: dict[str, list[tuple[Quoted, dict[str, Any]]]] = {key: [] for key in keys}
    rows = ledger.rows(_STATEMENTS, [list(keys)])
    in_quote = holding({f"{d} {s}": quote or "" for d, s, _, _, quote, _ in rows}, asked)
    for document, statement, fact, kind, quote, body in rows:
        line = fact_line(from_json(body))
        found = f"{document} {statement}" in in_quote
        facts[document].append((Quoted(fact, kind, line, quote or "", found), json.loads(body)))
    outlets = ledger.family().outlets
    out = []
    for key in keys:
        row, (title, text) = documents[key], texts[key]
        heads, marks = spans.get(key, [[], []])
        kept = [(q, r) for q, r in facts[key] if q.found] if quotes else facts[key]
        if quotes:
            marks = [m for m in marks if any(r["part"] == "text" and r["start"] <= m[0] < r["end"] for _, r in kept)]
        # facts with the search terms come first
        ordered = sorted((q for q, _ in kept), key=lambda q: not q.found)
        out.append(
            Hit(
                document=key,
                id=row["document"],
                title=row["title"],
                heading=whole(title, heads),
                published=row["published"],
                outlet=min(outlets.get(key, ()), default=None),
                addresses=tuple(a for a in row["addresses"] if a.startswith(("https://", "http://"))),
                passages=tuple(passages(text, marks) if marks else [opening(text)]),
                facts=tuple(ordered),
            )
        )
    return tuple(out)


def _scope(codes: Sequence[str], first: date | None, last: date | None, *, quotes: bool) -> str:
    """The searched reports, in words as the subject of a sentence."""
    parts = []
    if codes:
        parts.append(f"on {' and '.join(map(_named, codes))}")
    if first or last:
        parts.append(f"published {f'from {first} ' if first else ''}{f'until {last}' if last else 'on'}")
    if quotes:
        parts.append("in the quote of a fact")
    return "".join(f"{p} " for p in parts)


def _named(code: str) -> str:
    state = by_code(code)
    return state.name if state else code


def _reached(reach: IndexCoverage) -> tuple[str, ...]:
    if reach.whole:
        return ()
    so_far = f"{reach.indexed:,} of {reach.reports:,} reports can be searched so far"
    return (f"the index of words is being made: {so_far}; ask again in a moment",)


def _undated(ledger: Ledger, dated: date | None) -> list[str]:
    """The number of reports left out by a selection of days because their day is unknown."""
    if dated is None or not (count := ledger.counts()["undated"]):
        return []
    have = "report has" if count == 1 else "reports have"
    return [f"{count:,} {have} no day of publication and cannot be chosen by days"]


def _instead(
    ledger: Ledger, connection: Any, chosen: Search, choice: Choice, asked: Sequence[SearchTerm], searched: int
) -> list[str]:
    """What there is if nothing was found: the number for each word alone, without the selection, and similar words."""
    out = []
    [(reports, first, last, _)] = ledger.rows(_SPAN, [])
    days = f", published from {first} to {last}" if first else ""
    if not searched:
        out.append(f"no report of the ledger is of this choice; it holds {reports:,} reports{days}")
    singly = []
    everywhere = Search(connection, Choice(last=choice.last))
    for w in asked:
        if len(asked) > 1 and searched:
            count = chosen.count(w.expression())
            singly.append(f"{w}: {count:,} {'report' if count == 1 else 'reports'}")
        if w.kind == "word" and not everywhere.count(w.expression()) and (near := chosen.near(w.asked)):
            out.append(f"no report holds {w.asked!r}; near words that some do: {', '.join(near)}")
    if singly:
        out.append(f"each by itself: {'; '.join(singly)}")
    if choice.documents is not None or choice.first_day or choice.last_day or choice.quotes:
        anywhere = everywhere.count(expression(tuple(asked)))
        hold = "report holds" if anywhere == 1 else "reports hold"
        out.append(f"anywhere in the ledger: {anywhere:,} {hold} all of it")
    if searched:
        out.append(f"the ledger holds {reports:,} reports{days}")
    return out
