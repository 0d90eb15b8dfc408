"""Between whom: the states that a phrase or an act names, and the pair that an article is about."""

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import pairwise

from comity.coding.statement import clause_head
from comity.knowledge.names import find_names
from comity.knowledge.states import by_code
from comity.language.tree import Sentence, dateline
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention

_WHERE = frozenset({"in", "at", "near", "through", "inside", "across", "within", "into", "outside", "via"})
_STATE_NOUNS = frozenset(
    {
        "side",
        "country",
        "nation",
        "state",
        "government",
        "leader",
        "president",
        "minister",
        "official",
        "party",
        "delegation",
        "ministry",
        "counterpart",
        "premier",
        "power",
        "neighbour",
        "neighbor",
        "envoy",
        "ambassador",
        "administration",
        "capital",
        "ally",
        "negotiator",
        "parliament",
        "king",
        "chancellor",
        "secretary",
        "people",
        "member",
    }
)
_LIBERATION = re.compile(r"(?:PLO|Palestine Liberation)\b")
_ARMED = frozenset(
    {
        "rebel",
        "guerrilla",
        "insurgent",
        "militia",
        "militant",
        "separatist",
        "warlord",
        "hijacker",
        "kidnapper",
        "faction",
    }
)
_BEYOND = frozenset({"on", "for", "to", "in", "at", "by", "from", "about", "regarding", "concerning", "as"})
_OF_STATE = frozenset({"central", "state", "national", "development", "west", "right", "left"})
_TIES = frozenset({"-", "–", "—", "/", "−"})
_BEGINNING = 4
"""Both of the pair are named in the headline or among so many first sentences."""
_OFTEN = 2
"""The second state of a pair is named twice, or once where the report begins."""
_SHARED = frozenset({"bilateral", "interstate", "mutual", "joint", "intergovernmental", "two", "both"})


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


def around(article: Article, sentence: Sentence) -> list[ActorMention]:
    """The actors of a sentence that do not merely say where, or point back."""
    return [m for m in acting(article, sentence) if not _only_where(sentence, m) and (m.kind != "pronoun" or m.members)]


def inside(article: Article, sentence: Sentence, first: int, last: int) -> list[ActorMention]:
    """The actors whose head lies between two tokens (`last` exclusive)."""
    return [m for m in acting(article, sentence) if first <= m.head < last]


_CONTROL = frozenset({"on", "for", "from", "of", "into"})


def taking_part(article: Article, sentence: Sentence, token: int) -> list[ActorMention]:
    """Who does what a verb or noun tells: its subject, its agent, those "with" or "between" whom it is done.

    The subject is borrowed from the verb above where the act is its complement ("are expected to sign").
    """
    actors = [m for m in acting(article, sentence) if not _only_where(sentence, m)]
    found: dict[int, ActorMention] = {}
    i = token
    for _ in range(6):
        below = set[int]()
        for child in sentence.children(i, "nsubj", "obl", "nmod", "obl:agent"):
            if child.deprel == "nsubj:pass" and sentence.tokens[i].index == token and child.upos == "NOUN":
                case = None
            else:
                case = {c.text.lower() for c in sentence.children(child.index, "case")}
            if case is None:
                continue
            if child.deprel.startswith("nsubj") or case & {"by", "with", "between", "among", "’s", "'s"}:
                below.update(_coordination(sentence, child.index))
        for m in actors:
            if m.head in below or any(t in below for t in range(m.first, m.last)):
                found.setdefault(m.start, m)
        above = sentence.tokens[i]
        if above.head < 0 or (found and above.deprel == "acl" and above.xpos == "VBN"):
            break  # "the statement issued by A and B": those who issued it, not who welcomes it
        relation = above.deprel.split(":")[0]
        if relation in {"xcomp", "conj", "advcl", "obj", "obl", "nmod", "nsubj", "acl", "compound"} and not (
            relation == "advcl" and any(c.deprel == "nsubj" for c in sentence.children(i, "nsubj"))
        ):
            if above.upos == "VERB" and any(c.deprel.startswith("nsubj") for c in sentence.children(i, "nsubj")):
                break
            marks = {c.text.lower() for c in sentence.children(i, "mark")}
            praised = sentence.children(above.head, "obj") if relation == "advcl" and marks & _CONTROL else []
            if praised:
                # "congratulated Turkey and Finland on signing": the object of the verb above signs
                below = _coordination(sentence, praised[0].index)
                found |= {m.start: m for m in actors if any(t in below for t in range(m.first, m.last))}
                break
            i = above.head
        else:
            break
    return [found[k] for k in sorted(found)]


