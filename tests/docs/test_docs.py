"""Every command and every piece of code in the documentation runs and shows what the page says.

A `console` block holds commands after `$ ` and what they print, `...` standing for anything; a `python` block runs as
it is. The blocks of a page share a folder, in which `examples/` lies, and the names that they define.
"""

import doctest
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
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


def environment() -> dict[str, str]:
    """Without colours and with the commands of this installation first; the development sets are not needed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "120"}


def run_console(block: str, folder: Path, where: str) -> None:
    for command, said in commands(block):
        done = subprocess.run(
            ["bash", "-c", command],
            check=False,
            cwd=folder,
            env=environment(),
            text=True,
            capture_output=True,
            timeout=300,
        )
        shown = done.stdout + done.stderr
        assert done.returncode == 0, f"{where}: {command}\n{shown}"
        if said.strip():
            same = doctest.OutputChecker().check_output(said, shown, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            assert same, f"{where}: {command}\nsaid:\n{said}\nshown:\n{shown}"


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_block_of_a_page_runs_and_shows_what_it_says(page, tmp_path, monkeypatch):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for line, language, text in blocks(page):
        where = f"{page.relative_to(ROOT)}:{line}"
        if language == "console":
            run_console(text, tmp_path, where)
        else:
            exec(compile(text, where, "exec"), names)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_between_pages_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        found = page if not path else (page.parent / path).resolve()
        assert found.exists(), f"{page.name}: {target}"
        if anchor and found.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in heads}
            assert anchor in slugs, f"{page.name}: {target}"


def test_a_block_that_shows_something_else_is_found_out(tmp_path):
    with pytest.raises(AssertionError):
        run_console("$ echo one\ntwo\n", tmp_path, "here")
    with pytest.raises(AssertionError):
        run_console("$ false\n", tmp_path, "here")
    run_console("$ echo one two three\none ... three\n", tmp_path, "here")


def test_the_reference_is_made_from_the_help_and_the_docstrings():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    for name, text in reference.pages().items():
        there = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert there == text, f"run: python scripts/reference.py docs/reference ({name} differs)"
