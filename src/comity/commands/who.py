"""The command that resolves a name to a state or organisation on a day."""

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
@click.option("--on", "on", metavar="DATE", help="The day, month or year (EDTF); any time by default.")
@click.option("--file", "file", type=click.File("rb"), metavar="ROWS.jsonl|-", help='A file of rows {"name", "on"}.')
@click.option("--format", "form", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
def who_(name: str | None, on: str | None, file: BinaryIO | None, form: str) -> None:
    """Resolve a name or noun phrase to a state or organisation; all interpretations, the most likely first.

    NAME may be a state, a people, a place, a government body, a person, an office or a phrase such as "Kenyan
    lawmakers". Exit code 1 if it refers to none (similar names are then suggested on standard error), or if a row is
    invalid.
    """
    if (name is None) == (file is None):
        raise click.UsageError("give either a NAME or a --file of names")
    with answering():
        if file is not None:
            if on is not None:
                raise click.UsageError('--on requires a NAME; each row of --file has its own "on"')
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
    """Resolves rows one by one; whether any was invalid."""
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
        raise FormatError(f"the row is not a JSON object ({error})") from error
    if not isinstance(row, dict):
        raise FormatError('the row is not a JSON object; write {"name": "Belgrade", "on": "1980"}')
    name, on = row.get("name"), row.get("on")
    if not isinstance(name, str) or not name.strip():
        raise FormatError('the row has no "name", a text')
    if on is not None and not isinstance(on, str):
        raise FormatError(f'"on" is {on!r}, not a date in quotes; write YYYY, YYYY-MM or YYYY-MM-DD')
    return name, on or None


def _print(name: str, on: str | None, found: tuple[Meaning, ...], form: str) -> None:
    if form == "jsonl":
        row = {"name": name, "on": on, "readings": plain(found)}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    for m in found:
        described = m.kind if m.office is None or m.kind == "office" else f"{m.kind}, {m.office}"
        sys.stdout.write("  ".join(filter(None, (m.code, m.name, described, m.sector, m.source))) + "\n")


COMMANDS: tuple[click.Command, ...] = (who_,)
