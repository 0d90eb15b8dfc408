"""The gates of a corpus run: what of a crawl is passed by before it costs anything.

Reading finds facts in English only, and of a news crawl more than half is in other languages; extraction takes a
tenth of the time of a reading, so a page in another language is better known before it.
"""

import re

from comity.document.collection import Raw
from comity.document.document import Document
from comity.document.language_identification import language_of
from comity.settings import DEFAULTS, Settings

_PARAGRAPH = re.compile(rb"<p(?:\s[^<>]{0,300})?>([^<]{60,})", re.IGNORECASE)
_DECLARED = re.compile(rb"<html\s[^<>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
_SAMPLE = 4000
_UNKNOWN = (None, "und")
SMALL, LARGE, FOREIGN = "small page", "large page", "another language"
"""Why something was passed by."""


def passed_by(raw: Raw, languages: tuple[str, ...] = (), settings: Settings = DEFAULTS) -> str | None:
    """Why an archived page is not read, as its bytes show; null where it is. Rows are always read.

    Without languages, all are read. A page is judged by its paragraphs, and by what it declares only where these
    say nothing.

    >>> page = b"<html lang=fr><p>Le ministre est dans la ville de Paris pour une visite." + b" " * 2000
    >>> passed_by(Raw("warc", "http://a.example", "http://a.example", page), ("en",))
    'another language'
    """
    if raw.form != "warc" or not isinstance(raw.data, bytes):
        return None
    if len(raw.data) < settings.page_bytes_least:
        return SMALL
    if len(raw.data) > settings.page_bytes_most:
        return LARGE
    if languages and (language := page_language(raw.data)) not in _UNKNOWN and language not in languages:
        return FOREIGN
    return None


def foreign(document: Document, languages: tuple[str, ...]) -> bool:
    """Whether a document is in none of some languages; false where its language is not known."""
    return bool(languages) and document.language not in (*_UNKNOWN, *languages)


def page_language(html: bytes) -> str | None:
    """The language of a page's paragraphs, else the one that it declares, else null."""
    sample: list[bytes] = []
    size = 0
    for found in _PARAGRAPH.finditer(html):
        sample.append(found[1])
        size += len(found[1])
        if size >= _SAMPLE:
            break
    language = language_of(b"\n".join(sample).decode("utf-8", "replace"))
    if language not in _UNKNOWN:
        return language
    declared = _DECLARED.search(html[:5000])
    return declared[1].decode("ascii").lower() if declared else None
