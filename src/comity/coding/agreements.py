"""Instruments between states: each once, joined over the article, at the latest stage that the text supports."""

from dataclasses import replace

from comity.coding import areas, parties, stages
from comity.coding.dossiers import Dossier, Told, file, read, when
from comity.coding.instruments import Instrument, find_instruments
from comity.coding.statement import actor, attribution, clause_head, clause_span, place_of, source
from comity.coding.terms import Term, find_terms
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.records.record import Actor, Agreement, Predecessor

_USED_RANK = stages.rank("proposed") - 0.5
_SIGNED = frozenset({"signed", "initialled", "planned", "ratified", "renewed", "extended"})
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


def code_agreements(article: Article) -> list[Agreement]:
    """The agreements that an article tells of, in the order of their quotes.

    Each instrument is one record however often it is mentioned; several unnamed ones told together are one record
    with `count`. Business contracts, laws and abstract uses ("in agreement") give no record.
    """
    pair = parties.dyad(article)
    gathered: list[Dossier] = []
    for sentence in article.sentences:
        here: list[tuple[Told, Dossier | None]] = []
        for instrument in find_instruments(sentence):
            told = read(article, sentence, instrument, [t.instrument for t, _ in here], pair)
            group = file(article, gathered, told)
            here.append((told, group))
        _link(here)
        _terms(article, sentence, here, gathered)
    records = [_record(article, g, pair) for g in gathered] + ([] if gathered else _clauses(article))
    done = [r for r in records if r is not None]
    return sorted(done, key=lambda r: (r.part != "title", r.start or 0))


def _link(here: list[tuple[Told, Dossier | None]]) -> None:
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


def _record(article: Article, group: Dossier, pair: tuple[str, ...]) -> Agreement | None:
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


def _weight(article: Article, told: Told) -> tuple[float, int, int, int, int]:
    used = told.act is not None and stages.in_use(told.sentence, told.act)
    # use shows that an instrument exists; any act on it tells more
    rank = _USED_RANK if used else stages.rank(told.stage)
    dated = told.act is not None and when(article, told)[0] is not None
    people = any(m.kind == "person" for m in told.actors)
    return (rank, told.sentence.part == "text", dated, people, -told.sentence.index)


def _parties(group: Dossier, pair: tuple[str, ...]) -> tuple[str, ...]:
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


def _joins(group: Dossier) -> bool:
    """Whether one state's own step to an instrument of many is told."""
    return any(t.act and t.sentence.tokens[t.act.token].lemma.lower() in _JOINING for t in group.told)


def _date(article: Article, group: Dossier, best: Told) -> tuple[str | None, str | None]:
    same = [best, *(t for t in group.told if t is not best and t.stage == best.stage)]
    for told in same:
        found = when(article, told)
        if found[0] and (
            told.instrument.year is None or best.stage != "signed" or found[0].startswith(told.instrument.year)
        ):
            return found
    # the year in a name is that of the signature
    return (group.year, "stated") if group.year and best.stage in {None, "signed"} else (None, None)


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
