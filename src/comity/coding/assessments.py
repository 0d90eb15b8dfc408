"""Assessments: whose influence over whom, which relations, and which way they are said to go."""

from collections.abc import Iterator

from comity.coding.parties import dyad
from comity.coding.statement import clause_head, clause_span, date_of, negated, source, status_of
from comity.knowledge import standing
from comity.knowledge.roles import role_of
from comity.knowledge.word_classes import words
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.records.record import Assessment

_PAIR = 2
_CLIMB = 3
"""How many heads above the noun may say the direction ("has endeavoured to restore strong relations")."""
_FINITE = frozenset({"VBD", "VBZ", "VBP"})

Ends = tuple[str, str | None]
"""Whose standing it is, and over or with whom; of what is countered the second may be null."""


def code_assessments(article: Article) -> list[Assessment]:
    """Claims on standing, in the order of the text; each names whose standing and which way it goes.

    A claim needs a noun of standing ("influence", "relations"), the two whose standing it is, each named exactly, and a
    word of its own that says the direction; without one of them nothing is recorded, nor of a whole list of states,
    of a name ("the Pacific Partnership"), of persons, or of what is only wished or denied. Influence that somebody
    counters has the direction `countered`, its owner as `of`, and needs nobody over whom it is.
    """
    found: dict[tuple[object, ...], Assessment] = {}
    for sentence in article.sentences:
        for token in sentence.tokens:
            dimension = standing.words("dimension").get(token.lemma.lower())
            if dimension is None or token.upos not in {"NOUN", "PROPN"} or _is_name(sentence, token):
                continue
            for record in _claims(article, sentence, token, dimension):
                key = (record.of, record.over, record.dimension, record.direction, sentence.index)
                found.setdefault(key, record)
    return list(found.values())


def _claims(article: Article, sentence: Sentence, noun: Token, dimension: str) -> Iterator[Assessment]:
    direction, by = _direction(sentence, noun)
    countered = direction == "countered"
    if direction is None or (countered and standing.is_mutual(dimension)) or _is_doubted(sentence, by):
        return
    first, last = sorted((noun, by), key=lambda t: t.index)
    start = min(first.start, sentence.span(noun.index)[0])
    if by is last and noun.deprel == "conj":
        start = min(start, sentence.span(noun.head)[0])
    end = max(last.end, clause_span(sentence, noun.index)[1])
    for of, over in _ends(article, sentence, noun, dimension, countered=countered):
        yield Assessment(
            **source(article, sentence, start, end),
            of=of,
            over=over,
            dimension=dimension,
            direction=direction,
            against=of if countered else _at_cost(article, sentence, of, over),
            period=date_of(article, sentence, by.index)[0],
            confidence=0.7 if over else 0.55,
            evidence=f"rule: {noun.text.lower()}, {by.text.lower()}",
        )


def _at_cost(article: Article, sentence: Sentence, *ends: str | None) -> str | None:
    """Whose loss a gain is said to be: "at the expense of Japan"."""
    costs = [t for t in sentence.tokens if t.lemma.lower() in words("fact", "cost")]
    losers = [c for t in costs for n in sentence.children(t.index, "nmod") for c in _states(article, sentence, n.index)]
    return next((c for c in losers if c not in ends), None)


def _is_doubted(sentence: Sentence, verb: Token) -> bool:
    """Whether a verb's own words, or the verb it completes, take its claim back: "would grow", "hopes to improve"."""
    if verb.upos != "VERB":
        return False
    own = {c.text.lower() for c in sentence.children(verb.index, "aux", "mark")}
    if own & words("fact", "doubting") or negated(sentence, verb.index):
        return True
    if verb.deprel not in {"xcomp", "acl", "advcl"}:
        return False
    hoped = sentence.tokens[verb.head].lemma.lower() in words("fact", "hoping")
    return hoped or status_of(sentence, verb.index) in {"hypothetical", "denied"}


def _is_name(sentence: Sentence, token: Token) -> bool:
    """Whether a noun of standing is part of a name within a sentence: "the Trans-Pacific Partnership"."""
    before = sentence.tokens[token.index - 1].text if token.index else ""
    return sentence.part != "title" and token.text.istitle() and before[:1].isupper()


def _direction(sentence: Sentence, noun: Token) -> tuple[str | None, Token]:
    """The direction of a noun of standing, and the word that says it, the surest of those that may."""
    known = standing.words("direction")
    for token in _above_and_below(sentence, noun):
        direction = known.get(token.text.lower()) or known.get(token.lemma.lower())  # "closer" is more than "close"
        if direction is not None:
            return direction, token
    return None, noun


