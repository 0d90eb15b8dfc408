"""Fetching an address of the public web, and nothing else.

Each hop's host name is resolved once, the resulting addresses are checked, and the connection goes to a checked one: a
name whose address changes between check and connection gains nothing.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import proxy_bypass

from comity.errors import InputError, StatusError
from comity.settings import DEFAULTS, Settings

_REDIRECTS = {301, 302, 303, 307, 308}
_RELAYS = ipaddress.ip_network("192.88.99.0/24")
"""6to4 relays (RFC 7526): whatever answers there is not the requested host."""
_AGENT = "comity/0.1 (reader of reports between states)"
_READ = {
    "Accept-Encoding": "gzip",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml,text/*;q=0.9,*/*;q=0.5",
}
"""The media types requested when reading a report."""


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators of a response (RFC 9110, section 8.8), each null if the server sent none."""

    etag: str | None = None
    modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers of a conditional request.

        >>> Validators(etag='"a"').headers
        {'If-None-Match': '"a"'}
        """
        asked_with = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {k: v for k, v in asked_with.items() if v is not None}


NONE_GIVEN = Validators()
"""The validators of a first request: none."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A response: its final address after redirects, the bytes, and the media type stated by the server.

    `unchanged` is true, and there are no bytes, if the server answers that nothing has changed since the given
    validators.
    """

    url: str
    data: bytes
    media_type: str = ""
    validators: Validators = NONE_GIVEN
    unchanged: bool = False


def public(address: str) -> bool:
    """Whether an IP address is on the public internet: not private, loopback, link-local, reserved or a relay.

    >>> public("8.8.8.8"), public("127.0.0.1"), public("169.254.169.254"), public("::ffff:10.0.0.1")
    (True, False, False, False)
    """
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_site_local:
            return False
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _RELAYS


@dataclass(frozen=True, slots=True)
class Deadline:
    """How many seconds fetching may take, and when they end."""

    seconds: float
    over: float

    @classmethod
    def of(cls, seconds: float) -> "Deadline":
        """A deadline that starts now."""
        return cls(seconds, monotonic() + seconds)

    def left(self) -> float:
        """The remaining seconds. Raises `InputError` if there are none."""
        left = self.over - monotonic()
        if left <= 0:
            raise InputError(f"took more than {self.seconds:g} s to fetch")
        return left


def anywhere(_: str) -> bool:
    """Permits every address, including private networks.

    >>> anywhere("127.0.0.1")
    True
    """
    return True


def fetch(
    url: str,
    settings: Settings = DEFAULTS,
    permitted: Callable[[str], bool] | None = None,
    *,
    since: Validators = NONE_GIVEN,
    before_each: Callable[[str], None] | None = None,
) -> Fetched:
    """The bytes behind an http(s) address, following a few redirects, each checked like the first.

    Only addresses on the public internet are fetched, or those `permitted`, or all with the setting
    `private_addresses`. `since` makes the request conditional; `before_each` is called with each address before it is
    requested, and may refuse it. Raises `InputError` with the reason if the address is refused, fails, or is too large
    or too slow.
    """
    may = permitted or (anywhere if settings.private_addresses else public)
    deadline = Deadline.of(settings.fetch_seconds)
    for _ in range(settings.fetch_redirects + 1):
        if before_each is not None:
            began = monotonic()
            before_each(url)
            # politeness delays do not count towards the server's time
            deadline = Deadline(deadline.seconds, deadline.over + monotonic() - began)
        with asked(url, settings, may, deadline, {**_READ, **since.headers}) as answer:
            target = redirected(answer, url)
            if target is None:
                kept = Validators(answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
                if answer.status == 304 and since != NONE_GIVEN:
                    return Fetched(url, b"", validators=since, unchanged=True)
                if answer.status != 200:
                    raise StatusError(answer.status, answer.headers.get("Retry-After"))
                content_type = str(answer.headers.get("Content-Type") or "")
                return Fetched(url, _body(answer, settings, deadline), content_type, kept)
        url = target
    raise InputError(f"redirects more than {settings.fetch_redirects} times")


def redirected(answer: "urllib3.response.BaseHTTPResponse", url: str) -> str | None:  # type: ignore[name-defined]  # noqa: F821
    """The redirect target of an answer of `url`, null if it is not a redirect."""
    target = answer.headers.get("Location") if answer.status in _REDIRECTS else None
    return urljoin(url, str(target)) if target else None


@contextmanager
def asked(
    url: str,
    settings: Settings,
    permitted: Callable[[str], bool],
    deadline: Deadline,
    headers: Mapping[str, str],
    *,
    proxies: Mapping[str, str] | None = None,
) -> Iterator[Any]:
    """The answer of one http(s) address, its body still unread; redirects are not followed.

    `proxies` (scheme to address) are used if given, unless the environment's NO_PROXY excludes the host. Raises
    `InputError` with the reason if the address is refused or fails, also while it is read.
    """
    import urllib3

    try:
        parts = urlsplit(url)
        port = parts.port if parts.port is not None else 443 if parts.scheme == "https" else 80
    except ValueError as error:
        raise InputError(f"is not a valid address ({error})") from error
    if port == 0:
        raise InputError("is not a valid address (there is no port 0)")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError("is not an http or https address")
    proxy = (proxies or {}).get(parts.scheme)
    if proxy and proxy_bypass(parts.hostname):
        proxy = None
    ip = _resolved(parts.hostname, port, permitted, proxied=proxy is not None)
    left = deadline.left()
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    shown = f"[{host}]" if ":" in host else host
    place = shown if parts.port is None else f"{shown}:{port}"
    pool: Any
    if proxy is not None:
        pool, path = _proxy(proxy), f"{parts.scheme}://{place}{path}"
    elif parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            ip, port, server_hostname=host, assert_hostname=host, ssl_context=ssl.create_default_context()
        )
    else:
        pool = urllib3.HTTPConnectionPool(ip, port)
    try:
        with pool:
            yield pool.urlopen(
                "GET",
                path,
                headers={"Host": place, "User-Agent": _AGENT, **headers},
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(total=min(left, settings.fetch_seconds)),
                preload_content=False,
            )
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise InputError(f"could not be fetched ({type(error).__name__})") from error


def _proxy(address: str) -> Any:
    import urllib3

    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{parts.scheme} is neither http nor https")
        signed = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
        headers = urllib3.util.make_headers(proxy_basic_auth=signed) if signed else None  # type: ignore[no-untyped-call]
        shown = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        place = f"{parts.scheme}://{shown}:{parts.port or (443 if parts.scheme == 'https' else 80)}"
    except ValueError as error:
        raise InputError(f"cannot be fetched through the proxy of the environment ({error})") from error
    return urllib3.ProxyManager(place, proxy_headers=headers, ssl_context=ssl.create_default_context())


def _body(answer: "urllib3.response.BaseHTTPResponse", settings: Settings, deadline: Deadline) -> bytes:  # type: ignore[name-defined]  # noqa: F821
    parts: list[bytes] = []
    size = 0
    for part in answer.stream(65536, decode_content=True):
        size += len(part)
        if size > settings.input_bytes:
            raise InputError(f"is larger than {settings.input_bytes:,} bytes")
        deadline.left()
        parts.append(part)
    return b"".join(parts)


def _resolved(host: str, port: int, permitted: Callable[[str], bool], *, proxied: bool = False) -> str:
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        if proxied:  # behind a proxy, often only the proxy can resolve outside names
            return host
        raise InputError(f"names an unknown host: {host}") from error
    # one private address among public ones is enough to refuse: the name is not only on the public web
    if refused := [ip for ip in found if not permitted(ip)]:
        raise InputError(f"resolves to {refused[0]}, which is not on the public internet, and is not fetched")
    return found[0]
