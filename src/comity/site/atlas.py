"""Where and between whom: the map of events and visits, and the network of states mentioned together."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from comity.knowledge.places import Spot, contested, coordinates, map_numbers
from comity.knowledge.state_names import name
from comity.ledger.ledger import code_of
from comity.ledger.table import Table
from comity.site.answer import Ask, Page, shown
from comity.site.states import known_code

_PLACES = """
    SELECT json_extract_string(body, '$.place') AS place, any_value(block) AS block, count(*) AS n,
           count(*) FILTER (kind = 'visit') AS visits, max(last) AS latest, min(fact) AS fact
    FROM standing WHERE kind IN ('event', 'visit') AND {where} AND json_extract_string(body, '$.place') IS NOT NULL
    GROUP BY place ORDER BY n DESC, place"""
_UNPLACED = """
    SELECT count(*) FROM standing
    WHERE kind IN ('event', 'visit') AND {where} AND json_extract_string(body, '$.place') IS NULL"""
_HOSTS = """
    SELECT type, count(*) FROM standing WHERE kind = 'visit' AND {where} AND type IS NOT NULL AND
           json_extract_string(body, '$.place') IS NULL GROUP BY type ORDER BY type"""
_IN_SETS = """
    SELECT source, kind, json_extract_string(body, '$.place') AS place, any_value(block) AS block, any_value(b) AS host,
           count(*) AS n, max(last) AS latest
    FROM observation WHERE kind IN ('event', 'visit') AND {where}
    GROUP BY source, kind, place, CASE WHEN json_extract_string(body, '$.place') IS NULL THEN b END
    ORDER BY n DESC, source, place"""
_EDGES = """
    SELECT block, count(*) AS n, count(*) FILTER (kind = 'event') AS events,
           count(*) FILTER (kind = 'agreement') AS agreements, count(*) FILTER (kind = 'visit') AS visits,
           count(DISTINCT document) AS reports, count(*) FILTER (occurred AND quad BETWEEN 1 AND 2) AS cooperation,
           count(*) FILTER (occurred AND quad > 2) AS conflict
    FROM (SELECT *, kind = 'event' AND status = 'occurred' AS occurred,
                 CASE WHEN kind = 'event' THEN CAST(json_extract_string(body, '$.quad_code') AS INTEGER) END AS quad
          FROM standing)
    WHERE block LIKE '% %' AND block NOT LIKE '% % %' AND {where}
    GROUP BY block HAVING count(*) >= {least} ORDER BY n DESC, block"""
_MAP = ("place", "state", "latitude", "longitude", "events_and_visits", "visits", "latest", "fact", "set")
_NETWORK = (
    "a", "b", "a_name", "b_name", "statements", "on_events", "on_agreements", "on_visits", "reports", "cooperation",
    "conflict",
)  # fmt: skip
MOST_EDGES = 150
POLICY = (
    "Borders are those of Natural Earth at 1:110 million (public domain), drawn as they run on the ground. "
    "Comity takes no side: borders that a state or the United Nations contests are dashed, and the table of them "
    "is part of the program (contested_borders.csv). Names are those of ISO 3166."
)
"""The map's policy on contested borders."""


def _where(ask: Ask, code: str | None, kinds: Iterable[str] = ()) -> tuple[str, list[Any]]:
    where, parameters = ["true"], list[Any]()
    if code is not None:
        where.append("(' ' || block || ' ') LIKE ?")
        parameters.append(f"% {code} %")
    first: date | None = ask.values["from"]
    last: date | None = ask.values["to"]
    if first is not None:
        where.append("coalesce(last, known) >= ?")
        parameters.append(first)
    if last is not None:
        where.append("coalesce(first, known) <= ?")
        parameters.append(last)
    if kinds:
        where.append("kind IN (SELECT unnest(?))")
        parameters.append(list(kinds))
    return " AND ".join(where), parameters


def _code(ask: Ask) -> str | None:
    return known_code(code_of(ask.values["state"])) if ask.values["state"] else None


