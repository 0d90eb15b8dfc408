"""Who does a thing to whom: the parties of a trigger, found along the tree."""

from dataclasses import dataclass

from comity.coding import constructions, statement
from comity.coding.constructions import path
from comity.coding.statement import cases, clause_head
from comity.knowledge import plover
from comity.language.graph import graph_of
from comity.language.tree import Sentence, Token, dateline
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, PlaceMention
from comity.records.record import Actor

_CLAUSES = 6
"""From how many clauses above the subject of a predicate is taken."""
_NAME_WORDS = 6
"""So many words behind a state's name may belong to the name of a firm."""
_CLAUSE = frozenset({"acl", "ccomp", "advcl", "parataxis"})
_EVEN = 0.2
_WHOSE = ("nmod:poss", "amod", "compound")
_BY = ("between", "by", "of", "from", "among")
# first step down from a verb, by relation and preposition: the smaller, the likelier the recipient
_STEP = {
    "obj": 0.0,
    "iobj": 0.0,
    "nsubj:pass": 0.0,
    "xcomp": 2.5,
    "ccomp": 2.0,
    "advcl": 5.0,
    "acl": 3.0,
    "acl:relcl": 5.0,
    "nmod:poss": 1.0,
}
_CASE = {
    "against": 0.3, "on": 0.5, "upon": 0.5, "with": 0.4, "to": 0.5, "toward": 0.6, "towards": 0.6, "at": 1.5,
    "from": 1.0, "into": 0.9, "for": 1.2, "over": 1.6, "between": 0.4, "of": 1.5, "in": 1.8, "about": 2.2, "by": 4.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """A party with the token that carries it; `codes` are its states (a former one as its successor)."""

    head: int
    start: int
    end: int
    codes: frozenset[str]
    actors: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one sentence: those that can act, and those and the places that can be acted on."""

    agents: tuple[Party, ...]
    patients: tuple[Party, ...]


def parties_of(article: Article, sentence: Sentence) -> Parties:
    """The parties that a sentence names: mentions with a known state or organisation."""
    key = f"parties of {sentence.index}"
    if key not in article.derived:
        article.derived[key] = _parties_of(article, sentence)
    kept: Parties = article.derived[key]
    return kept


def _parties_of(article: Article, sentence: Sentence) -> Parties:
    lead, named = dateline(sentence), [m for m in article.actors_in(sentence.index) if m.states]
    meant = [m for m in named if not _labels(sentence, m)]
    private = [m for m in meant if _private(sentence, m)]
    agents = [_party(m) for m in meant if m not in private]
    places = [
        _place(sentence, p)
        for p in article.places_in(sentence.index)
        if p.state and p.start >= lead and not any(m.start < p.end and p.start < m.end for m in named)
    ]
    return Parties(tuple(agents), tuple(sorted([*agents, *map(_party, private), *places], key=lambda p: p.start)))


def _party(mention: ActorMention) -> Party:
    members = mention.members or (mention,)
    codes = frozenset(c for m in members if (c := m.state_now or m.state or m.organisation))
    actors = tuple(statement.actor(m) for m in members if m.states)
    return Party(mention.head, mention.start, mention.end, codes, actors)


def _place(sentence: Sentence, place: PlaceMention) -> Party:
    head = sentence.head_of(place.first, place.last)
    actor = Actor(text=place.text, name=place.name, state=place.state, start=place.start, end=place.end)
    return Party(head, place.start, place.end, frozenset({place.state or ""}), (actor,))


def _labels(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether a state's name only says which money, war, tongue or origin is meant: "Swiss francs", "Chinese-made"."""
    inside = range(mention.first, mention.last)
    return any(constructions.found("label", sentence, i, frozenset({mention.kind})) for i in inside)


def _private(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether a mention is of a firm or of private persons: "Danish farmers", "Indian and Australian businessmen"."""
    if mention.organisation:
        return False
    if mention.kind in {"adjective", "state"} and _names_firm(sentence, mention):
        return True
    return constructions.found("private", sentence, mention.head, frozenset({mention.kind})) is not None


def _names_firm(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether a state's name begins that of a firm: "Swedish Match AB", but not "Iraqi militant groups"."""
    for token in sentence.tokens[mention.last : mention.last + _NAME_WORDS]:
        if token.text.lower() in plover.noun_class("@business"):
            return True
        if token.upos not in {"PROPN", "X"} and not (token.upos == "NOUN" and token.text[:1].isupper()):
            return False
    return False


def subject(sentence: Sentence, index: int) -> tuple[int | None, bool]:
    """The token that heads the subject of a predicate, and whether the predicate is passive.

    The graph says whose subject is shared, controlled or relative ("met and signed", "agreed to sign", "troops that
    entered"). Where it has none, the clause above says who acts: "the treaty signed", "left after signing".
    """
    is_passive = bool(path("{passive}").reached(sentence, index))
    at: tuple[int, ...] = (index,)
    for _ in range(_CLAUSES):
        if found := path("{agent}").reached(sentence, at[0]):
            return found[0], is_passive
        at = path("{clause_above}").reached(sentence, at[0])
        if not at:
            break
    return None, is_passive


def travellers(sentence: Sentence, found: list[Party]) -> list[Party]:
    """Of parties, those whose journey is a state's: not its people at large ("Cubans", "an Irish immigrant")."""
    return [p for p in found if not _people(sentence, p)]


def _people(sentence: Sentence, party: Party) -> bool:
    token = sentence.tokens[party.head]
    if token.deprel in {"amod", "compound"}:
        token = sentence.tokens[token.head]  # "an Irish immigrant"
    named = sentence.clip(party.start, party.end)
    plural = token.xpos in {"NNS", "NNPS"} and named == token.text
    demonym = plural and named.endswith(("ans", "is", "ers"))
    return demonym or token.lemma.lower() in plover.noun_class("@folk")


def near(sentence: Sentence, head: int, parties: tuple[Party, ...], *, deep: int = 3) -> list[Party]:
    """Parties that a noun phrase names: carried by its head or one joined to it, else by a word that qualifies it."""
    ranked = [(d, p) for p in parties if (d := _depth(sentence, p.head, head)) is not None and d <= deep]
    least = min((d for d, _ in ranked), default=0.0)
    return [p for d, p in ranked if d <= least + _EVEN]


def _way(sentence: Sentence, index: int, top: int) -> list[Token] | None:
    """The words from one up to, without it, another above it; null where it is not above."""
    up = [sentence.tokens[index], *sentence.ancestors(index)]
    return next((up[:n] for n, token in enumerate(up) if token.index == top), None)


def _depth(sentence: Sentence, index: int, top: int) -> float | None:
    """How deep in a phrase a word stands; null where it does not, or in a clause of its own."""
    way = _way(sentence, index, top)
    relations = [t.deprel.split(":")[0] for t in way or ()]
    if way is None or _CLAUSE & set(relations):
        return None
    return sum({"conj": 0.0, "flat": 0.5, "appos": 0.5}.get(r, 1.0) for r in relations)


def agents(sentence: Sentence, index: int, parties: Parties) -> list[Party]:
    """Who does what a verb reports: its subject, the "by" phrase of a passive, the speaker of "it said it would"."""
    head, is_passive = subject(sentence, index)
    if is_passive:
        return _behind_by(sentence, index, parties)
    lead = dateline(sentence)
    if head is None:
        # a dateline can draw the tree's root or subject to itself: then the words before the verb say who acts
        # so can a headline: "Kenya, Uganda sign" has its parties right before the verb
        beside = [p for p in parties.agents if p.end + 1 == sentence.tokens[index].start]
        return _before(sentence, index, parties) if lead > sentence.start or beside else []
    if sentence.tokens[head].lemma.lower() in plover.noun_class("@quantity"):
        return []  # "the U.S. deficit with Japan hit 58 billion dollars"
    found = near(sentence, head, parties.agents)
    if found:
        return _run(sentence, found, parties)
    clause = sentence.tokens[clause_head(sentence, index)]
    above, saying = sentence.tokens[clause.head], plover.noun_class("@saying")
    # "it", "they", "he": "those who fled", "this" and "somebody" are others than who speaks
    if sentence.tokens[head].xpos != "PRP" or clause.deprel != "ccomp" or above.lemma.lower() not in saying:
        return []
    outer, _ = subject(sentence, above.index)
    return near(sentence, outer, parties.agents) if outer is not None else []


def _behind_by(sentence: Sentence, index: int, parties: Parties) -> list[Party]:
    """Who does what is reported in the passive; of "were killed in an Israeli strike" whose the strike was."""
    if by := path("obl:agent/by,nmod:by").reached(sentence, index):
        return [p for i in by for p in near(sentence, i, parties.agents)]
    harm = path("obl:in,nmod:in[@harm]").reached(sentence, index)
    return [p for i in harm for p in holders(sentence, i, parties, of=False)]


def _before(sentence: Sentence, index: int, parties: Parties) -> list[Party]:
    """The last party before a verb with no other verb in between, with those joined to it."""
    last = [p for p in parties.agents if p.end <= sentence.tokens[index].start][-1:]
    between = [t.upos for p in last for t in sentence.tokens[:index] if t.start >= p.end]
    return [] if {"VERB", "SCONJ"} & set(between) else _run(sentence, last, parties)


def _run(sentence: Sentence, found: list[Party], parties: Parties) -> list[Party]:
    """Parties with those that only "and" or a comma parts from them, as headlines list them: "JORDAN, SUDAN SIGN"."""
    lists: list[list[Party]] = []
    for party in parties.agents:
        if lists and _joined(sentence, lists[-1][-1], party):
            lists[-1].append(party)
        else:
            lists.append([party])
    return [p for named in lists if any(p in found for p in named) for p in named]


def _joined(sentence: Sentence, first: Party, second: Party) -> bool:
    between = {t.text.lower() for t in sentence.tokens if t.start >= first.end and t.end <= second.start}
    return bool(between) and between <= {",", "and", "&", "the"}


def patients(
    sentence: Sentence,
    index: int,
    parties: Parties,
    actors: list[Party],
    *,
    prefer: frozenset[str],
    among: tuple[Party, ...] | None = None,
    far: float = 8.0,
) -> list[Party]:
    """To whom a predicate does it: the nearest party below it that is of another state than the actors."""
    own = frozenset(c for a in actors for c in a.codes)
    taken = {a.head for a in actors}
    undergoer = _undergoer(sentence, index)
    ranked: list[tuple[float, Party]] = []
    for party in parties.patients if among is None else among:
        if party.head in taken or not party.codes - own:
            continue
        cost = _depth(sentence, party.head, undergoer) if undergoer is not None else None
        if cost is None:
            cost = _cost(sentence, party.head, index, prefer)
            cost = cost if cost is not None and cost < far else None
        if cost is not None:
            ranked.append((cost, party))
    best = min((c for c, _ in ranked), default=0.0)
    return [p for c, p in sorted(ranked, key=lambda r: (r[0], r[1].start)) if c <= best + 0.05]


def _undergoer(sentence: Sentence, index: int) -> int | None:
    """The word outside of a predicate's phrase to which it is done: of a passive, of "Chad, which Kenya bombed"."""
    about = [e for e in graph_of(sentence).dependents(index, "obj", "iobj") if e.source == "relative"]
    head, is_passive = subject(sentence, index)
    return about[0].dependent if about else head if is_passive else None


def _cost(sentence: Sentence, index: int, top: int, prefer: frozenset[str]) -> float | None:
    """How far a party lies below a predicate; null where its path leads elsewhere."""
    way = _way(sentence, index, top)
    if not way:
        return None
    first = way[-1]
    relation = first.deprel.split(":")[0]
    if (relation in {"nsubj", "csubj"} and first.deprel != "nsubj:pass") or any(t.deprel == "parataxis" for t in way):
        return None
    if relation == "conj" and first.upos in {"VERB", "AUX"}:
        return None
    # whoever is joined by "and" is as near as the first: "accused Chad and Sudan"
    return round(sum(_step(sentence, t, prefer) + 0.1 for t in way if t.deprel != "conj"), 6)


def _step(sentence: Sentence, token: Token, prefer: frozenset[str]) -> float:
    """What one step down the tree adds to how far a party lies."""
    relation = token.deprel.split(":")[0]
    if token.deprel not in _STEP and relation in {"obl", "nmod"}:
        marks = cases(sentence, token.index)
        return -0.5 if marks & prefer else min((_CASE.get(c, 2.0) for c in marks), default=2.0)
    return _STEP.get(token.deprel, _STEP.get(relation, 0.6))


def holders(sentence: Sentence, index: int, parties: Parties, *, of: bool = True) -> list[Party]:
    """Whose act a noun reports: "Russia's", "Russian", "of Russia", "by Russia", "between Russia and Mongolia"."""
    marks = [c for c in _BY if of or c not in {"of", "from"}]
    ways = [*((r, 3) for r in _WHOSE), *((f"{r}:{c}", 0) for c in marks for r in ("nmod", "obl"))]
    for relation, deep in ways:
        for edge in graph_of(sentence).dependents(index, relation):
            if found := near(sentence, edge.dependent, parties.agents, deep=deep):
                return found
    # a demonym that is its own mention, or one that covers the noun ("Russian troops")
    return [p for p in parties.agents if p.head == index]


def shared(sentence: Sentence, index: int, parties: Parties, *, alone: bool = True) -> list[Party]:
    """Parties of an instrument or meeting: "between X and Y", "X-Y talks", "of X with Y"."""
    found = holders(sentence, index, parties)
    for edge in graph_of(sentence).dependents(index, "nmod", "obl"):
        marks = cases(sentence, edge.dependent)
        if marks & {"between", "by", "of"} or ("with" in marks and (alone or found)):
            found += [p for p in near(sentence, edge.dependent, parties.agents) if p not in found]
    return found


def merge(parties: list[Party], apart: frozenset[str] = frozenset()) -> tuple[Actor, ...]:
    """Their actors, each state or organisation once, in text order; without those whose code is in `apart`."""
    seen: dict[str, Actor] = {}
    for actor in (a for party in sorted(parties, key=lambda p: p.start) for a in party.actors):
        seen.setdefault(actor.state_now or actor.state or actor.organisation or actor.text, actor)
    return tuple(actor for code, actor in seen.items() if code not in apart)
