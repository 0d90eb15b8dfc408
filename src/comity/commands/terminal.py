"""The terminal: inputs, output encoding and exit codes of commands."""

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from comity.errors import CodeError, ComityError, InputError
from comity.settings import DEFAULTS

F = TypeVar("F", bound=Callable[..., Any])
_BOM = "comity.bom"


@contextmanager
def answering() -> Iterator[None]:
    """Standard output in UTF-8 while a command runs.

    Errors go to standard error with exit code 1, or 2 for an unknown code; if the reader of the output has closed the
    pipe (as with `| head`), the command ends silently with 0.
    """
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except ComityError as error:
        click.echo(f"comity: {error}", err=True)
        sys.exit(2 if isinstance(error, CodeError) else 1)


if TYPE_CHECKING:
    _Word = click.ParamType[str]
else:
    # before click 8.2 the type took no argument
    _Word = click.ParamType


class Day(_Word):
    """A date in a query: EDTF, or words ("yesterday", "last week"), converted to EDTF as of today.

    With `back` it is a beginning: a period means that long ago (P7D), "last week" its Monday; with `end` it is an end,
    "last week" its Sunday. With `times` a time may follow the day.
    """

    name = "date"

    def __init__(self, *, back: bool = False, end: bool = False, times: bool = False) -> None:
        self.back, self.end, self.times = back, end, times

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date in EDTF; an invalid one ends the command with 2 and a message that lists the valid forms."""
        from comity.ledger.interval import asked
        from comity.ledger.relative_day import SPOKEN, as_asked

        text, today = str(value).strip(), datetime.now().astimezone().date()
        try:
            converted = as_asked(text, today, back=self.back, end=self.end)
            if not (self.times and converted[:1].isdigit() and "T" in converted):
                asked(converted)
        except InputError as error:
            ways = f"YYYY, YYYY-MM, YYYY-MM-DD, FIRST/LAST, {SPOKEN}"
            ways += ", P7D (seven days ago)" if self.back else ""
            self.fail(
                f"{text!r} is not a date; write {ways}" if re.search(r"is no(t a)? date", str(error)) else str(error),
                param,
                ctx,
            )
        return converted


MARKED = click.option(
    "--bom",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _, value: context.meta.update({_BOM: value}),
    help="Begin a CSV with the byte order mark by which spreadsheets recognize UTF-8.",
)
"""The option of commands that print CSV; their output begins with `mark()`."""


def processes(what: str = "processes; the output does not depend on it") -> Callable[[F], F]:
    """The option of commands that work in several processes at a time; `what` says which these are."""
    return click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help=f"Number of {what}.")


def renamed(option: str, instead: str) -> Callable[[F], F]:
    """A renamed option: the old name ends the command with 2 and a message that gives the new one."""

    def refuse(_: click.Context, __: click.Parameter, value: object) -> None:
        if value is not None:
            raise click.UsageError(f"{option} no longer exists; use {instead}")

    return click.option(option, option.strip("-") + "_gone", hidden=True, expose_value=False, callback=refuse)


def mark() -> str:
    """The byte order mark if --bom was given, otherwise an empty string."""
    return "\ufeff" if click.get_current_context().meta.get(_BOM) else ""


class Counter:
    """A progress count on standard error: one changing line on a terminal, an occasional line elsewhere.

    >>> Counter("document").line(1200)
    'read 1,200 documents'
    """

    def __init__(self, what: str, *, seconds: float = DEFAULTS.progress_seconds):
        self.what, self.seconds = what, seconds
        self._terminal = sys.stderr.isatty()
        self._open = False
        self._last: float | None = None

    def line(self, n: int) -> str:
        """The count in words."""
        return f"read {n:,} {self.what}{'' if n == 1 else 's'}"

    def __call__(self, n: int) -> None:
        """Shows the count."""
        now = time.monotonic()
        if self._terminal:
            click.echo(f"\r{self.line(n)}", nl=False, err=True)
            self._open = True
        elif self._last is None or now - self._last >= self.seconds:
            click.echo(self.line(n), err=True)
            self._last = now

    def clear(self) -> None:
        """Clears the line on the terminal."""
        if self._open:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._open = False


def expanded(inputs: tuple[str, ...]) -> Iterator[str | Path]:
    """The inputs of a command: standard input and addresses unchanged, everything else as paths.

    >>> [type(x).__name__ for x in expanded(("-", "https://example.org/a"))]
    ['str', 'str']
    """
    for i in inputs:
        yield i if i == "-" or "://" in i else Path(i)
