"""Titles of instruments: the kind, the parties, the date and the link that a title gives by its own words.

Lone titles (of a treaty series, a register) and the titles that articles name are read alike: "Treaty of Friendship
between …", "Sino-Soviet", "Agreement between the Government of X and the Government of Y".
"""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from comity.coding.instruments import Kind, kind_at
from comity.knowledge.names import NameHit, find_names
from comity.knowledge.states import rows
from comity.knowledge.word_classes import words
from comity.language.words import Word, cut
from comity.mentions.dates import written_day


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says of its instrument; null and empty where it does not.

    `parties` are codes in the order named; `date` is a day or year (EDTF) that the title gives for the instrument;
    `link` says what it does to an earlier instrument (`amends`, `renews`, `replaces`).
    """

    kind: Kind | None = None
    parties: tuple[str, ...] = ()
    date: str | None = None
    link: str | None = None


@cache
def _links(place: str) -> dict[str, str]:
    return {w: r["link"] for r in rows("en/instrument_links.csv") if r["place"] == place for w in r["words"].split()}


LINKS = _links("text")
"""What an instrument does to an earlier one, by the lemma in running text that says it."""
_words = partial(words, "title")
_PARTIES = frozenset({"state", "adjective", "organisation"})
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_NEAR, _LINE = 22, 60
"""How many characters after a kind, and after "signed", the day of an instrument may end."""
_NAMES = re.compile(r"‹([^›]+)›")
_SIGNS = str.maketrans(dict.fromkeys("‹›«»", " "))
"""Signs that mark names here; where a title has them itself, they mark none."""
_PAIR = re.compile(r"[‹«]([^›»]+)[›»]\s*[-–—/]\s*[‹«]([^›»]+)[›»]")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]?")
_NUMBERS = re.compile(r"\d+|[IVX]+")
_BETWEEN = re.compile(r"\b(?:between|among|amongst)\b", re.IGNORECASE)
_PARTNER = re.compile(r"(?:\W*\w+){0,2}?\W*\b(with|of|by)\b", re.IGNORECASE)
_LISTED = re.compile(r"(?:(?:\A|\b(?:and|et)\b|[&,;/–—-])[^‹›]*|(?<=›)\s*)‹([^›]+)›", re.IGNORECASE)


def read_title(title: str, on: str | None = None) -> Title:
    """What a title says by its words; `on` is the date (EDTF) by which names of states are read.

    >>> read_title("TREATY OF FRIENDSHIP BETWEEN SIAM AND PERSIA").parties
    ('THA', 'IRN')
    >>> read_title("Sino-Soviet Protocol on Trade").kind.type
    'protocol'
    >>> read_title("Exchange of visits between universities")
    Title(kind=None, parties=(), date=None, link=None)
    """
    cut_up = cut(title)
    found = find_names(title, on)
    plain = {h.code for h in found if h.kind in _PARTIES}
    # a court or an army stands for its state where the title does not name that by itself
    hits = [h for h in found if h.kind in _PARTIES | {"capital"} or (h.kind == "metonym" and h.code not in plain)]
    kind, first, last = _kind_of(cut_up, {h.start for h in hits})
    if kind is None:
        return Title(None, _named(_marked(title, hits)), None, _link(cut_up))
    start, end = cut_up[first].start, cut_up[last - 1].end
    before, after = _marked(title[:start], hits), _marked(title[end:], hits, end)
    bodies = frozenset(h.code for h in hits if h.kind == "organisation")
    return Title(kind, _parties(before, after, bodies), _date(title, cut_up, last), _link(cut_up))


def _kind_of(cut_up: Sequence[Word], named: Container[int]) -> tuple[Kind | None, int, int]:
    """The kind at the head of a title with the first and the last word (exclusive) that name it.

    The head stands before the first preposition: "Extension of the Treaty" names no kind, "Protocol to the
    Convention" a protocol. Directly joined kinds give the last: "Agreement Amendment". A kind before another noun
    heads nothing ("Treaty Provisions"), unless that is a name (`named` are the offsets where names begin).
    """
    texts = [w.text for w in cut_up]
    found = [kind_at(texts, i, lone=True) for i in range(len(texts))]
    changes = bool(texts) and texts[0].lower() in _links("title") and found[0] is None
    if changes and (texts[0].isupper() or not any(found[1:2])):
        return None, 0, 0  # "AMENDING 1953 AGREEMENT" heads no instrument, "Amending Protocol" does
    stop = next((i for i, w in enumerate(texts) if found[i] is None and w.lower() in _words("ends a head")), len(texts))
    at = next((i for i in range(stop) if found[i]), stop)
    kind = None
    first = last = at
    while last < len(texts) and (more := found[last]) is not None and (kind is None or more):
        first, last, kind = last, last + more[0], more[1]
    after = texts[last].lower() if kind and last < len(texts) else ""
    if after.isalpha() and after not in _words("behind a kind") and not after.endswith(("ing", "ed")):
        return (kind, first, last) if cut_up[last].start in named else (None, 0, 0)
    return kind, first, last


def _marked(text: str, hits: Iterable[NameHit], offset: int = 0) -> str:
    """A stretch of a title with the codes of its names in ‹ ›, those of capitals in « »."""
    out, at = "", 0
    for hit in sorted(hits, key=lambda h: h.start):
        if at <= hit.start - offset and hit.end - offset <= len(text):
            mark = f"«{hit.code}»" if hit.kind == "capital" else f"‹{hit.code}›"
            out, at = f"{out}{text[at : hit.start - offset].translate(_SIGNS)}{mark}", hit.end - offset
    return out + text[at:].translate(_SIGNS)


def _parties(before: str, after: str, bodies: frozenset[str]) -> tuple[str, ...]:
    """The parties by the surest pattern that names two: "between", a list beside the kind, a hyphen."""
    between = _between(f"{before} {after}")
    owners = _codes(_NAMES.findall(before))
    if len(between) > 1 or len(owners) > 1:
        return between if len(between) > 1 else owners
    partner = _PARTNER.match(after)
    if partner and (partners := _list(after[partner.end() :], near=partner[1].lower() != "with")):
        return _codes((*owners, *partners))
    return _pair(f"{before} {after}") or between or (() if set(owners) & bodies else owners)


def _named(title: str) -> tuple[str, ...]:
    """The parties of a title without a kind; names alone are parties: "Australia Papua New Guinea (PATCRA)"."""
    between, named = _between(title), _codes(_NAMES.findall(title))
    if len(between) > 1 or (pair := _pair(title)):
        return between if len(between) > 1 else pair
    rest = {w.text for w in cut(_BRACKETS.sub(" ", re.sub(r"[‹«][^›»]*[›»]", " ", title)))}
    alone = all(w.lower() in _words("beside names alone") or _NUMBERS.fullmatch(w) for w in rest)
    # else the two states of a subject, "EXPORT OF TEXTILES FROM BRAZIL TO SWEDEN"
    return named if len(named) == 2 or (alone and named) else between


def _between(text: str) -> tuple[str, ...]:
    found = [_list(text[m.end() :]) for m in _BETWEEN.finditer(text)]
    return next((f for f in found if len(f) > 1), next(filter(None, found), ()))


def _pair(text: str) -> tuple[str, ...]:
    return next((m.groups() for m in _PAIR.finditer(text) if m[1] != m[2]), ())


def _list(text: str, *, near: bool = False) -> tuple[str, ...]:
    """The parties of a list with which a text begins: "the Government of X, Y and the Ministry of Z of W".

    With `near`, only words of government may stand before the first ("of the Presidents of X and Y").
    """
    text = _BRACKETS.sub(" ", text)  # "the Republic of X (Y Project) and Z": what brackets contain is no party
    matter = next((m for m in _matter().finditer(text) if m["matter"]), None)
    text = text[: matter.start("matter")] if matter else text
    found = _codes(_LISTED.findall(text))
    if not near:
        return found
    lead = {w.text.lower() for w in cut(text.partition("‹")[0])}
    return found if len(found) > 1 and lead <= _words("governing") else ()


@cache
def _matter() -> re.Pattern[str]:
    """A word with which the matter of a title begins, or, without the group `matter`, one that belongs to a party.

    "The Ministry for Foreign Affairs of", "Government in the United Kingdom", "on the one hand" go on with the parties.
    """
    bodies, matter = ("|".join(sorted(_words(n))) for n in ("bodies", "begins the matter"))
    goes_on = rf"\b(?:{bodies})\s+(?:(?:for|in|to)\b|on\b(?!\s+the\b))|\bon\s+the\s+(?:one|1|other)\b"
    at_home = r"\bgovernment\b[^‹›]{0,40}?\sin\s+(?:the\s+)?(?=‹)"
    return re.compile(rf"{goes_on}|{at_home}|\b(?P<matter>{matter})\b", re.IGNORECASE)


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def _date(title: str, cut_up: Sequence[Word], last: int) -> str | None:
    """The day or year of the instrument itself: right after its kind, or after "signed" or "done"."""
    for i, word in enumerate(cut_up):
        if i == last - 1 or word.text.lower() in {"signed", "done", "dated"}:
            tail = title[word.end :][: _NEAR if i == last - 1 else _LINE]
            if day := written_day(tail):
                return day
    texts = [w.text for w in cut_up]
    after = texts[last + 1 : last + 2] if [w.lower() for w in texts[last : last + 1]] == ["of"] else []
    return next(filter(_YEAR.fullmatch, (*after, *texts[:last])), None)


def _link(cut_up: Sequence[Word]) -> str | None:
    """What the title says that the instrument does to an earlier one."""
    low = [w.text.lower() for w in cut_up]
    found = (_links("title").get(w) for before, w in zip(["", *low], low, strict=False) if before != "as")
    return next(filter(None, found), None)
