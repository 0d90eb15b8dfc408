"""The commands on standing: who pulls on a state, and the series of two states or of all."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.commands.ledger import KNOWN, LEDGER, asked_ledger
from comity.commands.terminal import MARKED, mark, renamed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.analysis.indicators.series import AskedOfAll, AskedOfTwo
    from comity.analysis.open_ledger import OpenLedger
    from comity.ledger.table import Table

FORMATS = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "jsonl"]), default="table", show_default=True
)
MEASURES = click.option(
    "--measure", "measures", multiple=True, metavar="NAME,…",
    help="Only these; may be repeated. --list-measures shows all.",
)  # fmt: skip
SINCE = click.option("--since", metavar="DATE", help="From this year or month on.")
UNTIL = click.option("--until", metavar="DATE", help="To this year or month.")
NO_FROM = renamed("--from", "--since")
NO_TO = renamed("--to", "--until")
SOURCES = click.option(
    "--source", "sources", multiple=True, metavar="KEY", help="Only these data sets, or `reports`; may be repeated."
)


def _list_measures(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's call
    if not asked:
        return
    from comity.analysis.indicators.indicator import indicators
    from comity.ledger.table import Table

    columns = ("measure", "title", "unit", "formula", "source")
    rows = tuple((g.name, g.title, g.unit, g.formula, g.source) for g in indicators().values())
    sys.stdout.write(Table(columns, rows).text())
    context.exit()


LIST = click.option(
    "--list-measures",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_measures,
    help="Show all measures.",
)


@click.command()
@LEDGER
@click.argument("state", required=False, metavar="STATE")
@renamed("--on", "the state behind the ledger: comity influence LEDGER STATE")
@click.option("--by", "by", metavar="STATE,…", help="The rivals; those with most trade or acts where not given.")
@MEASURES
@SINCE
@UNTIL
@NO_FROM
@NO_TO
@SOURCES
@KNOWN
@click.option("--change", is_flag=True, help="What made FBIC change from the first to the last year.")
@click.option("--weights", is_flag=True, help="How far the order of rivals by FBIC rests on its weights.")
@FORMATS
@MARKED
@LIST
def influence(
    ledger: Path,
    state: str | None,
    by: str | None,
    measures: tuple[str, ...],
    since: str | None,
    until: str | None,
    sources: tuple[str, ...],
    known: str | None,
    form: str,
    *,
    change: bool,
    weights: bool,
) -> None:
    """Tells who pulls on a state, how much, since when, and how sure that is.

    Each row names its source. `availability` is `value`, `zero` (a source says so), `missing` (then there are bounds,
    and the column `missing` names what lacks) or `not covered`.
    """
    if change and weights:
        raise click.UsageError("--change and --weights are two questions: ask one at a time")
    if state is None:
        raise click.UsageError("name the one state on which the others pull: comity influence LEDGER STATE")
    rivals = _split(by)
    with asked_ledger(ledger) as held:
        if change:
            found = held.influence.change(state, rivals, since=since, until=until, sources=sources)
        elif weights:
            found = held.influence.weights(state, rivals, at=until, sources=sources)
        else:
            found = held.influence(
                state, rivals, measures=measures, since=since, until=until, known=known, sources=sources
            )
        if not found:
            what = "change of FBIC" if change else "weights of FBIC" if weights else _measured(measures)
            narrowed = [("by", " or ".join(rivals)), *_times(since, until), ("from", " or ".join(sources))]
            _nothing(held, what, (state,), narrowed, known)
        _print(found, form)


@click.command()
@LEDGER
@click.argument("states", nargs=-1, metavar="[A B]")
@click.option("--unit", type=click.Choice(["year", "month"]), default="year", show_default=True)
@MEASURES
@SINCE
@UNTIL
@NO_FROM
@NO_TO
@SOURCES
@KNOWN
@click.option("--directed", is_flag=True, help="What A does to B, not what either does to the other.")
@click.option("--codes", type=click.Choice(["iso", "cow", "gw"]), default="iso", show_default=True)
@click.option("--panel", is_flag=True, help="All dyads, or all pairs of the states that are named.")
@click.option("--wide", is_flag=True, help="A row a dyad and time, a column a measure.")
@click.option(
    "--change-points",
    is_flag=True,
    help="Where the series breaks, and where A and a rival pass each other.",
)
@click.option("--against", metavar="STATE,…", help="The rivals of A for --change-points and rival-share.")
@FORMATS
@MARKED
@LIST
def series(
    ledger: Path,
    states: tuple[str, ...],
    unit: str,
    measures: tuple[str, ...],
    since: str | None,
    until: str | None,
    sources: tuple[str, ...],
    known: str | None,
    codes: str,
    against: str | None,
    form: str,
    *,
    directed: bool,
    panel: bool,
    wide: bool,
    change_points: bool,
) -> None:
    """Prints measures of A on B by year or month: zero, missing and not covered are told apart.

    `covered` is how many documents (or events of the data set) the source has of that time; `per_thousand` is the
    count in proportion to it.
    """
    from comity.analysis.indicators.series import wide as as_wide

    if panel and change_points:
        raise click.UsageError("--change-points is about two states: leave --panel out")
    if not panel and len(states) != 2:
        raise click.UsageError("name two states, or ask for all dyads with --panel")
    with asked_ledger(ledger) as held:
        if change_points:
            a, b = states
            found = held.change_points(
                a, b, unit=unit, measures=measures, against=_split(against), since=since, until=until, known=known,
                sources=sources,
            ).table()  # fmt: skip
        elif panel:
            of_all: AskedOfAll = {
                "unit": unit, "measures": measures, "among": states, "since": since, "until": until,
                "directed": directed, "codes": codes, "sources": sources,
            }  # fmt: skip
            made = held.panel(known=known, **of_all)
            found = as_wide(made) if wide else made.table()
        else:
            a, b = states
            of_two: AskedOfTwo = {
                "unit": unit, "measures": measures, "since": since, "until": until, "directed": directed,
                "codes": codes, "sources": sources, "against": _split(against),
            }  # fmt: skip
            made = held.series(a, b, known=known, **of_two)
            found = as_wide(made) if wide else made.table()
        if not found:
            what = "change point" if change_points else _measured(measures)
            rivals = ("against", " or ".join(_split(against)))
            _nothing(held, what, states, [rivals, *_times(since, until), ("from", " or ".join(sources))], known)
        _print(found, form)


def _measured(measures: tuple[str, ...]) -> str:
    """What was asked for, in words."""
    return f"value of {' or '.join(n for m in measures for n in _split(m))}" if measures else "value"


def _times(first: str | None, last: str | None) -> list[tuple[str, str | None]]:
    return [("since", first), ("until", last)]


def _nothing(
    held: "OpenLedger", what: str, states: tuple[str, ...], asked: "Iterable[tuple[str, str | None]]", known: str | None
) -> None:
    """Says on standard error what was looked for in vain, what there is instead, and which data sets are imported."""
    from comity.analysis.absence import no_value
    from comity.ledger.interval import as_day

    narrowed = " ".join(f"{word} {value}" for word, value in asked if value)
    click.echo(
        f"note: {no_value(held, what, states, asked=narrowed, known=as_day(known) if known else None)}", err=True
    )


def _split(text: str | None) -> list[str]:
    return [s.strip() for s in (text or "").split(",") if s.strip()]


def _print(found: "Table", form: str) -> None:
    for note in found.notes:
        click.echo(f"note: {note}", err=True)
    if form == "csv":
        sys.stdout.write(mark() + found.csv())
    elif form in {"json", "jsonl"}:
        sys.stdout.write(found.json() if form == "json" else found.jsonl())
    else:
        sys.stdout.write(found.rounded().text())


COMMANDS: tuple[click.Command, ...] = (influence, series)
