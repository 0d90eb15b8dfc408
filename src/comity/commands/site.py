"""The commands of the local page and of the sample that it shows."""

from pathlib import Path

import click

from comity.commands.terminal import answering
from comity.errors import InputError


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path), metavar="[LEDGER]", required=False)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any that is free."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Any other than this machine needs a token.")
@click.option("--token", envvar="COMITY_TOKEN", help="Lets its holder judge, and in from elsewhere (or COMITY_TOKEN).")
def serve(ledger: Path | None, port: int, host: str, token: str | None) -> None:
    """Shows a ledger in the browser; a bundled sample where none is given.

    `comity sample LEDGER` copies that sample for the other commands.
    It reads the published copy and stands in nobody's way; what `comity add` publishes meanwhile is shown.
    """
    from comity.site.sample import sample_ledger
    from comity.site.server import serve as run

    with answering():
        run(ledger or sample_ledger(), host=host, port=port, token=token, say=lambda line: click.echo(line, err=True))


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path), metavar="LEDGER")
def sample(ledger: Path) -> None:
    """Writes a copy of the bundled sample as a ledger of your own, to try the commands on.

    Its reports are made up by the project, of imagined outlets, on what states did to each other since 1945.
    """
    from comity.site.sample import copy_sample

    with answering():
        if ledger.exists():
            raise InputError(f"{ledger}: is there already; name a file that is not")
        reports = copy_sample(ledger)
        click.echo(f"{ledger}: written, {reports:,} reports", err=True)


COMMANDS: tuple[click.Command, ...] = (serve, sample)
