"""Between whom: the states that a phrase or an act names, and the pair that an article is about."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise, takewhile

from comity.coding.arguments import agents, near, parties_of
from comity.coding.constructions import path
from comity.coding.statement import cases, clause_head
from comity.knowledge import offices
from comity.knowledge.agreement_words import words
from comity.knowledge.names import find_names
from comity.knowledge.plover import noun_class
from comity.knowledge.states import by_code
from comity.language.tree import Sentence, Token, dateline
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention

_TIES = frozenset({"-", "–", "—", "/", "−"})
_OWNERS = frozenset({"'s", "’s", "'", "’"})
_AMONG = frozenset({"between", "with", "among"})
_PARTS_OF_NAMES = frozenset({"compound", "flat", "nmod:desc", "amod"})
_DEEP = 9
"""So many words deep in its phrase a partner may be named."""
_ENDING = frozenset({"VERB", "AUX", "SCONJ", "ADV", "PRON"})
_BEGINNING = 4
"""Both of the pair are named in the headline or among so many first sentences."""
_OFTEN = 2
"""The second state of a pair is named twice, or once where the report begins."""
_WEIGHTS = {0: 3, 1: 2}
"""What a mention weighs in the headline and in the first sentence."""
_WINDOW = 12
"""So many words after "between" or "with" may name a partner."""


def codes(mentions: Iterable[ActorMention]) -> tuple[str, ...]:
    """The states and organisations that mentions stand for, each once, in order."""
    return tuple(dict.fromkeys(c for m in mentions for c in m.states))


def sovereign(code: str) -> bool:
    """Whether a code stands for a state, or an organisation of states, rather than a dependent territory.

    >>> sovereign("PRT"), sovereign("MAC"), sovereign("EU")
    (True, False, True)
    """
    state = by_code(code)
    return state is None or state.cow is not None or code == "PSE"


def acting(article: Article, sentence: Sentence) -> list[ActorMention]:
    """The actors of a sentence without the town of a dateline ("LUXEMBOURG, Oct 20 - …")."""
    start = dateline(sentence)
    return [m for m in article.actors_in(sentence.index) if m.start >= start]


def engaged(article: Article, sentence: Sentence) -> list[ActorMention]:
    """The actors of a sentence that do not merely say where: no "in Mongolia"."""
    return [m for m in acting(article, sentence) if not _only_where(sentence, m)]


def _only_where(sentence: Sentence, mention: ActorMention) -> bool:
    before = [t.text.lower() for t in sentence.tokens[max(0, mention.first - 2) : mention.first]]
    if before[-1:] == ["the"]:
        before.pop()
    return mention.kind == "state" and bool(before) and before[-1] in words("where")


def of_clause(article: Article, sentence: Sentence, index: int) -> list[ActorMention]:
    """The actors that stand in the clause of a token."""
    clause = clause_head(sentence, index)
    return [m for m in engaged(article, sentence) if clause_head(sentence, m.head) == clause]


def taking_part(article: Article, sentence: Sentence, token: int) -> list[ActorMention]:
    """Who does what a verb or noun reports: its subject, its agent, those "with" or "between" whom it is done.

    What has nobody of its own is done by who does what the verb above it says ("held talks", "are in talks").
    """
    named, starts, below = parties_of(article, sentence), set[int](), set[int]()
    for word in (sentence.tokens[token], *sentence.ancestors(token)):
        own = sentence.children(word.index, "nsubj")
        partners = path("{partner}").reached(sentence, word.index)
        starts |= {p.start for i in partners for p in near(sentence, i, named.agents, deep=_DEEP)}
        if own or word.upos == "VERB":
            starts |= {p.start for p in agents(sentence, word.index, named)}
        # "the king and his guest, Emomali Rahmon": whoever else the phrase of a party names
        joined = (*partners, *(c.index for c in own if c.deprel != "nsubj:pass"))
        below |= {i for head in joined for i in _phrase(sentence, head)}
        if own or (starts and path("{of_its_own}").reached(sentence, word.index)):
            break
    return [m for m in engaged(article, sentence) if m.start in starts or m.head in below]


def _phrase(sentence: Sentence, index: int) -> set[int]:
    """A phrase's own tokens, without the clauses that hang on it."""
    out, todo = set(), [index]
    while todo:
        i = todo.pop()
        out.add(i)
        todo.extend(c.index for c in sentence.children(i) if not c.deprel.startswith(("acl", "advcl", "parataxis")))
    return out


