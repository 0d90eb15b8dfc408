"""GDELT 1.0 and 2.0: events and mentions, tab-separated without a header (codebooks of 2013 and 2015).

Actors have CAMEO country codes, places FIPS 10-4 codes. The day is SQLDATE; the row key is GlobalEventID. Places are
as GDELT's geocoder found them and are never taken for actors.
"""

from collections.abc import Iterable

from comity.sources.cells import Cells, body, day, number, text
from comity.sources.coded_event import coded, happened
from comity.sources.crosswalk import known
from comity.sources.data_set import Columns, DataSet, Layout, Mapping, Mention, Row

_ACTOR = (
    "code", "name", "country", "group", "ethnic", "religion1", "religion2", "type1", "type2", "type3",
)  # fmt: skip
_PLACE = ("type", "fullname", "country", "adm1", "lat", "long", "feature")


def _columns(place: tuple[str, ...], *, url: bool) -> tuple[str, ...]:
    return (
        "id", "day", "month", "year", "fraction",
        *(f"actor1_{c}" for c in _ACTOR), *(f"actor2_{c}" for c in _ACTOR),
        "root", "cameo", "base", "rootcode", "quad", "goldstein", "mentions", "sources", "articles", "tone",
        *(f"{who}_geo_{c}" for who in ("actor1", "actor2", "action") for c in place),
        "added", *(("url",) if url else ()),
    )  # fmt: skip


_V1 = _columns(_PLACE, url=True)
_V1_EARLY = _columns(_PLACE, url=False)
_V2 = _columns(("type", "fullname", "country", "adm1", "adm2", "lat", "long", "feature"), url=True)
_MENTIONS = (
    "id", "event_time", "time", "type", "outlet", "url", "sentence", "actor1_at", "actor2_at", "action_at", "raw",
    "confidence", "length", "tone", "translation", "extras",
)  # fmt: skip


_SCALE = "goldstein-gdelt"


def _begins(cells: Cells) -> bool:
    return cells[0].isdigit() and cells[1][:8].isdigit()


def _events(at: Columns) -> Mapping:
    key, when, code, quad, value = (at(c) for c in ("id", "day", "cameo", "quad", "goldstein"))
    one, other, group1, group2 = (at(c) for c in ("actor1_country", "actor2_country", "actor1_group", "actor2_group"))
    name1, name2, sort1, sort2 = (at(c) for c in ("actor1_name", "actor2_name", "actor1_type1", "actor2_type1"))
    root, mentions, sources, articles, tone = (at(c) for c in ("root", "mentions", "sources", "articles", "tone"))
    place, land, url = at("action_geo_fullname"), at("action_geo_country"), at.maybe("url")
    source = at.release.key

    def row(cells: Cells) -> Iterable[Row]:
        on = day(cells[when])
        iso = on.isoformat()
        measure, before = coded(cells[code])
        a = _actor(cells[one], cells[group1], iso)
        b = _actor(cells[other], cells[group2], iso)
        if not cells[key].isdigit():
            raise ValueError(f"{cells[key]!r} is no GlobalEventID")
        rest = {
            "gdelt_quad": cells[quad],
            "actor": cells[name1],
            "recipient": cells[name2],
            "sector": cells[sort1],
            "recipient_sector": cells[sort2],
            "is_root": cells[root] == "1",
            "mentions": int(cells[mentions] or 0),
            "sources": int(cells[sources] or 0),
            "articles": int(cells[articles] or 0),
            "tone": round(float(cells[tone]), 2) if cells[tone] else None,
            "place": cells[place],
            "place_state": known("fips", cells[land], iso) if cells[land] else None,
        }
        link = cells[url] if url is not None and "://" in cells[url] else None
        score = number(cells[value])
        return (
            happened(
                source, cells[key], measure, a, b, on, rest, before, value=score, unit="goldstein-gdelt", url=link
            ),
        )

    return row


def _actor(country: str, group: str, on: str) -> str | None:
    """The state of an actor, or the organisation that it is."""
    return (known("cameo", country, on) if country else None) or (known("cameo_group", group, on) if group else None)


def _mentions(at: Columns) -> Mapping:
    key, when, outlet, url, confidence = (at(c) for c in ("id", "time", "outlet", "url", "confidence"))
    sort, tone = at("type"), at("tone")
    source = at.release.key

    def row(cells: Cells) -> Iterable[Row]:
        rest = {"type": int(cells[sort]), "confidence": int(cells[confidence]), "tone": number(cells[tone])}
        if not cells[url].strip():
            raise ValueError("has no MentionIdentifier")
        return (Mention(source, cells[key], cells[url], text(cells[outlet]), day(cells[when]), body(rest)),)

    return row


GDELT = DataSet(
    kind="gdelt",
    layouts=(
        Layout(_V1, _events, _begins, "1.0"),
        Layout(_V2, _events, _begins, "2.0"),
        Layout(_V1_EARLY, _events, _begins, "1.0"),
        Layout(_MENTIONS, _mentions, _begins, "2.0"),
    ),
    quoted=False,
)
