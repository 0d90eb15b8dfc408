"""Constructions: what a word means by what stands around it, by the rows of tables.

The rows of a use are tried in their order; the first that holds says what it `yields`. A row holds where its `pattern`
does: all conditions in it, which are parted by `;`, and none of those behind `not`.

A row of `en/constructions.csv` has one of the uses in `USES`, where what each may yield is listed too; a use that no
rule asks for is refused. It is for some words (`of`: event types, also with their status or whether their parties
act `together`, frames of triggers, kinds of mentions or lemmas; empty for all). Its conditions are paths over the
enhanced graph of the sentence that start at the word; a path holds where it leads anywhere. Its ways are parted by
`|`, the likeliest first; each has one or more steps parted by blanks:

    obj,obl:to/in     down to what depends on the word by one of these relations (`obl`: with any marker, `obl:`: with
                      none, `nsubj:/xsubj`: with none or this one, so no `nsubj:pass`; `any`: by any relation)
    <obl              up to what the word depends on
    .                 the word itself; `next` and `previous` are the words beside it
    appos? conj*      the word itself, too; `*` goes on as often as it goes
    &obj !obj         the word, if it has an `obj`; if it has none
    obj[delay,@hold]  only to these: lemmas, forms, a class of `en/event_nouns.csv`, an effect of `en/modality.csv`
                      (`~end`), a tag (`VERB`), a verb with its particle (`call_off`), a noun behind its preposition
                      (`on_hold`); `NEGATED` is what is denied, `CAPITAL` what begins with one
    obj[-delay]       to any but these; several brackets hold together
    {subject}         on by the path of that name in `en/paths.csv`

The conditions of `en/agreement_decisions.csv` are facts of a case: a name (`named`), with a value or several of which
one is enough (`stage=signed|initialled`; `@allying` are the words of a class).
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import Generic, TypeVar, cast

from comity.errors import TableError
from comity.knowledge import agreement_words, modality, plover
from comity.knowledge.states import rows
from comity.language.graph import graph_of
from comity.language.tree import Sentence
from comity.records.codes import Stage, Status

TABLE = "en/constructions.csv"
DECISIONS = "en/agreement_decisions.csv"
_PATHS = "en/paths.csv"
ACT = "EVENT CAMEO"
"""What is yielded is the PLOVER type of an act and its CAMEO code; a use in `_MODED` may add a mode of the type."""
_MODED = frozenset({"turned", "said"})
USES: Mapping[str, Collection[str]] = {
    "no trigger": ("none",),  # a word of `en/event_triggers.csv` reports no act here
    "turned": (ACT, "none", "kept"),  # what a word above an act makes of it: held back, ended, resumed
    "act": (ACT, "none"),  # what a word beside an act makes of it, whether rules or the network found it
    "withheld": ("withheld",),  # aid, arms or talks are held back, conditional or not given at all
    "ended": ("none",),  # a war or a siege is over
    "kind": (ACT,),  # an act is of another type by its object
    "said": (ACT,),  # what somebody says of another is a demand or an accusation
    "talked": ("talks",),  # a host who receives a guest is one who talks
    "asked": ("asked",),  # of whom something is asked
    "threat": ("THREATEN",),  # a hostile act that is promised is a threat
    "purpose": ("none",),  # an act is only what something is for
    "advice": ("none",),  # "should not travel" refuses nothing
    "governed": ("governed", "free"),  # whether the act above speaks for the one below
    "status": tuple(Status),  # what a word's own auxiliaries and modifiers say of it
    "under": (*Status, "as above"),  # what is said of a word by the one above it
    "label": ("label",),  # a state's name says only which money, war or origin is meant
    "private": ("private",),  # firms and private persons
    "circumstance": ("none",),  # a party that is only where, when or about what
    "journey": tuple(Status),  # whether a journey is planned
    "called off": ("none",),  # a journey does not take place
    "stage": (*Stage, "none"),  # to which stage a word leads an instrument
    "asked for": ("asked",),  # somebody only asks for an instrument
    "date": ("its own", "of another"),  # whose a date beside an instrument is
}
"""The uses of the rows of `en/constructions.csv`, and what each may yield."""
QUESTIONS: Mapping[str, Collection[str]] = {
    "an instrument": ("yes", "no"),  # a phrase that may be something else: a statement, a loan, a lone kind
    "private": ("yes", "no"),  # firms or armed groups make it
    "a stranger": ("yes", "no"),  # somebody acts who is no party
    "one instrument": ("join", "apart", "another name"),  # a mention and what is known of an instrument
    "a record of its own": ("yes", "no"),
    "parties": ("named", "those of the later", "the article's pair", "none"),  # between whom it is
    "outcome": (*Stage, "as it is"),  # what a planned or possible act leaves of it
}
"""The questions that rows of `en/agreement_decisions.csv` answer (`use`), and what each may yield."""
_SIDES = frozenset({*Status, "together", "apart"})
_BESIDE = {"next": 1, "previous": -1}
# relations that a graph may have where its tree has none
_IMPLIED = frozenset({"nsubj", "csubj", "obj", "iobj", "obl", "nmod", "amod", "compound", "advmod", "ref", "any"})
_STEP = re.compile(
    r"(?P<only>[&!]?)(?P<up><?)(?P<relations>\.|[a-z]+(?::[\w/]*)?(?:,[a-z]+(?::[\w/]*)?)*)(?P<again>[*?]?)"
    r"(?P<words>(?:\[[^\[\]]+\])*)"
)

Value = bool | Collection[str]
"""What a fact is: whether it holds, or what it is; it holds then where there is anything."""
_Asked = TypeVar("_Asked")
_Case = TypeVar("_Case")


@dataclass(frozen=True, slots=True)
class Words:
    """Which words are meant: those with one of some lemmas, forms, phrases or tags, or all but those."""

    lemmas: frozenset[str]
    phrases: frozenset[str]
    tags: frozenset[str]
    excepted: bool

    def have(self, sentence: Sentence, index: int) -> bool:
        """Whether a word of a sentence is one of them."""
        token, tags = sentence.tokens[index], self.tags
        same = token.lemma.lower() in self.lemmas or token.text.lower() in self.lemmas
        if tags and not same:
            same = token.upos in tags or token.xpos in tags or ("CAPITAL" in tags and token.text[:1].isupper())
            same = same or ("NEGATED" in tags and negated(sentence, index))
        if self.phrases and not same:
            same = any(p in self.phrases for p in _phrases(sentence, index))
        return same is not self.excepted

    @property
    def asked(self) -> frozenset[str]:
        """Words one of which a sentence must have; empty where it may do without."""
        if self.excepted or not self.tags <= {"NEGATED"}:
            return frozenset()
        last = self.lemmas | {p.rpartition(" ")[2] for p in self.phrases}
        return last | modality.words("negative") if self.tags else last


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: relations, each with the markers that it may have, null where any will do.

    `beside` are the places, counted from the word, to which it leads besides. With `again` (`?`, `*`) it also stays at
    its word; with `only` (`&`, `!`) it stays if it could go, or could not. A sentence in which it leads anywhere has
    of each set in `asked` a word, or a relation of its tree, which is written as `:obj`.
    """

    relations: tuple[tuple[str, frozenset[str] | None], ...]
    beside: tuple[int, ...]
    words: tuple[Words, ...]
    up: bool
    again: str
    only: str
    asked: tuple[frozenset[str], ...]
    _known: dict[str, bool] = field(init=False, repr=False, compare=False, default_factory=dict)

    def take(self, sentence: Sentence, here: list[int]) -> list[int]:
        """The words to which it leads from some words."""
        if self.only:
            return [i for i in here if bool(self._lead(sentence, [i])) is (self.only == "&")]
        return self._lead(sentence, here)

    def _lead(self, sentence: Sentence, here: list[int]) -> list[int]:
        stays = self.again or not (self.relations or self.beside)
        found = list(here) if stays else []
        for i in found if self.again == "*" else here:  # grows while it is read
            found += [n for n in dict.fromkeys(self._beyond(sentence, i)) if n not in found]
        for words in self.words:
            found = [i for i in found if words.have(sentence, i)]
        return found

    def _beyond(self, sentence: Sentence, index: int) -> Iterator[int]:
        if self.relations:
            graph = graph_of(sentence)
            for edge in graph.heads(index) if self.up else graph.dependents(index):
                if edge.head >= 0 and self._follows(edge.relation):
                    yield edge.head if self.up else edge.dependent
        for by in self.beside:
            if 0 <= index + by < len(sentence.tokens):
                yield index + by

    def _follows(self, relation: str) -> bool:
        known = self._known.get(relation)
        if known is None:
            name, _, marker = relation.partition(":")
            known = any(own in (name, "any") and (m is None or marker in m) for own, m in self.relations)
            self._known[relation] = known
        return known


