"""No importer loses a row uncounted, whatever is in the file."""

import contextlib
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import comity
from comity.data_sets.catalogue import data_set
from comity.data_sets.data_set import Malformed, Tally, read, release
from comity.errors import InputError

SAMPLES = Path(__file__).parent / "samples"
FILES = {
    "gdelt": "gdelt2.tsv", "icews": "icews.tab", "polecat": "polecat.txt", "phoenix": "phoenix.txt",
    "terrier": "terrier.csv", "acled": "acled.csv", "ucdp_ged": "ucdp_ged.csv", "cow_states": "cow_states.csv",
    "cow_alliances": "cow_alliances.csv", "cow_trade": "cow_trade.csv", "cow_diplomatic": "cow_diplomatic.csv",
    "cow_igo": "cow_igo.csv", "cow_contiguity": "cow_contiguity.csv", "atop": "atop.csv", "wti": "wti.tsv",
    "unts": "unts.csv", "desta": "desta.csv", "gptad": "gptad.csv", "manytreaties": "manytreaties.csv",
    "lowy": "lowy.csv", "diplometrics": "diplometrics.csv", "colt": "colt.csv", "us_travels": "us_travels.csv",
    "comtrade": "comtrade.csv", "world_bank": "world_bank.csv", "sipri": "sipri.csv", "aiddata": "aiddata.csv",
    "fbic": "fbic.csv",
}  # fmt: skip


def outcome(path: Path, kind: str) -> tuple[int, int, int, int, set[int]]:
    """Rows read, lines that go on with one, rows malformed and left out; the numbers of those that gave something."""
    tally, malformed, gave = Tally(), 0, set()
    for item in read(path, data_set(kind), release(kind), tally):
        if isinstance(item, Malformed):
            malformed += 1
        else:
            gave.add(tally.rows)
    return tally.rows, tally.continued, malformed, tally.left_out, gave


