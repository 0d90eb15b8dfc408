"""The commands on articles: `read`, and `code` for marked pairs."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

import click

from comity.commands.terminal import answering, expanded, processes
from comity.errors import ComityError, FormatError
from comity.records.kinds import KINDS as OF_RECORDS
from comity.records.lines import to_csv
from comity.settings import DEFAULTS

if TYPE_CHECKING:
    from comity.reading import Reading

KINDS = ("document", *OF_RECORDS)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL|-…")
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl", "csv", "html"]), default="text", show_default=True
)
@click.option("--published", metavar="DATE", help="Day of publication (EDTF) of inputs that do not state it.")
@click.option("--kinds", metavar="KIND,…", help=f"Only these kinds: {', '.join(KINDS)}.")
@processes()
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=DEFAULTS.min_confidence,
    show_default=True,
    help="The lowest confidence of a printed record; 0 prints every candidate.",
)
def read(
    inputs: tuple[str, ...], form: str, published: str | None, kinds: str | None, jobs: int, min_confidence: float
) -> None:
    """Code reports on relations between states and print the facts, each with its exact quote.

    Reads text, saved pages (HTML), feeds (RSS, Atom, JSON Feed), JSON Lines and JSON arrays of articles, tables of
    articles (CSV, TSV, Parquet) with a text column, and web archives (WARC, WET), also compressed with gzip or zstd;
    `-` is standard input.
    """
    from comity.document.document import Failure
    from comity.reading import read_all

    wanted = _kinds(kinds)
    failed = total = 0
    readings: list[Reading] = []
    settings = replace(DEFAULTS, min_confidence=min_confidence)
    with answering():
        for result in read_all(expanded(inputs), published=published, kinds=wanted, jobs=jobs, settings=settings):
            if isinstance(result, Failure):
                failed += 1
                click.echo(f"failed: {result.source}: {result.reason}", err=True)
                continue
            if form == "html":
                readings.append(result)
            else:
                _print(result, form, first=not total)
            total += 1
        if readings:
            from comity.pages.highlight import as_page

            sys.stdout.write(as_page([(r.source, r.records) for r in readings]))
    if failed:
        click.echo(f"{total} read, {failed} failed", err=True)
        sys.exit(1)


@click.command()
@click.argument("pairs", type=click.File("rb"), metavar="PAIRS.jsonl|-")
def code(pairs: BinaryIO) -> None:
    """Code what a marked source does to a marked target, one row per line.

    Rows are `{"id", "text", "source_text", "target_text", "source_spans", "target_spans"}`; a row that cannot be
    coded is listed with its line number and printed with null.
    """
    import json

    from comity.coding.pairs import PairCode
    from comity.reading import code as code_row
    from comity.records.lines import plain

    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    failed = 0
    for number, line in enumerate(pairs, 1):
        if not line.strip():
            continue
        row: object = None
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise FormatError("the row is not a JSON object")
            result = code_row(row)
        except (ValueError, TypeError, ComityError) as error:
            failed += 1
            click.echo(f"failed: {pairs.name}:{number}: {error}", err=True)
            result = PairCode(id=str(row.get("id")) if isinstance(row, dict) else str(number))
        sys.stdout.write(json.dumps(plain(result), ensure_ascii=False) + "\n")
    if failed:
        sys.exit(1)


def _kinds(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    kinds = tuple(k.strip() for k in text.split(",") if k.strip())
    unknown = [k for k in kinds if k not in KINDS]
    if unknown or not kinds:
        raise click.BadParameter(
            f"unknown kind {', '.join(unknown) or text!r}; valid kinds: {', '.join(KINDS)}", param_hint="--kinds"
        )
    return kinds


def _print(reading: "Reading", form: str, *, first: bool) -> None:
    from comity.pages.plain import as_text

    if form == "jsonl":
        sys.stdout.write(reading.to_jsonl())
    elif form == "csv":
        sys.stdout.write(to_csv(reading.records, header=first))
    else:
        sys.stdout.write(("" if first else "\n" + "─" * 60 + "\n\n") + as_text(reading.source, reading.records))


COMMANDS = (read, code)
