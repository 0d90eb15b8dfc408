"""Sightings: journeys, amounts and instruments as frames alone report them, and the parties of a frame as actors."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from comity.coding.arguments import Parties, Party, merge, parties_of
from comity.coding.clauses import NONE, NOTHING, context_of
from comity.coding.contradictions import is_called_off
from comity.coding.figures import change_of, period_of, unit_of
from comity.coding.frames import Frame, Frames
from comity.coding.instruments import Instrument, borne_out, find_instruments, kind_of
from comity.coding.parties import unknown_signers
from comity.coding.stages import act_on, in_use
from comity.coding.statement import actor, clause_head, clause_span, date_of, place_of, source
from comity.coding.visits import level_of, purpose_of
from comity.knowledge import plover
from comity.knowledge.states import continuing
from comity.knowledge.word_classes import words
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention, AmountMention
from comity.records.record import Actor, Agreement, Antecedent, Figure, Record, Visit

LIKELY = 0.35
"""How likely a party must be to take part."""
WEAK = 0.1
"""How likely the likeliest must be where nobody else would stand on a side."""

Side = tuple[list[Party], list[Actor]]
"""The parties that a sentence names on a side, and those that are understood."""


def code_of(one: Actor) -> str | None:
    """The code of an actor, a former state as its successor."""
    code = one.state or one.organisation
    return continuing(code) if code else None


def frames_of(article: Article, record: Record, frames: Sequence[Frame]) -> list[Frame]:
    """The frames in the quote of a record.

    Of "it was signed" those where its instrument was last named; of an amount those of its sentence, where the network
    has seen the other one of "reached 5 million, up from 4 million".
    """
    found = _inside(article, record, frames)
    if not found and isinstance(record, Figure):
        at = record.start or 0
        whole = [s.index for s in article.sentences if s.part == record.part and s.start <= at < s.end]
        return [f for f in frames if f.sentence in whole]
    if found or not isinstance(record, Agreement) or not record.title or record.part == "title":
        return found
    at = article.document.text.rfind(record.title, 0, record.start or 0)
    return _inside(article, replace(record, start=at, end=at + len(record.title)), frames) if at >= 0 else []


def _inside(article: Article, record: Record, frames: Iterable[Frame]) -> list[Frame]:
    """The frames whose word stands in the quote of a record."""
    parts = {s.index: s for s in article.sentences}
    out = []
    for f in frames:
        sentence = parts[f.sentence]
        token = sentence.tokens[f.token]
        if sentence.part == record.part and (record.start or 0) <= token.start and token.end <= (record.end or 0):
            out.append(f)
    return out


def side(article: Article, sentence: Sentence, near: int, codes: list[str], named: Parties) -> Side:
    """Parties by their codes: the mention nearest to a token, else the words of another sentence."""
    here: list[Party] = []
    understood: list[Actor] = []
    for code in codes:
        own = [p for p in named.patients if any(code_of(a) == code for a in p.actors)]
        if own:
            party = min(own, key=lambda p: (abs(p.head - near), p.head))
            here.append(replace(party, actors=tuple(a for a in party.actors if code_of(a) == code)))
        elif (meant := _understood(article, sentence, code)) is not None:
            understood.append(meant)
    return here, understood


def actors_of(here: list[Party], understood: list[Actor]) -> tuple[Actor, ...]:
    """The actors of a side."""
    return (*merge(here), *understood)


def _understood(article: Article, sentence: Sentence, code: str) -> Actor | None:
    """A party that a sentence leaves out: the last mention of it before, else the first after."""
    mentions = [m for m in article.actors if m.kind != "pronoun" and code in map(continuing, m.states)]
    if not mentions:
        place = next((p for p in article.places if p.state and continuing(p.state) == code), None)
        if place is None:
            return None
        part = next(s.part for s in article.sentences if s.index == place.sentence)
        words = Antecedent(text=place.text, start=place.start, end=place.end, part=part)
        return Actor(text=place.text, name=place.name, state=place.state, antecedent=words)
    before = [m for m in mentions if m.sentence < sentence.index]
    mention = before[-1] if before else mentions[0]
    one: ActorMention = next((m for m in mention.members if code in map(continuing, m.states)), mention)
    words = Antecedent(text=mention.text, start=mention.start, end=mention.end, part=mention.part)
    return replace(actor(one), text=mention.text, start=None, end=None, antecedent=words)


def is_meeting(article: Article, frame: Frame) -> bool:
    """Whether a frame's word is one for a meeting, which seldom reports a journey."""
    lemma = sentence_of(article, frame).tokens[frame.token].lemma.lower()
    return lemma in plover.noun_class("@talks") | words("fact", "meeting")