def _above_and_below(sentence: Sentence, noun: Token) -> Iterator[Token]:
    """The words that may say a direction, the surest first: verbs and participles behind, heads, adjectives."""
    yield from _finite_behind(sentence, noun)
    # a bare participle after the phrase: "influence over Mongolia increased"
    below = sentence.subtree(noun.index)
    yield from (t for t in below if t.index > noun.index and t.deprel == "acl" and t.xpos in {"VBN", "VBD"})
    at = noun
    # "relations and influence … increased": the verb of the first of a pair holds for the second
    while at.deprel == "conj":
        at = sentence.tokens[at.head]
    for head in list(sentence.ancestors(at.index))[:_CLIMB]:
        yield head
        if head.upos == "VERB" or at.deprel.split(":")[0] not in {"nmod", "compound", "obj", "nsubj"}:
            break
        at = head
    yield from sentence.children(noun.index, "amod", "acl")


def _finite_behind(sentence: Sentence, noun: Token) -> Iterator[Token]:
    """The finite verb right behind a noun's phrase that has no other subject, whatever the tree joins the noun to."""
    first = noun.head if noun.deprel == "conj" else noun.index
    behind = sentence.subtree(first)[-1].index + 1
    for verb in sentence.tokens[behind : behind + 1]:
        if verb.xpos in _FINITE and verb.upos == "VERB" and not sentence.children(verb.index, "nsubj", "csubj"):
            yield verb


def _ends(article: Article, sentence: Sentence, noun: Token, dimension: str, *, countered: bool) -> list[Ends]:
    """Whose standing a noun names and over whom, by what hangs on it or on the nouns that it is joined to."""
    at: dict[str, list[str]] = {"of": [], "over": [], "pair": []}
    nouns = [
        noun,
        *([sentence.tokens[noun.head]] if noun.deprel == "conj" else []),
        *sentence.children(noun.index, "conj"),
    ]
    for child in (c for n in nouns for c in sentence.children(n.index, "nmod", "amod", "compound", "obl")):
        owner = child.deprel in {"nmod:poss", "amod", "compound"}
        cases = {c.lemma.lower() for c in sentence.children(child.index, "case")}
        role = role_of(dimension, {*cases, *(["owner"] if owner else [])})
        if role is not None:
            at[role] += _states(article, sentence, child.index, persons=role != "over")
    if not at["over"]:
        for phrase in _beside(sentence, noun):
            cases = {c.lemma.lower() for c in sentence.children(phrase.index, "case")}
            if role_of(dimension, cases) == "over":
                at["over"] += _states(article, sentence, phrase.index, persons=False)
    owners, objects, pair = (list(dict.fromkeys(codes)) for codes in at.values())
    pair = pair or (owners if standing.is_mutual(dimension) and not objects else [])
    bare = noun.deprel.startswith("nsubj") and not sentence.children(noun.index, "nmod")
    if standing.is_mutual(dimension) and bare and not (pair or objects):
        # "Relations have cooled", in a report on two; "a treaty on friendly relations" claims nothing
        named = {s for m in article.actors_in(sentence.index) for s in m.states}
        pair = [c for c in dyad(article) if named <= set(dyad(article))]
    if pair:
        return [(pair[0], pair[1])] if len(pair) == _PAIR else []
    if not owners and not countered:
        # "Russia has endeavoured to restore strong relations with Mongolia": the subject's own
        owners = [s for s in _subject(article, sentence, noun) if s not in objects]
    if len(owners) != 1 or len(objects) > _PAIR or not (objects or countered):
        return []
    overs: list[str | None] = [*objects] or [None]
    return [(owners[0], over) for over in overs if over != owners[0]]


def _beside(sentence: Sentence, noun: Token) -> list[Token]:
    """The phrase right behind an object that the tree may hang on its verb: "lost influence over Laos"."""
    if noun.deprel != "obj":
        return []
    behind = sentence.subtree(noun.index)[-1].index + 1
    return [c for c in sentence.children(noun.head, "obl") if sentence.subtree(c.index)[0].index == behind]


def _states(article: Article, sentence: Sentence, index: int, *, persons: bool = True) -> list[str]:
    """States named at a token, or joined to it by "and" or a hyphen; a tie to a person is not one to his state."""
    heads = [index, *(c.index for c in sentence.children(index, "conj", "compound", "amod", "flat"))]
    mentions = [m for m in article.actors_in(sentence.index) if persons or m.kind != "person"]
    return list(dict.fromkeys(s for i in heads for m in mentions if m.first <= i < m.last for s in m.states))


def _subject(article: Article, sentence: Sentence, noun: Token) -> list[str]:
    """The states that are subject of a noun's clause, or of the clause above that says or governs it."""
    clause = sentence.tokens[clause_head(sentence, noun.index)]
    for verb in (clause, *sentence.ancestors(clause.index)):
        for subject in sentence.children(verb.index, "nsubj"):
            if subject.index != noun.index:
                return _states(article, sentence, subject.index)
        # "the Omani minister said relations with Qatar had improved": his own state's
        said = verb.head >= 0 and sentence.tokens[verb.head].lemma.lower() in words("fact", "saying")
        if verb.deprel in {"acl:relcl", "parataxis"} or (verb.deprel == "ccomp" and not said):
            break
    return []
