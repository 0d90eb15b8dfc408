"""The command that tells what state or organisation a name stands for on a day."""

import json
import sys
from typing import BinaryIO

import click

from comity.commands.terminal import answering
from comity.errors import ComityError, FormatError, InputError
from comity.knowledge.typed import unknown
from comity.knowledge.who import Meaning, who
from comity.records.lines import plain


@click.command(name="who")
@click.argument("name", required=False)
@click.option("--on", "on", metavar="DATE", help="The day, month or year (EDTF); any time where not given.")
@click.option(
    "--file", "file", type=click.File("rb"), metavar="ROWS.jsonl|-", help='Rows {"name", "on"}, many at once.'
)
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def who_(name: str | None, on: str | None, file: BinaryIO | None, form: str) -> None:
    """Tells what state or organisation a name or noun phrase stands for, all readings, the likeliest first.

    NAME may be a state, a people, a place, a body, a person, an office or a phrase such as "Kenyan lawmakers".
    Exit code 1 where it stands for no state, then with near names on standard error, or where a row is bad.
    """
    if (name is None) == (file is None):
        raise click.UsageError("give either a NAME or --file with rows of names")
    with answering():
        if file is not None:
            if on is not None:
                raise click.UsageError('--on goes with a NAME; each row of --file has its own "on"')
            failed = _read(file, form)
        else:
            failed = not _answer(name or "", on, form)
    if failed:
        sys.exit(1)


def _answer(name: str, on: str | None, form: str) -> bool:
    try:
        found = who(name, on)
    except InputError as error:
        raise click.BadParameter(str(error), param_hint="--on") from error
    _print(name, on, found, form)
    if not found:
        click.echo(f"comity: {unknown(name)}", err=True)
    return bool(found)


def _read(file: BinaryIO, form: str) -> bool:
    """Answers rows one by one; whether any was bad."""
    failed = False
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            name, on = _row(line)
            found = who(name, on)
        except (ValueError, ComityError) as error:
            failed = True
            click.echo(f"failed: {file.name}:{number}: {error}", err=True)
            continue
        if form == "text":
            click.echo(f"{name}{f' on {on}' if on else ''}:")
        _print(name, on, found, form)
    return failed


def _row(line: bytes) -> tuple[str, str | None]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        raise FormatError(f"the row is no JSON object ({error})") from error
    if not isinstance(row, dict):
        raise FormatError('the row is no JSON object; write {"name": "Belgrade", "on": "1980"}')
    name, on = row.get("name"), row.get("on")
    if not isinstance(name, str) or not name.strip():
        raise FormatError('the row lacks "name", a text')
    if on is not None and not isinstance(on, str):
        raise FormatError(f'"on" is {on!r} and no date in quotes; write YYYY, YYYY-MM or YYYY-MM-DD')
    return name, on or None


def _print(name: str, on: str | None, found: tuple[Meaning, ...], form: str) -> None:
    if form == "jsonl":
        row = {"name": name, "on": on, "readings": plain(found)}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    for m in found:
        told = m.kind if m.office is None or m.kind == "office" else f"{m.kind}, {m.office}"
        sys.stdout.write("  ".join(filter(None, (m.code, m.name, told, m.sector, m.source))) + "\n")


COMMANDS: tuple[click.Command, ...] = (who_,)
