"""Articles as rows of tables, arrays and lines: read as articles, or refused, never read as one text."""

import json
from dataclasses import replace

import pytest

import comity
from comity.data_sets.catalogue import data_sets
from comity.document.data_set_header import data_set_of
from comity.document.document import Document
from comity.document.inputs import Failure, documents
from comity.errors import InputError
from comity.settings import DEFAULTS

ONE = "Ghana and Togo signed a border agreement in Accra on Monday."
TWO = "Fijian and Tongan ministers met in Suva yesterday."


def read(tmp_path, data, name):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(documents(path))


ROWS = [
    {"id": "a", "title": "Border", "date": "2017-08-11", "text": ONE},
    {"id": "b", "date": "2018-01-02", "text": TWO},
]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps(ROWS), "a.json"),
        (json.dumps(ROWS, indent=2), "a.json"),
        (json.dumps(ROWS), "a.txt"),
        ("\ufeff" + json.dumps(ROWS), "a.json"),
        (json.dumps({"status": "ok", "articles": ROWS}), "a.json"),
        (json.dumps({"response": {"docs": ROWS}}, indent=1), "a.json"),
        (json.dumps({"columns": [*ROWS[0]], "data": [[*ROWS[0].values()], ["b", None, "2018-01-02", TWO]]}), "a.json"),
        ("\n".join(map(json.dumps, ROWS)), "a.json"),
        (f",id,date,title,text\n0,a,2017-08-11,Border,{ONE}\n1,b,2018-01-02,,{TWO}\n", "a.csv"),
        (
            f'ID;Headline;Published At;Full Text\r\na;Border;2017-08-11 10:00;{ONE}\r\nb;NaN;1514851200;"{TWO}"\r\n',
            "a.csv",
        ),
        (f"id\ttitle\tbody\tpub_date\na\tBorder\t{ONE}\t20170811\nb\t\t{TWO}\t2018/1/2\n", "a.tsv"),
        (f"id|title|content|date\na|Border|{ONE}|2017-08-11\nb||{TWO}|2018-01-02\n", "stdin"),
        (f"\ufeffid,title,article,date\na,Border,{ONE},2017-08-11\nb,,{TWO},2018-01-02\n".encode("utf-16"), "a.csv"),
    ],
)  # fmt: skip
def test_rows_are_articles_whatever_their_file_and_columns_are_called(tmp_path, data, name):
    found = read(tmp_path, data, name)
    assert [(d.id, d.title, d.published, d.text) for d in found] == [
        ("a", "Border", "2017-08-11", ONE), ("b", None, "2018-01-02", TWO)
    ]  # fmt: skip


def test_a_text_in_a_cell_keeps_its_lines_and_quotation_marks(tmp_path):
    (found,) = read(tmp_path, f'title,text\nBorder,"{ONE}\n\nIt is ""a new start""."\n', "a.csv")
    assert found.text == f'{ONE}\n\nIt is "a new start".'


def test_in_tables_with_tabs_a_stray_quotation_mark_loses_no_row(tmp_path):
    rows = ['1\t"Peace" at last\t"We will sign," said the minister.', f"2\tB\t{ONE}", f'3\t"C\t{TWO}']
    found = read(tmp_path, "id\ttitle\ttext\n" + "\n".join(rows) + "\n", "a.tsv")
    assert [d.id for d in found] == ["1", "2", "3"]
    assert found[0].text == '"We will sign," said the minister.'


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("id,price\n1,2\n", "a.csv"),
        (f"{ONE}\n{TWO}\n", "a.csv"),
        ("", "a.csv"),
        ("[]", "a.json"),
        ("[1, 2]", "a.json"),
        (json.dumps({"name": "comity", "version": 1}), "package.json"),
        (json.dumps([{"name": "comity"}]), "a.json"),
    ],
)
def test_what_holds_no_reports_is_refused(tmp_path, data, name):
    found = read(tmp_path, data, name)
    assert found
    assert all(isinstance(f, Failure) for f in found)


def test_a_damaged_array_gives_its_articles_up_to_the_damage(tmp_path):
    one, bad = read(tmp_path, json.dumps(ROWS)[:-20], "a.json")
    assert isinstance(one, Document)
    assert "damaged" in bad.reason


def test_a_row_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path):
    found = read(tmp_path, f"title,text\nA,{ONE}\nB,\nC,one,two,three\nD,{TWO}\n", "a.csv")
    assert [type(f) for f in found] == [Document, Failure, Failure, Document]
    assert [f.source[-2:] for f in found[1:3]] == [":3", ":4"]


@pytest.mark.parametrize(
    ("row", "declared"),
    [
        ({"date": 1502409600}, ("2017-08-11", None)),
        ({"date": 1502409600000}, ("2017-08-11", None)),
        ({"date": "20170811"}, ("2017-08-11", None)),
        ({"date": "25/08/2017"}, ("2017-08-25", None)),
        ({"date": "2017-08-11T01:00:00+10:00"}, ("2017-08-11", None)),
        ({"date": "08/11/2017"}, (None, None)),
        ({"date": float("nan"), "title": float("nan")}, (None, None)),
        ({"date": None, "title": None}, (None, None)),
        ({"date": "soon", "title": "Border"}, (None, "Border")),
        ({"date": ["x"], "title": 5, "url": 7, "id": [1]}, (None, None)),
        ({"title": "half \ud800", "id": "n\0l", "url": "\0"}, (None, None)),
        ({"date": {"$date": "2017-08-11T00:00:00Z"}, "title": "NaN"}, ("2017-08-11", None)),
        ({"date": "2016/2018"}, ("2016/2018", None)),
    ],
)
def test_a_field_that_cannot_be_read_never_costs_the_report(tmp_path, row, declared):
    (found,) = read(tmp_path, json.dumps({**row, "text": ONE}) + "\n", "a.jsonl")
    assert isinstance(found, Document), found
    assert (found.published, found.title) == declared


