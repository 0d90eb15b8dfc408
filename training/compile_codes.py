"""Compiles the closed code lists of the tables into enums: `src/comity/records/codes.py`.

usage: python training/compile_codes.py [--check]    (--check writes nothing and exits 1 where the file differs)
"""

import csv
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "src" / "comity" / "knowledge" / "tables"
TARGET = ROOT / "src" / "comity" / "records" / "codes.py"
HEAD = '''"""The closed code lists of the records, made from the tables by training/compile_codes.py."""

from enum import StrEnum
'''


def column(table, name):
    with (TABLES / table).open(encoding="utf-8") as lines:
        return list(dict.fromkeys(r[name] for r in csv.DictReader(lines)))


def lists():
    """Name of each list and its codes, PLOVER's first."""
    out = {
        "PloverEvent": column("plover_events.csv", "event"),
        "PloverMode": column("plover_modes.csv", "mode"),
        "PloverContext": column("en/plover_contexts.csv", "context"),
    }
    with (TABLES / "codes.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            out.setdefault(row["list"], []).append(row["code"])
    return out


def compiled():
    parts = [HEAD]
    for name, codes in lists().items():
        spoken = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower().replace("plover", "PLOVER")
        members = "".join(f'    {re.sub(r"[^A-Z0-9]", "_", c.upper())} = "{c}"\n' for c in codes)
        parts.append(f'\n\nclass {name}(StrEnum):\n    """Codes of the list "{spoken}"."""\n\n{members}')
    return "".join(parts)


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if TARGET.read_text(encoding="utf-8") == compiled() else f"{TARGET.name} differs from its tables")
    TARGET.write_text(compiled(), encoding="utf-8")
