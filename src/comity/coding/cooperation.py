"""In what states are said to cooperate."""

# ruff: noqa: E501 - lists of words are read best in long lines

from collections.abc import Iterator

from comity.coding import parties
from comity.coding.areas import area_of
from comity.coding.statement import clause_head, source
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.records.record import Cooperation

_NOUNS = frozenset({"cooperation", "co-operation", "collaboration", "partnership", "interaction"})
_VERBS = frozenset({"cooperate", "co-operate", "collaborate"})
_COVERS = frozenset({"cover", "include", "span", "encompass", "embrace", "extend", "comprise", "involve", "touch"})
_FIELD = frozenset({"area", "areas", "field", "fields", "sphere", "spheres", "sector", "sectors", "domain", "domains",
                    "industry", "industries", "matters", "issues"})  # fmt: skip
_INTO = frozenset({"in", "on", "over", "including", "covering", "to", "across", "into", "such", "as"})
_SMALL = frozenset({"the", "of", "and", "or", "as", "well", "its", "their", "both", "such", "other", "fight", "against", "for", "in",
                    "on", "between", "&", "-"})  # fmt: skip
_STOP = frozenset({"with", "between", "by", "during", "after", "before", "which", "that", "who", "when", "while", "since",
                   "under", "at", "from", "through", "within"})  # fmt: skip
_ALONE = 0.6
# a longer item of a list is a clause, not an area
_AREA_WORDS = 6


def code_cooperation(article: Article) -> list[Cooperation]:
    """Statements that states cooperate in named areas, in the order of the text.

    `areas` are the words of the text, one for each area of a list ("political, trade and cultural areas" gives
    three). A statement that names no area, or not two states, gives no record.
    """
    pair = parties.dyad(article)
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    out = []
    for sentence in article.sentences:
        for record in _of(article, sentence, pair):
            key = (record.parties, tuple(a.lower() for a in record.areas))
            if key not in seen:
                seen.add(key)
                out.append(record)
    return out


def _of(article: Article, sentence: Sentence, pair: tuple[str, ...]) -> Iterator[Cooperation]:
    bodies = {i for m in article.actors_in(sentence.index) if m.organisation for i in range(m.first, m.last)}
    for token in sentence.tokens:
        word = token.lemma.lower()
        if token.index in bodies or _names_a_body(sentence, token):
            continue  # "the Organisation for Economic Cooperation and Development"
        if word in _NOUNS and token.deprel == "compound":
            continue  # "a cooperation agreement"
        if word in _NOUNS and token.upos in {"NOUN", "PROPN"}:
            begin = _covered(sentence, token)
        elif word in _VERBS and token.upos == "VERB":
            begin = _after(sentence, token.index)
        else:
            continue
        areas, last = _list(sentence, begin) if begin is not None else ([], token.index)
        named = token.upos != "VERB" and not areas
        if named:
            areas, last = _before(sentence, token), token.index
        who = _parties(article, sentence, token, () if named else pair)
        if not areas or len(who) < 2:
            continue
        start = min(token.start, *(sentence.tokens[i].start for i in _modifiers(sentence, token)))
        yield Cooperation(
            **source(article, sentence, start, sentence.tokens[last].end),
            parties=tuple(sorted(who)),
            areas=tuple(areas),
            confidence=min(0.95, _ALONE + 0.1 * len(areas)),
            evidence=f"rule: {token.text.lower()}",
        )


def _names_a_body(sentence: Sentence, token: Token) -> bool:
    """Whether a capitalised word stands in the name of a body: "the Council for Regional Cooperation"."""
    above = [t for t in sentence.ancestors(token.index) if t.index < token.index]
    return token.text.istitle() and any(t.text.istitle() and t.lemma.lower() in _BODIES for t in above)


_BODIES = frozenset({"organization", "organisation", "council", "agency", "forum", "conference", "ministry", "bank"})