def sentence_of(article: Article, frame: Frame) -> Sentence:
    """The sentence of a frame."""
    return next(s for s in article.sentences if s.index == frame.sentence)


def visits_of(article: Article, frames: Frames, frame: Frame) -> list[Visit]:
    """The journeys that a frame reports, one to each host; none without a host and a guest from elsewhere."""
    codes = frames.stage.codes
    best = max(codes, key=lambda c: frame.second[c])
    hosts = [c for c in codes if c == best or frame.second[c] >= _EVEN > frame.first[c]]
    return [v for host in hosts if (v := _visit(article, frames, frame, host, hosts)) is not None]


def _visit(article: Article, frames: Frames, frame: Frame, host: str, hosts: list[str]) -> Visit | None:
    sentence, codes = sentence_of(article, frame), frames.stage.codes
    others = [c for c in codes if c not in hosts]
    if not others:
        return None
    guests = [c for c in others if frame.first[c] >= LIKELY] or [max(others, key=lambda c: frame.first[c])]
    if frame.second[host] < WEAK or frame.first[guests[0]] < WEAK:
        return None
    named = parties_of(article, sentence)
    visitors = side(article, sentence, frame.token, guests, named)
    home = actors_of(*side(article, sentence, frame.token, [host], named))
    if not home or not home[0].state or not any(a.state for a in actors_of(*visitors)):
        return None
    token = sentence.tokens[frame.token]
    start = min([token.start, *(p.start for p in visitors[0])])
    end = max([clause_span(sentence, frame.token)[1], token.end, *(p.end for p in visitors[0])])
    date, basis = date_of(article, sentence, frame.token)
    status = "denied" if is_called_off(sentence, frame.token) else frame.likeliest_status
    travellers = actors_of(*visitors)
    return Visit(
        **source(article, sentence, start, end),
        visitors=travellers,
        host=home[0].state,
        place=place_of(article, sentence, frame.token),
        date=date,
        date_basis=basis,
        purpose=purpose_of(sentence, frame.token),
        status="planned" if status == "hypothetical" else status,
        level=level_of(travellers),
    )


def figure_of(article: Article, frames: Frames, frame: Frame) -> Figure | None:
    """The amount between two parties that a frame reports; null where its words are no amount, or its ends one."""
    sentence, codes = sentence_of(article, frame), frames.stage.codes
    near = (a for a in article.amounts_in(frame.sentence) if a.first - 1 <= frame.token < a.last)
    amount = next(near, None)
    if amount is None or (amount.kind == "count" and _goes_on(sentence, amount)):
        return None
    reporter = max(codes, key=lambda c: frame.first[c])
    partner = max((c for c in codes if c != reporter), key=lambda c: frame.second[c])
    if frame.first[reporter] < WEAK or frame.second[partner] < WEAK:
        return None
    named = parties_of(article, sentence)
    sides = [side(article, sentence, frame.token, [c], named) for c in (reporter, partner)]
    first, second = ((a[0].state or a[0].organisation) if (a := actors_of(*s)) else None for s in sides)
    change = change_of(sentence, amount) if amount.kind in {"percent", "multiple"} else None
    value = None if change else amount.value
    if first is None or second is None or (value is None and change is None):
        return None
    spans = [(p.start, p.end) for here, _ in sides for p in here] + [(amount.start, amount.end)]
    unit = "pct" if amount.kind == "percent" else unit_of(article, amount, (first, second))
    return Figure(
        **source(article, sentence, min(s for s, _ in spans), max(e for _, e in spans)),
        measure=frame.type,
        reporter=first,
        partner=second,
        value=value,
        unit=unit if value is not None else None,
        change_pct=change[0] if change else None,
        direction=change[1] if change else None,
        period=period_of(article, sentence, amount),
        qualifier=amount.qualifier,
    )


