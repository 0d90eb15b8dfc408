"""An address is fetched only from the public internet: what lies inside a network is refused before connecting."""

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from comity.document.address import fetch, public
from comity.document.document import Failure
from comity.document.inputs import documents
from comity.errors import InputError
from comity.settings import Settings

QUICK = Settings(fetch_seconds=5)
INSIDE = [
    # loopback, private, link-local, shared, reserved, broadcast, multicast, documentation
    "http://127.0.0.1/", "http://127.255.255.254/", "http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/",
    "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://0.0.0.0/",
    "http://0.1.2.3/", "http://255.255.255.255/", "http://224.0.0.1/", "http://240.0.0.1/", "http://192.0.2.1/",
    "http://198.18.0.1/", "http://192.88.99.1/",
    # the same in the other ways of writing a number: decimal, octal, hexadecimal, short, mixed
    "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://0x7f000001/", "http://127.1/",
    "http://127.0.1/", "http://0/", "http://017700000001/", "http://0xa9.0xfe.0xa9.0xfe/", "http://2852039166/",
    # IPv6: loopback, unspecified, local, site-local, mapped, compatible, 6to4, Teredo, NAT64, zones
    "http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fe80::1%25lo]/", "http://[fc00::1]/",
    "http://[fd12:3456::1]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:a00:1]/", "http://[::127.0.0.1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/",
    "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::1]/",
    "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/", "http://[100::1]/", "http://[0:0:0:0:0:ffff:7f00:0001]/",
    # names of this machine, trailing dots, other letters for the same (IDNA)
    "http://localhost/", "http://localhost./", "http://LOCALHOST/", "http://127.0.0.1./", "http://①②⑦.⓪.⓪.①/",
    "http://１２７.0.0.1/", "http://127。0。0。1/", "http://ⓛocalhost/",
    # user names, ports, backslashes, blanks, fragments that hide the host
    "http://example.org@127.0.0.1/", "http://example.org:80@127.0.0.1/", "http://a:b@[::1]:80/",
    "http://127.0.0.1:22/", "http://127.0.0.1:0/", "http://127.0.0.1:99999/", "http://127.0.0.1:80@127.0.0.1/",
    "http://example.org\\@127.0.0.1/", "http://127.0.0.1#@example.org/", "http://127.0.0.1?@example.org/",
    "http:///127.0.0.1/", "http://", "http://[127.0.0.1]/", "http://[::1/", "http://\t127.0.0.1/",
    "http://127.0.0.1%2f@/", "http://" + "a" * 300 + ".example/", "http://..example/", "HTTP://127.0.0.1/",
    # other schemes
    "file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1/", "data://x/,x",
    "jar:http://127.0.0.1!/", "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1:8443/",
]  # fmt: skip


@pytest.fixture
def connections(monkeypatch) -> list[object]:
    """Where anything in this process tried to connect."""
    tried: list[object] = []
    connect = socket.socket.connect

    def watched(self, address):
        tried.append(address)
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    return tried


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_refused_before_connecting(address, connections, monkeypatch):
    # a resolver that knows literal addresses and this machine's own names, and asks nobody
    asked = socket.getaddrinfo

    def resolver(host, port, *words, **more):
        if host in ("localhost", "localhost.") or host.lower() == "localhost":
            host = "127.0.0.1"
        return asked(host, port, *words, **{**more, "flags": socket.AI_NUMERICHOST})

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with pytest.raises(InputError):
        fetch(address, QUICK)
    assert connections == []


def test_there_are_enough_ways_to_try():
    assert len(set(INSIDE)) >= 80


class Answers(BaseHTTPRequestHandler):
    """Redirects to what the path says, serves bombs, and counts what is asked."""

    asked: ClassVar[list[str]] = []
    bodies: ClassVar[dict[str, tuple[bytes, str]]] = {}

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        body, packed = self.bodies.get(self.path, (b"<html><body>hello</body></html>", ""))
        self.send_response(200)
        if packed:
            self.send_header("Content-Encoding", packed)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Answers.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_address[1]}"
        made.shutdown()


def here(address: str) -> bool:
    """What these tests take for the public internet: one address of this machine."""
    return address == "127.0.0.1" or public(address)


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/", "file:///etc/passwd",
     "gopher://127.0.0.1/", "//10.0.0.1/x", "http://0x7f000002/", "http://[::ffff:10.0.0.1]/", "http://127.2/",
     "ftp://127.0.0.1/", "http://127.0.0.1:0/", "http://a@10.0.0.1/", "\\\\10.0.0.1\\x", "javascript:alert(1)"],
)  # fmt: skip
@pytest.mark.parametrize("hops", [1, 3])
def test_each_redirect_is_checked_like_the_first_address(server, connections, target, hops):
    path = f"/to?{target}"
    for _ in range(hops - 1):
        path = f"/to?{server}{path}"
    where = list(connections)
    try:
        found = fetch(server + path, QUICK, here)
    except InputError:
        found = None
    assert found is None or found.url.startswith(server)  # "\\" is a path of the same host
    assert {c[0] for c in connections if c not in where} == {"127.0.0.1"}
    assert all(f"127.0.0.1:{c[1]}" in server for c in connections)


