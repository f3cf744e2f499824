"""What keeps a service from being driven by other people's web pages, and browsers strict.

A page on the web can make its visitor's browser send requests to a service on
the visitor's own machine. Such a request says that it is cross-site, or in a
browser that is too old or too far from TLS for that, from which origin; and a
site whose name was made to point at 127.0.0.1 (DNS rebinding) still sends its
own name as Host. Both are refused. A service that listens on an address other
than loopback is known by names that it cannot guess: it checks the Host only
once `allowed_hosts` says what they are.
"""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from service.access.csrf import SAFE_METHODS
from service.access.listening import host_name, is_loopback
from service.api.errors import ForeignRequest
from service.config import Settings

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(),"
    " payment=(), usb=()",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
# For a year, once it was reached by TLS.
STRICT_TRANSPORT = "max-age=31536000"


def guard(app: Flask, settings: Settings) -> None:
    """Refuse foreign requests, and send the headers that keep a browser strict."""

    @app.before_request
    def refuse_foreign_requests() -> None:
        host = request.headers.get("Host")
        if host and not answers_to(settings, host):
            raise ForeignRequest("Host", host, names_of(settings))
        site = request.headers.get("Sec-Fetch-Site")
        if site == "cross-site" and request.method not in SAFE_METHODS:
            raise ForeignRequest("Sec-Fetch-Site", site, "other sites may not use this service")
        origin = request.headers.get("Origin")
        if site is None and request.method not in SAFE_METHODS and is_foreign(origin, host):
            raise ForeignRequest("Origin", origin or "", "other sites may not use this service")

    @app.before_request
    def refuse_nul() -> None:
        # Nothing is called so, and PostgreSQL takes no such character even in a question.
        if "\0" in request.path:
            raise NotFound

    @app.after_request
    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        return response


def answers_to(settings: Settings, host: str) -> bool:
    """Whether this is a name of the service: loopback always, and what is allowed beside it.

    One that other machines can reach, and that has no list, answers to any.
    """
    if is_loopback(host):
        return True
    if not settings.allowed_hosts:
        return not is_loopback(settings.host)
    try:
        name = host_name(host)
    except ValueError:
        return False
    return name in {each.lower() for each in (*settings.allowed_hosts, settings.host)}


def names_of(settings: Settings) -> str:
    """What the service answers to, for whoever used another name."""
    return f"this service answers to {', '.join(('localhost', *settings.allowed_hosts))} only"


def is_foreign(origin: str | None, host: str | None) -> bool:
    """Whether the page that sent a request is known to be of another site.

    `null` tells nothing: it is what a browser sends of our own forms too, since
    they are told to send no referrer.
    """
    return origin not in (None, "null") and origin.partition("://")[2] != host
