"""The table of CONTRIBUTING.md that says where to change what: it leads to what there is."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## To change X, go to Y")[2]
ROWS = [
    line.strip("| ").split(" | ")
    for line in TEXT.partition("\n## ")[0].splitlines()
    if re.match(r"\| (an?|the) ", line)
]
THINGS = (
    "an event trigger", "a known instrument", "a leader", "a name of a state", "a place", "a data set", "a record kind",
    "a page", "a command", "a language",
)  # fmt: skip
IN_A_ROW = {
    "en/event_triggers.csv": "excoriate,VERB,,,ACCUSE,disapprove,111,direct",
    "known_instruments.csv": "lake_accord,Lake Accord,,,,,agreement,no,KEN;UGA,,1999-05-03,,,,,,public knowledge",
    "officials_africa_middle_east.csv": "Ada Sample,,KEN,Foreign Minister,minister,2031,",
}
ASKED = """
import comity
from comity.knowledge.known_instruments import known
one = comity.read("Peru's minister excoriated Bolivia on Tuesday over its border policy.", published="2032-05-05")
print([(e.event, e.mode) for e in one.events])
print(known("Lake Accord").signed)
two = comity.read("Ada Sample met Ugandan President Yoweri Museveni in Kampala on 3 May 2032.", published="2032-05-05")
print([(v.visitors[0].state, v.host) for v in two.visits])
"""


def test_every_thing_that_is_changed_often_has_its_row():
    assert [row[0] for row in ROWS if row[0] in THINGS] == list(THINGS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_path_of_a_row_is_there(row):
    paths = re.findall(r"`((?:src|tests|scripts|docs)/[^`* ]*)`", " ".join(row))
    assert any(p.startswith("src/") for p in paths)
    for path in paths:
        assert (ROOT / path).exists(), path


def test_a_trigger_an_instrument_and_a_leader_are_a_row_each_and_no_python(tmp_path):
    package = tmp_path / "comity"
    link_copied(ROOT / "src" / "comity", package)
    before = answers(tmp_path)
    for name, row in IN_A_ROW.items():
        table = package / "knowledge" / "tables" / name
        text = table.read_text(encoding="utf-8")
        table.unlink()
        table.write_text(text + row + "\n", encoding="utf-8")
    assert before[0] == "[('ACCUSE', None)]"  # the network sees an accusation, the row says of which mode
    assert answers(tmp_path) == ["[('ACCUSE', 'disapprove')]", "1999-05-03", "[('KEN', 'UGA')]"]


def test_the_rows_of_the_walk_throughs_are_rows_of_the_tables():
    tables = ROOT / "src" / "comity" / "knowledge" / "tables"
    blocks = re.findall(r"```csv\n(.*?)\n(.*?)\n```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    files = (
        "en/event_triggers.csv", "en/constructions.csv", "known_instruments.csv", "officials_africa_middle_east.csv",
    )  # fmt: skip
    assert len(blocks) == len(files)
    for (header, row), name in zip(blocks, files, strict=True):
        lines = (tables / name).read_text(encoding="utf-8").splitlines()
        assert header == lines[0], name
        assert row in lines, name


def link_copied(source: Path, target: Path) -> None:
    """The package beside itself: Python and tables copied, weights linked."""
    for path in source.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            to = target / path.relative_to(source)
            to.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix in {".py", ".csv"}:
                to.write_bytes(path.read_bytes())
            else:
                to.symlink_to(path)


def answers(folder: Path) -> list[str]:
    """What is read with the package of a folder; a line that fails is left out."""
    done = subprocess.run([sys.executable, "-c", ASKED], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()
