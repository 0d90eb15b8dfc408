"""The kinds of facts: of each its shape, heading, states, date, codes, the fields compared and what joins statements.

Whatever is the same for all kinds but for names of fields goes by these rows, so that a new kind needs its shape in
`record.py`, its row here, its coder in `reading.py` and its line in `pages/facts.py`.
"""

from dataclasses import dataclass

from comity.records import record


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """A kind of fact. All but `shape` and `heading` are names of the shape's fields, null where it has none.

    `states` say which states a record is about, under which it is filed; `parties` are all fields that name states.
    `date` is when it was, `type`, `mode` and `status` its codes, `compared` the fields that sources are compared in.

    Statements of one block are one fact only where they agree in all fields of `alike`. `words` is the field whose
    words distinguish one fact from another. `apart` is how many days two statements of one fact may lie apart at most;
    null where they are found by their words or their years instead.
    """

    shape: type[record.Record]
    heading: str
    states: tuple[str, ...]
    parties: tuple[str, ...]
    date: str | None
    compared: tuple[str, ...]
    alike: tuple[str, ...] = ()
    words: str | None = None
    apart: int | None = None
    type: str | None = None
    mode: str | None = None
    status: str | None = None


KINDS: dict[str, KindSpec] = {
    "event": KindSpec(
        shape=record.Event,
        heading="Events",
        states=("actor", "recipient"),
        parties=("actor", "recipient"),
        date="date",
        type="event",
        mode="mode",
        status="status",
        compared=("event", "mode", "cameo", "status", "date", "place"),
        alike=("event", "status"),
        words="quote",
        apart=8,
    ),
    "agreement": KindSpec(
        shape=record.Agreement,
        heading="Agreements",
        states=("parties",),
        parties=("parties",),
        date="date",
        type="type",
        mode="stage",
        compared=(
            "title",
            "type",
            "place",
            "duration",
            "renewal",
            "notice",
            "count",
            "areas",
            "force",
            "force_delay",
            "force_count",
            "afterwards",
        ),
        words="title",
    ),
    "visit": KindSpec(
        shape=record.Visit,
        heading="Visits",
        states=("visitors", "host"),
        parties=("visitors", "host"),
        date="date",
        type="host",
        mode="level",
        status="status",
        compared=("host", "level", "purpose", "status", "date", "place"),
        alike=("host",),
        apart=10,
    ),
    "project": KindSpec(
        shape=record.Project,
        heading="Projects",
        states=("parties",),
        parties=("parties",),
        date="founded",
        type="type",
        compared=("name", "type", "founded", "areas"),
        words="name",
    ),
    "figure": KindSpec(
        shape=record.Figure,
        heading="Figures",
        states=("reporter", "partner"),
        parties=("reporter", "partner"),
        date="period",
        type="measure",
        mode="direction",
        compared=("measure", "value", "unit", "change_pct", "direction", "period", "qualifier"),
        alike=("measure", "reporter", "partner"),
    ),
    "cooperation": KindSpec(
        shape=record.Cooperation,
        heading="Cooperation",
        states=("parties",),
        parties=("parties",),
        date=None,
        compared=("areas",),
        apart=10,
    ),
    "assessment": KindSpec(
        shape=record.Assessment,
        heading="Standing",
        states=("of", "over"),
        parties=("of", "over", "against"),
        date="period",
        type="dimension",
        mode="direction",
        compared=("of", "over", "dimension", "direction", "against", "period"),
        alike=("of", "over", "dimension", "direction", "against"),
        apart=32,
    ),
    "commemoration": KindSpec(
        shape=record.Commemoration,
        heading="Anniversaries",
        states=("parties",),
        parties=("parties",),
        date="on",
        compared=("of", "occurred", "ordinal", "on"),
        words="of",
    ),
}
"""The kinds, in the order of a reading; the document itself is none of them."""
