"""From a document to an article: sentences with all that they mention."""

from dataclasses import replace

from comity.document.document import Document
from comity.language.analysis import Gate, Relevance, analyse
from comity.mentions.actors import find_actors
from comity.mentions.amounts import find_amounts
from comity.mentions.anaphora import point_back
from comity.mentions.antecedents import scene_of
from comity.mentions.article import Article
from comity.mentions.dates import find_dates
from comity.mentions.edtf import moment
from comity.mentions.mention import ActorMention, AmountMention
from comity.mentions.places import find_places
from comity.mentions.publication import published
from comity.mentions.quotations import find_quotations
from comity.settings import DEFAULTS, Settings


def read_article(
    document: Document, settings: Settings = DEFAULTS, keep: Gate | None = None, relevant: Relevance | None = None
) -> Article:
    """The article of a document: its sentences (those that `keep` lets through) and their mentions.

    A document that is not `relevant` has no sentences. A missing publication date is worked out from the text, of which
    then every sentence is read; the article's document carries it with its basis.
    """
    sentences = analyse(document, settings, keep, relevant if document.published else None)
    dates = find_dates(sentences, document)
    if document.published is None:
        day, basis = published(document, sentences, dates)
        if day is not None:
            document = replace(document, published=day, published_basis=basis)
            dates = find_dates(sentences, document)
    seen = moment(document.published)
    amounts = find_amounts(sentences, seen.year if seen else None)
    actors = _outside(find_actors(sentences, document), amounts)
    article = Article(
        document,
        sentences,
        actors,
        dates,
        find_places(sentences, document),
        amounts,
        find_quotations(sentences, actors),
    )
    back = _outside(tuple(point_back(scene_of(article))), amounts)
    actors = tuple(sorted((*actors, *back), key=lambda m: (m.sentence, m.first, m.last)))
    return replace(article, actors=actors, quotations=find_quotations(sentences, actors))


def _outside(actors: tuple[ActorMention, ...], amounts: tuple[AmountMention, ...]) -> tuple[ActorMention, ...]:
    """Actors but for those in the name of a currency: "240 million US dollars" are no act of the United States."""
    money = {(a.sentence, i) for a in amounts if a.kind == "money" for i in range(a.first, a.last)}
    return tuple(m for m in actors if not all((m.sentence, i) in money for i in range(m.first, m.last)))
