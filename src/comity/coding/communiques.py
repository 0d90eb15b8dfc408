"""Communiqués: documents that are themselves what states issue together, such as a joint statement of two leaders."""

import re
from dataclasses import dataclass

from comity.coding.parties import codes, listed, taking_part, tied_states
from comity.knowledge.agreement_words import pattern, words
from comity.knowledge.names import find_names
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention

NAMES = ("communiqué of several", "communiqué of office-holders", "communiqué by office-holders")
"""The patterns by which a title is the name of a statement that several issue."""
_OPENING = 6
"""How many sentences of a document's beginning are read for those who issue it."""
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Communique:
    """What a document is called in its title, who issues it, and where; `start` and `end` point into the title."""

    start: int
    end: int
    type: str
    parties: tuple[str, ...]
    place: str | None


def find_communique(article: Article) -> Communique | None:
    """The joint statement or declaration that the document is, or null.

    It is one where its title is the name of a statement that several issue ("Joint Statement …", "Leaders'
    Declaration …") and the title or the opening names two states or an organisation as those who issue it. A statement
    by one side, a readout by one side and a report about a joint statement are none.
    """
    title = next((s for s in article.sentences[:1] if s.part == "title"), None)
    if title is None:
        return None
    named = [found for name in NAMES if (found := pattern(name).search(title.text))]
    name = min(named, key=lambda found: found.start(), default=None)
    if name is None or pattern("about a communiqué").search(title.text[: name.start()]):
        return None
    opening = [s for s in article.sentences if s.part == "text"][:_OPENING]
    parties = _issuers(article, title, name, opening)
    if len(parties) < _SEVERAL and not _organisations(article) & set(parties):
        return None
    kind = "declaration" if name["kind"].lower() == "declaration" else "joint statement"
    return Communique(title.start, title.end, kind, parties, _place(article, title, opening))


def _organisations(article: Article) -> set[str | None]:
    return {m.organisation for m in article.actors}


def _issuers(article: Article, title: Sentence, name: re.Match[str], opening: list[Sentence]) -> tuple[str, ...]:
    """Those who issue the document: by the title, by what the title says it is of or with, else by the opening."""
    owner = pattern("issuer").search(title.text, name.start("kind"))
    topic = pattern("topic").search(title.text, owner.end()) if owner else None
    last = (topic.start() if topic else len(title.text)) if owner else name.end()
    own = codes(m for m in article.actors_in(title.index) if m.end - title.start <= last)
    stated = max(own, codes(tied_states(article, title)), key=len)
    if len(stated) >= _SEVERAL:
        return stated
    for sentence in opening:
        named = codes(_opening_issuers(article, sentence))
        if len(named) >= _SEVERAL:
            return tuple(dict.fromkeys([*own, *named]))
        if named and sentence is opening[0] and set(named) <= _organisations(article):
            return named
    return own


def _opening_issuers(article: Article, sentence: Sentence) -> list[ActorMention]:
    """Those in whose name a sentence of the opening speaks: "we, the leaders of A, B and C", "A and B met"."""
    if we := pattern("we, the leaders of").search(sentence.text):
        behind = (t.index for t in sentence.tokens if t.start >= sentence.start + we.end())
        return listed(article, sentence, next(behind, len(sentence.tokens)))
    verb = sentence.root
    hosts = verb.lemma.lower() in words("hosting")
    guests = {t.index for o in sentence.children(verb.index, "obj") for t in sentence.subtree(o.index) if hosts}
    hosted = (m for m in article.actors_in(sentence.index) if m.head in guests)
    return [*taking_part(article, sentence, verb.index), *hosted]


def _place(article: Article, title: Sentence, opening: list[Sentence]) -> str | None:
    """The one town where those who issue it met, by the title or the first sentence."""
    met = [s for s in opening[:1] if any(t.lemma.lower() in words("meeting") for t in s.tokens)]
    for sentence in (title, *met):
        # "Kampala met its guests" names no place
        placed = (p for p in article.places_in(sentence.index) if sentence.tokens[p.first - 1].upos == "ADP")
        towns = {p.name for p in placed if any(h.kind in {"capital", "city"} for h in find_names(p.text))}
        if len(towns) == 1:
            return towns.pop()
    return None
