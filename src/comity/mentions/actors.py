"""Actors: states, organisations, persons in office, bodies and troops, each with the state for which it acts."""

from dataclasses import dataclass, field, replace
from functools import cache

from comity.knowledge import leaders, offices
from comity.knowledge.states import continued, rows, states
from comity.language.tree import Sentence
from comity.mentions.mention import ActorMention, NameMention
from comity.mentions.names import Names
from comity.mentions.places import CALENDAR

_JOINT = frozenset({"organisation", "region"})  # names that are no one state's
_TITLES = frozenset(w for r in rows("en/forms_of_address.csv") for w in (r["word"], r["word"].rstrip(".") + "."))
_PARTICLES = frozenset({*(r["particle"] for r in rows("en/name_particles.csv")), "-", "’", "."})
_AS_PLACE = frozenset({"in", "at", "near", "outside", "around", "through", "via"})
_TO_PLACE = frozenset({"to", "from", "for"})
_BEFORE_MONTHS = frozenset({
    "in", "since", "until", "till", "by", "of", "last", "next", "this", "early", "late", "mid", "on", "through", "from",
})  # fmt: skip
_MANY = 8
"""More states than these that one phrase stands for ("the former Soviet republics") are no parties of one act."""


@dataclass(slots=True)
class Memory:
    """What the article has named so far, the latest last.

    `author` is whose statement it is, `house` the state whose government publishes it, `named` are the codes of all
    that it names.
    """

    persons: list[ActorMention] = field(default_factory=list)
    bodies: list[ActorMention] = field(default_factory=list)
    author: ActorMention | None = None
    house: str | None = None
    named: frozenset[str] = frozenset()

    def meet(self, mention: ActorMention) -> None:
        """Keeps a person for the short names and pronouns to come."""
        self.persons.append(mention)

    def person(self, name: str) -> ActorMention | None:
        """The latest person of whose full name this is a part: a surname, or the same name."""
        words = name.casefold().replace("’s", "").split()
        for p in reversed(self.persons):
            full = (p.name or "").casefold().split()
            if full and words and (words[-1] == full[-1] or (len(words) == 1 and words[0] in full)):
                if len(words) > 1 and words[0][:1] != full[0][:1] and words != full[-len(words) :]:
                    continue
                return p
        return None

    def role(self, role: str, state: str | None = None) -> ActorMention | None:
        """The latest named person in an office, of a state where one is given."""
        wanted = role.casefold()
        for p in reversed(self.persons):
            if p.name and p.role and p.role.casefold() == wanted and (state is None or p.state == state):
                return p
        return None


@dataclass(slots=True)
class _Line:
    """A sentence while its actors are gathered: its names and titles, and which tokens are taken."""

    sentence: Sentence
    hits: list[NameMention]
    covered: dict[int, NameMention]
    titles: dict[int, tuple[offices.Office, int]]
    surnames: frozenset[int]
    taken: list[bool]
    on: str | None = None
    found: list[ActorMention] = field(default_factory=list)

    def hit_at(self, index: int) -> NameMention | None:
        """The name that covers a token."""
        return self.covered.get(index)

    def hit_before(self, index: int) -> NameMention | None:
        """The name that ends right before a token, over a possessive "'s" or a hyphen."""
        words = self.sentence.tokens
        i = index - 1
        if i >= 0 and words[i].text in {"'s", "’s", "'", "’", "-"}:
            i -= 1
        return self.hit_at(i) if i >= 0 else None


@cache
def _groups() -> dict[str, str]:
    return {r["word"]: r["sector"] for r in rows("en/group_nouns.csv") if r["acts"]}


def _line(sentence: Sentence, names: Names, on: str | None) -> _Line:
    """A sentence with what was looked up of it and no actor yet."""
    # "the Labour Party" in a report that names no state of the kind is none
    hits = [n for n in names.in_sentence.get(sentence.index, ()) if n.alone or n.code in names.codes]
    covered = {i: h for h in reversed(hits) for i in range(h.first, h.last)}
    at, taken = sentence.index, [False] * len(sentence.tokens)
    return _Line(sentence, hits, covered, names.titles.get(at, {}), names.surnames.get(at, frozenset()), taken, on)


