"""One line a request: what was asked and how long it took, never what the article said."""

from __future__ import annotations

import re
import sys
from time import perf_counter
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

# An id from outside goes into the log, so it is one harmless word.
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")

logger = structlog.get_logger()


def configure_logs(debug: bool = False) -> None:
    """Log to standard error: for people on a terminal, as JSON lines elsewhere.

    Tracebacks come without the values of variables, which hold articles.
    """
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if terminal else [structlog.processors.format_exc_info]),
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
            if terminal
            else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger("debug" if debug else "info"),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )


def log_requests(app: Flask) -> None:
    """Log every request once it is answered, under the id that its answer carries."""

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else uuid4().hex
        g.began = perf_counter()
        structlog.contextvars.bind_contextvars(request=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        logger.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            milliseconds=round(1000 * (perf_counter() - g.began), 1),
            **({"characters": g.characters} if "characters" in g else {}),
        )
        response.headers["X-Request-Id"] = g.request_id
        structlog.contextvars.clear_contextvars()
        return response
