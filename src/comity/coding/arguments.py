"""Who does a thing to whom: the parties of a trigger, found along the tree."""

from dataclasses import dataclass, replace
from functools import cache

from comity.coding import statement
from comity.coding.statement import clause_head
from comity.knowledge import currencies, plover
from comity.knowledge.names import find_names
from comity.knowledge.states import rows
from comity.language.tree import Sentence, Token, dateline
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, PlaceMention
from comity.records.record import Actor

_SAYING = frozenset(
    {"say", "tell", "announce", "add", "report", "declare", "state", "confirm", "note", "stress", "claim"}
)
# what a private firm or person is called; such are no actors of states
_PRIVATE = frozenset(
    {"company", "firm", "corporation", "manufacturer", "maker", "producer", "trader", "dealer", "airline", "investor",
     "importer", "exporter", "shareholder", "group", "bank", "player", "actor", "singer", "writer", "student",
     "tourist",
     "athlete", "team", "businessman", "economist", "analyst", "scientist", "consumer", "retailer", "supplier"}
)  # fmt: skip
_MONEY = frozenset(
    {"dollar", "dlr", "franc", "mark", "yen", "pound", "peso", "crown", "krone", "krona", "rupee", "dinar", "currency"}
)  # fmt: skip
_FOLK = frozenset(
    {"immigrant", "migrant", "emigrant", "refugee", "citizen", "resident", "tourist", "traveller", "traveler",
     "student", "child", "family", "parent", "worker", "player", "artist", "settler", "worshipper", "pilgrim", "fan",
     "visitor"}
)  # fmt: skip
_ORIGIN = frozenset(
    {"made", "built", "owned", "based", "designed", "speaking", "language", "style", "registered", "listed",
     "produced", "grown", "manufactured"}
)  # fmt: skip
_RELATIVE = frozenset({"which", "that", "whom", "who"})
_TONGUE = frozenset(
    {"language", "learner", "proficiency", "lesson", "speaker", "translation", "dictionary", "translator"}
)
_SCHOOL = frozenset({"education", "training", "program", "programme", "instruction", "teacher", "class", "course"})
# first step down from a verb, by relation and preposition: the smaller, the likelier the recipient
_STEP = {
    "obj": 0.0,
    "iobj": 0.0,
    "nsubj:pass": 0.0,
    "xcomp": 2.5,
    "ccomp": 2.0,
    "advcl": 5.0,
    "acl": 3.0,
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
    agents: list[Party] = []
    private: list[Party] = []
    labels: list[tuple[int, int]] = []
    lead = dateline(sentence)
    for mention in article.actors_in(sentence.index):
        if not mention.states or mention.end <= lead:
            continue
        if _labels(sentence, mention):
            labels.append((mention.start, mention.end))
            continue
        (private if _private(sentence, mention) else agents).append(_party(mention))
    covered = [*labels, *((p.start, p.end) for p in (*agents, *private))]
    places = [
        _place(sentence, p)
        for p in article.places_in(sentence.index)
        if p.state and p.start >= lead and not any(s < p.end and p.start < e for s, e in covered)
    ]
    return Parties(tuple(agents), tuple(sorted([*agents, *private, *places], key=lambda p: p.start)))


def _party(mention: ActorMention) -> Party:
    members = mention.members or (mention,)
    codes = frozenset(c for m in members if (c := m.state_now or m.state or m.organisation))
    actors = tuple(statement.actor(m) for m in members if m.states)
    return Party(mention.head, mention.start, mention.end, codes, actors)


def _place(sentence: Sentence, place: PlaceMention) -> Party:
    inside = range(place.first, place.last)
    head = next((i for i in inside if sentence.tokens[i].head not in inside), place.first)
    actor = Actor(text=place.text, name=place.name, state=place.state, start=place.start, end=place.end)
    return Party(head, place.start, place.end, frozenset({place.state or ""}), (actor,))


def _labels(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether a state's name only says which money, war, tongue or origin is meant: "Swiss francs", "Chinese-made"."""
    words = sentence.tokens
    joined = range(mention.first + 1, min(mention.last + 1, len(words) - 1))
    if any(words[i].text in {"-", "–"} and words[i + 1].text.lower() in _ORIGIN for i in joined):
        return True
    if mention.kind == "adjective" and _language(sentence, mention):
        return True
    if mention.kind not in {"state", "adjective"} or mention.last >= len(words):
        return False
    after = words[mention.last]
    if after.text in {"War", "Wars"}:
        return mention.first == 0 or words[mention.first - 1].text not in {"-", "–"}
    # "Mark" and "Real" are names, too
    money = currencies.code(after.text) or currencies.code(after.text, 1990) or after.lemma.lower() in _MONEY
    return bool(money) and (after.text.islower() or after.upos == "NOUN" or after.text.lower() in {"dlr", "dlrs"})


def _language(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether an adjective names a language: "Russian lessons", "taught in English" (which is rarely a state's)."""
    token = sentence.tokens[mention.head]
    if token.deprel in {"amod", "compound"} and token.head >= 0:
        noun = sentence.tokens[token.head].lemma.lower()
        return noun in _TONGUE or (token.text == "English" and noun in _SCHOOL)
    return token.text == "English" and not sentence.children(token.index, "det")


@cache
def _businesses() -> frozenset[str]:
    # a unit may be one of an army
    return frozenset(r["word"] for r in rows("businesses.csv")) - {"unit"}


@cache
def _private_words() -> frozenset[str]:
    return _PRIVATE | _businesses()


def _firm(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether a state's name is part of a firm's, or says where it is: "Swedish Match AB", "Amoco Corp of the U.S."."""
    above = sentence.tokens[mention.head].head
    if 0 <= above < mention.first and any(c.lemma == "of" for c in sentence.children(mention.head, "case")):
        name = sentence.tokens[above : mention.first]
        if sentence.tokens[above].upos == "PROPN" and any(
            t.text == "<" or t.text.lower() in _businesses() for t in name
        ):
            return True
    for token in sentence.tokens[mention.last : mention.last + 6]:
        if token.text.lower() in _businesses():
            return True
        # "Australia and New Zealand Banking Group", but not "Iran and Amoco Corp"
        named = token.text == "and" and find_names(sentence.clip(token.end + 1, sentence.end))[:1]
        link = token.text == "&" or (token.text == "and" and mention.kind == "adjective")
        link = link or bool(named and named[0].start == 0)
        if token.upos not in {"PROPN", "X"} and not (token.upos == "NOUN" and token.text[:1].isupper()) and not link:
            return False
    return False


def _private(sentence: Sentence, mention: ActorMention) -> bool:
    if mention.organisation:
        return False
    if mention.kind in {"adjective", "state"} and _firm(sentence, mention):
        return True
    token = sentence.tokens[mention.head]
    while token.deprel == "conj" and token.upos == "ADJ" and token.head >= 0:
        token = sentence.tokens[token.head]  # "Indian and Australian businessmen"
    if token.lemma.lower() in _private_words():
        return not any(t.lemma.lower() in {"central", "state", "national"} for t in sentence.children(token.index))
    if mention.kind == "adjective" and token.head >= 0:
        return sentence.tokens[token.head].lemma.lower() in _private_words()
    return False


def subject(sentence: Sentence, index: int) -> tuple[int | None, bool]:
    """The token that heads the subject of a predicate, and whether the predicate is passive.

    Where the predicate has none of its own it is that of the clause above: "agreed to sign", "met and signed",
    "troops that entered", "left after signing".
    """
    passive = any(c.deprel in {"aux:pass", "nsubj:pass"} for c in sentence.children(index))
    i = index
    for _ in range(6):
        token = sentence.tokens[i]
        own = [c for c in sentence.children(i) if c.deprel.split(":")[0] in {"nsubj", "csubj"}]
        own = [c for c in own if c.deprel != "nsubj:outer"]
        if own:
            found = own[0]
            if found.lemma.lower() in {"who", "which", "that"} and token.deprel.startswith("acl") and token.head >= 0:
                return token.head, passive
            if i != index and found.deprel.endswith(":pass") and not passive:
                # "was accused of attacking": the passive subject of the outer verb does the inner act
                return found.index, False
            return found.index, passive
        relation = token.deprel.split(":")[0]
        if relation == "acl" and token.head >= 0:
            participle = token.xpos == "VBN" and i == index
            if participle:
                return token.head, True
            head = sentence.tokens[token.head]
            if token.xpos == "VBG" and sentence.children(head.index, "cop"):
                # "X is the largest donor, providing …": the participle tells of the clause's subject
                i = head.index
                continue
            if head.upos == "NOUN" and any(c.deprel == "mark" for c in sentence.children(i)):
                # "its decision to cut ties": who decides stands by the noun
                holder = sentence.children(head.index, "nmod:poss")
                if holder and holder[0].upos != "PRON":
                    return holder[0].index, passive
                # "announced its decision": whose it is, the clause's subject says
                i = clause_head(sentence, head.index)
                continue
            return token.head, passive
        if i == index and relation == "advcl" and token.xpos == "VBN" and not sentence.children(i, "aux", "mark"):
            passive = True  # "asked about Japan, he said": done to the subject of the clause above
        if relation in {"xcomp", "advcl"} and token.head >= 0:
            above = sentence.tokens[token.head]
            marks = {c.lemma.lower() for c in sentence.children(i, "mark", "case")}
            if relation == "xcomp" or marks & {"on", "for", "of", "from", "into"}:
                control = list(sentence.children(above.index, "obj", "iobj"))
                if control:
                    return control[0].index, passive
            i = above.index
            continue
        if relation in {"conj", "parataxis"} and token.head >= 0:
            i = token.head
            continue
        return None, passive
    return None, passive


def travellers(sentence: Sentence, found: list[Party]) -> list[Party]:
    """Of parties, those whose journey is a state's: not its people at large ("Cubans", "an Irish immigrant")."""
    return [p for p in found if not _people(sentence, p)]


def _people(sentence: Sentence, party: Party) -> bool:
    token = sentence.tokens[party.head]
    if token.deprel in {"amod", "compound"} and token.head >= 0:
        token = sentence.tokens[token.head]  # "an Irish immigrant"
    demonym = token.index == party.head and token.xpos in {"NNS", "NNPS"} and token.text.endswith("s")
    named = sentence.clip(party.start, party.end)
    return token.lemma.lower() in _FOLK or (demonym and named == token.text and named[:-1].endswith(("an", "i", "er")))


def near(sentence: Sentence, head: int, parties: tuple[Party, ...], *, deep: int = 3) -> list[Party]:
    """Parties that a noun phrase names: carried by its head or one joined to it, else by a word that qualifies it."""
    below = {t.index: _depth(sentence, t.index, head) for t in sentence.subtree(head)}
    found = [(below[p.head], p) for p in parties if p.head in below and below[p.head] <= deep]
    found = [(d, p) for d, p in found if not _crosses(sentence, p.head, head)]
    if not found:
        return []
    least = min(d for d, _ in found)
    return [p for d, p in found if d == least or (d <= least + 0.2)]


def _depth(sentence: Sentence, index: int, top: int) -> float:
    depth = 0.0
    while index != top:
        token = sentence.tokens[index]
        relation = token.deprel.split(":")[0]
        depth += 0.0 if relation == "conj" else 0.5 if relation in {"flat", "appos"} else 1.0
        index = token.head
    return depth


def _crosses(sentence: Sentence, index: int, top: int) -> bool:
    while index != top:
        token = sentence.tokens[index]
        if token.deprel.split(":")[0] in {"acl", "ccomp", "advcl", "parataxis"}:
            return True
        index = token.head
    return False


def agents(sentence: Sentence, index: int, parties: Parties) -> list[Party]:
    """Who does what a verb tells: its subject, or the "by" phrase of a passive; a speaker behind "it said it would"."""
    head, passive = subject(sentence, index)
    if passive:
        by = [c for c in sentence.children(index, "obl", "nmod") if _cases(sentence, c) & {"by"}]
        # "were killed in an Israeli strike": whose the strike was
        harm = [c for c in sentence.children(index, "obl") if c.lemma.lower() in plover.noun_class("@harm") and not by]
        within = [p for c in harm if "in" in _cases(sentence, c) for p in holders(sentence, c.index, parties, of=False)]
        return [p for c in by for p in near(sentence, c.index, parties.agents)] or within
    lead = dateline(sentence)
    if head is None or sentence.tokens[head].end <= lead:
        # a dateline can draw the tree's root or subject to itself: then the words before the verb tell who acts
        # so can a headline: "Kenya, Uganda sign" has its parties right before the verb
        beside = [p for p in parties.agents if p.end + 1 == sentence.tokens[index].start]
        return _before(sentence, index, parties) if lead > sentence.start or beside else []
    if sentence.tokens[head].lemma.lower() in plover.noun_class("@quantity"):
        return []  # "the U.S. deficit with Japan hit 58 billion dollars"
    found = near(sentence, head, parties.agents)
    if found:
        return _run(sentence, found, parties)
    if sentence.tokens[head].upos != "PRON":
        return []
    clause = sentence.tokens[clause_head(sentence, index)]
    if clause.deprel == "ccomp" and clause.head >= 0 and sentence.tokens[clause.head].lemma.lower() in _SAYING:
        outer, outer_passive = subject(sentence, clause.head)
        if outer is not None and not outer_passive:
            return near(sentence, outer, parties.agents)
    return []


def _before(sentence: Sentence, index: int, parties: Parties) -> list[Party]:
    """The last party before a verb with no other verb in between, with those joined to it."""
    left = [p for p in parties.agents if p.end <= sentence.tokens[index].start]
    if not left:
        return []
    last = left[-1]
    between = [t for t in sentence.tokens[:index] if t.start >= last.end]
    if any(t.upos in {"VERB", "SCONJ"} for t in between):
        return []
    return _run(sentence, [last], parties)


def _run(sentence: Sentence, found: list[Party], parties: Parties) -> list[Party]:
    """Parties with those that only "and" or a comma parts from them, as headlines list them: "JORDAN, SUDAN SIGN"."""
    out = list(found)
    grew = True
    while grew:
        grew = False
        for party in parties.agents:
            if party not in out and any(_joined(sentence, party, other) for other in out):
                out.append(party)
                grew = True
    return sorted(out, key=lambda p: p.start)


def _joined(sentence: Sentence, one: Party, other: Party) -> bool:
    first, second = sorted((one, other), key=lambda p: p.start)
    between = [t.text.lower() for t in sentence.tokens if t.start >= first.end and t.end <= second.start]
    return bool(between) and all(w in {",", "and", "&", "the"} for w in between)


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
    head, passive = subject(sentence, index)
    below = {t.index for t in sentence.subtree(index)}
    extra = head if sentence.tokens[index].deprel == "acl:relcl" or passive else None
    undergoes = passive
    if any(c.text.lower() in _RELATIVE for c in sentence.children(index, "obj", "iobj")):
        extra, undergoes = sentence.tokens[index].head, True  # "Chad, which Kenya bombed"
    ranked: list[tuple[float, Party]] = []
    taken = {a.head for a in actors}
    for party in parties.patients if among is None else among:
        if party.head in taken or not party.codes - own:
            continue
        if extra is not None and party.head in {t.index for t in sentence.subtree(extra)} and undergoes:
            cost = _depth(sentence, party.head, extra)
            if not _crosses(sentence, party.head, extra):
                ranked.append((cost, party))
                continue
        if party.head in below and party.head != index:
            steps = _cost(sentence, party.head, index, prefer)
            if steps is not None and steps < far:
                ranked.append((steps, party))
    if not ranked:
        return []
    ranked.sort(key=lambda r: (r[0], r[1].start))
    best = ranked[0][0]
    return [p for c, p in ranked if c <= best + 0.05]


def _cost(sentence: Sentence, index: int, top: int, prefer: frozenset[str]) -> float | None:
    """How far a party lies below a predicate; null where its path leads elsewhere."""
    path: list[Token] = []
    i = index
    while i != top:
        path.append(sentence.tokens[i])
        i = sentence.tokens[i].head
    path.reverse()
    cost = 0.0
    for n, token in enumerate(path):
        relation = token.deprel.split(":")[0]
        if n == 0:
            if relation in {"nsubj", "csubj", "parataxis"} and token.deprel != "nsubj:pass":
                return None
            if relation == "conj" and token.upos in {"VERB", "AUX"}:
                return None
        if relation == "conj":
            continue
        if relation == "parataxis":
            return None
        if token.deprel in _STEP:
            cost += _STEP[token.deprel]
        elif relation in {"obl", "nmod"}:
            cases = _cases(sentence, token)
            if n == 0 and cases & {"by"}:
                cost += 4.0
            elif cases & prefer:
                cost -= 0.5
            else:
                cost += min((_CASE.get(c, 2.0) for c in cases), default=2.0)
        elif token.deprel == "acl:relcl":
            cost += 5.0
        else:
            cost += _STEP.get(relation, 0.6)
    # whoever is joined by "and" is as near as the first: "accused Chad and Sudan"
    return cost + 0.1 * sum(t.deprel != "conj" for t in path)


def _cases(sentence: Sentence, token: Token) -> frozenset[str]:
    return frozenset(c.lemma.lower() for c in sentence.children(token.index, "case", "mark"))


def holders(sentence: Sentence, index: int, parties: Parties, *, of: bool = True) -> list[Party]:
    """Whose act a noun tells: "Russia's", "Russian", "of Russia", "by Russia", "between Russia and Mongolia"."""
    for relation in ("nmod:poss", "amod", "compound"):
        for child in sentence.children(index):
            if child.deprel == relation:
                found = near(sentence, child.index, parties.agents)
                if found:
                    return found
    for case in ("between", "by", "of", "from", "among"):
        if case in {"of", "from"} and not of:
            continue
        for child in sentence.children(index, "nmod", "obl"):
            if case in _cases(sentence, child):
                found = near(sentence, child.index, parties.agents, deep=0)
                if found:
                    return found
    # a demonym that is its own mention, or one that covers the noun ("Russian troops")
    return [p for p in parties.agents if p.head == index]


def merge(parties: list[Party], apart: frozenset[str] = frozenset()) -> tuple[Actor, ...]:
    """Their actors, each state or organisation once, in text order; without those whose code is in `apart`."""
    seen: dict[str, Actor] = {}
    for party in sorted(parties, key=lambda p: p.start):
        for actor in party.actors:
            code = actor.state_now or actor.state or actor.organisation or actor.text
            if code in apart:
                continue
            seen.setdefault(code, actor)
    return tuple(replace(a) for a in seen.values())