def spoiled(lines: list[str], how: str, chance: random.Random) -> list[str]:
    """The lines with one thing wrong, as files have it."""
    rows = list(lines)
    at = chance.randrange(len(rows) // 2, len(rows))
    line = rows[at]
    sign = max("\t;,", key="\n".join(lines).count)
    if how == "quote":
        places = [0] + [i + 1 for i, c in enumerate(line) if c == sign]
        i = chance.choice([*places, chance.randrange(len(line) + 1)])
        rows[at] = line[:i] + '"' + line[i:]
    elif how == "two quotes":
        for k in (at, max(len(rows) // 2, at - 1)):
            i = chance.randrange(len(rows[k]) + 1)
            rows[k] = rows[k][:i] + '"' + rows[k][i:]
    elif how == "nul":
        i = chance.randrange(len(line) + 1)
        rows[at] = line[:i] + "\0" + line[i:]
    elif how == "blank":
        rows[at] = sign.join("" for _ in line.split(sign))
    elif how == "swapped":
        cells = line.split(sign)
        chance.shuffle(cells)
        rows[at] = sign.join(cells)
    elif how == "short":
        rows[at] = line[: chance.randrange(1, len(line))]
    elif how == "long":
        rows[at] = line + sign + "more" + sign + "more"
    return rows


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    how=st.sampled_from(["quote", "two quotes", "nul", "blank", "swapped", "short", "long", "as it is"]),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    seed=st.integers(0, 10_000),
)
def test_every_row_is_stored_malformed_or_left_out(tmp_path, kind, how, end, mark, seed):
    text = (SAMPLES / FILES[kind]).read_text(encoding="utf-8-sig").rstrip("\n")
    # a sample has no cell over several lines but in this one
    lines = [x for x in text.split("\n") if x.strip()]
    path = tmp_path / "t.txt"
    path.write_bytes(("\n".join(lines) + "\n").encode())
    whole = outcome(path, kind)[0]
    path.write_bytes((mark + end.join(spoiled(lines, how, random.Random(seed))) + end).encode())
    with contextlib.suppress(InputError):
        rows, continued, malformed, left_out, gave = outcome(path, kind)
        assert rows + continued == whole
        assert rows == malformed + left_out + len(gave)


def ledger_of(tmp_path, kind, *files, **more):
    from comity.ledger.import_run import import_into

    return import_into(tmp_path / "l.duckdb", kind, files, **more)


TRADE = "ccode1,ccode2,year,flow1,flow2\n"


def test_rows_of_one_key_that_differ_in_one_file_are_reported(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TRADE + "2,20,1999,7,8\n2,20,1999,7,9\n2,20,1999,7,8\n2,999,1999,1,1\n,,,,\n740,2,1999,-9,1\n")
    first = ledger_of(tmp_path, "cow_trade", path).outcome
    assert (first.stored, first.known, first.differing, first.malformed, first.left_out) == (2, 1, 1, 1, 1)
    assert first.read == 6
    again = ledger_of(tmp_path, "cow_trade", path).outcome
    assert (again.stored, again.known, again.differing, again.malformed, again.left_out) == (0, 3, 1, 1, 1)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_the_counts_are_the_same_however_the_rows_are_stored(tmp_path, size):
    path = tmp_path / "t.csv"
    path.write_text(TRADE + "2,20,1999,7,8\n2,20,1999,7,9\n2,20,1999,7,8\n20,2,1999,8,7\n")
    done = ledger_of(tmp_path, "cow_trade", path, settings=comity.settings.Settings(import_rows=size))
    counted = done.outcome
    assert (counted.stored, counted.known, counted.differing, done.added) == (1, 2, 1, 3)


def test_a_stray_quotation_mark_loses_no_row_of_icews(tmp_path, read_file):
    head = (
        "Event ID\tEvent Date\tSource Name\tSource Country\tCAMEO Code\tIntensity\tTarget Name\tTarget Country\t"
        "Publisher"
    )
    line = "{}\t2018-06-01\tA\tJapan\t040\t1\tB\tPeru\t{}"
    made_up = ['"Daily" Times', '"Daily News', 'The "Star', '"', 'Wire"']
    path = tmp_path / "t.tab"
    path.write_text("\n".join([head, *(line.format(n, p) for n, p in enumerate(made_up))]) + "\n")
    assert (read_file("icews", path).read, len(read_file("icews", path).rows)) == (5, 5)


def test_quotation_marks_around_every_cell_of_a_tabbed_set_are_none_of_its_words(tmp_path, read_file):
    lines = (SAMPLES / "icews.tab").read_text().splitlines()
    path = tmp_path / "t.tab"
    path.write_text("\n".join("\t".join(f'"{c}"' for c in line.split("\t")) for line in lines) + "\n")
    assert read_file("icews", path).rows == read_file("icews", SAMPLES / "icews.tab").rows


@pytest.mark.parametrize("kind", ["polecat", "phoenix", "gdelt"])
def test_a_stray_quotation_mark_loses_no_row_of_tabbed_sets(tmp_path, read_file, kind):
    text = (SAMPLES / FILES[kind]).read_text()
    path = tmp_path / "t.txt"
    lines = text.splitlines()
    lines[2] = lines[2].replace("\t\t", '\t"quoted\t', 1)
    path.write_text("\n".join(lines) + "\n")
    assert len(read_file(kind, path).rows) + len(read_file(kind, path).malformed) == len(
        read_file(kind, SAMPLES / FILES[kind]).rows
    )


def test_a_cell_over_several_lines_is_one_row(tmp_path, read_file):
    path = tmp_path / "t.csv"
    path.write_text(
        'country,post_country,post_city,post_type,year\nPeru,Mongolia,"Ulaan\nbaatar, by the\nriver",Embassy,2023\n'
        'Chad,"Peru",Lima,Embassy,2023\n"Kenya,Peru,Lima,Embassy,2023\nFrance,Peru,Lima,Embassy,2023\n'
    )
    found = read_file("lowy", path)
    assert (found.read, len(found.rows), found.malformed) == (4, 4, [])
    assert [o.a for o in found.rows.values()] == ["PER", "TCD", "KEN", "FRA"]


def test_numbers_of_an_excel_file_of_another_country(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("ccode1;ccode2;year;flow1;flow2\n2;20;1999;201277,02;163.913,4\n710;712;1999;136,5;-9\n")
    done = ledger_of(tmp_path, "cow_trade", path)
    with comity.open(tmp_path / "l.duckdb") as led:
        values = {o.row: o.value for o in led.observations()}
    assert values["2-20-1999-imports"] == 201277.02e6
    assert values["20-2-1999-imports"] == 163913.4e6
    assert (values["710-712-1999-imports"], values["712-710-1999-imports"], done.malformed) == (136.5e6, None, 0)
    path.write_text("ccode1;ccode2;year;flow1;flow2\n2;20;1998;201.277;4\n")
    assert ledger_of(tmp_path, "cow_trade", path).malformed == 1


def test_columns_are_given_on_the_command_line(tmp_path):
    import subprocess
    import sys

    path = tmp_path / "t.csv"
    path.write_text("from,to,Year,Value in millions\nFrance,Peru,2019,5\n")
    command = [sys.executable, "-m", "comity.cli", "import", str(tmp_path / "l.duckdb"), "sipri", str(path)]
    pairs = ["supplier=from", "recipient=to", "tiv=Value in millions"]
    given = [w for p in pairs for w in ("--columns", p)]
    done = subprocess.run([*command, *given], capture_output=True, text=True, check=False)
    assert (done.returncode, "1 observations added" in done.stderr) == (0, True), done.stderr
    done = subprocess.run([*command, "--columns", "tiv=Worth"], capture_output=True, text=True, check=False)
    assert "has no column Worth; its columns are from, to, Year, Value in millions" in done.stderr
    assert subprocess.run([*command, "--columns", "tiv"], capture_output=True, check=False).returncode == 2
