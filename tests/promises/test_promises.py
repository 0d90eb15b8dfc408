"""A sample of each promise of docs/promises.md, for every change; the commands named there try them in full."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@linux
def test_hostile_pages_end_nothing_but_themselves(harness, tmp_path):
    pages = harness("tests/promises/pages.py")
    tally = pages.run(len(pages.KINDS), 7, tmp_path, every=2)
    assert tally.faults == []
    assert tally.read > 0
    assert tally.refused > 0


def test_hostile_pages_are_many_and_come_again_the_same(harness):
    pages = harness("tests/promises/pages.py")
    first = pages.made(2 * len(pages.KINDS), 3)
    assert first == pages.made(2 * len(pages.KINDS), 3)
    assert len({data for _, data in first}) > len(pages.KINDS)


@pytest.fixture(scope="module")
def lengths(tmp_path_factory) -> Path:
    """The longest text that each pattern was given while reports beyond all limits were read."""
    script, path = ROOT / "tests/promises/patterns.py", tmp_path_factory.mktemp("lengths") / "lengths.json"
    done = subprocess.run([sys.executable, script, "--lengths"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    path.write_text(done.stdout, encoding="utf-8")
    return path


@linux
def test_no_pattern_takes_long_on_text_made_against_it(lengths):
    # six thousand characters and ample time: what grows faster than its text is caught all the same
    script = ROOT / "tests/promises/patterns.py"
    words = ["--characters", "6000", "--milliseconds", "150", "--choices", "1", "--longest", lengths]
    done = subprocess.run([sys.executable, script, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(re.findall(r"(\d+) patterns", done.stdout)[0]) > 300


@linux
def test_a_pattern_that_grows_with_the_square_of_its_text_would_be_found(harness):
    patterns = harness("tests/promises/patterns.py")
    bad = patterns.Found(re.compile(r"\s*,?\s*:"), "comity.none", 1, scans=True)
    good = patterns.Found(re.compile(r"\d{4}-\d{2}"), "comity.none", 1, scans=True)
    assert patterns.slowest(bad, 10_000, 0.25)[0] > 0.25
    assert patterns.slowest(good, 10_000, 0.25)[0] < 0.25


@linux
def test_the_limits_that_keep_patterns_fast_hold_for_reports_beyond_them(harness, lengths):
    patterns = harness("tests/promises/patterns.py")
    longest = json.loads(lengths.read_text(encoding="utf-8"))
    beyond = {
        name
        for name, most in longest.items()
        if (limit := patterns.limit(name.partition(" ")[0])) is not None
        and most > limit
        # the first look at lines of any length, and are timed at full length; the other reads cells of a table
        and not name.startswith(("comity.document.layout ", r"comity.coding.clauses \{("))
    }
    assert beyond == set()
    assert max(longest.values()) > 100_000


@linux
def test_reading_over_and_over_keeps_no_file_and_no_thread(tmp_path):
    script = ROOT / "tests/promises/descriptors.py"
    done = subprocess.run([sys.executable, script, "--cycles", "15"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_report_gives_the_same_bytes_in_other_environments(harness):
    determinism = harness("tests/promises/determinism.py")
    place = determinism.Place(
        "all at once",
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        jobs=2,
        elsewhere=True,
    )
    assert list(determinism.differing([place], [ROOT / "examples" / "aachen.txt"])) == []


@pytest.mark.skipif(shutil.which("qemu-x86_64") is None, reason="qemu-x86_64 is missing (Debian: qemu-user)")
def test_the_same_report_gives_the_same_records_on_older_processors(harness):
    processors = harness("tests/promises/processors.py")
    reports = [ROOT / "examples" / "aachen.txt", ROOT / "tests/ledger/reports/four.jsonl"]
    here = processors.read(None, reports)
    assert len(here) > 20
    for model in processors.MODELS:
        assert processors.differing(model, here, processors.read(model, reports)) == []


def test_a_record_that_differs_between_processors_is_found(harness):
    processors = harness("tests/promises/processors.py")
    ours = ['{"id": "event:1", "plover": "AID"}', '{"id": "event:2", "plover": "AGREE"}']
    theirs = ['{"id": "event:1", "plover": "AID"}', '{"id": "event:3", "plover": "AGREE"}']
    found = processors.differing("Haswell", ours, theirs)
    assert [(d.native, d.emulated) for d in found] == [(ours[1], None), (None, theirs[1])]


def test_every_dependency_is_named_with_its_version_and_licence(harness, tmp_path):
    script = ROOT / "scripts/bill_of_materials.py"
    done = subprocess.run([sys.executable, script, "--output", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made = json.loads((tmp_path / "comity.cdx.json").read_text())
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    assert all(c["version"] and c["licenses"] for c in made["components"])
    refs = {c["bom-ref"] for c in made["components"]} | {made["metadata"]["component"]["bom-ref"]}
    assert all(d["ref"] in refs and set(d["dependsOn"]) <= refs for d in made["dependencies"])
    import tomllib

    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    named = {c["name"] for c in made["components"]}
    assert {re.match(r"[\w-]+", a)[0] for a in asked} <= named
    assert len((tmp_path / "LICENCES.txt").read_text().splitlines()) == len(made["components"])


def test_a_package_without_a_licence_is_reported(harness):
    bill = harness("scripts/bill_of_materials.py")
    from email.message import Message

    class Bare:
        metadata = Message()

    assert bill.licence_of(Bare()) is None


@pytest.mark.parametrize(
    "command", re.findall(r"`(python tests[^`]+)`", (ROOT / "docs/promises.md").read_text("utf-8"))
)
def test_every_command_of_the_table_is_there(command):
    path = ROOT / command.split()[1]
    assert path.is_file()
    done = subprocess.run([sys.executable, path, "--help"], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    for option in re.findall(r"--[\w-]+", command):
        assert option in done.stdout
