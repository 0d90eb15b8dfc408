"""The testimonium of a treaty: the clause before the signatures that tells where and when it was done."""

import re
from dataclasses import dataclass

from comity.language.tree import Sentence
from comity.mentions.article import Article

_DONE = re.compile(
    r"\b(?:Done|DONE|Signed|SIGNED|Concluded)\s+(?:in\s+(?:duplicate|triplicate|quadruplicate|two\s+\w+)\s*,?\s+)?"
    r"(?:at|in|AT|IN)\s+(?:the\s+(?:city|City)\s+of\s+)?(?P<place>[A-Z][\w.’'-]*(?:[ -][A-Z][\w.’'-]*){0,3})"
    r"(?:,\s+[A-Z]\w+(?: [A-Z]\w+)?)?(?=,|\s+(?:on|ON|this|the|in)\b|\s+\d|\s*$)"
)
_FORMAL = re.compile(
    r"\b(?:duplicate|triplicate|quadruplicate|originals?|cop(?:y|ies)|authentic|languages?|equally|text[s]?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Testimonium:
    """Where and when an instrument was done; `date` (EDTF) is null where the clause leaves it blank."""

    sentence: int
    place: str
    date: str | None


def find_testimonium(article: Article) -> Testimonium | None:
    """The testimonium of a document that is a treaty's text, or null: "Done at Rome on 3 May 1991, in duplicate, …"."""
    for sentence in reversed(article.sentences):
        found = _DONE.search(sentence.text)
        if found and (_FORMAL.search(sentence.text) or _next_formal(article, sentence)):
            begin = sentence.start + found.start()
            dates = [d for d in article.dates_in(sentence.index) if d.kind == "date" and d.edtf and d.start >= begin]
            return Testimonium(sentence.index, found["place"].rstrip("."), dates[0].edtf if dates else None)
    return None


def _next_formal(article: Article, sentence: Sentence) -> bool:
    """Whether the sentence before is the formula of attestation: "In witness whereof … have signed this Treaty"."""
    before = next((s for s in article.sentences if s.index == sentence.index - 1), None)
    return before is not None and "witness whereof" in before.text.lower()
