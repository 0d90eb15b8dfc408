"""The OpenAPI description of the site, derived from its addresses."""

import json
import re
from functools import cache
from typing import Any

from comity import __version__
from comity.site.address import ADDRESSES, Address
from comity.site.answer import FORMS
from comity.site.parameters import BOM

_PROBLEM = {"$ref": "#/components/responses/Problem"}
_PARTS = {
    "a": "A state by code or any name.",
    "b": "Another state by code or any name.",
    "code": "A state by code or any name, or an organisation by acronym.",
    "key": "The id of a fact or statement, or a document's key in the ledger.",
}


@cache
def description() -> str:
    """The description as JSON."""
    paths: dict[str, Any] = {}
    for address in ADDRESSES:
        for form in address.every_form:
            path = re.sub(r"\{(\w+):path\}", r"{\1}", address.path) + ("" if form == "html" else f".{form}")
            paths[path] = {"get": _operation(address, form)}
    paths["/dyad"] = {"get": _go()}
    paths["/state"] = {"get": _go_to_state()}
    paths["/try.json"] = {"post": _try()}
    paths["/judge"] = {"post": _judge()}
    found = {
        "openapi": "3.1.0",
        "info": {
            "title": "Comity",
            "version": __version__,
            "description": "A ledger of relations between states, each fact with its quote. Each address answers "
            "as a page, and as data with the extension .json, .csv or .metadata.json.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "responses": {
                "Problem": {
                    "description": "The error (RFC 9457); as a page if a page was requested.",
                    "content": {
                        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
                        "text/html": {"schema": {"type": "string"}},
                    },
                }
            },
            "schemas": {
                "Problem": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                    },
                },
                "Answer": {
                    "type": "object",
                    "required": ["title", "citation"],
                    "properties": {"title": {"type": "string"}, "citation": {"type": "string"}},
                },
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _operation(address: Address, form: str) -> dict[str, Any]:
    media = FORMS[form].partition(";")[0]
    schema = {"$ref": "#/components/schemas/Answer"} if media == "application/json" else {"type": "string"}
    names = re.findall(r"\{(\w+)(?::path)?\}", address.path)
    return {
        "summary": address.summary,
        "operationId": f"{re.sub(r'[^a-z]+', '_', address.path).strip('_')}_{form.replace('.', '_')}",
        "parameters": [
            *({"name": n, "in": "path", "required": True, "description": _PARTS[n], "schema": _NAME} for n in names),
            *(p.schema() for p in (*address.parameters, *((BOM,) if form == "csv" else ()))),
        ],
        "responses": {
            "200": {"description": "The answer.", "content": {media: {"schema": schema}}},
            **{str(s): _PROBLEM for s in (400, 404, 503)},
        },
    }


_NAME = {"type": "string", "minLength": 1, "maxLength": 80}


def _go() -> dict[str, Any]:
    return {
        "summary": "Redirects to the page on two states by any of their names.",
        "operationId": "go",
        "parameters": [
            {"name": n, "in": "query", "required": True, "description": _PARTS[n], "schema": _NAME} for n in ("a", "b")
        ],
        "responses": {"303": {"description": "To the page on the two states."}, "400": _PROBLEM},
    }


def _go_to_state() -> dict[str, Any]:
    return {
        "summary": "Redirects to the page on a state by any of its names.",
        "operationId": "go_to_state",
        "parameters": [
            {"name": "code", "in": "query", "required": True, "description": _PARTS["code"], "schema": _NAME}
        ],
        "responses": {"303": {"description": "To the page on the state."}, "400": _PROBLEM},
    }


def _try() -> dict[str, Any]:
    fields = {"text": {"type": "string", "minLength": 1, "maxLength": 50_000}, "published": {"type": "string"}}
    return {
        "summary": "Reads a text and returns its records; nothing is stored.",
        "operationId": "try",
        "requestBody": {
            "required": True,
            "content": {
                m: {"schema": {"type": "object", "required": ["text"], "properties": fields}}
                for m in ("application/json", "application/x-www-form-urlencoded")
            },
        },
        "responses": {
            "200": {"description": "The records.", "content": {"application/json": {"schema": {"type": "object"}}}},
            **{str(s): _PROBLEM for s in (400, 413, 503)},
        },
    }


def _judge() -> dict[str, Any]:
    words = {n: {"type": "string"} for n in ("key", "signed", "note", "field", "value", "other", "back")}
    verdict = {"type": "string", "enum": ["accept", "reject", "correct", "same", "apart"]}
    shape = {
        "type": "object",
        "required": ["key", "verdict", "signed"],
        "properties": {**words, "verdict": verdict},
    }
    return {
        "summary": "Records a signed judgement on a fact; requires the token.",
        "operationId": "judge",
        "security": [{"token": []}],
        "requestBody": {
            "required": True,
            "content": {m: {"schema": shape} for m in ("application/json", "application/x-www-form-urlencoded")},
        },
        "responses": {
            "303": {"description": "To the judged fact."},
            **{str(s): _PROBLEM for s in (400, 403, 404, 409, 413)},
        },
    }
