"""PLOVER: its sixteen event types, their modes, contexts and scores, and the conversion to and from CAMEO codes.

Scores are those of the manual, draft 2.0. Two choices are Comity's: ACCUSE is -3 (the manual prints 3, contrary to
all its modes), and SANCTION is in quad 4, as the manual's section on it says.
"""

from dataclasses import dataclass
from functools import cache

from comity.errors import TableError
from comity.knowledge.states import rows
from comity.records.record import EventScale

VERSION = "2.0"
_TRIGGERS = "en/event_triggers.csv"
_PARTS = ("VERB", "NOUN", "ADJ")


@dataclass(frozen=True, slots=True)
class EventType:
    """An event type: its quad, score and side (`cooperation` or `conflict`), and the default CAMEO codes.

    `cameo_planned` stands for the intent to do it, `cameo_refused` for its refusal. `planned_as` and `possible_as` are
    the types of what is only planned or possible, null where it stays the same; `wanted` and `threatened` the modes of
    a request and of a threat of it.
    """

    name: str
    quad: int
    score: float
    side: str
    cameo: str
    cameo_planned: str
    cameo_refused: str
    planned_as: str | None
    possible_as: str | None
    wanted: str | None
    threatened: str | None


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code (a string: "010" is not "10"), its PLOVER equivalent, and GDELT's Goldstein value, if any."""

    code: str
    event: str
    mode: str | None
    contexts: tuple[str, ...]
    goldstein: float | None
    description: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that expresses an event, and under which conditions.

    `objects` are lemmas that its object must have (empty: any), `prepositions` words of which one must go with it.
    `frame` names the row of `en/role_frames.csv` that says where its actor and recipient stand; `none` is no event at
    all.
    """

    lemma: str
    pos: str
    objects: frozenset[str]
    prepositions: frozenset[str]
    event: str
    mode: str | None
    cameo: str
    frame: str

    @property
    def weight(self) -> int:
        """The specificity of its conditions: of two matching triggers, the more specific wins."""
        return 2 * bool(self.objects) + bool(self.prepositions)


@dataclass(frozen=True, slots=True)
class RoleFrame:
    """Where actor and recipient of a trigger stand.

    The recipient is looked for behind the prepositions `to` (of a noun `noun_to`), where `only` has any behind those
    alone, up to so `far`. `of`: what hangs on a noun by "of" or "from" acts. `turned`: the subject is the recipient.
    `together`: several subjects do it to each other. `public`: firms and places are no recipients.
    """

    to: frozenset[str]
    noun_to: frozenset[str]
    only: frozenset[str]
    of: bool
    far: float
    turned: bool
    together: bool
    public: bool


@cache
def frames() -> dict[str, RoleFrame]:
    """The role frames by name.

    >>> frames()["host"].turned, sorted(frames()["source"].to)
    (True, ['from'])
    """
    return {
        r["frame"]: RoleFrame(
            to=frozenset(r["to"].split()),
            noun_to=frozenset(r["noun_to"].split()),
            only=frozenset(r["only"].split()),
            of=bool(r["of"]),
            far=float(r["far"]),
            turned=bool(r["turned"]),
            together=bool(r["together"]),
            public=bool(r["public"]),
        )
        for r in _rows("en/role_frames.csv")
    }


def threatened(event: str, mode: str | None) -> str | None:
    """The mode of a threat to do an act.

    >>> threatened("SANCTION", "expel"), threatened("ASSAULT", "drone"), threatened("COERCE", None)
    ('expel', 'violence', None)
    """
    own = next((r["threatened"] for r in _rows("plover_modes.csv") if (r["event"], r["mode"]) == (event, mode)), "")
    return own or events()[event].threatened


_rows = cache(rows)


@cache
def events() -> dict[str, EventType]:
    """The event types by name.

    >>> len(events()), events()["SANCTION"].quad
    (16, 4)
    """
    return {
        r["event"]: EventType(
            r["event"],
            int(r["quad"]),
            float(r["score"]),
            r["side"],
            r["cameo"],
            r["cameo_planned"],
            r["cameo_refused"],
            r["planned_as"] or None,
            r["possible_as"] or None,
            r["wanted"] or None,
            r["threatened"] or None,
        )
        for r in _rows("plover_events.csv")
    }


@cache
def modes() -> dict[str, dict[str, float | None]]:
    """The modes of each event type with their scores; `vandalize` has none in the manual."""
    out: dict[str, dict[str, float | None]] = {}
    for r in _rows("plover_modes.csv"):
        out.setdefault(r["event"], {})[r["mode"]] = float(r["score"]) if r["score"] else None
    return out


def scale(event: str, mode: str | None = None) -> EventScale:
    """The PLOVER score of an event, that of the mode if it has one.

    >>> scale("CONSULT", "visit").value, scale("CONSULT").value
    (4.0, 2.5)
    """
    value = modes().get(event, {}).get(mode or "")
    return EventScale(name="plover", version=VERSION, value=events()[event].score if value is None else value)


@cache
def _goldstein() -> dict[str, dict[str, str]]:
    return {r["cameo"]: r for r in _rows("goldstein.csv")}


def goldstein(code: str, table: str = "gdelt") -> EventScale | None:
    """The Goldstein value of a CAMEO code (a string: "010" is not "10") in one of the published tables.

    The tables `gdelt`, `icews` and `phoenix` disagree, so the name of the scale identifies it; null if the
    table lacks the code or its value could not be verified.

    >>> goldstein("016").value, goldstein("016", "icews").value
    (-2.0, -5.0)
    """
    row = _goldstein().get(code)
    if row is None or not row[table]:
        return None
    return EventScale(name=f"goldstein-{table}", version="1", value=float(row[table]))


@cache
def cameo() -> dict[str, CameoCode]:
    """CAMEO codes by code.

    >>> cameo()["057"].event, cameo()["057"].goldstein
    ('SUPPORT', 8.0)
    """
    return {
        r["code"]: CameoCode(
            r["code"],
            r["event"],
            r["mode"] or None,
            tuple(r["contexts"].split()),
            float(r["goldstein"]) if r["goldstein"] else None,
            r["description"],
        )
        for r in _rows("cameo.csv")
    }


@cache
def context_words() -> dict[str, tuple[str, ...]]:
    """Words that indicate a context, each with its contexts."""
    out: dict[str, tuple[str, ...]] = {}
    for r in _rows("en/plover_contexts.csv"):
        out[r["word"]] = (*out.get(r["word"], ()), r["context"])
    return out


def contexts_of(lemmas: list[str]) -> tuple[str, ...]:
    """The contexts indicated by the words of a passage, the most frequent first.

    >>> contexts_of(["military", "aid", "to", "the", "army"])
    ('military',)
    """
    counts: dict[str, int] = {}
    for lemma in dict.fromkeys(w.lower() for w in lemmas):
        for context in context_words().get(lemma, ()):
            counts[context] = counts.get(context, 0) + 1
    return tuple(sorted(counts, key=lambda c: (-counts[c], c)))


@cache
def noun_class(name: str) -> frozenset[str]:
    """The lemmas of a class of words that triggers and idioms refer to by `@name`.

    Those of `@business` stand in `en/businesses.csv`.
    """
    if name == "@business":
        return frozenset(r["word"] for r in _rows("en/businesses.csv")) - {"unit"}  # a unit may be one of an army
    found = frozenset(r["lemma"] for r in _rows("en/event_nouns.csv") if r["class"] == name)
    if not found:
        raise TableError(f"en/event_nouns.csv has no class {name}; a row of en/event_triggers.csv refers to it")
    return found


def check_row(row: dict[str, str], line: str) -> None:
    """Raises `TableError` if a row of triggers has a cell that means nothing.

    >>> row = {"lemma": "condemn", "pos": "VERB", "event": "ACUSE", "mode": "", "cameo": "111", "frame": "direct"}
    >>> check_row(row, "event_triggers.csv:7")
    Traceback (most recent call last):
    ...
    comity.errors.TableError: event_triggers.csv:7: the event 'ACUSE' is not in plover_events.csv; write one that is
    """
    event, mode = row["event"], row["mode"]
    if row["pos"] not in _PARTS:
        raise TableError(f"{line}: the pos {row['pos']!r} is none of {', '.join(_PARTS)}; write one of them")
    if " " in row["lemma"]:
        raise TableError(f"{line}: the lemma {row['lemma']!r} is more than one word; put its particle in `preposition`")
    for column, there, table in (
        ("event", event in events(), "plover_events.csv"),
        ("mode", not mode or mode in modes().get(event, {}), f"plover_modes.csv for {event}"),
        ("cameo", row["cameo"] in cameo(), "cameo.csv"),
        ("frame", row["frame"] in {"none", *frames()}, "en/role_frames.csv"),
    ):
        if not there:
            raise TableError(f"{line}: the {column} {row[column]!r} is not in {table}; write one that is")


@cache
def triggers() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """The triggers by lemma and part of speech, the most specific first.

    Raises `TableError` with the line of a row that names what the other tables do not have.

    >>> triggers()["condemn", "VERB"][0].event
    'ACCUSE'
    """
    out: dict[tuple[str, str], list[Trigger]] = {}
    for n, r in enumerate(_rows(_TRIGGERS), 2):
        check_row(r, f"{_TRIGGERS}:{n}")
        objects: set[str] = set()
        for word in r["object"].split():
            objects |= noun_class(word) if word.startswith("@") else {word}
        trigger = Trigger(
            r["lemma"],
            r["pos"],
            frozenset(objects),
            frozenset(r["preposition"].split()),
            r["event"],
            r["mode"] or None,
            r["cameo"],
            r["frame"],
        )
        out.setdefault((trigger.lemma, trigger.pos), []).append(trigger)
    return {k: tuple(sorted(v, key=lambda t: (-t.weight, t.frame != "none"))) for k, v in out.items()}
