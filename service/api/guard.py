"""What keeps a service without accounts from being driven by other people's web pages.

A page on the web can make its visitor's browser send requests to a service on
the visitor's own machine. Such a request says that it is cross-site, or in a
browser that is too old or too far from TLS for that, from which origin; and a
site whose name was made to point at 127.0.0.1 (DNS rebinding) still sends its
own name as Host. Both are refused. A service that listens on an address other
than loopback is known by names that it cannot guess, and checks no Host.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import NotFound

from service.api.errors import ForeignRequest
from service.config import Settings

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def guard(app: Flask, settings: Settings) -> None:
    """Refuse foreign requests, and send the headers that keep a browser strict."""
    loopback = is_loopback(settings.host)

    @app.before_request
    def refuse_foreign_requests() -> None:
        host = request.headers.get("Host")
        if loopback and host and not is_loopback(host):
            raise ForeignRequest("Host", host, "this service answers to localhost only")
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
        return response


def is_foreign(origin: str | None, host: str | None) -> bool:
    """Whether the page that sent a request is known to be of another site.

    `null` tells nothing: it is what a browser sends of our own forms too, since
    they are told to send no referrer.
    """
    return origin not in (None, "null") and origin.partition("://")[2] != host


def is_loopback(host: str) -> bool:
    """Whether a host, with or without a port, is this machine itself."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or name.endswith(".localhost") or ip_address(name).is_loopback
    except ValueError:
        return False
