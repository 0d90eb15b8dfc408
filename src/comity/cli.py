"""The command line: the library's words, with standard output for data and standard error for talk."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from comity import __version__, corpus_commands, influence_commands, ledger_commands, table_commands, watch_commands
from comity.document.sources import Failure
from comity.errors import ComityError, FormatError
from comity.export_command import export, judgements, queue_
from comity.overview import Overview
from comity.reading import CODERS, Reading, read_all
from comity.records.lines import to_csv
from comity.search_command import search
from comity.settings import DEFAULTS
from comity.site_command import sample, serve
from comity.terminal import answering, expanded
from comity.treaties_command import treaties
from comity.who_command import who_

if TYPE_CHECKING:
    from comity.evaluation.halves import Half
    from comity.evaluation.score import Score

KINDS = ("document", *CODERS)


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    if value and not context.resilient_parsing:
        from comity.language.encoder import instructions
        from comity.versions import versions

        held = versions()
        click.echo(f"comity, version {__version__}")
        click.echo(f"code {held.code}, models {held.models}, tables {held.tables}, {held.extractor}")
        click.echo(f"instructions {instructions()}")
        context.exit()


@click.group(cls=Overview, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the versions of the program and of what decides its records, and exit.",
)
def main() -> None:
    """Reads reports about what states do with and to each other.

    Exit codes: 0 all read, 1 some input failed (listed on standard error), 2 wrong usage.
    """


@main.command()
@click.argument("inputs", nargs=-1, required=True, metavar="FILE|FOLDER|URL|-…")
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl", "csv", "html"]), default="text", show_default=True
)
@click.option("--published", metavar="DATE", help="Day of publication (EDTF) of inputs that do not tell it.")
@click.option("--kinds", metavar="KIND,…", help=f"Only these kinds: {', '.join(KINDS)}.")
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes; the output is the same.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=DEFAULTS.min_confidence,
    show_default=True,
    help="How likely a record must be to be what a reader would mark; 0 prints all that was considered.",
)
def read(
    inputs: tuple[str, ...], form: str, published: str | None, kinds: str | None, jobs: int, min_confidence: float
) -> None:
    """Prints what reports say between states, each fact with its exact quote.

    Reads text, saved pages (HTML), feeds (RSS, Atom, JSON Feed), JSON Lines and JSON arrays of articles, tables of
    articles (CSV, TSV, Parquet) with a column of texts, and web archives (WARC, WET), also as gzip or zstd; `-` is
    standard input.
    """
    wanted = _kinds(kinds)
    failed = total = 0
    held: list[Reading] = []
    settings = replace(DEFAULTS, min_confidence=min_confidence)
    with answering():
        for result in read_all(expanded(inputs), published=published, kinds=wanted, jobs=jobs, settings=settings):
            if isinstance(result, Failure):
                failed += 1
                click.echo(f"failed: {result.source}: {result.reason}", err=True)
                continue
            if form == "html":
                held.append(result)
            else:
                _print(result, form, first=not total)
            total += 1
        if held:
            from comity.pages.highlight import as_page

            sys.stdout.write(as_page([(r.source, r.records) for r in held]))
    if failed:
        click.echo(f"{total} read, {failed} failed", err=True)
        sys.exit(1)


@main.command()
@click.argument("pairs", type=click.File("rb"), metavar="PAIRS.jsonl|-")
def code(pairs: BinaryIO) -> None:
    """Codes what a marked source does to a marked target, a row a line.

    Rows are `{"id", "text", "source_text", "target_text", "source_spans", "target_spans"}`; a row that cannot be
    coded is listed with its line number and printed with null.
    """
    import json

    from comity.coding.pairs import PairCode, code_pair, pair_of
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
                raise FormatError("the row is no JSON object")
            result = code_pair(pair_of(row))
        except (ValueError, TypeError, ComityError) as error:
            failed += 1
            click.echo(f"failed: {pairs.name}:{number}: {error}", err=True)
            result = PairCode(id=str(row.get("id")) if isinstance(row, dict) else str(number))
        sys.stdout.write(json.dumps(plain(result), ensure_ascii=False) + "\n")
    if failed:
        sys.exit(1)


@main.command()
@click.argument(
    "task", type=click.Choice(["gold", "corpus", "titles", "visits", "roles", "corroboration"]), default="gold"
)
@click.option("--gold", type=click.Path(path_type=Path), help="Folder of the annotated sets and their scorer.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of the public registers.")
@click.option("--news", type=click.Path(path_type=Path), help="Folder of the articles.")
@click.option("--corpus", type=click.Path(path_type=Path), help="Folder of the hand-read articles.")
@click.option("--development", is_flag=True, help="Score the part for writing rules by, and list what was missed.")
@click.option("--size", type=click.IntRange(1), help="How many titles or trips are sampled.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which sample is drawn.")
def evaluate(
    task: str,
    gold: Path | None,
    data: Path | None,
    news: Path | None,
    corpus: Path | None,
    *,
    development: bool,
    size: int | None,
    seed: int,
) -> None:
    """Scores a task beside its floors; exit code 1 where a figure fell below.

    corpus: events, visits, agreements and figures of the repository's own hand-read articles, in the folder named,
    else ./corpus. gold: all kinds of records on the annotated sets. titles: kind and parties of lone titles of treaty
    registers. visits: journeys of US presidents and secretaries of state in White House articles. roles: who is meant
    by the role words of hand-read articles, trigger and words given. corroboration: whether the rows of public data
    sets that corroboration names are the same as the facts, on the repository's own judged pairs, in the folder --gold,
    else ./tests/gold. Save for the repository's own, the corpora are no part of Comity: their folders are those named,
    else those in the folder COMITY_SHARED, else in ../shared.
    """
    from comity.evaluation.score import material

    half: Half = "development" if development else "held out"
    misses: Sequence[object] = ()
    fallen = 0
    try:
        scores: Iterable[Score]
        if task == "gold":
            from comity.evaluation.gold import score_gold

            scores = score_gold(gold or material("gold"))
        elif task == "titles":
            from comity.evaluation.titles import SIZE, score_titles

            scores, misses = score_titles(data or material("data"), half=half, size=size or SIZE, seed=seed)
        elif task == "corpus":
            from comity.evaluation.corpus import FOLDER, hash_of, score_corpus

            scores, misses = score_corpus(corpus or FOLDER, half=half)
            click.echo(hash_of(corpus or FOLDER, half=half), err=True)
        elif task == "roles":
            from comity.evaluation.roles import score_roles

            scores, misses = score_roles(corpus or material("corpus"), half=half)
        elif task == "corroboration":
            from comity.evaluation.corroboration import FOLDER as PAIRS
            from comity.evaluation.corroboration import score_pairs

            scores, misses = score_pairs(gold or PAIRS, data or material("data"), half=half)
        else:
            from comity.evaluation.visits import TRIPS, score_visits

            folders = data or material("data"), news or material("news")
            scores, misses = score_visits(*folders, half=half, size=size or TRIPS, seed=seed)
        for s in scores:
            fallen += not s.held
            floor = "no floor" if s.floor is None else f"floor {s.floor:.2f}"
            cases = "" if s.cases is None else f"  of {s.cases}"
            click.echo(f"{'ok  ' if s.held else 'FELL'} {s.task:<10} {s.figure:<20} {s.value:.3f}  {floor}{cases}")
    except ComityError as error:
        click.echo(f"comity: {error}", err=True)
        sys.exit(1)
    for miss in misses if development else ():
        click.echo(f"missed: {miss}", err=True)
    sys.exit(1 if fallen else 0)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Prints the script that completes commands and options in a shell.

    For bash: `comity completion bash > ~/.local/share/bash-completion/completions/comity`; for zsh, a file `_comity`
    in a folder of `fpath`; for fish, `~/.config/fish/completions/comity.fish`.
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None  # noqa: S101 - click knows these three
    click.echo(script(main, {}, "comity", "_COMITY_COMPLETE").source())


OF_ARTICLES = ("parser", "read", "code")
"""What can be measured of articles; the rest is measured of a made-up ledger."""


@main.command()
@click.argument("part", type=click.Choice([*OF_ARTICLES, "add", "dossier", "import", "page"]))
@click.argument("inputs", nargs=-1, metavar="FILE|FOLDER…")
@click.option(
    "--limit", type=click.IntRange(1), default=1000, show_default=True, help="Articles, or rows of an import, at most."
)
def bench(part: str, inputs: tuple[str, ...], limit: int) -> None:
    """Measures on one core what is done to articles (parser, read, code), or a made-up ledger of --limit documents.

    The ledger's parts are add, dossier, import and page.
    """
    from comity.bench import machine, measure, measure_ledger

    if (part in OF_ARTICLES) != bool(inputs):
        needs = "needs articles" if not inputs else "makes its ledger up and takes no articles"
        raise click.UsageError(f"bench {part} {needs}")
    click.echo(machine())
    if part == "page":
        from comity.page_bench import measure_page

        for line in measure_page(limit):
            click.echo(line)
        return
    for line in measure_ledger(part, limit) if not inputs else measure(part, expanded(inputs), limit):
        click.echo(line)


def _kinds(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    kinds = tuple(k.strip() for k in text.split(",") if k.strip())
    unknown = [k for k in kinds if k not in KINDS]
    if unknown or not kinds:
        raise click.BadParameter(
            f"unknown kind {', '.join(unknown) or text!r}; known are {', '.join(KINDS)}", param_hint="--kinds"
        )
    return kinds


def _print(reading: Reading, form: str, *, first: bool) -> None:
    from comity.pages.plain import as_text

    if form == "jsonl":
        sys.stdout.write(reading.to_jsonl())
    elif form == "csv":
        sys.stdout.write(to_csv(reading.records, header=first))
    else:
        sys.stdout.write(("" if first else "\n" + "─" * 60 + "\n\n") + as_text(reading.source, reading.records))


COMMANDS = (
    *ledger_commands.COMMANDS,
    *table_commands.COMMANDS,
    *watch_commands.COMMANDS,
    *influence_commands.COMMANDS,
    *corpus_commands.COMMANDS,
    serve,
    sample,
    treaties,
    who_,
    search,
    export,
    queue_,
    judgements,
)
for _command in COMMANDS:
    main.add_command(_command)

if __name__ == "__main__":
    main()
