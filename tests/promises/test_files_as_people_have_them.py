"""Files as people have them, each kind with several inputs: read rightly, or refused in words that name the way out.

No row goes uncounted, no letter is guessed in silence, no missing cell is a zero.
"""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import comity
from comity.analysis.spells import alliances
from comity.data_sets.catalogue import data_set
from comity.data_sets.data_set import Malformed, Tally, read, release
from comity.document.code_page import code_page
from comity.document.document import Document
from comity.document.file_kind import kind
from comity.document.inputs import Failure, documents
from comity.errors import FormatError
from comity.records.observation import Observation

PERU = "Peru and Chile signed a water agreement in Lima on Monday."
TALKS = "Kenyan and Ghanaian foreign ministers met in Accra yesterday."


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "comity.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=120)


def written(folder: Path, data: str | bytes, name: str = "t.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
    return path


def taken(folder: Path, data: str | bytes, name: str, encoding: str = "utf-8") -> list[Document | Failure]:
    return list(documents(written(folder, data, name, encoding)))


def imported(kind_: str, path: Path) -> tuple[dict[str, Observation], list[Malformed], Tally]:
    rows, malformed, tally = {}, [], Tally()
    for item in read(path, data_set(kind_), release(kind_), tally):
        if isinstance(item, Malformed):
            malformed.append(item)
        else:
            assert isinstance(item, Observation)
            rows[item.row] = item
    return rows, malformed, tally


# two stray quotation marks in two rows

LOWY = "country,post_country,post_city,post_type,year"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the marks would make one row of both, of the right number of cells
        ('"Peru",Chile,"Lima, the port","Embassy,2023', 'Kenya,Ghana,Accra,Embassy,2023"'),
        ('Peru,Chile,"Lima, port",Embassy,"2023', 'Kenya,Ghana,"Accra, south",Embassy,2023"'),
        ('"Peru,Chile,Lima,Embassy,2023', 'Kenya",Ghana,Accra,Embassy,2023'),
        ('Peru,Chile,"Lima,Embassy,2023', 'Kenya,Ghana,Accra",Embassy,2023'),
    ],
)
def test_two_stray_quotation_marks_in_two_rows_join_none(tmp_path, one, other):
    path = written(tmp_path, f"{LOWY}\nFiji,Tonga,Suva,Embassy,2023\n{one}\n{other}\nChad,Niger,X,Embassy,2023\n")
    rows, malformed, tally = imported("lowy", path)
    assert (tally.rows, tally.continued) == (4, 0)
    assert len(rows) + len(malformed) == 4
    assert {"PER", "KEN", "FJI", "TCD"} >= {r.a for r in rows.values()} >= {"FJI", "TCD"}


@pytest.mark.parametrize(
    ("row", "place", "more"),
    [
        ('Mongolia,Peru,"Ulaan\nbaatar",Embassy,2023', "Ulaan\nbaatar", 1),
        ('Mongolia,Peru,"by the\nriver, the\nbridge",Embassy,2023', "by the\nriver, the\nbridge", 2),
        ('Mongolia,Peru,"a ""new""\r\ntown",Embassy,2023', 'a "new"\r\ntown', 1),
        ('"Mong\nolia",Peru,Lima,Embassy,2023', "Lima", 1),
    ],
)
def test_a_cell_over_several_lines_is_one_row_and_its_lines_are_counted(tmp_path, row, place, more):
    path = written(tmp_path, f"{LOWY}\n{row}\nChad,Niger,X,Embassy,2023\n")
    rows, malformed, tally = imported("lowy", path)
    assert (len(rows), malformed, tally.rows, tally.continued) == (2, [], 2, more)
    assert next(iter(rows.values())).record["place"] == place
    done = run("import", tmp_path / "l.ledger", "lowy", path)
    assert f"lines that continue a cell of the previous row: {more}" in done.stderr


