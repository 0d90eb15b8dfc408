"""The commands for the local page and the bundled sample."""

from pathlib import Path

import click

from comity.commands.terminal import answering
from comity.errors import InputError


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path), metavar="[LEDGER]", required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 chooses any free port.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Any address other than this machine requires a token."
)
@click.option("--token", envvar="COMITY_TOKEN", help="Permits judging, and access from elsewhere (or COMITY_TOKEN).")
def serve(ledger: Path | None, port: int, host: str, token: str | None) -> None:
    """Serve a ledger to the browser; without a ledger, a bundled sample.

    `comity sample LEDGER` copies that sample for the other commands. The server reads the published copy and blocks
    no other process; what `comity add` publishes in the meantime is shown.
    """
    from comity.site.sample import sample_ledger
    from comity.site.server import serve as run

    with answering():
        run(ledger or sample_ledger(), host=host, port=port, token=token, say=lambda line: click.echo(line, err=True))


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path), metavar="LEDGER")
def sample(ledger: Path) -> None:
    """Write a copy of the bundled sample as a ledger on which to try the commands.

    Its reports were written by the project, for imaginary outlets, on relations between states since 1945.
    """
    from comity.site.sample import copy_sample

    with answering():
        if ledger.exists():
            raise InputError(f"{ledger}: already exists; name a new file")
        reports = copy_sample(ledger)
        click.echo(f"{ledger}: written, {reports:,} reports", err=True)


COMMANDS: tuple[click.Command, ...] = (serve, sample)
