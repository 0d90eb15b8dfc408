"""Hostile pages, feeds and archives, made from seeds, put through every way that Comity takes files in.

`python tests/promises/pages.py --pages 250` makes so many, reads each, and prints the slowest, the largest and every
fault: more than the limits of time and memory, a traceback, a batch that stopped. Nothing here is a real page.
"""

import argparse
import gzip
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from comity.document.document import Document, Failure
from comity.document.inputs import documents
from comity.settings import DEFAULTS

STORY = b"<p>Chile and Peru signed a border treaty in Lima on Thursday, and both governments welcomed it at length.</p>"


def _page(body: bytes, head: bytes = b"<title>Treaty</title>") -> bytes:
    return b"<!DOCTYPE html><html><head>" + head + b"</head><body><article>" + body + b"</article></body></html>"


def _nested(r: random.Random) -> bytes:
    tag = r.choice([b"div", b"span", b"b", b"table><tr><td", b"ul><li", b"blockquote", b"font", b"svg", b"form", b"a"])
    close = b"".join(b"</" + t + b">" for t in reversed(tag.split(b"><")))
    depth = r.choice([300, 3_000, 60_000, 250_000])
    return _page((b"<" + tag + b">") * depth + STORY * 5 + close * depth)


def _unclosed(r: random.Random) -> bytes:
    tag = r.choice(
        [b"p", b"b", b"i", b"table", b"select", b"option", b"script", b"textarea", b"!--", b"![CDATA[", b"a href='"]
    )
    return _page(STORY * 3 + (b"<" + tag + b" ") * r.choice([1_000, 50_000, 300_000]) + STORY)


def _attributes(r: random.Random) -> bytes:
    n = r.choice([1_000, 50_000, 200_000])
    if r.random() < 0.5:
        return _page(b"<div " + b" ".join(b"a%d='%d'" % (i, i) for i in range(n)) + b">" + STORY * 4 + b"</div>")
    return _page(b"<div class='" + b"x " * n * 3 + b"' style='" + b"a:b;" * n + b"'>" + STORY * 4 + b"</div>")


def _entities(r: random.Random) -> bytes:
    levels, wide = r.choice([(9, 10), (20, 4), (3, 1_000)])
    names = [b"<!ENTITY l0 'lol'>"]
    names += [b"<!ENTITY l%d '%s'>" % (i, b"&l%d;" % (i - 1) * wide) for i in range(1, levels)]
    bomb = b"<?xml version='1.0'?><!DOCTYPE html [" + b"".join(names) + b"]>"
    return bomb + b"<html><body>" + STORY * 3 + b"<p>&l%d;</p></body></html>" % (levels - 1)


def _external(r: random.Random) -> bytes:
    where = r.choice([b"file:///etc/passwd", b"http://127.0.0.1:9/x", b"/proc/self/environ", b"expect://id"])
    return (
        b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY x SYSTEM '" + where + b"'><!ENTITY % y SYSTEM '" + where
        + b"'> %y;]><html><head><base href='" + where + b"'></head><body>" + STORY * 3 + b"<p>&x;</p></body></html>"
    )  # fmt: skip


def _references(r: random.Random) -> bytes:
    one = r.choice(
        [b"&#0;", b"&#xD800;", b"&#x110000;", b"&amp", b"&notit;", b"&#999999999999;", b"&" * 10, b"&#x202E;"]
    )
    return _page(STORY * 2 + b"<p>" + one * r.choice([10, 10_000, 200_000]) + b"</p>" + STORY)


def _nuls(r: random.Random) -> bytes:
    data = bytearray(_page(STORY * 20))
    for _ in range(r.choice([1, 50, 1_500])):
        data.insert(r.randrange(len(data)), 0)
    return bytes(data)


