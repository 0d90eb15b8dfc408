"""Actors: states, organisations, persons in office, bodies and troops, each with the state for which it acts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from comity.document.document import Document
from comity.knowledge import leaders, offices
from comity.knowledge.names import NameHit, find_names, mentioned, moved, placed, region, titled
from comity.knowledge.states import by_address, continuing, rows, states
from comity.language.tree import Sentence
from comity.mentions.coreference import Memory, resolve
from comity.mentions.mention import ActorMention
from comity.mentions.places import CALENDAR
from comity.settings import DEFAULTS

_JOINT = frozenset({"organisation", "region"})  # names that are no one state's
_TITLES = frozenset(w for r in rows("en/forms_of_address.csv") for w in (r["word"], r["word"].rstrip(".") + "."))
_PARTICLES = frozenset({*(r["particle"] for r in rows("en/name_particles.csv")), "-", "’", "."})
_AS_PLACE = frozenset({"in", "at", "near", "outside", "around", "through", "via"})
_TO_PLACE = frozenset({"to", "from", "for"})
_DATELINE = re.compile(r"\s*([A-Z][A-Z .'’-]{2,40}?)(?:, [A-Z][A-Za-z .]+)?,\s+[A-Z][a-z]+\.? \d{1,2}\b")
_STATEMENT = re.compile(r"(?:Joint )?(?:Statement|Remarks|Message|Letter|Address|Speech)\b.{0,30}?\b(?:by|from|of)\b")
_OPENING = 600
"""How many characters of a report say which two states it is about."""
_MANY = 8
"""More states than these that one phrase stands for ("the former Soviet republics") are no parties of one act."""
_ACRONYM = 4
"""So many capitals alone are no surname, "BA" and "UN" alike."""
_HIGHEST = frozenset({"head of state", "head of government"})
_OUT_OF_OFFICE = 10
"""A minister or an official is known by his full name so many years before and after his time in office."""
_IN_OFFICE = 3
"""A surname alone names a leader who held office at most so many years from the report's date."""


_Hit = tuple[int, int, NameHit]
"""A name, and from which token to which, exclusive, it stands."""


@dataclass(slots=True)
class _Line:
    """A sentence while its actors are gathered: its names and titles, looked up once, and which tokens are taken."""

    sentence: Sentence
    hits: list[_Hit]
    covered: dict[int, _Hit]
    titles: dict[int, tuple[offices.Office, int]]
    taken: list[bool]
    on: str | None = None
    found: list[ActorMention] = field(default_factory=list)

    def hit_at(self, index: int) -> _Hit | None:
        """The name that covers a token."""
        return self.covered.get(index)

    def hit_before(self, index: int) -> _Hit | None:
        """The name that ends right before a token, over a possessive "'s" or a hyphen."""
        words = self.sentence.tokens
        i = index - 1
        if i >= 0 and words[i].text in {"'s", "’s", "'", "’", "-"}:
            i -= 1
        return self.hit_at(i) if i >= 0 else None


@cache
def _groups() -> dict[str, str]:
    return {r["word"]: r["sector"] for r in rows("en/group_nouns.csv") if r["acts"]}


def find_actors(sentences: Sequence[Sentence], document: Document) -> tuple[ActorMention, ...]:
    """The actors of an article in order of sentence and offset, later short names and pronouns resolved.

    A state's adjective that is part of nothing larger has the kind `adjective`. A capital counts as its government
    unless it is named as a place. Persons keep the name and office of their first full mention.
    """
    publisher = by_address(document.source)
    body = titled(document.text, document.title)
    named = frozenset(h.code for h in find_names(body, document.published) if h.alone)
    memory = Memory(house=publisher.code if publisher else None, named=named)
    elsewhere = moved(body, document.published)
    out: list[ActorMention] = []
    home = _home(document)
    about = mentioned(document.text[:_OPENING], document.title, document.published)[:2]
    for sentence in sentences:
        line = _line(sentence, document.published, elsewhere, named)
        _persons(line, document.published, memory)
        line.found = [_at_home(m, line, home, about, memory) for m in line.found]
        _bodies(line)
        line.found = [_at_head(m, line, memory) for m in line.found]
        _rest(line)
        line.found.sort(key=lambda m: m.first)
        out += resolve(sentence, line.found, memory)
        if sentence.index == 0 and _STATEMENT.match(sentence.text):
            memory.author = next((m for m in out if m.kind == "person" and m.state), None)
    return tuple(out)


