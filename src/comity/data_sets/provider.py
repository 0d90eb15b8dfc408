"""Data sets from their providers' own addresses: fetched on request, resumed, and cached in a folder.

The addresses are in `data_set_addresses.csv`. A file without size and checksum there changes at its provider, or they
are unknown; the download is then checked against the server's headers.
"""

import hashlib
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from comity.data_sets.data_set import release
from comity.document.address import Deadline, asked, public, redirected
from comity.errors import InputError, TableError
from comity.knowledge.states import rows as table_rows
from comity.settings import DEFAULTS, Settings

_DAY = "{day}"
_PART = 1 << 16
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_DENIED = {401, 402, 403, 407}


@dataclass(frozen=True, slots=True)
class Provided:
    """A release at its provider: `address` is empty if it is not public, and `way` then says what to do.

    `member` is the table to read from an archive (`a|b`: the first that exists); `account` says whether one is needed
    and how to get it. `{day}` in the address is a day, for data sets with one file per day.
    """

    kind: str
    version: str
    address: str
    file: str
    page: str
    member: str = ""
    size: int | None = None
    sha256: str = ""
    account: str = ""
    way: str = ""
    licence: str = ""

    @property
    def name(self) -> str:
        """Kind and version, in words."""
        return f"{self.kind} {self.version}"

    @property
    def refused(self) -> str | None:
        """Why it cannot be fetched and what to do, null if it can."""
        if self.account:
            return f"{self.name} {self.account}; {self.way} ({self.page})"
        if not self.address:
            return f"{self.name} has no public address from which to fetch it; {self.way} ({self.page})"
        if _DAY in self.address:
            return f"{self.name} has one file per day; choose one, such as --day 2023-01-05 ({self.page})"
        return None

    def on(self, day: str) -> "Provided":
        """The file of a day (ISO 8601). Raises `InputError` if there is none."""
        if _DAY not in self.address:
            raise InputError(f"{self.name} does not have one file per day; leave out --day")
        try:
            date_in_name = date.fromisoformat(day).strftime("%Y%m%d")
        except ValueError as error:
            raise InputError(f"{day!r} is not a date; write it as 2023-01-05") from error
        return replace(
            self, address=self.address.replace(_DAY, date_in_name), file=self.file.replace(_DAY, date_in_name)
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the cache, its size in bytes and SHA-256; `fetched` is false if it was already there."""

    path: Path
    size: int
    sha256: str
    fetched: bool


@cache
def provided() -> tuple[Provided, ...]:
    """All releases in the table, in its order."""
    return tuple(_provided(n, r) for n, r in enumerate(table_rows("data_set_addresses.csv"), 2))


def _provided(number: int, r: Mapping[str, str]) -> Provided:
    provided = Provided(**{**r, "size": int(r["size"]) if r["size"] else None})  # type: ignore[arg-type]
    if (
        bool(provided.address) == bool(provided.way)
        or bool(provided.address) != bool(provided.file)
        or not provided.page
    ):
        raise TableError(f"data_set_addresses.csv:{number}: needs a page, and either address and file or a way")
    return provided


def provider(kind: str, version: str | None = None) -> Provided:
    """Where a release is published: the default one, or the last one in the table.

    For a version missing in the table, only the page is known. Raises `InputError` for an unknown kind.

    >>> provider("cow_trade").file
    'COW_Trade_4.0.zip'
    """
    source = release(kind, version)
    found = [p for p in provided() if p.kind == kind]
    for p in found:
        if p.version == source.version:
            return p
    if version is None and found:
        return found[-1]
    known = ", ".join(p.version for p in found if p.address)
    way = f"available are {known}" if known else "download its files from the provider's page, and import them"
    return Provided(kind, source.version, "", "", found[-1].page if found else source.url or "", way=way)


def cache_folder() -> Path:
    """The folder of cached files: `COMITY_CACHE`, otherwise the user's cache folder on this system."""
    if named := os.environ.get("COMITY_CACHE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "comity" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "comity"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "comity"


def take(
    wanted: Provided,
    folder: Path | None = None,
    settings: Settings = DEFAULTS,
    *,
    permitted: Callable[[str], bool] = public,
    notify: Callable[[str], None] = lambda _: None,
) -> Kept:
    """The file of a release, from the cache if it is there completely, otherwise from its provider.

    An interrupted download leaves its partial file, and the next one resumes it if the file is unchanged.
    Raises `InputError` if it cannot be fetched, or is not the file described in the table.
    """
    if why := wanted.refused:
        raise InputError(why)
    place = (folder or cache_folder()) / wanted.kind / wanted.version
    path = place / wanted.file
    part = path.with_name(f"{path.name}.part")
    with _writing(place), _alone(path):
        if kept := _kept(path, wanted):
            notify(f"cached: {path} ({kept.size:,} bytes); remove it to download it again")
            return kept
        if path.exists():
            notify(f"{path} is not the cached file, or not the one described in the table: downloading again")
        try:
            _fetched(wanted, part, settings, permitted, notify)
        except InputError as error:
            if not part.exists() or not part.stat().st_size:
                raise InputError(f"{wanted.address}: {error}") from error
            kept_bytes = f"{part.stat().st_size:,} bytes are kept in {part}; the same command resumes from there"
            raise InputError(f"{wanted.address}: {error}; {kept_bytes}") from error
        received = _checked(wanted, part)
        part.replace(path)
        _notes(part).unlink(missing_ok=True)
        noted = {"address": wanted.address, "size": received.size, "sha256": received.sha256}
        _notes(path).write_text(json.dumps(noted, indent=1) + "\n", encoding="utf-8")
        return replace(received, path=path)


def table_of(kept: Kept, wanted: Provided, settings: Settings = DEFAULTS) -> Path:
    """The file to import: the cached one, or its extracted table, next to it.

    Raises `InputError` if the archive is damaged, lacks the table, or exceeds the size limit.
    """
    if not wanted.member:
        return kept.path
    try:
        with zipfile.ZipFile(kept.path) as archive:
            inside = {i.filename.rsplit("/", 1)[-1]: i for i in archive.infolist() if not i.is_dir()}
            name = next((m for m in wanted.member.split("|") if m in inside), None)
            if name is None:
                shown = ", ".join(list(inside)[:10])
                raise InputError(f"{kept.path}: contains no {wanted.member.replace('|', ' or ')}, but {shown}")
            out = kept.path.with_name(name)
            part = out.with_name(f"{name}.part")
            left = settings.data_set_bytes
            with _writing(out.parent), archive.open(inside[name]) as packed, part.open("wb") as plain:
                while chunk := packed.read(1 << 20):
                    left -= len(chunk)
                    if left < 0:
                        part.unlink()
                        raise InputError(f"{kept.path}: {name} is larger than {settings.data_set_bytes:,} bytes")
                    plain.write(chunk)
            part.replace(out)
            return out
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{kept.path}: is damaged ({error}); remove it and fetch it again") from error


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    try:
        place.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        reason = error.strerror or error
        raise InputError(f"{place}: cannot be written ({reason}); set COMITY_CACHE to another folder") from error


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one process at a time fetches a file; another one fails at once with a message."""
    import fcntl

    with path.with_name(f"{path.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InputError(f"{path}: is being fetched by another process; wait until it has finished") from error
        yield


def _notes(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _noted(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_notes(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _kept(path: Path, wanted: Provided) -> Kept | None:
    noted = _noted(path)
    if not path.is_file() or noted.get("address") != wanted.address:
        return None
    size, found = path.stat().st_size, _sha256(path)
    same = (size, found) == (noted.get("size"), noted.get("sha256"))
    if not same or (wanted.sha256 and wanted.sha256 != found) or wanted.size not in (None, size):
        return None
    return Kept(path, size, found, fetched=False)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked(wanted: Provided, part: Path) -> Kept:
    """The received file, which is removed if it is not the one described: resuming would not repair it."""
    received = Kept(part, part.stat().st_size, _sha256(part), fetched=True)
    with part.open("rb") as file:
        head = file.read(512).lstrip().lower()
    if wanted.size not in (None, received.size):
        why = f"has {received.size:,} bytes, not {wanted.size:,}"
    elif wanted.sha256 and wanted.sha256 != received.sha256:
        why = f"has the SHA-256 {received.sha256}, not {wanted.sha256}"
    elif head.startswith((b"<!doctype html", b"<html")):
        why = "is a web page, not the file"
    elif wanted.file.lower().endswith(".zip") and not head.startswith(b"pk"):
        why = "is not a zip archive"
    else:
        return received
    part.unlink()
    _notes(part).unlink(missing_ok=True)
    raise InputError(f"{wanted.address}: {why}, and is discarded; the provider may have changed it: see {wanted.page}")


def _fetched(
    wanted: Provided,
    part: Path,
    settings: Settings,
    permitted: Callable[[str], bool],
    notify: Callable[[str], None],
) -> None:
    """Fetches the rest of a partial file, or the complete file."""
    deadline = Deadline.of(settings.data_set_seconds)
    download = _Download(wanted, part, settings, deadline, notify)
    proxies = {scheme: at for scheme, at in getproxies().items() if scheme in ("http", "https")}
    for _ in range(2):
        url = wanted.address
        for _ in range(settings.fetch_redirects + 1):
            with asked(url, settings, permitted, deadline, download.headers(), proxies=proxies) as answer:
                target = redirected(answer, url)
                if target is None:
                    if download.receive(answer):
                        return
                    break
            if urlsplit(url).scheme == "https" and urlsplit(target).scheme != "https":
                raise InputError(f"redirects to {target}, which is not encrypted")
            url = target
        else:
            raise InputError(f"redirects more than {settings.fetch_redirects} times")
    raise InputError("returned a part that was not requested")


@dataclass(slots=True)
class _Download:
    wanted: Provided
    part: Path
    settings: Settings
    deadline: Deadline
    notify: Callable[[str], None]

    def headers(self) -> dict[str, str]:
        """The request headers: for the rest if the file is unchanged, or for everything without a partial file."""
        asked_for = {"Accept": "*/*", "Accept-Encoding": "identity"}
        noted = _noted(self.part)
        have = self.part.stat().st_size if self.part.exists() else 0
        if have and noted.get("address") == self.wanted.address and noted.get("same"):
            return {**asked_for, "Range": f"bytes={have}-", "If-Range": str(noted["same"])}
        self.drop()
        return asked_for

    def drop(self) -> None:
        """Removes the part."""
        self.part.unlink(missing_ok=True)
        _notes(self.part).unlink(missing_ok=True)

    def receive(self, answer: Any) -> bool:
        """Writes an answer to the partial file; false if it could not be resumed and must be requested again."""
        have = self.part.stat().st_size if self.part.exists() else 0
        noted, etag = _noted(self.part), str(answer.headers.get("ETag") or "")
        if answer.status == 206 and have:
            span = _RANGE.fullmatch(str(answer.headers.get("Content-Range") or ""))
            changed = etag and noted.get("etag") and etag != noted["etag"]
            if span is None or int(span[1]) != have or changed:
                return self._anew()
            total = None if span[3] == "*" else int(span[3])
            self.notify(f"resuming after {have:,} bytes")
        elif answer.status == 416 and have:
            return self._anew()
        elif answer.status == 200:
            if have:
                self._anew()
            length = str(answer.headers.get("Content-Length") or "")
            total, have = int(length) if length.isdigit() else None, 0
        else:
            hint = f"; it may now require an account, or refuse programs: see {self.wanted.page}"
            raise InputError(f"returned HTTP status {answer.status}{hint if answer.status in _DENIED else ''}")
        self._fitting(total)
        if not have:
            modified = str(answer.headers.get("Last-Modified") or "")
            same = modified if not etag or etag.startswith("W/") else etag  # a weak tag does not identify bytes
            notes = {"address": self.wanted.address, "etag": etag, "same": same}
            _notes(self.part).write_text(json.dumps(notes) + "\n", encoding="utf-8")
        self._write(answer, have, total)
        return True

    def _anew(self) -> bool:
        self.notify("the file has changed at its provider, or cannot be resumed: starting again")
        self.drop()
        return False

    def _fitting(self, total: int | None) -> None:
        most = self.settings.data_set_bytes
        if total is not None and total > most:
            self.drop()
            raise InputError(f"is larger than {most:,} bytes (it has {total:,})")
        if total is not None and self.wanted.size not in (None, total):
            self.drop()
            wanted = f"{self.wanted.size:,}; the provider may have changed it: see {self.wanted.page}"
            raise InputError(f"has {total:,} bytes, not {wanted}")

    def _write(self, answer: Any, have: int, total: int | None) -> None:
        most, next_line = self.settings.data_set_bytes, monotonic() + self.settings.progress_seconds
        with self.part.open("ab" if have else "wb") as out:
            while chunk := answer.read1(_PART, decode_content=False):
                have += len(chunk)
                if have > most:
                    self.drop()
                    raise InputError(f"is larger than {most:,} bytes")
                try:
                    out.write(chunk)
                except OSError as error:
                    raise InputError(f"cannot be written ({error.strerror})") from error
                self.deadline.left()
                if monotonic() > next_line:
                    self.notify(f"{have:,} bytes" + (f" of {total:,}" if total else ""))
                    next_line = monotonic() + self.settings.progress_seconds
        if total is not None and have != total:
            raise InputError(f"was interrupted after {have:,} of {total:,} bytes")
