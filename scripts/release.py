"""A release, tried as a newcomer would: built, installed into clean environments, and the tutorial walked through.

    python scripts/release.py dist --python python3.11 --python python3.12 --python python3.13

builds wheel and sdist into `dist` and installs the wheel (for the first Python the sdist too) into an environment that
holds nothing else, with an empty home and none of the caller's variables. There `comity --version` must state code,
model and table versions, and every block of `docs/tutorial.md` must show what the page says. Each step is printed with
its seconds; all of a newcomer's steps must take less than ten minutes. `--tests` runs the whole suite there as well.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from blocks import blocks, commands, run_console

ROOT = Path(__file__).parents[1]
_LIMIT = 600
_VERSIONS = re.compile(r"code [\d.]+\+\w{8}, models \w{8}, tables \w{8}, trafilatura [\d.]+")
_KEPT = (
    "LANG",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "PIP_CONFIG_FILE",
    "SSL_CERT_FILE",
    "COMITY_SHARED",
)


class Steps:
    """What was done, a line and its seconds each."""

    def __init__(self) -> None:
        self.took = 0.0

    def done(self, what: str, since: float) -> None:
        took = time.perf_counter() - since
        self.took += took
        print(f"{took:6.1f} s  {what}", flush=True)


def run(words: list[str | Path], **options: object) -> str:
    """What a command prints; ends the script where it fails."""
    done = subprocess.run([*map(str, words)], check=False, text=True, capture_output=True, **options)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def built(folder: Path) -> tuple[Path, Path]:
    """Wheel and sdist, built anew: the wheel from the sdist, so that what the sdist lacks is found out."""
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as made:
        run([sys.executable, "-m", "venv", Path(made) / "env"])
        python = Path(made) / "env" / "bin" / "python"
        run([python, "-m", "pip", "install", "--quiet", "build"])
        run([python, "-m", "build", "--outdir", folder, ROOT])
    (wheel,), (sdist,) = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return wheel, sdist


def newcomer(python: str, package: Path, folder: Path) -> dict[str, str]:
    """A newcomer's first ten minutes; the environment in which they were spent."""
    steps, home, began = Steps(), folder / "home", time.perf_counter()
    home.mkdir()
    env = {k: os.environ[k] for k in _KEPT if k in os.environ}
    env |= {"HOME": str(home), "PATH": f"{folder / 'env' / 'bin'}:/usr/bin:/bin", "NO_COLOR": "1", "COLUMNS": "120"}
    run([python, "-m", "venv", folder / "env"])
    run([folder / "env" / "bin" / "python", "-m", "pip", "install", "--quiet", package], env=env)
    steps.done(f"{python} -m venv; pip install {package.name}", began)
    began = time.perf_counter()
    printed = run(["comity", "--version"], env=env, cwd=home)
    if not _VERSIONS.search(printed):
        sys.exit(f"comity --version states no versions of code, models and tables:\n{printed}")
    steps.done(f"comity --version: {printed.splitlines()[1]}", began)
    shutil.copytree(ROOT / "examples", home / "examples")
    page = ROOT / "docs" / "tutorial.md"
    code = ""
    for line, language, text in blocks(page):
        began = time.perf_counter()
        if language == "console":
            run_console(text, home, f"{page.name}:{line}", env)
            steps.done("; ".join(c for c, _ in commands(text)), began)
        else:
            code += text
    began = time.perf_counter()
    run([folder / "env" / "bin" / "python", "-c", code], env=env, cwd=home)
    steps.done(f"the page's Python, {len(code.splitlines())} lines", began)
    print(f"{steps.took:6.1f} s  in all, with {python}")
    if steps.took > _LIMIT:
        sys.exit(f"a newcomer needs {steps.took:.0f} s, more than {_LIMIT}")
    return env


def main() -> None:
    """Builds, installs, walks; exit code 1 where anything fails."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dist", type=Path, nargs="?", default=ROOT / "dist")
    parser.add_argument("--python", action="append", help="A Python to install for; may be repeated.")
    parser.add_argument("--tests", action="store_true", help="Also the whole suite in each environment.")
    words = parser.parse_args()
    wheel, sdist = built(words.dist.resolve())
    pythons = words.python or [sys.executable]
    for n, python in enumerate(pythons):
        for package in (wheel, sdist) if n == 0 else (wheel,):
            with tempfile.TemporaryDirectory() as made:
                env = newcomer(python, package, Path(made))
                if words.tests and package is wheel:
                    inside = Path(made) / "env" / "bin" / "python"
                    run([inside, "-m", "pip", "install", "--quiet", "--upgrade", "pip>=25.1"], env=env)
                    run(
                        [inside, "-m", "pip", "install", "--quiet", "--group", f"{ROOT / 'pyproject.toml'}:dev"],
                        env=env,
                    )
                    asked = [
                        inside,
                        "-m",
                        "pytest",
                        "-q",
                        "-p",
                        "no:cacheprovider",
                        "-n",
                        "2",
                        "--dist",
                        "worksteal",
                        "tests",
                    ]
                    print(run([*asked, "--pyargs", "comity"], env=env, cwd=ROOT).splitlines()[-1], flush=True)


if __name__ == "__main__":
    main()
