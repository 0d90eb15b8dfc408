"""The commands that measure: how well Comity reads, and how fast."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from comity.commands.terminal import expanded
from comity.errors import ComityError

if TYPE_CHECKING:
    from comity.evaluation.tasks import Task


@click.command()
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
    task: "Task",
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
    from comity.evaluation.tasks import evaluate as scored

    try:
        done = scored(
            task, gold=gold, data=data, news=news, corpus=corpus, development=development, size=size, seed=seed
        )
        if done.corpus is not None:
            click.echo(done.corpus, err=True)
        for s in done.scores:
            floor = "no floor" if s.floor is None else f"floor {s.floor:.2f}"
            cases = "" if s.cases is None else f"  of {s.cases}"
            click.echo(f"{'ok  ' if s.held else 'FELL'} {s.task:<10} {s.figure:<20} {s.value:.3f}  {floor}{cases}")
    except ComityError as error:
        click.echo(f"comity: {error}", err=True)
        sys.exit(1)
    for miss in done.missed if development else ():
        click.echo(f"missed: {miss}", err=True)
    sys.exit(1 if done.fallen else 0)


OF_ARTICLES = ("parser", "read", "code")
"""What can be measured of articles; the rest is measured of a made-up ledger."""


@click.command()
@click.argument("part", type=click.Choice([*OF_ARTICLES, "add", "dossier", "import", "page"]))
@click.argument("inputs", nargs=-1, metavar="FILE|FOLDER…")
@click.option(
    "--limit", type=click.IntRange(1), default=1000, show_default=True, help="Articles, or rows of an import, at most."
)
def bench(part: str, inputs: tuple[str, ...], limit: int) -> None:
    """Measures on one core what is done to articles (parser, read, code), or a made-up ledger of --limit documents.

    The ledger's parts are add, dossier, import and page.
    """
    from comity.bench.speed import machine, measure, measure_ledger

    if (part in OF_ARTICLES) != bool(inputs):
        needs = "needs articles" if not inputs else "makes its ledger up and takes no articles"
        raise click.UsageError(f"bench {part} {needs}")
    click.echo(machine())
    if part == "page":
        from comity.bench.page import measure_page

        for line in measure_page(limit):
            click.echo(line)
        return
    for line in measure_ledger(part, limit) if not inputs else measure(part, expanded(inputs), limit):
        click.echo(line)


COMMANDS = (evaluate, bench)
