"""The commands that measure accuracy and speed."""

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
@click.option("--corpus", type=click.Path(path_type=Path), help="Folder of the hand-annotated articles.")
@click.option("--development", is_flag=True, help="Score the development part, and list the misses.")
@click.option("--size", type=click.IntRange(1), help="The number of titles or trips in the sample.")
@click.option("--seed", type=int, default=1, show_default=True, help="The random seed of the sample.")
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
    """Score a task against its minimum figures; exit code 1 if a figure is below its minimum.

    corpus: events, visits, agreements and figures in the repository's own hand-annotated articles, in the given folder
    or ./corpus. gold: all kinds of records on the annotated sets. titles: kind and parties of titles in treaty
    registers. visits: journeys of US presidents and secretaries of state in White House articles. roles: actor
    resolution for the role words of hand-annotated articles, trigger and words given. corroboration: whether the data
    set rows named by corroboration are the same as the facts, on the repository's own judged pairs, in the folder
    --gold or ./tests/gold. Apart from the repository's own, the corpora are not part of Comity: their folders are the
    given ones, otherwise those in the folder COMITY_SHARED, otherwise those in ../shared.
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
            click.echo(f"{'ok  ' if s.is_met else 'FELL'} {s.task:<10} {s.figure:<20} {s.value:.3f}  {floor}{cases}")
    except ComityError as error:
        click.echo(f"comity: {error}", err=True)
        sys.exit(1)
    for miss in done.missed if development else ():
        click.echo(f"missed: {miss}", err=True)
    sys.exit(1 if done.fallen else 0)


OF_ARTICLES = ("parser", "read", "code")
"""What is measured on articles; the other parts are measured on a synthetic ledger."""


@click.command()
@click.argument("part", type=click.Choice([*OF_ARTICLES, "add", "dossier", "import", "page"]))
@click.argument("inputs", nargs=-1, metavar="FILE|FOLDER…")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    help="The maximum number of articles, or the number of documents or rows.",
)
def bench(part: str, inputs: tuple[str, ...], limit: int) -> None:
    """Measure speed and memory on one core, on articles (parser, read, code) or on a synthetic ledger.

    add, dossier, import and page are measured on a synthetic ledger of --limit documents.
    """
    from comity.bench.speed import machine, measure, measure_ledger

    if (part in OF_ARTICLES) != bool(inputs):
        needs = "needs articles" if not inputs else "generates its own ledger and takes no articles"
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