def _home(document: Document) -> str | None:
    """The state of the dateline: "CAIRO, March 16 -" says whose ministers are named without a state."""
    m = _DATELINE.match(document.text[: DEFAULTS.sentence_characters])
    hits = find_names(m.group(1).title(), document.published) if m else ()
    if not m or not hits:
        return None
    # a bureau abroad: "NICOSIA, March 3 - Iran's oil minister" says nothing of Cyprus
    named = mentioned(document.text[m.end() : _OPENING], document.title, document.published)
    return hits[0].code if hits[0].code in named else next(iter(named), None)


def _at_home(person: ActorMention, line: _Line, home: str | None, about: list[str], memory: Memory) -> ActorMention:
    """An office-holder whose state no word names: the other one of two states spoken of, or the dateline's."""
    if person.states or not person.role or person.sector not in {"GOV", "LEG", "MIL"}:
        return person
    level = offices.level(person.role)
    beside = {m.state for m in line.found if m.state and m.kind == "person"}
    rest = [c for c in about if c not in beside]
    # "Harris welcomed Prime Minister X": of the two states that the report is about, the one not yet beside him
    other = rest[0] if level != "other" and len(about) == 2 and len(rest) == 1 else None
    # "Minister X said Peru would …" speaks for Peru
    words = line.sentence.tokens
    subjects = {h.code for a, b, h in line.hits if h.kind == "state" and words[b - 1].deprel.startswith("nsubj")}
    spoken = next(iter(subjects)) if len(subjects) == 1 and words[person.head].deprel.startswith("nsubj") else None
    state = spoken or home or other
    if state is None:
        return person
    now = continuing(state)
    known = replace(person, state=state, state_now=now if now != state else None)
    memory.persons = [known if p is person else p for p in memory.persons]
    return known


def _line(sentence: Sentence, on: str | None, elsewhere: tuple[tuple[str, str], ...], named: frozenset[str]) -> _Line:
    hits: list[_Hit] = []
    for hit in placed(find_names(sentence.text, on), elsewhere):
        if not hit.alone and hit.code not in named:
            continue  # "the Labour Party" in a report that names no state of the kind
        inside = [
            t.index
            for t in sentence.tokens
            if t.start < sentence.start + hit.end and sentence.start + hit.start < t.end
        ]
        if inside:
            hits.append((inside[0], inside[-1] + 1, hit))
    covered = {i: h for h in reversed(hits) for i in range(h[0], h[1])}
    titles = offices.find_all([t.text for t in sentence.tokens])
    return _Line(sentence, hits, covered, titles, [False] * len(sentence.tokens), on)


def _mention(
    line: _Line,
    first: int,
    last: int,
    kind: str,
    *,
    name: str | None,
    state: str | None,
    role: str | None = None,
    organisation: str | None = None,
    sector: str | None = None,
) -> ActorMention:
    tokens = line.sentence.tokens[first:last]
    inside = {t.index for t in tokens}
    head = next((t.index for t in tokens if t.head not in inside), first)
    start, end = tokens[0].start, tokens[-1].end
    now = continuing(state) if state else None
    for i in range(first, last):
        line.taken[i] = True
    mention = ActorMention(
        line.sentence.index,
        first,
        last,
        head,
        start,
        end,
        line.sentence.clip(start, end),
        kind,
        name,
        role,
        state,
        now if now != state else None,
        organisation,
        sector,
        part=line.sentence.part,
    )
    line.found.append(mention)
    return mention


def _lasting(state: str | None, on: str | None) -> str | None:
    """A state as of a report: who led one that is gone acts, if for any, for the one that goes on in law."""
    gone = states()[state].last_year if state in states() else None
    year = int(on[:4]) if on and on[:4].isdigit() else None
    return continuing(state) if state and gone is not None and year is not None and year > gone else state


def _persons(line: _Line, on: str | None, memory: Memory) -> None:
    words = line.sentence.tokens
    i = 0
    while i < len(words):
        text = words[i].text
        begins = text[:1].isupper() or i in line.covered or i in line.titles or text.lower() in _TITLES
        i = max(_person_at(line, i, on, memory), i + 1) if begins else i + 1


