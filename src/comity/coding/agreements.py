"""Instruments between states: each once, joined over the article, at the latest stage that the text supports."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from comity.coding import areas, parties, stages
from comity.coding.instruments import Instrument, find_instruments
from comity.coding.statement import actor, attribution, clause_head, clause_span, place_of, source
from comity.coding.terms import Term, find_terms
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention
from comity.records.record import Actor, Agreement, Predecessor

_GENERIC = frozenset({"agreement", "other"})
_USED_RANK = stages.rank("proposed") - 0.5
_FUTURE = frozenset({"proposed", "planned", "negotiated"})
_LINKS = {
    "base": "based on",
    "build": "based on",
    "replace": "replaces",
    "supersede": "replaces",
    "succeed": "replaces",
    "renew": "renews",
    "extend": "renews",
    "amend": "amends",
    "amendment": "amends",
    "update": "amends",
    "revise": "amends",
}
# how many sentences after the headline are its own story told again
_LEAD = 2
_SIGNED = frozenset({"signed", "initialled", "planned", "ratified", "renewed", "extended"})
_ALLYING = frozenset({"sign", "form", "forge", "conclude", "seal", "renew", "terminate", "enter"})
_JOINING = frozenset(
    {
        "ratify",
        "accede",
        "join",
        "withdraw",
        "accession",
        "withdrawal",
        "ratification",
        "quit",
        "leave",
        "endorse",
        "endorsement",
    }
)


@dataclass(frozen=True, slots=True)
class _Told:
    """One mention of an instrument with what its sentence says of it."""

    sentence: Sentence
    instrument: Instrument
    act: stages.Act | None
    actors: tuple[ActorMention, ...]
    parties: tuple[str, ...]
    around: tuple[str, ...]
    private: bool
    strange: bool
    link: str | None
    successor: int | None

    @property
    def stage(self) -> str | None:
        return self.act.stage if self.act else None


@dataclass(slots=True)
class _Gathered:
    """All mentions of one instrument; `earlier` where another instrument is built on it."""

    told: list[_Told]
    earlier: bool = False
    terms: list[tuple[Sentence, Term]] = field(default_factory=list)
    predecessors: list[tuple["_Gathered", str]] = field(default_factory=list)

    @property
    def parties(self) -> tuple[str, ...]:
        """The parties that some mention names; the one that names most of them holds.

        Only where none names two do the states around the mention count.
        """
        told = max((t.parties for t in self.told), key=len, default=())
        if len(told) >= 2:
            return told
        return next((t.around for t in self.told if len(t.around) >= 2 and set(told) <= set(t.around)), told)

    @property
    def content(self) -> set[str]:
        return {w for t in self.told for w in t.instrument.content}

    @property
    def year(self) -> str | None:
        return next((t.instrument.year for t in self.told if t.instrument.year), None)

    @property
    def type(self) -> str:
        return next(
            (t.instrument.kind.type for t in self.told if t.instrument.kind.type not in _GENERIC),
            next((t.instrument.kind.type for t in self.told if t.instrument.kind.type != "other"), "other"),
        )

    @property
    def headline(self) -> bool:
        """Whether only the headline has told of it."""
        return all(t.sentence.part == "title" or t.sentence.index == 0 for t in self.told)

    @property
    def plural(self) -> bool:
        return self.told[0].instrument.plural


def code_agreements(article: Article) -> list[Agreement]:
    """The agreements that an article tells of, in the order of their quotes.

    Each instrument is one record however often it is mentioned; several unnamed ones told together are one record
    with `count`. Business contracts, laws and abstract uses ("in agreement") give no record.
    """
    pair = parties.dyad(article)
    gathered: list[_Gathered] = []
    for sentence in article.sentences:
        here: list[tuple[_Told, _Gathered | None]] = []
        for instrument in find_instruments(sentence):
            told = _told(article, sentence, instrument, [t.instrument for t, _ in here], pair)
            group = _place(article, gathered, told)
            here.append((told, group))
        _link(here)
        _terms(article, sentence, here, gathered)
    records = [_record(article, g, pair) for g in gathered] + ([] if gathered else _clauses(article))
    done = [r for r in records if r is not None]
    return sorted(done, key=lambda r: (r.part != "title", r.start or 0))


def _told(
    article: Article, sentence: Sentence, instrument: Instrument, before: list[Instrument], pair: tuple[str, ...]
) -> _Told:
    act = stages.act_on(article, sentence, instrument)
    named = parties.beside(article, sentence, instrument.first, instrument.last)
    doing = parties.taking_part(article, sentence, act.token) if act else []
    own, does = parties.codes(named), parties.codes(doing)
    # "China and Portugal initial a Macao pact": those who act, not the word before the noun
    codes = own if len(own) >= 2 else does if len(does) >= 2 else parties.codes([*named, *doing])
    if all(m.kind == "pronoun" for m in [*named, *doing] if m.states) and pair and set(codes) & set(pair):
        codes = pair
    around = () if len(codes) >= 2 else _around(article, sentence, act.token if act else instrument.head, codes, act)
    link, successor = _link_before(sentence, instrument, before)
    outright = len(parties.codes(m for m in named if m.kind != "pronoun")) >= 2
    firms = parties.private(sentence, act.token if act and not outright else None, instrument.last)
    firms = firms or (not codes and parties.business(sentence))
    strange = act is not None and len(codes) < 2 and parties.unknown(sentence, act.token, doing)
    return _Told(
        sentence, instrument, act, tuple(doing), codes, () if strange else around, firms, strange, link, successor
    )


def _around(
    article: Article, sentence: Sentence, token: int, codes: tuple[str, ...], act: stages.Act | None
) -> tuple[str, ...]:
    """The two states of the clause, else of the sentence of an act, where those that are named are among them."""
    wide = parties.codes(parties.of_clause(article, sentence, token))
    if len(wide) == 2 and set(codes) <= set(wide):
        return wide
    whole = parties.codes(parties.around(article, sentence))
    return whole if act and len(whole) == 2 and set(codes) <= set(whole) else ()


def _link_before(sentence: Sentence, instrument: Instrument, before: list[Instrument]) -> tuple[str | None, int | None]:
    """How an instrument named earlier in the sentence rests on this one: "based on the 1993 treaty"."""
    if not before:
        return None, None
    left = max(before[-1].last, instrument.first - 6)
    for i in range(instrument.first - 1, left - 1, -1):
        t = sentence.tokens[i]
        link = _LINKS.get(t.lemma.lower())
        if link and (
            link != "based on" or any(w.text.lower() in {"on", "upon"} for w in sentence.tokens[i + 1 : i + 3])
        ):
            return link, len(before) - 1
        if t.text in {";", "."}:
            break
    head = before[-1]
    if head.kind.word == "amendment" and instrument.first <= head.last + 3:
        return "amends", len(before) - 1
    return None, None


def _similar(a: Iterable[str], b: Iterable[str]) -> bool:
    """Whether two sets of words share half of their stems, by the smaller set."""
    mine, theirs = {w[:5] for w in a}, {w[:5] for w in b}
    return len(mine & theirs) * 2 >= min(len(mine), len(theirs)) > 0


def _touches(a: Iterable[str], b: Iterable[str]) -> bool:
    return bool({w[:5] for w in a} & {w[:5] for w in b})


def _compatible(group: _Gathered, told: _Told) -> bool:
    kind = told.instrument.kind.type
    if group.plural != told.instrument.plural:
        return False
    if kind not in _GENERIC and kind != group.type and not (group.type in _GENERIC and group.headline):
        return False
    if group.parties and told.parties and len(told.parties) > 1 and len(group.parties) > 1:
        return len(set(group.parties) & set(told.parties)) >= min(2, len(group.parties), len(told.parties))
    return not (group.parties and told.parties) or bool(set(group.parties) & set(told.parties))


def _place(article: Article, gathered: list[_Gathered], told: _Told) -> _Gathered | None:
    """The group that a mention belongs to: one that it repeats or points back to, or a new one; null where neither."""
    it = told.instrument
    for group in reversed(gathered):
        if not _compatible(group, told):
            continue
        if _same(article, group, told):
            group.told.append(told)
            group.earlier = group.earlier or told.link is not None
            return group
    if not _founds(told):
        return None
    new = _Gathered([told], earlier=told.link is not None or (it.year is not None and told.stage not in _FUTURE))
    gathered.append(new)
    return new


def _same(article: Article, group: _Gathered, told: _Told) -> bool:
    it = told.instrument
    mine, theirs = it.content, group.content
    lead = group.headline and told.sentence.index <= _LEAD and told.link is None
    if it.year or group.year:
        if it.year and group.year:
            return it.year == group.year
        if told.link is not None:
            return False
        if it.year:
            settled = all(t.stage not in _FUTURE for t in group.told)
            return (lead and settled and _similar(mine, theirs)) or any(_dated(article, t, it.year) for t in group.told)
        return _back(told) or (it.definite and _similar(mine, theirs) and not _new(told) and told.stage not in _FUTURE)
    if told.link is not None:
        return False
    named = [t.instrument for t in group.told if t.instrument.named]
    if it.named and named:
        return any(_title_like(it, n) for n in named)
    if _clashes(group, told):
        return False
    if it.definite or _drafted(group, told):
        last = group.told[-1]
        again = told.sentence.index - last.sentence.index <= 1 and told.stage is not None and told.stage == last.stage
        return not mine or not theirs or _similar(mine, theirs) or (again and _touches(mine, theirs))
    if lead and not it.named:
        return True
    if mine and theirs:
        return _similar(mine, theirs)
    # "aid is paid under an agreement that …": used, so it has been told of
    return not mine and told.act is not None and stages.in_use(told.sentence, told.act)


def _drafted(group: _Gathered, told: _Told) -> bool:
    """Whether a draft is told of a planned instrument that is already known."""
    words = told.sentence.tokens[told.instrument.first : told.instrument.head]
    return any(t.text.lower() == "draft" for t in words) and any(t.stage in _FUTURE for t in group.told)


def _back(told: _Told) -> bool:
    it = told.instrument
    return it.determiner in {"the", "this", "that"} and not it.content and not it.named and not _new(told)


def _new(told: _Told) -> bool:
    """Whether the phrase itself calls the instrument new."""
    inside = told.sentence.tokens[told.instrument.first : told.instrument.head]
    return any(t.text.lower() in {"new", "updated", "fresh", "proposed", "draft", "planned"} for t in inside)


def _title_like(a: Instrument, b: Instrument) -> bool:
    if a.kind.type != b.kind.type:
        return False
    return a.content == b.content or a.content < b.content or b.content < a.content


def _dated(article: Article, told: _Told, year: str) -> bool:
    if told.act is None:
        return False
    date, _ = _when(article, told)
    return bool(date and date.startswith(year))


def _clashes(group: _Gathered, told: _Told) -> bool:
    """Whether what is told of both cannot be one life: a planned signature and an act of a past year."""
    if _new(told) and group.earlier:
        return True
    if told.stage is None or told.instrument.definite:
        return False
    theirs = {t.stage for t in group.told if t.stage}
    if not theirs:
        return False
    future = told.stage in _FUTURE
    return all((s in _FUTURE) != future for s in theirs)


def _founds(told: _Told) -> bool:
    """Whether a mention that points back to nothing is enough for a record."""
    it = told.instrument
    if told.act is not None and told.stage is None:
        return False
    if it.kind.type == "other":
        return told.stage in {"signed", "initialled"} and it.plural and it.count is not None
    if it.kind.type == "alliance" and (
        told.act is None or told.sentence.tokens[told.act.token].lemma.lower() not in _ALLYING
    ):
        return False
    if it.definite and not it.content and not it.named and told.act is None:
        return False
    if it.kind.strength == "weak" and not it.named:
        made = told.stage is not None and told.stage != "proposed" and told.act is not None
        return made and (bool(it.content) or len(told.parties) > 1 or it.plural)
    return True


def _link(here: list[tuple[_Told, _Gathered | None]]) -> None:
    for told, group in here:
        if told.link is None or told.successor is None or group is None:
            continue
        later = here[told.successor][1]
        if later is not None and later is not group:
            later.predecessors.append((group, told.link))
            in_force = max(stages.rank(t.stage) for t in later.told) >= stages.rank("in force")
            if told.act and told.stage == "superseded" and not in_force:
                # an earlier treaty ends when the later one enters into force, not when that is drafted or signed
                group.told[group.told.index(told)] = replace(told, act=replace(told.act, stage="in force"))


def _terms(
    article: Article, sentence: Sentence, here: list[tuple[_Told, _Gathered | None]], gathered: list[_Gathered]
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
                group = _Gathered([named])
                gathered.append(group)
        if group is not None:
            group.terms.append((sentence, _resolved(article, sentence, term)))


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
                        confidence=0.4,
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


def _record(article: Article, group: _Gathered, pair: tuple[str, ...]) -> Agreement | None:
    best = max(group.told, key=lambda t: _weight(article, t))
    stage = best.stage
    who = () if any(t.private for t in group.told) else _parties(group, pair)
    term = next((t for _, t in group.terms if t.duration), group.terms[0][1] if group.terms else None)
    if len(who) < 2 and not (len(who) == 1 and _joins(group)):
        who = ()
    if not who and (term is None or term.duration is None):
        return None
    sentence, it = best.sentence, best.instrument
    token = best.act.token if best.act else it.head
    date, basis = _date(article, group, best)
    if stage is None and it.year:
        stage = "signed"
    if stage is None and _is_itself(article, group):
        stage, date, basis = "signed", article.document.published, article.document.published_basis
    start, end = clause_span(sentence, clause_head(sentence, token))
    start = next(
        (t.start for t in sentence.tokens if t.start >= start and t.deprel not in {"mark", "cc", "punct"}), start
    )
    start, end = min(start, it.start), max(end, it.end)
    told = source(article, sentence, start, end)
    if told["attribution"] is None:
        told["attribution"] = attribution(article.speaker(sentence.index, it.start, it.end))
    fullest = _fullest(group)
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
            Predecessor(title=_fullest(p).title, date=p.year or _date(article, p, p.told[0])[0], link=link)
            for p, link in group.predecessors
        ),
        areas=areas.find_areas(fullest.title),
        count=fullest.count if fullest.plural else None,
        interstate=True if len(who) > 1 else False if any(t.private for t in group.told) else None,
        confidence=_confidence(group, who, stage),
    )


def _weight(article: Article, told: _Told) -> tuple[float, int, int, int, int]:
    used = told.act is not None and stages.in_use(told.sentence, told.act)
    # use shows that an instrument exists; any act on it tells more
    rank = _USED_RANK if used else stages.rank(told.stage)
    dated = told.act is not None and _when(article, told)[0] is not None
    people = any(m.kind == "person" for m in told.actors)
    return (rank, told.sentence.part == "text", dated, people, -told.sentence.index)


def _parties(group: _Gathered, pair: tuple[str, ...]) -> tuple[str, ...]:
    """The parties told; one that is left unnamed comes from the pair that the article is about."""
    who = group.parties
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
        return who
    if pair and set(who) <= set(pair) and not (uncounted and who):
        return pair
    return who


def _joins(group: _Gathered) -> bool:
    """Whether one state's own step to an instrument of many is told."""
    return any(t.act and t.sentence.tokens[t.act.token].lemma.lower() in _JOINING for t in group.told)


