"""Instruments between states: each once, joined over the article, at the latest stage that the text supports."""

import re
from dataclasses import replace
from typing import Any

from comity.coding import areas, parties, stages
from comity.coding.communiques import Communique, find_communique
from comity.coding.conditions import find_condition, goes_on
from comity.coding.contexts import NOTHING, context_of
from comity.coding.dossiers import FUTURE, JOINING, Dossier, Told, counts, dated, file, read, when
from comity.coding.instruments import Instrument, find_instruments
from comity.coding.known_parties import borne_out
from comity.coding.statement import actor, attribution, clause_head, clause_span, place_of, source
from comity.coding.terms import Term, find_terms
from comity.coding.testimonium import find_testimonium
from comity.language.tree import Sentence, dateline
from comity.mentions.article import Article
from comity.records.record import Actor, Agreement, Predecessor, Step

_SEVERAL = 2
_STATEMENTS = frozenset({"joint statement", "declaration"})
# "under the treaty": what is done by an instrument tells nothing of its own life
_BY_WHICH = frozenset(
    {"under", "pursuant", "through", "consistent", "line", "accordance", "framework", "article", "to"}
)
_WORD_RANK = stages.rank("proposed") - 0.5
_USED_RANK = stages.rank("negotiated") + 0.5
# how many sentences before "it" may stand for what they tell of
_JUST = 2
_SIGNED = frozenset({"signed", "initialled", "planned", "ratified", "renewed", "extended"})


def code_agreements(article: Article) -> list[Agreement]:
    """The agreements that an article tells of, in the order of their quotes.

    Each instrument is one record however often it is mentioned; several unnamed ones told together are one record
    with `count`. Business contracts, laws and abstract uses ("in agreement") give no record.
    """
    itself = find_communique(article)
    pair = itself.parties if itself and len(itself.parties) > 1 else parties.dyad(article)
    gathered: list[Dossier] = []
    for sentence in article.sentences:
        here: list[tuple[Told, Dossier | None]] = []
        for instrument in find_instruments(sentence):
            if itself and _names_itself(article, sentence, instrument):
                continue
            around = context_of(sentence, instrument)
            if around is not None and around.yields == NOTHING:
                continue
            told = read(article, sentence, instrument, [t.instrument for t, _ in here], pair)
            if not counts(told):
                continue
            for one in _apart(article, told):
                group = file(article, gathered, one, here[-1] if here else None)
                here.append((one, group))
                if group is not None and group.told[-1].sentence is sentence:
                    group.told += [replace(one, act=a) for a in stages.besides(article, sentence, instrument, one.act)]
        _link(here, gathered)
        _terms(article, sentence, here, gathered)
        _condition(sentence, here, gathered)
    records = [_record(article, g, pair) for g in gathered] + ([] if gathered else _clauses(article))
    done = _attested(article, [r for r in records if r is not None])
    if itself:
        done.append(_whole(article, itself))
    return sorted(done, key=lambda r: (r.part != "title", r.start or 0))


def _attested(article: Article, found: list[Agreement]) -> list[Agreement]:
    """The records of a treaty's own text: the one that it sets out was signed where and when its testimonium tells."""
    testimony = find_testimonium(article)
    own = [r for r in found if r.parties and r.stage in {None, "planned", "signed", "agreed"}]
    if testimony is None or not own:
        return found
    # the text sets out what its heading names, else what it names first
    itself = min(own, key=lambda r: (r.part != "title", r.start or 0))
    done = replace(
        itself,
        stage="signed",
        date=testimony.date or (itself.date if itself.stage == "signed" else None),
        date_basis="stated" if testimony.date else itself.date_basis,
        place=testimony.place,
        evidence="rule: testimonium",
    )
    return [done if r is itself else r for r in found]


def _names_itself(article: Article, sentence: Sentence, instrument: Instrument) -> bool:
    """Whether a joint statement speaks of itself: its headline, or "this Joint Statement"."""
    if instrument.kind.type not in _STATEMENTS:
        return False
    own = {"statement", "declaration", "communique", "following", *_words(article)}
    return sentence.part == "title" or (instrument.determiner in {"this", "the"} and instrument.content <= own)


def _words(article: Article) -> set[str]:
    """The words of the headline in lower case."""
    return set(re.split(r"[^\w.]+", (article.document.title or "").lower()))


