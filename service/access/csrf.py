"""That a form was sent by a page of ours (cross-site request forgery).

A browser sends its cookies along whoever wrote the form. So each form carries a
token that is derived from the session's own, which no other site can read; it
needs no key to be kept, and is worth nothing once the session is over. Whoever
is not signed in yet has a cookie for the visit instead. A request with a key
carries nothing that a browser would add by itself, and needs none.
"""

from __future__ import annotations

from hmac import compare_digest

from flask import g, request
from markupsafe import Markup, escape

from service.access.errors import TokenMissing
from service.access.identity import ANYBODY, VISIT, caller, cookie_name
from service.access.tokens import derived, new_token

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def csrf_token() -> str:
    """What a script of ours sends as X-CSRF-Token; empty where there are no accounts."""
    if caller() is ANYBODY:
        return ""
    return derived(caller().token or _visit(), "csrf")


def csrf() -> Markup:
    """The hidden input that each of our forms has."""
    token = csrf_token()
    if not token:
        return Markup("")
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, escape(token))


def check_token() -> None:
    """Raise TokenMissing for a request that would change something and is not from our pages.

    The body of a form is read for it, unless the header has the token; any
    other body, and every one of the API, stays unread.
    """
    if request.method in SAFE_METHODS or caller() is ANYBODY or caller().key:
        return
    given = request.headers.get(HEADER)
    if given is None and request.mimetype in FORMS and not request.path.startswith("/v1/"):
        given = request.form.get(FIELD)
    seed = caller().token or request.cookies.get(cookie_name(VISIT), "")
    if not seed or not given or not _equal(given, derived(seed, "csrf")):
        raise TokenMissing


def _visit() -> str:
    """The token of a visit without a session; a new one is sent along with the answer."""
    found: str = g.get("visit") or request.cookies.get(cookie_name(VISIT), "")
    if not found:
        found = g.visit = new_token()
    return found


def _equal(one: str, other: str) -> bool:
    return compare_digest(one.encode("utf-8", "backslashreplace"), other.encode())
