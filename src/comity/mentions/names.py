"""The names and titles in a report's sentences, looked up once for all that is decided by them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from comity.document.document import Document
from comity.knowledge.leaders import is_surname
from comity.knowledge.names import NameHit, find_names, mentioned, moved, placed, titled
from comity.knowledge.offices import Office, find_all
from comity.knowledge.states import by_address
from comity.language.tree import Sentence
from comity.mentions.mention import NameMention
from comity.settings import DEFAULTS

_DATELINE = re.compile(r"\s*([A-Z][A-Z .'’-]{2,40}?)(?:, [A-Z][A-Za-z .]+)?,\s+[A-Z][a-z]+\.? \d{1,2}\b")
_OPENING = 600
"""How many characters of a report say which two states it is about."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a report names.

    `in_sentence` are the names of each sentence, `titles` its titles of office, each by the token where it begins, with
    its number of words; of a sentence in capitals alone `surnames` are the words that are a leader's. `codes` are those
    of all that the report names, `about` the two states that its opening names most, `home` is the state of its
    dateline, `house` that whose government publishes it.
    """

    in_sentence: Mapping[int, tuple[NameMention, ...]] = field(default_factory=dict)
    titles: Mapping[int, dict[int, tuple[Office, int]]] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    about: tuple[str, ...] = ()
    surnames: Mapping[int, frozenset[int]] = field(default_factory=dict)
    home: str | None = None
    house: str | None = None


def names_of(sentences: Sequence[Sentence], document: Document) -> Names:
    """The names of a report, in its sentences and as a whole."""
    on, home = document.published, _home(document)
    about = mentioned(document.text[:_OPENING], document.title, on)[:2]
    body = titled(document.text, document.title)
    codes = frozenset(h.code for h in find_names(body, on) if h.alone)
    elsewhere = moved(body, on)
    in_sentence: dict[int, tuple[NameMention, ...]] = {}
    for sentence in sentences:
        hits = placed(find_names(sentence.text, on), elsewhere)
        in_sentence[sentence.index] = tuple(m for h in hits if (m := _mention(sentence, h)) is not None)
    titles = {s.index: find_all([t.text for t in s.tokens]) for s in sentences}
    loud = [s for s in sentences if s.text.isupper()]
    surnames = {s.index: frozenset(t.index for t in s.tokens if is_surname(t.text)) for s in loud}
    publisher = by_address(document.source)
    return Names(in_sentence, titles, codes, tuple(about), surnames, home, publisher.code if publisher else None)


def _mention(sentence: Sentence, hit: NameHit) -> NameMention | None:
    start, end = sentence.start + hit.start, sentence.start + hit.end
    inside = [t.index for t in sentence.tokens if t.start < end and start < t.end]
    if not inside:
        return None
    return NameMention(
        sentence.index, inside[0], inside[-1] + 1, start, end, hit.text, hit.code, hit.kind, hit.sector, hit.alone,
        hit.members,
    )  # fmt: skip


def _home(document: Document) -> str | None:
    """The state of the dateline: "CAIRO, March 16 -" says whose ministers are named without a state."""
    m = _DATELINE.match(document.text[: DEFAULTS.sentence_characters])
    hits = find_names(m.group(1).title(), document.published) if m else ()
    if not m or not hits:
        return None
    # a bureau abroad: "NICOSIA, March 3 - Iran's oil minister" says nothing of Cyprus
    about = mentioned(document.text[m.end() : _OPENING], document.title, document.published)
    return hits[0].code if hits[0].code in about else next(iter(about), None)
