"""Instruments between states: each once, joined over the article, at the latest stage that the text supports."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from comity.coding import parties, stages
from comity.coding.clauses import (
    NOTHING,
    Term,
    context_of,
    find_condition,
    find_terms,
    find_testimonium,
    goes_on,
)
from comity.coding.communiques import Communique, find_communique
from comity.coding.constructions import decide
from comity.coding.cooperation import find_areas
from comity.coding.dossiers import Dossier, Gathering, counts, matter
from comity.coding.instrument_mentions import (
    FUTURE,
    NO_DATE,
    SUBJECT,
    Dated,
    InstrumentMention,
    is_news,
    read,
    taking_effect,
    when,
)
from comity.coding.instruments import Instrument, borne_out, find_instruments, stand_ins
from comity.coding.statement import Source, actor, attribution, clause_head, clause_span, place_of, source
from comity.knowledge.agreement_words import pattern, words
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Agreement, Predecessor, Step

_PAIR = 2
_STATEMENTS = frozenset({"joint statement", "declaration"})
_CALLED_RANK = stages.rank("proposed") - 0.5
_USED_RANK = stages.rank("negotiated") + 0.5
_SIGNED = frozenset({"signed", "initialled", "planned", "ratified", "renewed", "extended"})
Filed = list[tuple[InstrumentMention, Dossier | None]]
"""The mentions of a sentence, each with its dossier."""


def code_agreements(article: Article) -> list[Agreement]:
    """The agreements that an article reports, in the order of their quotes.

    Each instrument is one record however often it is mentioned; several unnamed ones reported together are one record
    with `count`. Business contracts, laws and abstract uses ("in agreement") give no record.
    """
    itself = find_communique(article)
    pair = itself.parties if itself and len(itself.parties) >= _PAIR else parties.dyad(article)
    gathered = gather(article, itself, pair)
    found = [r for d in gathered.dossiers if (r := _record(article, d, pair))]
    found = _attested(article, found if gathered.dossiers else list(_clauses(article)))
    if itself:
        found.append(_whole(article, itself))
    return sorted(found, key=_place)


def _place(record: Agreement) -> tuple[bool, int]:
    return record.part != "title", record.start or 0


def gather(article: Article, itself: Communique | None, pair: tuple[str, ...]) -> Gathering:
    """The dossiers of the instruments that an article reports, but for the joint statement that it is itself."""
    gathered = Gathering()
    for sentence in article.sentences:
        here: Filed = []
        for instrument in find_instruments(sentence):
            around = context_of(sentence, instrument)
            if (around and around.yields == NOTHING) or (itself and _names_itself(article, sentence, instrument)):
                continue
            mention = read(article, sentence, instrument, [m.instrument for m, _ in here], pair)
            for one in _apart(mention) if counts(mention) else ():
                dossier = gathered.file(one)
                here.append((one, dossier))
                if dossier is not None and dossier.mentions[-1].sentence is sentence:
                    further = stages.besides(sentence, instrument, one.act)
                    dossier.mentions += [replace(one, act=act) for act in further]
        here += _spoken_of(article, sentence, gathered, pair)
        _link(here, gathered)
        _terms(article, sentence, here, gathered)
        _condition(sentence, here, gathered.dossiers)
    return gathered


def _spoken_of(article: Article, sentence: Sentence, gathered: Gathering, pair: tuple[str, ...]) -> Filed:
    """What is said of an instrument that a word stands for: "It was signed in Lima", "The latter lapsed in May"."""
    out: Filed = []
    for word in stand_ins(sentence) if gathered.dossiers else ():
        mention = read(article, sentence, word, [], pair)
        meant = gathered.stood_for(mention) if mention.verb in words("done with it") else None
        if meant is not None:
            acts = [mention.act, *stages.besides(sentence, word, mention.act)]
            meant.mentions += [replace(mention, act=act) for act in acts]
            out.append((mention, meant))
    return out


def _names_itself(article: Article, sentence: Sentence, instrument: Instrument) -> bool:
    """Whether a joint statement speaks of itself: its headline, or "this Joint Statement"."""
    if instrument.kind.type not in _STATEMENTS:
        return False
    title = re.split(r"[^\w.]+", (article.document.title or "").lower())
    own = {"statement", "declaration", "communique", "following", *title}
    return sentence.part == "title" or (instrument.determiner in {"this", "the"} and instrument.content <= own)


def _apart(mention: InstrumentMention) -> list[InstrumentMention]:
    """A mention of several instruments with several partners as one for each: "trade deals with Canada and Japan"."""
    article, it = mention.article, mention.instrument
    partners = parties.codes(parties.partners(article, mention.sentence, it.last))
    if not it.plural or len(partners) < _PAIR or it.count not in {None, len(partners)}:
        return [mention]
    # the one who acts, not whoever else the sentence names
    acting = [c for c in parties.codes(mention.actors) if c not in partners]
    own = acting or [c for c in mention.parties if c not in partners] or parties.leading(article, partners)
    pairs = [(own[0], c) for c in partners] if own else []
    single = replace(mention, instrument=replace(it, plural=False, count=1), around=(), strange=False)
    return [replace(single, parties=p, named=p) for p in pairs] or [mention]


def _link(here: Filed, gathered: Gathering) -> None:
    """Notes of each instrument of a sentence what replaces, renews or amends it."""
    for mention, own in here:
        if mention.link is None or mention.successor is None or own is None or mention.successor >= len(here):
            continue
        dossier: Dossier | None = own
        later = here[mention.successor][1] if mention.successor >= 0 else gathered.stood_for(mention, own)
        if mention.successor == SUBJECT:
            later, dossier = own, next((d for _, d in here if d is not own), later)
        if later is None or dossier is None or later is dossier:
            continue
        later.predecessors.append((dossier, mention.link))
        dossier.later = later
        in_force = max(stages.rank(m.stage) for m in later.mentions) >= stages.rank("in force")
        if mention in dossier.mentions and mention.act and mention.stage == "superseded" and not in_force:
            # an earlier treaty ends when the later one enters into force, not when that is drafted or signed
            runs = replace(mention, act=replace(mention.act, stage="in force"))
            dossier.mentions[dossier.mentions.index(mention)] = runs


def _terms(article: Article, sentence: Sentence, here: Filed, gathered: Gathering) -> None:
    """Gives each term of the sentence to the instrument that it is of."""
    for term in find_terms(sentence.text):
        start, end = (sentence.start + at for at in term.subject or (term.start, term.end))
        over = [(m, d) for m, d in here if m.instrument.start < end and start < m.instrument.end]
        if over:
            dossier = next((d for _, d in over if d), None)
            if dossier is None and over[0][0].asked_for:
                continue
            # a term is reason enough to keep the instrument that it is of
            dossier = dossier or gathered.open(over[0][0])
        else:
            # "it will run for ten years": the instrument of this sentence, else the last one
            filed = [d for _, d in here if d] or gathered.dossiers[-1:]
            if not filed:
                continue
            dossier = filed[0]
        dossier.terms.append(_resolved(article, sentence, term))


def _resolved(article: Article, sentence: Sentence, term: Term) -> Term:
    """The term with the year of its end, where only the article gives it: "expires on March 31"."""
    if term.duration is not None or term.until is None:
        return term
    start, end = (sentence.start + at for at in term.until)
    dates = (d.edtf for d in article.dates_in(sentence.index) if d.edtf and d.start < end and start < d.end)
    date = next(dates, None)
    return replace(term, duration=f"until {date.removeprefix('../')}") if date else term


def _condition(sentence: Sentence, here: Filed, dossiers: list[Dossier]) -> None:
    """Gives what brings an instrument into force, and what follows its term, to the one that the sentence is of."""
    dossier = next((d for _, d in here if d), dossiers[-1] if dossiers and not here else None)
    if dossier is not None:
        dossier.condition = dossier.condition or find_condition(sentence.text)
        dossier.goes_on = dossier.goes_on or goes_on(sentence.text)


def _clauses(article: Article) -> Iterator[Agreement]:
    """Terms of a lone clause that leaves its instrument unnamed: "It shall remain in force for three years"."""
    for sentence in article.sentences:
        for term in find_terms(sentence.text):
            if term.duration and pattern("validity").search(sentence.text, term.start, term.end):
                yield Agreement(
                    **source(article, sentence, sentence.start + term.start, sentence.start + term.end),
                    duration=term.duration,
                    renewal=term.renewal,
                    notice=term.notice,
                    confidence=0.6,
                    evidence="rule: term of validity",
                )


def _whole(article: Article, itself: Communique) -> Agreement:
    """The record of the joint statement that the document is: issued on the day of its publication."""
    words_of_title = source(article, article.sentences[0], itself.start, itself.end)
    return Agreement(
        **words_of_title,
        title=words_of_title["quote"],
        type=itself.type,
        parties=tuple(sorted(itself.parties)),
        stage="signed",
        date=article.document.published,
        date_basis=article.document.published_basis,
        place=itself.place,
        areas=find_areas(words_of_title["quote"]),
        interstate=True,
        confidence=0.9,
        evidence=f"rule: title of a {itself.type}",
    )


def _attested(article: Article, found: list[Agreement]) -> list[Agreement]:
    """The records of a treaty's own text: the one that it sets out was signed where and when its testimonium says."""
    testimony = find_testimonium(article)
    own = [r for r in found if r.parties and r.stage in {None, "planned", "signed", "agreed"}]
    if testimony is None or not own:
        return found
    # the text sets out what its heading names, else what it names first
    itself = min(own, key=_place)
    done = replace(
        itself,
        stage="signed",
        date=testimony.date or (itself.date if itself.stage == "signed" else None),
        date_basis="stated" if testimony.date else itself.date_basis,
        place=testimony.place,
        evidence="rule: testimonium",
    )
    return [done if r is itself else r for r in found]


