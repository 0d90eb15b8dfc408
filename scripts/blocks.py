"""The blocks of a page of documentation that run: what they are, and whether they show what the page says.

A `console` block holds commands after `$ ` and what they print, `...` standing for anything; a `python` block runs as
it is. A block that shows something else is an AssertionError that says where.
"""

import doctest
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

_BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_RUN = {"console", "python"}


def blocks(page: Path) -> list[tuple[int, str, str]]:
    """The blocks of a page that run: line, language, text."""
    text = page.read_text(encoding="utf-8")
    return [(text[: m.start()].count("\n") + 1, m[1], m[2]) for m in _BLOCK.finditer(text) if m[1] in _RUN]


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with what it is said to print."""
    out: list[tuple[str, str]] = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            out.append((line[2:].rstrip("\n"), ""))
        elif out:
            out[-1] = (out[-1][0], out[-1][1] + line)
    return out


def run_console(block: str, folder: Path, where: str, env: Mapping[str, str]) -> None:
    """Runs the commands of a block in a folder; each must end well and show what is said."""
    for command, said in commands(block):
        done = subprocess.run(
            ["bash", "-c", command],
            check=False,
            cwd=folder,
            env=env,
            text=True,
            capture_output=True,
            timeout=300,
        )
        shown = done.stdout + done.stderr
        if done.returncode:
            raise AssertionError(f"{where}: {command}\n{shown}")
        same = doctest.OutputChecker().check_output(said, shown, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        if said.strip() and not same:
            raise AssertionError(f"{where}: {command}\nsaid:\n{said}\nshown:\n{shown}")