def _whole(article: Article, itself: Communique) -> Agreement:
    """The record of the joint statement that the document is: issued on the day of its publication."""
    told = source(article, article.sentences[0], itself.start, itself.end)
    return Agreement(
        **told,
        title=told["quote"],
        type=itself.type,
        parties=tuple(sorted(itself.parties)),
        stage="signed",
        date=article.document.published,
        date_basis=article.document.published_basis,
        place=itself.place,
        areas=areas.find_areas(told["quote"]),
        interstate=True,
        confidence=0.9,
        evidence=f"rule: title of a {itself.type}",
    )


def _apart(article: Article, told: Told) -> list[Told]:
    """A mention of several instruments with several partners as one for each: "trade deals with Canada and Japan"."""
    partners = parties.codes(parties.partners(article, told.sentence, told.instrument.last))
    if not told.instrument.plural or len(partners) < _SEVERAL or told.instrument.count not in {None, len(partners)}:
        return [told]
    # the one who acts, not whoever else the sentence names
    acting = [c for c in parties.codes(told.actors) if c not in partners]
    own = tuple((acting or [c for c in told.parties if c not in partners])[:1]) or parties.leading(article, partners)
    if not own:
        return [told]
    single = replace(told.instrument, plural=False, count=1)
    return [
        replace(told, instrument=single, parties=(*own, c), named=(*own, c), around=(), strange=False) for c in partners
    ]


def _link(here: list[tuple[Told, Dossier | None]], gathered: list[Dossier]) -> None:
    for told, group in here:
        if told.link is None or told.successor is None or group is None:
            continue
        later = here[told.successor][1] if told.successor >= 0 else _spoken_of(told, group, gathered)
        if later is not None and later is not group:
            later.predecessors.append((group, told.link))
            group.later = later
            in_force = max(stages.rank(t.stage) for t in later.told) >= stages.rank("in force")
            if told.act and told.stage == "superseded" and not in_force:
                # an earlier treaty ends when the later one enters into force, not when that is drafted or signed
                group.told[group.told.index(told)] = replace(told, act=replace(told.act, stage="in force"))


def _spoken_of(told: Told, group: Dossier, gathered: list[Dossier]) -> Dossier | None:
    """What "it" is in "it replaces the treaty of 1993": the instrument last told of in the sentences just before."""
    near = [
        (t.sentence.index, g)
        for g in gathered
        if g is not group
        for t in g.told
        if 0 < told.sentence.index - t.sentence.index <= _JUST and t.sentence.part == told.sentence.part
    ]
    return max(near, key=lambda x: x[0])[1] if near else None


def _terms(
    article: Article, sentence: Sentence, here: list[tuple[Told, Dossier | None]], gathered: list[Dossier]
) -> None:
    """Gives each term of the sentence to the instrument that it is told of."""
    for term in find_terms(sentence.text):
        start = sentence.start + (term.subject[0] if term.subject else term.start)
        end = sentence.start + (term.subject[1] if term.subject else term.end)
        group = next((g for t, g in here if g and t.instrument.start < end and start < t.instrument.end), None)
        if group is None and not any(t.instrument.start < end and start < t.instrument.end for t, _ in here):
            # "it will run for ten years": the instrument of this sentence, else the last one told
            told = [g for _, g in here if g]
            group = told[0] if told else gathered[-1] if gathered else None
        if group is None:
            # a term is reason enough to keep the instrument that it is told of
            named = next(
                (t for t, g in here if g is None and t.instrument.start < end and start < t.instrument.end), None
            )
            if named is not None:
                group = Dossier([named])
                gathered.append(group)
        if group is not None:
            group.terms.append((sentence, _resolved(article, sentence, term)))


def _condition(sentence: Sentence, here: list[tuple[Told, Dossier | None]], gathered: list[Dossier]) -> None:
    """Gives what brings an instrument into force, and what follows its term, to the one that the sentence tells of."""
    condition, on = find_condition(sentence.text), goes_on(sentence.text)
    if not (condition or on):
        return
    group = next((g for _, g in here if g), gathered[-1] if gathered and not here else None)
    if group is not None:
        group.condition = group.condition or condition
        group.goes_on = group.goes_on or on


