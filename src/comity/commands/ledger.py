"""The ledger commands: add, import, query, judge, check and rebuild."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.commands.terminal import MARKED, Counter, Day, answering, expanded, mark, processes
from comity.errors import InputError
from comity.pages.facts import HEADINGS

if TYPE_CHECKING:
    from comity.analysis.open_ledger import OpenLedger
    from comity.ledger.addition import Acknowledgement
    from comity.ledger.import_run import Imported, Progress
    from comity.ledger.table import Table

LEDGER = click.argument("ledger", type=click.Path(path_type=Path), metavar="LEDGER")
ON = click.option(
    "--on", metavar="DATE", type=Day(), help="The day for which the status is reported; today by default."
)
KNOWN = click.option("--known", metavar="DATE", type=Day(), help="Only what reports published by this day say.")
KINDS = click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(tuple(HEADINGS)),
    help="Only facts of this kind; may be repeated.",
)
JOBS = processes("reader processes")


def TABLES(command: Any) -> Any:  # noqa: N802 - it decorates as the other options do
    """The output formats of a table, and --bom for CSV."""
    form = click.option(
        "--format", "form", type=click.Choice(["table", "csv", "json", "jsonl"]), default="table", show_default=True
    )
    return form(MARKED(command))


@contextmanager
def asked_ledger(ledger: Path) -> "Iterator[OpenLedger]":
    """The ledger of a command; errors go to standard error with exit code 1, a closed pipe ends it silently."""
    from comity.analysis.open_ledger import open_ledger

    with answering(), open_ledger(ledger) as opened:
        yield opened
        if opened.note:
            click.echo(f"note: {opened.note}", err=True)


@click.command()
@LEDGER
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL|-…")
@click.option("--published", metavar="DATE", help="Day of publication (EDTF) of inputs that do not state it.")
@click.option(
    "--read-again", is_flag=True, help="Read the documents of coded shards again with this version of Comity."
)
@JOBS
def add(ledger: Path, inputs: tuple[str, ...], published: str | None, *, read_again: bool, jobs: int) -> None:
    """Ingest reports into a ledger; adding the same reports again changes nothing.

    Accepts the same inputs as `comity read`: text, pages, feeds (RSS, Atom, JSON Feed), JSON Lines, JSON arrays, tables
    (CSV, TSV, Parquet) and web archives (WARC, WET). Each batch is acknowledged on standard error once it is on disk.
    If interrupted, the same command resumes. The ledger is created if it does not exist. Shards coded by code-corpus
    are ingested without being read again.
    """
    with asked_ledger(ledger) as opened:
        given = list(expanded(inputs))
        counter = Counter("document")

        def acknowledge(stored: "Acknowledgement") -> None:
            counter.clear()
            _acknowledge(stored)

        done = opened.add(
            given, published=published, read_again=read_again, jobs=jobs, notify=acknowledge, count=counter
        )
        counter.clear()
        for note in done.notes:
            click.echo(f"note: {note}", err=True)
        for failure in done.failed:
            click.echo(f"failed: {failure.source}: {failure.reason}", err=True)
        added, duplicate = len(done.added) + done.taken, len(done.duplicate) + done.known
        click.echo(f"{added} added, {duplicate} duplicate, {len(done.failed)} failed", err=True)
    if done.failed:
        sys.exit(1)


def _acknowledge(a: "Acknowledgement") -> None:
    click.echo(f"stored {a.total} documents (batch {a.batch}: {a.documents} documents, {a.statements} facts)", err=True)


def _list_kinds(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's call
    if not asked:
        return
    from comity.data_sets.data_set import releases
    from comity.ledger.table import Table

    rows = tuple((r.kind, r.version, r.title, r.coverage, r.licence) for r in releases())
    sys.stdout.write(Table(("kind", "version", "title", "coverage", "licence"), rows).text())
    context.exit()


@click.command("import")
@click.argument("words", nargs=-1, required=True, metavar="LEDGER KIND [FILE…]")
@click.option("--fetch", is_flag=True, help="Download the data set from its provider and cache the file.")
@click.option("--day", metavar="DATE", help="With --fetch: the day, for data sets with one file per day.")
@click.option("--version", metavar="VERSION", help="The release of the data set; the newest known release by default.")
@click.option(
    "--columns",
    "given",
    multiple=True,
    metavar="OURS=THEIRS",
    help="The name THEIRS that column OURS has in your files; may be repeated.",
)
@click.option(
    "--list", is_flag=True, is_eager=True, expose_value=False, callback=_list_kinds, help="List all kinds of data sets."
)
def import_(
    words: tuple[str, ...],
    version: str | None,
    given: tuple[str, ...],
    day: str | None,
    *,
    fetch: bool,
) -> None:
    """Import files of a public data set (KIND) into a ledger; importing them again changes nothing.

    Rows that cannot be parsed are counted and the first are listed; the others are stored. If the columns of your
    table have other names, map them: --columns year=Jahr --columns tiv=Wert. Nothing is downloaded without --fetch.
    """
    from comity.ledger.import_run import import_into

    kind, files, ledger = _of_import(words)
    if bool(files) == fetch:
        raise click.UsageError("name the files to import, or use --fetch to download the data set from its provider")
    if day is not None and not fetch:
        raise click.UsageError("--day requires --fetch")
    columns = _columns(given)
    if fetch:
        found, version = _fetched(kind, version, day)
        files = (found,)
    with asked_ledger(ledger) as opened:
        opened.close()
        done = import_into(
            opened.path, kind, files, version, columns=columns, settings=opened.settings, notify=_report_progress
        )
        _report_import(done)
    if done.failed or done.malformed:
        sys.exit(1)


def _of_import(words: tuple[str, ...]) -> tuple[str, tuple[Path, ...], Path]:
    """The kind, the files and the ledger of an import; on the command line the ledger comes first."""
    from comity.data_sets.data_set import releases

    if len(words) < 2:
        raise click.UsageError("name the ledger and the kind of data set; `comity import --list` lists the kinds")
    kinds = {r.kind for r in releases()}
    ledger, kind, *files = words
    if kind.lower() not in kinds and ledger.lower() in kinds:
        corrected = " ".join((words[-1], ledger, *words[1:-1]))
        raise click.UsageError(f"the ledger comes first: comity import {corrected}")
    return kind, tuple(map(Path, files)), Path(ledger)


def _fetched(kind: str, version: str | None, day: str | None) -> tuple[Path, str]:
    """The file of a data set from its provider or the cache, and its version; exit code 2 if it is not public."""
    from comity.data_sets.data_set import release
    from comity.data_sets.provider import provider, table_of, take

    with answering():
        wanted = provider(kind.lower(), version)
        if day is not None:
            wanted = wanted.on(day)
        source = release(wanted.kind, wanted.version)
        licence = source.licence + (f" ({wanted.licence})" if wanted.licence else "")
        for line in (source.name, f"licence: {licence}", f"cite: {source.citation}"):
            click.echo(line, err=True)
        if wanted.refused is not None:
            click.echo(f"comity: {wanted.refused}", err=True)
            sys.exit(2)
        click.echo(f"address: {wanted.address}", err=True)
        cached = take(wanted, notify=lambda line: click.echo(line, err=True))
        if cached.fetched:
            click.echo(f"fetched: {cached.path} ({cached.size:,} bytes, SHA-256 {cached.sha256})", err=True)
        return table_of(cached, wanted), wanted.version


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    """The column names of the files by Comity's names, from arguments `ours=theirs`."""
    found = {}
    for pair in given:
        ours, equals, theirs = pair.partition("=")
        if not equals or not ours.strip() or not theirs.strip():
            raise click.BadParameter(f"{pair!r} does not have the form OURS=THEIRS", param_hint="--columns")
        found[ours.strip()] = theirs.strip()
    return found


