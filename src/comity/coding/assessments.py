"""Assessments: whose influence over whom, which relations, and which way they are said to go."""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.coding.statement import clause_head, clause_span, date_of, negated, source, status_of
from comity.knowledge import standing
from comity.language.tree import Sentence, Token
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention
from comity.records.record import Assessment

_OVER = frozenset({"over", "in", "on", "with", "towards", "toward", "upon", "into", "to", "among"})
_WITH = frozenset({"with", "towards", "toward", "to"})
_OF = frozenset({"of", "by"})
_MUTUAL = frozenset({"relations", "rivalry"})
_SAYING = frozenset({"say", "claim", "report", "add", "note", "stress", "declare", "argue", "believe"})
_IF = frozenset({"if", "unless", "whether", "would", "could", "may", "might", "should"})
_PAIR = 2
_CLIMB = 3
"""How many heads above the noun may tell the direction ("has endeavoured to restore strong relations")."""


@dataclass(frozen=True, slots=True)
class _Ends:
    of: str
    over: str | None


def code_assessments(article: Article) -> list[Assessment]:
    """Claims on standing, in the order of the text; each names whose standing and which way it goes.

    A claim needs a noun of standing ("influence", "relations"), the two whose standing it is, each named exactly, and a
    word of its own that tells the direction; without one of them nothing is recorded, nor of a whole list of states,
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


def _claims(article: Article, sentence: Sentence, token: Token, dimension: str) -> Iterator[Assessment]:
    direction, teller = _direction(sentence, token)
    if direction is None or (dimension in _MUTUAL and direction == "countered"):
        return
    if sentence.tokens[teller].upos == "VERB" and _is_doubted(article, sentence, teller):
        return
    for ends in _ends(article, sentence, token, dimension, direction):
        start = min(sentence.tokens[min(token.index, teller)].start, sentence.span(token.index)[0])
        if teller > token.index and token.deprel == "conj":
            start = min(start, sentence.span(token.head)[0])
        end = max(sentence.tokens[max(token.index, teller)].end, clause_span(sentence, token.index)[1])
        if direction != "countered" and sentence.tokens[teller].upos == "VERB" and teller > token.index:
            end = max(end, sentence.tokens[teller].end)
        date, _ = date_of(article, sentence, teller)
        against = ends.of if direction == "countered" else None
        yield Assessment(
            **source(article, sentence, start, end),
            of=ends.of,
            over=ends.over,
            dimension=dimension,
            direction=direction,
            against=against,
            period=date,
            confidence=0.7 if ends.over else 0.55,
            evidence=f"rule: {token.text.lower()}, {sentence.tokens[teller].text.lower()}",
        )


def _is_doubted(article: Article, sentence: Sentence, teller: int) -> bool:
    """Whether a verb's own words, or the verb it completes, take its claim back: "would grow", "hopes to improve"."""
    own = {c.text.lower() for c in sentence.children(teller, "aux", "mark")}
    if own & _IF or negated(sentence, teller):
        return True
    completes = sentence.tokens[teller].deprel in {"xcomp", "acl", "advcl"}
    return completes and status_of(article, sentence, teller) in {"hypothetical", "denied"}


def _is_name(sentence: Sentence, token: Token) -> bool:
    """Whether a noun of standing is part of a name within a sentence: "the Trans-Pacific Partnership"."""
    before = sentence.tokens[token.index - 1] if token.index else None
    return sentence.part != "title" and before is not None and token.text.istitle() and before.text[:1].isupper()


def _direction(sentence: Sentence, token: Token) -> tuple[str | None, int]:
    """What tells the direction of a noun of standing, and where: its verb, its adjective, a noun above it."""
    words = standing.words("direction")
    after = _verb_after(sentence, token)
    if after is not None and after.lemma.lower() in words:
        return words[after.lemma.lower()], after.index
    for below in sentence.subtree(token.index):
        # a bare participle after the phrase: "influence over Mongolia increased"
        if below.index > token.index and below.deprel == "acl" and below.xpos in {"VBN", "VBD"}:
            value = words.get(below.lemma.lower())
            if value is not None:
                return value, below.index
    i, relation = token.index, token.deprel.split(":")[0]
    # "relations and influence … increased": the verb of the first of a pair holds for the second
    while relation == "conj" and sentence.tokens[i].head >= 0:
        i = sentence.tokens[i].head
        relation = sentence.tokens[i].deprel.split(":")[0]
    for _ in range(_CLIMB):
        above = sentence.tokens[i].head
        if above < 0:
            break
        head = sentence.tokens[above]
        value = words.get(head.lemma.lower())
        if value is not None and relation in {"nsubj", "obj", "nmod", "obl", "compound", "root", "acl", "ccomp"}:
            return value, above
        if relation not in {"nmod", "compound", "obj", "conj", "nsubj"} or head.upos == "VERB":
            break
        i, relation = above, head.deprel.split(":")[0]
    # a headline may take the verb for a name: "Counter Chinese Influence"
    before = sentence.tokens[max(0, token.index - 3) : token.index]
    for t in before:
        if words.get(t.text.lower()) == "countered":
            return "countered", t.index
    for child in sentence.children(token.index, "amod", "acl"):
        value = words.get(child.lemma.lower()) or words.get(child.text.lower())
        if value is not None:
            return value, child.index
    return None, token.index


