"""Every error as application/problem+json (RFC 9457), and nothing of the inside with it."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Iterator
from http import HTTPStatus

import structlog
from flask import Flask, Response, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    NotFound,
    RequestEntityTooLarge,
)
from werkzeug.wrappers import Response as WerkzeugResponse

from alignment.formats.native import Json
from service.api.errors import BodyTooLarge, NotReady
from service.errors import Overloaded, ServiceError
from service.store.errors import StoreBusy

MIMETYPE = "application/problem+json"
SHOWN = 80
RETRY_SECONDS = "2"
FAILED = "the service failed; its log says where, under the id in X-Request-Id"

logger = structlog.get_logger()


def report_problems(app: Flask) -> None:
    """Have the application answer its errors as problems."""
    app.register_error_handler(ServiceError, service_problem)
    app.register_error_handler(HTTPException, http_problem)
    app.register_error_handler(Exception, unexpected_problem)


def service_problem(error: ServiceError) -> Response:
    """An error that knows its status, its field and its value."""
    response = _response(problem(error))
    if isinstance(error, (Overloaded, NotReady, StoreBusy)):
        response.headers["Retry-After"] = RETRY_SECONDS
    return response


def http_problem(error: HTTPException) -> WerkzeugResponse:
    """An error of the protocol: no such page, no such method."""
    if isinstance(error, RequestEntityTooLarge):
        limit = request.max_content_length or 0
        return service_problem(BodyTooLarge(request.content_length, limit))
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    detail = error.description or HTTPStatus(error.code).description
    if isinstance(error, NotFound):
        detail = f"there is nothing at {shown(request.path)}"
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        detail = f"{shown(request.method)} is not among the methods here: {allowed}"
    response = _response(blank_problem(HTTPStatus(error.code), detail))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def unexpected_problem(error: Exception) -> Response:
    """A fault of ours: where it happened goes into the log, and nothing into the answer.

    The error's message may quote the article, so it is logged for debugging only.
    """
    logger.error("unexpected", path=request.path, traceback="".join(_frames(error)))
    logger.debug("unexpected", message=str(error))
    return _response(blank_problem(HTTPStatus.INTERNAL_SERVER_ERROR, FAILED))


def title(error: type[ServiceError]) -> str:
    """What an error means, as its class says it."""
    return (error.__doc__ or error.__name__).splitlines()[0].rstrip(".")


def anchor(error: type[ServiceError]) -> str:
    """Where on the API page an error is explained."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", error.__name__).lower()


def shown(value: object) -> str:
    """A value at fault, short enough to be read and never the whole article."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return _sendable(text)


def problem(error: ServiceError) -> Json:
    """An error as the object that RFC 9457 describes, with `field` and `value` at fault."""
    body: Json = {
        "type": f"/docs#{anchor(type(error))}",
        "title": title(type(error)),
        "status": error.status,
        "detail": _sendable(str(error)),
    }
    if error.field is not None:
        body["field"] = shown(error.field)
        body["value"] = None if error.value is None else shown(error.value)
    return body


def blank_problem(status: HTTPStatus, detail: str) -> Json:
    """A problem that its status says all about."""
    return {
        "type": "about:blank",
        "title": status.phrase,
        "status": int(status),
        "detail": _sendable(detail),
    }


def _response(body: Json) -> Response:
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, body["status"], mimetype=MIMETYPE)


def _sendable(text: str) -> str:
    """Half a surrogate pair cannot be sent, and has to be seen."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _frames(error: BaseException | None) -> Iterator[str]:
    while error:
        yield f"{type(error).__name__}, most recent call last:\n"
        yield from traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__
