"""GDELT 1.0 and 2.0: events and mentions, tab-separated without a header (codebooks of 2013 and 2015), or by name.

Actors have CAMEO country codes, places FIPS 10-4 codes. The day is SQLDATE; the row key is GlobalEventID. Places are
those of GDELT's geocoder and never treated as actors.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from comity.data_sets.cells import Cells, body, day, text, whole
from comity.data_sets.coded_event import coded, happened
from comity.data_sets.crosswalk import known
from comity.data_sets.data_set import Columns, DataSet, Layout, Mapped, Mention, Row
from comity.data_sets.sheet import squeezed

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
    return cells[0].strip().isdigit() and cells[1][:8].isdigit()


def _events(at: Columns) -> Mapped:
    key, when, code, value, quad = at("id"), at("day"), at("cameo"), at("goldstein"), at.maybe("quad")
    one, other = at("actor1_country"), at("actor2_country")
    group1, group2, base = at.maybe("actor1_group"), at.maybe("actor2_group"), at.maybe("rootcode")
    names = ("actor1_name", "actor2_name", "actor1_type1", "actor2_type1")
    name1, name2, sort1, sort2 = (at.maybe(c) for c in names)
    root, mentions, sources, articles = (at.maybe(c) for c in ("root", "mentions", "sources", "articles"))
    tone, place, land, url = (at.maybe(c) for c in ("tone", "action_geo_fullname", "action_geo_country", "url"))
    source, number = at.release.key, at.numbers(value)
    tones = at.numbers(*(() if tone is None else (tone,)))

    def row(cells: Cells) -> Iterable[Row]:
        on = day(cells[when])
        iso = on.isoformat()
        measure, before = coded(_code(cells[code].strip(), _at(cells, base)))
        a = _actor(_at(cells, one), _at(cells, group1), iso)
        b = _actor(_at(cells, other), _at(cells, group2), iso)
        if not cells[key].strip().isdigit():
            raise ValueError(f"{cells[key]!r} is not a GlobalEventID")
        spoken, region = tones(_at(cells, tone)), _at(cells, land)
        rest = {
            "gdelt_quad": _at(cells, quad),
            "actor": _at(cells, name1),
            "recipient": _at(cells, name2),
            "sector": _at(cells, sort1),
            "recipient_sector": _at(cells, sort2),
            "is_root": _at(cells, root).casefold() in {"1", "1.0", "true"},
            "mentions": whole(_at(cells, mentions) or "0"),
            "sources": whole(_at(cells, sources) or "0"),
            "articles": whole(_at(cells, articles) or "0"),
            "tone": None if spoken is None else round(spoken, 2),
            "place": _at(cells, place),
            "place_state": known("fips", region, iso) if region else None,
        }
        found = _at(cells, url)
        link = found if "://" in found else None
        score = number(cells[value])
        return (
            happened(source, cells[key].strip(), measure, a, b, on, rest, before, value=score, unit=_SCALE, url=link),
        )

    return row


def _at(cells: Cells, i: int | None) -> str:
    """A cell, empty if there is none or it is missing."""
    return "" if i is None or i >= len(cells) else text(cells[i]) or ""


def _code(code: str, root: str) -> str:
    """An event code, with a leading zero stripped by a spreadsheet restored from the root code."""
    code, root = code.removesuffix(".0"), root.removesuffix(".0").rjust(2, "0") if root else ""
    return f"0{code}" if root.startswith("0") and not code.startswith(root) and f"0{code}".startswith(root) else code


def _actor(country: str, group: str, on: str) -> str | None:
    """The state or organisation of an actor."""
    return (known("cameo", country, on) if country else None) or (known("cameo_group", group, on) if group else None)


def _mentions(at: Columns) -> Mapped:
    key, when, outlet, url, confidence = (at(c) for c in ("id", "time", "outlet", "url", "confidence"))
    sort, tone = at("type"), at("tone")
    source, number = at.release.key, at.numbers(tone)

    def row(cells: Cells) -> Iterable[Row]:
        rest = {"type": whole(cells[sort]), "confidence": whole(cells[confidence]), "tone": number(cells[tone])}
        if not cells[key].strip().isdigit():
            raise ValueError(f"{cells[key]!r} is not a GlobalEventID")
        if not cells[url].strip():
            raise ValueError("has no MentionIdentifier")
        return (Mention(source, cells[key], cells[url], text(cells[outlet]), day(cells[when]), body(rest)),)

    return row


_OWN = {
    "globaleventid": "id", "sqldate": "day", "monthyear": "month", "fractiondate": "fraction", "isrootevent": "root",
    "eventcode": "cameo", "eventbasecode": "base", "eventrootcode": "rootcode", "quadclass": "quad",
    "goldsteinscale": "goldstein", "nummentions": "mentions", "numsources": "sources", "numarticles": "articles",
    "avgtone": "tone", "dateadded": "added", "sourceurl": "url",
    **{f"actor{n}{c}code": f"actor{n}_{ours}" for n in (1, 2) for c, ours in (
        ("", "code"), ("country", "country"), ("knowngroup", "group"), ("ethnic", "ethnic"), ("religion1", "religion1"),
        ("religion2", "religion2"), ("type1", "type1"), ("type2", "type2"), ("type3", "type3"),
    )},
    "actor1name": "actor1_name", "actor2name": "actor2_name",
    "actiongeofullname": "action_geo_fullname", "actiongeocountrycode": "action_geo_country",
}  # fmt: skip
"""Comity's names of the columns of the codebook, gdeltPyR and BigQuery."""
_OWN_MENTIONS = {
    "globaleventid": "id", "eventtimedate": "event_time", "mentiontimedate": "time", "mentiontype": "type",
    "mentionsourcename": "outlet", "mentionidentifier": "url", "confidence": "confidence", "mentiondoctone": "tone",
}  # fmt: skip


def _by_name(own: dict[str, str], mapping: Callable[[Columns], Mapped]) -> Callable[[Columns], Mapped]:
    """The same for a file with a header."""

    def mapped(at: Columns) -> Mapped:
        return mapping(replace(at, header=tuple(own.get(squeezed(n), n) for n in at.header)))

    return mapped


GDELT = DataSet(
    kind="gdelt",
    layouts=(
        Layout(
            ("globaleventid", "sqldate", "actor1countrycode", "actor2countrycode", "eventcode", "goldsteinscale"),
            _by_name(_OWN, _events),
        ),
        Layout(
            (
                "globaleventid", "mentiontimedate", "mentiontype", "mentionsourcename", "mentionidentifier",
                "confidence", "mentiondoctone",
            ),
            _by_name(_OWN_MENTIONS, _mentions),
        ),
        Layout(_V1, _events, _begins, "1.0"),
        Layout(_V2, _events, _begins, "2.0"),
        Layout(_V1_EARLY, _events, _begins, "1.0"),
        Layout(_MENTIONS, _mentions, _begins, "2.0"),
    ),
    quoted=False,
)  # fmt: skip
