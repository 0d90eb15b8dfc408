"""Dossiers: all that an article tells of one instrument, however it calls it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from comity.coding import parties, stages
from comity.coding.conditions import Condition
from comity.coding.instruments import Instrument, find_instruments
from comity.coding.terms import Term
from comity.coding.titles import LINKS, read_title
from comity.knowledge.names import find_names
from comity.language.tree import Sentence
from comity.mentions.article import Article
from comity.mentions.mention import ActorMention

_GENERIC = frozenset({"agreement", "other"})
FUTURE = frozenset({"proposed", "planned", "negotiated"})
JOINING = frozenset(
    {
        "accede",
        "accession",
        "endorse",
        "endorsement",
        "join",
        "leave",
        "quit",
        "ratification",
        "ratify",
        "withdraw",
        "withdrawal",
    }
)
"""Steps of one state to an instrument of many."""
# a capitalised "National Security Memorandum" or "Cooperation Program" need bind nobody else
_OFTEN_DOMESTIC = frozenset({"memorandum", "programme", "contract", "other"})
# "a declaration of martial law" is an act of one state
_PROCLAIMED = frozenset({"martial", "war", "emergency", "independence", "bankruptcy"})
_HELD = frozenset({"hostage", "hostages"})
_DRAFTS = frozenset({"draft", "proposed", "full", "final", "tentative", "preliminary", "possible"})
# how many sentences after the headline are its own story told again
_LEAD = 2
_PAIR = 2
# how far behind a name the date may stand that belongs to it
_NEAR = 5
_ALLYING = frozenset({"sign", "form", "forge", "conclude", "seal", "renew", "terminate", "enter"})


@dataclass(frozen=True, slots=True)
class Told:
    """One mention of an instrument with what its sentence says of it."""

    sentence: Sentence
    instrument: Instrument
    act: stages.Act | None
    actors: tuple[ActorMention, ...]
    parties: tuple[str, ...]
    named: tuple[str, ...]
    around: tuple[str, ...]
    private: bool
    strange: bool
    link: str | None
    successor: int | None

    @property
    def stage(self) -> str | None:
        """The stage that this mention supports."""
        return self.act.stage if self.act else None


@dataclass(slots=True)
class Dossier:
    """All mentions of one instrument; `earlier` where another instrument is built on it."""

    told: list[Told]
    earlier: bool = False
    terms: list[tuple[Sentence, Term]] = field(default_factory=list)
    predecessors: list[tuple["Dossier", str]] = field(default_factory=list)
    condition: Condition | None = None
    goes_on: bool = False
    later: "Dossier | None" = None

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
        """The words that tell it from other instruments."""
        return {w for t in self.told for w in t.instrument.content}

    @property
    def year(self) -> str | None:
        """The year in its name: "the 1993 treaty"."""
        return next((t.instrument.year for t in self.told if t.instrument.year), None)

    @property
    def type(self) -> str:
        """The most specific type that a mention gives it."""
        return next(
            (t.instrument.kind.type for t in self.told if t.instrument.kind.type not in _GENERIC),
            next((t.instrument.kind.type for t in self.told if t.instrument.kind.type != "other"), "other"),
        )

    @property
    def headline(self) -> bool:
        """Whether only the headline has told of it."""
        return all(t.sentence.part == "title" or t.sentence.index == 0 for t in self.told)

    @property
    def private(self) -> bool:
        """Whether firms or armed groups make it; who is named beside a mere "the agreement" need not."""
        return self.told[0].private or any(t.private and t.instrument.content for t in self.told)

    @property
    def amends(self) -> bool:
        """Whether it is an amendment to another."""
        return self.told[0].instrument.kind.word == "amendment"

    @property
    def plural(self) -> bool:
        """Whether several instruments are told of together."""
        return self.told[0].instrument.plural


def read(
    article: Article, sentence: Sentence, instrument: Instrument, before: list[Instrument], pair: tuple[str, ...]
) -> Told:
    """A mention of an instrument with its act, its parties and its link to those named before it in the sentence."""
    act = stages.act_on(article, sentence, instrument)
    named = parties.beside(article, sentence, instrument.first, instrument.last)
    doing = parties.taking_part(article, sentence, act.token) if act else []
    own, does = parties.codes(named), parties.codes(doing)
    if instrument.named and len(own) < 2:
        # the title itself may name them: "the Franco-German Treaty", "Treaty between the Republic of X and Y"
        told = read_title(instrument.title, article.document.published).parties
        own = told if len(told) > 1 else own
    # "China and Portugal initial a Macao pact": those who act, not the word before the noun
    codes = own if len(own) >= 2 else does if len(does) >= 2 else parties.codes([*named, *doing])
    if all(m.kind == "pronoun" for m in [*named, *doing] if m.states) and pair and set(codes) & set(pair):
        codes = pair
    joins = act is not None and sentence.tokens[act.token].lemma.lower() in JOINING
    around = (
        () if len(codes) >= 2 or (joins and instrument.named) else _around(article, sentence, instrument, codes, act)
    )
    link, successor = _link_before(sentence, instrument, before)
    outright = len(parties.codes(m for m in named if m.kind != "pronoun" and not parties.armed(m.sector, m.text))) >= 2
    firms = parties.private(sentence, act.token if act and not outright else None, instrument.last)
    firms = firms or (not codes and parties.business(sentence))
    # "a deal with the rebels" binds no second state; nor does one for hostages, whoever holds them
    firms = firms or bool(_HELD & instrument.content) or (not outright and parties.faction(article, sentence))
    if instrument.kind.type == "contract" and act is not None:
        firms = firms or parties.unknown_signers(article, sentence, act.token)
    strange = act is not None and len(codes) < 2 and parties.unknown(sentence, act.token, doing)
    firms = firms or (len(own) < _PAIR and parties.outsider(article, sentence, instrument.last))
    idle = act is None or stages.in_use(sentence, act)
    strange = strange or (idle and len(codes) < 2 and parties.many(sentence))
    return Told(
        sentence, instrument, act, tuple(doing), codes, own, () if strange else around, firms, strange, link, successor
    )


def _around(
    article: Article, sentence: Sentence, instrument: Instrument, codes: tuple[str, ...], act: stages.Act | None
) -> tuple[str, ...]:
    """The two states of the clause, else of the sentence of an act, where those that are named are among them."""
    inside = range(instrument.first, instrument.last)
    clause = parties.of_clause(article, sentence, act.token if act else instrument.head)
    wide = parties.codes(m for m in clause if m.head not in inside)
    wide = tuple(dict.fromkeys([*codes, *wide]))
    if len(wide) == 2:
        return wide
    whole = parties.codes(m for m in parties.engaged(article, sentence) if m.head not in inside and (m.kind != 'pronoun' or m.members))
    whole = tuple(dict.fromkeys([*codes, *whole]))
    return whole if act and len(whole) == 2 else ()


def _link_before(sentence: Sentence, instrument: Instrument, before: list[Instrument]) -> tuple[str | None, int | None]:
    """How an instrument named earlier in the sentence rests on this one: "based on the 1993 treaty".

    A successor of -1 is what "it" stands for: "it replaces the 1993 treaty".
    """
    if not before and instrument.kind.word != "amendment":
        verb = sentence.tokens[sentence.tokens[instrument.head].head]
        link = LINKS.get(verb.lemma.lower()) if verb.upos == "VERB" else None
        subject = [c.text.lower() for c in sentence.children(verb.index, "nsubj")]
        is_it = link is not None and subject in (["it"], ["this"]) and instrument.head > verb.index
        return (link, -1) if is_it else (None, None)
    if not before or instrument.kind.word == "amendment":
        return None, None
    left = max(before[-1].last, instrument.first - 6)
    for i in range(instrument.first - 1, left - 1, -1):
        t = sentence.tokens[i]
        link = LINKS.get(t.lemma.lower())
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


def _compatible(group: Dossier, told: Told) -> bool:
    kind = told.instrument.kind.type
    if group.plural != told.instrument.plural or group.amends != (told.instrument.kind.word == "amendment"):
        return False
    if kind not in _GENERIC and kind != group.type and not (group.type in _GENERIC and group.headline):
        return False
    # who accepts or discusses "the pact" need not be one of its parties
    theirs = told.named if _back(told) and told.instrument.kind.strength != "weak" else told.parties
    if group.parties and theirs and len(theirs) > 1 and len(group.parties) > 1:
        return len(set(group.parties) & set(theirs)) >= min(2, len(group.parties), len(theirs))
    return not (group.parties and theirs) or bool(set(group.parties) & set(theirs))


def file(
    article: Article, gathered: list[Dossier], told: Told, last: tuple[Told, Dossier | None] | None = None
) -> Dossier | None:
    """The group that a mention belongs to: one that it repeats or points back to, or a new one; null where neither.

    `last` is the mention before it in the sentence with its group: a short name in brackets is another name of that.
    """
    it = told.instrument
    if last is not None and last[1] is not None and _short_name(told, last[0].instrument):
        last[1].told.append(replace(told, act=None, parties=(), named=(), around=(), private=False, strange=False))
        return last[1]
    # "under the deal Argentina will …": the deal of Argentina before the last one told
    seen = set(parties.codes(parties.acting(article, told.sentence)))
    latest = gathered[::-1]
    fitting = sorted(latest, key=lambda g: not (_back(told) and seen and seen <= set(g.parties)))
    for group in fitting:
        if not _compatible(group, told) or (_old(told) and not group.earlier):
            continue
        if _same(article, group, told):
            group.told.append(told)
            group.earlier = group.earlier or told.link is not None
            return group
    again = [g for g in gathered if _compatible(g, told) and _reworded(g, told)]
    if len(again) == 1 and len(gathered) == 1:
        again[0].told.append(told)
        return again[0]
    if _old(told) and told.act is not None and not told.parties:
        # "the old agreement lapses": between those who make the new one
        twin = next((g for g in reversed(gathered) if g.parties and _compatible(g, told)), None)
        told = replace(told, parties=twin.parties) if twin else told
    by_day = len(told.named) >= _PAIR and it.definite and dated(article, told)  # "the Treaty of 12 January 1999"
    if not _founds(told) and not by_day:
        return None
    new = Dossier(
        [told], earlier=_old(told) or told.link is not None or (it.year is not None and told.stage not in FUTURE)
    )
    gathered.append(new)
    return new


def _same(article: Article, group: Dossier, told: Told) -> bool:
    it = told.instrument
    if it.determiner == "another":
        return False
    mine, theirs = _matter(it), {w for t in group.told for w in _matter(t.instrument)}
    lead = group.headline and told.sentence.index <= _LEAD and told.link is None
    if it.year or group.year:
        return _of_year(article, group, told, lead=lead, similar=_similar(mine, theirs))
    if told.link is not None:
        return False
    named = [t.instrument for t in group.told if t.instrument.named]
    if it.named and named:
        full = [n for n in named if _matter(n)]
        return not full or not _matter(it) or any(_title_like(it, n) for n in full)
    if lead and told.sentence.index <= 1 and not it.named and told.parties and set(told.parties) == set(group.parties):
        return True  # the headline's "to sign" is the lead's "signed"
    if _clashes(group, told):
        return False
    if _drafted(group, told):
        return True
    if it.definite:
        last = group.told[-1]
        again = told.sentence.index - last.sentence.index <= 1 and told.stage is not None and told.stage == last.stage
        return not mine or not theirs or _similar(mine, theirs) or (again and _touches(mine, theirs))
    if lead and not it.named:
        return True
    if mine and theirs:
        return _similar(mine, theirs)
    if not mine and not it.named and _ahead(group) and (told.stage is None or told.stage in FUTURE):
        return True  # "a pact" of which talks are told
    if not mine and not theirs and told.stage is not None and told.stage in {t.stage for t in group.told}:
        return True  # the same news, told again in somebody's words
    # "aid is paid under an agreement that …": used, so it has been told of
    return not mine and told.act is not None and stages.in_use(told.sentence, told.act)


def _of_year(article: Article, group: Dossier, told: Told, *, lead: bool, similar: bool) -> bool:
    """Whether a mention is of a group where either names a year."""
    it = told.instrument
    if it.year and group.year:
        return it.year == group.year
    if told.link is not None:
        return False
    if it.year:
        settled = all(t.stage not in FUTURE for t in group.told)
        return (lead and settled and similar) or any(_dated(article, t, it.year) for t in group.told)
    return _back(told) or (it.definite and similar and not _new(told) and told.stage not in FUTURE)


def _short_name(told: Told, before: Instrument) -> bool:
    """Whether a mention only gives another its short name: "… of May 12 (the “Geneva Joint Statement”)"."""
    tokens = told.sentence.tokens
    i = told.instrument.first - 1
    quoted = False
    if told.instrument.kind.word != before.kind.word:
        return False
    while i >= before.last and (tokens[i].text.lower() == "the" or not tokens[i].text[:1].isalnum()):
        quoted = quoted or tokens[i].text in {'"', "“", "''", "``", "‘"}
        if tokens[i].text == "(":
            return quoted
        i -= 1
    return False


def _drafted(group: Dossier, told: Told) -> bool:
    """Whether a draft is told of a planned instrument that is already known."""
    words = told.sentence.tokens[told.instrument.first : told.instrument.head]
    return any(t.text.lower() in _DRAFTS for t in words) and _ahead(group)


def _ahead(group: Dossier) -> bool:
    """Whether an instrument is still to be made, by all that is told of it."""
    stages_told = {t.stage for t in group.told} - {None}
    return bool(stages_told) and stages_told <= FUTURE


def _reworded(group: Dossier, told: Told) -> bool:
    """Whether other words may point back to an instrument of the same parties: "the chip pact", "the arms accord"."""
    it = told.instrument
    plain = it.determiner in {"the", "this", "that"} and not it.named and it.last == it.head + 1 and not it.year
    if not plain or told.link is not None or _old(told) or _new(told) or any(t.instrument.named for t in group.told):
        return False
    used = told.act is None or stages.in_use(told.sentence, told.act)
    return used or (_ahead(group) and told.stage in FUTURE)


def counts(told: Told) -> bool:
    """Whether a paper that is an instrument only by its act is one here: "issued a statement", "signed a loan"."""
    strength = told.instrument.kind.strength
    if strength not in {"issued", "signed"}:
        return True
    if told.act is None or told.sentence.part == "title":
        return False
    verb = told.sentence.tokens[told.act.token].lemma.lower()
    if strength == "issued":
        return verb in {"issue", "release", "sign", "adopt"} and len(told.parties) > 1 and told.stage == "signed"
    return verb in {"sign", "signing"} and told.stage in {"signed", "planned"}


def _back(told: Told) -> bool:
    it = told.instrument
    return it.determiner in {"the", "this", "that"} and not it.content and not it.named and not _new(told)


def _old(told: Told) -> bool:
    """Whether the phrase itself sets the instrument against one that follows it."""
    inside = told.sentence.tokens[told.instrument.first : told.instrument.head]
    return any(t.text.lower() in {"old", "previous", "former", "expiring", "outgoing"} for t in inside)


def _new(told: Told) -> bool:
    """Whether the phrase itself calls the instrument new."""
    inside = told.sentence.tokens[told.instrument.first : told.instrument.head]
    return any(t.text.lower() in {"new", "updated", "fresh", "proposed", "draft", "planned"} for t in inside)


def _title_like(a: Instrument, b: Instrument) -> bool:
    if a.kind.type != b.kind.type:
        return False
    mine, theirs = _matter(a), _matter(b)
    return mine <= theirs or theirs <= mine


def _matter(it: Instrument) -> frozenset[str]:
    """What the name of an instrument says beyond its parties: "Agreement with Jordan" says nothing."""
    return _without_parties(it.title, it.content)


@cache
def _without_parties(title: str, content: frozenset[str]) -> frozenset[str]:
    named = " ".join(h.text for h in find_names(title) if h.kind in {"state", "adjective", "organisation"}).lower()
    return frozenset(w for w in content if w not in re.split(r"[\s-]+", named))


def _dated(article: Article, told: Told, year: str) -> bool:
    if told.act is None:
        return False
    date, _ = when(article, told)
    return bool(date and date.startswith(year))


def _clashes(group: Dossier, told: Told) -> bool:
    """Whether what is told of both cannot be one life: a planned signature and an act of a past year."""
    if _new(told) and group.earlier:
        return True
    if told.stage is None or told.instrument.definite:
        return False
    theirs = {t.stage for t in group.told if t.stage}
    if not theirs:
        return False
    future = told.stage in FUTURE
    return all((s in FUTURE) != future for s in theirs)


def _founds(told: Told) -> bool:
    """Whether a mention that points back to nothing is enough for a record."""
    it = told.instrument
    if told.act is not None and told.stage is None:
        return False
    if it.kind.type == "other":
        return told.stage in {"signed", "initialled"} and it.plural and it.count is not None
    if it.kind.type == "ceasefire" and len(told.parties) < _PAIR and (told.stage is None or told.stage in FUTURE):
        return False  # one that is called for
    if it.kind.type == "alliance" and (
        told.act is None or told.sentence.tokens[told.act.token].lemma.lower() not in _ALLYING
    ):
        return False
    if it.kind.word == "amendment":
        return it.definite
    if it.kind.type == "declaration" and it.content & _PROCLAIMED:
        return False
    if it.kind.word in {"constitution", "statute"} and len(told.named) < _PAIR:
        return False
    if it.definite and not it.content and not it.named and told.act is None:
        return False
    if it.kind.strength == "weak" and it.year and it.definite and it.content:
        return True  # "the 2019 declaration of the two countries' partnership"
    domestic = len(told.named) < _PAIR and (it.kind.type in _OFTEN_DOMESTIC or it.kind.word == "deal")
    if it.kind.strength == "weak" and (not it.named or domestic):
        made = told.stage is not None and told.stage != "proposed" and told.act is not None
        return made and (bool(it.content) or len(told.parties) > 1 or it.plural)
    return True


def when(article: Article, told: Told) -> tuple[str | None, str | None]:
    """When the act of a mention took place: by its own clause, else by a date that stands over several verbs."""
    if told.act is None or not told.act.dated or stages.in_use(told.sentence, told.act):
        return None, None
    sentence, token = told.sentence, told.act.token
    names = [(i.first, i.last) for i in find_instruments(sentence)]
    dates = [
        d
        for d in article.dates_in(sentence.index)
        if d.kind == "date"
        and d.edtf
        and not any(a <= d.first < b or _names(sentence, b, d.first) for a, b in names)
        and (sentence.tokens[token].text.lower() == "since" or not _since(sentence, d.first))
        and not _elsewhere(sentence, d.first, token)
        and not _in_name(sentence, d.first)
    ]
    below = {t.index for t in sentence.subtree(token)}
    own = [d for d in dates if d.first in below]
    if own:
        nearest = min(own, key=lambda d: abs(d.first - token))
        # "signed seventy years ago, on 27 October 1956": the day, not the year
        nearest = max(
            (d for d in own if (d.edtf or "").startswith(nearest.edtf or "")), key=lambda d: len(d.edtf or "")
        )
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


def _names(sentence: Sentence, last: int, first: int) -> bool:
    """Whether a date right behind a title names the instrument: "the treaty on transit of January 20, 1993"."""
    return first == last + 1 and sentence.tokens[last].text.lower() in {"of", "dated"}


def dated(article: Article, told: Told) -> str | None:
    """The date by which an instrument is named: "the Agreement … of July 3, 1958", "the Joint Statement on May 12"."""
    it, tokens = told.instrument, told.sentence.tokens
    for d in article.dates_in(told.sentence.index):
        if d.kind == "date" and d.edtf and "-" in d.edtf and it.first <= d.first and d.last <= it.head:
            return d.edtf  # "the February 22 Paris agreement"
        inside = it.head < d.first < it.last
        between = tokens[it.last : d.first]
        behind = it.last <= d.first <= it.last + _NEAR and all(
            t.upos in {"ADP", "PROPN", "DET", "PUNCT"} and t.text not in {",", "(", ";"} for t in between
        )
        led = d.first and tokens[d.first - 1].text.lower() in {"of", "on", "dated"}
        if d.kind in {"date", "name"} and d.edtf and led and (inside or behind):
            verb = tokens[d.first].head
            climbs = {t.index for t in told.sentence.ancestors(d.first)}
            # "signed the treaty on May 12": the day of the act
            if tokens[d.first - 1].text.lower() == "of" or it.head in climbs or tokens[verb].upos != "VERB":
                return d.edtf
    return None


def _elsewhere(sentence: Sentence, first: int, token: int) -> bool:
    """Whether a date is that of another act, told in a clause on some other word: "a package agreed last year"."""
    i = first
    while i >= 0 and i != token:
        t = sentence.tokens[i]
        if t.deprel.split(":")[0] == "acl" and t.upos == "VERB":
            return token not in {x.index for x in sentence.subtree(i)}
        if t.deprel == "advcl" and any(
            c.deprel == "mark" and c.text.lower() in _CONTRARY for c in sentence.children(i)
        ):
            # "is kept in abeyance, although the court ruled in June"
            return token not in {x.index for x in sentence.subtree(i)}
        i = t.head
    return False


_CONTRARY = frozenset({"although", "though", "because", "whereas", "since"})


def _in_name(sentence: Sentence, first: int) -> bool:
    """Whether a year belongs to a name: "the Atomic Energy Act of 1954"."""
    if first < 2 or sentence.tokens[first - 1].text != "of":
        return False
    owner = sentence.tokens[first - 2]
    return owner.upos in {"NOUN", "PROPN"} and owner.text[:1].isupper()


def _since(sentence: Sentence, first: int) -> bool:
    """Whether a date only bounds a stretch of time: "the first since 1974", "since Brezhnev in 1974"."""
    return any(t.text.lower() == "since" for t in sentence.tokens[max(0, first - 4) : first])
