"""The command on known instruments: all of them, or one by any of its names."""

import json
import sys
from collections.abc import Sequence

import click

from comity.commands.terminal import MARKED, answering, mark
from comity.knowledge.known_instruments import KnownInstrument
from comity.knowledge.known_instruments import treaties as found_treaties
from comity.knowledge.states import by_code
from comity.records.lines import plain


@click.command()
@click.argument("name", required=False)
@click.option("--on", "on", metavar="DATE", help="The day, month or year of the report that uses the name.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "jsonl"]), default="table", show_default=True)
@MARKED
def treaties(name: str | None, on: str | None, form: str) -> None:
    """List the well-known treaties, charters and accords in Comity's table, or show the one called NAME.

    NAME may be a short or full name, an acronym or the key of a row ("NPT", "Treaty of Paris of 1898"). Exit code 1 if
    it refers to none, or to several that --on does not distinguish. Your own rows: COMITY_INSTRUMENTS.
    """
    if name is None and on is not None:
        raise click.UsageError("--on requires a NAME")
    if on is not None and not on[:4].isdigit():
        raise click.BadParameter(f"{on!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD", param_hint="--on")
    with answering():
        instruments = found_treaties(name, on)
        if form == "table" and name is not None:
            sys.stdout.write(_shown(instruments[0]))
            return
        _print(instruments, form)


def _print(instruments: Sequence[KnownInstrument], form: str) -> None:
    if form == "jsonl":
        sys.stdout.write("".join(json.dumps(plain(i), ensure_ascii=False) + "\n" for i in instruments))
        return
    from comity.ledger.table import Table

    columns: tuple[str, ...] = (
        "key",
        "short",
        "kind",
        "open",
        "parties",
        "adopted",
        "signed",
        "force",
        "ended",
        "depositary",
    )
    if form == "csv":
        columns = ("key", "short", "name", *columns[2:], "pending", "source")
    rows = tuple(tuple(_cell(getattr(i, c)) for c in columns) for i in instruments)
    table = Table(columns, rows)
    sys.stdout.write(mark() + table.csv() if form == "csv" else table.text())


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " ".join(value) if isinstance(value, tuple) else value


def _shown(i: KnownInstrument) -> str:
    """One instrument as readable text, one line per attribute."""
    force = i.force or ("never, or not yet" if i.pending else None)
    attributes = (
        ("also", "; ".join(n for n in (*i.acronyms, *i.cued, *i.names) if n != i.short)),
        ("kind", i.kind + (", open to many states" if i.open else "")),
        ("parties", ", ".join(_named(c) for c in i.parties)),
        ("adopted", i.adopted),
        ("signed", i.signed),
        ("in force", force),
        ("ended", i.ended),
        ("depositary", ", ".join(_named(c) for c in i.depositary)),
        ("source", i.source),
    )
    lines = [f"{i.short} ({i.key})", f"  {i.name}"] if i.name != i.short else [f"{i.short} ({i.key})"]
    return "\n".join([*lines, *(f"  {what}: {value}" for what, value in attributes if value)]) + "\n"


def _named(code: str) -> str:
    state = by_code(code)
    return state.name if state else code


COMMANDS: tuple[click.Command, ...] = (treaties,)