@dataclass(frozen=True, slots=True)
class Path:
    """A path from a word, with its ways in the order in which they are tried, and what it asks of a sentence."""

    ways: tuple[tuple[Step, ...], ...]
    asked: tuple[frozenset[str], ...]

    def reached(self, sentence: Sentence, word: int, named: Callable[[int], bool] | None = None) -> tuple[int, ...]:
        """The words that it reaches from a word, by the first of its ways that reaches any; in text order.

        With `named`, only words count of which it is true.
        """
        for way in self.ways:
            here = [word]
            for step in way:
                here = step.take(sentence, here)
                if not here:
                    break
            if found := here if named is None else [i for i in here if named(i)]:
                return tuple(sorted(found))
        return ()

    def may_lead(self, sentence: Sentence) -> bool:
        """Whether it can lead anywhere in a sentence, by its words and relations alone: if not, it needs no graph."""
        return not any(map(_present(sentence).isdisjoint, self.asked))


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact by its name, and the values of which it must have one; any, where there are none."""

    name: str
    values: frozenset[str]

    def holds(self, found: Value) -> bool:
        """Whether a fact, as it was found, is as it is asked for."""
        return bool(found if isinstance(found, bool) or not self.values else self.values.intersection(found))


@dataclass(frozen=True, slots=True)
class Construction(Generic[_Asked]):
    """A row: its name, for which words it is, its conditions, each with whether it must hold, and what it yields."""

    name: str
    of: frozenset[str]
    conditions: tuple[tuple[_Asked, bool], ...]
    yields: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the first row that holds yields, and the words to which the path of its first condition leads."""

    yields: str
    at: tuple[int, ...]


