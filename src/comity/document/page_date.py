"""The day of publication stated in a web page, otherwise the one in its address.

A day of change is not a day of publication. The page takes precedence over its address, whose date is often that of
an upload or of a migration to another system.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from comity.document.dateline import MONTHS
from comity.document.stamp import Order, order_of, readings, stated_day

_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "article.published", "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dcterms.issued", "dc.date.issued", "dc.date.published", "dc.date", "dcterms.date", "publication_date",
    "publication-date", "publicationdate", "publish_date", "publish-date", "publishdate", "published_date",
    "published-date", "published", "publishedat", "pubdate", "pub_date", "article_date_original",
    "originalpublicationdate",
    "citation_publication_date", "citation_online_date", "citation_date", "rnews:datepublished", "bt:pubdate",
    "article.created", "date", "displaydate", "weibo:article:create_at",
)  # fmt: skip
"""Names of metadata with a day of publication, the most reliable first."""
_CHANGED_META = re.compile(r"modif|updat|revis|lastmod", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|PressRelease)$")
_PUBLISHED = re.compile(
    r"(?:^|[\s_-])(?:published?|posted|pub-?date|date-?published|publish(?:ed)?-?(?:date|time))(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:^|[\s_-])(?:entry|article|post|story|news|pub|publish(?:ed)?|posted|submitted)?[-_]?"
    r"(?:date|datetime|time|timestamp|dateline|date-time|published|posted|meta|byline|submitted)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"updat|modif|edited|revised|changed", re.IGNORECASE)
_CHANGED_BEFORE = re.compile(r"\b(?:updated?|modified|edited|revised|changed)\b[\s:,.\w]{0,12}$", re.IGNORECASE)
_ASIDE_TAGS = {"aside", "nav", "footer", "form", "noscript", "template", "li"}
_ASIDE = re.compile(
    r"related|comment|sidebar|widget|footer|recommend|trending|popular|latest|more-|teaser|promo|read-?next|most-read"
    r"|breadcrumb|copyright|carousel",
    re.IGNORECASE,
)
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_IN_TEXT = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s\d{{4}}|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?![\w/-])",
    re.IGNORECASE,
)
_SAYS_A_DAY = re.compile(r"\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-/_.]?)(?P<m>0?[1-9]|1[0-2])(?P=s)(?P<d>0?[1-9]|[12]\d|3[01])(?![\d])"
)
_DMY_LANGUAGES = re.compile(
    r"(?:bg|ca|cs|da|de|el|es|et|fi|fr|ga|gl|he|hr|id|is|it|lv|mk|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sq|sr|sv|tr|uk|ur|vi)"
)
_DMY_REGIONS = re.compile(r"(?:au|bd|br|de|es|fr|gb|gh|ie|in|it|ke|lk|mt|my|ng|nz|pk|pt|ru|sg|tz|ug|uk|za|zm|zw)")
_MDY_REGIONS = frozenset({"us"})
_WRAPPING = re.compile(
    r"^\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|(?://\s*)?<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|(?://\s*)?\]\]>)\s*;?\s*$"
)
"""Comments that old browsers needed around scripts."""
_STAMPED = ("datetime", "data-datetime", "data-published", "data-date", "data-time", "data-timestamp", "title")
_SHORT = 160
_DEEP = 4


@dataclass(slots=True)
class _Stamps:
    """The dates of a page: of publication, the most reliable first, and of change."""

    published: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def page_date(root: Any, url: str | None = None) -> tuple[str | None, str | None]:
    """The day of publication of a parsed page (lxml) with its basis, `metadata` or `address`; nulls if uncertain."""
    found = _Stamps()
    for stamps in (_linked, _metadata, _properties, _times, _visible):
        stamps(root, found)
    addresses = [a for a in (url, *_addresses(root)) if a]
    order = order_of([*found.published, *found.changed]) or _usual_order(root, addresses)
    for stamp in found.published:
        if (day := stated_day(stamp, order)) is not None:
            return day, "metadata"
    of_address = next((d for a in addresses if (d := _day_of(a)) is not None), None)
    doubtful = [s for s in found.published if _SAYS_A_DAY.search(s)]
    if not doubtful:
        return (of_address, "address") if of_address else (None, None)
    # 03/04/2019 together with one of its two days in the address is unambiguous
    if of_address and any(of_address in readings(s) for s in doubtful):
        return of_address, "metadata"
    return None, None


def _linked(root: Any, found: _Stamps) -> None:
    """JSON-LD: the article's own data before the page's."""
    nodes: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        text = _WRAPPING.sub("", script.text)
        try:
            nodes.extend(_nodes(json.loads(text, strict=False)))
        except (ValueError, RecursionError):
            # JSON broken by a quote in a headline still contains its dates
            days = set(re.findall(r"\"datePublished\"\s*:\s*\"([^\"]{4,60})\"", text))
            if len(days) == 1:
                nodes.append({"@type": "Article", "datePublished": days.pop()})
            found.changed.extend(re.findall(r"\"dateModified\"\s*:\s*\"([^\"]{4,60})\"", text))
    articles = [n for n in nodes if any(_ARTICLE.search(t) for t in _types(n))]
    title = _words(next((h.text_content() for h in root.iter("h1")), ""))
    own = [n for n in articles if title and _words(str(n.get("headline") or n.get("name") or "")) == title]
    pages = [n for n in nodes if any(t.endswith("Page") for t in _types(n))]
    for n in (*own, *articles, *pages):
        _noted(n.get("datePublished"), found.published)
        _noted(n.get("dateModified"), found.changed)


def _nodes(node: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEP:
        return
    if isinstance(node, list):
        for inner in node:
            yield from _nodes(inner, depth + 1)
    elif isinstance(node, dict):
        yield node
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(node.get(name), depth + 1)


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [t for t in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(t, str)]


def _metadata(root: Any, found: _Stamps) -> None:
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if name := (meta.get(attribute) or "").strip().lower():
                named.setdefault(name, meta.get("content") or meta.get("value") or "")
    for name in _META:
        _noted(named.get(name), found.published)
    for name, value in named.items():
        if _CHANGED_META.search(name) and re.search(r"dat|time", name):
            _noted(value, found.changed)


def _properties(root: Any, found: _Stamps) -> None:
    for element in root.iter("span", "div", "p", "abbr", "time", "li", "a"):
        names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower()
        if "datepublished" in names and not _beside(element):
            _noted(element.get("content") or element.get("datetime") or _text(element), found.published)
        elif "datemodified" in names:
            _noted(element.get("content") or element.get("datetime") or _text(element), found.changed)


def _times(root: Any, found: _Stamps) -> None:
    """`<time>`: those marked as publication, then the article's, then the only one."""
    sure: list[str] = []
    inside: list[str] = []
    others: list[str] = []
    for element in root.iter("time"):
        stamp = element.get("datetime") or _text(element)
        names = _names(element) + " " + (_names(element.getparent()) if element.getparent() is not None else "")
        if {"updated", "published"} <= set((element.get("class") or "").split()):
            # one mark for both, as written by WordPress for an unchanged page
            sure.append(stamp)
        elif (_CHANGED.search(names) and not _PUBLISHED.search(_names(element))) or _CHANGED_BEFORE.search(
            _before(element)
        ):
            _noted(stamp, found.changed)
        elif _beside(element):
            continue
        elif element.get("pubdate") is not None or _PUBLISHED.search(names):
            sure.append(stamp)
        elif any(a.tag in {"article", "main", "header"} for a in element.iterancestors()):
            inside.append(stamp)
        else:
            others.append(stamp)
    chosen = sure or inside or others
    if not sure and len({stated_day(s) or s for s in chosen}) > 1:
        # several unmarked dates: the one in the article's head, if it is the only one there
        chosen = chosen[:1] if inside else []
    for stamp in chosen:
        _noted(stamp, found.published)


