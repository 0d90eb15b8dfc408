"""Politeness towards hosts: robots.txt is obeyed, and requests to a host are spaced."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from comity.document.address import NONE_GIVEN, Fetched, Validators, fetch
from comity.document.encoding import decode
from comity.errors import ForbiddenError, InputError, RestingError, StatusError
from comity.settings import DEFAULTS, Settings

AGENT = "comity"
"""The user agent for robots.txt."""
_SERVER_FAULTS = 500
_TOO_MANY = 429
_UNAVAILABLE = 503
_DIGITS = 12
_MOST_SECONDS = 10 * 366 * 86_400


def _now() -> datetime:
    return datetime.now(UTC)


class Courtesy:
    """The rules of hosts, looked up once for each, and the time of the last request to each.

    `resting` maps hosts that asked to be left alone to the time until which; the watch stores it.
    """

    def __init__(
        self,
        settings: Settings = DEFAULTS,
        wait: Callable[[float], None] = time.sleep,
        *,
        resting: dict[str, str] | None = None,
        now: Callable[[], datetime] = _now,
    ):
        self._settings, self._wait, self._clock = settings, wait, now
        self.resting = resting if resting is not None else {}
        self._rules: dict[str, object] = {}
        self._asked: dict[str, float] = {}

    def before(self, url: str) -> None:
        """Waits until a host may be contacted again.

        Raises `ForbiddenError` if its robots.txt forbids it, `RestingError` if it asked to be left alone.
        """
        host = _host(url)
        self._rest(host)
        if host not in self._rules:
            self._rules[host] = self._read(host)
        rules = self._rules[host]
        if isinstance(rules, str):
            raise InputError(rules)
        if not rules.can_fetch(url, AGENT):  # type: ignore[attr-defined]
            raise ForbiddenError(f"is disallowed by {host}/robots.txt, and is not fetched")
        asked_for = rules.crawl_delay(AGENT) or 0.0  # type: ignore[attr-defined]
        if asked_for > self._settings.watch_delay_seconds:
            raise ForbiddenError(
                f"is left out: {host}/robots.txt requires {asked_for:g} s between requests, and a watch waits at most "
                f"{self._settings.watch_delay_seconds:g} s"
            )
        self._pause(host, max(asked_for, self._settings.watch_pause_seconds))

    def fetch(self, url: str, since: Validators = NONE_GIVEN) -> Fetched:
        """The response of an address, fetched by its host's rules.

        Raises `RestingError` if the host asked to be left alone, and `InputError` with the reason if fetching fails.
        """
        asked: list[str] = []

        def before(hop: str) -> None:
            self.before(hop)
            asked.append(hop)

        try:
            return fetch(url, self._settings, since=since, before_each=before)
        except StatusError as error:
            host = _host(asked[-1] if asked else url)
            if self._come_back(host, error):
                raise RestingError(f"{error}: {host} asks to be left alone until {self.resting[host]}") from error
            raise

    def _rest(self, host: str) -> None:
        if (until := self.resting.get(host)) is None:
            return
        if datetime.fromisoformat(until) > self._clock():
            raise RestingError(f"is not requested: {host} asks to be left alone until {until}")
        del self.resting[host]

    def _come_back(self, host: str, error: StatusError) -> bool:
        """Records until when a host asks to be left alone (RFC 9110, section 10.2.3); whether it does."""
        if error.status not in {_TOO_MANY, _UNAVAILABLE} or error.retry_after is None:
            return False
        now = self._clock()
        until = _instant(error.retry_after, now)
        if until is None or until <= now:
            return False
        # a server that asks for years is in error, and is contacted again after the maximum rest
        longest = now + timedelta(hours=self._settings.watch_rest_hours)
        self.resting[host] = min(until, longest).isoformat(timespec="seconds")
        return True

    def _pause(self, host: str, seconds: float) -> None:
        since = time.monotonic() - self._asked.get(host, float("-inf"))
        if since < seconds:
            self._wait(seconds - since)
        self._asked[host] = time.monotonic()

    def _read(self, host: str) -> object:
        """The rules of a host (RFC 9309), none if it has no robots.txt; or why nothing may be fetched."""
        from protego import Protego

        try:
            found: Fetched | None = fetch(f"{host}/robots.txt", self._settings)
        except StatusError as error:
            self._come_back(host, error)
            if error.status >= _SERVER_FAULTS or error.status == _TOO_MANY:
                return f"is not fetched: {host}/robots.txt {error}"
            found = None
        except InputError as error:
            return str(error)
        self._asked[host] = time.monotonic()
        return Protego.parse(decode(found.data, None) if found is not None and found.data else "")


def _instant(header: str, now: datetime) -> datetime | None:
    """The time of a Retry-After, a number of seconds or a date; null if it is neither.

    >>> now = datetime(2026, 11, 29, tzinfo=UTC)
    >>> _instant("120", now).isoformat(), _instant("Sun, 29 Nov 2026 01:00:00 GMT", now).isoformat()
    ('2026-11-29T00:02:00+00:00', '2026-11-29T01:00:00+00:00')
    >>> _instant("soon", now) is None
    True
    """
    text = header.strip()
    if text.isascii() and text.isdigit():
        # no rest exceeds the setting, so longer numbers need not be distinguished
        return now + timedelta(seconds=min(int(text[:_DIGITS]), _MOST_SECONDS))
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise InputError(f"is not a valid address ({error})") from error
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InputError("is not an http or https address")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
