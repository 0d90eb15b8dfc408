"""A running server of the site and a browser; where this machine has no browser, what needs one is left out."""

import contextlib
import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import comity

REPORTS = Path(__file__).parent.parent / "ledger" / "reports"
TOKEN = "a token for the tests"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Answer:
    """What came back over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A server on a port of this machine, asked by plain sockets."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            named = {k.replace("_", "-"): v for k, v in (headers or {}).items()}
            connection.request(method, path, body=body, headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def post(self, path: str, body: str, kind: str = "application/x-www-form-urlencoded", **headers: str) -> Answer:
        return self.ask("POST", path, body.encode(), {"content-type": kind, **headers})


@contextlib.contextmanager
def serving(ledger: Path | None, *more: str) -> Iterator[Server]:
    """The server as a user starts it, ended by its id."""
    command = [sys.executable, "-m", "comity.cli", "serve", *([str(ledger)] if ledger else []), "--port", "0", *more]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ}) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline().decode()  # once it has its port, or the reason why it has none
            found = re.search(r":(\d+)/ ", said)
            assert found, said + process.stderr.read().decode()
            # it queues what is asked of it until it answers
            yield Server(int(found[1]), process)
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def asia(tmp_path_factory) -> Path:
    """A ledger of the treaty of 2019 with what went before, and of the eight reports of its signing."""
    path = tmp_path_factory.mktemp("site") / "asia.duckdb"
    with comity.open(path) as led:
        led.add([REPORTS / "four.jsonl", REPORTS / "eight.jsonl"])
    return path


@pytest.fixture(scope="session")
def mongolia(tmp_path_factory) -> Path:
    """A ledger of the four reports on the treaty of 2019 and what went before."""
    path = tmp_path_factory.mktemp("site") / "mongolia.duckdb"
    with comity.open(path) as led:
        led.add(REPORTS / "four.jsonl")
    return path


@pytest.fixture(scope="session")
def site(asia) -> Iterator[Server]:
    """That ledger served, without a token."""
    with serving(asia) as server:
        yield server


@pytest.fixture
def own_site(asia, tmp_path) -> Iterator[Server]:
    """A copy of it that a test may judge, served with a token."""
    path = tmp_path / "own.duckdb"
    path.write_bytes(asia.read_bytes())
    with serving(path, "--token", TOKEN) as server:
        yield server


@pytest.fixture(scope="session")
def serve() -> Any:
    """Starts a server: `with serve(ledger, "--token", …) as server`."""
    return serving


@pytest.fixture(scope="session")
def token() -> str:
    """The token of the servers that have one."""
    return TOKEN


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by playwright."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; install it (apt-get install chromium) to drive the pages")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


def _serious(page) -> list[str]:
    # the policy of the page forbids a script put into it: axe comes in over the debugger, as axe's own drivers do it
    axe = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
    found = page.evaluate(axe + "; axe.run(document, {resultTypes: ['violations']})")
    serious = [v for v in found["violations"] if v["impact"] in {"serious", "critical"}]
    return [f"{v['id']}: {n['target']}" for v in serious for n in v["nodes"]]


@pytest.fixture(scope="session")
def faults() -> Any:
    """Gives what axe finds of serious or critical impact on a page."""
    return _serious