def _person_at(line: _Line, i: int, on: str | None, memory: Memory) -> int:
    """Takes a person that begins at a token; gives the token after it, or `i` where none begins."""
    words = line.sentence.tokens
    hit = line.hit_at(i)
    role, at, state, organisation = None, i, _state_of_office(hit, i), None
    if hit is not None and hit[0] == i and hit[2].kind == "organisation":
        # "World Bank President", "the U.N.'s envoy"
        at = hit[1] + (hit[1] < len(words) and words[hit[1]].text in {"'s", "’s", "'", "’"})
        organisation = hit[2].code
    elif hit is not None and hit[0] == i and hit[2].kind not in _JOINT:
        # "Russian President", "Mongolia's prime minister", "Kremlin aide"
        at = hit[1]
        before = words[i - 1].text.lower() if i else ""
        if hit[2].kind in {"capital", "city", "unit"} and before in _AS_PLACE | _TO_PLACE:
            return i  # "while in Brussels President Biden": the town is where, not whose
        if at < len(words) and words[at].text in {"'s", "’s", "'", "’"}:
            at += 1
        state = hit[2].code
    title = line.titles.get(at)
    # "former", "then", "visiting" may stand before the title
    if title is None and (state or organisation) and at + 1 < len(words) and words[at].upos == "ADJ":
        title = line.titles.get(at + 1)
        at += 1 if title else 0
    if title is None:
        return _bare_name(line, i, on, memory) if hit is None or hit[2].kind not in {"state", "organisation"} else i
    office, n = title
    role_end = at + n
    role = " ".join(w.text for w in words[at:role_end])
    name_end = _name_end(line, role_end)
    name = _clip(line, role_end, name_end) if name_end > role_end else None
    plural = words[role_end - 1].text.lower().endswith("s") and not name
    if plural:
        return i
    if state is None and organisation is None:
        state = _state_after(line, name_end)
    house = (
        _of_the_house(line, at, role, on, memory) if name is None and state is None and organisation is None else None
    )
    if house is not None:
        name, state = house.name, house.state
    if name is None:
        if state is None and organisation is None and office.title != "counterpart" and not memory.role(role):
            return i
        if office.level == "other" and office.title in _groups() and state is None and organisation is None:
            return i
    known = (
        memory.person(name)
        if name
        else (memory.role(role, state) if state is None or office.level != "other" else None)
    )
    if known is not None and (state is None or known.state == state):
        name, state = known.name or name, state or known.state
    elif name and not organisation and (listed := _listed(name, on, memory.named, role)) and _same_state(listed, state):
        organisation = None if state else listed.organisation
        name, state = listed.name, state or _lasting(listed.state, on)
    sector = "IGO" if organisation else office.sector
    mention = _mention(
        line, i, name_end, "person", name=name, role=_spoken(role), state=state, organisation=organisation,
        sector=sector,
    )  # fmt: skip
    memory.meet(mention)
    return name_end


def _state_of_office(hit: _Hit | None, i: int) -> str | None:
    """The state of an office that is listed as one name, seen from its last word: "German Chancellor"."""
    return hit[2].code if hit is not None and hit[0] < i == hit[1] - 1 and hit[2].kind == "metonym" else None


def _same_state(listed: leaders.Leader, state: str | None) -> bool:
    return state is None or (listed.state is not None and continuing(listed.state) == continuing(state))


def _of_the_house(line: _Line, at: int, role: str, on: str | None, memory: Memory) -> leaders.Leader | None:
    """The leader that a government's own paper means by a lone "the President"."""
    words = line.sentence.tokens
    lone = at > 0 and words[at - 1].text.lower() == "the" and words[at].text[:1].isupper()
    return leaders.office_holder(memory.house, role, on) if memory.house and on and lone else None


