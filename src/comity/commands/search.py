"""The command that searches a ledger's reports for words and phrases."""

import sys
from pathlib import Path

import click

from comity.commands.ledger import LEDGER, asked_ledger
from comity.commands.terminal import MARKED, Day, mark

_TOLD_FROM = 5_000
"""A ledger of this many reports tells how far its index of words is while that is made."""


@click.command()
@LEDGER
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--dyad", nargs=2, metavar="A B", help="Only reports that tell a fact about these two states.")
@click.option(
    "--since", metavar="DATE", type=Day(back=True), help="Only reports published on this day or after; P7D: a week ago."
)
@click.option("--until", metavar="DATE", type=Day(end=True), help="Only reports published until this day.")
@click.option("--quotes", is_flag=True, help="All words must stand in the quote of one fact.")
@click.option("--newest", is_flag=True, help="The newest reports first, not those that fit best.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many reports at most.")
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
    """Finds reports by their words, with the passages and the facts that they tell.

    A word is found in all its forms (treaty, treaties) and without its accents, `fish*` is any word with that
    beginning, and words given in one argument ("fisheries agreement") are a phrase, found as it stands. A report must
    hold all that is given. An asterisk before a fact says that the words stand in its quote.

    The index of words lies beside the ledger and is brought up to it by each search.
    """
    from comity.analysis.search import search as found_in
    from comity.ledger.interval import asked

    with asked_ledger(ledger) as held:
        found = found_in(
            held,
            as_query(words),
            dyad or (),
            first=asked(since).first if since else None,
            last=asked(until).last if until else None,
            quotes=quotes,
            newest=newest,
            limit=limit,
            tell=_tell,
        )
        if form == "json":
            sys.stdout.write(found.json())
            return
        for note in (found.headline(), *found.notes):
            click.echo(f"note: {note}", err=True)
        sys.stdout.write(mark() + found.table().csv() if form == "csv" else found.text())


def as_query(words: tuple[str, ...]) -> str:
    """What is looked for, of a command's arguments: one that holds blanks and no quotation mark is a phrase.

    >>> as_query(("visa", "fisheries agreement", '"a b" c'))
    'visa "fisheries agreement" "a b" c'
    """
    return " ".join(f'"{w}"' if len(w.split()) > 1 and '"' not in w else w for w in words)


def _tell(indexed: int, reports: int) -> None:
    if reports >= _TOLD_FROM:
        click.echo(f"index of words: {indexed:,} of {reports:,} reports", err=True)


COMMANDS: tuple[click.Command, ...] = (search,)
