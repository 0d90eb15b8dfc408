"""The commands on news: `changes` in a ledger, and `watch`, which fetches more."""

import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.commands.ledger import LEDGER, asked_ledger
from comity.commands.terminal import MARKED, Day, answering, mark
from comity.errors import LedgerError

if TYPE_CHECKING:
    from comity.analysis.open_ledger import OpenLedger
    from comity.watch.watch_list import WatchList

SORTS = ("new fact", "new stage", "new source", "ended term", "judgement")
_FORMS = click.Choice(["text", "json", "csv", "md", "atom"])
_FORM = click.option("--format", "form", type=_FORMS, default="text", show_default=True)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _seconds(_: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """The seconds of an interval such as 30m; null if none is given."""
    if value is None:
        return None
    found = re.fullmatch(r"([1-9]\d{0,5})([smhd])", value.strip())
    if found is None:
        raise click.BadParameter(f"{value!r} is not an interval between rounds; write 30m, 2h or 1d", param=parameter)
    return float(int(found[1]) * _UNITS[found[2]])


@click.command()
@LEDGER
@click.argument("states", nargs=-1, metavar="[A [B]]")
@click.option(
    "--since",
    metavar="DATE",
    type=Day(back=True, times=True),
    default="P7D",
    show_default=True,
    help="Added on or after this day or time; P7D is seven days ago.",
)
@click.option(
    "--until", metavar="DATE", type=Day(end=True, times=True), help="Added up to this day or time; now by default."
)
@click.option(
    "--only", "sorts", multiple=True, type=click.Choice(SORTS), help="Only changes of this sort; may be repeated."
)
@click.option("--summary", "short", is_flag=True, help="Only the number of changes, by the states that they are about.")
@_FORM
@MARKED
def changes(
    ledger: Path,
    states: tuple[str, ...],
    since: str,
    until: str | None,
    sorts: tuple[str, ...],
    form: str,
    *,
    short: bool,
) -> None:
    """Show what is new in a ledger since a day: facts, stages, sources of known facts, ended terms, judgements.

    What counts is when a report was added, not when it was published. Changes are listed under the states that they
    are about; if states are given, only changes about all of them are listed.
    """
    from comity.analysis.change_page import as_form, as_summary
    from comity.analysis.changes import title

    if short and form != "text":
        raise click.UsageError("--summary is available only as text; for another --format, count its rows")
    with asked_ledger(ledger) as opened:
        found = opened.changes(*states, since=since, until=until, sorts=sorts)
        for note in found.notes:
            click.echo(f"note: {note}", err=True)
        heading = title(states, since, until)
        text = as_summary(found, heading) if short else as_form(form, found, heading, opened.path.name)
        sys.stdout.write(mark() + text if form == "csv" else text)


@click.command()
@click.argument("plan", type=click.Path(path_type=Path), metavar="WATCH.toml")
@click.option("--every", metavar="TIME", callback=_seconds, help="Repeat, this long after each round: 30m, 2h, 1d.")
@_FORM
def watch(plan: Path, every: float | None, form: str) -> None:
    """Ingest new reports from feeds and folders, and print what changed for the watched dyads.

    WATCH.toml names the ledger, feeds, folders and dyads. Feeds are requested only if they have changed, linked
    articles are read, robots.txt is obeyed, and one address is requested at a time. If interrupted, the same command
    resumes; what was printed before is not printed again.
    """
    from comity.analysis.open_ledger import open_ledger
    from comity.watch.memory import alone
    from comity.watch.watch_list import watch_list

    with answering():
        listed = watch_list(plan)
        ledger = open_ledger(listed.ledger, settings=listed.settings)
        with alone(listed.ledger):
            failed = _round(listed, ledger, form, quiet=False)
            while every is not None:
                time.sleep(every)
                try:
                    _round(listed, ledger, form, quiet=True)
                except LedgerError as error:
                    # such as another process writing: the next round tries the same again
                    click.echo(f"comity: {error}", err=True)
    if failed:
        sys.exit(1)


def _round(listed: "WatchList", ledger: "OpenLedger", form: str, *, quiet: bool) -> bool:
    """Runs one round and prints its changes; whether anything failed. A quiet round prints changes only."""
    from comity.analysis.change_page import as_form
    from comity.watch.memory import remember
    from comity.watch.round import news, run

    def say(line: str) -> None:
        click.echo(line, err=True)

    done = run(listed, ledger, say)
    for forbidden in done.forbidden:
        say(f"left out: {forbidden.source}: {forbidden.reason}")
    for resting in done.resting:
        say(f"later: {resting.source}: {resting.reason}")
    for failure in done.failed:
        say(f"failed: {failure.source}: {failure.reason}")
    say(
        f"{done.feeds} feeds, {done.unchanged} of them unchanged; {done.added} added, {done.duplicate} duplicate, "
        f"{len(done.forbidden)} left out, {len(done.failed)} failed"
    )
    found, memory = news(listed, ledger)
    for note in found.notes:
        say(f"note: {note}")
    if found.rows or not quiet:
        sys.stdout.write(as_form(form, found, "Changes for the watched dyads", listed.ledger.name))
        sys.stdout.flush()
    # only what has been printed is remembered as shown
    if memory.batch is not None:
        remember(listed.ledger, memory)
    ledger.close()
    return bool(done.failed)


COMMANDS: tuple[click.Command, ...] = (changes, watch)