def test_rows_and_the_lines_that_go_on_add_up_to_the_lines_of_the_file(tmp_path):
    # a mark is missing and another one stray: by their shape they are one row
    path = written(tmp_path, f'{LOWY}\nPeru,Chile,"Lima, a, b,2023\nKenya,Ghana,Accra",Embassy,2023\n')
    rows, malformed, tally = imported("lowy", path)
    assert tally.rows + tally.continued == 2
    assert len(rows) + len(malformed) == tally.rows


@pytest.mark.parametrize(
    "rows",
    [
        ['A,2018-10-02,"First.', 'B,2018-10-03,Second."'],
        ['A,2018-10-02,"First.', "B,2018-10-03,Second.", 'C,2018-10-04,Third."'],
        ['"A,2018-10-02,First.', 'B",2018-10-03,Second.'],
        ['A,2018-10-02,"He said, yes.', 'B,2018-10-03,"Yes, he said."', 'C,2018-10-04,Third."'],
    ],
)
def test_two_stray_quotation_marks_in_a_table_of_articles_join_none(tmp_path, rows):
    found = taken(tmp_path, "\n".join(["title,date,text", *rows]) + "\n", "a.csv")
    assert len(found) == len(rows)


def test_a_story_of_many_paragraphs_with_commas_is_one_article(tmp_path):
    story = f"{PERU}\n\nIt said, on Monday, that it would be ratified.\n\nYes, they said, soon."
    (found,) = taken(tmp_path, f'title,date,text\nA,2018-10-02,"{story}"\n', "a.csv")
    assert found.text == story


# code pages that nobody states

NAMES = {
    "cp1250": "Maroš Šefčovič met Andrej Plenković and Mateusz Morawiecki in Łódź.",
    "cp1252": "Enrique Peña Nieto met João Gomes in São Paulo, a guest of Côte d’Ivoire.",
    "cp1254": "Recep Tayyip Erdoğan met Mevlüt Çavuşoğlu in Muğla.",
    "cp1257": "Gitanas Nausėda met Edgars Rinkēvičs in Šiauliai.",
    "iso8859-2": "Jiří Šedivý met László Kövér in Győr and Poznań.",
}
SIGNED = "They signed a trade agreement, which parliaments are to ratify."


@pytest.mark.parametrize(("page", "names"), NAMES.items())
def test_a_text_says_by_its_words_which_code_page_it_is_of(tmp_path, page, names):
    (found,) = taken(tmp_path, f"{names} {SIGNED}", "a.txt", page)
    assert found.text == f"{names} {SIGNED}"