def _goes_on(sentence: Sentence, amount: AmountMention) -> bool:
    """Whether a number is part of a longer one: "two thousand five hundred dollars" is not two thousand of anything."""
    return amount.last < len(sentence.tokens) and sentence.tokens[amount.last].upos == "NUM"


def agreement_of(article: Article, frames: Frames, frame: Frame) -> Agreement | None:
    """The instrument that a frame reports; null where fewer than two parties take part in it."""
    sentence, codes = sentence_of(article, frame), frames.stage.codes
    # the innermost: "the instruments of ratification of the treaty" has two
    named_there = [i for i in find_instruments(sentence) if i.first <= frame.token < i.last]
    instrument = max(named_there, key=lambda i: i.first, default=None)
    around = context_of(sentence, instrument) if instrument else None
    if around is not None and around.yields == NOTHING:
        return None
    top = clause_head(sentence, frame.token)
    of_firms = instrument is None or instrument.kind.type == "contract"
    if of_firms and unknown_signers(article, sentence, top):
        return None  # "Delta Gas of Peru and Norlin of Chile signed a contract"
    parties = [c for c in codes if frame.first[c] >= LIKELY]
    named = parties_of(article, sentence)
    who = actors_of(*side(article, sentence, frame.token, parties, named))
    span, title = _named(sentence, frame, instrument)
    if not any(kind_of(w) for w in _words(title)):
        return None  # "the peace plan" is no instrument
    if instrument is None and not words("instrument", "law of one state").isdisjoint(_words(title)):
        return None  # "a budget deal"
    stage = _stage(article, sentence, frame, instrument)
    if around is not None:
        stage = None if around.yields == NONE else around.yields
    dated = stage is not None and (around is None or around.dated)
    date, basis = date_of(article, sentence, top) if dated else (None, None)
    ends = borne_out(title, tuple(sorted({c for a in who if (c := a.state or a.organisation)})), stage)
    if len(ends) < _TWO or (stage is None and len(ends) > _TWO):
        return None  # of many who stand near a name, no act shows who takes part
    start, end = clause_span(sentence, top)
    return Agreement(
        **source(article, sentence, min(start, span[0]), max(end, span[1])),
        title=title,
        type=instrument.kind.type if instrument else None,
        parties=ends,
        stage=stage,
        date=date,
        date_basis=basis,
        interstate=True,
    )


def _named(sentence: Sentence, frame: Frame, instrument: Instrument | None) -> tuple[tuple[int, int], str]:
    """Where an instrument is named, and its title: the word alone where its phrase is too long for one."""
    token = sentence.tokens[frame.token]
    span = (instrument.start, instrument.end) if instrument else sentence.span(frame.token)
    inside = [t for t in sentence.tokens if span[0] <= t.start < span[1]]
    opens = next((t.start for t in inside if t.upos not in _SMALL), span[0])
    title = instrument.title if instrument else sentence.clip(opens, span[1])
    return (span, title) if len(title.split()) <= _LONG else ((token.start, token.end), token.text)


def _words(title: str) -> list[str]:
    return [w.strip(".,;:()'\"").lower() for w in title.split()]


def _stage(article: Article, sentence: Sentence, frame: Frame, instrument: Instrument | None) -> str | None:
    """The stage that a frame reports, else the one by the verb's rules; null where neither is sure.

    That something is in force takes more than other stages, and is said of no several.
    """
    token = sentence.tokens[frame.token]
    several = token.xpos in {"NNS", "NNPS"}
    in_force = frame.type == "in force"
    if frame.types[frame.type] >= (_IN_FORCE if in_force else _SURE) and not (in_force and several):
        return frame.type
    act = act_on(article, sentence, instrument) if instrument else None
    return act.stage if act and not in_use(sentence, act) else None


_SMALL = frozenset({"ADP", "CCONJ", "DET", "PART", "PRON"})
_IN_FORCE = 0.7
"""How likely it must be that an instrument is in force."""
_EVEN = 0.5
_TWO = 2
_LONG = 14
"""More words than this are no title."""
_SURE = 0.4
"""How likely a stage must be to be recorded."""
