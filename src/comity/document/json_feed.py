"""JSON Feed (versions 1 and 1.1, jsonfeed.org): recognition and entries."""

import json
import re
from dataclasses import dataclass
from typing import Any

from comity.errors import ExtractionError

_VERSION = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\b")
_ITEMS = re.compile(rb"\"items\"\s*:\s*\[")
_OF_ITEMS = re.compile(rb"\"(?:content_html|content_text|date_published)\"\s*:")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the feed: `html` and `text` are the report's text in the feed, null if there is none."""

    title: str | None
    html: str | None
    text: str | None
    published: str | None
    modified: str | None
    url: str | None


def is_json_feed(start: bytes) -> bool:
    """Whether bytes begin a JSON Feed: by its version, or by a list of items with fields specific to it.

    >>> is_json_feed(b'{"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": []}')
    True
    >>> is_json_feed(b'{"items": [{"id": 1, "text": "Peru signed."}]}')
    False
    """
    if not start.startswith(b"{"):
        return False
    return bool(_VERSION.search(start) or (_ITEMS.search(start) and _OF_ITEMS.search(start)))


def entries(text: str) -> list[Entry]:
    """The entries of a JSON Feed in its order; a field of the wrong type is left out.

    Raises `ExtractionError` if it is not a JSON Feed.

    >>> [e.text for e in entries('{"items": [{"id": "1", "content_text": "Peru signed."}]}')]
    ['Peru signed.']
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExtractionError(f"is a damaged JSON Feed ({str(error).splitlines()[0]})") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise ExtractionError("is a JSON Feed without a list of items")
    return [_entry(item) for item in items if isinstance(item, dict)]


def _entry(item: dict[str, Any]) -> Entry:
    def field(*names: str) -> str | None:
        return next((v for n in names if isinstance(v := item.get(n), str) and v.strip()), None)

    return Entry(
        title=field("title"),
        html=field("content_html"),
        text=field("content_text") or (field("summary") if field("content_html") is None else None),
        published=field("date_published"),
        modified=field("date_modified"),
        url=field("url", "external_url"),
    )