def beside(article: Article, sentence: Sentence, first: int, last: int) -> list[ActorMention]:
    """The actors of a phrase: in its own words, before it as owner, and after it by "between" or "with"."""
    tokens = sentence.tokens
    found = [m for m in acting(article, sentence) if first <= m.head < last]
    towns = [m for m in found if any(h.kind in {"capital", "city"} for h in find_names(m.text))]
    if len(towns) == 1:  # "the Paris Agreement" is named after a place, "the Moscow-Beijing pact" after its parties
        found.remove(towns[0])
    if first > 1 and tokens[first - 1].text in _OWNERS:
        found += [m for m in acting(article, sentence) if m.last in (first - 1, first)]
    if last < len(tokens) and tokens[last].text.lower() in {"of", "dated"}:  # "the Treaty of 12 January 1999 between"
        last = next((d.last for d in article.dates_in(sentence.index) if d.first == last + 1), last)
    for t in tokens[last : last + 4]:
        if t.text.lower() in _AMONG:
            return found + listed(article, sentence, t.index + 1)
        if t.upos not in {"PUNCT", "ADV"}:
            break
    return found


def partners(article: Article, sentence: Sentence, last: int) -> list[ActorMention]:
    """The actors of a list after "with" behind a phrase: "deals with Canada and Japan", "agreements with: A, B"."""
    after = [t.text.lower() for t in sentence.tokens[last : last + 2]]
    return listed(article, sentence, last + 1 + (after[1:] == [":"])) if after[:1] == ["with"] else []


def leading(article: Article, others: Collection[str]) -> list[str]:
    """The party, none of the others, that a report names most often, where its headline or first sentence names it."""
    named = [(s, c) for s in article.sentences for c in codes(m for m in acting(article, s) if m.kind != "pronoun")]
    counts = Counter(code for _, code in named if code not in others)
    early = {code for s, code in named if s.part == "title" or s.index == 0}
    return [code for code, _ in counts.most_common(1) if code in early]


def listed(article: Article, sentence: Sentence, start: int) -> list[ActorMention]:
    """The actors of a list that begins at a token: "Russia and Mongolia", "the Governments of A and of B"."""
    out: list[ActorMention] = []
    actors = {k: m for m in acting(article, sentence) for k in range(m.first, m.last)}
    i = start
    while i < len(sentence.tokens):
        closing = [t.index for t in sentence.tokens[i : i + 6] if t.text == ")"]
        if i in actors:
            out += [actors[i]] if actors[i] not in out else []
            i = actors[i].last
        elif sentence.tokens[i].text == "(" and closing:
            i = closing[0] + 1  # "the Republic of Korea (ROK)"
        elif sentence.tokens[i].text.lower() in words("list link"):
            i += 1
        else:
            break
    return out


def tied_states(article: Article, sentence: Sentence) -> list[ActorMention]:
    """States that a hyphen ties together: "U.S.-China", "United States – Switzerland – Liechtenstein"."""
    named = [m for m in article.actors_in(sentence.index) if m.states and not m.members]
    tied = [pair for pair in pairwise(named) if sentence.clip(pair[0].end, pair[1].start).strip() in _TIES]
    return list(dict.fromkeys(m for pair in tied for m in pair))


def outsider(article: Article, sentence: Sentence, last: int) -> bool:
    """Whether one of those "between" or "with" whom an instrument is bears a name that is no state's: a firm."""
    return _unknown_name(article, sentence, _partner_words(sentence, last))


def unknown_signers(article: Article, sentence: Sentence, token: int) -> bool:
    """Whether names that stand for no state do what a verb says: "Delta Gas of Peru and Norlin of Chile signed"."""
    # a name joined to the state before it, "Delta Gas of Peru and Norlin …", is one of them as well
    joined = {i for c in sentence.children(token, "nsubj") for i in _phrase(sentence, c.index)}
    subjects = [t for t in sentence.tokens if t.index in joined and (t.head == token or t.deprel == "conj")]
    firms = {i for m in article.actors_in(sentence.index) if m.sector == "BUS" for i in range(m.first, m.last)}
    return _unknown_name(article, sentence, subjects) or any(t.index in firms for t in subjects)


def _unknown_name(article: Article, sentence: Sentence, tokens: Iterable[Token]) -> bool:
    at = sentence.index
    spans = [(m.first, m.last) for m in article.actors_in(at)]
    spans += [(p.first, p.last) for p in article.places_in(at)]
    spans += [(d.first, d.last) for d in article.dates_in(at)]
    inside = {i for first, last in spans for i in range(first, last)}
    names = (t for t in tokens if t.upos == "PROPN" and t.index not in inside and t.deprel not in _PARTS_OF_NAMES)
    return any(offices.find([t.text]) is None for t in names)  # "the Presidents of A and B" are no name


