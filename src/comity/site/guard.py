"""The checks on every request: host names, the token, the limits; and the headers of each answer."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from comity.site.problem import problem

COOKIE = "comity"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""What a page may load: only from this server, no inline script and no inline style."""
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
OPEN_PATHS = frozenset({"/enter", "/static/site.css", "/static/comity.css"})
"""What is shown before the token is entered."""


class Token:
    """The token that permits judging, or any access if the server can be reached from other machines."""

    def __init__(self, word: str | None, *, everywhere: bool):
        self._word = word
        self._key = secrets.token_bytes(32)
        self.everywhere = everywhere

    def fits(self, word: str) -> bool:
        """Whether a string is the token."""
        return self._word is not None and hmac.compare_digest(word.encode(), self._word.encode())

    @property
    def cookie(self) -> str:
        """The value of the browser's cookie; it is valid for this run of the server."""
        return hmac.new(self._key, (self._word or "").encode(), hashlib.sha256).hexdigest()

    def is_in(self, headers: Headers) -> bool:
        """Whether a request carries the token, in `Authorization: Bearer …` or as the cookie."""
        if self._word is None:
            return False
        scheme, _, word = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.fits(word.strip()):
            return True
        try:
            kept = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return kept is not None and hmac.compare_digest(kept.value.encode(), self.cookie.encode())


class Guard:
    """The outermost layer: refuses foreign hosts, large bodies and, if a token is required, requests without it."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], token: Token, body_bytes: int):
        self.app, self.token, self.body_bytes = app, token, body_bytes
        self.hosts = frozenset(h.casefold() for h in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on or answers it with the reason."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {k.decode().lower() for k, _ in message["headers"]}
                extra = [(k.encode(), v.encode()) for k, v in _HEADERS.items() if k not in given]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await problem(scope, *refused)(scope, receive, answer)
            return
        scope.setdefault("state", {})["may_judge"] = self.token.is_in(headers)
        limited = _Limited(receive, self.body_bytes)
        await self.app(scope, limited, answer)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if _bare(host) not in self.hosts:
            return 421, f"this server does not answer requests for the host {host[:80]!r}"
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > self.body_bytes:
            return 413, f"the request body is larger than {self.body_bytes:,} bytes"
        origin = headers.get("origin")
        if scope["method"] not in {"GET", "HEAD"} and origin is not None and origin.partition("://")[2] != host:
            return 403, "the form was sent from another site"
        if self.token.everywhere and scope["path"] not in OPEN_PATHS and not self.token.is_in(headers):
            return 401, "this server requires a token: enter it at /enter, or send Authorization: Bearer TOKEN"
        return None


class _Limited:
    """A request body that ends with an error when it exceeds the limit, whatever its declared length."""

    def __init__(self, receive: Receive, most: int):
        self.receive, self.most, self.got = receive, most, 0

    async def __call__(self) -> Any:
        message = await self.receive()
        self.got += len(message.get("body", b""))
        if self.got > self.most:
            raise TooLargeError
        return message


class TooLargeError(Exception):
    """A request body over the limit."""


def _bare(host: str) -> str:
    """A host name without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).casefold()