def found(use: str, sentence: Sentence, index: int, of: frozenset[str] = frozenset()) -> Found | None:
    """What the rows of a use make of a word that is known as `of`; null where none of them holds.

    >>> from comity.language.tree import Token
    >>> words = (Token(0, "ended", 0, 0, "end", "VERB", "VBD", -1, "root"),
    ...          Token(1, "war", 0, 0, "war", "NOUN", "NN", 0, "obj"))
    >>> found("ended", Sentence(0, "text", 0, 0, "", words), 1)
    Found(yields='none', at=(0,))
    """
    for row in _likely(use, sentence):
        if not row.of or not row.of.isdisjoint(of):
            at = where(row, sentence, index)
            if at is not None:
                return Found(row.yields, at)
    return None


def where(row: Construction[Path], sentence: Sentence, index: int) -> tuple[int, ...] | None:
    """Where the path of a row's first condition leads; null where a condition fails."""
    first: tuple[int, ...] | None = None
    for path, wanted in row.conditions:
        at = path.reached(sentence, index)
        if bool(at) is not wanted:
            return None
        first = at if first is None else first
    return first


def decide(question: str, facts: Mapping[str, Callable[[_Case], Value]], case: _Case) -> Construction[Fact] | None:
    """The row that answers a question for a case, or null; each fact is looked at once at most.

    >>> decide("a stranger", {"two parties": bool, "unknown doer": lambda n: n == 0}, 0).yields
    'yes'
    """
    seen: dict[str, Value] = {}

    def holds(asked: Fact) -> bool:
        name = asked.name
        if name not in facts:
            raise TableError(f"{DECISIONS}: {question!r} knows no fact {name!r}; it knows {', '.join(sorted(facts))}")
        if name not in seen:
            seen[name] = facts[name](case)
        return asked.holds(seen[name])

    return next((r for r in decisions(question) if all(holds(f) is wanted for f, wanted in r.conditions)), None)


def check_row(row: Mapping[str, str], line: str, uses: Mapping[str, Collection[str]] = USES) -> None:
    """Raises `TableError` for a row that no rule asks for, that is for no word, or whose yield means nothing.

    `uses` are those of its table, `USES` or `QUESTIONS`.

    >>> check_row({"use": "turnd", "of": "AID", "yields": "none"}, "line 7")
    Traceback (most recent call last):
    ...
    comity.errors.TableError: line 7: no rule asks for 'turnd'; coding/constructions.py lists the uses
    """
    use, yields = row["use"], row["yields"]
    if use not in uses:
        raise TableError(f"{line}: no rule asks for {use!r}; coding/constructions.py lists the uses")
    if yields not in uses[use] and not (ACT in uses[use] and _is_act(*yields.split(), moded=use in _MODED)):
        raise TableError(f"{line}: a row for {use!r} cannot yield {yields!r}; it yields {', '.join(uses[use])}")
    for name in row["of"].split():
        head, _, side = name.partition(":")
        known = head in plover.events() and (not side or side in _SIDES) if head.isupper() else True
        if not known or (head == "frame" and side not in plover.frames()):
            raise TableError(f"{line}: {name!r} is no event type of plover_events.csv and no frame of role_frames.csv")