def _coordination(sentence: Sentence, index: int) -> set[int]:
    """A phrase's own tokens, without the clauses that hang on it."""
    out, todo = set(), [index]
    while todo:
        i = todo.pop()
        out.add(i)
        todo.extend(c.index for c in sentence.children(i) if not c.deprel.startswith(("acl", "advcl", "parataxis")))
    return out


def _only_where(sentence: Sentence, mention: ActorMention) -> bool:
    """Whether a mention only says where: "in Mongolia"."""
    if mention.kind != "state":
        return False
    before = sentence.tokens[mention.first - 1].text.lower() if mention.first else ""
    two = sentence.tokens[mention.first - 2].text.lower() if mention.first > 1 else ""
    return before in _WHERE or (before == "the" and two in _WHERE)


def beside(article: Article, sentence: Sentence, first: int, last: int) -> list[ActorMention]:
    """The actors of a phrase: in its own words, before it as owner, and after it by "between" or "with"."""
    found = inside(article, sentence, first, last)
    towns = [m for m in found if any(h.kind in {"capital", "city"} for h in find_names(m.text))]
    if len(towns) == 1:  # "the Paris Agreement" names where it was made, "the Moscow-Beijing pact" who made it
        found.remove(towns[0])
    tokens = sentence.tokens
    if first > 1 and tokens[first - 1].text in {"'s", "’s", "'", "’"}:
        found += [m for m in acting(article, sentence) if m.last in (first - 1, first)]
    if last < len(tokens) and tokens[last].text.lower() in {"of", "dated"}:  # "the Treaty of 12 January 1999 between"
        last = next((d.last for d in article.dates_in(sentence.index) if d.first == last + 1), last)
    for i in range(last, min(last + 4, len(tokens))):
        word = tokens[i].text.lower()
        if word in {"between", "among", "with"}:
            found += listed(article, sentence, i + 1)
            break
        if tokens[i].upos not in {"PUNCT", "ADV"}:
            break
    return found


def outsider(article: Article, sentence: Sentence, last: int) -> bool:
    """Whether one of those "between" or "with" whom an instrument is told bears a name that is no state's: a firm."""
    tokens = sentence.tokens
    if last >= len(tokens) or tokens[last].text.lower() not in {"between", "with"}:
        return False
    known = {i for m in article.actors_in(sentence.index) for i in range(m.first, m.last)}
    known |= {i for m in article.places_in(sentence.index) for i in range(m.first, m.last)}
    for t in tokens[last + 1 : last + 14]:
        if t.upos in {"VERB", "AUX", "SCONJ", "ADV", "PRON"} or t.text in {";", "."} or t.text.lower() in _BEYOND:
            break
        if t.upos == "PROPN" and t.index not in known and t.deprel not in {"compound", "flat", "nmod:desc", "amod"}:
            return True
    return False


def partners(article: Article, sentence: Sentence, last: int) -> list[ActorMention]:
    """The actors of a list after "with" behind a phrase: "deals with Canada and Japan", "agreements with: A, B"."""
    words = [t.text.lower() for t in sentence.tokens[last : last + 2]]
    if words[:1] != ["with"]:
        return []
    return listed(article, sentence, last + (2 if words[1:] == [":"] else 1))