def _date(article: Article, group: _Gathered, best: _Told) -> tuple[str | None, str | None]:
    same = [best, *(t for t in group.told if t is not best and t.stage == best.stage)]
    for told in same:
        found = _when(article, told)
        if found[0] and (
            told.instrument.year is None or best.stage != "signed" or found[0].startswith(told.instrument.year)
        ):
            return found
    # the year in a name is that of the signature
    return (group.year, "stated") if group.year and best.stage in {None, "signed"} else (None, None)


def _when(article: Article, told: _Told) -> tuple[str | None, str | None]:
    """When the act of a mention took place: by its own clause, else by a date that stands over several verbs."""
    if told.act is None or stages.in_use(told.sentence, told.act):
        return None, None
    sentence, token = told.sentence, told.act.token
    names = [(i.first, i.last) for i in find_instruments(sentence)]
    dates = [
        d
        for d in article.dates_in(sentence.index)
        if d.kind == "date"
        and d.edtf
        and not any(a <= d.first < b for a, b in names)
        and not _since(sentence, d.first)
        and not _in_name(sentence, d.first)
    ]
    below = {t.index for t in sentence.subtree(token)}
    own = [d for d in dates if d.first in below]
    if own:
        nearest = min(own, key=lambda d: abs(d.first - token))
        return nearest.edtf, nearest.basis
    verb = sentence.tokens[token]
    while verb.head >= 0 and verb.deprel.split(":")[0] in {"conj", "xcomp", "obj", "nmod", "obl", "advcl"}:
        verb = sentence.tokens[verb.head]
        over = [
            d
            for d in dates
            if verb.index == sentence.tokens[d.last - 1].head or verb.index == sentence.tokens[d.first].head
        ]
        over.sort(key=lambda d: (d.first > verb.index, abs(d.first - verb.index)))
        if over:
            return over[0].edtf, over[0].basis
    if len(dates) == 1:
        return dates[0].edtf, dates[0].basis
    return None, None