def _report_progress(p: "Progress") -> None:
    click.echo(f"stored {p.added:,} observations of {p.rows:,} rows of {p.file}", err=True)


def _report_import(done: "Imported") -> None:
    from comity.data_sets.catalogue import data_set
    from comity.data_sets.coverage import breaks

    source = done.source
    for line in (f"{source.name} ({source.coverage})", f"licence: {source.licence}", f"cite: {source.citation}"):
        click.echo(line, err=True)
    if data_set(source.kind).explodes:
        click.echo("note: a row with several actors becomes one observation per pair", err=True)
    for why in breaks(source.kind, 0, 9999) if done.rows else ():
        click.echo(f"note: {why}", err=True)
    for bad in done.listed:
        click.echo(f"malformed: {bad.file}:{bad.line}: {bad.reason}", err=True)
    if done.malformed > len(done.listed):
        click.echo(f"… and {done.malformed - len(done.listed):,} more malformed rows", err=True)
    for failure in done.failed:
        click.echo(f"failed: {failure.source}: {failure.reason}", err=True)
    for name, how in done.encodings:
        click.echo(f"note: {name}: {how}", err=True)
    if done.unknown:
        names = ", ".join(f"{n} ({c})" for n, c in done.unknown[:10])
        click.echo(f"{len(done.unknown)} unknown names: {names}", err=True)
    if done.differing:
        count = f"{done.outcome.differing:,} rows ({done.differing:,} observations)"
        differing = f"{count} differ from stored rows with the same key"
        click.echo(f"{differing}; import them under another --version to keep both", err=True)
    click.echo(
        f"{done.rows:,} rows read, {done.added:,} observations added, {done.known - done.differing:,} known, "
        f"{done.differing:,} differing, "
        f"{done.malformed:,} malformed, {len(done.failed)} files failed",
        err=True,
    )
    if done.continued:
        click.echo(f"lines that continue a cell of the previous row: {done.continued:,}", err=True)
    rows = done.outcome
    if rows.stored < rows.read:
        click.echo(
            f"of the {rows.read:,} rows: {rows.stored:,} stored, {rows.known:,} known, {rows.differing:,} differing, "
            f"{rows.malformed:,} malformed, {rows.left_out:,} left out",
            err=True,
        )


