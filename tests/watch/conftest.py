"""A server of feeds on this machine, and the commands as a user types them."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from xml.sax.saxutils import escape

import pytest

_ITEM = (
    "<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate><description>Read on.</description></item>"
)
_PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
_PAIRS = (
    ("Kenya", "Uganda"), ("Chile", "Peru"), ("France", "Germany"), ("Japan", "India"), ("Egypt", "Jordan"),
    ("Norway", "Sweden"), ("Brazil", "Argentina"), ("Vietnam", "Laos"), ("Ghana", "Togo"), ("Mexico", "Cuba"),
)  # fmt: skip


@dataclass
class Press:
    """What the server gives: pages and feeds by path, and all that it was asked, in order."""

    pages: dict[str, str] = field(default_factory=dict)
    feeds: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    robots: str | None = "User-agent: *\nDisallow: /closed/\n"
    broken: set[str] = field(default_factory=set)
    retry_after: str | None = None
    asked: list[tuple[str, int]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    port: int = 0
    slow: Event | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def publish(self, feed: str, path: str, title: str, text: str, day: str) -> None:
        self.pages[path] = _PAGE.format(title=escape(title), text=escape(text))
        self.feeds.setdefault(feed, []).insert(0, (path, title, day))

    def paths(self, status: int | None = None) -> list[str]:
        return [p for p, s in self.asked if status is None or s == status]

    def feed(self, path: str) -> str:
        items = "".join(_ITEM.format(title=escape(t), link=self.address + p, day=d) for p, t, d in self.feeds[path])
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Press</title>{items}</channel></rss>'


class _Answers(BaseHTTPRequestHandler):
    press: Press

    def do_GET(self) -> None:
        press = self.press
        press.at_once += 1
        press.most_at_once = max(press.most_at_once, press.at_once)
        try:
            status, kind, body, tag = self._answer()
            if press.slow is not None and status == 200 and self.path in press.pages:
                press.slow.wait(0.15)
            press.asked.append((self.path, status))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if status == 503 and press.retry_after is not None:
                self.send_header("Retry-After", press.retry_after)
            if tag:
                self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the asking process was killed
        finally:
            press.at_once -= 1

    def _answer(self) -> tuple[int, str, bytes, str | None]:
        press = self.press
        if self.path in press.broken:
            return 503, "text/plain", b"later", None
        if self.path == "/robots.txt" and press.robots is not None:
            return 200, "text/plain", press.robots.encode(), None
        if self.path in press.feeds:
            body = press.feed(self.path).encode()
            tag = f'"{len(press.feeds[self.path])}"'
            if self.headers.get("If-None-Match") == tag:
                return 304, "application/rss+xml", b"", tag
            return 200, "application/rss+xml; charset=utf-8", body, tag
        if self.path in press.pages:
            return 200, "text/html; charset=utf-8", press.pages[self.path].encode(), None
        return 404, "text/plain", b"nothing here", None

    def log_message(self, *_: Any) -> None:
        pass


@contextlib.contextmanager
def _printing() -> Iterator[Press]:
    press = Press()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"press": press}))
    press.port = server.server_port
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield press
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def press() -> Iterator[Press]:
    """A server of feeds that has published nothing yet."""
    with _printing() as made:
        yield made


@pytest.fixture
def twenty(press) -> Press:
    """Twenty feeds of two articles each, every article on another day; one article is closed to programs."""
    for n in range(20):
        a, b = _PAIRS[n % len(_PAIRS)]
        feed = f"/feeds/{n:02d}.xml"
        for m, act in enumerate(("signed a fisheries agreement", "held talks on water")):
            text = (
                f"{a} and {b} {act} in city number {n} on Monday. The ministers of the two countries met for the "
                f"{n + 2}th time, officials said, and will meet again in {m + 2} months to see what has come of it."
            )
            press.publish(
                feed,
                f"/a/{n:02d}-{m}.html",
                f"{a} and {b}: day {n}-{m}",
                text,
                f"Mon, {n + 1:02d} May 2023 09:00:00 GMT",
            )
    press.publish(
        "/feeds/00.xml", "/closed/secret.html", "Closed", "Kenya condemned Uganda.", "Mon, 01 May 2023 09:00:00 GMT"
    )
    return press


@pytest.fixture
def plan(tmp_path):
    """Writes a watch list: `plan(press, dyads=[…])`; its file."""

    def write(press: Press, *, dyads: list[list[str]] | None = None, name: str = "watch", **more: Any) -> Path:
        feeds = [press.address + f for f in sorted(press.feeds)]
        rows = [
            f'ledger = "{name}.duckdb"', f"feeds = {feeds}", f"dyads = {dyads or []}",
            "private_addresses = true", "pause_seconds = 0",
            *(f"{k} = {v!r}".replace("True", "true").replace("False", "false") for k, v in more.items()),
        ]  # fmt: skip
        path = tmp_path / f"{name}.toml"
        merged = {r.partition(" =")[0]: r for r in rows}
        path.write_text("\n".join(merged.values()) + "\n", encoding="utf-8")
        return path

    return write


def comity(*words: object, wait: bool = True) -> Any:
    """A command in a process of its own."""
    command = [sys.executable, "-m", "comity.cli", *map(str, words)]
    if not wait:
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ})
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, encoding="utf-8")


@pytest.fixture(scope="session")
def run() -> Any:
    """Runs a command as a user types it."""
    return comity
