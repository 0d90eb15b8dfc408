"""The server of the local page: one process, one ledger, for this machine unless a token is given."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from comity.errors import InputError
from comity.settings import DEFAULTS, Settings
from comity.site.app import application
from comity.site.guard import LOOPBACK, Token
from comity.site.snapshot import Holding

_SHORTEST = 12
_MOST_REQUESTS = 64


def serve(
    path: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token: str | None = None,
    say: Callable[[str], None] = lambda _: None,
    settings: Settings = DEFAULTS,
) -> None:
    """Serves until it is interrupted; passes the address to `say` once it is listening.

    Port 0 is any free port. Raises `InputError` if the host requires a token, or the port is in use.
    """
    import uvicorn

    alone = host in LOOPBACK
    if not alone and not token:
        raise InputError(f"{host} can be reached from other machines: set a token (--token or COMITY_TOKEN)")
    if token is not None and len(token) < _SHORTEST:
        raise InputError(f"the token is too short; use {_SHORTEST} characters or more")
    bound = _bound(host, port)
    app = application(
        Holding(path, settings),
        hosts={*LOOPBACK, host, *(() if alone else _own_names())},
        token=Token(token, everywhere=not alone),
        settings=settings,
    )
    port = bound.getsockname()[1]
    say(f"{path.name} at http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C to stop)")
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        limit_concurrency=_MOST_REQUESTS,
        timeout_keep_alive=5,
        server_header=False,
        date_header=False,
    )
    with bound:
        uvicorn.Server(config).run(sockets=[bound])


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    if os.name == "posix":
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
        bound.listen()  # a request sent at once waits until the server answers
    except OSError:
        bound.close()
        raise InputError(f"port {port} on {host} is in use or not allowed; choose another with --port") from None
    return bound


def _own_names() -> set[str]:
    """The names and addresses under which other machines reach this one."""
    name = socket.gethostname()
    try:
        found = {str(a[4][0]) for a in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return {name.casefold(), socket.getfqdn().casefold(), *found, *(f"[{a}]" for a in found if ":" in a)}
