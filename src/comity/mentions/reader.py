"""From a document to an article: sentences with all that they mention."""

from dataclasses import replace

from comity.document.document import Document
from comity.language.analysis import Gate, Relevance, analyse
from comity.mentions.amounts import find_amounts, words_of_money
from comity.mentions.anaphora import point_back
from comity.mentions.antecedents import scene_of
from comity.mentions.article import Article
from comity.mentions.coreference import find_actors
from comity.mentions.dates import find_dates
from comity.mentions.edtf import moment
from comity.mentions.names import names_of
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
    seen = moment(document.published)
    dates = find_dates(sentences, seen)
    if document.published is None:
        day, basis = published(document, sentences, dates)
        if day is not None:
            document = replace(document, published=day, published_basis=basis)
            seen = moment(day)
            dates = find_dates(sentences, seen)
    amounts = find_amounts(sentences, seen.year if seen else None)
    money = words_of_money(amounts)
    names = names_of(sentences, document)
    # "240 million US dollars" are no act of the United States
    actors = tuple(m for m in find_actors(sentences, names, document.published) if not m.words <= money)
    article = Article(
        document,
        sentences,
        actors,
        dates,
        find_places(sentences, names),
        amounts,
        find_quotations(sentences, actors),
        names,
    )
    back = (m for m in point_back(scene_of(article)) if not m.words <= money)
    actors = tuple(sorted((*actors, *back), key=lambda m: (m.sentence, m.first, m.last)))
    return replace(article, actors=actors, quotations=find_quotations(sentences, actors))