@pytest.mark.parametrize(("page", "names"), NAMES.items())
def test_so_does_a_page_a_feed_and_a_table(tmp_path, page, names):
    story = f"<p>{names} {SIGNED}</p><p>The ministers said on Monday that work would begin in spring next year.</p>"
    (found,) = taken(tmp_path, f"<html><body><article><h1>A</h1>{story}</article></body></html>", "a.html", page)
    assert names in found.text
    item = f"<item><title>A</title><description>{names}</description></item>"
    (found,) = taken(tmp_path, f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>', "a.xml", page)
    assert names in found.text
    found = taken(tmp_path, f'title,text\nA,{PERU}\nB,"{names}"\nC,{TALKS}\n', "a.csv", page)
    assert [d.text for d in found] == [PERU, names, TALKS]


@pytest.mark.parametrize(
    "word", ["Moïse", "Zuñiga", "aþb", "Qeñxq"]
)  # which other pages read as words that are as usual
def test_what_two_code_pages_read_otherwise_is_refused_with_both(tmp_path, word):
    (found,) = taken(tmp_path, f"Minister {word} met others. {SIGNED}", "a.txt", "cp1252")
    assert isinstance(found, Failure)
    assert "save it as UTF-8" in found.reason
    assert len(re.findall(r"windows-\d+|iso-8859-\d+", found.reason)) == 2


@pytest.mark.parametrize(
    "text", ["Café and résumé", "“Peace” – at last…", "It cost £3 million and €5", "25 °C, ½ a mile"]
)
def test_what_all_pages_of_the_west_read_alike_or_as_signs_is_read(text):
    assert text.encode("cp1252").decode(code_page(text.encode("cp1252"))) == text


def test_a_stray_byte_in_utf8_makes_no_other_letters_of_the_rest(tmp_path):
    text = f"Łódź and Šefčovič, José and Peña. {SIGNED * 20}"
    (found,) = taken(tmp_path, text.encode() + b"\xff", "a.txt")
    assert found.text == text + "\ufffd"


def test_an_array_of_articles_that_is_not_utf8_is_refused_by_the_article(tmp_path):
    rows = [{"text": PERU}, {"text": "Peru and Łódź signed."}, {"text": TALKS}]
    found = taken(
        tmp_path, json.dumps(rows, ensure_ascii=False).replace("ź", "z").replace("ó", "o"), "a.json", "cp1250"
    )
    assert [isinstance(f, Failure) for f in found] == [False, True, False]
    assert "is not UTF-8" in found[1].reason


@pytest.mark.parametrize(
    ("page", "city", "how"),
    [
        ("cp1250", "Łódź, Poznań and Šumperk", "read as windows-1250"),
        ("cp1252", "São Paulo", "read as windows-1252"),
        ("cp1254", "Muğla and Beyoğlu", "read as windows-1254"),
        ("cp1252", "Zuñiga", "which is a guess"),
    ],
)
def test_a_data_set_that_is_not_utf8_says_how_its_letters_were_read(tmp_path, page, city, how):
    path = written(tmp_path, f'{LOWY}\nPeru,Chile,"{city}",Embassy,2023\n', encoding=page)
    rows, _, _ = imported("lowy", path)
    assert [r.record["place"] for r in rows.values()] == [city]
    assert how in run("import", tmp_path / "l.ledger", "lowy", path).stderr


# JSON Feed

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "News",
    "authors": [{"name": "A"}],
    "items": [
        {
            "id": "1",
            "url": "https://news.example/1",
            "title": "Peru &amp; Chile sign",
            "content_html": f"<p>{PERU}</p><p>Work begins <b>soon</b>.</p><script>x()</script>",
            "date_published": "2019-07-03T01:00:00+10:00",
        },
        {"id": "2", "content_text": TALKS, "date_modified": "2019-07-04T08:00:00Z"},
        {"id": "3", "url": "https://news.example/3", "title": "Only a title"},
    ],
}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps(FEED), "feed.json"),
        (json.dumps(FEED, indent=2), "feed"),
        (json.dumps(FEED, sort_keys=True), "feed.json"),
        ("\ufeff" + json.dumps({k: v for k, v in FEED.items() if k != "version"}), "stdin"),
    ],
)
def test_a_json_feed_is_read_as_a_feed(tmp_path, data, name):
    one, two, three = taken(tmp_path, data, name)
    assert (one.text, one.title) == (f"Peru & Chile sign\n\n{PERU}\n\nWork begins soon.", "Peru & Chile sign")
    assert (one.published, one.published_basis, one.source) == ("2019-07-03", "metadata", "https://news.example/1")
    assert (two.text, two.published, two.published_basis) == (TALKS, "2019-07-04", "updated")
    assert isinstance(three, Failure)
    assert "read its page" in three.reason


def test_a_json_feed_that_is_damaged_or_empty_says_so(tmp_path):
    for data in (json.dumps(FEED)[:-30], json.dumps({**FEED, "items": []}), json.dumps({**FEED, "items": 5})):
        (found,) = taken(tmp_path, data, "feed.json")
        assert isinstance(found, Failure)
        assert "feed" in found.reason.casefold()