def _visible(root: Any, found: _Stamps) -> None:
    """Short lines with the class name of a date, such as `<span class="post-date">10 May 2018</span>`."""
    dated: list[str] = []
    for element in root.iter("span", "div", "p", "abbr", "li", "em", "small", "td", "strong", "b", "i", "a"):
        names = _names(element)
        if not _DATED.search(names) or _CHANGED.search(names) or _beside(element):
            continue
        for name in _STAMPED:
            if (name != "title" or element.tag == "abbr") and stated_day(element.get(name)) is not None:
                (found.changed if _CHANGED_BEFORE.search(_before(element)) else dated).append(element.get(name))
                break
        else:
            name = ""
        text = _text(element)
        if name or not 6 <= len(text) <= _SHORT:
            continue
        for match in _IN_TEXT.finditer(text):
            changed = _CHANGED_BEFORE.search(text[: match.start()]) or _CHANGED_BEFORE.search(_before(element))
            (found.changed if changed else dated).append(match[0])
    if len({stated_day(s) or s for s in dated}) == 1:
        found.published.append(dated[0])


def _beside(element: Any) -> bool:
    """Whether an element is outside of the page's own story."""
    for above in (element, *element.iterancestors()):
        if above.tag in {"article", "main", "body"}:
            return False
        if (above.tag in _ASIDE_TAGS and above is not element) or _ASIDE.search(_names(above)):
            return True
    return False


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _text(element: Any) -> str:
    parts: list[str] = []
    size = 0
    for part in element.itertext():
        parts.append(part)
        size += len(part.strip())
        # longer text is not a date, however deeply nested
        if size > _SHORT:
            break
    return " ".join("".join(parts).split())[: _SHORT + 1]


