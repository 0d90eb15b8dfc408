"""The terminal: how commands take their inputs and how they end."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from comity.errors import ComityError


@contextmanager
def answering() -> Iterator[None]:
    """Standard output in UTF-8 while a command answers.

    Refusals go to standard error and end with 1; where the reader of our output has gone (as with `| head`) that is
    no error of ours and ends in silence.
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
        sys.exit(1)


def expanded(inputs: tuple[str, ...]) -> Iterator[str | Path]:
    """The inputs of a command: standard input and addresses as they are, all else as paths.

    >>> [type(x).__name__ for x in expanded(("-", "https://example.org/a"))]
    ['str', 'str']
    """
    for i in inputs:
        yield i if i == "-" or "://" in i else Path(i)
