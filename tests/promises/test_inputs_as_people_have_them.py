"""Files as people hand them over: read with their letters and days, or refused with the way out, and left as they are."""

import gzip
import json

import pytest
from click.testing import CliRunner

from comity.cli import main
from comity.document.document import Document, Failure
from comity.document.inputs import documents
from comity.reading import read_all

PERU = "Peru and Chile signed a water agreement in Lima on Monday."
TRADE = "ccode1,ccode2,year,flow1,flow2\n"


def ran(*arguments: object) -> tuple[int, str]:
    found = CliRunner().invoke(main, [str(a) for a in arguments])
    return found.exit_code, found.output


def signed(path) -> list[str | None]:
    return [a.date for r in read_all([path]) if not isinstance(r, Failure) for a in r.agreements]


def test_a_table_with_tabs_and_the_month_of_another_language(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text(f"date\ttitle\ttext\n2 septembre 2019\tPact\t{PERU}\n", encoding="utf-8")
    assert signed(path) == ["2019-09-02"]


def test_a_json_array_of_articles_with_a_weekday_of_another_language(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"date": "lunes, 2 de septiembre de 2019", "title": "Pact", "text": PERU}]))
    assert signed(path) == ["2019-09-02"]


def test_an_object_around_its_articles_whose_days_decide_each_other(tmp_path):
    path = tmp_path / "a.json"
    rows = [{"headline": "Pact", "publishedAt": d, "content": PERU} for d in ("02/09/2019", "16/09/2019")]
    path.write_text(json.dumps({"articles": rows}))
    assert signed(path) == ["2019-09-02", "2019-09-16"]


def test_columns_named_in_another_language(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'Datum;Titel;Text\r\n02.09.2019;Pakt;"{PERU}"\r\n')
    assert signed(path) == ["2019-09-02"]


def test_latin_1_behind_the_mark_of_utf_8(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbfdate,title,text\n2019-09-02,Pact,Jos\xe9 spoke in S\xe3o Paulo. " + PERU.encode())
    (one,) = documents(path)
    assert isinstance(one, Document)
    assert "José spoke in São Paulo" in one.text
    assert one.published == "2019-09-02"


@pytest.mark.parametrize("name", ["t.txt.gz", "t.csv.gz", "t.jsonl.gz"])
def test_a_truncated_gzip_file_is_refused_and_no_part_of_it_read_as_the_whole(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(gzip.compress(f"date,text\n2019-09-02,{PERU}".encode())[:40])
    assert [isinstance(f, Failure) and "damaged gzip" in f.reason for f in read_all([path])] == [True]


def test_a_truncated_data_set_is_reported_as_such(tmp_path):
    path = tmp_path / "t.csv.gz"
    whole = gzip.compress((TRADE + "".join(f"2,20,{y},1.5,2.5\n" for y in range(1900, 2010))).encode())
    path.write_bytes(whole[: len(whole) // 2])
    code, output = ran("import", tmp_path / "x.duckdb", "cow_trade", path)
    assert code == 1
    assert "is damaged" in output
    assert "fetch it again" in output


@pytest.mark.parametrize("content", ["hello", json.dumps([{"text": PERU}]), ""])
@pytest.mark.parametrize("command", ["dossier", "import", "add"])
def test_a_wrong_file_in_place_of_a_ledger_is_refused_and_left_as_it_is(tmp_path, command, content):
    path, other = tmp_path / "x.duckdb", tmp_path / "in.csv"
    path.write_text(content)
    other.write_text(TRADE + "2,20,1999,1.5,2.5\n")
    more = {"dossier": ["PER", "CHL"], "import": ["cow_trade", other], "add": [other]}[command]
    code, output = ran(command, path, *more)
    assert code in {1, 2}
    assert "Traceback" not in output
    assert path.read_text() == content
    assert {p.name for p in tmp_path.iterdir()} == {"x.duckdb", "in.csv"}


def test_an_empty_folder_holds_nothing_and_is_no_ledger(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()
    assert "contains no file that Comity reads" in ran("read", folder)[1]
    assert "is a folder" in ran("dossier", folder, "PER", "CHL")[1]
    assert not list(folder.iterdir())


def test_what_is_said_of_an_import_adds_up(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(TRADE + "2,20,1999,1,2\n2,20,1999,3,4\n2,20,2000,1,2\n2,20,2000,1,2\n2,20,x,1,2\n")
    output = ran("import", tmp_path / "x.duckdb", "cow_trade", path)[1]
    assert "5 rows read, 6 observations added, 3 known, 3 differing, 1 malformed" in output
    assert "of the 5 rows: 2 stored, 1 known, 1 differing, 1 malformed, 0 left out" in output
