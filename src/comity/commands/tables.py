"""The queries by kind: events, visits, agreements and figures; and the glossary of their codes."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from comity.commands.ledger import KNOWN, LEDGER, ON, asked_ledger, print_table
from comity.commands.terminal import MARKED, Day, answering, mark

if TYPE_CHECKING:
    from comity.ledger.table import Table

F = TypeVar("F", bound=Callable[..., Any])

STATES = click.argument("states", nargs=-1, metavar="[A [B]]")
_FORMATS = ("table", "csv", "json", "jsonl", "parquet")
_DAYS = (
    click.option("--since", metavar="DATE", type=Day(back=True), help="From this day on; P7D is seven days ago."),
    click.option("--until", metavar="DATE", type=Day(end=True), help="Up to and including this day."),
    click.option("--in", "during", metavar="DATE", type=Day(), help="In this year, month or interval (EDTF)."),
    click.option("--on", "on", metavar="DATE", type=Day(), help="On this day."),
)
_REPORTS = (
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        help="Only facts that a report supports with at least this confidence.",
    ),
    click.option("--outlet", metavar="HOST", help="Only facts from reports of this outlet."),
    click.option(
        "--said-by", metavar="STATE|NAME", help="Only facts that a report attributes to this state or person."
    ),
)
_TABLE = (
    click.option("--search", metavar="WORDS", help="Only rows that contain all of these words."),
    click.option("--sort", metavar="[-]COLUMN", help="Sort by this column; with - in descending order."),
    click.option("--limit", type=click.IntRange(1), help="The maximum number of rows."),
    click.option("--offset", type=click.IntRange(0), default=0, help="Skip this many rows."),
    KNOWN,
    click.option("--format", "form", type=click.Choice(_FORMATS), default="table", show_default=True),
    MARKED,
    click.option("--output", type=click.Path(path_type=Path), help="The output file; required for parquet."),
)


def _with(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Several options, in the order of the help."""

    def dressed(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return dressed


def _many(name: str, to: str, summary: str, metavar: str = "CODE,…") -> Callable[[F], F]:
    return click.option(*name.split("/"), to, multiple=True, metavar=metavar, help=f"{summary}; may be repeated.")


def _by(keys: str) -> Callable[[F], F]:
    return click.option("--by", "by", multiple=True, metavar="KEY,…", help=f"Count by {keys}; may be repeated.")


STATUSES = _many("--status", "statuses", "Only occurred, planned, hypothetical or denied")


@click.command()
@LEDGER
@STATES
@_many("--actor", "actors", "Only acts of this state or organisation", "STATE,…")
@_many("--recipient", "recipients", "Only acts towards this state or organisation", "STATE,…")
@_many("--type", "types", "Only this PLOVER type")
@_many("--mode", "modes", "Only this mode of a type")
@STATUSES
@_by("year, month, actor, recipient, type, mode or status")
@_with(*_DAYS, *_REPORTS, *_TABLE)
def events(ledger: Path, states: tuple[str, ...], form: str, output: Path | None, **asked: Any) -> None:
    """List events, or count them --by year, actor and so on.

    The column `in_window` says whether each certainly or possibly falls within the period. Who sanctions Russia, by
    year: --type SANCTION --recipient RUS --by actor,year. A count leaves out what is only planned, considered or
    denied, unless --status selects it. `comity glossary` explains the codes.
    """
    _answer(ledger, form, output, lambda opened: opened.events(*states, **asked), _SHOWN["events"])


@click.command()
@LEDGER
@STATES
@_many("--visitor", "visitors", "Only visits by office-holders of this state", "STATE,…")
@_many("--host", "hosts", "Only visits to this state", "STATE,…")
@_many("--rank/--level", "levels", "Only head of state, head of government, minister or other", "RANK,…")
@STATUSES
@_by("year, month, visitor, host, level or status")
@_with(*_DAYS, *_REPORTS, *_TABLE)
def visits(ledger: Path, states: tuple[str, ...], form: str, output: Path | None, **asked: Any) -> None:
    """List visits, or count them --by visitor, host and so on.

    Who visited whom most: --by visitor,host. To Mongolia in 2019: --host MNG --in 2019.
    """
    _answer(ledger, form, output, lambda opened: opened.visits(*states, **asked), _SHOWN["visits"])


@click.command()
@LEDGER
@STATES
@_many("--reporter", "reporters", "Only figures of this state", "STATE,…")
@_many("--partner", "partners", "Only figures on this partner", "STATE,…")
@_many("--measure", "measures", "Only this measure, such as trade, exports or aid", "MEASURE,…")
@_by("year, month, reporter, partner or measure")
@_with(*_DAYS, *_REPORTS, *_TABLE)
def figures(ledger: Path, states: tuple[str, ...], form: str, output: Path | None, **asked: Any) -> None:
    """List the figures in reports on two states: trade, aid, debt and so on.

    Trade between two states: comity figures LEDGER CHN USA --measure trade,exports,imports. Figures of data sets have
    a table of their own (`comity sql`, table observation).
    """
    _answer(ledger, form, output, lambda opened: opened.figures(*states, **asked), _SHOWN["figures"])


@click.command()
@LEDGER
@STATES
@ON
@click.option(
    "--stage", "stages", multiple=True, help="Only agreements at this stage or with this effect; may be repeated."
)
@_many("--type", "types", "Only this kind, such as treaty or memorandum", "KIND,…")
@click.option("--subject", metavar="WORD", help="Only agreements on this area or subject, such as trade or fisheries.")
@click.option(
    "--ends",
    metavar="TIME",
    help="Only agreements whose term ends, or that ended, in this period: EDTF, 'this year', 'next year' or P12M.",
)
@_with(*_REPORTS, *_TABLE)
def agreements(ledger: Path, states: tuple[str, ...], form: str, output: Path | None, **asked: Any) -> None:
    """List agreements with their status on a day.

    Which treaties end next year: --type treaty --ends "next year". Every agreement on fisheries: --subject fisheries.
    """
    _answer(ledger, form, output, lambda opened: opened.agreements(*states, **asked), _SHOWN["agreements"])


_SHOWN = {
    "events": ("id", "date", "in_window", "means", "event", "mode", "actor", "recipient", "place", "independent"),
    "visits": ("id", "date", "in_window", "visitor", "persons", "host", "level", "place", "status", "independent"),
    "figures": (
        "id", "period", "measure", "reporter", "partner", "value", "unit", "change_pct", "qualifier", "independent",
    ),
    "agreements": ("id", "title", "parties", "stage", "certain", "inferred", "term_end", "why"),
}  # fmt: skip
"""The columns for a terminal; the other formats have all of them."""


def _answer(
    ledger: Path, form: str, output: Path | None, ask: "Callable[[Any], Table]", shown: tuple[str, ...]
) -> None:

    if form == "parquet" and output is None:
        raise click.UsageError("parquet is written to a file: add --output FILE")
    with asked_ledger(ledger) as opened:
        found = ask(opened)
        if output is not None:
            for note in found.notes:
                click.echo(f"note: {note}", err=True)
            _write(found, form, shown, output)
        else:
            print_table(_readable(found) if form == "table" else found, form, _columns(found, shown))


def _columns(found: "Table", shown: tuple[str, ...]) -> tuple[str, ...]:
    """The columns for a terminal; all of them if the rows are counts."""
    return shown if set(shown) <= set(found.columns) else ()


def _readable(found: "Table") -> "Table":
    from comity.analysis.listing import in_words

    return (in_words(found) if "date" in found.columns else found).rounded(12)


def _write(found: "Table", form: str, shown: tuple[str, ...], output: Path) -> None:
    """Writes the rows to a file, in any of the formats."""
    from comity.ledger.provenance import counted

    if form == "parquet":
        found.parquet(output)
    elif form == "table":
        output.write_text(_readable(found).only(_columns(found, shown) or found.columns).text(), encoding="utf-8")
    else:
        text = {"csv": found.csv, "json": found.json, "jsonl": found.jsonl}[form]()
        output.write_text((mark() if form == "csv" else "") + text, encoding="utf-8", newline="\n")
    click.echo(f"{output}: written, {counted(len(found), 'row')}", err=True)


@click.command()
@click.argument("code", required=False)
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "md"]), default="table", show_default=True)
@MARKED
def glossary(code: str | None, form: str) -> None:
    """Explain the codes of types, modes, status, stages and measures in plain words: all of them, or CODE.

    Exit code 2 if there is no such code; similar ones are suggested.
    """
    from comity.analysis.tables.glossary import glossary as found_words
    from comity.knowledge.plain_words import as_markdown
    from comity.ledger.table import Table

    with answering():
        words = found_words(code)
        if form == "md":
            sys.stdout.write(as_markdown(words))
            return
        rows = tuple((w.field, w.of or None, w.code, w.phrase) for w in words)
        table = Table(("field", "type", "code", "means"), rows)
        # the meaning of a code is printed in full
        text = {"table": lambda: table.text(None), "csv": table.csv, "json": table.json}[form]()
        sys.stdout.write(mark() + text if form == "csv" else text)


COMMANDS: tuple[click.Command, ...] = (events, visits, agreements, figures, glossary)