def test_a_header_of_a_data_set_is_reported_with_its_kind(tmp_path):
    for kind, wanted in data_sets().items():
        for layout in (x for x in wanted.layouts if x.begins is None and x.columns):
            header = [c.partition("|")[0] for c in layout.columns]
            declared = data_set_of(header)
            # Phoenix and TERRIER are written alike; a few tables have columns that any table may have
            assert declared in {kind, None} or {declared, kind} == {"phoenix", "terrier"}, header
            (found,) = read(tmp_path, ",".join(header) + "\n" + ",".join("1" for _ in header), "a.csv")
            assert isinstance(found, Failure)
            assert f"comity import LEDGER {declared or 'KIND'}" in found.reason


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Event ID\tEvent Date\tSource Name\tSource Sectors\tCAMEO Code\tIntensity\tTarget Name\n", "icews"),
        ("event_id_cnty,event_date,year,event_type,sub_event_type,actor1,notes\n", "acled"),
        ("GLOBALEVENTID\tSQLDATE\tActor1Code\tActor2Code\tEventCode\n", "gdelt"),
        ("id,relid,year,type_of_violence,side_a,side_b,best\n", "ucdp_ged"),
        ("ccode1,ccode2,year,importer1,importer2,flow1,flow2\n", "cow_trade"),
        ("Country Name,Country Code,Series Name,Series Code,1992 [YR1992]\n", "world_bank"),
        ("notes above\n\nSIPRI AT Database ID,Supplier,Recipient,Weapon designation\n", "sipri"),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.tab", "a.tsv"])
def test_a_data_set_is_refused_with_the_command_that_takes_it(tmp_path, header, kind, name):
    (found,) = read(tmp_path, header + "1\t2\t3\n" * 3, name)
    assert isinstance(found, Failure)
    assert f"comity import LEDGER {kind}" in found.reason


def test_rows_of_a_data_set_in_json_are_reported_too(tmp_path):
    rows = [{"event_id_cnty": "GHA1", "event_date": "2017-08-11", "notes": ONE}]
    for data, name in ((json.dumps({"data": rows}), "a.json"), (json.dumps(rows[0]), "a.jsonl")):
        (found,) = read(tmp_path, data, name)
        assert "comity import LEDGER acled" in found.reason


def test_a_folder_gives_its_tables_of_reports_and_passes_other_tables_by(tmp_path):
    (tmp_path / "articles.csv").write_text(f"title,text\nA,{ONE}\n", encoding="utf-8")
    (tmp_path / "articles.json").write_text(json.dumps(ROWS), encoding="utf-8")
    (tmp_path / "prices.csv").write_text("id,price\n1,2\n", encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "x"}', encoding="utf-8")
    assert [d.text for d in documents(tmp_path)] == [ONE, ONE, TWO]


@pytest.mark.parametrize(
    "text",
    ["Ghana, Togo, text of the treaty\n\nBoth signed it.", "[Photo] Togo met.", '["Never," said Togo] and left',
     "Date: 4 May 2019\nText: Ghana and Togo signed."],
)  # fmt: skip
def test_prose_that_begins_like_a_table_or_an_array_is_prose(tmp_path, text):
    (found,) = read(tmp_path, text, "a.txt")
    assert found.text == text


@pytest.mark.parametrize(
    "typo",
    ["reprot.txt", "news/2019/may.html", "./report", "~/report", "my report of May.txt", "articles.jsonl.gz",
     "C:\\news\\a.txt", "https://news.example/a", "www.news.example/a", "/no/such/file", "report.pdf"],
)  # fmt: skip
def test_a_mistyped_path_is_not_read_as_a_text(typo):
    with pytest.raises(InputError, match=r"path|address"):
        comity.read(typo)


def test_a_folder_in_place_of_a_report_is_reported(tmp_path):
    with pytest.raises(InputError, match="read_all"):
        comity.read(str(tmp_path))


@pytest.mark.parametrize(
    "text", [ONE, "Ghana/Togo: a treaty was signed.", "See https://news.example/a for more.", "U.S. and U.K. sign pact"]
)
def test_a_sentence_is_a_text(text):
    assert comity.read(text).source.text == text


def published(path):
    return [d.published for d in documents(path)]


def test_the_column_shows_whether_the_day_or_the_month_comes_first(tmp_path):
    rows = ["03/04/2019", "25/04/2019", "", "2019-04-07"]
    for sign, name in ((",", "a.csv"), ("\t", "a.tsv")):
        path = tmp_path / name
        path.write_text("\n".join([f"date{sign}text", *(f"{d}{sign}Peru and Chile met." for d in rows)]))
        assert published(path) == ["2019-04-03", "2019-04-25", None, "2019-04-07"]
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"date": d, "text": "Peru and Chile met."} for d in ("04/03/2019", "04/25/2019")]))
    assert published(path) == ["2019-04-03", "2019-04-25"]


def test_a_column_that_shows_both_orders_or_none_decides_nothing(tmp_path):
    path = tmp_path / "a.csv"
    for other in ("05/06/2019", "25/04/2019\ntext,04/25/2019"):
        path.write_text(f"text,date\nPeru met Chile.,03/04/2019\nPeru met Chile.,{other}\n")
        assert published(path)[0] is None


def test_the_order_is_looked_for_in_the_first_rows_only(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,date\nPeru met Chile.,03/04/2019\nPeru met Chile.,25/04/2019\n")
    few = replace(DEFAULTS, dated_rows=1)
    assert [d.published for d in documents(path, settings=few)] == [None, "2019-04-25"]
