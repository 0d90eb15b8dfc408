"""The commands on influence: who exerts influence on a state, and the indicator series of dyads."""

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
    help="Only these indicators; may be repeated. --list-measures lists all.",
)  # fmt: skip
SINCE = click.option("--since", metavar="DATE", help="From this year or month on.")
UNTIL = click.option("--until", metavar="DATE", help="Up to this year or month.")
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
    help="List all indicators.",
)


@click.command()
@LEDGER
@click.argument("state", required=False, metavar="STATE")
@renamed("--on", "the state after the ledger: comity influence LEDGER STATE")
@click.option("--by", "by", metavar="STATE,…", help="The rivals; by default those with most trade or acts.")
@MEASURES
@SINCE
@UNTIL
@NO_FROM
@NO_TO
@SOURCES
@KNOWN
@click.option("--change", is_flag=True, help="Decompose the change of FBIC from the first to the last year.")
@click.option("--weights", is_flag=True, help="How far the ranking of rivals by FBIC depends on its weights.")
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
    """Report who exerts influence on a state, how much, since when, and with what uncertainty.

    Each row names its source. `availability` is `value`, `zero` (a source says so), `missing` (with bounds if possible;
    the column `missing` names what is missing) or `not covered`.
    """
    if change and weights:
        raise click.UsageError("--change and --weights are separate queries: use one at a time")
    if state is None:
        raise click.UsageError("name the state that the others influence: comity influence LEDGER STATE")
    rivals = _split(by)
    with asked_ledger(ledger) as opened:
        if change:
            found = opened.influence.change(state, rivals, since=since, until=until, sources=sources)
        elif weights:
            found = opened.influence.weights(state, rivals, at=until, sources=sources)
        else:
            found = opened.influence(
                state, rivals, measures=measures, since=since, until=until, known=known, sources=sources
            )
        if not found:
            what = "change of FBIC" if change else "weights of FBIC" if weights else _measured(measures)
            narrowed = [("by", " or ".join(rivals)), *_times(since, until), ("from", " or ".join(sources))]
            _nothing(opened, what, (state,), narrowed, known)
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
@click.option("--directed", is_flag=True, help="Only what A does to B, not the reverse.")
@click.option("--codes", type=click.Choice(["iso", "cow", "gw"]), default="iso", show_default=True)
@click.option("--panel", is_flag=True, help="All dyads, or all pairs of the named states.")
@click.option("--wide", is_flag=True, help="One row per dyad and period, one column per indicator.")
@click.option(
    "--change-points",
    is_flag=True,
    help="Breaks in the series, and crossovers of A and a rival.",
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
    """Print indicators of A on B by year or month, distinguishing zero, missing and not covered.

    `covered` is the number of documents (or events of the data set) that the source has for that period;
    `per_thousand` is the count in proportion to it.
    """
    from comity.analysis.indicators.series import wide as as_wide

    if panel and change_points:
        raise click.UsageError("--change-points takes two states: leave out --panel")
    if not panel and len(states) != 2:
        raise click.UsageError("name two states, or use --panel for all dyads")
    with asked_ledger(ledger) as opened:
        if change_points:
            a, b = states
            found = opened.change_points(
                a, b, unit=unit, measures=measures, against=_split(against), since=since, until=until, known=known,
                sources=sources,
            ).table()  # fmt: skip
        elif panel:
            of_all: AskedOfAll = {
                "unit": unit, "measures": measures, "among": states, "since": since, "until": until,
                "directed": directed, "codes": codes, "sources": sources,
            }  # fmt: skip
            values = opened.panel(known=known, **of_all)
            found = as_wide(values) if wide else values.table()
        else:
            a, b = states
            of_two: AskedOfTwo = {
                "unit": unit, "measures": measures, "since": since, "until": until, "directed": directed,
                "codes": codes, "sources": sources, "against": _split(against),
            }  # fmt: skip
            values = opened.series(a, b, known=known, **of_two)
            found = as_wide(values) if wide else values.table()
        if not found:
            what = "change point" if change_points else _measured(measures)
            rivals = ("against", " or ".join(_split(against)))
            _nothing(opened, what, states, [rivals, *_times(since, until), ("from", " or ".join(sources))], known)
        _print(found, form)


def _measured(measures: tuple[str, ...]) -> str:
    """The requested indicators, in words."""
    return f"value of {' or '.join(n for m in measures for n in _split(m))}" if measures else "value"


def _times(first: str | None, last: str | None) -> list[tuple[str, str | None]]:
    return [("since", first), ("until", last)]


def _nothing(
    opened: "OpenLedger",
    what: str,
    states: tuple[str, ...],
    asked: "Iterable[tuple[str, str | None]]",
    known: str | None,
) -> None:
    """Reports on standard error that nothing was found, what there is instead, and the imported data sets."""
    from comity.analysis.absence import no_value
    from comity.ledger.interval import as_day

    narrowed = " ".join(f"{word} {value}" for word, value in asked if value)
    click.echo(
        f"note: {no_value(opened, what, states, asked=narrowed, known=as_day(known) if known else None)}", err=True
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
