"""The commands of the ledger: what is kept, asked and judged on the command line."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from comity.commands.terminal import MARKED, Counter, Day, answering, expanded, mark
from comity.errors import InputError
from comity.pages.facts import HEADINGS

if TYPE_CHECKING:
    from comity.analysis.open_ledger import OpenLedger
    from comity.ledger.addition import Acknowledgement
    from comity.ledger.import_run import Imported, Progress
    from comity.ledger.table import Table

LEDGER = click.argument("ledger", type=click.Path(path_type=Path), metavar="LEDGER")
ON = click.option(
    "--on", metavar="DATE", type=Day(), help="The day in the world that is asked about; today where not given."
)
KNOWN = click.option("--known", metavar="DATE", type=Day(), help="Only what reports of that day and before tell.")
KINDS = click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(tuple(HEADINGS)),
    help="Only facts of this kind; may be repeated.",
)
JOBS = click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that read.")


def TABLES(command: Any) -> Any:  # noqa: N802 - it decorates as the other options do
    """The forms of a table, with the mark of UTF-8 for a CSV where it is asked for."""
    form = click.option(
        "--format", "form", type=click.Choice(["table", "csv", "json", "jsonl"]), default="table", show_default=True
    )
    return form(MARKED(command))


@contextmanager
def asked_ledger(ledger: Path) -> "Iterator[OpenLedger]":
    """The ledger of a command; refusals go to standard error and end with 1, a closed pipe ends in silence."""
    from comity.analysis.open_ledger import open_ledger

    with answering(), open_ledger(ledger) as held:
        yield held
        if held.note:
            click.echo(f"note: {held.note}", err=True)


@click.command()
@LEDGER
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL|-…")
@click.option("--published", metavar="DATE", help="Day of publication (EDTF) of inputs that do not tell it.")
@click.option("--read-again", is_flag=True, help="Read the documents of coded shards anew with this version of Comity.")
@JOBS
def add(ledger: Path, inputs: tuple[str, ...], published: str | None, *, read_again: bool, jobs: int) -> None:
    """Reads reports and stores what they say; running it again adds nothing.

    Takes whatever `comity read` takes: text, pages, feeds (RSS, Atom, JSON Feed), JSON Lines, JSON arrays, tables (CSV,
    TSV, Parquet) and web archives (WARC, WET). Each batch is acknowledged on standard error once it is on disk.
    Interrupted at any instant, the same command goes on. The ledger is made where it does not exist. Shards that
    code-corpus coded are taken in as they are.
    """
    with asked_ledger(ledger) as held:
        given = list(expanded(inputs))
        counter = Counter("document")

        def tell(stored: "Acknowledgement") -> None:
            counter.clear()
            _tell(stored)

        done = held.add(given, published=published, read_again=read_again, jobs=jobs, tell=tell, count=counter)
        counter.clear()
        for note in done.notes:
            click.echo(f"note: {note}", err=True)
        for failure in done.failed:
            click.echo(f"failed: {failure.source}: {failure.reason}", err=True)
        added, duplicate = len(done.added) + done.taken, len(done.duplicate) + done.known
        click.echo(f"{added} added, {duplicate} duplicate, {len(done.failed)} failed", err=True)
    if done.failed:
        sys.exit(1)


def _tell(a: "Acknowledgement") -> None:
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
@click.option("--fetch", is_flag=True, help="Take the set from its provider's own address and keep the file.")
@click.option("--day", metavar="DATE", help="With --fetch: the day, of sets that have a file a day.")
@click.option("--version", metavar="VERSION", help="The release of the data set; the newest known where not given.")
@click.option(
    "--columns",
    "given",
    multiple=True,
    metavar="OURS=THEIRS",
    help="What the data set's column OURS is called in the files; may be repeated.",
)
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list_kinds, help="Show all kinds.")
def import_(
    words: tuple[str, ...],
    version: str | None,
    given: tuple[str, ...],
    day: str | None,
    *,
    fetch: bool,
) -> None:
    """Imports files of a public data set (KIND) beside the reports; running it again adds nothing.

    Rows that cannot be understood are counted and the first listed; the others are stored. Where the columns of your
    table have other names, tell them: --columns year=Jahr --columns tiv=Wert. Only --fetch fetches anything.
    """
    from comity.ledger.import_run import import_into

    kind, files, ledger = _of_import(words)
    if bool(files) == fetch:
        raise click.UsageError("name the files to import, or give --fetch to take the set from its provider")
    if day is not None and not fetch:
        raise click.UsageError("--day goes with --fetch")
    columns = _columns(given)
    if fetch:
        found, version = _fetched(kind, version, day)
        files = (found,)
    with asked_ledger(ledger) as held:
        held.close()
        done = import_into(held.path, kind, files, version, columns=columns, settings=held.settings, tell=_tell_import)
        _tell_imported(done)
    if done.failed or done.malformed:
        sys.exit(1)


def _of_import(words: tuple[str, ...]) -> tuple[str, tuple[Path, ...], Path]:
    """The kind, the files and the ledger of an import, of which the ledger stands first."""
    from comity.data_sets.data_set import releases

    if len(words) < 2:
        raise click.UsageError("name the ledger and the kind of data set; comity import --list shows the kinds")
    kinds = {r.kind for r in releases()}
    ledger, kind, *files = words
    if kind.lower() not in kinds and ledger.lower() in kinds:
        right = " ".join((words[-1], ledger, *words[1:-1]))
        raise click.UsageError(f"the ledger stands first: comity import {right}")
    return kind, tuple(map(Path, files)), Path(ledger)


def _fetched(kind: str, version: str | None, day: str | None) -> tuple[Path, str]:
    """The file of a data set from its provider or the cache, and its version; ends with 2 where it is not public."""
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
        kept = take(wanted, tell=lambda told: click.echo(told, err=True))
        if kept.fetched:
            click.echo(f"fetched: {kept.path} ({kept.size:,} bytes, SHA-256 {kept.sha256})", err=True)
        return table_of(kept, wanted), wanted.version


def _columns(given: tuple[str, ...]) -> dict[str, str]:
    """Names of columns by ours, as `ours=theirs` gives them."""
    found = {}
    for pair in given:
        ours, equals, theirs = pair.partition("=")
        if not equals or not ours.strip() or not theirs.strip():
            raise click.BadParameter(f"{pair!r} is no OURS=THEIRS", param_hint="--columns")
        found[ours.strip()] = theirs.strip()
    return found


def _tell_import(p: "Progress") -> None:
    click.echo(f"stored {p.added:,} observations of {p.rows:,} rows of {p.file}", err=True)


def _tell_imported(done: "Imported") -> None:
    from comity.data_sets.catalogue import data_set
    from comity.data_sets.coverage import breaks

    source = done.source
    for line in (f"{source.name} ({source.coverage})", f"licence: {source.licence}", f"cite: {source.citation}"):
        click.echo(line, err=True)
    if data_set(source.kind).explodes:
        click.echo("note: a row of many actors becomes an observation for each pair", err=True)
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
        click.echo(f"{len(done.unknown)} names are in no table: {names}", err=True)
    if done.differing:
        count = f"{done.outcome.differing:,} rows ({done.differing:,} observations)"
        told = f"{count} differ from those held under the same key"
        click.echo(f"{told}; import them under another --version to keep both", err=True)
    click.echo(
        f"{done.rows:,} rows read, {done.added:,} observations added, {done.known - done.differing:,} known, "
        f"{done.differing:,} differing, "
        f"{done.malformed:,} malformed, {len(done.failed)} files failed",
        err=True,
    )
    if done.continued:
        click.echo(f"lines that go on with a cell of the row before: {done.continued:,}", err=True)
    rows = done.outcome
    if rows.stored < rows.read:
        click.echo(
            f"of the {rows.read:,} rows: {rows.stored:,} stored, {rows.known:,} known, {rows.differing:,} differing, "
            f"{rows.malformed:,} malformed, {rows.left_out:,} left out",
            err=True,
        )


@click.command()
@LEDGER
@click.option("--read-again", is_flag=True, help="Read the stored documents anew with this version of Comity.")
@JOBS
def rebuild(ledger: Path, *, read_again: bool, jobs: int) -> None:
    """Writes a ledger anew from its stored documents and records; judgements stay."""
    with asked_ledger(ledger) as held:
        failed = held.rebuild(read_again=read_again, jobs=jobs, tell=_tell)
        for failure in failed:
            click.echo(f"kept as it was: {failure.source}: {failure.reason}", err=True)
    if failed:
        sys.exit(1)


@click.command()
@LEDGER
def check(ledger: Path) -> None:
    """Checks every quote, hash and link of a ledger; exit code 0 where it is sound."""
    with asked_ledger(ledger) as held:
        faults = held.check()
        for fault in faults:
            click.echo(fault)
        for note in held.notes():
            click.echo(f"note: {note}", err=True)
        counts = held.counts()
        said = "sound" if not faults else f"{len(faults)} faults"
        click.echo(f"{said}: {counts['documents']} documents, {counts['statements']} statements", err=True)
    if faults:
        sys.exit(1)


@click.command()
@LEDGER
@click.argument("query")
@TABLES
def sql(ledger: Path, query: str, form: str) -> None:
    """Runs a query on the stored tables: read only, without files or network, ended after a limit."""
    with asked_ledger(ledger) as held:
        print_table(held.sql(query), form)


@click.command()
@LEDGER
@click.argument("a")
@click.argument("b")
@ON
@KNOWN
@click.option("--pulled", metavar="STATE", help="At which of the two rivals are shown to pull; else the smaller.")
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "md"]), default="text", show_default=True)
def dossier(ledger: Path, a: str, b: str, on: str | None, known: str | None, pulled: str | None, form: str) -> None:
    """Tells the relation of two states on a day, each line with its source."""
    with asked_ledger(ledger) as held:
        sys.stdout.write(held.dossier_as(form, a, b, on=on, known=known, pulled=pulled))


@click.command()
@LEDGER
@click.argument("states", nargs=-1, metavar="[A [B]]")
@click.option("--within", metavar="PERIOD", default="P12M", show_default=True, help="How far ahead (ISO 8601 period).")
@ON
@KNOWN
@TABLES
def alerts(ledger: Path, states: tuple[str, ...], within: str, on: str | None, known: str | None, form: str) -> None:
    """Lists terms that end and the last days on which notice still stops a renewal."""
    with asked_ledger(ledger) as held:
        found = held.agreements.alerts(*states, within=within, on=on, known=known)
        if not found:
            asked = _narrowed((("within", within), ("of", on or "today"), ("known by", known)))
            _nothing(held, "end of a term or last day for notice", states, asked)
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
    help="Only findings of this outcome; may be repeated.",
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
    """Tells what imported data sets say of what reports tell: corroborated, not found, contradicted, not verifiable.

    Each line has its reason and the rows that it rests on. What is not verifiable is counted on standard error, by
    what is lacking; --outcome "not verifiable" lists it.
    """
    with asked_ledger(ledger) as held:
        found = held.corroborate(*states, kinds=kinds, outcomes=outcomes, known=known)
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
    """Tells one fact: its quotes in context, its sources, why it is coded so, its history; or one row of a data set.

    Of an agreement it tells where it stands on the day, as its dossier does.
    """
    with asked_ledger(ledger) as held:
        if form == "json":
            import json

            click.echo(json.dumps(held.show(key, on=on, known=known), ensure_ascii=False, indent=1))
        else:
            sys.stdout.write(held.show_text(key, on=on, known=known))


@click.command()
@LEDGER
@click.argument("key", metavar="ID")
@click.argument("verdict", type=click.Choice(["accept", "reject", "correct", "same", "apart"]))
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE…|ID]")
@click.option("--by", "signed", envvar="COMITY_JUDGE", required=True, help="Your name (or COMITY_JUDGE).")
@click.option("--date", "dated", metavar="DATE", help="The day of the judgement; today where not given.")
@click.option("--note", help="Why.")
def judge(
    ledger: Path,
    key: str,
    verdict: Any,
    changes: tuple[str, ...],
    signed: str,
    dated: str | None,
    note: str | None,
) -> None:
    """Signs a judgement of a fact: accept, reject, correct FIELD=VALUE, same ID (one with another), apart.

    Whatever is asked afterwards goes by it; it stays when documents are read again.
    """
    from datetime import datetime

    with asked_ledger(ledger) as held:
        named = verdict == "same" and len(changes) == 1 and "=" not in changes[0]
        made = {"other": changes[0]} if named else _changes(changes)
        if made and verdict in {"accept", "reject", "apart"}:
            raise InputError(f"{verdict} takes no {' '.join(changes)}")
        day = dated or datetime.now().astimezone().date().isoformat()
        done = held.judge(key, verdict, made, signed=signed, dated=day, note=note)
        click.echo(f"judgement {done.number}: {key} {verdict}, {signed}, {day}", err=True)


def _changes(words: tuple[str, ...]) -> dict[str, str]:
    made = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            raise InputError(f"{word!r} is no FIELD=VALUE")
        made[name.strip()] = value.strip()
    return made


def _narrowed(given: Iterable[tuple[str, str | None]]) -> str:
    """How a question was narrowed, in words."""
    return " ".join(f"{word} {value}" for word, value in given if value)


def _nothing(held: "OpenLedger", what: str, states: tuple[str, ...], asked: str) -> None:
    """Says on standard error what was looked for in vain, and what there is instead."""
    from comity.analysis.absence import absence

    click.echo(f"note: {absence(held, what, states, asked=asked)}", err=True)


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
