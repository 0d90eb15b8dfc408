"""The format of errors: title, status and detail, as JSON (RFC 9457) or as a page."""

import json
from http import HTTPStatus

from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

from comity import __version__
from comity.site.answer import templates
from comity.site.form_errors import Form


def problem(scope: Scope, status: int, detail: str, form_again: Form | None = None) -> Response:
    """An error answer, as a page if a page was requested, otherwise as `application/problem+json`.

    The page contains the form again if one of its fields is the cause.
    """
    title = HTTPStatus(status).phrase
    form = scope.get("state", {}).get("form", "html")
    headers = {"cache-control": "no-store"}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = "Bearer"
    if form == "html" and not scope["path"].startswith("/openapi"):
        body = (
            templates()
            .get_template("again.html" if form_again else "problem.html")
            .render(title=title, status=status, detail=detail, version=__version__, form=form_again)
        )
        return HTMLResponse(body, status_code=status, headers=headers)
    shape = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    content = json.dumps(shape, ensure_ascii=False) + "\n"
    return Response(content, status_code=status, media_type="application/problem+json", headers=headers)
