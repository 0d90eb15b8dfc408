"""Small collections in every form, and the command as a user runs it."""

import gzip
import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_PAIRS = (("Kenya", "Uganda"), ("Chile", "Peru"), ("Russia", "Mongolia"), ("Japan", "India"), ("France", "Italy"))
_ACTS = ("signed a fisheries agreement in", "signed a trade agreement in", "held talks on water in")


def reports(count: int, start: int = 0) -> list[dict[str, object]]:
    """Reports of one sentence, no two alike, with days of publication over some months."""
    rows: list[dict[str, object]] = []
    for n in range(start, start + count):
        a, b = _PAIRS[n % len(_PAIRS)]
        day = f"2019-{n % 4 + 1:02d}-{n % 28 + 1:02d}"
        text = f"{a} and {b} {_ACTS[n // 5 % 3]} city number {n}."
        rows.append({"id": f"r{n:04d}", "title": None, "date": day, "text": text})
    return rows


def copied(row: dict[str, object], words: str) -> dict[str, object]:
    """A report and its copy by another paper, long enough to be recognised as one."""
    text = (
        f"{row['text']} The ministers of both states spoke for two hours behind closed doors, officials of the host "
        "said in a statement on Monday. They will meet again in the spring to look at what was done with the money "
        "that the development bank of the region has lent to the fishermen of the lake and to their families."
    )
    return {**row, "id": f"{row['id']}{words}", "text": f"{words} {text}"}


def write(path: Path, rows) -> Path:
    data = "".join(json.dumps(r) + "\n" for r in rows).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.name.endswith(".gz"):
        data = gzip.compress(data, mtime=0)
    elif path.name.endswith(".zst"):
        from backports import zstd

        data = zstd.compress(data)
    path.write_bytes(data)
    return path


def page(body: str, language: str = "en", size: int = 3000) -> bytes:
    """A page of news of at least so many bytes."""
    html = f"<html lang={language}><head><title>News</title></head><body><article>{body}</article>"
    return (html + "<!--" + " " * max(0, size - len(html)) + "--></body></html>").encode()


def archive(path: Path, pages) -> Path:
    """A web archive of pages, given as address and bytes."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=path.name.endswith(".gz"))
        for url, html in pages:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            record = writer.create_warc_record(url, "response", payload=io.BytesIO(html), http_headers=head)
            writer.write_record(record)
    return path


def run(*words: object, env=None, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "comity.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, env=env)


def until(there: Callable[[], object], seconds: float = 120) -> None:
    """Returns once something is there; what is not there in time is a fault."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, f"not there after {seconds:g} s"
        time.sleep(0.01)


def outputs(out: Path) -> dict[str, bytes]:
    """The coded shards of a folder."""
    found = ((p.relative_to(out), p) for p in sorted(out.rglob("*.parquet")))
    return {str(name): p.read_bytes() for name, p in found if not name.parts[0].startswith(".")}


@pytest.fixture(scope="session")
def mixed(tmp_path_factory) -> Path:
    """A folder of collections: JSON Lines plain, gzip and zstd, Parquet, and a web archive."""
    import duckdb

    folder = tmp_path_factory.mktemp("mixed") / "news"
    write(folder / "a.jsonl", reports(40))
    write(folder / "2019" / "b.jsonl.gz", reports(25, 40))
    write(folder / "2019" / "c.jsonl.zst", reports(5, 65))
    rows = write(folder.parent / "d.jsonl", reports(7, 70))
    duckdb.sql(f"COPY (FROM read_json('{rows}')) TO '{folder / 'd.parquet'}' (FORMAT parquet)")
    story = "<p>{} and {} signed a treaty of friendship in Lima on Monday, the two ministers told reporters.</p>"
    archive(
        folder / "crawl.warc.gz",
        [(f"https://a.example/{a}", page(story.format(a, b) * 2)) for a, b in (("Chile", "Peru"), ("Kenya", "Uganda"))],
    )
    return folder


@pytest.fixture(scope="session")
def coded(tmp_path_factory, mixed) -> Path:
    """These coded by one process."""
    out = tmp_path_factory.mktemp("coded") / "out"
    done = run("code-corpus", mixed, out)
    assert done.returncode == 0, done.stderr
    return out