Between = tuple[Dossier, tuple[str, ...]]
"""A dossier whose parties are looked for, and the pair of states that its article is about."""
PARTY_FACTS: Mapping[str, Callable[[Between], bool | Collection[str]]] = {
    "by the headline": lambda b: b[0].headline,
    "definite": lambda b: any(i.definite for i in b[0].instruments),
    "fits the later": lambda b: b[0].later is not None and _fits(b[0], b[0].later.parties),
    "fits the pair": lambda b: _fits(b[0], b[1]),
    "joined": lambda b: any(m.verb in words("joining") for m in b[0].mentions),
    "named": lambda b: any(i.named for i in b[0].instruments),
    "only spoken of": lambda b: all(m.act is None and not m.instrument.named for m in b[0].mentions),
    "parties": lambda b: b[0].parties,
    "private": lambda b: b[0].private,
    "several, not counted": lambda b: b[0].plural and all(i.count is None for i in b[0].instruments),
    "strange": lambda b: any(m.strange for m in b[0].mentions),
    "two in one mention": lambda b: any(len(m.parties) >= _PAIR for m in b[0].mentions),
    "two parties": lambda b: len(b[0].parties) >= _PAIR,
}
"""What a rule may ask where the parties of a dossier are looked for."""


def _fits(dossier: Dossier, known: tuple[str, ...]) -> bool:
    """Whether the parties of a dossier are among two or more that are known."""
    return len(known) >= _PAIR and set(dossier.parties) <= set(known)