def _bare_name(line: _Line, i: int, on: str | None, memory: Memory) -> int:
    """A person named without an office: with "Mr.", known from before, or a leader of the time."""
    words = line.sentence.tokens
    start = i + 1 if words[i].text.lower() in _TITLES else i
    if start >= len(words) or (start == i and not words[i].text[:1].isupper()):
        return i
    if start == i and words[i].text == "May" and _of_time(line, i):
        return i
    end = _name_end(line, start)
    if end == start:
        return i
    name = _clip(line, start, end)
    known = memory.person(name)
    listed = _listed(name, on, memory.named) if known is None else None
    if listed is not None and _state_after(line, end) not in {None, listed.state, continuing(listed.state or "")}:
        listed = None  # "Smith of France" is no Australian
    if known is not None:
        mention = _mention(
            line, i, end, "person", name=known.name, role=known.role, state=known.state,
            organisation=known.organisation, sector=known.sector,
        )  # fmt: skip
    elif listed is not None:
        mention = _mention(
            line, i, end, "person", name=listed.name, role=listed.office, state=_lasting(listed.state, on),
            organisation=listed.organisation, sector=listed.sector or ("IGO" if listed.organisation else "GOV"),
        )  # fmt: skip
    else:
        if name.lower() in CALENDAR:  # "on Sunday, the President will travel"
            return i
        role, state, sector, after = _appositive(line, end)
        speaks = words[start].deprel.startswith("nsubj") and " " in name
        if not (role or start > i or speaks):
            return i
        mention = _mention(line, i, end, "person", name=name, role=role, state=state, organisation=None, sector=sector)
        for k in range(end, after):
            line.taken[k] = True
    memory.meet(mention)
    return end


def _of_time(line: _Line, i: int) -> bool:
    """Whether a word that is a month and a surname is the month: behind a preposition of time, beside a number."""
    words = line.sentence.tokens
    before = words[i - 1].text.lower() if i else ""
    after = words[i + 1] if i + 1 < len(words) else None
    return before in _BEFORE_MONTHS or before.isdigit() or (after is not None and after.text[:1].isdigit())


def _appositive(line: _Line, end: int) -> tuple[str | None, str | None, str | None, int]:
    """The office that follows a name after a comma: "Yuri Ushakov, a Kremlin aide"."""
    words = line.sentence.tokens
    if end >= len(words) or words[end].text != ",":
        return None, None, None, end
    at = end + 1
    if at < len(words) and words[at].text.lower() in {"the", "a", "an"}:
        at += 1
    state, hit = None, line.hit_at(at) if at < len(words) else None
    if hit is not None and hit[2].kind not in _JOINT:
        state, at = hit[2].code, hit[1]
        if at < len(words) and words[at].text in {"'s", "’s"}:
            at += 1
    title = line.titles.get(at)
    if title is None:
        return None, None, None, end
    after = at + title[1]
    return (
        _spoken(" ".join(w.text for w in words[at:after])),
        state or _state_after(line, after),
        title[0].sector,
        after,
    )


def _name_end(line: _Line, start: int) -> int:
    """The token after a run of name words."""
    words = line.sentence.tokens
    loud = line.sentence.text.isupper()
    i = start
    while i < len(words):
        word = words[i].text
        gap = i > start and words[i].start > words[i - 1].end + 1
        if gap or i in line.titles:
            break
        hit = line.hit_at(i)
        if hit is not None and not (i > start and hit[1] - hit[0] == 1 and words[i].deprel == "flat"):
            break
        capital = word[:1].isupper() and (words[i].upos in {"PROPN", "X"} or words[i].deprel == "flat") and not loud
        after = [w.text for w in words[i + 1 : i + 3]]
        joined = len(after) == 2 and after[0] == "-" and after[1][:1].isupper()
        particle = i > start and word.lower() in _PARTICLES and (joined or _leads_to_name(after))
        if particle and word == "-" and (words[i].start > words[i - 1].end):
            particle = False
        listed = loud and leaders.is_surname(word)
        if not (capital or particle or listed):
            break
        i += 1
    return i


def _leads_to_name(after: list[str]) -> bool:
    """Whether a word with a capital follows, over one more particle at most: "van der Berg", "de la Cruz"."""
    if after and after[0].isalpha() and after[0] in _PARTICLES:
        after = after[1:]
    return bool(after) and after[0][:1].isupper()


def _state_after(line: _Line, at: int) -> str | None:
    """The state in "of Mongolia", "from Mongolia" right after an office or a name."""
    words = line.sentence.tokens
    if at + 1 < len(words) and words[at].text.lower() in {"of", "for", "from"}:
        k = at + 1 + (words[at + 1].text.lower() == "the")
        hit = line.hit_at(k) if k < len(words) else None
        if hit is not None and hit[2].kind == "state":
            return hit[2].code
    return None


