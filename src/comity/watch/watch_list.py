"""The watch list: a TOML file with feeds, folders and the dyads to follow."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from comity.errors import FormatError, InputError
from comity.knowledge.states import continuing
from comity.knowledge.typed import code_named, unknown
from comity.settings import DEFAULTS, Settings

KEYS = ("ledger", "feeds", "folders", "dyads", "private_addresses", "pause_seconds")
_STATES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchList:
    """A ledger, its feeds and folders, and the dyads whose changes are shown; all if there are none."""

    ledger: Path
    feeds: tuple[str, ...] = ()
    folders: tuple[Path, ...] = ()
    dyads: tuple[tuple[str, str], ...] = ()
    settings: Settings = DEFAULTS


def watch_list(path: Path, settings: Settings = DEFAULTS) -> WatchList:
    r"""The watch list of a file; paths are relative to its folder. Raises `InputError` if it is invalid.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp(), "watch.toml")
    >>> _ = file.write_text('ledger = "asia.duckdb"\nfolders = ["in"]\ndyads = [["Russia", "MNG"]]\n')
    >>> watch_list(file).dyads
    (('RUS', 'MNG'),)
    """
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"{path}: is not TOML ({error}); see the example in docs/watch.md") from error
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror or error}); docs/watch.md describes its format"
        ) from error
    if strange := sorted(set(found) - set(KEYS)):
        raise FormatError(f"{path}: {strange[0]!r} is not a key of a watch list; valid keys: {', '.join(KEYS)}")
    ledger = found.get("ledger")
    if not isinstance(ledger, str) or not ledger:
        raise FormatError(f'{path}: names no ledger; write ledger = "NAME.duckdb"')
    feeds, folders = _strings(path, found, "feeds"), _strings(path, found, "folders")
    if not feeds and not folders:
        raise FormatError(f"{path}: names neither feeds nor folders; write feeds = [ADDRESS, …] or folders = [PATH, …]")
    for feed in feeds:
        _refuse_no_address(path, feed)
    return WatchList(
        ledger=path.parent / ledger,
        feeds=tuple(dict.fromkeys(feeds)),
        folders=tuple(dict.fromkeys(path.parent / f for f in folders)),
        dyads=_dyads(path, found.get("dyads", [])),
        settings=_settings(path, found, settings),
    )


def _strings(path: Path, found: Mapping[str, Any], key: str) -> list[str]:
    given = found.get(key, [])
    if not isinstance(given, list) or not all(isinstance(x, str) and x for x in given):
        raise FormatError(f'{path}: {key} is not a list of strings; write {key} = ["…", "…"]')
    return given


def _refuse_no_address(path: Path, feed: str) -> None:
    try:
        parts = urlsplit(feed)
    except ValueError as error:
        raise FormatError(f"{path}: the feed {feed!r} is not a valid address ({error})") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise FormatError(f"{path}: the feed {feed!r} is not an http or https address; list files under folders")


def _dyads(path: Path, given: object) -> tuple[tuple[str, str], ...]:
    pairs = given if isinstance(given, list) else [given]
    out = []
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != _STATES or not all(isinstance(s, str) for s in pair):
            raise FormatError(f'{path}: the dyad {pair!r} is not a pair of states; write dyads = [["RUS", "MNG"]]')
        codes = [code_named(s) for s in pair]
        for text, code in zip(pair, codes, strict=True):
            if code is None:
                raise InputError(f"{path}: {unknown(text)}")
        a, b = (str(c) for c in codes)
        if continuing(a) == continuing(b):
            raise InputError(f"{path}: the dyad {pair!r} is a single state; name two")
        out.append((a, b))
    return tuple(dict.fromkeys(out))


def _settings(path: Path, found: Mapping[str, Any], settings: Settings) -> Settings:
    private = found.get("private_addresses", settings.private_addresses)
    if not isinstance(private, bool):
        raise FormatError(f"{path}: private_addresses must be true or false")
    pause = found.get("pause_seconds", settings.watch_pause_seconds)
    if isinstance(pause, bool) or not isinstance(pause, int | float) or not 0 <= pause < float("inf"):
        raise FormatError(f"{path}: pause_seconds must be a number of seconds, 0 or more")
    return replace(settings, private_addresses=private, watch_pause_seconds=float(pause))
