"""The list of the commands, each with its full summary."""

import click

_LONGEST = 400


class Overview(click.Group):
    """A group of commands whose help shows the complete first sentence of each."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes one row per visible command, in alphabetical order."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, c.get_short_help_str(_LONGEST)) for name, c in commands if c is not None and not c.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
