"""Speed of the local page on a synthetic ledger, measured over its socket as a browser would request it."""

import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from comity.bench import synthesis
from comity.errors import LedgerError
from comity.ledger import grouping, ingest
from comity.ledger.ledger import Ledger
from comity.ledger.store import Writer

_ON = "on=2020-01-01"
_OWN = re.compile(r'(?:src|href)="(/static/[^"]+\.(?:js|css|svg))"')
_IMPORTED = re.compile(r'from "\./([a-z]+\.js)"|import "\./([a-z]+\.js)"')
_PAIRS = """SELECT block, count(*) AS n FROM statement WHERE block LIKE '___ ___'
            GROUP BY block ORDER BY n DESC, block"""
_SEARCHES: tuple[tuple[str, bool, dict[str, str]], ...] = (
    ("w17", False, {}),
    ("fisheries", False, {}),
    ("fisheries w17 w18", False, {}),
    ('"held talks with"', False, {}),
    ("criticised", False, {"order": "newest"}),
    ("fish*", False, {}),
    ("customs", True, {}),
    ("customs w17", True, {"from": "2015", "to": "2016-06"}),
    ('"sent help to"', True, {"in": "quotes"}),
    ("criticised", False, {"in": "quotes"}),
    ("nothing", False, {}),
)
"""Words, whether restricted to the dyad with most statements, and further parameters."""
LIMITS: dict[str, tuple[float, str]] = {
    "first bytes": (300, "ms"),
    "weight": (600, "KB"),
    "drawer": (100, "ms"),
    "search": (300, "ms"),
}
"""The limits of the page on two states: its first bytes on the first request, everything loaded by the page with most
statements, its drawer at the 95th percentile, and the slowest search."""
_DRAWERS = 30
_TIMES = 5
_REST = 0.05


