"""The command of the local page."""

from pathlib import Path

import click

from comity.terminal import answering


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path), metavar="[LEDGER]", required=False)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Any other than this machine needs a token.")
@click.option("--token", envvar="COMITY_TOKEN", help="Lets its holder judge, and in from elsewhere (or COMITY_TOKEN).")
def serve(ledger: Path | None, port: int, host: str, token: str | None) -> None:
    """Shows a ledger in the browser; a bundled sample where none is given.

    It reads the published copy and stands in nobody's way; what `comity add` publishes meanwhile is shown.
    """
    from comity.site.sample import sample_ledger
    from comity.site.server import serve as run

    with answering():
        run(ledger or sample_ledger(), host=host, port=port, token=token, say=lambda line: click.echo(line, err=True))
