"""Data sets from their providers' own addresses: fetched when asked for, resumed, and kept in a cache folder.

What is known of each is in `data_set_addresses.csv`. A file without size and checksum there changes at its provider,
or nobody has measured it; what was received is then held against what the server told.
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
    """A release at its provider: `address` is empty where it is not public, and `way` then says what to do.

    `member` is the table of an archive that is read (`a|b`: the first that is there); `account` says what needs one
    and how to get it. `{day}` in the address is a day, of sets that have a file a day.
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
        """Why it cannot be fetched and what to do, null where it can."""
        if self.account:
            return f"{self.name} {self.account}; {self.way} ({self.page})"
        if not self.address:
            return f"{self.name} has no public address that could be fetched; {self.way} ({self.page})"
        if _DAY in self.address:
            return f"{self.name} has a file a day; name one, such as --day 2023-01-05 ({self.page})"
        return None

    def on(self, day: str) -> "Provided":
        """The file of a day (ISO 8601). Raises `InputError` where there is none."""
        if _DAY not in self.address:
            raise InputError(f"{self.name} has no file a day; leave out --day")
        try:
            told = date.fromisoformat(day).strftime("%Y%m%d")
        except ValueError as error:
            raise InputError(f"{day!r} is no day; write it as 2023-01-05") from error
        return replace(self, address=self.address.replace(_DAY, told), file=self.file.replace(_DAY, told))


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the cache, its size in bytes and SHA-256; `fetched` is false where it was there already."""

    path: Path
    size: int
    sha256: str
    fetched: bool


@cache
def provided() -> tuple[Provided, ...]:
    """All releases of which something is known, in the order of the table."""
    return tuple(_provided(n, r) for n, r in enumerate(table_rows("data_set_addresses.csv"), 2))


def _provided(number: int, r: Mapping[str, str]) -> Provided:
    made = Provided(**{**r, "size": int(r["size"]) if r["size"] else None})  # type: ignore[arg-type]
    if bool(made.address) == bool(made.way) or bool(made.address) != bool(made.file) or not made.page:
        raise TableError(f"data_set_addresses.csv:{number}: needs a page, and either address and file or a way")
    return made


def provider(kind: str, version: str | None = None) -> Provided:
    """Where a release is published: the one that is imported by default, or the last one in the table.

    Of a version that the table does not know, only the page is told. Raises `InputError` for an unknown kind.

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
    way = f"known are {known}" if known else "take its files by hand from the provider's page, and import them"
    return Provided(kind, source.version, "", "", found[-1].page if found else source.url or "", way=way)


def cache_folder() -> Path:
    """Where fetched files are kept: `COMITY_CACHE`, else the user's folder for caches on this system."""
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
    tell: Callable[[str], None] = lambda _: None,
) -> Kept:
    """The file of a release, from the cache where it is there whole, else from its provider.

    A download that breaks off leaves its part, and the next one goes on with it where the file is still the same.
    Raises `InputError` where it cannot be fetched, or is not the file that the table tells of.
    """
    if why := wanted.refused:
        raise InputError(why)
    place = (folder or cache_folder()) / wanted.kind / wanted.version
    path = place / wanted.file
    part = path.with_name(f"{path.name}.part")
    with _writing(place), _alone(path):
        if kept := _kept(path, wanted):
            tell(f"kept from before: {path} ({kept.size:,} bytes); remove it to fetch it anew")
            return kept
        if path.exists():
            tell(f"{path} is not the file that was kept, or not the one that is told of: fetched anew")
        try:
            _fetched(wanted, part, settings, permitted, tell)
        except InputError as error:
            if not part.exists() or not part.stat().st_size:
                raise InputError(f"{wanted.address}: {error}") from error
            kept_bytes = f"{part.stat().st_size:,} bytes are kept in {part}, and the same command goes on from there"
            raise InputError(f"{wanted.address}: {error}; {kept_bytes}") from error
        made = _checked(wanted, part)
        part.replace(path)
        _notes(part).unlink(missing_ok=True)
        told = {"address": wanted.address, "size": made.size, "sha256": made.sha256}
        _notes(path).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        return replace(made, path=path)


