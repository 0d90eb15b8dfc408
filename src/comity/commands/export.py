"""The commands that give a ledger to other programs and to an editor: export, queue, judgements."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.commands.ledger import KINDS, KNOWN, LEDGER, ON, TABLES, asked_ledger, print_table
from comity.commands.terminal import MARKED, mark

if TYPE_CHECKING:
    from comity.analysis.open_ledger import OpenLedger

_OTHERS = ("ics", "atom", "ris", "bibtex", "csv", "xlsx", "brief", "svg")


@click.command()
@LEDGER
@click.argument("about", nargs=-1, metavar="[A [B]|ID]")
@click.option(
    "--format", "form", type=click.Choice(["jsonl", *_OTHERS]), default="jsonl", show_default=True,
    help="jsonl is the whole ledger; brief, svg and csv are of two states, ris and bibtex also of a fact or report.",
)  # fmt: skip
@ON
@KNOWN
@click.option("--within", metavar="PERIOD", help="How far ahead a calendar looks (ISO 8601 period); P2Y if not given.")
@click.option("--base", metavar="URL", help="The address of a server that shows this ledger, for links to the facts.")
@MARKED
@click.option("--output", type=click.Path(path_type=Path), help="The file that is written; needed for xlsx.")
def export(
    ledger: Path,
    about: tuple[str, ...],
    form: Any,
    on: str | None,
    known: str | None,
    within: str | None,
    base: str | None,
    output: Path | None,
) -> None:
    """Gives a ledger to other programs: all facts as JSON Lines, or what is asked in another form.

    The whole ledger as canonical JSON Lines has the same bytes wherever it holds the same. ics: terms that end, last
    days for notice and planned visits, for a calendar. atom: the facts of one or two states, for a feed reader. ris,
    bibtex: the reports, or one fact with its reports. xlsx: a workbook. brief: one printed page on two states. svg:
    their strip with its source line.
    """
    if form == "xlsx" and output is None:
        raise click.UsageError("a workbook is written to a file: give --output FILE")
    if mark() and form != "csv":
        raise click.UsageError("--bom goes with --format csv")
    if form == "jsonl" and (about or on or known or within or base):
        raise click.UsageError("jsonl is the whole ledger as it is; name a --format for what you ask of it")
    with asked_ledger(ledger) as held:
        if form == "jsonl":
            _lines(held, output)
            return
        if form == "ics":
            for note in held.coming(*about, on=on, known=known, within=within).notes:
                click.echo(f"note: {note}", err=True)
        made = held.export_as(form, *about, on=on, known=known, within=within, base=base)
        given = made if isinstance(made, bytes) else (mark() + made).encode("utf-8")
        if output is not None:
            output.write_bytes(given)
            click.echo(f"{output}: written, {len(given):,} bytes", err=True)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(given)


def _lines(held: "OpenLedger", output: Path | None) -> None:
    """All facts as JSON Lines."""
    if output is None:
        for line in held.export():
            sys.stdout.write(line)
        return
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(held.export())


@click.command("queue")
@LEDGER
@click.argument("states", nargs=-1, metavar="[A [B]]")
@KINDS
@click.option("--limit", "most", type=click.IntRange(1), help="How many facts at most; 100 if not given.")
@TABLES
def queue_(ledger: Path, states: tuple[str, ...], kinds: tuple[str, ...], most: int | None, form: str) -> None:
    """Lists the facts that most is gained by judging: the least sure and most used first.

    `sure` is how likely a source was read right, `used` how many statements there are about the same states. Judge
    them with comity judge, or by keyboard on the page /queue of comity serve LEDGER --token WORD.
    """
    with asked_ledger(ledger) as held:
        found = held.judgements.queue(*states, kinds=kinds, most=most)
        print_table(found, form, ("id", "sure", "used", "fact", "quote"))


@click.command()
@LEDGER
@TABLES
def judgements(ledger: Path, form: str) -> None:
    """Prints what persons judged, a row a statement: document, part, offsets, record and verdict.

    It is what a reader can be trained with: `record` is what was read, `right` what the judgement makes of it (null
    where it is rejected), `stands` whether no later judgement took it back.
    """
    with asked_ledger(ledger) as held:
        columns = ("number", "verdict", "stands", "changes", "signed", "dated", "statement", "document", "quote")
        print_table(held.judgements.statements(), form, columns)


COMMANDS: tuple[click.Command, ...] = (export, queue_, judgements)
