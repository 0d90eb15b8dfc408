"""Writes the reference of commands and library from their own help and docstrings; CI allows no difference.

python scripts/reference.py docs/reference
"""

import inspect
import re
import sys
from pathlib import Path

import click

import comity
from comity.cli import main as cli

_HEAD = "<!-- made by scripts/reference.py: change the docstrings instead -->\n\n"


def commands() -> str:
    """Every command with its help, in alphabetical order."""
    out = [_HEAD + "# Commands\n"]
    for name, command in sorted(cli.commands.items()):
        context = click.Context(command, info_name=f"comity {name}", terminal_width=100, max_content_width=100)
        out.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(out)


def library() -> str:
    """What a program uses: all that `comity` exports, the functions first, then what they give, then the errors."""
    out = [_HEAD + "# Library\n"]
    exported = {name: getattr(comity, name) for name in comity.__all__}
    out += [_entry(f"comity.{name}", part) for name, part in exported.items() if not inspect.isclass(part)]
    for name, thing in exported.items():
        if not inspect.isclass(thing) or issubclass(thing, Exception):
            continue
        out.append(_entry(name, thing))
        for member, part in _members(thing):
            out.append(_entry(f"{name}.{member}", part, level=3))
    out.append("## Errors\n\n```text\n" + inspect.cleandoc(sys.modules["comity.errors"].__doc__ or "") + "\n```\n")
    return "\n".join(out)


def _members(thing: type) -> list[tuple[str, object]]:
    found: dict[str, object] = {}
    for one in reversed(thing.__mro__[:-1]):
        if one.__module__.startswith("comity"):
            found.update({n: v for n, v in vars(one).items() if not n.startswith("_") and inspect.isfunction(v)})
    return sorted(found.items())


def _entry(name: str, thing: object, level: int = 2) -> str:
    signature = "" if inspect.isclass(thing) else str(inspect.signature(thing)).replace("'", "")  # type: ignore[arg-type]
    signature = re.sub(r"Settings\([^()]*\)", "DEFAULTS", re.sub(r"\b(?:[a-z_]+\.)+([A-Z]\w+)", r"\1", signature))
    signature = re.sub(
        r"<function (\S+) at 0x[0-9a-f]+>", "…", signature
    )  # where a function lies differs from run to run
    text = inspect.getdoc(thing) or ""
    return f"{'#' * level} {name}\n\n```text\n{name}{signature}\n\n{text}\n```\n"


def pages() -> dict[str, str]:
    """The pages by their file names."""
    return {"commands.md": commands(), "library.md": library()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in pages().items():
        (folder / file).write_text(text, encoding="utf-8")