def table_of(kept: Kept, wanted: Provided, settings: Settings = DEFAULTS) -> Path:
    """The file to import: the kept one, or the table of it that is read, unpacked beside it.

    Raises `InputError` where the archive is damaged, lacks the table, or unpacks to more than the limit.
    """
    if not wanted.member:
        return kept.path
    try:
        with zipfile.ZipFile(kept.path) as archive:
            inside = {i.filename.rsplit("/", 1)[-1]: i for i in archive.infolist() if not i.is_dir()}
            name = next((m for m in wanted.member.split("|") if m in inside), None)
            if name is None:
                shown = ", ".join(list(inside)[:10])
                raise InputError(f"{kept.path}: holds no {wanted.member.replace('|', ' or ')}, but {shown}")
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
        told = error.strerror or error
        raise InputError(f"{place}: cannot be written ({told}); name another folder in COMITY_CACHE") from error


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time fetches a file; another one waits for none of it and is told so."""
    import fcntl

    with path.with_name(f"{path.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise InputError(f"{path}: is being fetched by another process; wait for it") from error
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
    told = _noted(path)
    if not path.is_file() or told.get("address") != wanted.address:
        return None
    size, found = path.stat().st_size, _sha256(path)
    same = (size, found) == (told.get("size"), told.get("sha256"))
    if not same or (wanted.sha256 and wanted.sha256 != found) or wanted.size not in (None, size):
        return None
    return Kept(path, size, found, fetched=False)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked(wanted: Provided, part: Path) -> Kept:
    """The received file, which is removed where it is not the one that is told of: going on would not mend it."""
    made = Kept(part, part.stat().st_size, _sha256(part), fetched=True)
    with part.open("rb") as file:
        head = file.read(512).lstrip().lower()
    if wanted.size not in (None, made.size):
        why = f"has {made.size:,} bytes, not {wanted.size:,}"
    elif wanted.sha256 and wanted.sha256 != made.sha256:
        why = f"has the SHA-256 {made.sha256}, not {wanted.sha256}"
    elif head.startswith((b"<!doctype html", b"<html")):
        why = "is a web page, not the file"
    elif wanted.file.lower().endswith(".zip") and not head.startswith(b"pk"):
        why = "is no zip archive"
    else:
        return made
    part.unlink()
    _notes(part).unlink(missing_ok=True)
    raise InputError(f"{wanted.address}: {why}, and is not kept; the provider may have changed it: see {wanted.page}")


def _fetched(
    wanted: Provided,
    part: Path,
    settings: Settings,
    permitted: Callable[[str], bool],
    tell: Callable[[str], None],
) -> None:
    """Fetches the rest of a part, or all of it."""
    deadline = Deadline.of(settings.data_set_seconds)
    download = _Download(wanted, part, settings, deadline, tell)
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
                raise InputError(f"sends on to {target}, which is not encrypted")
            url = target
        else:
            raise InputError(f"redirects more than {settings.fetch_redirects} times")
    raise InputError("gives other pieces than it was asked for")


@dataclass(slots=True)
class _Download:
    wanted: Provided
    part: Path
    settings: Settings
    deadline: Deadline
    tell: Callable[[str], None]

    def headers(self) -> dict[str, str]:
        """What is asked for: the rest, on condition that the file is still the same, or all where there is no part."""
        asked_for = {"Accept": "*/*", "Accept-Encoding": "identity"}
        told = _noted(self.part)
        have = self.part.stat().st_size if self.part.exists() else 0
        if have and told.get("address") == self.wanted.address and told.get("same"):
            return {**asked_for, "Range": f"bytes={have}-", "If-Range": str(told["same"])}
        self.drop()
        return asked_for

    def drop(self) -> None:
        """Removes the part."""
        self.part.unlink(missing_ok=True)
        _notes(self.part).unlink(missing_ok=True)

    def receive(self, answer: Any) -> bool:
        """Writes an answer to the part; false where the part was of no use and all is to be asked for anew."""
        have = self.part.stat().st_size if self.part.exists() else 0
        told, etag = _noted(self.part), str(answer.headers.get("ETag") or "")
        if answer.status == 206 and have:
            span = _RANGE.fullmatch(str(answer.headers.get("Content-Range") or ""))
            changed = etag and told.get("etag") and etag != told["etag"]
            if span is None or int(span[1]) != have or changed:
                return self._anew()
            total = None if span[3] == "*" else int(span[3])
            self.tell(f"going on after {have:,} bytes")
        elif answer.status == 416 and have:
            return self._anew()
        elif answer.status == 200:
            if have:
                self._anew()
            length = str(answer.headers.get("Content-Length") or "")
            total, have = int(length) if length.isdigit() else None, 0
        else:
            hint = f"; it may need an account now, or refuse programs: see {self.wanted.page}"
            raise InputError(f"answers with HTTP status {answer.status}{hint if answer.status in _DENIED else ''}")
        self._fitting(total)
        if not have:
            modified = str(answer.headers.get("Last-Modified") or "")
            same = modified if not etag or etag.startswith("W/") else etag  # a weak tag does not vouch for bytes
            notes = {"address": self.wanted.address, "etag": etag, "same": same}
            _notes(self.part).write_text(json.dumps(notes) + "\n", encoding="utf-8")
        self._write(answer, have, total)
        return True

    def _anew(self) -> bool:
        self.tell("the file has changed at its provider, or cannot be gone on with: begun anew")
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
        most, next_told = self.settings.data_set_bytes, monotonic() + self.settings.progress_seconds
        with self.part.open("ab" if have else "wb") as out:
            while chunk := answer.read1(_PART, decode_content=False):
                have += len(chunk)
                if have > most:
                    self.drop()
                    raise InputError(f"is larger than {most:,} bytes")
                try:
                    out.write(chunk)
                except OSError as error:
                    raise InputError(f"cannot be kept ({error.strerror})") from error
                self.deadline.left()
                if monotonic() > next_told:
                    self.tell(f"{have:,} bytes" + (f" of {total:,}" if total else ""))
                    next_told = monotonic() + self.settings.progress_seconds
        if total is not None and have != total:
            raise InputError(f"broke off after {have:,} of {total:,} bytes")