# tables whose rows end with a carriage return alone


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (f"title,date,text\rA,2018-10-02,{PERU}\rB,2020-06-05,{TALKS}\r", "a.csv"),
        (f"title\tdate\ttext\rA\t2018-10-02\t{PERU}\rB\t2020-06-05\t{TALKS}", "a.tsv"),
        (f"title;date;text\rA;2018-10-02;{PERU}\rB;2020-06-05;{TALKS}\r\r", "a"),
        (f'\ufefftitle,date,text\r"A",2018-10-02,"{PERU}"\r"B",2020-06-05,"{TALKS}"\r', "a.csv"),
    ],
)
def test_a_table_whose_rows_end_with_a_carriage_return_is_read(tmp_path, data, name):
    found = taken(tmp_path, data, name)
    assert [(d.title, d.published, d.text) for d in found] == [("A", "2018-10-02", PERU), ("B", "2020-06-05", TALKS)]


def test_a_cell_with_lines_of_its_own_stays_whole_in_such_a_table(tmp_path):
    (found,) = taken(tmp_path, f'title,text\rA,"{PERU}\n\nIt will be ratified."\r', "a.csv")
    assert found.text == f"{PERU}\n\nIt will be ratified."


# articles of WordPress

POST = {
    "id": 7,
    "date": "2019-07-03T10:00:00",
    "link": "https://news.example/7",
    "title": {"rendered": "Peru &#038; Chile sign"},
    "content": {"rendered": f"<p>{PERU}</p>\n<p>It will be&nbsp;ratified.</p>\n", "protected": False},
}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json.dumps([POST]), "posts.json"),
        (json.dumps(POST), "post.json"),
        (json.dumps(POST, indent=1), "post"),
        (json.dumps(POST) + "\n", "posts.jsonl"),
        (json.dumps({"posts": [{**POST, "content": POST["content"]["rendered"], "content_html": None}]}).replace(
            '"content": "', '"body_html": "'), "posts.json"),
    ],
)  # fmt: skip
def test_the_tags_of_what_wordpress_gives_are_taken_out(tmp_path, data, name):
    (found,) = taken(tmp_path, data, name)
    assert (found.title, found.published, found.source) == ("Peru & Chile sign", "2019-07-03", "https://news.example/7")
    assert found.text == f"{PERU}\n\nIt will be ratified."


# a lede that stands bare in a header

BODY = (
    "<p>The foreign minister of Chile thanked his host and said that both sides would gain from the water soon.</p>"
    "<p>Engineers of both countries will look at the river until the autumn, according to a joint statement.</p>"
)
LEDE = "Peru and Chile signed a water agreement in Lima on Monday, after years of talks."


@pytest.mark.parametrize(
    "story",
    [
        f"<article><header><h1>A pact</h1>{LEDE}</header>{BODY}</article>",
        f"<article><h1>A pact</h1><header>{LEDE}</header>{BODY}</article>",
        f"<article><header><h1>A pact</h1><time>3 May</time><br>{LEDE}<img src=x></header>{BODY}</article>",
        f"<article><header><hgroup><h1>A pact</h1></hgroup>{LEDE.replace('Lima', '<b>Lima</b>')}</header>{BODY}</article>",
    ],
)
def test_a_lede_that_stands_bare_in_a_header_is_kept(tmp_path, story):
    (found,) = taken(tmp_path, f"<html><head><title>A pact</title></head><body>{story}</body></html>", "a.html")
    assert found.text.count(LEDE) == 1
    assert found.text.index(LEDE) < found.text.index("The foreign minister of Chile")


def test_what_a_site_says_of_itself_in_its_header_is_no_lede(tmp_path):
    site = "<header>The Daily has told you the news of Egypt and of Jordan since the year 1921.</header>"
    (found,) = taken(tmp_path, f"<body>{site}<article><h1>A pact</h1><p>{LEDE}</p>{BODY}</article></body>", "a.html")
    assert "Egypt" not in found.text


# corpora


