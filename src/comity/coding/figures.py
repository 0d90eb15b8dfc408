"""Figures between states: trade, aid, loans, debt, arms, with their value or change and who stands at either end."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.coding import parties
from comity.coding.statement import clause_head, source, status_of
from comity.knowledge import currencies
from comity.knowledge.measures import contexts, meaning
from comity.knowledge.roles import role_of
from comity.knowledge.word_classes import words
from comity.language.graph import Graph
from comity.language.tree import Sentence, Token
from comity.mentions import edtf
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, AmountMention, DateMention
from comity.records.record import Figure

_WAYS = frozenset({"up", "down"})
_WITH_MANY = frozenset({"exports", "imports", "buying", "debt"})
"""What a state has with many: its partner must stand in the sentence."""
_ENDS = ("reporter", "partner")
_FAR = 16
"""So many words from a number its states are still part of the quote."""
_FARTHEST = 20
"""So many words from a number the word that says what it measures is still its own."""
_APART = 6
"""How much further a word counts that stands in another clause, or that is weak."""
_CHANGE_BESIDE_VALUE = 14
_OWNER_BESIDE_CUE = 4
_WAY_BESIDE, _WAY_OF_VALUE, _WAY_OF_VERB = 4, 6, 12
"""How far from a number a word of rise or fall may stand: of any, of a value, of the head of its clause."""
_ABOUT = 0.7
"""The share of all mentions that two states take up in an article about them."""
_LEAST_MONEY = 1000
"""Less is a price or a rate, not a sum."""
_DAY = len("2019-09-02")
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Measured:
    """A number with the word that says what it measures."""

    sentence: Sentence
    amount: AmountMention
    cue: Token
    measure: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ends:
    """The states at either end, the mentions that name them, and whether the sentence itself states both."""

    reporter: str
    partner: str
    mentions: tuple[ActorMention, ...]
    stated: bool


def code_figures(article: Article) -> list[Figure]:
    """The figures between two states, or a state and an organisation, in the order of the text.

    A number with no word that says what it measures, or with only one state in reach, is left out; so is a share
    of a whole. A change that stands beside the value it belongs to is one record with it.
    """
    out: dict[tuple[object, ...], Figure] = {}
    # the headline last: it repeats what the text reports in full
    for sentence in sorted(article.sentences, key=lambda s: s.part == "title"):
        for f in _of(article, sentence):
            out.setdefault((f.measure, frozenset((f.reporter, f.partner)), f.value, f.change_pct), f)
    return list(out.values())


def _of(article: Article, sentence: Sentence) -> Iterator[Figure]:
    amounts = article.amounts_in(sentence.index)
    values = [m for a in amounts if a.kind in {"money", "quantity", "count"} and (m := _measured(sentence, a))]
    changes = [a for a in amounts if a.kind in {"percent", "multiple"}]
    used: list[AmountMention] = []
    for one in values:
        ends = None if _is_no_sum(sentence, one.amount, amounts) else _ends(article, one)
        if ends is None:
            continue
        change, way = None, _outcome(sentence, one.amount, amounts)
        if way is None and not _is_base(sentence, one.amount):
            way = _way(sentence, one.amount, one.cue)
        for a in changes:
            nearest = min(values, key=lambda v, a=a: abs(v.amount.first - a.first))  # type: ignore[misc]
            if a not in used and nearest is one and _beside(a, one.amount) and (moved := change_of(sentence, a)):
                change, way = moved
                used.append(a)
                break
        yield _figure(article, one, ends, one.amount.value, change, way)
    for a in changes:
        lone = _measured(sentence, a) if a not in used else None
        ends = _ends(article, lone) if lone else None
        if lone is None or ends is None:
            continue
        if (moved := change_of(sentence, a)) is not None:
            yield _figure(article, lone, ends, None, *moved)
        elif lone.measure == "tariff" and a.kind == "percent":
            yield _figure(article, lone, ends, a.value, None, None)


def _beside(change: AmountMention, value: AmountMention) -> bool:
    return max(change.last, value.last) - min(change.first, value.first) <= _CHANGE_BESIDE_VALUE


def _figure(
    article: Article, one: _Measured, ends: _Ends, value: float | None, change: float | None, way: str | None
) -> Figure:
    sentence, amount = one.sentence, one.amount
    near = [m for m in ends.mentions if abs(m.first - amount.first) <= _FAR]
    marks = [(one.cue.start, one.cue.end), (amount.start, amount.end), *((m.start, m.end) for m in near)]
    planned = status_of(sentence, clause_head(sentence, amount.first)) == "planned"
    notes = [n for n in (amount.qualifier, *one.notes, "planned" if planned else None) if n]
    unit = "pct" if amount.kind == "percent" else unit_of(article, amount, (ends.reporter, ends.partner))
    return Figure(
        **source(article, sentence, min(m[0] for m in marks), max(m[1] for m in marks)),
        measure=one.measure,
        reporter=ends.reporter,
        partner=ends.partner,
        value=value,
        unit=None if value is None else unit,
        change_pct=change,
        direction=way,
        period=period_of(article, sentence, amount),
        qualifier="; ".join(dict.fromkeys(notes)) or None,
        confidence=0.8 if ends.stated else 0.6,
        evidence=f"rule: {one.cue.text.lower()}",
    )


def unit_of(article: Article, amount: AmountMention, ends: tuple[str | None, str | None]) -> str | None:
    """The unit of an amount; of money without a country ("francs") that of the one end that has such."""
    if amount.unit is not None or amount.kind != "money":
        return amount.unit
    year = edtf.moment(article.document.published)
    word = amount.text.split()[-1]
    codes = {currencies.code(word, year.year if year else None, c) for c in ends} - {None}
    return codes.pop() if len(codes) == 1 else None


def _measured(sentence: Sentence, amount: AmountMention) -> _Measured | None:
    """A number with the word nearest to it that says what it measures; null where that is no figure of states."""
    clause = clause_head(sentence, amount.first)
    goods = (amount.unit or "").split("/")[0] in words("fact", "units of goods")
    near: list[tuple[int, Token, str]] = []
    for token in sentence.tokens:
        word = meaning(token.lemma, token.upos)
        inside = amount.first <= token.index < amount.last
        if word is None or word in _WAYS or inside or _is_of_name(sentence, token):
            continue
        gap = amount.first - token.index if token.index < amount.first else token.index - amount.last + 1
        # a verb of giving is weak: any noun that says what is given comes first
        gap += _APART * ((word == "give") + (clause_head(sentence, token.index) != clause))
        near.append((gap, token, word))
    noted = tuple(t.lemma.lower() for gap, t, word in near if word in {"balance", "quota"} and gap <= _FAR)
    cues = [n for n in near if n[2] != "balance" and (goods or n[2] != "quota")]
    if not cues:
        return None
    gap, cue, measure = min(cues, key=lambda n: n[0])
    if measure == "none":
        return None
    measure = {"give": "aid", "quota": "imports"}.get(measure, measure)
    if _is_of_arms(sentence, amount):
        return _Measured(sentence, amount, cue, "arms", noted)
    uncounted = goods or amount.kind not in {"count", "quantity"}
    if gap > _FARTHEST or not uncounted or (measure == "tariff" and amount.kind != "percent"):
        return None
    return _Measured(sentence, amount, cue, measure, noted)


def _is_of_arms(sentence: Sentence, amount: AmountMention) -> bool:
    """Whether a number counts weapons, or ships and aircraft of which the sentence says that they are for war."""
    carriers = amount.unit in words("fact", "units of carriers")
    military = carriers and any(t.lemma.lower() in words("fact", "military") for t in sentence.tokens)
    return military or amount.unit in words("fact", "units of arms")


def _is_of_name(sentence: Sentence, token: Token) -> bool:
    """Whether a word is part of a name or an office: "the trade minister"."""
    named = token.deprel in {"compound", "flat", "amod"} and token.head >= 0
    return named and sentence.tokens[token.head].lemma.lower() in words("fact", "offices beside a measure")


def _ends(article: Article, one: _Measured) -> _Ends | None:
    """Who stands at either end, by possessives, prepositions and the verb; else by what the article is about."""
    mentions = [m for m in parties.acting(article, one.sentence) if m.states]
    named: dict[str, ActorMention] = {}
    loose: list[ActorMention] = []
    frame = "quota" if one.cue.lemma.lower() == "quota" else one.measure
    frame = "buying" if one.cue.upos == "VERB" and one.measure == "imports" else frame
    for mention in sorted(mentions, key=lambda m: abs(m.first - one.cue.index)):
        role = role_of(frame, _marks(one, mention)) if len(mention.states) == 1 else None
        if role is not None and role not in named:
            named[role] = mention
        elif len(mention.states) == 1:
            loose.append(mention)
    if len({c for m in mentions for c in m.states}) <= _PAIR:
        # among several states, one that nothing ties to the number is not its other end
        gets = one.cue.lemma.lower() in words("fact", "receiving") and role_of(one.measure, {"receiver"}) is not None
        for mention in loose:
            free = next((r for r in (_ENDS[::-1] if gets else _ENDS) if r not in named), None)
            if free and mention.states not in [m.states for m in named.values()]:
                named[free] = mention
    first, second = (named[r].states[0] if r in named else None for r in _ENDS)
    if first and second and first != second:
        return _Ends(first, second, tuple(named.values()), stated=True)
    for mention in mentions:
        if len(mention.states) == _PAIR:
            return _Ends(mention.states[0], mention.states[1], (mention,), stated=True)
    if first and not second and frame in _WITH_MANY:
        return None
    # one that is not named is the other of the two that the article is about
    rest = [c for c in _about(article, one.sentence) if c not in {first, second}]
    before = next((s for s in article.sentences if s.index == one.sentence.index - 1), one.sentence)
    lone = len(parties.codes(parties.acting(article, before))) == 1
    if lone and "turned" in contexts(_marked(one.sentence, one.amount)):
        rest.reverse()  # "Imports from Chad were … Exports in the other direction …": not those of Chad
    first = first or (rest.pop(0) if rest else None)
    second = second if second not in {None, first} else rest.pop(0) if rest else None
    return _Ends(first, second, tuple(named.values()), stated=False) if first and second else None


def _about(article: Article, sentence: Sentence) -> list[str]:
    """The two that an article is about, those named just before a sentence first; else none.

    They are both in the headline or the lead, and a sentence just before names them and nobody else, or they are the
    two most often named and take up most of all mentions: else an article does not say whose partner is meant.
    """
    named = {s.index: [c for m in parties.acting(article, s) for c in m.states] for s in article.sentences}
    titled = article.sentences[0].part == "title"
    opening = {c for s in article.sentences[: 2 if titled else 1] for c in named[s.index]}
    before = next((codes for i in (1, 2) if (codes := named.get(sentence.index - i))), [])
    if len(opening.intersection(before)) == len(set(before)) == _PAIR:
        return list(dict.fromkeys(before))
    counts = Counter(c for codes in named.values() for c in codes)
    pair = [c for c, _ in counts.most_common() if c in opening][:_PAIR]
    pair = pair if len(pair) == _PAIR else list(parties.dyad(article))
    if len(pair) < _PAIR or sum(counts[c] for c in pair) < _ABOUT * counts.total():
        return []
    return list(dict.fromkeys([*(c for c in before if c in pair), *pair]))


def _marks(one: _Measured, mention: ActorMention) -> set[str]:
    """The marks that say at which end a mention stands: its prepositions, its possessive or its verb."""
    sentence = one.sentence
    inside = range(mention.first, mention.last)
    token = sentence.tokens[next((i for i in inside if sentence.tokens[i].head not in inside), mention.head)]
    if mention.kind == "adjective" and token.head == one.cue.index:
        return {"owner"}  # "spent in Ghanaian aid": the preposition is that of the aid
    cases = _cases(sentence, token.index)
    if mention.first and sentence.tokens[mention.first - 1].upos == "ADP":
        cases.add(sentence.tokens[mention.first - 1].text.lower())
    after = sentence.tokens[mention.last].text if mention.last < len(sentence.tokens) else ""
    owner = after in words("fact", "possessive") or token.deprel == "nmod:poss"
    if owner and mention.first > one.cue.index and token.head >= 0:
        # "from Japan's Export-Import Bank": the preposition of the noun that is owned
        cases, owner = _cases(sentence, token.head), False
    if cases and not owner:
        return cases
    if (owner or mention.kind == "adjective") and 0 <= one.cue.index - mention.last <= _OWNER_BESIDE_CUE:
        return {"owner"}
    if token.deprel == "iobj":
        return {"indirect object"}
    return _as_subject(one, token) if token.deprel.startswith("nsubj") and token.head >= 0 else set()


def _cases(sentence: Sentence, index: int) -> set[str]:
    return {c.lemma.lower() for c in sentence.children(index, "case")} - words("fact", "possessive")


def _as_subject(one: _Measured, token: Token) -> set[str]:
    """The marks of a subject: of a verb of getting, and of the verb of a number's clause, by itself or shared."""
    if one.sentence.tokens[token.head].lemma.lower() in words("fact", "forgiving"):
        return {"forgiver"}
    getting = {one.sentence.tokens[token.head].lemma.lower(), one.cue.lemma.lower()} & words("fact", "receiving")
    clause = clause_head(one.sentence, one.amount.first)
    verbs = [e.head for e in Graph(one.sentence).heads(token.index) if e.name == "nsubj"]
    return {*(["receiver"] if getting else []), *(["subject"] if clause in verbs else [])}