def _clauses(article: Article) -> list[Agreement | None]:
    """Terms of a lone clause that leaves its instrument unnamed: "It shall remain in force for three years"."""
    out: list[Agreement | None] = []
    for sentence in article.sentences:
        for term in find_terms(sentence.text):
            words = sentence.text[term.start : term.end].lower()
            if term.duration and any(w in words for w in ("force", "effect", "valid", "concluded", "operat")):
                start, end = sentence.start + term.start, sentence.start + term.end
                out.append(
                    Agreement(
                        **source(article, sentence, start, end),
                        duration=term.duration,
                        renewal=term.renewal,
                        notice=term.notice,
                        confidence=0.6,
                        evidence="rule: term of validity",
                    )
                )
    return out


def _resolved(article: Article, sentence: Sentence, term: Term) -> Term:
    """The term with the year of its end, where only the article tells it: "expires on March 31"."""
    if term.duration is not None or term.until is None:
        return term
    start, end = sentence.start + term.until[0], sentence.start + term.until[1]
    date = next((d.edtf for d in article.dates_in(sentence.index) if d.edtf and d.start < end and start < d.end), None)
    return replace(term, duration=f"until {date.removeprefix('../')}") if date else term


def _record(article: Article, group: Dossier, pair: tuple[str, ...]) -> Agreement | None:
    best = max(group.told, key=lambda t: _weight(article, t))
    stage = best.stage
    who = () if group.private else _parties(group, pair)
    term = next((t for _, t in group.terms if t.duration), group.terms[0][1] if group.terms else None)
    if len(who) < 2 and not (len(who) == 1 and _joins(group)):
        who = ()
    if not who and (term is None or term.duration is None):
        return None
    headline = all(t.sentence.part == "title" for t in group.told)
    if headline and stage is None and any(s.part == "text" for s in article.sentences):
        return None  # the words of a headline that the report does not bear out
    sentence, it = best.sentence, best.instrument
    token = best.act.token if best.act else it.head
    date, basis = _date(article, group, best)
    if _idle(best):
        stage, date, basis = None, None, None
    if stage is None and it.year:
        exact = next((x for t in group.told if (x := dated(article, t)) and x.startswith(it.year)), None)
        stage, date, basis = "signed", exact or it.year, "stated"
    named_on = next((x for t in group.told if (x := dated(article, t))), None)
    if named_on and (stage is None or (best.act and stages.in_use(sentence, best.act) and date is None)):
        stage, date, basis = "signed", named_on, "stated"
    if named_on and date is None and stage == "signed" and best.act and not best.act.dated:
        date, basis = named_on, "stated"
    if stage is None and _is_itself(article, group):
        stage, date, basis = "signed", article.document.published, article.document.published_basis
    if stage is None:
        date, basis = None, None  # a day without an act is the day of nothing
    start, end = clause_span(sentence, clause_head(sentence, token))
    start = next(
        (t.start for t in sentence.tokens if t.start >= start and t.deprel not in {"mark", "cc", "punct"}), start
    )
    start, end = min(start, it.start), max(end, it.end)
    told = source(article, sentence, start, end)
    if told["attribution"] is None:
        told["attribution"] = attribution(article.speaker(sentence.index, it.start, it.end))
    fullest = _fullest(group)
    known = borne_out(fullest.title, who, stage)
    if who and not known:
        return None  # named in passing by states that are not its parties
    who = known
    if len(who) > 2:
        who = tuple(c for c in who if parties.sovereign(c)) or who  # "an accord on Macao" between two others
    return Agreement(
        **told,
        title=fullest.title,
        type=group.type,
        parties=tuple(sorted(who)),
        signatories=_signatories(group, stage, who),
        stage=stage,
        date=date,
        date_basis=basis,
        place=_place_of(article, group, stage),
        duration=term.duration if term else None,
        renewal=term.renewal if term else None,
        notice=term.notice if term else None,
        predecessors=tuple(
            Predecessor(title=_fullest(p).title, date=_signature(article, p), link=link)
            for p, link in group.predecessors
        ),
        areas=areas.find_areas(fullest.title),
        count=fullest.count if fullest.plural else None,
        interstate=True if len(who) > 1 else False if group.private else None,
        acts=_acts(article, group, stage),
        force=group.condition.force if group.condition else None,
        force_delay=group.condition.delay if group.condition else None,
        force_count=group.condition.count if group.condition else None,
        afterwards="indefinite" if group.goes_on and term and term.duration not in {None, "indefinite"} else None,
        confidence=_confidence(group, who, stage),
        evidence=f"rule: {sentence.tokens[token].text.lower()}",
    )