@click.command()
@LEDGER
@click.option("--read-again", is_flag=True, help="Read the stored documents again with this version of Comity.")
@JOBS
def rebuild(ledger: Path, *, read_again: bool, jobs: int) -> None:
    """Rebuild a ledger from its stored documents and records, keeping all judgements."""
    with asked_ledger(ledger) as opened:
        failed = opened.rebuild(read_again=read_again, jobs=jobs, notify=_acknowledge)
        for failure in failed:
            click.echo(f"unchanged: {failure.source}: {failure.reason}", err=True)
    if failed:
        sys.exit(1)


@click.command()
@LEDGER
def check(ledger: Path) -> None:
    """Check every quote, hash and link of a ledger; exit code 0 if all are correct."""
    with asked_ledger(ledger) as opened:
        faults = opened.check()
        for fault in faults:
            click.echo(fault)
        for note in opened.notes():
            click.echo(f"note: {note}", err=True)
        counts = opened.counts()
        result = "sound" if not faults else f"{len(faults)} faults"
        click.echo(f"{result}: {counts['documents']} documents, {counts['statements']} statements", err=True)
    if faults:
        sys.exit(1)


@click.command()
@LEDGER
@click.argument("query")
@TABLES
def sql(ledger: Path, query: str, form: str) -> None:
    """Run an SQL query on the stored tables: read-only, without files or network, within a time limit."""
    with asked_ledger(ledger) as opened:
        print_table(opened.sql(query), form)


@click.command()
@LEDGER
@click.argument("a")
@click.argument("b")
@ON
@KNOWN
@click.option(
    "--pulled", metavar="STATE", help="On which of the two rivals' influence is shown; by default the smaller."
)
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "md"]), default="text", show_default=True)
def dossier(ledger: Path, a: str, b: str, on: str | None, known: str | None, pulled: str | None, form: str) -> None:
    """Report the relations of two states on a day, each line with its source."""
    with asked_ledger(ledger) as opened:
        sys.stdout.write(opened.dossier_as(form, a, b, on=on, known=known, pulled=pulled))


@click.command()
@LEDGER
@click.argument("states", nargs=-1, metavar="[A [B]]")
@click.option("--within", metavar="PERIOD", default="P12M", show_default=True, help="How far ahead (ISO 8601 period).")
@ON
@KNOWN
@TABLES
def alerts(ledger: Path, states: tuple[str, ...], within: str, on: str | None, known: str | None, form: str) -> None:
    """List terms that end and the last days on which notice still prevents a renewal."""
    with asked_ledger(ledger) as opened:
        found = opened.agreements.alerts(*states, within=within, on=on, known=known)
        if not found:
            asked = _narrowed((("within", within), ("of", on or "today"), ("known by", known)))
            _nothing(opened, "end of a term or last day for notice", states, asked)
        print_table(found, form)


