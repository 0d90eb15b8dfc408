"""The testimonium of a treaty: the clause before the signatures that says where and when it was done."""

from dataclasses import dataclass

from comity.knowledge.agreement_words import pattern
from comity.mentions.article import Article


@dataclass(frozen=True, slots=True)
class Testimonium:
    """Where and when an instrument was done; `date` (EDTF) is null where the clause leaves it blank."""

    sentence: int
    place: str
    date: str | None


def find_testimonium(article: Article) -> Testimonium | None:
    """The testimonium of a document that is a treaty's text, or null: "Done at Rome on 3 May 1991, in duplicate, …".

    The clause itself, or the sentence before it ("In witness whereof …"), is worded as an attestation.
    """
    texts = {s.index: s.text for s in article.sentences}
    for sentence in reversed(article.sentences):
        found = pattern("done at").search(sentence.text)
        before = texts.get(sentence.index - 1, "")
        if found and (pattern("attested").search(sentence.text) or pattern("witness whereof").search(before)):
            begin = sentence.start + found.start()
            dates = [d.edtf for d in article.dates_in(sentence.index) if d.kind == "date" and d.start >= begin]
            return Testimonium(sentence.index, found["place"].rstrip("."), next(filter(None, dates), None))
    return None