def map_page(ask: Ask) -> Page:
    """Events and visits by the places that reports name."""
    code = _code(ask)
    title = "Map" + (f" of {name(code)}" if code else "")
    about = "Where reports say that events and visits took place; POLICY".replace("POLICY", POLICY)

    def rest() -> Page:
        where, parameters = _where(ask, code)

        def ask_for(query: str) -> list[tuple[Any, ...]]:
            key = (query, where, tuple(map(str, parameters)))
            # a row of a data set has its own dates and no date of publication
            plain = where.replace("known", "first") if query is _IN_SETS else where
            return ask.snapshot.once(key, lambda: ask.ledger.rows(query.format(where=plain), parameters))

        rows, unknown = _placed(ask_for(_PLACES))
        hosts = [(None, c, *coordinates().capital(c), n, n, None, None, None) for c, n in ask_for(_HOSTS) if c]
        rows += [h for h in hosts if h[2] is not None]
        if ask.ledger.sources():
            rows += _of_sets(ask_for(_IN_SETS))
        rows.sort(key=lambda r: (r[8] is not None, -r[4], r[0] or ""))
        unplaced = ask_for(_UNPLACED)[0][0] - sum(h[4] for h in hosts if h[2] is not None)
        table = Table(_MAP, tuple(rows))
        return Page(
            title=title,
            about=about,
            template="map.html",
            context={
                "list": shown(table, ask),
                "unknown": unknown,
                "unplaced": unplaced,
                "policy": POLICY,
                "code": code,
                "sets": any(r[8] for r in rows),
            },
            data={
                "policy": POLICY,
                "points": list(table),
                "unknown_places": unknown,
                "without_place": unplaced,
                "numbers": map_numbers(),
                "contested": [list(pair) for pair in contested()],
            },
            rows=table,
        )

    return Page(title=title, about=about, template="map.html", rest=rest)


def _placed(found: Iterable[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[tuple[str, int]]]:
    rows, unknown = [], []
    places: dict[tuple[str, str], list[Any]] = {}
    for place, block, n, visits, latest, fact in found:
        spot = coordinates().spot(place, block.split())
        if spot is None:
            unknown.append((place, n))
            continue
        key = (spot.place, spot.state)
        if key in places:
            places[key][4] += n
            places[key][5] += visits
        else:
            places[key] = [*key, spot.latitude, spot.longitude, n, visits, latest, fact, None]
    rows = [tuple(r) for r in places.values()]
    return rows, unknown


def _of_sets(found: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The events and visits of data sets by place and data set; a visit without a place is at its host's capital."""
    points: dict[tuple[str | None, str, str], list[Any]] = {}
    for source, kind, place, block, host, n, latest in found:
        spot = _spot(place, block.split()) if place else None
        at = (spot.latitude, spot.longitude) if spot else coordinates().capital(host) if host and not place else None
        if at is None or at[0] is None or (spot is None and kind != "visit"):
            continue
        key = (spot.place if spot else None, spot.state if spot else host, source)
        row = points.setdefault(key, [*key[:2], *at, 0, 0, latest, None, source])
        row[4] += n
        row[5] += n if kind == "visit" else 0
        row[6] = max(filter(None, (row[6], latest)), default=None)
    return [tuple(r) for r in points.values()]


def _spot(place: str, states: list[str]) -> Spot | None:
    """A place by its full name, or by the part before the first comma."""
    return coordinates().spot(place, states) or coordinates().spot(place.partition(",")[0].strip(), states)


def network_page(ask: Ask) -> Page:
    """Pairs of states by the number of statements on both."""
    code = _code(ask)
    title = "Network" + (f" of {name(code)}" if code else "")
    about = "Which states reports mention together, and how often."

    def rest() -> Page:
        where, parameters = _where(ask, code, ask.values["kind"])
        query = _EDGES.format(where=where, least=max(1, ask.values["least"]))
        key = (query, tuple(map(str, parameters)))
        found = ask.snapshot.once(key, lambda: ask.ledger.rows(query, parameters))
        rows = []
        for block, *counts in found:
            a, b = block.split()
            rows.append((a, b, name(a), name(b), *counts))
        table = Table(_NETWORK, tuple(rows))
        return Page(
            title=title,
            about=about,
            template="network.html",
            context={"list": shown(table, ask), "code": code, "most": MOST_EDGES},
            data={"edges": list(table)[:MOST_EDGES], "left_out": max(0, len(table) - MOST_EDGES)},
            rows=table,
        )

    return Page(title=title, about=about, template="network.html", rest=rest)