def _idle(told: Told) -> bool:
    """Whether words show an instrument in force that only use it or name several: "under the pact", "unfair deals".

    What stage it has reached is not told by them.
    """
    it = told.instrument
    if told.act is None or told.act.stage != "in force":
        return False
    if told.sentence.tokens[told.act.token].text.lower() in _BY_WHICH:
        return True
    return not it.named and ((it.plural and not it.definite) or stages.in_use(told.sentence, told.act))


def _acts(article: Article, group: Dossier, stage: str | None) -> tuple[Step, ...]:
    """What the report tells of the life of an instrument besides its latest stage: "signed in May, in force since"."""
    found: dict[str, Step] = {}
    for told in group.told:
        act, sentence = told.act, told.sentence
        if act is None or act.stage in {None, stage, *FUTURE} or stages.in_use(sentence, act) or _idle(told):
            continue
        date, basis = when(article, told)
        if date is None and act.stage == "agreed":
            continue  # every agreement was once agreed
        start, end = clause_span(sentence, clause_head(sentence, act.token))
        words = source(article, sentence, min(start, told.instrument.start), max(end, told.instrument.end))
        place: dict[str, Any] = {n: words[n] for n in ("quote", "part", "start", "end")}
        step = Step(stage=act.stage or "", date=date, date_basis=basis, **place)
        held = found.get(step.stage)
        if held is None or (held.date is None and date is not None):
            found[step.stage] = step
    named = next(((t, on) for t in group.told if (on := dated(article, t))), None)
    if named is not None and stage not in {None, *FUTURE} and "signed" not in {*found, stage}:
        # "the Treaty of 12 January 1999" was signed on that day
        told, on = named
        words = source(article, told.sentence, told.instrument.start, told.instrument.end)
        place = {n: words[n] for n in ("quote", "part", "start", "end")}
        found["signed"] = Step(stage="signed", date=on, date_basis="stated", **place)
    return tuple(sorted(found.values(), key=lambda s: stages.rank(s.stage)))


def _weight(article: Article, told: Told) -> tuple[float, int, int, int, int]:
    used = told.act is not None and stages.in_use(told.sentence, told.act)
    # use shows that an instrument exists; any act on it tells more
    rank = _USED_RANK if used else stages.rank(told.stage)
    if told.act is not None and told.instrument.first <= told.act.token < told.instrument.head:
        rank = min(rank, _WORD_RANK)  # "a draft agreement": any act tells more than that word
    dated = told.act is not None and when(article, told)[0] is not None
    people = any(m.kind == "person" for m in told.actors)
    return (rank, told.sentence.part == "text", dated, people, -told.sentence.index)


def _parties(group: Dossier, pair: tuple[str, ...]) -> tuple[str, ...]:
    """The parties told; one that is left unnamed comes from the pair that the article is about."""
    who = group.parties
    if len(who) < 2 and group.later is not None and set(who) <= set(group.later.parties):
        return group.later.parties  # what a treaty replaces or amends is of the same parties
    uncounted = group.plural and all(t.instrument.count is None for t in group.told)
    if uncounted and all(t.act is None and not t.instrument.named and len(t.parties) < 2 for t in group.told):
        return ()  # "its agreements with its neighbours" are no one agreement
    if len(who) >= 2:
        return who
    if any(t.strange for t in group.told):
        return ()
    vague = all(t.act is None and not t.instrument.definite and not t.instrument.named for t in group.told)
    if vague and not group.headline:
        return ()
    if len(who) == 1 and _joins(group) and any(t.instrument.named for t in group.told):
        return tuple(dict.fromkeys(c for t in group.told if t.act and len(t.parties) == 1 for c in t.parties)) or who
    if pair and set(who) <= set(pair) and not (uncounted and who):
        return pair
    return who


def _joins(group: Dossier) -> bool:
    """Whether one state's own step to an instrument of many is told."""
    return any(t.act and t.sentence.tokens[t.act.token].lemma.lower() in JOINING for t in group.told)


def _date(article: Article, group: Dossier, best: Told) -> tuple[str | None, str | None]:
    same = [best, *(t for t in group.told if t is not best and t.stage == best.stage)]
    ends = _effective(article, best) if best.stage in {"terminated", "suspended"} else None
    if ends:
        return ends, "stated"
    for told in same:
        found = when(article, told)
        if found[0] and (
            told.instrument.year is None or best.stage != "signed" or found[0].startswith(told.instrument.year)
        ):
            return found
    # the year in a name is that of the signature
    if group.year and best.stage in {None, "signed", "agreed"}:
        return group.year, "stated"
    if article.document.published and any(_is_news(article, told) for told in same):
        return article.document.published, "relative"
    return None, None


