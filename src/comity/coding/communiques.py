"""Communiqués: documents that are themselves what states issue together, such as a joint statement of two leaders."""

import re
from dataclasses import dataclass

from comity.coding.parties import codes, listed, taking_part, tied_states
from comity.knowledge.names import find_names
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention

_KIND = r"(?:statement|declaration|communiqu[eé]|readout|proclamation)"
_NAME = re.compile(
    rf"\bjoint\s+(?:[\w.’'–-]+\s+){{0,4}}?(?P<a>{_KIND})"
    rf"|\b(?:leaders?|presidential|(?:foreign\s+)?ministers?|ministerial|trilateral|advisors?)[’']?s?\s+"
    rf"(?:[\w.’'–-]+\s+){{0,3}}?(?P<b>{_KIND})"
    rf"|\b(?P<c>statement|declaration|communiqu[eé])\s+(?:of|by|from)\s+(?:the\s+)?"
    rf"(?:leaders|presidents|heads|governments|(?:foreign|prime|trade|finance|defen[cs]e)\s+ministers|national\s+security\s+advis[eo]rs)\b",
    re.IGNORECASE,
)
# what stands before the name of a document that only tells of it
_ABOUT = re.compile(
    r"\b(?:on|for|to|from|by|with|about|regarding|in|at|after|following|readout|remarks|fact sheet|statement|letter|"
    r"press|transcript|memorandum|message|approves|amends)\b",
    re.IGNORECASE,
)
_ISSUER = re.compile(r"\b(?:of|by|from|between|among|with)\b", re.IGNORECASE)
_TOPIC = re.compile(
    r"\s(?:on|regarding|about|concerning|following|announcing|endorsing|reaffirming|to|in|at)\b|:\s", re.IGNORECASE
)
_WE = re.compile(
    r"\b(?:we|as)\b\W{0,3}(?:the\s+)?(?:\w+\s+){0,3}?"
    r"(?:leaders|governments|presidents|ministers|partners|countries|nations|heads)\s+of\s+(?:\w+\s+nations\W+)?",
    re.IGNORECASE,
)
_HOSTING = frozenset({"welcome", "host", "receive", "join"})
_MEETING = frozenset({"meet", "welcome", "host", "gather", "convene", "hold", "here", "visit", "come"})
_OPENING = 6
"""How many sentences of a document's beginning are read for those who issue it."""


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
    title = article.sentences[0] if article.sentences and article.sentences[0].part == "title" else None
    if title is None or article.document.title is None:
        return None
    found = _NAME.search(title.text)
    if found is None or _ABOUT.search(title.text[: found.start()]):
        return None
    opening = [s for s in article.sentences if s.part == "text"][:_OPENING]
    kind = next(g for g in found.groups() if g).lower()
    parties = _issuers(article, title, found, opening)
    if len(parties) < 2 and not any(c in _organisations(article) for c in parties):
        return None
    type_ = "declaration" if kind == "declaration" else "joint statement"
    return Communique(title.start, title.end, type_, parties, _place(article, title, opening))


def _organisations(article: Article) -> set[str]:
    return {m.organisation for m in article.actors if m.organisation}


def _issuers(article: Article, title: Sentence, name: re.Match[str], opening: list[Sentence]) -> tuple[str, ...]:
    """Those who issue the document: by the title, by what the title says it is of or with, else by the opening."""
    mentions = [m for m in article.actors_in(title.index) if m.kind != "pronoun"]

    def within(start: int, end: int) -> list[ActorMention]:
        return [m for m in mentions if title.start + start <= m.start and m.end <= title.start + end]

    before = within(0, name.end())
    begin = name.start("c") if name.group("c") else name.end()
    after = title.text[begin:]
    owner = _ISSUER.search(after)
    stop = _TOPIC.search(after, owner.end()) if owner else None
    named = within(begin + owner.end(), begin + stop.start() if stop else len(title.text)) if owner else []
    own = codes([*before, *named])
    if len(own) >= 2:
        return own
    people = {m.name for m in named if m.kind == "person"}
    if len(own) == 1 and len(people) > 1:
        return ()  # two office-holders of one state
    tied = codes(tied_states(article, title))
    if len(tied) >= 2:
        return tied
    if own and own[0] in _organisations(article):
        return own
    for sentence in opening:
        told = codes(_opening_issuers(article, sentence))
        if len(told) >= 2:
            return tuple(dict.fromkeys([*own, *told]))
        if told and sentence is opening[0] and set(told) <= _organisations(article):
            return told
    return own


def _opening_issuers(article: Article, sentence: Sentence) -> list[ActorMention]:
    """Those in whose name a sentence of the opening speaks: "we, the leaders of A, B and C", "A and B met"."""
    we = _WE.search(sentence.text)
    if we:
        first = next((t.index for t in sentence.tokens if t.start >= sentence.start + we.end()), None)
        if first is not None:
            return listed(article, sentence, first)
    root = sentence.root
    if root.upos not in {"VERB", "ADJ", "AUX"}:
        # "The Government of A and the Government of B," heads a list of recitals
        return [m for m in article.actors_in(sentence.index) if m.kind != "adjective"] if root.upos != "VERB" else []
    out = list(taking_part(article, sentence, root.index))
    verbs = [root, *(c for c in sentence.children(root.index, "xcomp"))]
    for verb in verbs:
        if verb.lemma.lower() in _HOSTING:
            for child in sentence.children(verb.index, "obj"):
                below = {t.index for t in sentence.subtree(child.index)}
                out += [m for m in article.actors_in(sentence.index) if m.head in below and m not in out]
    return out


def _place(article: Article, title: Sentence, opening: list[Sentence]) -> str | None:
    """The one town where those who issue it met, by the title or the first sentence."""
    met = [s for s in opening[:1] if any(t.lemma.lower() in _MEETING for t in s.tokens)]
    for sentence in [title, *met]:
        towns = []
        for place in article.places_in(sentence.index):
            before = sentence.tokens[place.first - 1].text.lower() if place.first else ""
            hits = find_names(place.text)
            if before in {"in", "at", "to"} and any(h.kind in {"capital", "city"} for h in hits):
                towns.append(place.name)
        if len(set(towns)) == 1:
            return towns[0]
    return None
