"""The page is measured over its socket as a visitor asks it."""

import re
import subprocess
import sys


def test_the_page_is_measured_on_a_made_up_ledger():
    command = [sys.executable, "-m", "comity.cli", "bench", "page", "--limit", "400"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[1].startswith("page: 400 documents")
    assert any("KB with everything that it loads" in line for line in lines)
    assert any("drawer" in line for line in lines)
    weight = next(int(line.split()[1]) for line in lines if "KB with" in line)
    assert weight <= 600
    limits = [line for line in lines if ", limit " in line]
    assert [line.split(", limit ")[1].split(":")[0] for line in limits] == ["300 ms", "600 KB", "100 ms", "300 ms"]
    assert [re.match(r"page: (\D+) \d", line)[1] for line in limits] == ["first bytes", "weight", "drawer", "search"]
    assert all(line.endswith((": met", ": not met")) for line in limits)
