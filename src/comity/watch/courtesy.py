"""Courtesy towards hosts: what their robots.txt forbids is not asked for, and nobody is asked twice at once."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from comity.document.address import Fetched, fetch
from comity.document.encoding import decode
from comity.errors import ForbiddenError, InputError, StatusError
from comity.settings import DEFAULTS, Settings

AGENT = "comity"
"""By which name a robots.txt speaks to us."""
_SERVER_FAULTS = 500
_TOO_MANY = 429


class Courtesy:
    """What hosts ask of us, looked up once for each, and when each was asked last."""

    def __init__(self, settings: Settings = DEFAULTS, wait: Callable[[float], None] = time.sleep):
        self._settings, self._wait = settings, wait
        self._rules: dict[str, object] = {}
        self._asked: dict[str, float] = {}

    def before(self, url: str) -> None:
        """Waits until a host may be asked again. Raises `ForbiddenError` where its robots.txt forbids it."""
        host = _host(url)
        if host not in self._rules:
            self._rules[host] = self._read(host)
        rules = self._rules[host]
        if isinstance(rules, str):
            raise InputError(rules)
        if not rules.can_fetch(url, AGENT):  # type: ignore[attr-defined]
            raise ForbiddenError(f"is forbidden by {host}/robots.txt, and is not fetched")
        asked_for = rules.crawl_delay(AGENT) or 0.0  # type: ignore[attr-defined]
        if asked_for > self._settings.watch_delay_seconds:
            raise ForbiddenError(
                f"is left out: {host}/robots.txt asks for {asked_for:g} s between requests, and a watch waits at most "
                f"{self._settings.watch_delay_seconds:g} s"
            )
        self._pause(host, max(asked_for, self._settings.watch_pause_seconds))

    def _pause(self, host: str, seconds: float) -> None:
        since = time.monotonic() - self._asked.get(host, float("-inf"))
        if since < seconds:
            self._wait(seconds - since)
        self._asked[host] = time.monotonic()

    def _read(self, host: str) -> object:
        """The rules of a host (RFC 9309), none where it has no robots.txt; or why nothing of it may be fetched."""
        from protego import Protego

        try:
            found: Fetched | None = fetch(f"{host}/robots.txt", self._settings)
        except StatusError as error:
            if error.status >= _SERVER_FAULTS or error.status == _TOO_MANY:
                return f"is not fetched: {host}/robots.txt {error}"
            found = None
        except InputError as error:
            return str(error)
        self._asked[host] = time.monotonic()
        return Protego.parse(decode(found.data, None) if found is not None and found.data else "")


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InputError(f"is no address ({error})") from error
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InputError("is no http or https address")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
