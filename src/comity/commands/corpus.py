"""The commands of a corpus: shards coded on one machine or many, then merged."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.commands.terminal import answering

if TYPE_CHECKING:
    from comity.corpus.coding import Coded

_SHOWN = 20
"""So many reasons of failures are listed; the markers hold every failure."""


def _part(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[int, int]:
    number, _, of = value.partition("/")
    if not (number.isdigit() and of.isdigit() and 1 <= int(number) <= int(of)):
        raise click.BadParameter(f"{value!r} is no part such as 3/8, the third of eight")
    return int(number), int(of)


def _engine(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value not in {"local", "ray"} and not value.startswith("ray://"):
        raise click.BadParameter(f"{value!r} is no engine; known are local, ray and ray://HOST:PORT")
    return value


@click.command("code-corpus")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER…")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes; the output is the same.")
@click.option("--shard", "part", default="1/1", callback=_part, metavar="I/N", help="Only part I of N of the inputs.")
@click.option(
    "--engine",
    default="local",
    show_default=True,
    callback=_engine,
    metavar="local|ray|ray://HOST:PORT",
    help="Where it runs; with Ray, --jobs is the processors of one task.",
)
@click.option("--published", metavar="DATE", help="Day of publication (EDTF) of documents that do not tell it.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Only documents in this; may be repeated.")
def code_corpus(
    inputs: tuple[Path, ...],
    out: Path,
    jobs: int,
    part: tuple[int, int],
    engine: str,
    published: str | None,
    languages: tuple[str, ...],
) -> None:
    """Codes collections too large for one reading, each into one Parquet file in the folder OUT.

    Takes JSON Lines, web archives (WARC, WET) and Parquet, also as gzip or zstd; folders give all of these in them.
    Interrupted at any instant, the same command goes on; what is done is passed by, and done anew only where its input,
    the version of Comity or an option changed. A document that ends or blocks its process twice is given up and listed.
    """
    from comity.corpus.order import Order
    from comity.corpus.run import code_corpus

    # a batch system ends a job with this signal: what is begun is cleared away as after Ctrl-C
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with answering():
        order = Order(published=published, languages=languages)
        report = code_corpus(
            inputs, out, order=order, jobs=jobs, part=part, engine=engine, say=_say, tell=lambda done: _told(done, out)
        )
        reasons = list(report.reasons())
        for count, reason, first in reasons[:_SHOWN]:
            click.echo(f"failed: {first}: {reason}" + (f" (and {count - 1:,} more)" if count > 1 else ""), err=True)
        if len(reasons) > _SHOWN:
            click.echo(f"failed: {len(reasons) - _SHOWN} more reasons", err=True)
        if report.failed:
            click.echo(f"each failure is listed in its shard's marker: {out}/*.done.json", err=True)
        for reason, count in sorted(report.passed.items()):
            click.echo(f"passed by: {count:,} ({reason})", err=True)
        click.echo(
            f"{report.documents:,} documents with {report.records:,} records in {report.coded + report.kept} shards "
            f"({report.kept} were done before), {len(report.failed):,} failed",
            err=True,
        )
    if report.failed:
        sys.exit(1)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _told(done: "Coded", out: Path) -> None:
    if done.marker is not None and done.now:
        m = done.marker
        click.echo(f"coded {out / done.shard.name}: {m.documents:,} documents, {len(m.failed):,} failed", err=True)


@click.command("merge-corpus")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that compare texts.")
def merge_corpus(out: Path, jobs: int) -> None:
    """Finds the copies among all coded shards of a folder, on disk, for a ledger to take in with them.

    Without it the ledger looks for copies itself, shard by shard: the same pairs, more slowly.
    """
    from comity.corpus.merge import merge

    with answering():
        done = merge(out, jobs=jobs, say=_say)
        click.echo(f"{done.copies:,} pairs of copies among {done.documents:,} documents", err=True)


COMMANDS: tuple[click.Command, ...] = (code_corpus, merge_corpus)