def listed(article: Article, sentence: Sentence, start: int) -> list[ActorMention]:
    """The actors of a list that begins at a token: "Russia and Mongolia", "the Governments of A and of B"."""
    out: list[ActorMention] = []
    i = start
    links = {
        "and",
        "the",
        "of",
        ",",
        "government",
        "governments",
        "republic",
        "its",
        "their",
        "kingdom",
        "people",
        "’s",
        "'s",
    }
    actors = {k: m for m in acting(article, sentence) for k in range(m.first, m.last)}
    while i < len(sentence.tokens):
        if i in actors:
            if actors[i] not in out:
                out.append(actors[i])
            i = actors[i].last
        elif sentence.tokens[i].text.lower() in links:
            i += 1
        elif sentence.tokens[i].text == "(" and ")" in (t.text for t in sentence.tokens[i : i + 6]):
            i = next(t.index for t in sentence.tokens[i:] if t.text == ")") + 1  # "the Republic of Korea (ROK)"
        else:
            break
    return out


@cache
def _businesses() -> frozenset[str]:
    table = files("comity.knowledge") / "tables" / "businesses.csv"
    return frozenset(row["word"] for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


def private(sentence: Sentence, token: int | None, last: int) -> bool:
    """Whether firms or the like do what is told: as subject of the act, or "between" or "with" them.

    `token` is the act, `last` the end of the phrase for what they agree on.
    """
    heads: set[int] = set()
    if token is not None:
        for child in sentence.children(token, "nsubj", "obl"):
            case = {c.text.lower() for c in sentence.children(child.index, "case")}
            if child.deprel == "nsubj" or case & {"with", "by"}:
                heads |= {child.index, *(c.index for c in sentence.children(child.index, "conj", "flat", "appos"))}
    if any(_is_business(sentence, i) for i in heads):
        return True
    tokens = sentence.tokens
    links = [t.index for t in tokens[last : last + 4] if t.text.lower() in {"with", "between", "among"}]
    if links:
        for t in tokens[links[0] + 1 : links[0] + 12]:
            if t.upos in {"VERB", "AUX", "SCONJ"} or t.text in {",", ";", "."}:
                break
            if _is_business(sentence, t.index):
                return True
    return False


def unknown_signers(article: Article, sentence: Sentence, token: int) -> bool:
    """Whether names that stand for no state do what a verb tells: "Delta Gas of Peru and Norlin of Chile signed"."""
    known = {i for m in acting(article, sentence) for i in range(m.first, m.last)}
    known |= {i for d in article.dates_in(sentence.index) for i in range(d.first, d.last)}
    for child in sentence.children(token, "nsubj"):
        for i in (child.index, *(c.index for c in sentence.children(child.index, "conj"))):
            firm = any(m.sector == "BUS" and m.first <= i < m.last for m in article.actors_in(sentence.index))
            if firm or (sentence.tokens[i].upos == "PROPN" and i not in known):
                return True
    return False


def faction(article: Article, sentence: Sentence) -> bool:
    """Whether a sentence names an armed movement, which is no state: "Hamas", "the rebels"."""
    if any(armed(m) for m in article.actors_in(sentence.index)):
        return True
    named = any(h.sector == "REB" and not _LIBERATION.match(h.text) for h in find_names(sentence.text))
    return named or any(t.lemma.lower() in _ARMED and t.upos in {"NOUN", "PROPN"} for t in sentence.tokens)


def armed(mention: ActorMention) -> bool:
    """Whether an actor is an armed movement; the one that signs for Palestine is not counted as such."""
    return mention.sector == "REB" and not _LIBERATION.match(mention.text)


def unknown(sentence: Sentence, token: int, doing: Iterable[ActorMention]) -> bool:
    """Whether an act has a doer that stands for no state, or for more states than two.

    Then the states nearby are not taken for its parties: "the bank signed an accord", "reached by six nations".
    """
    told = list(doing)
    for child in sentence.children(token, "nsubj", "obl"):
        agent = child.deprel == "nsubj" or any(c.text.lower() == "by" for c in sentence.children(child.index, "case"))
        if not agent or any(m.states and m.first <= child.index < m.last for m in told):
            continue
        if child.text.lower() != "it" and any(m.states for m in told):
            continue
        if child.lemma.lower() in _STATE_NOUNS:
            numbers = [c.text.lower() for c in sentence.children(child.index, "nummod")]
            return bool(numbers) and not {"two", "2"} & set(numbers)
        return child.upos in {"NOUN", "PROPN"} or child.text.lower() == "it"
    return False


_MANY = re.compile(
    r"\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|several|many|dozens\s+of|[3-9]|[1-9]\d+)\s+"
    r"(?:\w+\s+){0,3}(?:nations|countries|states|governments|members|signatories|powers)\b",
    re.IGNORECASE,
)


def many(sentence: Sentence) -> bool:
    """Whether a sentence tells of more than two states without naming them: "the seven major nations"."""
    return _MANY.search(sentence.text) is not None


def business(sentence: Sentence) -> bool:
    """Whether a sentence speaks of firms at all."""
    return any(_is_business(sentence, t.index) for t in sentence.tokens)


def _is_business(sentence: Sentence, index: int) -> bool:
    token = sentence.tokens[index]
    if token.text.lower() in {"bank", "banks"} and token.upos == "NOUN":  # a central bank acts for its state
        return not any(c.lemma.lower() in _OF_STATE for c in sentence.children(index))
    return token.upos in {"NOUN", "PROPN"} and bool({token.lemma.lower(), token.text.lower()} & _businesses())


def of_clause(article: Article, sentence: Sentence, index: int) -> list[ActorMention]:
    """The actors that stand in the clause of a token."""
    clause = clause_head(sentence, index)
    return [
        m for m in acting(article, sentence) if not _only_where(sentence, m) and clause_head(sentence, m.head) == clause
    ]


def tied_states(article: Article, sentence: Sentence) -> list[ActorMention]:
    """States that a hyphen ties together: "U.S.-China", "United States – Switzerland – Liechtenstein"."""
    told = [m for m in article.actors_in(sentence.index) if m.states and not m.members]
    out: list[ActorMention] = []
    for a, b in pairwise(told):
        if sentence.clip(a.end, b.start).strip() in _TIES:
            out += [m for m in (a, b) if m not in out]
    return out


def dyad(article: Article) -> tuple[str, ...]:
    """The pair of states that an article is about, or nothing where three are named alike often or only one is.

    The headline and the first sentences weigh more: a report names its parties there.
    """
    if article.sentences and article.sentences[0].part == "title":
        tied = codes(tied_states(article, article.sentences[0]))
        if len(tied) == 2:
            return tuple(sorted(tied))
    counts: dict[str, float] = {}
    early: set[str] = set()
    for place, sentence in enumerate(article.sentences):
        weight = 3 if place == 0 else 2 if place == 1 else 1
        for m in acting(article, sentence):
            if m.members or m.state is None:
                continue
            if place <= _BEGINNING:
                early.add(m.state)
            # a town where something is said or done is a party less often than one that acts
            counts[m.state] = counts.get(m.state, 0) + (weight / 2 if _only_where(sentence, m) else weight)
    ranked = sorted(counts.items(), key=lambda c: -c[1])[:3]
    if (
        len(ranked) < 2
        or ranked[1][1] < _OFTEN
        or not {c for c, _ in ranked[:2]} <= early
        or (len(ranked) == 3 and ranked[2][1] >= ranked[1][1])
    ):
        return ()
    return tuple(sorted(code for code, _ in ranked[:2]))


def leading(article: Article, others: tuple[str, ...]) -> tuple[str, ...]:
    """The state or organisation, none of the others, that the headline and the text name most often, or nothing."""
    counts: dict[str, int] = {}
    headline: set[str] = set()
    for sentence in article.sentences:
        for code in codes(m for m in acting(article, sentence) if m.kind != "pronoun"):
            counts[code] = counts.get(code, 0) + 1
            if sentence.part == "title" or sentence.index == 0:
                headline.add(code)
    best = max((c for c in counts if c not in others), key=lambda c: counts[c], default=None)
    return (best,) if best in headline else ()


def shared(words: Iterable[str]) -> bool:
    """Whether words say that two sides are meant without naming them: "bilateral", "joint"."""
    return any(w.lower() in _SHARED for w in words)
