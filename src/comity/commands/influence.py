"""The commands on standing: who pulls on a state, and the series of two states or of all."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.commands.ledger import KNOWN, LEDGER, asked_ledger
from comity.commands.terminal import MARKED, mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.analysis.open_ledger import OpenLedger
    from comity.ledger.table import Table

FORMATS = click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "jsonl"]), default="table", show_default=True
)
MEASURES = click.option(
    "--measure", "measures", multiple=True, metavar="NAME,…",
    help="Only these; may be repeated. --list-measures shows all.",
)  # fmt: skip
FROM = click.option("--since", "--from", "first", metavar="DATE", help="From this year or month on.")
TO = click.option("--until", "--to", "last", metavar="DATE", help="To this year or month.")
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
@click.option("--on", "on", metavar="STATE", help="The same as STATE.")
@click.option("--by", "by", metavar="STATE,…", help="The rivals; those with most trade or acts where not given.")
@MEASURES
@FROM
@TO
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
    on: str | None,
    by: str | None,
    measures: tuple[str, ...],
    first: str | None,
    last: str | None,
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
    if (state is None) == (on is None):
        raise click.UsageError("name the one state on which the others pull: comity influence LEDGER STATE")
    on = state or on or ""
    rivals = _split(by)
    with asked_ledger(ledger) as held:
        if change:
            found = held.influence_change(on, rivals, first=first, last=last, sources=sources)
        elif weights:
            found = held.influence_weights(on, rivals, at=last, sources=sources)
        else:
            found = held.influence(on, rivals, measures=measures, first=first, last=last, known=known, sources=sources)
        if not found:
            what = "change of FBIC" if change else "weights of FBIC" if weights else _measured(measures)
            narrowed = [("by", " or ".join(rivals)), *_times(first, last), ("from", " or ".join(sources))]
            _nothing(held, what, (on,), narrowed, known)
        _print(found, form)


@click.command()
@LEDGER
@click.argument("states", nargs=-1, metavar="[A B]")
@click.option("--unit", type=click.Choice(["year", "month"]), default="year", show_default=True)
@MEASURES
@FROM
@TO
@SOURCES
@KNOWN
@click.option("--directed", is_flag=True, help="What A does to B, not what either does to the other.")
@click.option("--codes", type=click.Choice(["iso", "cow", "gw"]), default="iso", show_default=True)
@click.option("--panel", is_flag=True, help="All dyads, or all pairs of the states that are named.")
@click.option("--wide", is_flag=True, help="A row a dyad and time, a column a measure.")
@click.option(
    "--change-points",
    "--turns",
    "change_points",
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
    first: str | None,
    last: str | None,
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
    if panel and change_points:
        raise click.UsageError("--change-points is about two states: leave --panel out")
    if not panel and len(states) != 2:
        raise click.UsageError("name two states, or ask for all dyads with --panel")
    with asked_ledger(ledger) as held:
        if change_points:
            a, b = states
            found = held.change_points(
                a, b, unit=unit, measures=measures, against=_split(against), first=first, last=last, known=known,
                sources=sources,
            )  # fmt: skip
        elif panel:
            found = held.panel(
                unit=unit, measures=measures, among=states, first=first, last=last, directed=directed, codes=codes,
                known=known, sources=sources, wide=wide,
            )  # fmt: skip
        else:
            a, b = states
            found = held.series(
                a, b, unit=unit, measures=measures, first=first, last=last, directed=directed, codes=codes,
                known=known, sources=sources, against=_split(against), wide=wide,
            )  # fmt: skip
        if not found:
            what = "change point" if change_points else _measured(measures)
            rivals = ("against", " or ".join(_split(against)))
            _nothing(held, what, states, [rivals, *_times(first, last), ("from", " or ".join(sources))], known)
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