def _is_act(event: str = "", code: str = "", *mode: str, moded: bool) -> bool:
    known = event in plover.events() and code in plover.cameo()
    return known and (not mode or (moded and len(mode) == 1 and mode[0] in plover.modes().get(event, {})))


@cache
def constructions(use: str) -> tuple[Construction[Path], ...]:
    """The rows of a use, in the order of the table.

    Raises `TableError` with the line where a pattern cannot be read, or a row is of no use or for no word.
    """
    return _rows(TABLE, use, path)


@cache
def decisions(question: str) -> tuple[Construction[Fact], ...]:
    """The rows of a question, in the order of the table.

    >>> [f.name for f, _ in decisions("a stranger")[0].conditions]
    ['two parties', 'unknown doer']
    """
    return _rows(DECISIONS, question, fact)


def _rows(table: str, use: str, read: Callable[[str], _Asked]) -> tuple[Construction[_Asked], ...]:
    return tuple(
        Construction(r["name"], frozenset(r["of"].split()), conditions(r["pattern"], read, f"{table}:{n}"), r["yields"])
        for n, r in enumerate(_table(table), 2)
        if r["use"] == use
    )


@cache
def _table(table: str) -> list[dict[str, str]]:
    found = rows(table)
    for n, row in enumerate(found, 2):
        check_row(row, f"{table}:{n}", USES if table == TABLE else QUESTIONS)
    return found


def conditions(pattern: str, read: Callable[[str], _Asked], line: str) -> tuple[tuple[_Asked, bool], ...]:
    """The conditions of a pattern; raises `TableError` with the line of the table where one cannot be read.

    >>> [wanted for _, wanted in conditions(".[NOUN]; not <obj,nsubj:pass[~end]", path, "constructions.csv:2")]
    [True, False]
    """
    parts = [part.strip() for part in pattern.split(";")]
    try:
        return tuple((read(part.removeprefix("not ")), not part.startswith("not ")) for part in parts)
    except TableError as error:
        raise TableError(f"{line}: {error}") from None


@cache
def path(text: str) -> Path:
    """A path as it is written; TableError names the step that is written wrongly.

    >>> rows = [("Peru", "PROPN", 1, "nsubj"), ("flew", "VERB", -1, "root"), ("to", "ADP", 3, "case"),
    ...         ("Lima", "PROPN", 1, "obl")]
    >>> from comity.language.tree import Token
    >>> words = tuple(Token(i, t, 0, 0, t.lower(), u, "", h, r) for i, (t, u, h, r) in enumerate(rows))
    >>> sentence = Sentence(0, "text", 0, 0, "", words)
    >>> path("obl:from | obl:to/into").reached(sentence, 1), path("<obl[VERB] nsubj").reached(sentence, 3)
    ((3,), (0,))
    >>> path("obl:to[lima")
    Traceback (most recent call last):
    ...
    comity.errors.TableError: 'obl:to[lima' is no step; write <relation:marker*[words], each but the relation optional
    """
    ways = tuple(tuple(map(_step, way.split())) for way in _spelled(text))
    asked = [tuple(a for step in way for a in step.asked) for way in ways]
    if len(ways) > 1:  # of several ways, what one of them asks first is enough
        return Path(ways, (frozenset[str]().union(*(a[0] for a in asked)),) if all(asked) else ())
    return Path(ways, asked[0])


def fact(text: str) -> Fact:
    """A fact as it is written.

    >>> fact("stage=signed")
    Fact(name='stage', values=frozenset({'signed'}))
    """
    name, _, values = text.partition("=")
    named = (agreement_words.words(v[1:]) if v.startswith("@") else {v} for v in values.split("|") if v)
    return Fact(name, frozenset[str]().union(*named))


