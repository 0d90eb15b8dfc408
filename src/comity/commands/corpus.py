"""The corpus commands: code shards on one machine or many, then merge them."""

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.commands.terminal import answering, processes

if TYPE_CHECKING:
    from comity.corpus.coding import Coded

_SHOWN = 20
"""The number of reasons for failure that are listed; the markers list every failure."""


def _part(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[int, int]:
    number, _, of = value.partition("/")
    if not (number.isdigit() and of.isdigit() and 1 <= int(number) <= int(of)):
        raise click.BadParameter(f"{value!r} is not a part such as 3/8, the third of eight")
    return int(number), int(of)


def _engine(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value not in {"local", "ray"} and not value.startswith("ray://"):
        raise click.BadParameter(f"{value!r} is not an engine; use local, ray or ray://HOST:PORT")
    return value


@click.command("code-corpus")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE|FOLDER…")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@processes()
@click.option("--shard", "part", default="1/1", callback=_part, metavar="I/N", help="Only part I of N of the inputs.")
@click.option(
    "--engine",
    default="local",
    show_default=True,
    callback=_engine,
    metavar="local|ray|ray://HOST:PORT",
    help="Where to run; with Ray, --jobs is the number of processors per task.",
)
@click.option("--published", metavar="DATE", help="Day of publication (EDTF) of documents that do not state it.")
@click.option(
    "--language", "languages", multiple=True, metavar="CODE", help="Only documents in this language; may be repeated."
)
def code_corpus(
    inputs: tuple[Path, ...],
    out: Path,
    jobs: int,
    part: tuple[int, int],
    engine: str,
    published: str | None,
    languages: tuple[str, ...],
) -> None:
    """Code collections too large for a single run, each into one Parquet file in the folder OUT.

    Reads JSON Lines, web archives (WARC, WET) and Parquet, also compressed with gzip or zstd, and folders of these. If
    interrupted, the same command resumes; finished shards are skipped, and coded again only if the input, the version
    of Comity or an option changed. A document that crashes or blocks its process twice is listed as failed.
    """
    from comity.corpus.order import Order
    from comity.corpus.run import code_corpus

    # a batch system ends a job with this signal: clean up as after Ctrl-C
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with answering():
        order = Order(published=published, languages=languages)
        report = code_corpus(
            inputs,
            out,
            order=order,
            jobs=jobs,
            part=part,
            engine=engine,
            say=_say,
            notify=lambda done: _report(done, out),
        )
        reasons = list(report.reasons())
        for count, reason, first in reasons[:_SHOWN]:
            click.echo(f"failed: {first}: {reason}" + (f" (and {count - 1:,} more)" if count > 1 else ""), err=True)
        if len(reasons) > _SHOWN:
            click.echo(f"failed: {len(reasons) - _SHOWN} more reasons", err=True)
        if report.failed:
            click.echo(f"each failure is listed in its shard's marker: {out}/*.done.json", err=True)
        for reason, count in sorted(report.passed.items()):
            click.echo(f"skipped: {count:,} ({reason})", err=True)
        click.echo(
            f"{report.documents:,} documents with {report.records:,} records in {report.coded + report.kept} shards "
            f"({report.kept} of them done before), {len(report.failed):,} failed",
            err=True,
        )
    if report.failed:
        sys.exit(1)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _report(done: "Coded", out: Path) -> None:
    if done.marker is not None and done.now:
        m = done.marker
        click.echo(f"coded {out / done.shard.name}: {m.documents:,} documents, {len(m.failed):,} failed", err=True)


@click.command("merge-corpus")
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@processes("processes that compare texts")
def merge_corpus(out: Path, jobs: int) -> None:
    """Find the copies (near-duplicates) among all coded shards of a folder, on disk, for `comity add` to use.

    Without it the ledger looks for copies itself, shard by shard: the same pairs, more slowly.
    """
    from comity.corpus.merge import merge

    with answering():
        done = merge(out, jobs=jobs, say=_say)
        click.echo(f"{done.copies:,} pairs of copies among {done.documents:,} documents", err=True)


COMMANDS: tuple[click.Command, ...] = (code_corpus, merge_corpus)
