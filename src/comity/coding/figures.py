"""Figures between states: trade, aid, loans, debt, arms, with their value or change and who stands at either end."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from comity.coding.statement import clause_head, source, status_of
from comity.knowledge import currencies
from comity.knowledge.measures import meaning
from comity.language.tree import Sentence, Token
from comity.mentions import edtf
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, AmountMention, DateMention
from comity.records.record import Figure

_GOODS = frozenset({"tonne", "barrel", "cubic metre", "cubic foot", "bushel", "bale", "bag", "kWh", "head"})
_WEAPONS = frozenset({"tanks", "missiles", "warheads"})
_CARRIERS = frozenset({"aircraft", "helicopters", "vehicles", "ships"})
_MILITARY = frozenset(
    {"military", "tactical", "combat", "armoured", "armored", "defence", "defense", "arms", "weapon", "fighter", "army"}
    | {"navy", "naval", "warship", "frigate", "bomber", "attack", "troop", "armed"}
)
_WAYS = frozenset({"up", "down"})
_DURING = frozenset({"in", "for", "during", "over", "of", "the", "("})
_OWNER = frozenset({"'s", "’s", "'", "the", "a", "an"})
_TIMED = frozenset({"last", "previous", "year"})
_BASES = frozenset({"against", "versus", "vs", "vs."})
_BESIDE = 2
_FAR = 16
_ABOUT = 0.7
_DATELINE = 30
_APART = 6
_RECEIVE = frozenset(
    {"receive", "get", "borrow", "obtain", "secure", "win", "gain", "ask", "seek", "request", "need", "want"}
)
# a price or a rate, not a sum
_LEAST_MONEY = 1000
# nouns that make the word before them part of a name or an office: "trade minister", "investment bank"
_OFFICES = frozenset(
    {"bank", "banker", "house", "company", "firm", "minister", "ministry", "official", "secretary", "representative"}
    | {"commissioner", "department", "office", "fund", "union", "talk", "negotiator", "control"}
)
# what a state has with many: its partner must stand in the sentence
_OWN = frozenset({"exports", "imports", "debt"})
# measures of one state with all the world, unless its partner stands beside
_WORLDWIDE = frozenset({"net", "foreign", "external", "global", "world", "worldwide"})
# which preposition makes a state the far end of a measure, and which the near end
_PARTNER = {
    "trade": frozenset({"with", "and", "between"}),
    "exports": frozenset({"to", "into", "for"}),
    "imports": frozenset({"from"}),
    "aid": frozenset({"to", "for", "in", "toward", "towards"}),
    "loan": frozenset({"to", "for"}),
    "investment": frozenset({"in", "into", "to"}),
    "debt": frozenset({"to"}),
    "arms": frozenset({"to", "for"}),
    "tariff": frozenset({"from", "on"}),
}
_REPORTER = {
    "exports": frozenset({"from", "by"}),
    "imports": frozenset({"by", "to", "into"}),
    "aid": frozenset({"from", "by"}),
    "loan": frozenset({"from", "by"}),
    "investment": frozenset({"from", "by"}),
    "debt": frozenset({"by", "of"}),
    "arms": frozenset({"from", "by"}),
    "tariff": frozenset({"by"}),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """A number with the word that says what it measures."""

    sentence: Sentence
    amount: AmountMention
    cue: Token
    measure: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ends:
    """The states at either end, the mentions that name them, and whether the sentence itself tells both."""

    reporter: str | None
    partner: str | None
    mentions: tuple[ActorMention, ...]
    told: bool


_PAIR = 2


def code_figures(article: Article) -> list[Figure]:
    """The figures between two states, or a state and an organisation, in the order of the text.

    A number with no word that says what it measures, or with only one state in reach, is left out; so is a share
    of a whole. A change that stands beside the value it belongs to is one record with it.
    """
    out: list[Figure] = []
    seen: set[tuple[object, ...]] = set()
    # the headline last: it repeats what the text tells in full
    for sentence in sorted(article.sentences, key=lambda s: s.part == "title"):
        for figure in _of(article, sentence):
            key = (figure.measure, frozenset((figure.reporter, figure.partner)), figure.value, figure.change_pct)
            if key not in seen:
                seen.add(key)
                out.append(figure)
    return [f for f in out if not (f.part == "title" and any(f.value == o.value and o.part == "text" for o in out))]


def _of(article: Article, sentence: Sentence) -> Iterator[Figure]:
    amounts = article.amounts_in(sentence.index)
    told = [t for a in amounts if a.kind in {"money", "quantity", "count"} and (t := _measured(sentence, a))]
    changes = [a for a in amounts if a.kind in {"percent", "multiple"}]
    used: set[int] = set()
    for one in told:
        ends = _ends(article, one)
        if (
            ends is None
            or _is_own_quota(one, ends)
            or _is_step(sentence, one.amount, amounts)
            or _is_price(sentence, one.amount)
        ):
            continue
        change, way = None, _outcome(sentence, one.amount, amounts)
        if way is None and not _is_base(sentence, one.amount):
            way = _way(sentence, one.amount, one.cue)
        for a in changes:
            between = range(min(a.first, one.amount.first), max(a.last, one.amount.last))
            if a.first in used or len(between) > 14 or any(sentence.tokens[i].text == ";" for i in between):
                continue
            nearest = min(told, key=lambda t, a=a: abs(t.amount.first - a.first))  # type: ignore[misc]
            if nearest is one and (moved := change_of(sentence, a)) is not None:
                change, way = moved
                used.add(a.first)
                break
        yield _figure(article, one, ends, one.amount.value, change, way)
    for a in changes:
        if a.first in used or (cue := _measured(sentence, a)) is None:
            continue
        ends = _ends(article, cue)
        moved = change_of(sentence, a)
        if ends is None:
            continue
        if moved is not None:
            yield _figure(article, cue, ends, None, *moved)
        elif cue.measure == "tariff" and a.kind == "percent":
            yield _figure(article, cue, ends, a.value, None, None)


def _figure(
    article: Article, one: _Told, ends: _Ends, value: float | None, change: float | None, way: str | None
) -> Figure:
    sentence, amount = one.sentence, one.amount
    marks = [(one.cue.start, one.cue.end), (amount.start, amount.end)]
    near = [m for m in ends.mentions if m.sentence == sentence.index and abs(m.first - amount.first) <= _FAR]
    marks += [(m.start, m.end) for m in near]
    notes = [amount.qualifier, *one.notes]
    if status_of(article, sentence, clause_head(sentence, amount.first)) == "planned":
        notes.append("planned")
    own = unit_of(article, amount, (ends.reporter, ends.partner))
    unit = "pct" if value is not None and amount.kind == "percent" else own if value is not None else None
    return Figure(
        **source(article, sentence, min(m[0] for m in marks), max(m[1] for m in marks)),
        measure=one.measure,
        reporter=ends.reporter,
        partner=ends.partner,
        value=value,
        unit=unit,
        change_pct=change,
        direction=way,
        period=period_of(article, sentence, amount),
        qualifier="; ".join(dict.fromkeys(n for n in notes if n)) or None,
        confidence=0.8 if ends.told else 0.6,
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


def _measured(sentence: Sentence, amount: AmountMention) -> _Told | None:  # noqa: C901 - one walk to the nearest word that measures
    """The word nearest to a number that says what it measures."""
    best: tuple[int, Token, str] | None = None
    clause = clause_head(sentence, amount.first)
    notes: list[str] = []
    for token in sentence.tokens:
        if amount.first <= token.index < amount.last:
            continue
        word = meaning(token.lemma, token.upos)
        if word is None or word in _WAYS or _is_office(sentence, token):
            continue
        near = amount.first - token.index if token.index < amount.first else token.index - amount.last + 1
        if word == "give":
            # a weak word: any noun that says what is given comes first
            word, near = "aid", near + _APART
        far = near + (0 if clause_head(sentence, token.index) == clause else _APART)
        if word in {"balance", "quota"}:
            if far <= _FAR:
                notes.append("quota" if word == "quota" else token.lemma.lower())
            if word == "balance" or amount.unit not in _units(_GOODS):
                continue
            word = "imports"
        if best is None or far < best[0]:
            best = (far, token, word)
    goods, weapons = amount.unit in _units(_GOODS), amount.unit in _WEAPONS
    if amount.unit in _CARRIERS:
        weapons = any(t.lemma.lower() in _MILITARY for t in sentence.tokens)
    before = sentence.tokens[amount.first - 1] if amount.first else None
    if weapons and before is not None and before.upos == "PROPN":
        # the name of a model: "Boeing 767 planes"
        return None
    if weapons and best is not None and best[2] != "none":
        return _Told(sentence, amount, best[1], "arms", tuple(notes))
    if amount.kind == "count" or (amount.kind == "quantity" and not goods) or best is None:
        return None
    if best[0] > _FAR + 4 or best[2] == "none":
        return None
    if goods and best[2] not in {"exports", "imports", "trade", "aid"}:
        return None
    if best[2] == "tariff" and amount.kind != "percent":
        return None
    return _Told(sentence, amount, best[1], best[2], tuple(notes))


def _units(kinds: frozenset[str]) -> frozenset[str]:
    return kinds | {f"{k}/{per}" for k in kinds for per in ("day", "year")}


def _ends(article: Article, one: _Told) -> _Ends | None:  # noqa: C901 - the ways to name an end, in order
    """Who stands at either end, by possessives, prepositions and the verb; then by what was told before."""
    reporter: ActorMention | None = None
    partner: ActorMention | None = None
    loose: list[ActorMention] = []
    held = [m for m in article.actors_in(one.sentence.index) if m.states and not _in_dateline(article, m)]
    both = next((m for m in held if len(m.states) == 2), None)
    held.sort(key=lambda m: abs(m.first - one.cue.index))
    for mention in held:
        if len(mention.states) > 1:
            continue
        role = _role(one, mention)
        if role == "partner" and partner is None:
            partner = mention
        elif role == "reporter" and reporter is None:
            reporter = mention
        else:
            loose.append(mention)
    if len({c for m in held for c in m.states}) > _PAIR:
        # among several states, one that nothing ties to the number is not its other end
        loose = []
    for mention in loose:
        taken = {c for m in (reporter, partner) if m for c in m.states}
        if mention.states[0] in taken:
            continue
        if partner is None and one.cue.lemma.lower() == "borrow":
            partner = mention
        elif reporter is None:
            reporter = mention
        elif partner is None:
            partner = mention
    first = reporter.states[0] if reporter else None
    second = partner.states[0] if partner else None
    named = tuple(m for m in (reporter, partner) if m)
    if first and second and first != second:
        return _Ends(first, second, named, told=True)
    if both is not None:
        return _Ends(both.states[0], both.states[1], (both,), told=True)
    if one.measure != "aid" and any(c.lemma.lower() in _WORLDWIDE for c in one.sentence.children(one.cue.index)):
        return None
    if first and second is None and one.measure in _OWN and "quota" not in one.notes:
        return None
    for code in _before(article, one.sentence):
        if code in {first, second}:
            continue
        if first is None:
            first = code
        elif second is None or second == first:
            second = code
    return _Ends(first, second, named, told=False) if first and second and first != second else None


def _before(article: Article, sentence: Sentence) -> list[str]:
    """The two states that an article is about, the one named just before a sentence first; else none.

    They are the two most told of, both named in the headline or the lead, and take up most of all mentions: an
    article about several states does not tell whose partner is meant.
    """
    counts = Counter(c for m in article.actors for c in m.states if not _in_dateline(article, m))
    lead = [s.index for s in article.sentences if s.part == "title" or s.start == 0][:2]
    lead = lead or [s.index for s in article.sentences[:1]]
    upto = max(lead, default=0)
    first = {c for m in article.actors if m.sentence <= upto and not _in_dateline(article, m) for c in m.states}
    for index in (sentence.index - 1, sentence.index - 2):
        pair = list(dict.fromkeys(c for m in article.actors_in(index) for c in m.states))
        if pair:
            if len(pair) == 2 and first.issuperset(pair):
                return pair
            break
    top = [c for c, _ in counts.most_common() if c in first][:2]
    if len(top) < 2 or sum(counts[c] for c in top) < _ABOUT * counts.total():
        return []
    near = [c for m in reversed(article.actors_in(sentence.index - 1)) for c in m.states if c in top]
    return list(dict.fromkeys([*reversed(near), *top]))


def _role(one: _Told, mention: ActorMention) -> str | None:
    """Which end a mention stands at, by its preposition, its possessive or its verb; null where nothing tells."""
    sentence = one.sentence
    inside = range(mention.first, mention.last)
    head = next((i for i in inside if sentence.tokens[i].head not in inside), mention.head)
    token = sentence.tokens[head]
    if mention.kind == "adjective" or token.deprel in {"compound", "amod"}:
        # "from the Japanese Export-Import Bank": the noun that it modifies tells
        while token.head >= 0 and token.deprel in {"compound", "amod", "flat"} and token.head != one.cue.index:
            token = sentence.tokens[token.head]
        head = token.index
    cases = {c.lemma.lower() for c in sentence.children(head, "case")} - {"'s", "’s"}
    if mention.first and sentence.tokens[mention.first - 1].upos == "ADP":
        cases.add(sentence.tokens[mention.first - 1].text.lower())
    after = sentence.tokens[mention.last].text.lower() if mention.last < len(sentence.tokens) else ""
    owner = after in {"'s", "’s", "'", "’"} or token.deprel == "nmod:poss"
    if owner and mention.first > one.cue.index and token.head >= 0:
        # "from Japan's Export-Import Bank": the noun that is owned tells
        cases, owner = {c.lemma.lower() for c in sentence.children(token.head, "case")} - {"'s", "’s"}, False
    if cases and not owner:
        if one.cue.upos == "VERB" and one.measure == "imports" and "from" not in cases:
            return None
        if cases & _PARTNER.get(one.measure, frozenset()):
            return "partner"
        if cases & _REPORTER.get(one.measure, frozenset()):
            return "reporter"
        return None
    near = 0 <= one.cue.index - mention.last <= 4
    if (owner or mention.kind == "adjective") and near:
        return "reporter"
    if token.deprel.startswith("nsubj") and token.head >= 0:
        verb = sentence.tokens[token.head].lemma.lower()
        if verb in _RECEIVE and one.measure in {"aid", "loan", "investment", "arms"}:
            return "partner"
        if one.cue.lemma.lower() == "borrow":
            return "partner"
        if "quota" in one.notes and verb in {"benefit", *_RECEIVE}:
            return "partner"
        clause = clause_head(sentence, one.amount.first)
        joined = sentence.tokens[clause].deprel == "conj" and sentence.tokens[clause].head == token.head
        own = any(c.deprel.startswith("nsubj") for c in sentence.children(clause))
        return "reporter" if clause == token.head or (joined and not own) else None
    return "partner" if token.deprel == "iobj" else None


def change_of(sentence: Sentence, amount: AmountMention) -> tuple[float, str] | None:
    """A change in per cent, signed, and its direction; null where the number is a share or a rate."""
    if amount.value is None:
        return None
    if amount.kind == "multiple":
        return 100 * (amount.value - 1), "up" if amount.value > 1 else "down"
    way = _way(sentence, amount, None)
    if way is None:
        return None
    after = sentence.tokens[amount.last].text.lower() if amount.last < len(sentence.tokens) else ""
    before = [t.text.lower() for t in sentence.tokens[max(0, amount.first - 3) : amount.first]]
    if (after == "of" and "by" not in before) or (before and before[-1] in {"to", "from", "at"}):
        return None
    return (amount.value, way) if way == "up" else (-amount.value, way)


def _way(sentence: Sentence, amount: AmountMention, cue: Token | None) -> str | None:
    """The word of rise or fall that governs a number: in its own clause, or right beside it."""
    clause = clause_head(sentence, amount.first)
    found: list[tuple[int, str]] = []
    for token in sentence.tokens:
        word = meaning(token.lemma, token.upos)
        if word not in _WAYS or amount.first <= token.index < amount.last:
            continue
        if token.index >= amount.last + 2 or (token.index >= amount.last and token.upos != "NOUN"):
            continue
        near = amount.first - token.index if token.index < amount.first else token.index - amount.last + 1
        beside = near <= 4
        above = token.index == clause or token.index == sentence.tokens[amount.first].head
        if beside or (above and near <= 12):
            found.append((near, word))
    if not found or (cue is not None and min(found)[0] > 6):
        return None
    return min(found)[1]


def _is_step(sentence: Sentence, amount: AmountMention, amounts: list[AmountMention]) -> bool:
    """Whether a number is only the step of a change whose outcome follows ("raised by 4,500 tonnes to 34,300")."""
    before = sentence.tokens[amount.first - 1].text.lower() if amount.first else ""
    follows = sentence.tokens[amount.last].text.lower() if amount.last < len(sentence.tokens) else ""
    return before in {"by", "from"} and follows == "to" and any(a.first == amount.last + 1 for a in amounts)


def _in_dateline(article: Article, mention: ActorMention) -> bool:
    """Whether a name is only where the report was written ("LONDON, March 16 - ")."""
    sentence = article.sentences[mention.sentence]
    if sentence.part != "text" or mention.start - sentence.start > _DATELINE or not mention.text.isupper():
        return False
    rest = sentence.clip(mention.end, mention.end + _DATELINE)
    return rest.startswith(",") and any(dash in rest for dash in (" - ", " – ", " — "))


def _is_price(sentence: Sentence, amount: AmountMention) -> bool:
    """Whether a sum is a price ("105 dlrs per tonne"), a rate ("152 yen to the dollar") or one just told, converted."""
    if amount.kind != "money":
        return False
    follows = [t.text.lower() for t in sentence.tokens[amount.last : amount.last + 2]]
    before = sentence.tokens[amount.first - 1].text if amount.first else ""
    if before == "(" and follows[:1] == [")"]:
        # the same sum in another currency
        return True
    per = len(follows) == 2 and follows[0] in {"a", "per", "the", "/"} and follows[1] not in {"year", "annum", "month"}
    return per or (amount.value or 0) < _LEAST_MONEY


def _is_own_quota(one: _Told, ends: _Ends) -> bool:
    # what OPEC allots bounds what its members pump, not what they trade with it
    return one.amount.unit in _units(_GOODS) and "OPEC" in {ends.reporter, ends.partner}


def _is_office(sentence: Sentence, token: Token) -> bool:
    if token.lemma.lower() == "trade" and token.xpos == "NNS":
        return True
    named = token.deprel in {"compound", "flat", "amod"} and token.head >= 0
    return named and sentence.tokens[token.head].lemma.lower() in _OFFICES


def period_of(article: Article, sentence: Sentence, amount: AmountMention) -> str | None:
    """The year, month or span of a number; a single day is the day of the news, not the period.

    It is the time that stands right behind the number ("7.9 bn in 2017") or owns it ("2017's 7.9 bn"), else the
    nearest. What a number is compared with ("up from 7.9 bn") has no other time than its own, and gives that to none.
    """
    held = [
        d
        for d in article.dates_in(sentence.index)
        if d.kind == "date" and d.edtf and ("/" in d.edtf or len(d.edtf) < len("2019-09-02")) and d.basis != "era"
    ]
    own = next((d for d in held if _is_of(sentence, d, amount)), None)
    if own is not None:
        return own.edtf
    if _is_base(sentence, amount):
        return None
    bases = [a for a in article.amounts_in(sentence.index) if a.first != amount.first and _is_base(sentence, a)]
    free = [d for d in held if not any(_is_of(sentence, d, a) for a in bases)]
    return min(free, key=lambda d: abs(d.first - amount.first)).edtf if free else None


def _is_of(sentence: Sentence, date: DateMention, amount: AmountMention) -> bool:
    """Whether a time stands right behind a number, at most a preposition between them, or owns it."""
    between = {t.text.lower() for t in sentence.tokens[amount.last : date.first]}
    if 0 <= date.first - amount.last <= _BESIDE and between <= _DURING:
        return True
    owner = {t.text.lower() for t in sentence.tokens[date.last : amount.first]}
    return bool(owner) and date.last < amount.first and owner <= _OWNER


def _is_base(sentence: Sentence, amount: AmountMention) -> bool:
    """Whether a number is what another is compared with: "up from 7.9 bn", "against 7.9 bn", "compared with"."""
    if amount.low is not None:
        return False  # "rose from 7.9 bn to 8.2 bn" is one move
    at = amount.first - 1
    while at >= 0 and (sentence.tokens[at].text.lower() in _OWNER | _TIMED or _is_year(sentence, at)):
        at -= 1
    if at < 0:
        return False
    word, before = sentence.tokens[at].text.lower(), sentence.tokens[at - 1].text.lower() if at else ""
    if word in {"with", "to"}:
        return before in {"compared", "relative"}
    moves = any(meaning(t.lemma, t.upos) in _WAYS for t in sentence.tokens)
    return word in _BASES or (word == "from" and moves)


def _is_year(sentence: Sentence, at: int) -> bool:
    return re.fullmatch(r"(?:1[5-9]|20)\d\d", sentence.tokens[at].text) is not None


def _outcome(sentence: Sentence, amount: AmountMention, amounts: list[AmountMention]) -> str | None:
    """Where a number went when a comparison follows: "reached 8.2 bn in 2018, up from 7.9 bn" went up."""
    later = next((a for a in amounts if a.first >= amount.last), None)
    if later is None or not _is_base(sentence, later) or later.kind != amount.kind:
        return None
    words = [meaning(t.lemma, t.upos) for t in sentence.tokens[amount.last : later.first]]
    return next((w for w in words if w in _WAYS), None)