def change_of(sentence: Sentence, amount: AmountMention) -> tuple[float, str] | None:
    """A change in per cent, signed, and its direction; null where the number is a share or a rate."""
    if amount.value is None:
        return None
    if amount.kind == "multiple":
        return 100 * (amount.value - 1), "up" if amount.value > 1 else "down"
    way = _signed(sentence, amount) or _way(sentence, amount, None)
    if way is None or contexts(_marked(sentence, amount)) & {"share", "level"}:
        return None
    return (amount.value, way) if way == "up" else (-amount.value, way)


def _signed(sentence: Sentence, amount: AmountMention) -> str | None:
    """The direction of a change that a sign gives: "(+11%)"."""
    before = sentence.text[: amount.start - sentence.start]
    return {"+": "up", "-": "down", "−": "down", "–": "down"}.get(before[-1:]) if before[-2:-1] in {"(", " "} else None


def _way(sentence: Sentence, amount: AmountMention, cue: Token | None) -> str | None:
    """The word of rise or fall that governs a number: in its own clause, or right beside it."""
    above = {clause_head(sentence, amount.first), sentence.tokens[amount.first].head}
    found: list[tuple[int, str]] = []
    for token in sentence.tokens[: amount.last + 2]:
        behind, compares = token.index >= amount.first, token.xpos in {"JJR", "RBR"}
        word = meaning(token.text if compares else token.lemma, token.upos)
        # "12 percent more", "an increase of 12 percent", but not "more than 12 percent"
        may = compares or token.upos == "NOUN" if behind else not compares
        if word not in _WAYS or not may or (behind and token.index < amount.last):
            continue
        gap = token.index - amount.last + 1 if behind else amount.first - token.index
        if gap <= (_WAY_OF_VERB if token.index in above else _WAY_BESIDE):
            found.append((gap, word))
    if not found or (cue is not None and min(found)[0] > _WAY_OF_VALUE):
        return None
    return min(found)[1]


