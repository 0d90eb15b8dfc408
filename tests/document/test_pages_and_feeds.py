"""Saved pages, feeds and web archives: their own day, their own characters, their whole text."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from comity.document.address import fetch
from comity.document.document import Document
from comity.document.encoding import charset_of
from comity.document.extraction import extract_page
from comity.document.inputs import Failure, documents

HEADLINE = "Ghana and Togo settle their border"
LEDE = "Ghana and Togo signed a border agreement in Accra on Monday, after four years of talks on the coast."
BODY = (
    "<p>The foreign minister of Togo thanked his host and said that fishing boats could soon go out again.</p>"
    "<p>Surveyors of both countries will set marks in the north until the autumn, according to a joint statement.</p>"
)


def page(head="", body=f"<article><h1>{HEADLINE}</h1><p>{LEDE}</p>{BODY}</article>", lang="en"):
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{HEADLINE}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def read(tmp_path, data, name="page.html"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(documents(path))


def only(tmp_path, data, name="page.html"):
    (found,) = read(tmp_path, data, name)
    assert isinstance(found, Document), found
    return found


def linked(declared):
    return f'<script type="application/ld+json">{declared}</script>'


def canonical(address):
    return f'<link rel="canonical" href="https://news.example/{address}">'


CANONICAL = canonical("2017/08/19/border.html")


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ('<meta property="article:published_time" content="2017-08-11T09:00:00Z">' + CANONICAL, "2017-08-11"),
        ('<meta property="article:published_time" content="2017-08-11T01:00:00+10:00">', "2017-08-11"),
        (linked('{"@type":"NewsArticle","datePublished":"2017-08-11","dateModified":"2019-01-02"}'), "2017-08-11"),
        (linked('{"@graph":[{"@type":"WebPage","datePublished":"2017-08-19"},'
                '{"@type":["NewsArticle"],"datePublished":"2017-08-11T23:30:00-05:00"}]}'), "2017-08-11"),
        (linked('{"@type":"Article","headline":"a "deal"","datePublished":"2017-08-11"}') + CANONICAL, "2017-08-11"),
        ('<meta name="date" content="08/11/2017">', None),
        ('<meta name="date" content="08/19/2017">', "2017-08-19"),
        ('<meta name="date" content="08/11/2017"><meta name="last-modified" content="12/24/2018">', None),
        ('<meta name="pubdate" content="08/11/2017"><meta name="modified-date" content="12/24/2018">', "2017-08-11"),
        ('<meta name="date" content="19/08/2017"><meta property="og:locale" content="en_GB">', "2017-08-19"),
        ('<meta name="date" content="08/11/2017"><meta property="og:locale" content="en_IE">', "2017-11-08"),
        ('<meta name="date" content="08/11/2017">' + canonical("2017/11/08/x"), "2017-11-08"),
        ('<meta property="article:modified_time" content="2019-01-02T10:00:00Z">', None),
        (linked('{"@type":"NewsArticle","dateModified":"2019-01-02"}'), None),
        ('<meta name="last-modified" content="2019-01-02"><meta name="revised" content="2019-01-02">', None),
        ('<meta property="article:modified_time" content="2019-01-02T10:00:00Z">' + CANONICAL, "2017-08-19"),
        (CANONICAL, "2017-08-19"),
    ],
)  # fmt: skip
def test_the_pages_own_day_of_publication_counts_before_its_address_and_never_that_of_a_change(tmp_path, head, day):
    found = only(tmp_path, page(head))
    assert found.published == day
    assert found.published_basis in ({"metadata", "address"} if day else {None})


@pytest.mark.parametrize(
    ("marked", "day"),
    [
        ('<time datetime="Fri Aug 11 2017 00:00:00 GMT+0100 (CET)">11 Aug</time>', "2017-08-11"),
        ('<time datetime="Fri Aug 11 2017 23:59:00 GMT-0700">11 Aug</time>', "2017-08-11"),
        ('<time pubdate datetime="2017-08-11">Friday</time> <time datetime="2019-01-02">changed</time>', "2017-08-11"),
        ("<p>Updated: <time datetime='2019-01-02'>2 January 2019</time></p>", None),
        ("<time class='updated' datetime='2019-01-02'></time><time class='published'>11 Aug 2017</time>", "2017-08-11"),
        ('<span class="post-date">August 11, 2017</span>', "2017-08-11"),
        ('<div class="article-meta">Posted 11 August 2017 | Updated 2 January 2019</div>', "2017-08-11"),
        ('<span itemprop="datePublished" content="2017-08-11T02:00:00+09:00">today</span>', "2017-08-11"),
        ('<abbr class="published" title="2017-08-11T01:00:00+10:00">Friday</abbr>', "2017-08-11"),
        ('<span class="timestamp" data-timestamp="1502445600000">9 years ago</span>', "2017-08-11"),
        ('<span class="post-date">08/11/2017</span>', None),
    ],
)  # fmt: skip
def test_a_day_that_the_page_shows_is_read(tmp_path, marked, day):
    body = f"<article><h1>{HEADLINE}</h1>{marked}<p>{LEDE}</p>{BODY}</article>"
    assert only(tmp_path, page(body=body)).published == day


@pytest.mark.parametrize(
    "body",
    [
        f"<article><h1>{HEADLINE}</h1><header><p class='lede'>{LEDE}</p></header>{BODY}</article>",
        f"<article><header><h1>{HEADLINE}</h1><div class='standfirst'>{LEDE}</div></header>{BODY}</article>",
        f"<header class='hero'><h1>{HEADLINE}</h1><p>{LEDE}</p></header><article>{BODY}</article>",
        f"<article><h1>{HEADLINE}</h1><aside class='intro'><p>{LEDE}</p></aside>{BODY}</article>",
        f"<article><h1>{HEADLINE}</h1><div class='top-banner'><p>{LEDE}</p></div>{BODY}</article>",
        f"<main><h1>{HEADLINE}</h1><hgroup><p>{LEDE}</p></hgroup>{BODY}</main>",
    ],
)
def test_a_lede_that_extraction_drops_is_kept_once_and_in_its_place(tmp_path, body):
    text = only(tmp_path, page(body=body)).text
    assert text.count(LEDE) == 1
    assert text.index(LEDE) < text.index("The foreign minister of Togo")


def test_what_stands_between_headline_and_story_but_is_not_of_it_stays_out(tmp_path):
    body = (
        "<h1>The Coast Daily</h1><p>The Coast Daily has been the paper of record of the whole coast since 1931.</p>"
        f"<article><h1>{HEADLINE}</h1><figure><figcaption>Mali's president met Niger's in 2015.</figcaption></figure>"
        "<aside class='related'><p>Benin and Nigeria signed a pact on cattle in 2016, as we reported.</p></aside>"
        f"<p>{LEDE}</p>{BODY}</article>"
    )
    text = only(tmp_path, page(body=body)).text
    assert LEDE in text
    assert not any(name in text for name in ("Mali", "Benin", "1931"))


def record(kind, declared, payload):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://news.example/a\r\n"
        "WARC-Date: 2026-01-01T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:b7da90fd-589b-401b-b71b-34953d1ddfe7>\r\nContent-Type: {declared}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def answer(declared, data):
    return record("response", "application/http; msgtype=response",
                  f"HTTP/1.1 200 OK\r\nContent-Type: {declared}\r\n\r\n".encode() + data)  # fmt: skip


POLISH = (
    "<html><head><title>Border</title></head><body><article><h1>Border</h1>"
    "<p>Prezydent Żółkiewski and Mr. Šefčík signed the accord of Łomża on Monday, after a year of talks.</p>"
    f"{BODY}</article></body></html>"
)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("text/html; charset=windows-1250", "cp1250"),
        ("Text/HTML;Charset=ISO-8859-2", "iso-8859-2"),
        ('application/xhtml+xml; charset="Windows-1250"', "cp1250"),
        ("TEXT/HTML; charset=iso-8859-1", "utf-8"),
        ("text/html; charset=no-such", "utf-8"),
    ],
)
def test_an_archived_page_is_read_in_the_charset_that_its_server_declared(tmp_path, declared, encoding):
    text = only(tmp_path, answer(declared, POLISH.encode(encoding)), "a.warc").text
    assert "Prezydent Żółkiewski and Mr. Šefčík signed the accord of Łomża" in text


def test_a_saved_page_is_read_in_the_charset_that_it_declares_itself(tmp_path):
    said = POLISH.replace("<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1250">')
    assert "Łomża" in only(tmp_path, said.encode("cp1250")).text


@pytest.mark.parametrize("declared", ["text/plain", "Text/Plain; charset=UTF-8", "TEXT/PLAIN"])
def test_the_texts_of_a_crawl_are_read(tmp_path, declared):
    data = record("warcinfo", "application/warc-fields", b"format: WARC\r\n")
    data += record("conversion", declared, f"{HEADLINE}\nPublished 11 August 2017\n{LEDE} Łomża".encode())
    found = only(tmp_path, data, "a.warc.wet")
    assert LEDE in found.text
    assert "Łomża" in found.text
    assert (found.source, found.published, found.published_basis) == ("http://news.example/a", "2017-08-11", "dateline")


def feed(*days, tag="pubDate", before="", more=""):
    items = "".join(
        f"<item><title>{HEADLINE} {i}</title><link>https://news.example/{i}</link><{tag}>{d}</{tag}>"
        f"<description>{LEDE}</description></item>"
        for i, d in enumerate(days)
    )
    names = 'version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0"?>{before}<rss {names}><channel><title>W</title>{more}{items}</channel></rss>'


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2017/8/11 15:07:41", "2017-08-11"),
        ("Fri, 11 Aug 2017 00:30:00 +0900", "2017-08-11"),
        ("2017-08-11T01:00:00+10:00", "2017-08-11"),
        ("Fri, 11 Aug 17 23:30:00 EST", "2017-08-11"),
        ("08/11/2017 10:00", None),
        ("11 August 15:07", None),
        ("Friday 15:07", None),
    ],
)
@pytest.mark.parametrize("tag", ["pubDate", "dc:date"])
def test_an_item_has_the_day_that_stands_in_it_whatever_the_clock_says(tmp_path, stamp, day, tag):
    assert only(tmp_path, feed(stamp, tag=tag), "f.xml").published == day


def test_the_items_of_a_feed_settle_the_order_of_day_and_month_for_one_another(tmp_path):
    assert [d.published for d in read(tmp_path, feed("08/11/2017", "25/11/2017"), "f.xml")] == [
        "2017-11-08",
        "2017-11-25",
    ]
    assert only(tmp_path, feed("08/11/2017", more="<language>en-us</language>"), "f.xml").published == "2017-08-11"


def test_an_item_that_gives_its_change_only_says_so(tmp_path):
    changed = feed("2019-01-02", tag="dcterms:modified").replace(
        "<rss ", '<rss xmlns:dcterms="http://purl.org/dc/terms/" '
    )
    assert only(tmp_path, changed, "f.xml").published_basis == "updated"


def test_an_atom_entry_that_gives_its_change_only_says_so(tmp_path):
    changed = "<updated>2019-01-02T01:00:00+10:00</updated>"
    entry = "<entry><title>A</title><id>{0}</id>{1}" + changed + "<summary>{2}</summary></entry>"
    declared = entry.format(1, "<published>2017-08-11T01:00:00+10:00</published>", LEDE) + entry.format(2, "", LEDE)
    found = read(tmp_path, f'<feed xmlns="http://www.w3.org/2005/Atom"><title>W</title>{declared}</feed>', "f.atom")
    assert [(d.published, d.published_basis) for d in found] == [("2017-08-11", "metadata"), ("2019-01-02", "updated")]


@pytest.mark.parametrize(
    "data",
    [
        feed("2017-08-11", before=f"<!-- {'a licence '*2000} -->").encode(),
        feed("2017-08-11", before=f"<!-- {'<html> <p> '*20000} -->").encode(),
        b"\xef\xbb\xbf" + feed("2017-08-11").encode(),
        b"\xef\xbb\xbf\r\n" + feed("2017-08-11", before="<!-- x -->").encode(),
        feed("2017-08-11", before='<?xml-stylesheet href="a.xsl"?><!DOCTYPE rss [<!ENTITY a "b">]>').encode(),
        feed("2017-08-11").encode("utf-16"),
    ],
)  # fmt: skip
def test_a_feed_is_known_by_its_root_whatever_stands_before(tmp_path, data):
    found = only(tmp_path, data, "feed")
    assert found.published == "2017-08-11"
    assert LEDE in found.text


def test_a_page_with_a_feed_named_in_a_comment_is_a_page(tmp_path):
    assert LEDE in only(tmp_path, "<!-- our <rss > feed -->\n" + page(), "x").text


def test_xml_that_is_neither_is_refused(tmp_path):
    (found,) = read(tmp_path, '<?xml version="1.0"?><!-- rss --><prices><p1>2</p1></prices>', "x.xml")
    assert isinstance(found, Failure)


def test_what_an_address_gives_keeps_the_charset_that_its_server_declared():
    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "Text/HTML; Charset=Windows-1250")
            self.end_headers()
            self.wfile.write(POLISH.encode("cp1250"))

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.handle_request, daemon=True).start()
        fetched = fetch(f"http://127.0.0.1:{server.server_port}/a", permitted=lambda _: True)
    found = extract_page(fetched.data, fetched.url, charset=charset_of(fetched.media_type))
    assert "Żółkiewski" in found.text
