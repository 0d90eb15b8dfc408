"""The page on changes: what was added to the ledger since a day, by the states that it is about."""

from datetime import date, datetime, time, timedelta
from itertools import groupby

from comity.analysis.change_page import as_atom, as_plain, headline
from comity.analysis.changes import Group, changes_in, groups, last_stored, nothing, summary, title, week_before
from comity.knowledge.states import continuing
from comity.ledger.changes import SORTS, window
from comity.ledger.ledger import code_of
from comity.ledger.table import Table
from comity.site.answer import Ask, Page, shown
from comity.site.parameters import PAGE, Parameter, today

_SINCE = Parameter(name="since", kind="first", description="Added on or after this day; a week ago by default.")
_UNTIL = Parameter(name="until", kind="last", description="Added on or before this day; today by default.")
_STATES = Parameter(name="state", kind="words", description="Only changes about all of these states.", many=True)
_SORTS = Parameter(name="change", kind="words", description="Only changes of this kind.", choices=SORTS, many=True)
PARAMETERS = (_SINCE, _UNTIL, _STATES, _SORTS, PAGE)
"""The parameters of the page on changes."""


def changes_page(ask: Ask) -> Page:
    """The changes of a period, filtered by states and kinds of change."""
    name = _title(ask)

    def rest() -> Page:
        found = _found(ask)
        grouped = groups(found)
        ordered = Table(found.columns, tuple(tuple(row.values()) for g in grouped for row in g.rows), found.notes)
        listed = shown(ordered, ask)
        here = [
            Group(states=tuple(key.split()), rows=tuple(rows))
            for key, rows in groupby(listed["rows"], key=lambda r: r["states"])
        ]
        since, until = _days(ask)
        last = last_stored(ask.ledger)
        asked = (ask.ledger, _states(ask), since.isoformat(), until.isoformat(), ask.values["change"])
        return Page(
            title=name,
            about="What was added to the ledger since a day, by the day of addition.",
            template="changes.html",
            context={
                "list": listed,
                "groups": [(g, [(row, headline(row)) for row in g.rows]) for g in here],
                "sizes": {g.states: len(g.rows) for g in grouped},
                "summary": summary(found),
                "absence": "" if found.rows else nothing(*asked),
                "notes": found.notes,
                "since": since,
                "until": until,
                "states": _states(ask),
                "chosen": ask.values["change"],
                "sorts": SORTS,
                "last": last.date() if last is not None else None,
            },
            data={"since": since, "until": until, **as_plain(found, name)},
            rows=ordered,
        )

    return Page(title=name, about="What is new in the ledger since a day.", template="changes.html", rest=rest)


def feed(ask: Ask) -> str:
    """The same changes as an Atom feed, each entry leading to its fact."""
    return as_atom(_found(ask), _title(ask), f"{ask.origin}{ask.as_form('atom')}", base=ask.origin)


def _found(ask: Ask) -> Table:
    since, until = _days(ask)
    codes, sorts = _states(ask), ask.values["change"]

    def make() -> Table:
        end = datetime.combine(until + timedelta(days=1), time())
        span = window(ask.ledger.rows, datetime.combine(since, time()), end)
        return changes_in(ask.ledger, *codes, span=span, sorts=sorts)

    return ask.snapshot.once(("changes", since, until, codes, sorts), make)


def _title(ask: Ask) -> str:
    since, until = _days(ask)
    return title(_states(ask), since.isoformat(), until.isoformat())


def _days(ask: Ask) -> tuple[date, date]:
    until: date = ask.values["until"] or today()
    # the exclusive end is the day after it
    until = min(until, date.max - timedelta(days=1))
    since: date = ask.values["since"] or week_before(max(until, date.min + timedelta(days=7)))
    return since, until


def _states(ask: Ask) -> tuple[str, ...]:
    return tuple(dict.fromkeys(continuing(code_of(s)) for s in ask.values["state"]))
