"""The list of the commands, each with all of what it is for."""

import click

_LONGEST = 400


class Overview(click.Group):
    """A group of commands whose help says of each its whole first sentence, and cuts none."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes a row for each command that is not hidden, in the order of their names."""
        held = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, c.get_short_help_str(_LONGEST)) for name, c in held if c is not None and not c.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