@click.command()
@LEDGER
@click.argument("states", nargs=-1, metavar="[A [B]]")
@KINDS
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice(["corroborated", "contradicted", "not found", "not verifiable"]),
    help="Only results with this outcome; may be repeated.",
)
@KNOWN
@TABLES
def corroborate(
    ledger: Path,
    states: tuple[str, ...],
    kinds: tuple[str, ...],
    outcomes: tuple[str, ...],
    known: str | None,
    form: str,
) -> None:
    """Compare facts from reports with imported data sets: corroborated, not found, contradicted, not verifiable.

    Each line gives the reason and the rows on which it is based. Facts that are not verifiable are counted on standard
    error, by what is missing; --outcome "not verifiable" lists them.
    """
    with asked_ledger(ledger) as opened:
        found = opened.corroborate(*states, kinds=kinds, outcomes=outcomes, known=known)
        if form == "table":
            from comity.analysis.listing import findings_text

            _notes(found)
            sys.stdout.write(findings_text(found))
        else:
            print_table(found, form)


@click.command()
@LEDGER
@click.argument("key", metavar="ID")
@ON
@KNOWN
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def show(ledger: Path, key: str, on: str | None, known: str | None, form: str) -> None:
    """Show one fact: its quotes in context, its sources, why it was coded so, its history; or one row of a data set.

    For an agreement, its status on the day is shown as in a dossier.
    """
    with asked_ledger(ledger) as opened:
        if form == "json":
            import json

            click.echo(json.dumps(opened.show(key, on=on, known=known), ensure_ascii=False, indent=1))
        else:
            sys.stdout.write(opened.show_text(key, on=on, known=known))


@click.command()
@LEDGER
@click.argument("key", metavar="ID")
@click.argument("verdict", type=click.Choice(["accept", "reject", "correct", "same", "apart"]))
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE…|ID]")
@click.option("--by", "signed", envvar="COMITY_JUDGE", required=True, help="Your name (or COMITY_JUDGE).")
@click.option("--date", "dated", metavar="DATE", help="The day of the judgement; today by default.")
@click.option("--note", help="The reason.")
def judge(
    ledger: Path,
    key: str,
    verdict: Any,
    changes: tuple[str, ...],
    signed: str,
    dated: str | None,
    note: str | None,
) -> None:
    """Record a signed judgement on a fact: accept, reject, correct FIELD=VALUE, same ID (merge with another), apart.

    All later answers apply it; it is kept when documents are read again.
    """
    from datetime import datetime

    with asked_ledger(ledger) as opened:
        named = verdict == "same" and len(changes) == 1 and "=" not in changes[0]
        changed = {"other": changes[0]} if named else _changes(changes)
        if changed and verdict in {"accept", "reject", "apart"}:
            raise InputError(f"{verdict} takes no further arguments; leave out {' '.join(changes)}")
        day = dated or datetime.now().astimezone().date().isoformat()
        done = opened.judge(key, verdict, changed, signed=signed, dated=day, note=note)
        click.echo(f"judgement {done.number}: {key} {verdict}, {signed}, {day}", err=True)


def _changes(words: tuple[str, ...]) -> dict[str, str]:
    changed = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise InputError(f"{word!r} does not have the form FIELD=VALUE")
        changed[name.strip()] = value.strip()
    return changed


def _narrowed(given: Iterable[tuple[str, str | None]]) -> str:
    """The filters of a query, in words."""
    return " ".join(f"{word} {value}" for word, value in given if value)


def _nothing(opened: "OpenLedger", what: str, states: tuple[str, ...], asked: str) -> None:
    """Reports on standard error that nothing was found, and what the ledger contains instead."""
    from comity.analysis.absence import absence

    click.echo(f"note: {absence(opened, what, states, asked=asked)}", err=True)


def _notes(found: "Table") -> None:
    for note in found.notes:
        click.echo(f"note: {note}", err=True)


def print_table(found: "Table", form: str, columns: tuple[str, ...] = ()) -> None:
    """A table as text, CSV, JSON or JSON Lines on standard output, its notes on standard error."""
    _notes(found)
    if form == "csv":
        sys.stdout.write(mark() + found.csv())
    elif form in {"json", "jsonl"}:
        sys.stdout.write(found.json() if form == "json" else found.jsonl())
    else:
        sys.stdout.write(found.only(columns).text() if columns else found.text())


COMMANDS: tuple[click.Command, ...] = (
    add, import_, dossier, alerts, corroborate, show, judge, check, sql, rebuild,
)  # fmt: skip
