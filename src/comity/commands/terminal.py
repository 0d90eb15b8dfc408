"""The terminal: how commands take their inputs and how they end."""

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
    """Standard output in UTF-8 while a command answers.

    Refusals go to standard error and end with 1, or with 2 where a code was asked for that there is not; where the
    reader of our output has gone (as with `| head`) that is no error of ours and ends in silence.
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
    """A date of a question: EDTF, or as it is said ("yesterday", "last week"), turned into EDTF as of today.

    With `back` it is a beginning: a period is the day that lies so long ago (P7D), "last week" its Monday; with `end`
    it is an end, "last week" its Sunday. With `times` a time of day may stand behind the day.
    """

    name = "date"

    def __init__(self, *, back: bool = False, end: bool = False, times: bool = False) -> None:
        self.back, self.end, self.times = back, end, times

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date in EDTF; what is none ends with 2 and says what can be written."""
        from comity.ledger.interval import asked
        from comity.ledger.relative_day import SPOKEN, as_asked

        text, today = str(value).strip(), datetime.now().astimezone().date()
        try:
            said = as_asked(text, today, back=self.back, end=self.end)
            if not (self.times and said[:1].isdigit() and "T" in said):
                asked(said)
        except InputError as error:
            ways = f"YYYY, YYYY-MM, YYYY-MM-DD, FIRST/LAST, {SPOKEN}"
            ways += ", P7D (seven days ago)" if self.back else ""
            self.fail(f"{text!r} is no date; write {ways}" if "is no date" in str(error) else str(error), param, ctx)
        return said


MARKED = click.option(
    "--bom",
    is_flag=True,
    expose_value=False,
    callback=lambda context, _, value: context.meta.update({_BOM: value}),
    help="Begin a CSV with the mark by which a spreadsheet program knows UTF-8.",
)
"""The option of commands that print CSV; what they print begins with `mark()`."""


def renamed(option: str, instead: str) -> Callable[[F], F]:
    """An option that is called otherwise now: whoever writes the old name is told the new one, with exit code 2."""

    def refuse(_: click.Context, __: click.Parameter, value: object) -> None:
        if value is not None:
            raise click.UsageError(f"there is no {option} any more; write {instead}")

    return click.option(option, option.strip("-") + "_gone", hidden=True, expose_value=False, callback=refuse)


def mark() -> str:
    """The mark of UTF-8 where the command was asked for it, else nothing."""
    return "\ufeff" if click.get_current_context().meta.get(_BOM) else ""


class Counter:
    """A count on standard error from the first on: one line that changes on a terminal, a line now and then elsewhere.

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
        """Takes the line off the terminal, so that something else can be written."""
        if self._open:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._open = False


def expanded(inputs: tuple[str, ...]) -> Iterator[str | Path]:
    """The inputs of a command: standard input and addresses as they are, all else as paths.

    >>> [type(x).__name__ for x in expanded(("-", "https://example.org/a"))]
    ['str', 'str']
    """
    for i in inputs:
        yield i if i == "-" or "://" in i else Path(i)
