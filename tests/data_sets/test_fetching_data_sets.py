"""`comity import KIND --fetch`: from the provider's own address, resumed, checked, kept; nothing unless asked."""

import hashlib
import io
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from comity.data_sets.catalogue import data_sets
from comity.data_sets.provider import Kept, Provided, cache_folder, provided, provider, table_of, take
from comity.document.address import public
from comity.errors import InputError
from comity.settings import DEFAULTS, Settings

SAMPLES = Path(__file__).parent / "samples"
STATES = (SAMPLES / "cow_states.csv").read_bytes()


def packed(**tables: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in tables.items():
            archive.writestr(f"folder/{name}", data)
    return out.getvalue()


class Provider(BaseHTTPRequestHandler):
    """Gives one body at every address, with ranges; breaks off after `most` bytes; as a proxy, takes any host."""

    body: ClassVar[bytes] = b""
    etag: ClassVar[str] = '"one"'
    status: ClassVar[int] = 200
    most: ClassVar[int | None] = None
    heedless: ClassVar[bool] = False
    asked: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:
        span = self.headers.get("Range")
        type(self).asked.append((self.path, span))
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        start = 0
        if span and (self.heedless or self.headers.get("If-Range") == self.etag):
            start = int(span.removeprefix("bytes=").rstrip("-"))
            if start >= len(self.body):
                self.send_response(416)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(self.body) - 1}/{len(self.body)}")
        else:
            self.send_response(self.status)
        self.send_header("ETag", self.etag)
        self.send_header("Content-Length", str(len(self.body) - start))
        self.end_headers()
        self.wfile.write(self.body[start:] if self.most is None else self.body[start : start + self.most])

    def do_CONNECT(self) -> None:
        type(self).asked.append((self.path, self.headers.get("Proxy-Authorization")))
        self.send_error(502)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Provider.body, Provider.etag, Provider.status, Provider.most = STATES, '"one"', 200, None
    Provider.heedless, Provider.asked = False, []
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_address[1]}"
        made.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def here(address: str) -> bool:
    """What these tests take for the public internet: one address of this machine."""
    return address == "127.0.0.1" or public(address)


def at(server: str, **more: object) -> Provided:
    made = replace(provider("cow_states"), address=f"{server}/states2016.csv")
    return replace(made, **more)


def taken(wanted: Provided, folder: Path, settings: Settings = DEFAULTS) -> tuple[Kept, list[str]]:
    messages: list[str] = []
    return take(wanted, folder, settings, permitted=here, notify=messages.append), messages


def broken_off(server: str, folder: Path, most: int = 100) -> Path:
    Provider.most = most
    with pytest.raises(InputError, match=f"{most} bytes are kept in .*states2016.csv.part"):
        taken(at(server), folder)
    Provider.most = None
    part = folder / "cow_states" / "2016" / "states2016.csv.part"
    assert part.read_bytes() == STATES[:most]
    return part


def test_a_file_is_fetched_whole_and_then_taken_from_the_cache(server, tmp_path):
    kept, _ = taken(at(server), tmp_path)
    assert kept.path.read_bytes() == STATES
    assert (kept.size, kept.sha256) == (len(STATES), hashlib.sha256(STATES).hexdigest())
    again, messages = taken(at(server), tmp_path)
    assert (kept.fetched, again.fetched, again.path) == (True, False, kept.path)
    assert "cached" in messages[0]
    assert len(Provider.asked) == 1


def test_a_kept_file_that_somebody_changed_is_fetched_anew(server, tmp_path):
    kept, _ = taken(at(server), tmp_path)
    kept.path.write_bytes(STATES[:-1])
    again, messages = taken(at(server), tmp_path)
    assert again.fetched
    assert "downloading again" in messages[0]
    assert again.path.read_bytes() == STATES