_NOMINAL = frozenset({"ADP", "DET", "PROPN", "NOUN", "ADJ", "PART", "NUM"})


def _verb_after(sentence: Sentence, token: Token) -> Token | None:
    """The verb right after the noun's phrase, no subject between them: the noun is its subject."""
    last = max(t.index for t in sentence.subtree(token.index))
    at = last + 1
    if at < len(sentence.tokens) and sentence.tokens[at].lemma.lower() in _OVER:
        # "relations and influence over Mongolia increased": a phrase that the tree gives to the first of the pair
        while at < len(sentence.tokens) and sentence.tokens[at].upos in _NOMINAL:
            at += 1
    if at >= len(sentence.tokens):
        return None
    verb = sentence.tokens[at]
    finite = verb.upos == "VERB" and verb.xpos in {"VBD", "VBZ", "VBP"}
    between = any(s.index > token.index for s in sentence.children(verb.index, "nsubj"))
    return verb if finite and not between else None


def _ends(article: Article, sentence: Sentence, token: Token, dimension: str, direction: str) -> list[_Ends]:
    owners, objects, between = [], [], []
    nouns = [token.index]
    if token.deprel == "conj" and token.head >= 0:
        nouns.append(token.head)
    nouns += [c.index for c in sentence.children(token.index, "conj")]
    for noun in nouns:
        for child in sentence.children(noun, "nmod", "amod", "compound", "obl"):
            case = {c.lemma.lower() for c in sentence.children(child.index, "case")}
            held = _states(article, sentence, child.index)
            if "between" in case or "among" in case:
                between += held
            elif child.deprel in {"nmod:poss", "amod", "compound"} or case & _OF:
                owners += held
            elif case & (_WITH if dimension in _MUTUAL else _OVER) and not _is_person(article, sentence, child.index):
                objects += held
    owners, objects, between = (list(dict.fromkeys(x)) for x in (owners, objects, between))
    mutual = dimension in _MUTUAL
    pair = between or (owners if mutual and not objects else [])
    if pair:
        return [_Ends(pair[0], pair[1])] if len(pair) == _PAIR else []
    countered = direction == "countered"
    if not owners and not countered:
        # "Russia has endeavoured to restore strong relations with Mongolia": the subject's own
        owners = [s for s in _subject(article, sentence, token) if s not in objects]
    if not objects and countered:
        objects = _clause_objects(article, sentence, token, owners)
    if len(owners) != 1 or len(objects) > _PAIR or not (objects or countered):
        return []
    ends: list[str | None] = [*objects] or [None]
    return [_Ends(owners[0], b) for b in ends if b != owners[0]]


def _states(article: Article, sentence: Sentence, index: int) -> list[str]:
    """States named at a token, or joined to it by "and" or a hyphen."""
    heads = [index, *(c.index for c in sentence.children(index, "conj", "compound", "amod", "flat"))]
    mentions: list[ActorMention] = article.actors_in(sentence.index)
    out = [s for i in heads for m in mentions if m.first <= i < m.last for s in m.states]
    return list(dict.fromkeys(out))


def _is_person(article: Article, sentence: Sentence, index: int) -> bool:
    """Whether a person stands at a token: a tie to somebody is not one to his state."""
    return any(m.first <= index < m.last and m.kind == "person" for m in article.actors_in(sentence.index))


def _subject(article: Article, sentence: Sentence, token: Token) -> list[str]:
    i = clause_head(sentence, token.index)
    for _ in range(4):
        for s in sentence.children(i, "nsubj"):
            if s.index != token.index:
                return _states(article, sentence, s.index)
        relation = sentence.tokens[i].deprel
        above = sentence.tokens[i].head
        # "the Omani minister said relations with Qatar had improved": his own state's
        said = relation == "ccomp" and above >= 0 and sentence.tokens[above].lemma.lower() in _SAYING
        if above < 0 or relation in {"acl:relcl", "parataxis"} or (relation == "ccomp" and not said):
            break
        i = above
    return []


def _clause_objects(article: Article, sentence: Sentence, token: Token, owners: list[str]) -> list[str]:
    """A state elsewhere in the clause that the standing is said to be with: "welcomed in Mongolia as countering …"."""
    if token.head < 0:
        return []
    verbs = [clause_head(sentence, token.index)]
    verbs += [a.index for a in sentence.ancestors(verbs[0])][:1]
    for verb in verbs:
        for child in sentence.children(verb, "obl"):
            case = {c.lemma.lower() for c in sentence.children(child.index, "case")}
            held = [s for s in _states(article, sentence, child.index) if s not in owners]
            if case & {"over", "in", "on", "with"} and held:
                return held
    return []