def _marked(
    sentence: Sentence, amount: AmountMention, others: Iterable[AmountMention] = (), date: DateMention | None = None
) -> str:
    """A sentence as the patterns around amounts read it: the amount in ‹ ›, others in « », a date in ⟦ ⟧."""
    spans: list[tuple[AmountMention | DateMention, str]]
    spans = [(a, "«»") for a in others if a.first != amount.first] + [(amount, "‹›"), *([(date, "⟦⟧")] if date else [])]
    opening = [(sentence.tokens[m.first].start, 1, signs[0]) for m, signs in spans]
    closing = [(sentence.tokens[m.last - 1].end, 0, signs[1]) for m, signs in spans]
    text, at = "", sentence.start
    for place, _, sign in sorted(opening + closing):
        text, at = text + sentence.clip(at, place) + sign, place
    return text + sentence.clip(at, sentence.end)


def _is_no_sum(sentence: Sentence, amount: AmountMention, amounts: list[AmountMention]) -> bool:
    """Whether a number is a price, a rate, a sum once more in another currency, a step, or what may be pumped."""
    around = contexts(_marked(sentence, amount, amounts))
    money = amount.kind == "money"
    return "no sum" in around or (money and ("price" in around or (amount.value or 0) < _LEAST_MONEY))


def period_of(article: Article, sentence: Sentence, amount: AmountMention) -> str | None:
    """The year, month or span of a number; a single day is the day of the news, not the period.

    It is the time that stands right behind the number ("7.9 bn in 2017") or owns it ("2017's 7.9 bn"), else the
    nearest. What a number is compared with ("up from 7.9 bn") has no other time than its own, and gives that to none.
    """
    dates = [d for d in article.dates_in(sentence.index) if d.kind == "date" and d.edtf and d.basis != "era"]
    spans = [d for d in dates if "/" in str(d.edtf) or len(str(d.edtf)) < _DAY]
    own = next((d for d in spans if _is_time_of(sentence, d, amount)), None)
    if own is not None:
        return own.edtf
    if _is_base(sentence, amount):
        return None
    bases = [a for a in article.amounts_in(sentence.index) if a.first != amount.first and _is_base(sentence, a)]
    free = [d for d in spans if not any(_is_time_of(sentence, d, a) for a in bases) and not _is_earlier(sentence, d)]
    return min(free, key=lambda d: abs(d.first - amount.first)).edtf if free else None