def _parties(dossier: Dossier, pair: tuple[str, ...]) -> tuple[str, ...]:
    """The parties of an instrument by the first row of "parties" that holds; none where it is not between states."""
    rule = decide("parties", PARTY_FACTS, (dossier, pair))
    later = dossier.later.parties if dossier.later else ()
    found = {"named": dossier.parties, "those of the later": later, "the article's pair": pair}
    return found.get(rule.yields, ()) if rule else ()


def _record(article: Article, dossier: Dossier, pair: tuple[str, ...]) -> Agreement | None:
    """The record of an instrument; null where its parties are not known, nor a term that it has."""
    best = max(dossier.mentions, key=_weight)
    who = _parties(dossier, pair)
    term = next((t for t in dossier.terms if t.duration), dossier.terms[0] if dossier.terms else None)
    if not who and (term is None or term.duration is None):
        return None
    stage, (date, basis) = _stage(dossier, best)
    fullest = _fullest(dossier)
    known = borne_out(fullest.title, who, stage)
    if who and not known:
        return None  # named in passing by states that are not its parties
    if len(known) > _PAIR:
        known = tuple(c for c in known if parties.sovereign(c)) or known  # "an accord on Macao" between two others
    condition = dossier.condition
    endless = dossier.goes_on and term is not None and term.duration not in {None, "indefinite"}
    return Agreement(
        **_quote(article, best),
        title=fullest.title,
        type=dossier.type,
        parties=tuple(sorted(known)),
        signatories=_signatories(dossier, stage, known),
        stage=stage,
        date=date,
        date_basis=basis,
        place=_place_of(dossier, stage),
        duration=term.duration if term else None,
        # the length, the renewal and the notice may each have a clause of their own
        renewal=next((t.renewal for t in dossier.terms if t.renewal), None),
        notice=next((t.notice for t in dossier.terms if t.notice), None),
        predecessors=tuple(
            Predecessor(title=_fullest(d).title, date=_signature(d), link=link) for d, link in dossier.predecessors
        ),
        areas=find_areas(fullest.title),
        count=fullest.count if fullest.plural else None,
        interstate=True if len(known) >= _PAIR else False if dossier.private else None,
        acts=_acts(dossier, stage),
        force=condition.force if condition else None,
        force_delay=condition.delay if condition else None,
        force_count=condition.count if condition else None,
        afterwards="indefinite" if endless else None,
        confidence=_confidence(dossier, known, stage),
        evidence=f"rule: {_word(best)}",
    )