@pytest.mark.parametrize("name", ["a.wet", "a.warc.wet.gz", "deep/b.wet", "B.WET.zst"])
def test_a_folder_of_a_corpus_gives_its_wet_files(tmp_path, name):
    from comity.corpus.order import shards

    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"WARC/1.0\r\n")
    assert [s.path for s in shards([tmp_path], tmp_path / "out")] == [path]


@pytest.mark.parametrize("command", ["read", "add", "code-corpus"])
def test_help_names_what_is_read(command):
    results = " ".join(run(command, "--help").stdout.split())
    assert "WET" in results
    if command != "code-corpus":
        assert all(word in results for word in ("JSON arrays", "CSV", "TSV", "JSON Feed"))


# a missing obligation is not none

ATOP = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"


@pytest.mark.parametrize("sign", ["", "NA", "-9", "."])
def test_a_missing_obligation_is_neither_there_nor_absent(tmp_path, sign):
    lines = (
        f"2,20,1990,1,0,0,{sign},1\n2,20,1991,{','.join([sign] * 5)}\n2,20,1992,0,0,0,0,0\n2,20,1993,0,0,0,0,{sign}\n"
    )
    rows, malformed, tally = imported("atop", written(tmp_path, ATOP + lines))
    assert (malformed, tally.left_out, list(rows)) == ([], 1, ["2-20-1990", "2-20-1991", "2-20-1993"])
    some, none, other = rows.values()
    assert (some.record["obligations"], some.record["missing_obligations"]) == (
        ["defense", "consultation"],
        ["nonaggression"],
    )
    assert ("obligations" in none.record, none.standing, len(none.record["missing_obligations"])) == (
        False,
        "missing",
        5,
    )
    assert ("obligations" in other.record, other.standing) == (False, "missing")
    assert {s.what for s in alliances([none, other])} == set()


def test_what_two_states_owe_each_other_has_no_value_where_a_cell_is_missing(tmp_path):
    ledger = tmp_path / "l.ledger"
    path = written(tmp_path, ATOP + "2,20,1989,1,0,0,0,1\n2,20,1990,1,0,0,NA,1\n2,20,1991,NA,NA,NA,NA,NA\n")
    assert run("import", ledger, "atop", path).returncode == 0
    results = run("series", ledger, "USA", "CAN", "--measure", "alliance", "--format", "csv").stdout
    found = {r["time"]: (r["value"], r["availability"]) for r in csv.DictReader(results.splitlines())}
    assert found == {"1989": ("2.0", "value"), "1990": ("", "missing"), "1991": ("", "missing")}


def test_an_alliance_of_the_correlates_of_war_keeps_what_is_missing_apart(tmp_path):
    days = "dyad_st_year,dyad_st_month,dyad_st_day,dyad_end_year,dyad_end_month,dyad_end_day"
    header = f"version4id,ccode1,ccode2,defense,neutrality,nonaggression,entente,{days}\n"
    path = written(tmp_path, header + "1,2,20,1,0,NA,,1990,1,1,1995,1,1\n")
    (one,) = imported("cow_alliances", path)[0].values()
    assert (one.record["obligations"], one.record["missing_obligations"]) == (["defense"], ["nonaggression", "entente"])


def test_bytes_of_no_known_kind_are_still_distinguished():
    assert kind(b'{"name": "x"}', "package.json") != "feed"
    with pytest.raises(FormatError):
        code_page(b"\x81\x8d\x8f\x90\x9d" * 3)


def test_a_report_reads_the_same_from_every_form(tmp_path):
    forms = [
        taken(tmp_path, json.dumps([POST]), "a.json")[0],
        taken(tmp_path, f'title,date,text\rPeru & Chile sign,2019-07-03,"{PERU}\n\nIt will be ratified."\r', "a.csv")[
            0
        ],
    ]
    assert len({(d.title, d.text, d.published) for d in forms}) == 1
    assert comity.settings.DEFAULTS.input_bytes > 0
