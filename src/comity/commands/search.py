"""The command that searches the reports of a ledger for words and phrases."""

import sys
from pathlib import Path

import click

from comity.commands.ledger import LEDGER, asked_ledger
from comity.commands.terminal import MARKED, Day, mark

_PROGRESS_FROM = 5_000
"""The number of reports from which progress is shown while the index of words is built."""


@click.command()
@LEDGER
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--dyad", nargs=2, metavar="A B", help="Only reports with a fact about these two states.")
@click.option(
    "--since", metavar="DATE", type=Day(back=True), help="Only reports published on or after this day; P7D: a week ago."
)
@click.option("--until", metavar="DATE", type=Day(end=True), help="Only reports published on or before this day.")
@click.option("--quotes", is_flag=True, help="All words must be in the quote of one fact.")
@click.option("--newest", is_flag=True, help="The newest reports first instead of the best matches.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="The maximum number of reports.")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
@MARKED
def search(
    ledger: Path,
    words: tuple[str, ...],
    dyad: tuple[str, str] | None,
    since: str | None,
    until: str | None,
    limit: int,
    form: str,
    *,
    quotes: bool,
    newest: bool,
) -> None:
    """Search the reports for words and phrases, and show the passages and facts.

    A word matches all its forms (treaty, treaties), with or without accents; `fish*` matches any word that begins so;
    several words in one argument ("fisheries agreement") match as an exact phrase. A report must match all arguments.
    An asterisk before a fact means that the words are in its quote.

    The index of words is stored next to the ledger and updated by each search.
    """
    from comity.analysis.search import search as found_in
    from comity.ledger.interval import asked

    with asked_ledger(ledger) as opened:
        found = found_in(
            opened,
            as_query(words),
            dyad or (),
            first=asked(since).first if since else None,
            last=asked(until).last if until else None,
            quotes=quotes,
            newest=newest,
            limit=limit,
            notify=_show_progress,
        )
        if form == "json":
            sys.stdout.write(found.json())
            return
        for note in (found.headline(), *found.notes):
            click.echo(f"note: {note}", err=True)
        sys.stdout.write(mark() + found.table().csv() if form == "csv" else found.text())


def as_query(words: tuple[str, ...]) -> str:
    """The query for a command's arguments: one that contains blanks and no quotation mark is a phrase.

    >>> as_query(("visa", "fisheries agreement", '"a b" c'))
    'visa "fisheries agreement" "a b" c'
    """
    return " ".join(f'"{w}"' if len(w.split()) > 1 and '"' not in w else w for w in words)


def _show_progress(indexed: int, reports: int) -> None:
    if reports >= _PROGRESS_FROM:
        click.echo(f"index of words: {indexed:,} of {reports:,} reports", err=True)


COMMANDS: tuple[click.Command, ...] = (search,)