def _signature(article: Article, earlier: Dossier) -> str | None:
    """When an earlier instrument was signed: by its name, "the treaty of 12 January 1999", or by what is told of it."""
    named = next((on for t in earlier.told if (on := dated(article, t))), None)
    return named or earlier.year or _date(article, earlier, earlier.told[0])[0]


_EFFECTIVE = re.compile(
    r"\b(?:terminations?|withdrawal|denunciation|suspension|it)\b.{0,30}\b(?:(?:is|was|becomes?|became|be) effective"
    r"|takes? effect|took effect)\b",
    re.IGNORECASE,
)


def _effective(article: Article, told: Told) -> str | None:
    """When an end takes effect, as this sentence or the next says: "The termination is effective January 1, 1988"."""
    for sentence in article.sentences:
        if sentence.part == told.sentence.part and 0 <= sentence.index - told.sentence.index <= 1:
            found = _EFFECTIVE.search(sentence.text)
            at = sentence.start + found.end() if found else 0
            days = [
                d for d in article.dates_in(sentence.index) if found and d.kind == "date" and d.start >= at and d.edtf
            ]
            if days:
                return days[0].edtf
    return None


def _is_news(article: Article, told: Told) -> bool:
    """Whether a report leads with an act without a word of time: then it took place on the day of the report.

    So did what the paper itself says in the first person: "I have approved the Amendment".
    """
    if told.act is None or told.stage not in {"signed", "agreed", "ratified", "terminated", "extended"}:
        return False
    lead = next((s.index for s in article.sentences if s.part == "text"), None)
    told_before = any(
        c.lemma == "have" and c.xpos == "VBD" for c in told.sentence.children(told.act.token, "aux")
    )  # "had signed" lies before the news
    begin = dateline(told.sentence)
    timed = any(d.kind == "date" and d.start >= begin for d in article.dates_in(told.sentence.index))
    kids = told.sentence.children(told.act.token)
    own = any(c.text.lower() in {"i", "we"} and c.deprel == "nsubj" for c in kids)
    just = own and any(c.lemma == "have" and c.xpos in {"VBP", "VB"} for c in kids)
    return (told.sentence.index == lead or just) and not told_before and not timed


def _is_itself(article: Article, group: Dossier) -> bool:
    """Whether the document is the instrument: its headline begins with the name of a joint statement."""
    first = group.told[0]
    at_head = first.instrument.first <= 1 and (first.sentence.part == "title" or first.sentence.index == 0)
    return (
        at_head
        and first.instrument.kind.type in {"joint statement", "declaration"}
        and article.document.title is not None
    )


def _place_of(article: Article, group: Dossier, stage: str | None) -> str | None:
    for told in group.told:
        if told.act is not None and told.stage == stage:
            found = place_of(article, told.sentence, told.act.token)
            if found:
                return found
    return None


def _signatories(group: Dossier, stage: str | None, who: tuple[str, ...]) -> tuple[Actor, ...]:
    if stage not in _SIGNED:
        return ()
    people: dict[str, Actor] = {}
    for told in group.told:
        if told.act is None or told.sentence.tokens[told.act.token].lemma.lower() not in {
            "sign",
            "initial",
            "ink",
            "conclude",
        }:
            continue
        for mention in told.actors:
            for one in mention.members or (mention,):
                if one.kind == "person" and one.name and set(one.states) & set(who):
                    people.setdefault(one.name, actor(one))
    return tuple(people.values())


def _fullest(group: Dossier) -> Instrument:
    """The mention with the fullest name: a capitalised title first, then the one that says most of the matter."""
    told = [t.instrument for t in group.told if t.sentence.part == "text"] or [t.instrument for t in group.told]
    return max(told, key=lambda i: (i.named, i.kind.type != "other", len(i.content)))


def _confidence(group: Dossier, who: tuple[str, ...], stage: str | None) -> float:
    named = len(group.parties) >= 2
    acted = any(t.act for t in group.told)
    return round(0.35 + 0.25 * named + 0.25 * acted + 0.05 * (stage is not None) + 0.05 * (len(who) == 2), 2)
