"""The command line: the library's terms, data on standard output, messages on standard error."""

import gc

import click

from comity import __version__
from comity.commands import (
    articles,
    corpus,
    export,
    influence,
    ledger,
    measurement,
    search,
    site,
    tables,
    treaties,
    watch,
    who,
)
from comity.commands.overview import Overview
from comity.settings import DEFAULTS


def _version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001 - as click calls it
    if value and not context.resilient_parsing:
        from comity.language.encoder import instructions
        from comity.versions import versions

        found = versions()
        click.echo(f"comity, version {__version__}")
        click.echo(f"code {found.code}, models {found.models}, tables {found.tables}, {found.extractor}")
        click.echo(f"instructions {instructions()}")
        context.exit()


@click.group(cls=Overview, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the versions of the program, its models and its tables, and exit.",
)
def main() -> None:
    """Code reports on relations between states and keep a sourced ledger of them.

    Exit codes: 0 success, 1 some input failed (listed on standard error), 2 incorrect usage.
    """
    # the tables of names are a million objects that stay: looking through them for garbage again and again while they
    # load takes a fifth of the start of a reading
    gc.set_threshold(DEFAULTS.collect_after)


@main.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands and options in a shell.

    For bash: `comity completion bash > ~/.local/share/bash-completion/completions/comity`; for zsh, a file `_comity`
    in a folder of `fpath`; for fish, `~/.config/fish/completions/comity.fish`.
    """
    from click.shell_completion import get_completion_class

    script = get_completion_class(shell)
    assert script is not None  # noqa: S101 - click supports these three
    click.echo(script(main, {}, "comity", "_COMITY_COMPLETE").source())


for _group in (
    articles,
    measurement,
    ledger,
    tables,
    watch,
    influence,
    corpus,
    site,
    treaties,
    who,
    search,
    export,
):
    for _command in _group.COMMANDS:
        main.add_command(_command)

if __name__ == "__main__":
    main()