def _weight(mention: InstrumentMention) -> tuple[float, bool, bool, int]:
    """How much a mention says of how far its instrument has come."""
    # use shows that an instrument exists; any act on it says more, and more than "a draft agreement"
    rank = _USED_RANK if mention.used else stages.rank(mention.stage)
    rank = min(rank, _CALLED_RANK) if mention.called else rank
    return rank, mention.sentence.part == "text", when(mention)[0] is not None, -mention.sentence.index


def _word(mention: InstrumentMention) -> str:
    """The word that gives the stage of a mention: its act, else what it is called."""
    return mention.sentence.tokens[mention.token].text.lower()


def _is_idle(mention: InstrumentMention) -> bool:
    """Whether words show an instrument in force that only use it or name several: "under the pact", "unfair deals".

    They do not say what stage it has reached.
    """
    it = mention.instrument
    loose = not it.named and ((it.plural and not it.definite) or mention.used)
    return mention.stage == "in force" and (loose or _word(mention) in words("by which"))


def _stage(dossier: Dossier, best: InstrumentMention) -> tuple[str | None, Dated]:
    """How far an instrument has come and when, by its weightiest mention, else by the day or year in its name."""
    stage, date = (None, NO_DATE) if _is_idle(best) else (best.stage, _date(dossier, best))
    days = [day for _, day in dossier.named_days]
    year = best.instrument.year
    if stage is None and year:
        return "signed", (next((day for day in days if day.startswith(year)), year), "stated")
    if days and (stage is None or (best.used and date[0] is None)):
        return "signed", (days[0], "stated")
    return stage, date if stage else NO_DATE  # a day without an act is the day of nothing


def _date(dossier: Dossier, best: InstrumentMention) -> Dated:
    """When an instrument reached its stage, by whichever mention of that stage says so."""
    ends = taking_effect(best) if best.stage in {"terminated", "suspended"} else None
    if ends:
        return ends, "stated"
    same = [best, *(m for m in dossier.mentions if m is not best and m.stage == best.stage)]
    for mention in same:
        date, basis = when(mention)
        year = mention.instrument.year if best.stage == "signed" else None
        if date and date.startswith(year or ""):
            return date, basis
    # the year in a name is that of the signature
    if dossier.year and best.stage in {None, "signed", "agreed"}:
        return dossier.year, "stated"
    published = best.article.document.published
    return (published, "relative") if published and any(map(is_news, same)) else NO_DATE


