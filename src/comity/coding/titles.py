"""Titles of instruments: the kind, the parties, the date and the link that a title tells by its own words.

Lone titles (of a treaty series, a register) and the titles that articles name are read alike: "Treaty of Friendship
between …", "Sino-Soviet", "Agreement between the Government of X and the Government of Y".
"""

# ruff: noqa: E501 - lists of words are read best in long lines

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comity.coding.instruments import Kind, kind_at
from comity.knowledge.names import NameHit, find_names
from comity.language.words import Word, cut
from comity.mentions.dates import written_day


@dataclass(frozen=True, slots=True)
class Title:
    """What a title says of its instrument; null and empty where it does not.

    `parties` are codes in the order named; `date` is a day or year (EDTF) that the title gives for the instrument;
    `link` tells what it does to an earlier instrument (`amends`, `renews`, `replaces`).
    """

    kind: Kind | None = None
    parties: tuple[str, ...] = ()
    date: str | None = None
    link: str | None = None


LINKS = {
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
"""What an instrument does to an earlier one, by the lemma that tells it."""

_LINK_FORMS = {
    "amending": "amends", "amend": "amends", "amendment": "amends", "amendments": "amends", "modifying": "amends",
    "modify": "amends", "modification": "amends", "modifications": "amends", "revising": "amends", "revision": "amends",
    "extending": "renews", "extend": "renews", "extension": "renews", "prolonging": "renews", "prolongation": "renews",
    "renewing": "renews", "renew": "renews", "renewal": "renews", "replacing": "replaces", "replace": "replaces",
    "superseding": "replaces", "supersede": "replaces",
}  # fmt: skip
# the matter of a title begins here; no party is named after it
_MATTER = frozenset(
    """on concerning regarding relating relative respecting about signed done dated constituting amending extending
    over under which that establishing providing pertaining pursuant for in to with at by as during against through
    from governing modifying supplementing supplementary prolonging renewing defining setting covering including
    off along towards pending until since when where upon""".split()  # noqa: SIM905 - a list of quoted words is harder to read
)
# "the Ministry for Foreign Affairs of", "Government in the United Kingdom": still a party
_BODIES = frozenset(
    """ministry ministries minister ministers department secretary secretariat agency commission committee council
    authority office board centre center institute organization organisation fund bank programme program association
    commissioner service administration""".split()  # noqa: SIM905
)
_BRIDGES = frozenset({"of", "on", "for", "to", "in", "at", "between", "among", "concerning", "regarding", "relating", "with",
                      "relative", "respecting", "constituting", "amending", "by", "about", "from", "against", "over",
                      "establishing", "providing", "pertaining", "governing", "under"})  # fmt: skip
# what may follow a kind word that is the head: else it is part of another name ("TREATY PROVISIONS")
_AFTER = _BRIDGES | frozenset({"and", "supplementary", "additional", "as", "no", "off", "that", "which", "whereby", "through",
                               "during", "pursuant", "the", "upon", "along", "until", "or", "is", "was", "done", "series"})  # fmt: skip
_AND = frozenset({"and", "&", ",", ";", "/", "-", "–", "—", "et"})
_HYPHENS = frozenset({"-", "–", "—", "/"})
_PARTY_KINDS = frozenset({"state", "adjective", "organisation"})
_FILLERS = _AND | frozenset({"the", "of", "free", "trade", "fta", "agreement", "area", "with", "(", ")", "."})


def read_title(title: str, on: str | None = None) -> Title:
    """What a title says by its words; `on` is the date (EDTF) by which names of states are read.

    >>> read_title("TREATY OF FRIENDSHIP BETWEEN SIAM AND PERSIA").parties
    ('THA', 'IRN')
    >>> read_title("Sino-Soviet Protocol on Trade").kind.type
    'protocol'
    >>> read_title("Exchange of visits between universities")
    Title(kind=None, parties=(), date=None, link=None)
    """
    words = cut(title)
    if not words:
        return Title()
    found = find_names(title, on)
    plain = {h.code for h in found if h.kind in _PARTY_KINDS}
    # a court or an army stands for its state where the title does not name that by itself
    hits = [h for h in found if h.kind in _PARTY_KINDS | {"capital"} or (h.kind == "metonym" and h.code not in plain)]
    starts = {h.start for h in hits}
    kind, first, last = head_kind([w.text for w in words], {i for i, w in enumerate(words) if w.start in starts})
    parties = _parties(words, hits, first, last if kind else None)
    return Title(kind, parties, _date(title, words, last) if kind else None, _link(words, kind))


def _date(title: str, words: list[Word], last: int) -> str | None:
    """The day or year of the instrument itself: right after its kind, or after "signed" or "done"."""
    at = [i for i in range(len(words)) if i == last - 1 or words[i].text.lower() in {"signed", "done", "dated"}]
    for i in at:
        tail = title[words[i].end :][: _NEAR if i == last - 1 else _LINE]
        if day := written_day(tail):
            return day
    before = [w.text for w in words[:last] if _YEAR.fullmatch(w.text)]
    after = [w.text for w in words[last + 1 : last + 2] if words[last].text.lower() == "of" and _YEAR.fullmatch(w.text)]
    return next(iter(after or before), None)


_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")
_NEAR, _LINE = 22, 60


def head_kind(words: Sequence[str], named: Container[int] = ()) -> tuple[Kind | None, int, int]:
    """The kind at the head of a title with the first and the last word (exclusive) that name it.

    The head stands before the first preposition: "Extension of the Treaty" names no kind, "Protocol to the
    Convention" a protocol. Directly joined kinds give the last: "Agreement Amendment". A kind before another noun
    heads nothing ("Treaty Provisions"), unless that is a name (`named` holds the words where names begin).
    """
    i = 0
    changes = words[:1] and words[0].lower() in _LINK_FORMS and kind_at(words, 0, lone=True) is None
    if changes and (words[0].isupper() or len(words) < 2 or kind_at(words, 1, lone=True) is None):
        return None, 0, 0  # "AMENDING 1953 AGREEMENT" heads no instrument, "Amending Protocol" does
    while i < len(words):
        found = kind_at(words, i, lone=True)
        if found is not None:
            n, kind = found
            while (more := kind_at(words, i + n, lone=True)) is not None:
                i, (n, kind) = i + n, more
            after = words[i + n].lower() if i + n < len(words) else ""
            if after.isalpha() and after not in _AFTER and not after.endswith(("ing", "ed")) and i + n not in named:
                return None, 0, 0
            return kind, i, i + n
        if words[i].lower() in _BRIDGES or words[i] in {"(", ":"}:
            break
        i += 1
    return None, 0, 0


def _parties(words: list[Word], hits: list[NameHit], first: int, last: int | None) -> tuple[str, ...]:
    """The parties by the surest pattern that names two: "between", a list beside the kind, a hyphen, names alone."""
    best: tuple[str, ...] = ()
    for i, word in enumerate(words):
        if word.text.lower() in {"between", "among", "amongst"}:
            found = _list(words, hits, i + 1)
            if len(found) > 1:
                return found
            best = best or found
    if last is not None:
        owners = _codes(h for h in hits if h.end <= words[first].start and h.kind != "capital")
        partners: tuple[str, ...] = ()
        for i in range(last, min(last + 3, len(words))):
            if words[i].text.lower() in {"with", "of", "by"}:
                partners = _list(words, hits, i + 1, near=words[i].text.lower() != "with")
                break
        if len(owners) > 1:
            return owners
        if partners:
            return tuple(dict.fromkeys((*owners, *partners)))
        best = best or (owners if all(h.kind != "organisation" for h in hits if h.code in owners) else ())
    for a, b in pairwise(hits):
        between = [w.text for w in words if a.end <= w.start and w.end <= b.start]
        if len(between) == 1 and between[0] in _HYPHENS and a.code != b.code:
            return a.code, b.code
    named = _codes(h for h in hits if h.kind != "capital")
    # "Romania Turkey"; else the two states of a subject, "EXPORT OF TEXTILES FROM BRAZIL TO SWEDEN"
    if last is None and (len(named) == 2 or (hits and _only_names(words, hits))):
        return named
    return best


def _list(words: list[Word], hits: list[NameHit], start: int, *, near: bool = False) -> tuple[str, ...]:
    """The parties of a list that begins at a word: "the Government of X, Y and the Ministry of Z of W".

    With `near`, only words of government may stand before the first ("of the Presidents of X and Y").
    """
    out: list[str] = []
    joined, gap = True, list[str]()
    i = start
    while i < len(words):
        hit = next((h for h in hits if h.kind != "capital" and h.start <= words[i].start < h.end), None)
        if hit is not None:
            if near and not out and not set(gap) <= _GOVERNING:
                return ()
            if joined or not set(gap) - {"(", ")"}:
                out.append(hit.code)
                joined = False
            while i < len(words) and words[i].start < hit.end:
                i += 1
            gap = []
            continue
        low = words[i].text.lower()
        joined = joined or low in _AND
        if low in _MATTER and not _goes_on(words, hits, i, gap):
            break
        if low in {"(", "["}:  # "the Republic of X (Y Project) and Z": what brackets hold is no party
            while i < len(words) and words[i].text not in {")", "]"}:
                i += 1
        gap.append(low)
        i += 1
    return tuple(dict.fromkeys(out)) if not near or len(set(out)) > 1 else ()


_GOVERNING = frozenset({"the", "of", "government", "governments", "president", "presidents", "minister", "ministers",
                        "prime", "foreign", "heads", "state", "leaders", "republic", "kingdom", "and"})  # fmt: skip


def _goes_on(words: list[Word], hits: list[NameHit], i: int, gap: list[str]) -> bool:
    """Whether a preposition still belongs to a party: after a body's word, or before the state that it stands in."""
    low = words[i].text.lower()
    if low == "on" and [w.text.lower() for w in words[i + 1 : i + 2]] == ["the"]:
        return [w.text.lower() for w in words[i + 2 : i + 3]] in (["one"], ["1"], ["other"])
    if low in {"for", "on", "in", "to"} and gap and gap[-1] in _BODIES:
        return True
    if low == "in":  # "Her Majesty's Government in the United Kingdom"
        at = i + 1 + (i + 1 < len(words) and words[i + 1].text.lower() == "the")
        return "government" in gap and at < len(words) and any(h.start <= words[at].start < h.end for h in hits)
    return False


def _only_names(words: list[Word], hits: list[NameHit]) -> bool:
    """Whether a title is made of names of states and bodies alone: "Australia Papua New Guinea (PATCRA)"."""
    inside = False
    for w in words:
        inside = (inside or w.text == "(") and w.text != ")"
        if inside or w.text == ")" or any(h.start <= w.start < h.end for h in hits):
            continue
        if w.text.lower() not in _FILLERS and not re.fullmatch(r"\d+|[IVX]+", w.text):
            return False
    return True


def _codes(hits: Iterable[NameHit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(h.code for h in hits))


def _link(words: list[Word], kind: Kind | None) -> str | None:
    """What the title says that the instrument does to an earlier one."""
    if kind is not None and kind.word == "amendment":
        return "amends"
    for i, w in enumerate(words):
        link = _LINK_FORMS.get(w.text.lower())
        if link and (i == 0 or words[i - 1].text.lower() != "as"):
            return link
    return None