def _before(element: Any) -> str:
    """The words immediately before an element on its line."""
    earlier = element.getprevious()
    if earlier is not None:
        return f"{_text(earlier) if isinstance(earlier.tag, str) else ''} {earlier.tail or ''}"
    above = element.getparent()
    return (above.text or "") if above is not None else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _noted(stamp: object, to: list[str]) -> None:
    text = stamp[0] if isinstance(stamp, list) and stamp else stamp
    if isinstance(text, str | int) and not isinstance(text, bool) and (clean := " ".join(str(text).split())):
        to.append(clean)


def _addresses(root: Any) -> Iterator[str]:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield link.get("href")
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:url" and meta.get("content"):
            yield meta.get("content")


def _day_of(address: str) -> str | None:
    path = re.sub(r"^[a-z]+://[^/]*", "", address, flags=re.IGNORECASE).partition("#")[0]
    days = set()
    for found in _ADDRESS.finditer(path):
        if not found["s"] and len(found[0]) != 8:
            continue
        days.add(stated_day(f"{found['y']}-{int(found['m']):02}-{int(found['d']):02}"))
    days.discard(None)
    return days.pop() if len(days) == 1 else None


def _usual_order(root: Any, addresses: list[str]) -> Order | None:
    """The date order of the page's language and country; null if they differ or are unknown."""
    orders: set[Order] = set()
    languages = [root.get("lang") or root.get("xml:lang") or ""]
    languages += [m.get("content") or "" for m in root.iter("meta") if (m.get("property") or "").lower() == "og:locale"]
    for language in languages:
        parts = re.split(r"[-_]", language.strip().lower())
        if parts[-1] in _MDY_REGIONS and len(parts) > 1:
            orders.add("mdy")
        elif _DMY_LANGUAGES.fullmatch(parts[0]) or (len(parts) > 1 and _DMY_REGIONS.fullmatch(parts[-1])):
            orders.add("dmy")
    for address in addresses:
        host = re.match(r"[a-z]+://(?:[^/@]*@)?([^/:]+)", address, re.IGNORECASE)
        land = host[1].lower().rpartition(".")[2] if host else ""
        if land in {"gov", "mil"}:
            orders.add("mdy")
        elif _DMY_REGIONS.fullmatch(land):
            orders.add("dmy")
    return orders.pop() if len(orders) == 1 else None
