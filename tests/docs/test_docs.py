"""Every command and every piece of code in the documentation runs and shows what the page says.

What a block is, `scripts/blocks.py` says. The blocks of a page share a folder, in which `examples/` lies, and the names
that they define.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")])


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


found = script("blocks")
blocks = found.blocks


def environment() -> dict[str, str]:
    """Without colours and with the commands of this installation first; the development sets are not needed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "120"}


def run_console(block: str, folder: Path, where: str) -> None:
    found.run_console(block, folder, where, environment())


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


def test_the_reference_is_made_from_the_help_and_the_docstrings(tmp_path):
    # in a process of its own: commands keep how they were first asked for help
    subprocess.run([sys.executable, ROOT / "scripts" / "reference.py", tmp_path], check=True, env=environment())
    made = list(tmp_path.iterdir())
    assert len(made) > 1
    for page in made:
        there = (ROOT / "docs" / "reference" / page.name).read_text(encoding="utf-8")
        text = page.read_text(encoding="utf-8")
        assert there == text, f"run: python scripts/reference.py docs/reference ({page.name} differs)"