def actors_in(sentence: Sentence, names: Names, on: str | None, memory: Memory) -> list[ActorMention]:
    """The actors of a sentence that its words name, in text order; the memory keeps its persons.

    A state's adjective that is part of nothing larger has the kind `adjective`. A capital counts as its government
    unless it is named as a place. Persons keep the name and office of their first full mention.
    """
    line = _line(sentence, names, on)
    _persons(line, memory)
    line.found = [_at_home(m, line, names, memory) for m in line.found]
    _bodies(line)
    line.found = [_at_head(m, line, memory) for m in line.found]
    _rest(line)
    return sorted(line.found, key=lambda m: m.first)


def _at_home(person: ActorMention, line: _Line, names: Names, memory: Memory) -> ActorMention:
    """An office-holder whose state no word names: the other one of two states spoken of, or the dateline's."""
    if person.states or not person.role or person.sector not in {"GOV", "LEG", "MIL"}:
        return person
    beside = {m.state for m in line.found if m.state and m.kind == "person"}
    rest = [c for c in names.about if c not in beside]
    # "Harris welcomed Prime Minister X": of the two states that the report is about, the one not yet beside him
    other = rest[0] if person.level != "other" and len(names.about) == 2 and len(rest) == 1 else None
    # "Minister X said Peru would …" speaks for Peru
    words = line.sentence.tokens
    subjects = {n.code for n in line.hits if n.kind == "state" and words[n.last - 1].deprel.startswith("nsubj")}
    spoken = next(iter(subjects)) if len(subjects) == 1 and words[person.head].deprel.startswith("nsubj") else None
    state = spoken or names.home or other
    if state is None:
        return person
    known = replace(person, state=state)
    memory.persons = [known if p is person else p for p in memory.persons]
    return known


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
    return continued().get(state, state) if state and gone is not None and year is not None and year > gone else state


def _persons(line: _Line, memory: Memory) -> None:
    words = line.sentence.tokens
    i = 0
    while i < len(words):
        text = words[i].text
        begins = text[:1].isupper() or i in line.covered or i in line.titles or text.lower() in _TITLES
        i = max(_person_at(line, i, memory), i + 1) if begins else i + 1


def _person_at(line: _Line, i: int, memory: Memory) -> int:
    """Takes a person that begins at a token; gives the token after it, or `i` where none begins."""
    words = line.sentence.tokens
    hit = line.hit_at(i)
    role, at, state, organisation = None, i, _state_of_office(hit, i), None
    if hit is not None and hit.first == i and hit.kind == "organisation":
        # "World Bank President", "the U.N.'s envoy"
        at = hit.last + (hit.last < len(words) and words[hit.last].text in {"'s", "’s", "'", "’"})
        organisation = hit.code
    elif hit is not None and hit.first == i and hit.kind not in _JOINT:
        # "Russian President", "Mongolia's prime minister", "Kremlin aide"
        at = hit.last
        before = words[i - 1].text.lower() if i else ""
        if hit.kind in {"capital", "city", "unit"} and before in _AS_PLACE | _TO_PLACE:
            return i  # "while in Brussels President Biden": the town is where, not whose
        if at < len(words) and words[at].text in {"'s", "’s", "'", "’"}:
            at += 1
        state = hit.code
    title = line.titles.get(at)
    # "former", "then", "visiting" may stand before the title
    if title is None and (state or organisation) and at + 1 < len(words) and words[at].upos == "ADJ":
        title = line.titles.get(at + 1)
        at += 1 if title else 0
    if title is None:
        return _bare_name(line, i, memory) if hit is None or hit.kind not in {"state", "organisation"} else i
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
    if name is None and state is None and organisation is None and _is_lone(line, at):
        house = _listed(line, memory, None, replace(office, title=role))
        name, state = (house.name, house.state) if house else (None, None)
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
    elif name and not organisation and (listed := _listed(line, memory, name, office, state)):
        organisation = None if state else listed.organisation
        name, state = listed.name, state or _lasting(listed.state, line.on)
    sector = "IGO" if organisation else office.sector
    mention = _mention(
        line, i, name_end, "person", name=name, role=_spoken(role), state=state, organisation=organisation,
        sector=sector,
    )  # fmt: skip
    memory.meet(mention)
    return name_end