def _in_name(sentence: Sentence, first: int) -> bool:
    """Whether a year belongs to a name: "the Atomic Energy Act of 1954"."""
    if first < 2 or sentence.tokens[first - 1].text != "of":
        return False
    owner = sentence.tokens[first - 2]
    return owner.upos in {"NOUN", "PROPN"} and owner.text[:1].isupper()


def _since(sentence: Sentence, first: int) -> bool:
    """Whether a date only bounds a stretch of time: "the first since 1974", "since Brezhnev in 1974"."""
    return any(t.text.lower() == "since" for t in sentence.tokens[max(0, first - 4) : first])


def _is_itself(article: Article, group: _Gathered) -> bool:
    """Whether the document is the instrument: its headline begins with the name of a joint statement."""
    first = group.told[0]
    at_head = first.instrument.first <= 1 and (first.sentence.part == "title" or first.sentence.index == 0)
    return (
        at_head
        and first.instrument.kind.type in {"joint statement", "declaration"}
        and article.document.title is not None
    )


def _place_of(article: Article, group: _Gathered, stage: str | None) -> str | None:
    for told in group.told:
        if told.act is not None and told.stage == stage:
            found = place_of(article, told.sentence, told.act.token)
            if found:
                return found
    return None


def _signatories(group: _Gathered, stage: str | None, who: tuple[str, ...]) -> tuple[Actor, ...]:
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


def _fullest(group: _Gathered) -> Instrument:
    """The mention with the fullest name: a capitalised title first, then the one that says most of the matter."""
    told = [t.instrument for t in group.told if t.sentence.part == "text"] or [t.instrument for t in group.told]
    return max(told, key=lambda i: (i.named, i.kind.type != "other", len(i.content)))


def _confidence(group: _Gathered, who: tuple[str, ...], stage: str | None) -> float:
    named = len(group.parties) >= 2
    acted = any(t.act for t in group.told)
    return round(0.35 + 0.25 * named + 0.25 * acted + 0.05 * (stage is not None) + 0.05 * (len(who) == 2), 2)
