"""The local page of a small ledger, asked as a server asks it."""

import asyncio
import csv
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from comity.analysis.open_ledger import OpenLedger
from comity.settings import Settings
from comity.site.app import application
from comity.site.snapshot import Holding


def asked(led: OpenLedger, path: str) -> tuple[int, str]:
    """The status and the text of a page; `path` may have a query."""
    path, _, query = path.partition("?")
    app = application(Holding(led.path, Settings(), warm=False), hosts=["127.0.0.1"])
    sent: list[dict[str, Any]] = []
    before: list[str] = []

    async def receive() -> dict[str, Any]:
        if before:
            await asyncio.Event().wait()  # the asker stays until the answer is whole
        before.append(path)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8000")], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    # a browser of other tests may have a loop of its own in this thread
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:]).decode()


def page(led: OpenLedger, path: str) -> str:
    """A page as HTML, or as what its ending asks for."""
    status, text = asked(led, path)
    assert status == 200, (path, status, text[:300])
    return text


def data(led: OpenLedger, path: str) -> Any:
    """What a page gives as JSON."""
    path, _, query = path.partition("?")
    return json.loads(page(led, f"{path}.json?{query}"))


def rows(led: OpenLedger, path: str) -> list[dict[str, str]]:
    """The rows of a page's table."""
    path, _, query = path.partition("?")
    return list(csv.DictReader(page(led, f"{path}.csv?{query}").splitlines()))