def _partner_words(sentence: Sentence, last: int) -> list[Token]:
    """The words after "between" or "with" behind a phrase, up to a verb or to what they agree on."""
    link = next((t.index for t in sentence.tokens[last : last + 4] if t.text.lower() in _AMONG), None)
    after = sentence.tokens[link + 1 : link + 1 + _WINDOW] if link is not None else ()
    ending = {";", ".", *words("matter")}
    return list(takewhile(lambda t: t.upos not in _ENDING and t.text.lower() not in ending, after))


def private(sentence: Sentence, token: int | None, last: int) -> bool:
    """Whether firms or the like take part: as subject of the act, or "between" or "with" them.

    `token` is the act, `last` the end of the phrase for what they agree on.
    """
    among = _partner_words(sentence, last)
    for child in sentence.children(token, "nsubj", "obl") if token is not None else ():
        if child.deprel == "nsubj" or cases(sentence, child.index) & {"with", "by"}:
            among += [child, *sentence.children(child.index, "conj", "flat", "appos")]
    return any(_is_business(sentence, t) for t in among)


def business(sentence: Sentence) -> bool:
    """Whether a sentence speaks of firms at all."""
    return any(_is_business(sentence, t) for t in sentence.tokens)


def _is_business(sentence: Sentence, token: Token) -> bool:
    if token.text.lower() in {"bank", "banks"} and token.upos == "NOUN":  # a central bank acts for its state
        return not any(c.lemma.lower() in words("bank of a state") for c in sentence.children(token.index))
    return token.upos in {"NOUN", "PROPN"} and bool({token.lemma.lower(), token.text.lower()} & noun_class("@business"))


def faction(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence names an armed movement, which is no state: "Hamas", "the rebels"."""
    sectors = [m.sector for m in article.actors_in(sentence.index)]
    return "REB" in (*sectors, *(h.sector for h in find_names(sentence.text))) or any(
        t.lemma.lower() in words("armed movement") and t.upos in {"NOUN", "PROPN"} for t in sentence.tokens
    )


def unknown(sentence: Sentence, token: int, doing: Iterable[ActorMention], instrument: range) -> bool:
    """Whether an act has a doer that stands for no state, or for more states than two, and is not the instrument.

    Then the states nearby are not taken for its parties: "the bank signed an accord", "reached by six nations".
    """
    states = [m for m in doing if m.states]
    known = {*instrument, *(i for m in states for i in range(m.first, m.last))}
    for child in sentence.children(token, "nsubj", "obl"):
        pronoun = child.text.lower() == "it"
        agent = child.deprel == "nsubj" or "by" in cases(sentence, child.index)
        if not agent or child.index in known or (states and not pronoun):
            continue
        if child.lemma.lower() in words("state noun"):
            numbers = {c.text.lower() for c in sentence.children(child.index, "nummod")}
            return bool(numbers) and not {"two", "2"} & numbers
        return pronoun or child.upos in {"NOUN", "PROPN"}
    return False


def dyad(article: Article) -> tuple[str, ...]:
    """The pair of states that an article is about, or nothing where three are named alike often or only one is.

    The headline and the first sentences weigh more: a report names its parties there.
    """
    if "dyad" not in article.derived:
        article.derived["dyad"] = _dyad(article)
    found: tuple[str, ...] = article.derived["dyad"]
    return found


def _dyad(article: Article) -> tuple[str, ...]:
    if article.sentences and article.sentences[0].part == "title":
        tied = codes(tied_states(article, article.sentences[0]))
        if len(tied) == 2:
            return tuple(sorted(tied))
    counts: Counter[str] = Counter()
    early: set[str] = set()
    for place, sentence in enumerate(article.sentences):
        for m in acting(article, sentence):
            if m.state is None or m.members:
                continue
            # a town where something is said or done is a party less often than one that acts
            counts[m.state] += _WEIGHTS.get(place, 1) * (1 if _only_where(sentence, m) else 2)
            early |= {m.state} if place <= _BEGINNING else set()
    (first, _), (second, often), (_, third) = (*counts.most_common(3), ("", 0), ("", 0), ("", 0))[:3]
    if often < 2 * _OFTEN or not {first, second} <= early or third >= often:
        return ()
    return tuple(sorted((first, second)))
