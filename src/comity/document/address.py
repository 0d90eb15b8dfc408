"""Fetching an address of the public web, and nothing else.

Each hop's name is looked up once, the addresses found are checked, and the connection goes to a checked one: a name
that changes its mind between check and connection gains nothing.
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urljoin, urlsplit

from comity.errors import InputError
from comity.settings import DEFAULTS, Settings

_REDIRECTS = {301, 302, 303, 307, 308}
_RELAYS = ipaddress.ip_network("192.88.99.0/24")
"""6to4 relays (RFC 7526): whatever answers there is not the host that was asked for."""
_AGENT = "comity/0.1 (reader of reports between states)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: its last address after redirects, the bytes, and the media type that the server told."""

    url: str
    data: bytes
    media_type: str = ""


def public(address: str) -> bool:
    """Whether an IP address is one of the public internet: not private, loopback, link-local, reserved or a relay.

    >>> public("8.8.8.8"), public("127.0.0.1"), public("169.254.169.254"), public("::ffff:10.0.0.1")
    (True, False, False, False)
    """
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_site_local:
            return False
        ip = ip.ipv4_mapped or ip.sixtofour or ip
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in _RELAYS


def fetch(url: str, settings: Settings = DEFAULTS, permitted: Callable[[str], bool] = public) -> Fetched:
    """The bytes behind an http(s) address, following a few redirects, each checked like the first.

    Raises `InputError` with the reason where the address is refused, fails, or is too large or too slow.
    """
    deadline = monotonic() + settings.fetch_seconds
    for _ in range(settings.fetch_redirects + 1):
        found = _hop(url, settings, permitted, deadline)
        if isinstance(found, Fetched):
            return found
        url = found
    raise InputError(f"redirects more than {settings.fetch_redirects} times")


def _hop(url: str, settings: Settings, permitted: Callable[[str], bool], deadline: float) -> Fetched | str:
    import urllib3

    try:
        parts = urlsplit(url)
        port = parts.port if parts.port is not None else 443 if parts.scheme == "https" else 80
    except ValueError as error:
        raise InputError(f"is no address ({error})") from error
    if port == 0:
        raise InputError("is no address (there is no port 0)")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise InputError("is no http or https address")
    ip = _resolved(parts.hostname, port, permitted)
    left = deadline - monotonic()
    if left <= 0:
        raise InputError(f"took more than {settings.fetch_seconds:g} s to fetch")
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    pool = (
        urllib3.HTTPSConnectionPool(
            ip, port, server_hostname=host, assert_hostname=host, ssl_context=ssl.create_default_context()
        )
        if parts.scheme == "https"
        else urllib3.HTTPConnectionPool(ip, port)
    )
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    shown = f"[{host}]" if ":" in host else host
    headers = {
        "Host": shown if parts.port is None else f"{shown}:{port}",
        "User-Agent": _AGENT,
        "Accept-Encoding": "gzip",
        "Accept": "text/html,application/xhtml+xml,application/rss+xml,text/*;q=0.9,*/*;q=0.5",
    }
    try:
        with pool:
            answer = pool.urlopen(  # type: ignore[no-untyped-call]
                "GET",
                path,
                headers=headers,
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(total=left),
                preload_content=False,
            )
            if answer.status in _REDIRECTS and (target := answer.headers.get("Location")):
                return urljoin(url, str(target))
            if answer.status != 200:
                raise InputError(f"answers with HTTP status {answer.status}")
            told = str(answer.headers.get("Content-Type") or "")
            return Fetched(url, _body(answer, settings, deadline), told)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise InputError(f"could not be fetched ({type(error).__name__})") from error


def _body(answer: "urllib3.response.BaseHTTPResponse", settings: Settings, deadline: float) -> bytes:  # type: ignore[name-defined]  # noqa: F821
    parts: list[bytes] = []
    size = 0
    for part in answer.stream(65536, decode_content=True):
        size += len(part)
        if size > settings.input_bytes:
            raise InputError(f"is larger than {settings.input_bytes:,} bytes")
        if monotonic() > deadline:
            raise InputError(f"took more than {settings.fetch_seconds:g} s to fetch")
        parts.append(part)
    return b"".join(parts)


def _resolved(host: str, port: int, permitted: Callable[[str], bool]) -> str:
    try:
        found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise InputError(f"has no such host: {host}") from error
    # one private address among public ones is enough to refuse: the name is not only of the public web
    if refused := [ip for ip in found if not permitted(ip)]:
        raise InputError(f"lies at {refused[0]}, which is not on the public internet, and is not fetched")
    return found[0]
