"""The parameters of the tables by kind: events, visits and figures."""

from comity.analysis.tables.count import keys_of
from comity.analysis.tables.rows import COLUMNS
from comity.analysis.tables.selection import Kind
from comity.knowledge import plover
from comity.knowledge.plain_words import codes
from comity.site.parameters import FACT, FROM, KNOWN, OF, PAGE, TO, TYPES, Parameter


def _states(name: str, whose: str) -> Parameter:
    return Parameter(name=name, kind="words", description=f"Only {whose} this state or organisation.", many=True)


def _sort(kind: Kind) -> Parameter:
    keys = (*COLUMNS[kind], *(k for k in keys_of(kind) if k not in COLUMNS[kind]), f"{kind}s")
    return Parameter(
        name="sort", kind="words", description=f"Sort by a column, with - in descending order: {', '.join(keys)}."
    )


def _by(kind: Kind) -> Parameter:
    return Parameter(name="by", kind="words", description="Count by these keys.", choices=keys_of(kind), many=True)


STANDING = Parameter(
    name="status", kind="words", description="Only facts with this status.", choices=codes("status"), many=True
)
MODES = Parameter(
    name="mode",
    kind="words",
    description="Only events of this mode.",
    choices=tuple(sorted({m for ms in plover.modes().values() for m in ms})),
    many=True,
)
RANK = Parameter(name="rank", kind="words", description="Only visits of this rank.", choices=codes("level"), many=True)
MEASURE = Parameter(
    name="measure", kind="words", description="Only figures of this measure.", choices=codes("measure"), many=True
)
SURE = Parameter(
    name="min-confidence",
    kind="share",
    description="Only facts that a report supports with at least this confidence.",
    default=0.0,
)
OUTLET = Parameter(name="outlet", kind="words", description="Only facts from reports of this outlet (host).")
SAID_BY = Parameter(
    name="said-by", kind="words", description="Only facts that a report attributes to this state or person."
)
SEARCH = Parameter(name="search", kind="words", description="Only rows that contain all of these words.")

_REPORTS = (SURE, OUTLET, SAID_BY, SEARCH, KNOWN, PAGE, FACT)
EVENTS = (
    OF, _states("actor", "acts of"), _states("recipient", "acts towards"), TYPES, MODES, STANDING, FROM, TO,
    _by("event"), _sort("event"), *_REPORTS,
)  # fmt: skip
VISITS = (
    OF, _states("visitor", "visits of"), _states("host", "visits to"), RANK, STANDING, FROM, TO, _by("visit"),
    _sort("visit"), *_REPORTS,
)  # fmt: skip
FIGURES = (
    OF, _states("reporter", "figures of"), _states("partner", "figures on"), MEASURE, FROM, TO, _by("figure"),
    _sort("figure"), *_REPORTS,
)  # fmt: skip