def measure_page(limit: int, ledger: Path | None = None) -> Iterator[str]:
    """Lines of figures on a synthetic ledger of `limit` documents, or on an existing ledger."""
    with TemporaryDirectory() as folder:
        path = ledger or _made(Path(folder) / "synthetic.duckdb", limit)
        with Ledger(path) as opened:
            pairs = opened.rows(_PAIRS, [])
            documents = opened.counts()["documents"]
        (hot, most), (usual, few) = pairs[0], pairs[len(pairs) // 2]
        yield f"page: {documents:,} documents; {hot} with {most:,} statements, {usual} with {few:,}"
        with _served(path) as (port, server):
            worst: dict[str, float] = {}
            yield from _asked(port, server, hot, usual, worst)
        yield from verdicts(worst)


def verdicts(worst: Mapping[str, float]) -> Iterator[str]:
    """A line for each limit: the measurement, the limit, and whether it is met.

    >>> list(verdicts({"first bytes": 23.4, "search": 412.0}))[:2]
    ['page: first bytes 23 ms, limit 300 ms: met', 'page: weight not measured, limit 600 KB']
    >>> list(verdicts({"search": 412.0}))[-1]
    'page: search 412 ms, limit 300 ms: not met'
    """
    for name, (most, unit) in LIMITS.items():
        if name not in worst:
            yield f"page: {name} not measured, limit {most:g} {unit}"
            continue
        met = "met" if worst[name] <= most else "not met"
        yield f"page: {name} {worst[name]:.0f} {unit}, limit {most:g} {unit}: {met}"


def _made(path: Path, limit: int) -> Path:
    writer = Writer(path)
    try:
        for at in range(0, limit, 500):
            readings = list(synthesis.documents(min(500, limit - at), start=at))
            ingest.store(writer, ingest.Batch(readings=[(d, r) for d, r in readings]))
        grouping.keep(writer)
        writer.publish()
    finally:
        writer.close()
    return path


def _asked(port: int, server: int, hot: str, usual: str, worst: dict[str, float]) -> Iterator[str]:
    def address(block: str) -> str:
        return f"/dyad/{block.replace(' ', '/')}?{_ON}"

    for block, which in ((hot, "the dyad with most statements"), (usual, "a typical dyad")):
        first, whole, text = _timed(port, address(block))
        worst["first bytes"] = max(worst.get("first bytes", 0.0), first * 1000)
        yield f"page: {which}, first request: first bytes {first * 1000:.0f} ms, whole {whole * 1000:.0f} ms"
        _rested(server)
        times = [_timed(port, address(block)) for _ in range(_TIMES)]
        first, whole = median(t[0] for t in times), median(t[1] for t in times)
        yield f"page: {which}, second request: first bytes {first * 1000:.0f} ms, whole {whole * 1000:.0f} ms"
        if block == hot:
            weight, own = _weight(port, text) / 1000, len(text.encode()) / 1000
            worst["weight"] = weight
            yield f"page: {weight:.0f} KB with everything that it loads, without fonts ({own:.0f} KB of its own)"
            facts = list(dict.fromkeys(re.findall(r'data-fact="([^"]+)"', text)))[:_DRAWERS]
            before = _processor(server)
            drawers = sorted(_timed(port, f"/fact/{f}?part=drawer")[1] for f in facts)
            spent = (_processor(server) - before) / max(1, len(drawers))
            if drawers:
                late = drawers[int(len(drawers) * 0.95)]
                worst["drawer"] = late * 1000
                yield (
                    f"page: drawer {median(drawers) * 1000:.0f} ms median, {late * 1000:.0f} ms at the 95th "
                    f"percentile of {len(drawers)}, each opened for the first time, {spent * 1000:.0f} ms of CPU time"
                )
    yield from _searched(port, server, hot, worst)
    waiting = os.getloadavg()[0]
    yield f"page: {waiting:.1f} processes waiting for {os.cpu_count()} processors"


def _searched(port: int, server: int, hot: str, worst: dict[str, float]) -> Iterator[str]:
    """How long a search takes once the index of words is built, each query for the first time."""
    start = time.perf_counter()
    while json.loads(_timed(port, "/search.json?words=w1")[2])["notes"]:
        time.sleep(_REST)
    waited = time.perf_counter() - start
    one, other = hot.split()
    states = [("state", one), ("state", other)]
    found = []
    for words, dyad, more in _SEARCHES:
        query = urlencode([("words", words), *(states if dyad else ()), *more.items()])
        before = _processor(server)
        seconds = _timed(port, f"/search?{query}")[1]
        spent = _processor(server) - before
        count = json.loads(_timed(port, f"/search.json?{query}")[2])["reports"]
        found.append((seconds, spent, f"{query}: {count:,} reports"))
    found.sort()
    worst["search"] = found[-1][0] * 1000
    yield (
        f"page: search {median(f[0] for f in found) * 1000:.0f} ms median of {len(found)} queries, "
        f"{found[-1][0] * 1000:.0f} ms slowest ({found[-1][2]}), at most {max(f[1] for f in found) * 1000:.0f} ms "
        f"of CPU time; waited {waited:.0f} s for the index of words"
    )


def _processor(server: int) -> float:
    """Seconds of CPU time used by the server; zero if the system does not report it."""
    status = Path(f"/proc/{server}/stat")
    if not status.is_file():
        return 0.0
    fields = status.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _rested(server: int) -> None:
    """Waits until the server has finished its own preparations, a minute at most."""
    for _ in range(60):
        before = _processor(server)
        time.sleep(1)
        if _processor(server) - before < _REST:
            return


def _timed(port: int, path: str) -> tuple[float, float, str]:
    """Seconds to the first byte of the body, to the last, and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        start = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        head = answer.read(1)
        first = time.perf_counter() - start
        body = head + answer.read()
        whole = time.perf_counter() - start
        if answer.status != http.client.OK:
            raise LedgerError(f"{path} was answered with {answer.status}")
        return first, whole, body.decode("utf-8")
    finally:
        connection.close()


def _weight(port: int, text: str) -> int:
    """Bytes of a page with its style sheets and scripts, and the modules that these import."""
    waiting, seen, total = list(dict.fromkeys(_OWN.findall(text))), set[str](), len(text.encode())
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        body = _timed(port, path)[2]
        total += len(body.encode())
        waiting += [f"/static/{a or b}" for a, b in _IMPORTED.findall(body)] if path.endswith(".js") else []
    return total


@contextlib.contextmanager
def _served(path: Path) -> Iterator[tuple[int, int]]:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = int(trial.getsockname()[1])
    command = [sys.executable, "-m", "comity.cli", "serve", str(path), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)  # noqa: S603 - our own program
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                _timed(port, "/static/site.css")
                break
            time.sleep(0.05)
        else:
            raise LedgerError(f"{path}: the page did not start")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)