def _surrogates(r: random.Random) -> bytes:
    half = r.choice([b"\xed\xa0\x80", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xfe\xff", b"\xef\xbf\xbe"])
    return _page(b"<p>Chile " + half * r.choice([1, 100, 50_000]) + b" and Peru signed.</p>" + STORY * 4)


def _bidirectional(r: random.Random) -> bytes:
    mark = "".join(chr(r.choice([0x202E, 0x202D, 0x2066, 0x2067, 0x200F, 0x061C, 0xFEFF, 0x200B])) for _ in range(50))
    return _page((f"<p>Chile {mark} signed {mark} with Peru.</p>" * r.choice([3, 1_000])).encode() + STORY * 3)


def _combining(r: random.Random) -> bytes:
    return _page(("<p>Chi" + "̵" * r.choice([100, 100_000]) + "le signed.</p>").encode() + STORY * 4)


def _metadata(r: random.Random) -> bytes:
    date = r.choice(
        ["0000-00-00", "9" * 50_000, "2019-13-45", "<script>", "\u202e2019", "1e999", "-1", "20190902T" * 9_000]
    )
    head = (
        f"<title>{'A' * r.choice([0, 10, 500_000])}</title><meta property='article:published_time' content='{date}'>"
        f"<meta name='date' content='{date}'><link rel=canonical href='javascript:alert(1)'>"
        f"<script type='application/ld+json'>{{'@type': ['NewsArticle', {'[' * r.choice([1, 5_000])}, 'datePublished': 3</script>"
    )
    return _page(STORY * 5, head.encode("utf-8", "replace") * r.choice([1, 40]))


def _linked_data(r: random.Random) -> bytes:
    deep = r.choice([10, 900, 60_000])
    nest = b'{"@type":"NewsArticle","author":' * deep + b"null" + b"}" * deep
    return _page(STORY * 5, b"<script type='application/ld+json'>" + nest + b"</script>")


def _tables(r: random.Random) -> bytes:
    rows, columns = r.choice([(20_000, 5), (5, 20_000), (300, 300)])
    row = b"<tr>" + b"<td colspan=99999999 rowspan=99999999>5</td>" * columns + b"</tr>"
    return _page(STORY * 4 + b"<table>" + row * min(rows, 6_000_000 // len(row) + 1) + b"</table>")


def _encodings(r: random.Random) -> bytes:
    said = r.choice([b"utf-8", b"utf-16", b"utf-7", b"shift_jis", b"x-user-defined", b"nonsense" * 500, b"\xff", b"hz"])
    body = b"".join(
        f"<p>Chile and Peru signed a traité à Lima – “borders” {i}.</p>".encode(
            r.choice(["utf-8", "cp1252", "utf-16"]), "replace"
        )
        for i in range(40)
    )
    return _page(body, b"<meta charset='" + said + b"'>")


def _truncated(r: random.Random) -> bytes:
    data = _page("<p>Le traité entre le Pérou – 中国 – и Россия.</p>".encode() * 60 + STORY * 4)
    return data[: r.randrange(len(data) // 2, len(data))]


def _scripts(r: random.Random) -> bytes:
    one = r.choice(
        [b"<script>var a='</p><p>Peru signed';</script>", b"<style>p{}</style>", b"<noscript><p>x</p></noscript>"]
    )
    return _page(STORY * 3 + one * r.choice([2_000, 60_000]) + STORY)


def _links(r: random.Random) -> bytes:
    return _page(STORY * 2 + b"<a href='http://127.0.0.1/x'>Peru signed</a> " * r.choice([2_000, 60_000]))


def _paragraphs(r: random.Random) -> bytes:
    return _page(r.choice([b"<p>Peru.</p>", b"<br>", b"<p>", b"<h1>Peru</h1>", b"<li>Peru", b"\n"]) * 150_000 + STORY)


def _words(r: random.Random) -> bytes:
    return _page(
        b"<p>"
        + r.choice([b"A", b"A ", b"a-", b"A.", b"1,", b"(", b"'", b" \t"]) * r.choice([100_000, 800_000])
        + b"</p>"
        + STORY
    )


def _noise(r: random.Random) -> bytes:
    return b"<html><body>" + r.randbytes(r.choice([100, 20_000, 1_000_000])).replace(b"\0", b"<p>")


def _soup(r: random.Random) -> bytes:
    bits = [
        b"<p>",
        b"</p>",
        b"<div",
        b">",
        b"</",
        b"<!--",
        b"-->",
        b"<table>",
        b"</table>",
        b"'",
        b'"',
        b"=",
        b"&",
        b";",
        STORY,
    ]
    bits += [
        b"<script>",
        b"</script>",
        b"<![CDATA[",
        b"]]>",
        b"<?",
        b"?>",
        b"<svg>",
        b"<math>",
        b"<template>",
        b"Peru signed. ",
    ]
    return b"<html>" + b"".join(r.choice(bits) for _ in range(r.choice([500, 30_000])))


def _frames(r: random.Random) -> bytes:
    return (
        b"<html><frameset><frame src='file:///etc/passwd'><iframe srcdoc='" + STORY * 9 + b"'>" * r.choice([1, 5_000])
    )


PAGES: tuple[Callable[[random.Random], bytes], ...] = (
    _nested, _unclosed, _attributes, _entities, _external, _references, _nuls, _surrogates, _bidirectional, _combining,
    _metadata, _linked_data, _tables, _encodings, _truncated, _scripts, _links, _paragraphs, _words, _noise, _soup,
    _frames,
)  # fmt: skip


def _feed(r: random.Random) -> bytes:
    item = b"<item><title>T</title><link>http://127.0.0.1/a</link><description>" + STORY + b"</description></item>"
    inside = r.choice(
        [
            item * 3,
            item * 3_000,
            b"<item>" * 20_000,
            item + b"<item><title>" + b"&#x202e;" * 10_000 + b"</title>",
            item.replace(b"<p>", b"<![CDATA[<div>" + b"<div>" * 50_000),
            b"<item><description>" + b"&lt;b&gt;" * 100_000 + b"</description></item>",
            item + b"<item><pubDate>Thu, 99 Foo 99999 99:99:99 ZZZ</pubDate><description>Peru</description></item>",
            b"<item><enclosure url='file:///etc/passwd'/><description>\xff\xfe\x00</description></item>",
        ]
    )
    head = r.choice([b"", b"<!DOCTYPE rss [<!ENTITY a '" + b"x" * 1_000 + b"'><!ENTITY b '" + b"&a;" * 9_000 + b"'>]>"])
    cut = r.choice([b"</channel></rss>", b""])
    return b"<?xml version='1.0'?>" + head + b"<rss version='2.0'><channel><title>&b;</title>" + inside + cut


def _warc(r: random.Random) -> bytes:
    page = r.choice(PAGES)(r)[:3_000_000]
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    said = r.choice([len(http), len(http) * 5, 3, -1, 10**18])
    name = r.choice([b"http://127.0.0.1/x", b"file:///etc/passwd", b"\xff\xfe", b"u" * 100_000])
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + name + b"\r\nContent-Length: %d\r\n\r\n" % said
    one = head + http + b"\r\n\r\n"
    return r.choice(
        [one, one * 2, one[: len(one) // 2], b"WARC/1.0\r\n" + b"a: b\r\n" * 50_000, gzip.compress(one, mtime=0)]
    )


def _lines(r: random.Random) -> bytes:
    bad = r.choice(
        [b'{"text": ' + b"[" * 100_000, b'{"text": "\\ud800"}', b'{"text": "a\\u0000b"}', b'{"text": 1e999}', b'{"text"' * 9_000,
         b'{"text": "x", "date": "99999999999"}', b'{"text": "x", "id": {}}', b"\xff\xfe{", b"[1]", b'{"text": "' + b"a" * 3_000_000 + b'"}',
         b'{"id": ' + b"9" * 10_000 + b', "text": "Peru signed a treaty."}', b"null"]
    )  # fmt: skip
    return b'{"text": "Peru and Chile signed a treaty."}\n' + bad + b"\n" + b'{"text": "Kenya and Uganda signed it."}\n'


def _packed(r: random.Random) -> bytes:
    inner = gzip.compress(b"\0" * r.choice([1_000_000, 60_000_000]), 9, mtime=0)
    return r.choice(
        [
            inner,
            gzip.compress(inner, mtime=0),
            gzip.compress(gzip.compress(gzip.compress(b"Peru signed.", mtime=0), mtime=0), mtime=0),
            inner[: len(inner) // 2],
            gzip.compress(b"<html>" + STORY * 400_000, mtime=0),
            b"\x1f\x8b" + r.randbytes(5_000),
            b"\x28\xb5\x2f\xfd" + r.randbytes(100),
        ]
    )


KINDS = (*((g, "html") for g in PAGES), (_feed, "xml"), (_warc, "warc"), (_lines, "jsonl"), (_packed, "txt.gz"))


@dataclass
class Tally:
    """What came of the pages."""

    read: int = 0
    refused: int = 0
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")
    faults: list[str] | None = None

    def __str__(self) -> str:
        return (
            f"{self.read} documents read, {self.refused} refusals; the slowest {self.slowest[0]:.1f} s "
            f"({self.slowest[1]}), the most memory {self.largest[0] / 1e6:.0f} MB ({self.largest[1]}); "
            f"{len(self.faults or [])} faults"
        )


class Peak:
    """The most memory that the children of this process hold while it is at work, in bytes, from /proc."""

    def __init__(self) -> None:
        self.most, self._over = 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
        while not self._over.wait(0.02):
            try:
                children = own.read_text().split()
                pages = [int(Path(f"/proc/{c}/statm").read_text().split()[1]) for c in children]
            except (OSError, IndexError, ValueError):
                continue
            self.most = max([self.most, *(p * os.sysconf("SC_PAGE_SIZE") for p in pages)])


def made(count: int, seed: int) -> list[tuple[str, bytes]]:
    """So many files, of each kind in turn, with their names."""
    out = []
    for n in range(count):
        make, ending = KINDS[n % len(KINDS)]
        out.append((f"{n:04}{make.__name__}.{ending}", make(random.Random(f"{seed}-{n}"))))
    return out


WHOLE_SECONDS = 10.0
"""How long a page may take in all on a machine at rest, the start of the next process included."""


def run(count: int, seed: int, folder: Path, *, every: int = 1) -> Tally:
    """Reads every file, or one in so many."""
    tally = Tally(faults=[])
    assert tally.faults is not None
    for name, data in made(count, seed)[::every]:
        path = folder / name
        path.write_bytes(data)
        with Peak() as peak:
            began = time.monotonic()
            try:
                found = list(documents(path))
            except Exception as error:  # whatever comes out is the fault
                tally.faults.append(f"{name}: {type(error).__name__}: {error}")
                continue
            took = time.monotonic() - began
        pages = max(1, len(found))
        tally.slowest = max(tally.slowest, (took / pages, name))
        tally.largest = max(tally.largest, (peak.most, name))
        tally.faults += _faults(name, found, took / pages, peak.most)
        tally.read += sum(isinstance(f, Document) for f in found)
        tally.refused += sum(isinstance(f, Failure) for f in found)
    return tally


def _faults(name: str, found: list[Document | Failure], took: float, most: int) -> list[str]:
    out = []
    if not found:
        out.append(f"{name}: neither an answer nor a refusal")
    # starting the next process after one was ended is no part of a page's time, but is of the user's
    if took > DEFAULTS.extraction_seconds + 3:
        out.append(f"{name}: took {took:.1f} s")
    if most > DEFAULTS.extraction_bytes:
        out.append(f"{name}: took {most / 1e6:.0f} MB")
    for f in found:
        if isinstance(f, Failure) and ("Traceback" in f.reason or "\n" in f.reason or not f.reason):
            out.append(f"{name}: says {f.reason[:100]!r}")
        if isinstance(f, Document):
            try:
                f.text.encode("utf-8")
            except UnicodeEncodeError:
                out.append(f"{name}: gave half a character")
            if "\0" in f.text:
                out.append(f"{name}: gave a NUL")
            if "root:" in f.text:
                out.append(f"{name}: read a file of the machine")
    return out


def main() -> None:
    """Reads so many hostile files and says what came of them; exit code 1 where there was a fault."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pages", type=int, default=250)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(given.pages, given.seed, Path(folder))
    print(tally)
    for fault in tally.faults or []:
        print(fault)
    slow = tally.slowest[0] > WHOLE_SECONDS
    if slow:
        print(f"{tally.slowest[1]}: took {tally.slowest[0]:.1f} s with the start of the next process")
    sys.exit(1 if tally.faults or slow else 0)


if __name__ == "__main__":
    main()
