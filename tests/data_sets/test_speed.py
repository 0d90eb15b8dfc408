"""What imports may cost on one core: processor time, so that other work on the machine does not count, and memory."""

import json
import subprocess
import sys

import pytest

from comity.bench.synthesis import gdelt_day

CODE = """
import json, resource, sys
import comity
with comity.open(sys.argv[3]) as led:
    first = led.import_(sys.argv[1], sys.argv[2])
spent = resource.getrusage(resource.RUSAGE_SELF)
# ru_maxrss would be that of the process that started this one, where that was larger
peak = int(next(x for x in open("/proc/self/status") if x.startswith("VmHWM")).split()[1]) / 1024
with comity.open(sys.argv[3]) as led:
    again = led.import_(sys.argv[1], sys.argv[2])
print(json.dumps([first.rows, first.malformed, again.added, spent.ru_utime + spent.ru_stime, peak]))
"""


def cost(kind, path, ledger) -> tuple[int, int, int, float, float]:
    """Rows, malformed rows, rows that a second run adds, seconds of processor, megabytes at most."""
    line = [sys.executable, "-c", CODE, kind, str(path), str(ledger)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=600, check=True)
    return tuple(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("kind", "file", "rows"),
    [("icews", "icews_sample.tsv.gz", 122_585), ("wti", "world_treaty_index.tsv.gz", 61_365)],
)
def test_a_real_file_takes_less_than_20_seconds_and_a_gigabyte(shared, tmp_path, kind, file, rows):
    read, malformed, again, seconds, megabytes = cost(kind, shared / "data" / file, tmp_path / "l.duckdb")
    assert (read, malformed, again) == (rows, 0, 0)
    assert seconds <= 20
    assert megabytes <= 1000


def test_a_quarter_of_a_day_of_gdelt_takes_less_than_a_quarter_of_30_seconds(tmp_path):
    """The whole day of 200,000 rows is what `comity bench import` measures."""
    day = tmp_path / "20230105.export.CSV"
    with day.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{row}\n" for row in gdelt_day(50_000))
    read, malformed, again, seconds, megabytes = cost("gdelt", day, tmp_path / "l.duckdb")
    assert (read, malformed, again) == (50_000, 0, 0)
    assert seconds <= 30 / 4
    assert megabytes <= 1000
