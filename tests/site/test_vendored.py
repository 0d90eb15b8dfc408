"""Third parties' files are those that were pinned."""

import csv
import hashlib
from importlib.resources import files
from pathlib import Path


def test_each_vendored_file_has_the_hash_that_its_table_says():
    folder = files("comity.site") / "static" / "vendor"
    rows = list(csv.DictReader((folder / "VENDORED.csv").read_text(encoding="utf-8").splitlines()))
    listed = set()
    for row in rows:
        name = row["file"].rpartition("/")[2]
        path = Path(__file__).parent / "vendor" / name if row["file"].startswith("tests/") else folder / name
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"], row["file"]
        assert row["licence"]
        listed.add(name)
    assert {f.name for f in folder.iterdir()} == (listed - {"axe.min.js"}) | {"VENDORED.csv"}