def _listed(name: str, on: str | None, named: frozenset[str], role: str | None = None) -> leaders.Leader | None:
    """The office-holder that a name means; of several, the one in that office, then the one whose state is named.

    A surname alone, whose bearers in office lead several states none of which the report names, means nobody.
    """
    if name.isupper() and len(name) <= _ACRONYM:
        return None
    found = leaders.by_name(name, on)
    if not found and " " in name:
        # an unlisted spelling or a middle initial: "Joseph R. Biden" is found by its last word
        first, *_, last = name.replace(".", "").split()
        found = [x for x in leaders.by_name(last, on) if x.name.split()[0][:2].casefold() == first[:2].casefold()]
        found = [x for x in found if x.level in _HIGHEST or {x.state, x.organisation} & named]
    if " " in name:
        here = [x for x in found if {x.state, x.organisation} & named]
        high = [x for x in found if x.level in _HIGHEST or leaders.distance(x, on) <= _OUT_OF_OFFICE]
        return next(iter(here or high), None)
    near = [x for x in found if leaders.distance(x, on) <= _IN_OFFICE]
    if role is not None:
        same = [x for x in near if x.office.casefold() == role.casefold()]
        level = offices.level(role)
        near = same or [x for x in near if x.level == level]
    here = [x for x in near if {x.state, x.organisation} & named]
    if not here and name in _common_surnames():
        return None
    near = [x for x in near if x.state and leaders.surname(x.name, x.state).casefold() == name.casefold()]
    if on is None and not here:
        near = [x for x in near if x.level in _HIGHEST] or near
        return near[0] if len({x.state for x in near}) == 1 else next(iter(_latest(near)), None)
    for pool in (here, near if any(x.level in _HIGHEST for x in near) else []):
        now = [x for x in pool if leaders.distance(x, on) == 0] or pool
        high = [x for x in now if x.level in _HIGHEST] if pool is here else now
        for group in (high, now):
            if group and len({x.state or x.organisation for x in group}) == 1:
                return group[0]
        if pool:
            return None
    return None


@cache
def _common_surnames() -> frozenset[str]:
    return frozenset(r["surname"] for r in rows("common_surnames.csv"))


def _latest(found: list[leaders.Leader]) -> list[leaders.Leader]:
    """In a text without a date: whoever held office last, where the others had left it years before."""
    ends = [x.to or "9999" for x in found]
    last = max(ends, default="0000")
    late = [x for x, end in zip(found, ends, strict=True) if int(last[:4]) - int(end[:4]) <= _IN_OFFICE]
    return late[:1] if len({x.state for x in late}) == 1 else []


def _at_head(person: ActorMention, line: _Line, memory: Memory) -> ActorMention:
    """Somebody without a state who leads a delegation of one acts for it: "Dr. Smith led a US delegation"."""
    words = line.sentence.tokens
    if person.kind != "person" or person.state or not person.name:
        return person
    own = words[person.head]
    own = words[own.head] if own.deprel == "appos" else own  # "the assistant, Dr. Smith, led …"
    verb = own.head
    if not own.deprel.startswith("nsubj") or verb < 0 or words[verb].lemma not in {"lead", "head"}:
        return person
    led = {c.index for c in line.sentence.below[verb] if c.relation == "obj"}
    body = next((m for m in line.found if m.state and m.head in led), None)
    if body is None:
        return person
    known = replace(person, state=body.state, state_now=body.state_now, sector=person.sector or "GOV")
    memory.meet(known)
    return known


