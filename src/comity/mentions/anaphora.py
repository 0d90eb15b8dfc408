"""Words that name nobody as mentions: pronouns, "the two sides", "the government", with those whom they stand for."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from comity.knowledge.states import continuing, rows, states
from comity.language.tree import Sentence, Token
from comity.mentions.antecedents import Asked, Scene, asked, meant, named, points
from comity.mentions.mention import ActorMention

SURE = 0.5
"""From this likelihood on a phrase that names nobody stands for whom the network says."""
SURER = 0.7
"""The same for pronouns, most of which stand for no state."""
_ASKING = frozenset({"he", "it", "they", "we", "i", "two"})
_PRONOUNS = frozenset({"it", "they"})
_NOUNS = frozenset({"state", "states", "government", "side", "sides", "office", "offices", "force", "forces", "body"})
_PEOPLE = frozenset({"leader", "president", "minister", "premier", "chancellor", "king", "official"})
_SECTORS = {"government": "GOV", "office": "GOV", "offices": "GOV", "force": "MIL", "forces": "MIL"}
_POINTING = frozenset({"the", "these", "those", "both", "all", "this", "that", "its", "their", "his", "her", "our"})
_OWNING = frozenset({"its", "his", "her"})
_SENT = frozenset({"delegation", "mission", "team"})
"""Whose a lone delegation is, guest's or host's, nothing but a name before it says."""


def point_back(scene: Scene) -> Iterator[ActorMention]:
    """A mention for each word of an article that names nobody and stands for parties that the article names."""
    article = scene.article
    for sentence in article.sentences:
        taken = {i for m in article.actors_in(sentence.index) for i in range(m.first, m.last)}
        for token in sentence.tokens:
            span = _span(sentence, token) if token.index not in taken else None
            if span is None or taken & set(span):
                continue
            question = asked(sentence, span)
            if question.form not in _ASKING | _NOUNS or named(article, sentence, span):
                continue
            if question.form in _PRONOUNS and question.relation != "subject":
                continue  # "its", "them": read by fresh eyes, none stood for whom the network said
            if question.form == "it" and _elsewhere(sentence, token, taken):
                continue
            doer = _doer(scene, sentence, token)
            owning = sentence.tokens[span[0]].text.lower() in _OWNING
            owned = doer and owning and token.deprel == "obj" and token.lemma.lower() != "neighbour"
            # "France recalled its troops"; "France lent the country ten million euros"
            others = doer if token.deprel == "iobj" else frozenset()
            if owning and token.lemma.lower() == "neighbour":
                others = _last_named(scene, sentence, token)  # "Chad's debts to its neighbour" are not to Chad
            codes, likely = (doer, 1.0) if owned else meant(scene, question, others)
            if codes and likely >= (SURER if question.form in _PRONOUNS else SURE):
                yield _mention(scene, sentence, span, question, sorted(codes))


def _last_named(scene: Scene, sentence: Sentence, token: Token) -> frozenset[str]:
    """The party named last before a word in its sentence."""
    before = [m for m in scene.article.actors_in(sentence.index) if m.last <= token.index and len(m.states) == 1]
    return frozenset(continuing(c) for m in before[-1:] for c in m.states)


def _doer(scene: Scene, sentence: Sentence, token: Token) -> frozenset[str]:
    """The one party that is the subject of the verb of which a word is the object; none where that names no one."""
    subjects: set[int] = set()
    for verb in sentence.above[token.index]:
        subjects = {c.index for c in sentence.below[verb.index] if c.relation == "nsubj"}
        if subjects or verb.deprel != "xcomp":
            break
    named = [m for m in scene.article.actors_in(sentence.index) if m.head in subjects and not m.members]
    codes = frozenset(continuing(c) for m in named for c in m.states)
    return codes if len(codes) == 1 else frozenset()


@cache
def _businesses() -> frozenset[str]:
    return frozenset(r["word"] for r in rows("en/businesses.csv"))


def _elsewhere(sentence: Sentence, token: Token, taken: set[int]) -> bool:
    """Whether a clause above has a firm, or a name that stands for no state, as its subject: "Mobil said it …"."""
    for above in sentence.above[token.index]:
        for subject in sentence.below[above.index]:
            if subject.relation != "nsubj" or subject.index >= token.index or subject.index in taken:
                continue
            behind = (c.text.lower() for c in sentence.below[subject.index] if c.relation == "flat")
            words = {subject.lemma.lower(), *behind}
            if subject.upos == "PROPN" or words & _businesses():
                return True
    return False


def _span(sentence: Sentence, token: Token) -> list[int] | None:
    """The tokens of a phrase that may point back: a pronoun, or a noun with what stands before it and points."""
    if token.upos == "PRON":
        return [token.index]
    if token.upos != "NOUN" or not points(token.lemma) or token.lemma.lower() in _SENT:
        return None
    kids = sentence.below[token.index]
    before = [c for c in kids if c.index < token.index and c.relation in {"det", "nummod", "amod"}]
    owner = [c for c in kids if c.deprel == "nmod:poss"]
    if any(c.deprel == "nmod" and c.index > token.index for c in kids):
        return None  # "the leaders of Chad": somebody is named
    if not {c.text.lower() for c in (*before, *owner)} & (_POINTING | {"two", "2"}):
        return None
    first = min(c.index for c in (*before, *owner))
    return list(range(first, token.index + 1))


def _mention(scene: Scene, sentence: Sentence, span: list[int], question: Asked, codes: list[str]) -> ActorMention:
    first, last = span[0], span[-1] + 1
    start, end = sentence.tokens[first].start, sentence.tokens[last - 1].end
    found = sorted((_antecedent(scene, question, code) for code in codes), key=lambda m: (m.sentence, m.first))
    pointed = [
        replace(
            m, sentence=sentence.index, first=first, last=last, head=question.token, start=start, end=end,
            text=sentence.clip(start, end), antecedent=(m.text, m.start, m.end, m.part), part=sentence.part,
            members=(),
        )
        for m in found
    ]  # fmt: skip
    sector = _SECTORS.get(question.form)
    if len(pointed) > 1:
        people = sentence.tokens[question.token].lemma.lower() in _PEOPLE
        members = tuple(m if m.kind == "person" and people else _plain(m) for m in pointed)
        return replace(
            pointed[0], kind="pronoun", name=None, role=None, state=None, organisation=None,
            sector=sector, members=members, antecedent=None,
        )  # fmt: skip
    if sector is not None:
        return replace(pointed[0], kind="group", name=None, role=None, sector=sector)
    return replace(pointed[0], kind="pronoun")


def _plain(mention: ActorMention) -> ActorMention:
    kind = "state" if mention.state else "organisation"
    return replace(mention, kind=kind, name=_name(mention), role=None)


def _name(mention: ActorMention) -> str | None:
    return states()[mention.state].name if mention.state in states() else mention.organisation


def _antecedent(scene: Scene, question: Asked, code: str) -> ActorMention:
    """The mention that names a party: the last one before the question, else the first; a person's for "he"."""
    spot = (question.sentence, question.token)
    candidate = next(c for c in scene.candidates if c.code == code)
    places = [p[:2] for p in candidate.places if p[2] == "person"] if question.form in {"he", "i"} else []
    places = places or [p[:2] for p in candidate.places if p[2] != "place"] or [p[:2] for p in candidate.places]
    at = max((p for p in places if p < spot), default=places[0])
    for m in scene.article.actors_in(at[0]):
        if m.head == at[1] and m.kind != "pronoun" and code in {*m.states, m.state_now}:
            return _one_of(m, code)
    sentence = scene.article.sentences[at[0]]
    token = sentence.tokens[at[1]]
    return ActorMention(
        at[0], token.index, token.index + 1, token.index, token.start, token.end, token.text, "state",
        name=states()[code].name, state=code, sector="GOV", part=sentence.part,
    )  # fmt: skip


def _one_of(mention: ActorMention, code: str) -> ActorMention:
    member = next((m for m in mention.members if code in {*m.states, m.state_now}), None)
    return member if member is not None else mention