def _modifiers(sentence: Sentence, token: Token) -> list[int]:
    """The words just before a noun that modify it, so that the quote holds "Russian-Mongolian cooperation" whole."""
    i = token.index
    while i > 0 and (
        sentence.tokens[i - 1].upos in {"ADJ", "PROPN", "NOUN"} or sentence.tokens[i - 1].text in {"-", "–"}
    ):
        i -= 1
    return list(range(i, token.index + 1))


def _covered(sentence: Sentence, token: Token) -> int | None:
    """Where the list of areas begins that a noun of cooperation governs: after "in", or after "covers"."""
    near = _after(sentence, token.index)
    if near is not None:
        return near
    clause = clause_head(sentence, token.index)
    for t in sentence.tokens[token.index + 1 :]:
        if t.lemma.lower() in _COVERS and t.upos == "VERB" and (
            t.index == clause or clause_head(sentence, t.index) in {clause, t.index}
        ):  # fmt: skip
            subject = next((s for s in sentence.children(t.index, "nsubj")), None)
            if subject is None or subject.index == token.index or token in sentence.subtree(subject.index):
                return t.index + 1
        if t.text in {";", "."}:
            break
    return None


def _after(sentence: Sentence, index: int) -> int | None:
    """The token after "in", "on", "including" that follows a word of cooperation, over "with Mongolia" and the like."""
    tokens = sentence.tokens
    for i in range(index + 1, min(index + 8, len(tokens))):
        word = tokens[i].text.lower()
        if word in _INTO and word not in {"such", "as", "to"}:
            return i + 1
        if tokens[i].upos in {"VERB", "AUX"} or (
            word in {".", ";", "that", "which", "and"} and tokens[i + 1 : i + 2] and tokens[i + 1].upos == "VERB"
        ):
            return None
    return None


def _list(sentence: Sentence, begin: int) -> tuple[list[str], int]:
    """The areas of a list and its last token: split at commas and "and", each with its own words."""
    tokens = sentence.tokens
    items: list[list[Token]] = [[]]
    last = begin
    for t in tokens[begin : begin + 60]:
        word = t.text.lower()
        if t.text == "," or word in {"and", "or", "&"}:
            if items[-1]:
                items.append([])
            continue
        if (
            word in _STOP
            or (t.upos in {"VERB", "AUX", "SCONJ"} and area_of(word) is None)
            or (t.upos == "PUNCT" and t.text not in {"-", "–"})
        ):
            break
        if items[-1] or word not in {"the", "such", "as", "well", "areas", "fields", "of", "its", "their", "in", "on"}:
            items[-1].append(t)
        last = t.index
    found: list[str] = []
    for item in items:
        while item and item[-1].text.lower() in _FIELD | _SMALL:
            item.pop()
        if not item:
            continue
        if len(item) > _AREA_WORDS:
            break
        if any(area_of(t.text) for t in item):
            found.append(sentence.clip(item[0].start, item[-1].end))
        else:
            if found:  # a word that is no area ends the list
                break
    return list(dict.fromkeys(found)), last


def _before(sentence: Sentence, token: Token) -> list[str]:
    """Areas told before the noun: "trade and energy cooperation"."""
    words: list[str] = []
    i = token.index - 1
    while i >= 0:
        t = sentence.tokens[i]
        if area_of(t.text):
            words.append(t.text)
        elif not (t.text.lower() in {"and", ","} and words):
            break
        i -= 1
    return words[::-1]


def _parties(article: Article, sentence: Sentence, token: Token, pair: tuple[str, ...]) -> tuple[str, ...]:
    """Who cooperates: named at the word, taking part in it, or the two of the article."""
    first = _modifiers(sentence, token)[0]
    own = parties.codes(parties.beside(article, sentence, first, token.index + 1))
    if len(own) >= 2:
        return own
    own = tuple(dict.fromkeys([*own, *parties.codes(parties.taking_part(article, sentence, token.index))]))
    if len(own) >= 2:
        return own
    here = tuple(c for c in parties.codes(article.actors_in(sentence.index)))
    if len(here) == 2 and set(own) <= set(here):
        return here
    return pair if pair and set(own) <= set(pair) and set(here) <= set(pair) else own
