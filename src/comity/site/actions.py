"""The actions of a visitor: going to two states, having a text read, judging, entering the token."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import parse_qsl, quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from comity import __version__
from comity.errors import FormatError, InputError
from comity.ledger.judgement import Verdict
from comity.ledger.ledger import Ledger, code_of
from comity.site.answer import templates
from comity.site.guard import COOKIE
from comity.site.pasted_text import read_pasted
from comity.site.problem import problem

_VERDICTS = ("accept", "reject", "correct", "same", "apart")
_MOST_FIELDS = 60


async def go(request: Request) -> Response:
    """Redirects to the page on two states given by any of their names."""
    a, b = (request.query_params.get(n, "").strip() for n in ("a", "b"))
    if not a or not b:
        raise InputError("name two states, by code or any name: /dyad?a=Russia&b=Mongolia")
    return _to(f"/dyad/{quote(code_of(a))}/{quote(code_of(b))}", request, ("a", "b"))


async def go_to_state(request: Request) -> Response:
    """Redirects to the page on a state given by any of its names."""
    code = request.query_params.get("code", "").strip()
    if not code:
        raise InputError("name a state, by code or any name: /state?code=Mongolia")
    return _to(f"/state/{quote(code_of(code))}", request, ("code",))


def _to(address: str, request: Request, taken: tuple[str, ...]) -> Response:
    """Redirects to an address, keeping the other parameters: dates, kinds and so on."""
    rest = urlencode([(k, v) for k, v in request.query_params.multi_items() if k not in taken and v])
    return RedirectResponse(address + (f"?{rest}" if rest else ""), status_code=303)


async def read_text(request: Request) -> Response:
    """Reads a text that a visitor pastes and shows its records; nothing is stored."""
    state, form = request.app.state, request.state.form
    if request.method == "GET":
        return HTMLResponse(_try(request, given={}, reading=None))
    given = await _fields(request)
    text, published = given.get("text", ""), given.get("published", "").strip()
    if not text.strip():
        raise InputError("the text is empty; paste a text")
    if len(text) > state.settings.serve_text_characters:
        raise InputError(
            f"the text is longer than {state.settings.serve_text_characters:,} characters; use `comity read`"
        )
    if state.reading.locked():
        return problem(request.scope, 503, "another text is being read; try again in a moment")
    async with state.reading:
        reading = await run_in_threadpool(read_pasted, text, published or None, state.settings)
    if form == "json":
        return JSONResponse({"title": "A text read", "records": reading["plain"]})
    return HTMLResponse(_try(request, given=given, reading=reading))


def _try(request: Request, given: dict[str, str], reading: dict[str, Any] | None) -> str:
    return (
        templates()
        .get_template("try.html")
        .render(title="Try it", given=given, reading=reading, version=__version__, may_judge=request.state.may_judge)
    )


async def judge(request: Request) -> Response:
    """Records a signed judgement on a fact; requires the token."""
    if not request.state.may_judge:
        return problem(
            request.scope,
            403,
            "judging requires the server's token: start the server with --token and enter it at /enter",
        )
    given = await _fields(request)
    key, verdict, signed = (given.get(n, "").strip() for n in ("key", "verdict", "signed"))
    if verdict not in _VERDICTS:
        raise InputError(f"verdict={verdict!r} is not a verdict; use one of {', '.join(_VERDICTS)}")
    changes = {}
    if verdict == "correct":
        changes = {given.get("field", "").strip(): given.get("value", "").strip()}
    elif verdict == "same":
        changes = {"other": given.get("other", "").strip()}
    path = request.app.state.holding.path
    day = datetime.now().astimezone().date().isoformat()

    def write() -> None:
        with Ledger(path, passive=True) as ledger:
            note = given.get("note", "").strip() or None
            ledger.judge(key, cast("Verdict", verdict), changes, signed=signed, dated=day, note=note)

    await run_in_threadpool(write)
    back = given.get("back", "")
    # from the queue a person continues with the next fact; there is no other redirect
    on_queue = back.partition("?")[0] == "/queue" and back.isprintable()
    return RedirectResponse(back if on_queue else f"/fact/{quote(key, safe=':/')}", status_code=303)


async def enter(request: Request) -> Response:
    """Checks the token and sets a cookie for this run of the server."""
    state = request.app.state
    if request.method == "GET":
        return HTMLResponse(_enter(request, None))
    given = await _fields(request)
    if not state.token.fits(given.get("token", "").strip()):
        return HTMLResponse(_enter(request, "This is not the token."), status_code=HTTPStatus.FORBIDDEN)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(COOKIE, state.token.cookie, httponly=True, samesite="strict", path="/")
    return answer


def _enter(request: Request, wrong: str | None) -> str:
    return (
        templates()
        .get_template("enter.html")
        .render(title="Enter", wrong=wrong, version=__version__, may_judge=request.state.may_judge)
    )


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a form, or of a JSON object of strings. Raises `FormatError` if the body is neither."""
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "application/json":
            found = json.loads(body)
            if not isinstance(found, dict) or not all(isinstance(v, str) for v in found.values()):
                raise FormatError("the body is not a JSON object of strings")
            # half of a surrogate pair cannot be stored or sent: a UnicodeEncodeError is a ValueError
            json.dumps(found, ensure_ascii=False).encode()
            return {str(k): str(v) for k, v in found.items()}
        if kind == "application/x-www-form-urlencoded":
            text = body.decode("utf-8")
            return dict(parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except ValueError as error:
        raise FormatError(f"the body does not match its content type ({type(error).__name__})") from error
    raise FormatError("send a form (application/x-www-form-urlencoded) or JSON")
