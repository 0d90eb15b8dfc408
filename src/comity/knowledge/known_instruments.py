"""Known instruments: well-known treaties, charters and accords, found by any of their names.

Each is a row of `known_instruments.csv`; a user's own table, named by the environment variable `COMITY_INSTRUMENTS`,
adds rows with the same columns, and replaces rows with the same key. Names are compared without accents; a capital
letter in the table requires one in the text, and an acronym must match exactly. An acronym that is also a word or has
other meanings (START, SALT, INF) is accepted only next to a word for an instrument, or if the same text spells the name
out.
"""

import csv
import os
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from comity.errors import InputError, TableError
from comity.knowledge.lexicon import key
from comity.knowledge.states import continuing, rows, states

_TABLE = "known_instruments.csv"
_COLUMNS = (
    "key", "short", "name", "names", "acronyms", "cued", "kind", "open", "parties", "adopted", "signed", "force",
    "ended", "depositary", "label", "titles", "source",
)  # fmt: skip
_DATES = ("adopted", "signed", "force", "ended")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_NONE = "none"
"""The value of the column `force` if an instrument is known not to have entered into force."""
_KEY = re.compile(r"[a-z0-9_]+")
KINDS = frozenset(
    {
        "treaty", "agreement", "protocol", "memorandum", "declaration", "alliance", "joint statement", "programme",
        "ceasefire", "other",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInstrument:
    """A well-known instrument between states; dates are EDTF, and null if they are unknown or registers differ.

    `short` is its usual name. If it is `open`, many states may join, and `parties` is empty; otherwise `parties` are
    its parties by their codes at the time, empty if unknown. `adopted` is the adoption of its text, `signed` its
    signature or opening for signature; `pending` says that it has not (yet) entered into force, and `force` is null in
    this case and if unknown. `cued` are acronyms that are accepted only next to a word for an instrument. `titles` are
    names used in the titles of treaty registers, in any case, and `label` is the short name by which such titles are
    compared; null and empty for most.
    """

    key: str
    short: str
    name: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    cued: tuple[str, ...]
    kind: str
    open: bool
    parties: tuple[str, ...]
    adopted: str | None
    signed: str | None
    force: str | None
    pending: bool
    ended: str | None
    depositary: tuple[str, ...]
    label: str | None
    titles: tuple[str, ...]
    source: str

    @property
    def dated(self) -> str | None:
        """The date from which it is known: its signature, otherwise its adoption."""
        return self.signed or self.adopted

    @property
    def year(self) -> int | None:
        """The year by which it is dated: that of its adoption or signature."""
        dated = self.adopted or self.signed or self.force
        return int(dated[:4]) if dated else None

    @property
    def years(self) -> frozenset[int]:
        """The years by which it may be named: of its adoption, signature and entry into force."""
        dates = (self.adopted, self.signed, self.force)
        return frozenset(int(part[:4]) for d in dates if d for part in d.split("/"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a known instrument in a text."""

    start: int
    end: int
    text: str
    instrument: KnownInstrument


def own_table() -> Path | None:
    """The user's own table, named by the environment variable `COMITY_INSTRUMENTS`."""
    named = os.environ.get("COMITY_INSTRUMENTS")
    return Path(named) if named else None


@cache
def instruments() -> dict[str, KnownInstrument]:
    """All known instruments by their keys, in the order of the table, the user's own last.

    >>> instruments()["npt"].force
    '1970-03-05'
    """
    out = {}
    for n, r in enumerate(rows(_TABLE), 2):
        if r["key"] in out:
            raise TableError(f"{_TABLE}:{n}: the key {r['key']!r} occurs twice")
        out[r["key"]] = _instrument(r, f"{_TABLE}:{n}")
    if (table := own_table()) is not None:
        out |= {entry.key: entry for entry in _own(table)}
    return out


def known(words: str, year: int | None = None, parties: Collection[str] = ()) -> KnownInstrument | None:
    """The known instrument that the words name as a whole; null if they name none, or several ambiguously.

    A year in the words must be one of the instrument's own. `year` is that of the report, and `parties` are states
    between which it is said to be: both select among instruments with the same name. Otherwise the one most often
    called so is meant.

    >>> known("the Nuclear Nonproliferation Treaty").key, known("Treaty of Paris of 1898").key, known("START")
    ('npt', 'paris_1898', None)
    """
    words = _ARTICLE.sub("", words.strip())
    tokens = _tokens(words)
    while len(tokens) > 1 and _in_brackets(words, tokens[-1]) and not _is_year(tokens[-1].text):
        tokens.pop()
    own = {int(w) for w in _CALLED.findall(words)}
    first = 1 if len(tokens) > 1 and _is_year(tokens[0].text) else 0
    last = len(tokens)
    if last - first > 1 and _is_year(tokens[-1].text):
        last -= 2 if last - first > 2 and tokens[-2].key == "of" else 1
    # a name may contain its year ("Treaty of Paris of 1898"), or be preceded or followed by it
    for begin, end in dict.fromkeys(((0, len(tokens)), (first, len(tokens)), (0, last), (first, last))):
        if (forms := _whole(words, tokens[begin:end])) is not None:
            return _chosen(forms, own, year, parties)
    return None


@lru_cache(maxsize=4_000)
def treaties(name: str | None = None, on: str | None = None) -> tuple[KnownInstrument, ...]:
    """All known instruments, or the one that a name refers to: a name, an acronym or a row's key.

    `on` is the day, month or year of the report that uses the name. Raises `InputError` if the name refers to none,
    or to several that the year does not distinguish.

    >>> [t.short for t in treaties("INF Treaty")]
    ['INF Treaty']
    """
    if name is None:
        return tuple(instruments().values())
    if on is not None and not on[:4].isdigit():
        raise InputError(f"{on!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return (_named_by(name, int(on[:4]) if on else None),)


def _named_by(name: str, year: int | None) -> KnownInstrument:
    found = known(name, year) or known(name.upper(), year) or instruments().get(name.lower())
    if found is not None:
        return found
    names = {n: i for i in instruments().values() for n in (i.short, i.name, *i.names, *i.acronyms, *i.cued)}
    same = sorted({i.short for n, i in names.items() if n.casefold() == name.casefold()})
    every = [i for i in instruments().values() if name.casefold() in {n.casefold() for n in (*i.names, *i.cued)}]
    several = sorted({*same, *(i.short for i in every)})
    if len(several) > 1:
        raise InputError(f"{name!r} may be {', '.join(several)}; give the full name, or the year with --on")
    near = get_close_matches(name, list(names), n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `comity treaties` lists all"
    raise InputError(f"{name!r} is not a known instrument{hint}")


def find_known(text: str, year: int | None = None) -> tuple[Mention, ...]:
    """The mentions of known instruments in a text, in order, the longest name first, without overlaps.

    `year` is that of the report. An ambiguous name shared by several instruments is skipped.

    >>> [(m.text, m.instrument.key) for m in find_known("Talks on the INF Treaty start; salt was traded under NAFTA.")]
    [('INF Treaty', 'inf'), ('NAFTA', 'nafta')]
    """
    tokens, loud = _tokens(text), text.isupper()
    found: list[tuple[int, int, list[_Form]]] = []
    at = 0
    while at < len(tokens):
        stop, forms = _longest(text, tokens, at, loud=loud)
        if forms:
            found.append((at, stop, forms))
        at = stop
    named = frozenset(m.instrument.key for m in _mentions(text, tokens, found, year, cued=False))
    return tuple(_mentions(text, tokens, found, year, cued=True, named=named))


def may_name(words: str) -> bool:
    """Whether words contain those of a name, in any spelling; `known` or `find_known` then resolves them.

    >>> may_name("the oslo accords"), may_name("a trade agreement")
    (True, False)
    """
    tokens = _tokens(words)
    return any(_walk(words, tokens, at) for at in range(len(tokens)))


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A spelling of the name of an instrument: its words as in the table."""

    instrument: str
    words: tuple[str, ...]
    cued: bool = False
    acronym: bool = False
    short: bool = False

    @property
    def name(self) -> bool:
        """Whether it is a name of words, which may be typed in lower case, and not an acronym."""
        return not self.acronym and not any(_is_acronym(w) for w in self.words)

    def spelt(self, text: str, tokens: list[_Token]) -> bool:
        """Whether words of a text have the capitals that this name requires; a text in capitals always has."""
        shown = [t for t in tokens if not _in_brackets(text, t)] if len(tokens) != len(self.words) else tokens
        return len(shown) == len(self.words) and all(_cased(w, t.text) for w, t in zip(self.words, shown, strict=True))

    def loosely(self, text: str, tokens: list[_Token]) -> bool:
        """Whether only the word for the kind of instrument lacks its capital: "Oslo accords", "Kyoto protocol"."""
        shown = [t for t in tokens if not _in_brackets(text, t)] if len(tokens) != len(self.words) else tokens
        return len(shown) == len(self.words) and all(
            _cased(w, t.text) or (w.lower() in _HEADS and t.text.islower())
            for w, t in zip(self.words, shown, strict=True)
        )


@dataclass(slots=True)
class _Node:
    """A place in the tree of names: the names that end here, and the words that may follow."""

    forms: list[_Form] = field(default_factory=list)
    next: dict[str, "_Node"] = field(default_factory=dict)


_WORD = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"^(?:the|this|that|its|their|both)\s+", re.IGNORECASE)
_CALLED = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_BEFORE = re.compile(r"\b(1[4-9]\d\d|20\d\d)(?:\s+|['’]s\s+)$")
_BEHIND = re.compile(r"^(?:\s+of|\s*\()\s*(?:\d{1,2}\s+)?(?:[A-Z][a-z]+\s+)?(1[4-9]\d\d|20\d\d)\b")
_HEADS = frozenset(
    [
        "treaty",
        "treaties",
        "pact",
        "pacts",
        "accord",
        "accords",
        "agreement",
        "agreements",
        "protocol",
        "declaration",
        "memorandum",
        "statute",
        "deal",
    ]
)
_ANOTHER = re.compile(r"\bnew\s+$")
_INDEFINITE = re.compile(r"\b(?:an?|any|another|no|some|every|new)\s+$", re.IGNORECASE)
_CUES = re.compile(
    r"[\s-]+(?:(?:I{1,3}|[123])[\s-]+)?(?:treat(?:y|ies)|pacts?|agreements?|accords?|conventions?|deal|talks|"
    r"negotiations|limits|inspections|regime|commitments|obligations)\b",
    re.IGNORECASE,
)
# "Warsaw Pact troops", "NAFTA countries": who is in it, not the instrument
_MEMBERS = re.compile(
    r"[\s-]+(?:troops|forces|army|armies|countries|nations|states|members?|allies|leaders|partners|bloc|area|zone|visas?|"
    r"(?i:organi[sz]ation))\b"
)
_FRESH = 1
"""For how many years after its signature an instrument is preferred for a shared name."""
_AHEAD = 10
"""For how many years before its adoption an instrument may be named, while it is negotiated."""


def _tokens(text: str) -> list[_Token]:
    return [_Token(m.start(), m.end(), m.group(), key(m.group())) for m in _WORD.finditer(text)]


def _is_year(word: str) -> bool:
    return _CALLED.fullmatch(word) is not None


def _is_acronym(word: str) -> bool:
    """Whether a word of a name must match exactly: NPT, AfCFTA, II."""
    return any(c.isupper() for c in word[1:]) or word in {"I", "II", "III"}


def _cased(word: str, text: str) -> bool:
    if _is_acronym(word):
        return text in {word, word.upper()}
    return text[:1].isupper() or not word[:1].isupper()


def _in_brackets(text: str, token: _Token) -> bool:
    return text[token.start - 1 : token.start] == "(" and text[token.end : token.end + 1] == ")"


def _near(text: str, one: _Token, other: _Token) -> bool:
    """Whether two words may belong to one name: a blank, a hyphen or a comma apart, in one sentence."""
    gap = text[one.end : other.start]
    if len(gap) > 3 or any(c in ";:!?" for c in gap) or gap.count("\n") > 1:
        return False
    return "." not in gap or not gap.endswith((" ", "\n")) or len(one.text) == 1


def _walk(text: str, tokens: list[_Token], at: int) -> list[tuple[int, list[_Form]]]:
    """The names whose words begin at a token, each with the token behind it, the longest first.

    An acronym in brackets within the name is passed by: "Intermediate-Range Nuclear Forces (INF) Treaty".
    """
    found: list[tuple[int, list[_Form]]] = []
    node: _Node | None = _tree()
    n = at
    while node is not None and n < len(tokens):
        here = tokens[n]
        if n > at and not _near(text, tokens[n - 1], here):
            break
        after = node.next.get(here.key)
        if after is None and n > at and _in_brackets(text, here) and here.text.isupper():
            n += 1
            continue
        node = after
        n += 1
        if node is not None and node.forms:
            found.append((n, node.forms))
    return found[::-1]


def _whole(text: str, tokens: list[_Token]) -> list[_Form] | None:
    """The names that words are as a whole; an acronym may have a word for its kind behind it: "the START treaty"."""
    for end in range(len(tokens), max(len(tokens) - 2, 0), -1):
        if end < len(tokens) and tokens[end].key not in _HEADS:
            break
        for stop, forms in _walk(text, tokens, 0):
            here = tokens[:end]
            kept = [f for f in forms if f.name or f.loosely(text, here)] if stop == end else []
            if end < len(tokens):
                kept = [f for f in kept if _is_acronym(f.words[-1])]
            if kept:
                return kept
    return None


def _longest(text: str, tokens: list[_Token], at: int, *, loud: bool) -> tuple[int, list[_Form]]:
    """The longest name that begins at a token, and the token behind it; none, and the next token, where none does."""
    for stop, forms in _walk(text, tokens, at):
        here = tokens[at:stop]
        if loud:
            # in capitals nothing distinguishes START from the verb
            fitting = [f for f in forms if not f.cued and not set(f.words) & _plain_acronyms()]
        else:
            before = text[: here[0].start]
            new = _ANOTHER.search(before) is not None
            # "a Paris agreement" is any, "the Paris agreement" is one
            one = not (here[-1].text.islower() and here[-1].key in _HEADS and _INDEFINITE.search(before))
            fitting = [f for f in forms if one and not (new and f.name) and f.loosely(text, here)]
        if fitting and not _MEMBERS.match(text, here[-1].end) and not _inside(text, here[0].start, here[-1].end):
            return stop, fitting
    return at + 1, []


def _inside(text: str, start: int, end: int) -> bool:
    """Whether a name is a part of an address or a larger word: "@NPT", "npt.org", "NPT-1000"."""
    return text[start - 1 : start] in {"@", "#", "_", "/"} or re.match(r"[-.]\d|\.[a-z]|_|@", text[end:]) is not None


def _mentions(
    text: str,
    tokens: list[_Token],
    found: list[tuple[int, int, list[_Form]]],
    year: int | None,
    *,
    cued: bool,
    named: frozenset[str] = frozenset(),
) -> Iterator[Mention]:
    reach = 0
    for at, stop, forms in found:
        start, end = tokens[at].start, tokens[stop - 1].end
        if start < reach:
            continue  # the acronym in brackets behind the name before
        if all(f.cued for f in forms):
            cue, several = _CUES.match(text, end), len({f.instrument for f in forms}) > 1
            if not cued or not (cue or (not several and forms[0].instrument in named)):
                continue
            forms = [f for f in forms if not named or f.instrument in named] or forms  # noqa: PLW2901
            end = cue.end() if cue and cue.group().split()[-1].lower().rstrip("s") in _HEADS else end
        called = _BEFORE.search(text[max(0, start - 8) : start]) or _BEHIND.match(text[end : end + 30])
        one = _chosen(forms, {int(called[1])} if called else set(), year, ())
        if one is None:
            continue
        if stop < len(tokens) and _in_brackets(text, tokens[stop]) and tokens[stop].start - end <= 2:
            behind = tokens[stop]
            end = behind.end + 1 if behind.text in {*one.acronyms, *one.cued} else end
        reach = end
        yield Mention(start, end, text[start:end], one)


def _chosen(
    forms: Iterable[_Form],
    called: Collection[int],
    year: int | None,
    parties: Collection[str],
) -> KnownInstrument | None:
    """Which instrument is meant by a name; null where nothing says. `called` are years that stand beside the name.

    A year that is none of an instrument's own rules it out: a 1956 Geneva Convention is none of 1949.
    """
    candidates = list(forms)
    of = {f.instrument: instruments()[f.instrument] for f in candidates}
    if called:
        of = {k: i for k, i in of.items() if set(called) & i.years}
    if year is not None:
        there = {k: i for k, i in of.items() if i.year is None or i.year <= year}
        of = there or {k: i for k, i in of.items() if i.year is not None and i.year - year <= _AHEAD}
    wanted = {continuing(p) for p in parties}
    between = {k: i for k, i in of.items() if wanted <= {continuing(p) for p in i.parties}}
    if len(of) > 1 and wanted:
        of = {k: i for k, i in of.items() if k in between or not i.parties} or of
    if len(of) > 1 and year is not None and not any(f.cued for f in candidates):
        # what was signed just now is what is spoken of
        of = {k: i for k, i in of.items() if i.year is not None and 0 <= year - i.year <= _FRESH} or of
    if len(of) > 1:
        mostly = {f.instrument for f in candidates if f.short}
        of = {k: i for k, i in of.items() if k in mostly} or {k: i for k, i in of.items() if k in between and wanted}
    return next(iter(of.values())) if len(of) == 1 else None


@cache
def _plain_acronyms() -> frozenset[str]:
    """Acronyms that are also words or have other meanings."""
    return frozenset(a for i in instruments().values() for a in i.cued)


@cache
def _tree() -> _Node:
    root = _Node()
    for entry in instruments().values():
        for form, words in _forms(entry):
            node = root
            for word in words:
                node = node.next.setdefault(key(word), _Node())
            if form not in node.forms:
                node.forms.append(form)
    return root


def _forms(entry: KnownInstrument) -> Iterator[tuple[_Form, tuple[str, ...]]]:
    """All spellings of the names of an instrument, with their words."""
    for name in dict.fromkeys((entry.short, entry.name, *entry.names, *entry.acronyms, *entry.cued)):
        cued = name in entry.cued
        acronym = name in entry.acronyms or cued
        for words in _spellings(tuple(_WORD.findall(name))):
            yield _Form(entry.key, words, cued, acronym, name == entry.short), words


def _spellings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name's words, and the same with other spellings: US and U.S., Defence and Defense, Non-Proliferation."""
    out = [words]
    for name, split in (("US", ("U", "S")), ("UN", ("U", "N")), ("UK", ("U", "K"))):
        for spelling in list(out):
            if name in spelling:
                at = spelling.index(name)
                out.append((*spelling[:at], *split, *spelling[at + 1 :]))
    for one, other in _SPELLINGS:
        out += [tuple(w.replace(one, other) for w in spelling) for spelling in out if any(one in w for w in spelling)]
    for spelling in list(out):
        for n, word in enumerate(spelling[:-1]):
            if word.lower() in {"non", "anti", "co"}:
                out.append((*spelling[:n], word + spelling[n + 1].lower(), *spelling[n + 2 :]))
    yield from dict.fromkeys(out)


_SPELLINGS = (
    ("Defence", "Defense"), ("Defense", "Defence"), ("Organisation", "Organization"), ("Organization", "Organisation"),
    ("Programme", "Program"), ("Neighbour", "Neighbor"), ("Labour", "Labor"),
)  # fmt: skip


def _own(path: Path) -> Iterator[KnownInstrument]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found = list(csv.DictReader(lines, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path}: the table set in COMITY_INSTRUMENTS cannot be read ({error})") from error
    if found and (missing := {"key", "short", "kind", "open"} - set(found[0])):
        raise TableError(f"{path}: lacks the columns {', '.join(sorted(missing))}; see the how-to on known instruments")
    for n, r in enumerate(found, 2):
        row = {c: r.get(c) or "" for c in _COLUMNS}
        yield _instrument(
            {**row, "name": row["name"] or row["short"], "source": row["source"] or path.name}, f"{path}:{n}"
        )


def _instrument(r: dict[str, str], where: str) -> KnownInstrument:
    """The instrument of a row. Raises `TableError` with the row's location if it violates the rules of the table."""
    if not _KEY.fullmatch(r["key"]) or not r["short"] or r["kind"] not in KINDS or r["open"] not in {"yes", "no"}:
        raise TableError(
            f"{where}: {r['key']!r} needs a key of lower-case letters, digits and _, a short name, open yes or no, a "
            f"kind, one of {', '.join(sorted(KINDS))}"
        )
    for column in _DATES:
        if column == "force" and r[column] == _NONE:
            continue
        if not all(_DATE.fullmatch(part) for part in r[column].split("/") if r[column]):
            raise TableError(
                f"{where}: {column} {r[column]!r} is not a date; write YYYY, YYYY-MM, YYYY-MM-DD or FIRST/LAST"
            )
    parties, depositary = _several(r["parties"]), _several(r["depositary"])
    strange = [c for c in (*parties, *depositary) if c not in states() and c not in _organisations()]
    if strange:
        raise TableError(f"{where}: {', '.join(strange)} is not the code of a state or organisation; see `comity who`")
    if r["open"] == "yes" and parties:
        raise TableError(f"{where}: {r['key']} is open, so its parties are not listed here; leave them out")
    if bool(r["label"]) != bool(r["titles"]):
        raise TableError(f"{where}: {r['key']} needs both a label and titles, or neither")
    return KnownInstrument(
        key=r["key"],
        short=r["short"],
        name=r["name"],
        names=_several(r["names"]),
        acronyms=_several(r["acronyms"]),
        cued=_several(r["cued"]),
        kind=r["kind"],
        open=r["open"] == "yes",
        parties=parties,
        adopted=r["adopted"] or None,
        signed=r["signed"] or None,
        force=None if r["force"] in {"", _NONE} else r["force"],
        pending=r["force"] == _NONE,
        ended=r["ended"] or None,
        depositary=depositary,
        label=r["label"] or None,
        titles=_several(r["titles"]),
        source=r["source"],
    )


@cache
def _organisations() -> frozenset[str]:
    return frozenset(r["acronym"] for r in rows("organisations.csv"))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(x for x in cell.split(";") if x)


@cache
def table_version() -> str:
    """A hash of the tables of known instruments, including the user's own."""
    import hashlib

    digest = hashlib.sha256((files("comity.knowledge") / "tables" / _TABLE).read_bytes())
    if (table := own_table()) is not None and table.is_file():
        digest.update(table.read_bytes())
    return digest.hexdigest()[:8]