def _is_time_of(sentence: Sentence, date: DateMention, amount: AmountMention) -> bool:
    return "its time" in contexts(_marked(sentence, amount, date=date))


def _is_earlier(sentence: Sentence, date: DateMention) -> bool:
    """Whether a time is that with which a number is compared: "more than in 2017", "an increase over 2017"."""
    before = [t.text.lower() for t in sentence.tokens[max(0, date.first - 2) : date.first]]
    return before[-1:] in (["than"], ["over"]) or before == ["than", "in"]


def _is_base(sentence: Sentence, amount: AmountMention) -> bool:
    """Whether a number is what another is compared with: "up from 7.9 bn", "against 7.9 bn", "compared with"."""
    around = contexts(_marked(sentence, amount))
    return "base" in around or ("origin" in around and any(meaning(t.lemma, t.upos) in _WAYS for t in sentence.tokens))


def _outcome(sentence: Sentence, amount: AmountMention, amounts: list[AmountMention]) -> str | None:
    """Where a number went when a comparison follows: "reached 8.2 bn in 2018, up from 7.9 bn" went up."""
    later = next((a for a in amounts if a.first >= amount.last), None)
    if later is None or later.kind != amount.kind or not _is_base(sentence, later):
        return None
    found = (meaning(t.lemma, t.upos) for t in sentence.tokens[amount.last : later.first])
    return next((w for w in found if w in _WAYS), None)