def _bodies(line: _Line) -> None:
    """Bodies, troops and officials of a state: its name or adjective before a group's word."""
    words = line.sentence.tokens
    for token in words:
        sector = _groups().get(token.lemma.lower())
        if sector is None or token.upos not in {"NOUN", "PROPN"} or line.taken[token.index]:
            continue
        if line.hit_at(token.index) is not None:
            continue
        first = token.index
        while first > 0 and not line.taken[first - 1] and words[first - 1].deprel in {"compound", "amod", "flat"}:
            if words[first - 1].head not in range(first, token.index + 1) or line.hit_at(first - 1):
                break
            first -= 1
        owner = _state_after(line, token.index + 1)
        if owner is not None and not line.hit_before(first):
            # "the foreign ministry of Poland"
            last = next(h[1] for h in line.hits if h[0] > token.index)
            _mention(line, first, last, "group", name=None, state=owner, sector=sector)
            continue
        hit = line.hit_before(first)
        if hit is None or line.taken[hit[0]] or hit[2].kind in _JOINT:
            continue
        # "talks with Chinese, Japanese officials" and "Mongolia, officials said" are not one phrase
        if any(w.text == "," for w in words[hit[1] : first]):
            continue
        _mention(
            line, hit[0], token.index + 1, "group", name=None, role=None, state=hit[2].code, organisation=None,
            sector=sector,
        )  # fmt: skip


def _rest(line: _Line) -> None:
    """Names that nothing larger has taken."""
    words = line.sentence.tokens
    for first, last, hit in line.hits:
        if any(line.taken[first:last]):
            continue
        head = next((i for i in range(first, last) if words[i].head not in range(first, last)), first)
        if hit.kind in _PLACES_TOO and _of_a_name(line, first, last, head):
            continue
        if hit.kind == "organisation":
            _mention(line, first, last, "organisation", name=hit.code, state=None, organisation=hit.code, sector="IGO")
        elif hit.kind == "region":
            if len(region(hit.code, line.on)) > _MANY:
                continue
            mention = _mention(line, first, last, "group", name=hit.code, state=None, sector="GOV")
            each = [_member(mention, code) for code in region(hit.code, line.on)]
            line.found[-1] = replace(mention, members=tuple(each))
        elif hit.kind in {"capital", "city", "unit"}:
            if hit.kind == "capital" and _acts(line.sentence, first, head):
                _mention(line, first, last, "state", name=hit.text, state=hit.code, sector="GOV")
        elif hit.kind == "adjective":
            _mention(line, first, last, "adjective", name=hit.text, state=hit.code)
        else:
            _mention(line, first, last, "state", name=hit.text, state=hit.code, sector=hit.sector or "GOV")


def _of_a_name(line: _Line, first: int, last: int, head: int) -> bool:
    """Whether a place's name is a part of a person's, as the tree has it: "Kenya Moore", "Sacha Baron Cohen"."""
    words = line.sentence.tokens
    if last - first > 1:
        return False
    behind = [c for c in line.sentence.below[head] if c.relation == "flat" and c.index == last and c.upos == "PROPN"]
    if any(line.hit_at(c.index) is None and not offices.find([c.text]) and c.text.isalpha() for c in behind):
        return True
    above = words[head].head
    return (
        words[head].deprel == "flat" and above == first - 1 and words[above].upos == "PROPN" and not line.hit_at(above)
    )


_PLACES_TOO = frozenset({"state", "capital", "city", "unit"})


def _member(group: ActorMention, code: str) -> ActorMention:
    """One of several that a group's name stands for: a state, or an organisation."""
    if code in states():
        return replace(group, kind="state", name=states()[code].name, state=code)
    return replace(group, kind="organisation", name=code, organisation=code, sector="IGO")


def _acts(sentence: Sentence, first: int, head: int) -> bool:
    """Whether a capital stands for its government: a subject, an owner, a partner, and no place."""
    before = sentence.tokens[first - 1].text.lower() if first else ""
    if before in _AS_PLACE | _TO_PLACE or before in {",", "capital"}:
        return False
    return sentence.tokens[head].relation in {"nsubj", "obj", "conj", "compound"} or (
        sentence.tokens[head].deprel == "nmod:poss" or before in {"with", "by", "against", "between", "on", "-"}
    )


_BEFORE_MONTHS = frozenset(
    {
        "in",
        "since",
        "until",
        "till",
        "by",
        "of",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "on",
        "through",
        "from",
    }
)


def _clip(line: _Line, first: int, last: int) -> str:
    return line.sentence.clip(line.sentence.tokens[first].start, line.sentence.tokens[last - 1].end)


def _spoken(role: str) -> str:
    """An office as it is written in a list: "foreign minister" as "Foreign Minister"."""
    return " ".join(w if w in {"of", "the", "and", "for"} else w[:1].upper() + w[1:] for w in role.split())