def _spelled(text: str) -> Iterator[str]:
    """Each way of a path with the paths that it names spelled out."""
    for way in text.split("|"):
        if not way.strip():
            raise TableError(f"{text!r} is no path; write at least one step")
        for parts in product(*(_spelled(_named(s[1:-1])) if s[0] == "{" else [s] for s in way.split())):
            yield " ".join(parts)


def _named(name: str) -> str:
    found = next((r["pattern"] for r in rows(_PATHS) if r["name"] == name), None)
    if found is None:
        raise TableError(f"{_PATHS} has no path {name!r}; name one that it has")
    return found


def _step(text: str) -> Step:
    read = _STEP.fullmatch(text)
    if read is None:
        raise TableError(f"{text!r} is no step; write <relation:marker*[words], each but the relation optional")
    relations = [r for r in read["relations"].split(",") if r != "."]
    named = [r.partition(":") for r in relations if r not in _BESIDE]
    words = tuple(words_of(w) for w in re.findall(r"\[([^\[\]]+)\]", read["words"]))
    names = {name for name, _, _ in named}
    asked = [w.asked for w in words if w.asked]
    if names and not read["again"] and len(named) == len(relations) and not names & _IMPLIED:
        asked.append(frozenset(f":{name}" for name in names))
    return Step(
        tuple((name, frozenset(markers.split("/")) if colon else None) for name, colon, markers in named),
        tuple(_BESIDE[r] for r in relations if r in _BESIDE),
        words,
        bool(read["up"]),
        read["again"],
        read["only"],
        () if read["only"] == "!" else tuple(asked),
    )


@cache
def words_of(text: str) -> Words:
    """The words that a bracket names."""
    names, lemmas = text.removeprefix("-").split(","), set[str]()
    for name in names:
        if name.startswith("@"):
            lemmas |= plover.noun_class(name)
        elif name.startswith("~"):
            effect = modality.words(cast("modality.Effect", name[1:]))
            if not effect:
                raise TableError(f"en/modality.csv has no words with the effect {name[1:]!r}; name one that it has")
            lemmas |= effect
        elif not name.isupper():
            lemmas.add(name.replace("_", " "))
    phrases = frozenset(w for w in lemmas if " " in w)
    tags = frozenset(n for n in names if n.isupper())
    return Words(frozenset(lemmas) - phrases, phrases, tags, text.startswith("-"))


def _likely(use: str, sentence: Sentence) -> list[Construction[Path]]:
    """The rows of a use whose words and relations a sentence has."""
    key = f"constructions {use}"
    if key not in sentence.derived:
        absent = _present(sentence).isdisjoint
        sentence.derived[key] = [row for row, asked in _asking(use) if not any(map(absent, asked))]
    kept: list[Construction[Path]] = sentence.derived[key]
    return kept


@cache
def _asking(use: str) -> tuple[tuple[Construction[Path], tuple[frozenset[str], ...]], ...]:
    """The rows of a use, each with what its conditions ask of a sentence."""
    return tuple((r, tuple(a for p, wanted in r.conditions if wanted for a in p.asked)) for r in constructions(use))


def _present(sentence: Sentence) -> frozenset[str]:
    """The words of a sentence and the relations of its tree, as steps ask for them."""
    if "present" not in sentence.derived:
        sentence.derived["present"] = sentence.words | {f":{relation}" for relation in sentence.relations}
    kept: frozenset[str] = sentence.derived["present"]
    return kept


def negated(sentence: Sentence, index: int) -> bool:
    """Whether a predicate or noun is denied by "not", "never", "no", "neither"."""
    words = modality.words("negative")
    return any(
        {c.lemma.lower(), c.text.lower()} & words
        and (c.lemma.lower() not in {"neither", "no", "nor"} or c.deprel.split(":")[0] in {"det", "cc", "advmod"})
        for c in sentence.children(index)
    )


def _phrases(sentence: Sentence, index: int) -> Iterator[str]:
    """A word with others, as a table may name it: a verb with its particle, a noun with its preposition."""
    token = sentence.tokens[index]
    lemma = token.lemma.lower()
    if token.upos in {"VERB", "AUX"}:
        after = [t.text.lower() for t in sentence.tokens[index + 1 : index + 3]]
        parts = [c.lemma.lower() for c in sentence.children(index, "compound:prt", "advmod")]
        yield from (f"{lemma} {p}" for p in (*parts, *(after[:1] if after[1:] != ["-"] else ())))
    yield from (f"{c.lemma.lower()} {lemma}" for c in sentence.children(index, "case"))