def test_redirects_without_end_are_ended(server):
    loop = "/to?/loop"
    Answers.bodies = {}
    address = server + "/to?" * 8 + loop
    with pytest.raises(InputError, match="redirects"):
        fetch(address, QUICK, here)


def test_a_name_that_changes_its_mind_gains_nothing(server, connections, monkeypatch):
    asked = socket.getaddrinfo
    answers = iter(["127.0.0.1", "10.0.0.1", "10.0.0.1"])
    looked_up = []

    def resolver(host, *words, **more):
        if host == "rebinding.example":
            host = next(answers)
            looked_up.append(host)
        return asked(host, *words, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    port = server.rpartition(":")[2]
    assert b"hello" in fetch(f"http://rebinding.example:{port}/a", QUICK, here).data
    assert looked_up == ["127.0.0.1"]  # one look, and the connection went to what was checked
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        fetch(f"http://rebinding.example:{port}/a", QUICK, here)
    assert {c[0] for c in connections} == {"127.0.0.1"}


def test_one_address_inside_among_public_ones_is_enough_to_refuse(connections, monkeypatch):
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        fetch("http://both.example/", QUICK)
    assert connections == []


def bombs() -> dict[str, tuple[bytes, str]]:
    zeros = gzip.compress(b"\0" * 60_000_000, 9)
    return {
        "/gzip": (zeros, "gzip"),
        "/twice": (gzip.compress(zeros), "gzip, gzip"),
        "/deflate": (zlib.compress(b"\0" * 60_000_000, 9), "deflate"),
        "/plain.gz": (zeros, ""),
        "/twice.gz": (gzip.compress(zeros), ""),
        "/large": (b"a" * 21_000_000, ""),
    }


@pytest.mark.parametrize("path", ["/gzip", "/twice", "/deflate", "/large"])
def test_a_body_that_unpacks_to_more_than_the_limit_is_refused(server, path):
    Answers.bodies = bombs()
    with pytest.raises(InputError, match=r"20,000,000|DecodeError"):
        fetch(server + path, QUICK, here)


@pytest.mark.parametrize("ending", ["txt", "html", "xml", "jsonl", "warc"])
def test_a_file_that_unpacks_to_more_than_the_limit_is_refused(tmp_path, ending):
    start = {
        "txt": b"Peru ", "html": b"<html><body>Peru ", "xml": b"<?xml version='1.0'?><rss version='2.0'>",
        "jsonl": b'{"text": "', "warc": b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 99999999\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    }[ending]  # fmt: skip
    path = tmp_path / f"bomb.{ending}.gz"
    path.write_bytes(gzip.compress(start + b"a" * 60_000_000, 9))
    found = list(documents(path))
    assert [type(f) for f in found] == [Failure]
    assert "20,000,000" in found[0].reason


def test_an_archive_whose_records_lack_their_headers_does_not_end_the_batch(tmp_path):
    bare = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + b"a" * 60
    (tmp_path / "a.warc").write_bytes(bare)
    (tmp_path / "b.txt").write_text("Chile and Peru signed a border treaty in Lima.")
    bad, good = documents(tmp_path)
    assert isinstance(bad, Failure)
    assert not isinstance(good, Failure)


def test_a_packed_file_in_a_packed_file_is_not_unpacked_again(tmp_path):
    path = tmp_path / "nested.txt.gz"
    path.write_bytes(gzip.compress(gzip.compress(b"\0" * 60_000_000)))
    found = list(documents(path))
    assert [type(f) for f in found] == [Failure]


def test_pages_feeds_and_archives_fetch_nothing_that_they_name(tmp_path, server):
    story = "<p>Chile and Peru signed a border treaty in Lima on Thursday, and both welcomed it at length.</p>" * 5
    dtd = f"<!DOCTYPE html [<!ENTITY x SYSTEM '{server}/entity'><!ENTITY % y SYSTEM '{server}/dtd'> %y;]>"
    page = (
        f"<html><head><base href='{server}/base/'><link rel=stylesheet href='{server}/css'>"
        f"<link rel=canonical href='{server}/canonical'><meta http-equiv=refresh content='0;url={server}/refresh'>"
        f"<script src='{server}/js'></script></head><body><img src='{server}/img'><iframe src='{server}/frame'></iframe>"
        f"<article><h1>Treaty</h1>{story}<p>&x;</p></article></body></html>"
    )
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.xhtml").write_text(f"<?xml version='1.0'?>{dtd}{page}")
    (tmp_path / "c.xml").write_text(
        f"<?xml version='1.0'?>{dtd.replace('html', 'rss')}<?xml-stylesheet href='{server}/xsl'?><rss version='2.0'>"
        f"<channel><link>{server}/channel</link><item><link>{server}/item</link><enclosure url='{server}/enclosure'/>"
        f"<description><![CDATA[{story}]]></description></item><item><link>{server}/empty</link></item></channel></rss>"
    )
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nLocation: {server}/location\r\n\r\n{page}"
    (tmp_path / "d.warc").write_text(
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {server}/archived\r\nContent-Length: {len(http)}\r\n\r\n{http}\r\n\r\n",
        newline="",
    )
    found = list(documents(tmp_path))
    assert sum(not isinstance(f, Failure) for f in found) >= 3
    assert Answers.asked == []
