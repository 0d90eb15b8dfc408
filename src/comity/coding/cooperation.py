"""In what states are said to cooperate, and the areas of cooperation by the words that name them."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby, takewhile

from comity.coding import parties
from comity.coding.constructions import path
from comity.coding.phrases import left_edge
from comity.coding.statement import source
from comity.knowledge.states import rows
from comity.knowledge.word_classes import words
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.records.record import Cooperation

_ALONE, _EACH, _SUREST = 0.6, 0.1, 0.95
"""How sure a statement of no area would be, what each area adds, and the most."""
_REACH = 8
"""So many words behind a word of cooperation its areas may begin: "cooperation with the Republic of Chad in …"."""
_BESIDE = 3
"""So many words behind a verb it may have its adverb: "work closely together"."""
_LIST = 60
_AREA_WORDS = 6
"""A longer item of a list is a clause, not an area."""
_PAIR = 2


@cache
def _areas() -> dict[str, str]:
    return {word: row["area"] for row in rows("en/areas.csv") for word in row["words"].split()}


def area_of(word: str) -> str | None:
    """The area that a word names, or null.

    >>> area_of("scientific"), area_of("yesterday")
    ('science', None)
    """
    return _areas().get(word.lower())


def find_areas(text: str) -> tuple[str, ...]:
    """The areas that a text names, each once, in text order.

    >>> find_areas("protocol on trade and scientific cooperation")
    ('trade', 'science')
    """
    found = (area_of(w) for w in re.findall(r"[\w-]+", text))
    return tuple(dict.fromkeys(a for a in found if a))


def code_cooperation(article: Article) -> list[Cooperation]:
    """Statements that states cooperate in named areas, in the order of the text.

    `areas` are the words of the text, one for each area of a list ("political, trade and cultural areas" gives
    three). A statement that names no area, or not two states, gives no record.
    """
    pair = parties.dyad(article)
    out: dict[tuple[tuple[str, ...], tuple[str, ...]], Cooperation] = {}
    for sentence in article.sentences:
        for record in _of(article, sentence, pair):
            out.setdefault((record.parties, tuple(a.lower() for a in record.areas)), record)
    return list(out.values())


def _of(article: Article, sentence: Sentence, pair: tuple[str, ...]) -> Iterator[Cooperation]:
    bodies = {i for m in article.actors_in(sentence.index) if m.organisation for i in range(m.first, m.last)}
    for token in sentence.tokens:
        if token.index in bodies or not _cooperates(sentence, token):
            continue
        first = left_edge(sentence.tokens, token.index)
        start, (areas, last) = sentence.tokens[first].start, _listed(sentence, _begin(sentence, token))
        who = _parties(article, sentence, token, first, pair)
        if not areas and token.upos == "VERB" and sentence.tokens[0].text.lower() in words("fact", "before areas"):
            subjects = (sentence.subtree(s.index)[0].index for s in sentence.children(token.index, "nsubj"))
            (areas, last), start = _listed(sentence, 1, max(subjects, default=1)), sentence.start
        if not areas and token.upos != "VERB":
            before = _before(sentence, token)
            areas, last = [t.text for t in before], token.index
            start = min([start, *(t.start for t in before)])
            who = _parties(article, sentence, token, first, ())
        if areas and len(who) >= _PAIR:
            yield Cooperation(
                **source(article, sentence, start, sentence.tokens[last].end),
                parties=tuple(sorted(who)),
                areas=tuple(areas),
                confidence=min(_SUREST, _ALONE + _EACH * len(areas)),
                evidence=f"rule: {token.text.lower()}",
            )


def _cooperates(sentence: Sentence, token: Token) -> bool:
    """Whether a word says that some cooperate, and is no part of a name ("a cooperation agreement")."""
    lemma = token.lemma.lower()
    if token.upos == "VERB":
        after = (t.text.lower() for t in sentence.tokens[token.index + 1 : token.index + 1 + _BESIDE])
        return not {lemma, *(f"{lemma} {w}" for w in after)}.isdisjoint(words("fact", "cooperating"))
    if lemma not in words("fact", "cooperation") or token.deprel == "compound":
        return False
    above = [t for t in sentence.ancestors(token.index) if t.index < token.index]
    return not token.text.istitle() or not any(
        t.text.istitle() and t.lemma.lower() in words("fact", "bodies") for t in above
    )


def _begin(sentence: Sentence, token: Token) -> int:
    """Where the areas of a cooperation begin: after "in", or after "covers"; else at the end of the sentence."""
    tokens = sentence.tokens
    behind = tokens[token.index + 1 : token.index + _REACH]
    for t in takewhile(
        lambda t: t.upos not in {"VERB", "AUX"} or t.text.lower() in words("fact", "before areas"), behind
    ):
        if t.text.lower() in words("fact", "before areas"):
            return t.index + 1
    # "cooperation is old and covers": it is also the subject of what is joined to its own verb
    above = [*sentence.ancestors(token.index), *(tokens[i] for i in path("<nsubj").reached(sentence, token.index))]
    covers = (a.index for a in above if a.lemma.lower() in words("fact", "covering"))
    return next((i + 1 for i in covers if i > token.index), len(tokens))


def _listed(sentence: Sentence, begin: int, end: int | None = None) -> tuple[list[str], int]:
    """The areas of a list, split at commas and "and", each with its own words; and the last token of the list."""
    run = list(takewhile(lambda t: not _ends_list(t), sentence.tokens[begin : end or begin + _LIST]))
    found: list[str] = []
    for is_link, group in groupby(run, key=lambda t: t.text.lower() in words("fact", "between areas")):
        item = [] if is_link else list(group)
        while item and item[-1].text.lower() in words("fact", "around areas"):
            item.pop()
        while item and item[0].text.lower() in words("fact", "around areas"):
            del item[0]
        if len(item) > _AREA_WORDS:
            break
        if any(area_of(t.text) for t in item):
            found.append(sentence.clip(item[0].start, item[-1].end))
        elif item and found:
            break  # a word that is no area ends the list
    return list(dict.fromkeys(found)), run[-1].index if run else begin


def _ends_list(token: Token) -> bool:
    word = token.text.lower()
    clause = (
        token.upos in {"VERB", "AUX", "SCONJ"} and area_of(word) is None and word not in words("fact", "around areas")
    )
    mark = token.upos == "PUNCT" and word not in {",", "-", "–", ":"}
    return clause or mark or word in words("fact", "after areas")


def _before(sentence: Sentence, token: Token) -> list[Token]:
    """The words for areas before the noun: "trade and energy cooperation"."""
    before = reversed(sentence.tokens[: token.index])
    run = takewhile(lambda t: area_of(t.text) or t.text.lower() in words("fact", "between areas"), before)
    return [t for t in run if area_of(t.text)][::-1]


def _parties(article: Article, sentence: Sentence, token: Token, first: int, pair: tuple[str, ...]) -> tuple[str, ...]:
    """Who cooperates: named at the word, taking part in it, or the two of the sentence or the article."""
    named = parties.beside(article, sentence, first, token.index + 1)
    if len(own := parties.codes(named)) >= _PAIR:
        return own
    own = parties.codes([*named, *parties.taking_part(article, sentence, token.index)])
    here = parties.codes(article.actors_in(sentence.index))
    if len(own) < _PAIR and len(here) == _PAIR and set(own) <= set(here):
        return here
    return pair if len(own) < _PAIR and {*own, *here} <= set(pair) else own