def _signature(earlier: Dossier) -> str | None:
    """When an earlier instrument was signed: by its name, "the treaty of 12 January 1999", or by what is said of it."""
    named = next((day for _, day in earlier.named_days), None)
    return named or earlier.year or _date(earlier, earlier.mentions[0])[0]


def _clause(mention: InstrumentMention) -> tuple[int, int]:
    """Where the clause of a mention's act and its instrument begin and end."""
    sentence, it = mention.sentence, mention.instrument
    start, end = clause_span(sentence, clause_head(sentence, mention.token))
    return min(start, it.start), max(end, it.end)


def _quote(article: Article, best: InstrumentMention) -> Source:
    """The clause of the weightiest mention, from its first word that joins it to no other, and who says it."""
    start, end = _clause(best)
    tokens = best.sentence.tokens
    first = (t.start for t in tokens if t.start >= start and t.deprel not in {"mark", "cc", "punct"})
    found = source(article, best.sentence, min(next(first, start), best.instrument.start), end)
    speaker = article.speaker(best.sentence.index, best.instrument.start, best.instrument.end)
    found["attribution"] = found["attribution"] or attribution(speaker)
    return found


def _acts(dossier: Dossier, stage: str | None) -> tuple[Step, ...]:
    """What the report says of the life of an instrument besides its latest stage: "signed in May, in force since"."""
    found: dict[str, Step] = {}
    for m in dossier.mentions:
        if m.stage in {None, stage, *FUTURE} or m.used or _is_idle(m):
            continue
        date, basis = when(m)
        kept = found.get(m.stage or "")
        # every agreement was once agreed
        if (date or m.stage != "agreed") and (kept is None or (kept.date is None and date)):
            found[m.stage or ""] = _step(m, m.stage or "", (date, basis), _clause(m))
    if dossier.named_days and stage not in {None, *FUTURE} and "signed" not in {*found, stage}:
        # "the Treaty of 12 January 1999" was signed on that day
        m, day = dossier.named_days[0]
        found["signed"] = _step(m, "signed", (day, "stated"), (m.instrument.start, m.instrument.end))
    return tuple(sorted(found.values(), key=lambda s: stages.rank(s.stage)))


def _step(mention: InstrumentMention, stage: str, date: Dated, span: tuple[int, int]) -> Step:
    at = source(mention.article, mention.sentence, *span)
    return Step(
        stage=stage, date=date[0], date_basis=date[1],
        quote=at["quote"], part=at["part"], start=at["start"], end=at["end"],
    )  # fmt: skip


def _place_of(dossier: Dossier, stage: str | None) -> str | None:
    acts = [(m, m.act) for m in dossier.mentions if m.act is not None and m.stage == stage]
    return next(filter(None, (place_of(m.article, m.sentence, act.token) for m, act in acts)), None)


def _signatories(dossier: Dossier, stage: str | None, who: tuple[str, ...]) -> tuple[Actor, ...]:
    """The persons who sign for the parties, each once."""
    signing = [m for m in dossier.mentions if {stage, m.stage} & _SIGNED and m.verb in words("signatory")]
    people = [one for m in signing for mention in m.actors for one in mention.members or (mention,)]
    named: dict[str, Actor] = {}
    for m in people:
        if m.kind == "person" and m.name and set(m.states) & set(who):
            named.setdefault(m.name, actor(m))
    return tuple(named.values())


def _fullest(dossier: Dossier) -> Instrument:
    """The mention with the fullest name: a capitalised title first, then the one that says most of the matter."""
    inside = [m.instrument for m in dossier.mentions if m.sentence.part == "text"] or dossier.instruments
    return max(inside, key=lambda i: (i.named, i.kind.type != "other", len(matter(i)), len(i.content)))


def _confidence(dossier: Dossier, who: tuple[str, ...], stage: str | None) -> float:
    named, acted = len(dossier.parties) >= _PAIR, any(m.act for m in dossier.mentions)
    return round(0.35 + 0.25 * named + 0.25 * acted + 0.05 * (stage is not None) + 0.05 * (len(who) == _PAIR), 2)
