"""Bad input: one clear line each, and the batch goes on."""

import gzip
import json

import pytest

from comity.document.document import Document
from comity.document.inputs import Failure, documents

REPORT = (
    "LIMA, May 3, 2012 - Chile and Peru signed a border treaty in Lima on Thursday.\n\nIt will help both countries."
)


def only(path, **more):
    found = list(documents(path, **more))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 50, "binary"),
        (b"a" * 20_000_000, "characters"),
        (b"France\x00 and Peru signed a treaty.", "NUL"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, content, reason):
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    found = only(path)
    assert isinstance(found, Failure)
    assert reason in found.reason
    assert "bad.txt" in found.source


def test_a_hundred_thousand_nested_tags_end_nothing_but_themselves(tmp_path):
    bad, good = tmp_path / "a.html", tmp_path / "b.txt"
    bad.write_bytes(b"<html><body>" + b"<div>" * 100_000 + b"Peru signed." + b"</div>" * 100_000)
    good.write_text(REPORT, encoding="utf-8")
    found = list(documents(tmp_path))
    assert [type(f) for f in found][-1] is Document
    assert len(found) == 2


def test_a_malformed_line_is_named_and_the_others_are_read(tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text(
        json.dumps({"id": "a", "text": REPORT}) + "\n{oops\n" + json.dumps({"id": "b"}) + "\n", encoding="utf-8"
    )
    found = list(documents(path))
    assert [type(f) for f in found] == [Document, Failure, Failure]
    assert ":2" in found[1].source


def test_half_a_character_is_refused(tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text('{"id": "s", "text": "France \\ud800 and Peru"}\n', encoding="utf-8")
    assert isinstance(only(path), Failure)


def test_a_json_document_is_taken_as_it_is(tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text(
        json.dumps({"id": "a", "title": "T", "date": "2012-05-03", "text": "  Peru.\n"}) + "\n", encoding="utf-8"
    )
    d = only(path)
    assert (d.id, d.title, d.text, d.published, d.title_span) == ("a", "T", "  Peru.\n", "2012-05-03", None)


def test_a_compressed_file_is_read_like_a_plain_one(tmp_path):
    path = tmp_path / "d.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps({"id": "a", "text": REPORT}).encode()))
    assert only(path).text == REPORT


def test_the_dateline_dates_a_plain_report(tmp_path):
    path = tmp_path / "r.txt"
    path.write_text(REPORT, encoding="utf-8")
    d = only(path)
    assert (d.published, d.published_basis) == ("2012-05-03", "dateline")
    assert d.text == REPORT
    assert len(d.text_sha256) == 64


def test_the_same_text_has_the_same_id_wherever_it_lies(tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(REPORT, encoding="utf-8")
    a, b = documents(tmp_path)
    assert a.id == b.id


def test_a_saved_page_gives_its_article_and_its_date(tmp_path):
    path = tmp_path / "page.html"
    body = "".join(
        f"<p>{REPORT.split(chr(10), maxsplit=1)[0]} Paragraph {i} tells more of the treaty.</p>" for i in range(8)
    )
    path.write_text(
        '<html><head><title>Treaty signed</title><meta property="article:published_time" content="2012-05-03"></head>'
        f"<body><nav>Home News Sport</nav><article><h1>Treaty signed</h1>{body}</article></body></html>",
        encoding="utf-8",
    )
    d = only(path)
    assert "border treaty" in d.text
    assert d.published == "2012-05-03"
    assert d.extractor == "trafilatura"


def test_a_feed_gives_a_document_an_entry(tmp_path):
    path = tmp_path / "feed.xml"
    items = "".join(
        f"<item><title>Peru {i}</title><description>{REPORT}</description><link>https://example.org/{i}</link></item>"
        for i in range(3)
    )
    path.write_text(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>', encoding="utf-8"
    )
    found = list(documents(path))
    assert len(found) == 3
    assert all("border treaty" in d.text for d in found)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1/x", "http://localhost/x", "http://169.254.169.254/", "http://[::1]/", "http://10.0.0.1/"],
)
def test_addresses_inside_are_refused_before_connecting(address):
    assert isinstance(only(address), Failure)


@pytest.mark.parametrize(
    "line", ["Read also: Ten Beaches For Your Summer", "Subscribe to our newsletter", "MOST VIEWED"]
)
def test_links_and_boilerplate_between_paragraphs_are_set_aside(tmp_path, line):
    path = tmp_path / "r.txt"
    path.write_text(
        f"Peru And Chile Sign Treaty\n\n{REPORT}\n\n{line}\n\nThe treaty will be ratified by Chile.\n", encoding="utf-8"
    )
    d = only(path)
    assert line in [d.text[s.start : s.end].strip() for s in d.skipped]
    assert d.title == "Peru And Chile Sign Treaty"
