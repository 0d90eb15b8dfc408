"""The commands that pass a ledger on to other programs and to an editor: export, queue, judgements."""

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
    help="jsonl is the whole ledger; brief, svg and csv are for two states, ris and bibtex also for a fact or report.",
)  # fmt: skip
@ON
@KNOWN
@click.option("--within", metavar="PERIOD", help="How far ahead the calendar looks (ISO 8601 period); P2Y by default.")
@click.option("--base", metavar="URL", help="The address of a server for this ledger, for links to the facts.")
@MARKED
@click.option("--output", type=click.Path(path_type=Path), help="The output file; required for xlsx.")
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
    """Export a ledger: all facts as JSON Lines, or a selection in another format.

    The canonical JSON Lines of two ledgers with the same contents are identical byte for byte. ics: terms that end,
    last days for notice and planned visits, for a calendar. atom: the facts about one or two states, for a feed reader.
    ris, bibtex: the reports, or one fact with its reports. xlsx: a workbook. brief: one printed page on two states.
    svg: their strip with its source line.
    """
    if form == "xlsx" and output is None:
        raise click.UsageError("a workbook is written to a file: add --output FILE")
    if mark() and form != "csv":
        raise click.UsageError("--bom requires --format csv")
    if form == "jsonl" and (about or on or known or within or base):
        raise click.UsageError("jsonl always exports the whole ledger; choose another --format for a selection")
    with asked_ledger(ledger) as opened:
        if form == "jsonl":
            _lines(opened, output)
            return
        if form == "ics":
            for note in opened.coming(*about, on=on, known=known, within=within).notes:
                click.echo(f"note: {note}", err=True)
        content = opened.export_as(form, *about, on=on, known=known, within=within, base=base)
        written = content if isinstance(content, bytes) else (mark() + content).encode("utf-8")
        if output is not None:
            output.write_bytes(written)
            click.echo(f"{output}: written, {len(written):,} bytes", err=True)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(written)


def _lines(opened: "OpenLedger", output: Path | None) -> None:
    """All facts as JSON Lines."""
    if output is None:
        for line in opened.export():
            sys.stdout.write(line)
        return
    with output.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(opened.export())


@click.command("queue")
@LEDGER
@click.argument("states", nargs=-1, metavar="[A [B]]")
@KINDS
@click.option("--limit", "most", type=click.IntRange(1), help="The maximum number of facts; 100 by default.")
@TABLES
def queue_(ledger: Path, states: tuple[str, ...], kinds: tuple[str, ...], most: int | None, form: str) -> None:
    """List the facts from whose judgement most is gained: the least certain and most used first.

    `sure` is the probability that a source was read correctly, `used` the number of statements about the same states.
    Judge them with `comity judge`, or by keyboard on the page /queue of `comity serve LEDGER --token WORD`.
    """
    with asked_ledger(ledger) as opened:
        found = opened.judgements.queue(*states, kinds=kinds, most=most)
        print_table(found, form, ("id", "sure", "used", "fact", "quote"))


@click.command()
@LEDGER
@TABLES
def judgements(ledger: Path, form: str) -> None:
    """Print all judgements, one row per statement: document, part, offsets, record and verdict.

    These rows can be used to train a reader: `record` is what was read, `right` the record as judged (null if it was
    rejected), and `stands` is false if a later judgement revoked this one.
    """
    with asked_ledger(ledger) as opened:
        columns = ("number", "verdict", "stands", "changes", "signed", "dated", "statement", "document", "quote")
        print_table(opened.judgements.statements(), form, columns)


COMMANDS: tuple[click.Command, ...] = (export, queue_, judgements)
