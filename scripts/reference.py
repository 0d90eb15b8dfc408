"""Writes the reference of commands and library from their own help and docstrings; CI allows no difference.

python scripts/reference.py docs/reference
"""

import inspect
import re
import sys
from pathlib import Path

import click

import comity
from comity.analysis.open_ledger import OpenLedger
from comity.analysis.page import Dossier
from comity.cli import main as cli
from comity.reading import Reading
from comity.settings import Settings

_HEAD = "<!-- made by scripts/reference.py: change the docstrings instead -->\n\n"


def commands() -> str:
    """Every command with its help, in alphabetical order."""
    out = [_HEAD + "# Commands\n"]
    for name, command in sorted(cli.commands.items()):
        context = click.Context(command, info_name=f"comity {name}", terminal_width=100, max_content_width=100)
        out.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(out)


def library() -> str:
    """What a program uses: the functions, a reading, an open ledger, a dossier, the settings, the errors."""
    out = [_HEAD + "# Library\n"]
    out += [_entry(f"comity.{name}", getattr(comity, name)) for name in ("read", "read_all", "open")]
    for held in (Reading, OpenLedger, Dossier, Settings):
        out.append(_entry(held.__name__, held))
        for name, part in _members(held):
            out.append(_entry(f"{held.__name__}.{name}", part, level=3))
    out.append("## Errors\n\n```text\n" + inspect.cleandoc(sys.modules["comity.errors"].__doc__ or "") + "\n```\n")
    return "\n".join(out)


def _members(held: type) -> list[tuple[str, object]]:
    found: dict[str, object] = {}
    for one in reversed(held.__mro__[:-1]):
        if one.__module__.startswith("comity"):
            found.update({n: v for n, v in vars(one).items() if not n.startswith("_") and inspect.isfunction(v)})
    return sorted(found.items())


def _entry(name: str, held: object, level: int = 2) -> str:
    told = "" if inspect.isclass(held) else str(inspect.signature(held)).replace("'", "")  # type: ignore[arg-type]
    told = re.sub(r"Settings\([^()]*\)", "DEFAULTS", re.sub(r"\b(?:[a-z_]+\.)+([A-Z]\w+)", r"\1", told))
    text = inspect.getdoc(held) or ""
    return f"{'#' * level} {name}\n\n```text\n{name}{told}\n\n{text}\n```\n"


def pages() -> dict[str, str]:
    """The pages by their file names."""
    return {"commands.md": commands(), "library.md": library()}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in pages().items():
        (folder / file).write_text(text, encoding="utf-8")
