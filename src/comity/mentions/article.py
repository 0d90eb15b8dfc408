"""An article: a document with its sentences and mentions, as the coders see it."""

from dataclasses import dataclass, field
from typing import Any, TypeVar

from comity.document.document import Document
from comity.language.tree import Sentence
from comity.mentions.mention import ActorMention, AmountMention, DateMention, PlaceMention, Quotation
from comity.mentions.names import Names

M = TypeVar("M", ActorMention, DateMention, PlaceMention, AmountMention)


@dataclass(frozen=True, slots=True)
class Article:
    """Everything that coding reads. Mentions are in order of sentence and offset; `names` are those of all of them.

    `derived` keeps what is worked out from them, so that it is worked out once.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    actors: tuple[ActorMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    amounts: tuple[AmountMention, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    names: Names = field(default_factory=Names, repr=False, compare=False)
    derived: dict[str, Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def actors_in(self, sentence: int) -> list[ActorMention]:
        """Actors of a sentence, in text order."""
        return list(self._by_sentence("actors", self.actors).get(sentence, ()))

    def dates_in(self, sentence: int) -> list[DateMention]:
        """Time expressions of a sentence, in text order."""
        return list(self._by_sentence("dates", self.dates).get(sentence, ()))

    def places_in(self, sentence: int) -> list[PlaceMention]:
        """Places of a sentence, in text order."""
        return list(self._by_sentence("places", self.places).get(sentence, ()))

    def amounts_in(self, sentence: int) -> list[AmountMention]:
        """Amounts of a sentence, in text order."""
        return list(self._by_sentence("amounts", self.amounts).get(sentence, ()))

    def _by_sentence(self, name: str, mentions: tuple[M, ...]) -> dict[int, list[M]]:
        if name not in self.derived:
            grouped: dict[int, list[M]] = {}
            for mention in mentions:
                grouped.setdefault(mention.sentence, []).append(mention)
            self.derived[name] = grouped
        found: dict[int, list[M]] = self.derived[name]
        return found

    def speaker(self, sentence: int, start: int, end: int) -> ActorMention | None:
        """Who says the span, or null where the article says it in its own voice."""
        for q in self.quotations:
            if q.sentence == sentence and q.start <= start and end <= q.end:
                return q.speaker
        return None