def _state_of_office(hit: NameMention | None, i: int) -> str | None:
    """The state of an office that is listed as one name, seen from its last word: "German Chancellor"."""
    return hit.code if hit is not None and hit.first < i == hit.last - 1 and hit.kind == "metonym" else None


def _listed(
    line: _Line, memory: Memory, name: str | None, office: offices.Office | None = None, state: str | None = None
) -> leaders.Leader | None:
    """Whom the lists of leaders mean by a name, or by an office alone in a government's own paper."""
    if name is not None:
        return leaders.meant(name, line.on, memory.named, office, state)
    if office is None or memory.house is None or not line.on:
        return None
    return leaders.office_holder(memory.house, office.title, line.on)


def _is_lone(line: _Line, at: int) -> bool:
    """Whether an office stands as a government's own paper names its head: "the President"."""
    words = line.sentence.tokens
    return at > 0 and words[at - 1].text.lower() == "the" and words[at].text[:1].isupper()


def _bare_name(line: _Line, i: int, memory: Memory) -> int:
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
    # "Smith of France" is no Australian
    listed = _listed(line, memory, name, state=_state_after(line, end)) if known is None else None
    if known is not None:
        mention = _mention(
            line, i, end, "person", name=known.name, role=known.role, state=known.state,
            organisation=known.organisation, sector=known.sector,
        )  # fmt: skip
    elif listed is not None:
        mention = _mention(
            line, i, end, "person", name=listed.name, role=listed.office, state=_lasting(listed.state, line.on),
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
    if hit is not None and hit.kind not in _JOINT:
        state, at = hit.code, hit.last
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
        if hit is not None and not (i > start and hit.last - hit.first == 1 and words[i].deprel == "flat"):
            break
        capital = word[:1].isupper() and (words[i].upos in {"PROPN", "X"} or words[i].deprel == "flat") and not loud
        after = [w.text for w in words[i + 1 : i + 3]]
        joined = len(after) == 2 and after[0] == "-" and after[1][:1].isupper()
        particle = i > start and word.lower() in _PARTICLES and (joined or _leads_to_name(after))
        if particle and word == "-" and (words[i].start > words[i - 1].end):
            particle = False
        if not (capital or particle or i in line.surnames):
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
        if hit is not None and hit.kind == "state":
            return hit.code
    return None


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
    known = replace(person, state=body.state, sector=person.sector or "GOV")
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
            last = next(h.last for h in line.hits if h.first > token.index)
            _mention(line, first, last, "group", name=None, state=owner, sector=sector)
            continue
        hit = line.hit_before(first)
        if hit is None or line.taken[hit.first] or hit.kind in _JOINT:
            continue
        # "talks with Chinese, Japanese officials" and "Mongolia, officials said" are not one phrase
        if any(w.text == "," for w in words[hit.last : first]):
            continue
        _mention(
            line, hit.first, token.index + 1, "group", name=None, role=None, state=hit.code, organisation=None,
            sector=sector,
        )  # fmt: skip


def _rest(line: _Line) -> None:
    """Names that nothing larger has taken."""
    words = line.sentence.tokens
    for hit in line.hits:
        first, last = hit.first, hit.last
        if any(line.taken[first:last]):
            continue
        head = next((i for i in range(first, last) if words[i].head not in range(first, last)), first)
        if hit.kind in _PLACES_TOO and _of_a_name(line, first, last, head):
            continue
        if hit.kind == "organisation":
            _mention(line, first, last, "organisation", name=hit.code, state=None, organisation=hit.code, sector="IGO")
        elif hit.kind == "region":
            if len(hit.members) > _MANY:
                continue
            mention = _mention(line, first, last, "group", name=hit.code, state=None, sector="GOV")
            line.found[-1] = replace(mention, members=tuple(_member(mention, code) for code in hit.members))
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
    if any(line.hit_at(c.index) is None and c.index not in line.titles and c.text.isalpha() for c in behind):
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


def _clip(line: _Line, first: int, last: int) -> str:
    return line.sentence.clip(line.sentence.tokens[first].start, line.sentence.tokens[last - 1].end)


def _spoken(role: str) -> str:
    """An office as it is written in a list: "foreign minister" as "Foreign Minister"."""
    return " ".join(w if w in {"of", "the", "and", "for"} else w[:1].upper() + w[1:] for w in role.split())