def test_a_download_that_broke_off_goes_on_where_it_was(server, tmp_path):
    part = broken_off(server, tmp_path)
    kept, messages = taken(at(server), tmp_path)
    assert kept.path.read_bytes() == STATES
    assert Provider.asked[-1][1] == "bytes=100-"
    assert "resuming after 100 bytes" in messages[0]
    assert not part.exists()


def test_it_breaks_off_and_goes_on_as_often_as_need_be(server, tmp_path):
    Provider.most = 60
    for _ in range(len(STATES) // 60):
        with pytest.raises(InputError, match="the same command resumes"):
            taken(at(server), tmp_path)
    kept, _ = taken(at(server), tmp_path)
    assert kept.path.read_bytes() == STATES


@pytest.mark.parametrize("heedless", [False, True])
def test_a_file_that_changed_in_between_is_begun_anew(server, tmp_path, heedless):
    broken_off(server, tmp_path)
    # a provider may also give the rest of another file, without heeding the condition
    Provider.body, Provider.etag, Provider.heedless = STATES.replace(b"Mongolia", b"Mongolie"), '"two"', heedless
    kept, messages = taken(at(server), tmp_path)
    assert kept.path.read_bytes() == Provider.body
    assert "starting again" in messages[0]


def test_a_part_that_is_longer_than_the_file_now_is_begun_anew(server, tmp_path):
    broken_off(server, tmp_path)
    Provider.body = STATES[:50]
    Provider.heedless = True
    assert taken(at(server), tmp_path)[0].path.read_bytes() == STATES[:50]


def test_a_part_without_a_tag_that_vouches_for_its_bytes_is_not_gone_on_with(server, tmp_path):
    Provider.etag = 'W/"weak"'
    broken_off(server, tmp_path)
    assert taken(at(server), tmp_path)[0].path.read_bytes() == STATES
    assert Provider.asked[-1][1] is None


def test_checksum_and_size_are_those_of_the_table(server, tmp_path):
    right = hashlib.sha256(STATES).hexdigest()
    assert taken(at(server, sha256=right, size=len(STATES)), tmp_path / "right")[0].sha256 == right
    for wrong, why in (({"sha256": "0" * 64}, "SHA-256"), ({"size": 7}, "not 7")):
        with pytest.raises(InputError, match=why) as refused:
            taken(at(server, **wrong), tmp_path / why)
        assert "state-system-membership" in str(refused.value)
        assert not list((tmp_path / why).rglob("*.csv*t"))  # neither the file nor its part


def test_a_file_larger_than_the_limit_is_refused_before_it_is_received(server, tmp_path):
    small = Settings(data_set_bytes=100)
    with pytest.raises(InputError, match="larger than 100 bytes"):
        taken(at(server), tmp_path, small)
    assert not list(tmp_path.rglob("*.part"))


def test_a_download_that_takes_too_long_is_ended(server, tmp_path):
    with pytest.raises(InputError, match="took more than 0 s"):
        taken(at(server), tmp_path, Settings(data_set_seconds=0))


def test_a_table_that_unpacks_to_more_than_the_limit_is_refused(server, tmp_path):
    Provider.body = packed(**{"contdir.csv": b"0" * 1_000_000})
    wanted = replace(provider("cow_contiguity"), address=f"{server}/x.zip")
    kept, _ = taken(wanted, tmp_path)
    with pytest.raises(InputError, match="larger than 100,000 bytes"):
        table_of(kept, wanted, Settings(data_set_bytes=100_000))
    assert not list(tmp_path.rglob("*.csv*"))


def test_the_table_of_an_archive_that_is_read_is_unpacked(server, tmp_path):
    rows = (SAMPLES / "cow_contiguity.csv").read_bytes()
    Provider.body = packed(**{"contdird.csv": b"other", "contdir.csv": rows, "codebook.pdf": b"%PDF"})
    wanted = replace(provider("cow_contiguity"), address=f"{server}/x.zip")
    kept, _ = taken(wanted, tmp_path)
    assert table_of(kept, wanted).read_bytes() == rows
    with pytest.raises(InputError, match=r"contains no other\.csv, but contdird\.csv"):
        table_of(kept, replace(wanted, member="other.csv"))


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><p>Log in</p>", b"\n<html><p>Gone</p>", b"not a zip"])
def test_a_page_in_place_of_the_file_is_reported(server, tmp_path, body):
    Provider.body = body
    with pytest.raises(InputError, match=r"is a web page|is not a zip"):
        taken(at(server, file="set.zip"), tmp_path)


@pytest.mark.parametrize(("status", "why"), [(404, "404"), (403, "403; it may now require an account"), (500, "500")])
def test_what_the_provider_refuses_is_reported(server, tmp_path, status, why):
    Provider.status = status
    with pytest.raises(InputError, match=why):
        taken(at(server), tmp_path)


def test_private_addresses_are_refused_also_after_a_redirect_and_behind_a_proxy(server, tmp_path, monkeypatch):
    with pytest.raises(InputError, match="not on the public internet"):
        take(at(server), tmp_path)
    with pytest.raises(InputError, match=r"10\.0\.0\.1"):
        taken(at(server, address=f"{server}/to?http://10.0.0.1/x"), tmp_path)
    assert len(Provider.asked) == 1
    monkeypatch.setenv("HTTP_PROXY", server)
    with pytest.raises(InputError, match=r"169\.254\.169\.254"):
        take(at(server, address="http://169.254.169.254/latest"), tmp_path)
    assert len(Provider.asked) == 1


def test_an_encrypted_address_is_asked_for_through_a_tunnel_unless_the_host_is_excepted(server, tmp_path, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", server.replace("//", "//user:word@"))
    with pytest.raises(InputError, match="could not be fetched"):
        taken(provider("cow_states"), tmp_path)
    assert Provider.asked == [("correlatesofwar.org:443", "Basic dXNlcjp3b3Jk")]
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    assert taken(at(server), tmp_path)[0].path.read_bytes() == STATES
    monkeypatch.setenv("HTTPS_PROXY", "socks5://127.0.0.1:9")
    with pytest.raises(InputError, match="socks5 is neither http nor https"):
        taken(provider("cow_states"), tmp_path / "other")


def test_two_at_once_do_not_write_the_same_part(server, tmp_path):
    import fcntl

    place = tmp_path / "cow_states" / "2016"
    place.mkdir(parents=True)
    with (place / "states2016.csv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="by another process"):
            taken(at(server), tmp_path)


def command(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")} | more
    return subprocess.run(
        [sys.executable, "-m", "comity.cli", *words],
        check=False, capture_output=True, text=True, timeout=120, env=environment,
    )  # fmt: skip


def test_the_command_shows_the_terms_fetches_through_the_proxy_imports_and_keeps(server, tmp_path):
    Provider.body = packed(
        **{"atop5_1m.csv": b"x,y\n1,2\n", "atop5_1ddyr.csv": (SAMPLES / "atop_ddyr.csv").read_bytes()}
    )
    ledger, cache = str(tmp_path / "led"), str(tmp_path / "cache")
    done = command("import", ledger, "ATOP", "--fetch", COMITY_CACHE=cache, HTTP_PROXY=server)
    assert done.returncode == 0, done.stderr
    assert Provider.asked == [(provider("atop").address, None)]  # the proxy was asked for the whole address
    shown = done.stderr
    order = [
        shown.index(w) for w in ("licence: free for research", "cite: Leeds", "address: http://www.atop", "fetched:")
    ]
    assert order == sorted(order)
    assert hashlib.sha256(Provider.body).hexdigest() in shown
    assert "observations added" in shown
    again = command("import", ledger, "atop", "--fetch", COMITY_CACHE=cache)
    assert again.returncode == 0, again.stderr
    assert "cached" in again.stderr
    assert " 0 observations added" in again.stderr
    assert len(Provider.asked) == 1


def test_a_set_with_a_file_a_day_is_fetched_by_its_day(server, tmp_path):
    Provider.body = packed(**{"20230105.export.CSV": (SAMPLES / "gdelt1.tsv").read_bytes()})
    words = ("import", str(tmp_path / "led"), "gdelt", "--fetch", "--version", "1.0")
    done = command(*words, COMITY_CACHE=str(tmp_path), HTTP_PROXY=server)
    assert (done.returncode, Provider.asked) == (2, [])
    assert "--day" in done.stderr
    done = command(*words, "--day", "2023-01-05", COMITY_CACHE=str(tmp_path), HTTP_PROXY=server)
    assert done.returncode == 0, done.stderr
    assert Provider.asked[0][0] == "http://data.gdeltproject.org/events/20230105.export.CSV.zip"
    done = command("import", str(tmp_path / "led"), "gdelt", "--fetch", "--version", "1.0", "--day", "yesterday")
    assert (done.returncode, "is not a date" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("acled", ("myACLED account", "https://acleddata.com/", "export the events as CSV")),
        ("comtrade", ("UN Comtrade account", "https://comtradeplus.un.org/")),
        ("icews", ("no public address", "https://doi.org/10.7910/DVN/28075")),
    ],
)
def test_what_needs_an_account_or_has_no_address_is_reported_with_the_way_and_leaves_nothing(tmp_path, kind, words):
    done = command("import", str(tmp_path / "led"), kind, "--fetch", COMITY_CACHE=str(tmp_path / "cache"))
    assert done.returncode == 2
    assert all(w in done.stderr for w in words)
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_breaks_off_ends_with_1_and_leaves_its_part_and_no_ledger(server, tmp_path):
    Provider.body, Provider.most = packed(**{"atop5_1ddyr.csv": (SAMPLES / "atop_ddyr.csv").read_bytes()}), 50
    done = command("import", str(tmp_path / "led"), "atop", "--fetch", COMITY_CACHE=str(tmp_path), HTTP_PROXY=server)
    assert done.returncode == 1
    assert "50 bytes are kept in" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "led").exists()


def test_nothing_is_fetched_unless_asked(server, tmp_path):
    for words in (("--version", "5.1"), ("--day", "2023-01-05")):
        done = command("import", str(tmp_path / "led"), "atop", *words, COMITY_CACHE=str(tmp_path), HTTP_PROXY=server)
        assert done.returncode == 2
    both = command("import", str(tmp_path / "led"), "atop", str(SAMPLES / "atop.csv"), "--fetch", HTTP_PROXY=server)
    assert both.returncode == 2
    done = command("import", str(tmp_path / "led"), "atop", str(SAMPLES / "atop.csv"), HTTP_PROXY=server)
    assert done.returncode == 0, done.stderr
    assert Provider.asked == []


def test_an_unknown_version_or_kind_is_refused(tmp_path):
    done = command("import", str(tmp_path / "led"), "atop", "--fetch", "--version", "9", COMITY_CACHE=str(tmp_path))
    assert done.returncode == 2
    assert "atop 9 has no public address from which to fetch it; available are 5.1 (http" in done.stderr
    done = command("import", str(tmp_path / "led"), "vdem", "--fetch", COMITY_CACHE=str(tmp_path))
    assert (done.returncode, "not a kind of data set" in done.stderr) == (1, True)


def test_every_kind_is_in_the_table_with_an_address_or_a_way():
    assert {p.kind for p in provided()} == set(data_sets())
    for p in provided():
        assert p.page.startswith(("https://", "http://"))
        assert not p.address or p.address.startswith(("https://", "http://"))
        assert "@" not in p.address
        assert p.refused is None or p.page in p.refused
    assert len({(p.kind, p.version) for p in provided()}) == len(provided())


def test_the_cache_lies_where_the_user_says_or_where_the_system_keeps_caches(monkeypatch, tmp_path):
    monkeypatch.setenv("COMITY_CACHE", str(tmp_path))
    assert cache_folder() == tmp_path
    monkeypatch.delenv("COMITY_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert cache_folder() == tmp_path / "xdg" / "comity"
