"""The application: addresses to pages, formats to media types, errors to one format."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from comity.errors import ComityError, FactError, InputError, LockedError
from comity.settings import DEFAULTS, Settings
from comity.site import actions, openapi
from comity.site.address import ADDRESSES, Address
from comity.site.answer import FORMS, Ask, Page, as_csv, as_html, as_json, as_metadata
from comity.site.exports import as_xlsx
from comity.site.form_errors import form_again
from comity.site.guard import Guard, Token, TooLargeError
from comity.site.parameters import read
from comity.site.problem import problem
from comity.site.snapshot import Holding, Snapshot, name_of

_ENDING = re.compile(r"(.+?)\.(metadata\.json|json|csv|svg|xlsx|ics|atom|ris|bib)")
_FILES = frozenset({"csv", "xlsx", "ris", "bib"})
_PARTS = frozenset({"", "lanes", "drawer"})


def application(
    holding: Holding, *, hosts: Iterable[str], token: Token | None = None, settings: Settings = DEFAULTS
) -> Starlette:
    """The site of a ledger, for the host names that it answers."""
    token = token or Token(None, everywhere=False)
    routes: list[BaseRoute] = [Route(a.path, _endpoint(a)) for a in ADDRESSES]
    routes += [
        Route("/", _endpoint(ADDRESSES[0])),
        Route("/dyad", actions.go, methods=["GET"]),
        Route("/state", actions.go_to_state, methods=["GET"]),
        Route("/try", actions.read_text, methods=["GET", "POST"]),
        Route("/judge", actions.judge, methods=["POST"]),
        Route("/enter", actions.enter, methods=["GET", "POST"]),
        Route("/openapi", _openapi),
        Route("/static/comity.css", _sheet),
        Mount("/static", StaticFiles(packages=[("comity.site", "static")])),
    ]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, hosts=hosts, token=token, body_bytes=settings.serve_body_bytes),
            Middleware(Forms),
        ],
        exception_handlers={HTTPException: _refused, ComityError: _refusal, TooLargeError: _large, Exception: _failed},
    )
    app.state.holding, app.state.token, app.state.settings = holding, token, settings
    # visitors' texts are read one at a time: reading occupies a core
    app.state.reading = asyncio.Semaphore(1)
    return app


class Forms:
    """Takes the extension of an address as the format of its answer: `/map.csv` is `/map` as CSV."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on without the extension."""
        if scope["type"] == "http":
            found = _ENDING.fullmatch(scope["path"])
            state = scope.setdefault("state", {})
            state["form"] = "html"
            if found and not scope["path"].startswith("/static/"):
                state["form"] = found[2]
                scope = {**scope, "path": found[1], "raw_path": found[1].encode()}
        await self.app(scope, receive, send)


def _endpoint(address: Address) -> Any:
    async def answer(request: Request) -> Response:
        form = request.state.form
        if form not in address.every_form:
            forms = ", ".join(address.every_form)
            return problem(request.scope, 404, f"{address.path} is not available as {form}; available: {forms}")
        state = request.app.state
        part = request.query_params.get("part", "")
        if part not in _PARTS:
            raise InputError(f"part={part!r} is invalid; use lanes or drawer")
        query = tuple(request.query_params.multi_items())
        values = read(address.parameters, _listed(query))
        snapshot = await run_in_threadpool(state.holding.now)

        def ask(ledger: Any) -> Ask:
            return Ask(
                snapshot=snapshot,
                ledger=ledger,
                ledger_name=name_of(state.holding.path),
                settings=state.settings,
                address="/" if address.path == "/index" else request.url.path,
                path=request.path_params,
                values=values,
                query=query,
                form=form,
                part=part,
                may_judge=request.state.may_judge,
                origin=f"{request.url.scheme}://{request.url.netloc}",
                forms=address.every_form,
            )

        pieces = _pieces(snapshot, address, ask)
        limit = state.settings.serve_seconds
        # the first piece shows whether there is an answer at all
        first = await asyncio.wait_for(run_in_threadpool(next, pieces), limit)
        headers = {"cache-control": "no-cache", "vary": "cookie"}
        if form not in {"html", "json", "metadata.json"}:
            name = re.sub(r"[^A-Za-z0-9]+", "-", request.url.path).strip("-")
            how = "attachment" if form in _FILES else "inline"
            headers["content-disposition"] = f'{how}; filename="comity-{name}.{form}"'
        return StreamingResponse(_sent(first, pieces, limit), media_type=FORMS[form], headers=headers)

    return answer


def _listed(query: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for key, value in query:
        out.setdefault(key, []).append(value)
    return out


def _pieces(snapshot: Snapshot, address: Address, ask: Any) -> Iterator[str | bytes]:
    with snapshot.ledger() as ledger:
        asked: Ask = ask(ledger)
        if asked.form in address.others:
            yield address.others[asked.form](asked)
            return
        page = address.page(asked)
        if asked.form == "html":
            yield from as_html(page, asked)
        else:
            yield _plain(page.whole(), asked)


def _plain(page: Page, ask: Ask) -> str | bytes:
    if ask.form == "json":
        return as_json(page, ask)
    if ask.form == "csv":
        # a spreadsheet program recognizes UTF-8 by this mark
        return ("\ufeff" if ask.asks("bom") else "") + as_csv(page)
    if ask.form == "xlsx":
        return as_xlsx(page, ask)
    if ask.form == "svg":
        return page.svg or ""
    return as_metadata(page, ask)


async def _sent(first: str | bytes, pieces: Iterator[str | bytes], limit: float) -> AsyncIterator[str | bytes]:
    piece: str | bytes | None = first
    while piece is not None:
        yield piece
        piece = await asyncio.wait_for(run_in_threadpool(next, pieces, None), limit)


async def _openapi(_: Request) -> Response:
    return Response(openapi.description(), media_type="application/json")


async def _sheet(_: Request) -> Response:
    folder = files("comity.analysis") / "templates"
    text = "".join((folder / n).read_text(encoding="utf-8") for n in ("comity.css", "strip.css", "brief.css"))
    return Response(text, media_type="text/css", headers={"cache-control": "max-age=600"})


async def _refused(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 500)
    details = {404: f"there is nothing at {request.url.path}", 405: f"{request.method} is not allowed here"}
    return problem(request.scope, status, details.get(status, str(getattr(error, "detail", error))))


async def _refusal(request: Request, error: Exception) -> Response:
    status = 404 if isinstance(error, FactError) else 400 if isinstance(error, InputError) else 503
    status = 409 if isinstance(error, LockedError) else status
    asked = request.method == "GET" and status in {400, 404}
    form = form_again(request.url.path, request.path_params, request.query_params.multi_items()) if asked else None
    return problem(request.scope, status, str(error), form)


async def _large(request: Request, _: Exception) -> Response:
    return problem(request.scope, 413, "the request body is larger than this server accepts")


async def _failed(request: Request, error: Exception) -> Response:
    if isinstance(error, TimeoutError):
        return problem(request.scope, 503, "the answer took too long and was abandoned; narrow the request")
    return problem(request.scope, 500, "this page failed; see the server's log for the reason")


def site_of(path: Path, **more: Any) -> Starlette:
    """The site of a ledger file for this machine only, for tests and notebooks."""
    return application(Holding(path, DEFAULTS), hosts=("127.0.0.1", "localhost"), **more)
