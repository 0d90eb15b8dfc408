"""A document as ingested: its frozen text, and the skipped parts with the reasons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """A span of the text that does not belong to the story, and why (`navigation`, `related link`, …)."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """One report: `text` never changes after this, all offsets point into it or into `title`.

    `title_span` is set if the headline is inside `text` (plain text, web pages); `title` then repeats those
    characters and offsets point into `text`. It is null if the title is separate from the text (JSON Lines):
    facts in the headline then have `part` = `title`.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    published_basis: str | None = None
    source: str | None = None
    language: str | None = None
    text_sha256: str = ""
    extractor: str | None = None
    extractor_version: str | None = None
    title_span: tuple[int, int] | None = None
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read: which one, and why in one line."""

    source: str
    reason: str
