"""Every request is let through or refused here, before a route sees it."""

from __future__ import annotations

from threading import Event

from flask import Flask, Response, current_app, g, request
from werkzeug.middleware.proxy_fix import ProxyFix

from service.access.csrf import check_token, csrf, csrf_token
from service.access.errors import AccessError, PageRefused, PermissionMissing, SignInWanted, TooMany
from service.access.identity import ANYBODY, BAD_KEY, address, caller, identify
from service.access.permissions import PERMISSIONS, Permission, in_order, roles_with
from service.access.person import NOBODY, person
from service.access.rates import SIGNED_IN, UNKNOWN, Rates
from service.access.signing_in import send_cookies
from service.config import Settings
from service.store.database import Store
from service.store.people.accounts import has_accounts

# The same for everybody, whoever asks and however often; a probe must not need the store.
OPEN = ("review.static", "review.ladder", "api.static", "health.healthz", "health.readyz")
REALM = 'Bearer realm="Vis-a-vis"'


def control_access(app: Flask, settings: Settings, store: Store) -> None:
    """Have the application ask who comes, and whether they may."""
    behind_proxies(app, settings)
    app.jinja_env.globals.update(csrf=csrf, csrf_token=csrf_token, person=person, may=may)
    rates = Rates()
    # Accounts are never deleted: once there is one, nobody need ask again.
    settled = Event()

    @app.before_request
    def let_through_or_refuse() -> None:
        if request.endpoint in OPEN:
            return
        if not settled.is_set() and has_accounts(store):
            settled.set()
        g.caller = identify(settings, store, settled.is_set())
        g.person = g.caller.person
        try:
            limit_rate(rates)
            check_permission()
            check_token()
        except AccessError as error:
            if isinstance(error, TooMany):
                g.wait = error.wait
            if is_page():
                raise PageRefused(error) from error
            raise

    @app.after_request
    def finish(response: Response) -> Response:
        send_cookies(response, settings)
        send_headers(response)
        return response


def behind_proxies(app: Flask, settings: Settings) -> None:
    """Believe the last of the proxies before the service, as many as there are, and no more."""
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def may(permission: Permission) -> bool:
    """Whether whoever asks may do what needs this permission."""
    return permission == "public" or permission in caller().granted


def check_permission() -> None:
    """Raise SignInWanted or PermissionMissing, unless the route is open to whoever asks."""
    who = caller()
    if request.endpoint is None or who is ANYBODY:
        return
    wanted = PERMISSIONS.get(request.endpoint)
    if wanted == "public":
        return
    if who.person is NOBODY:
        raise SignInWanted(who.refusal)
    if wanted is None:
        raise PermissionMissing("role", [who.person.role], "of nobody", [])
    if wanted in who.granted:
        return
    if who.key:
        raise PermissionMissing("scope", in_order(who.granted), wanted, [])
    raise PermissionMissing("role", [who.person.role], wanted, roles_with(wanted))


def limit_rate(rates: Rates) -> None:
    """Raise TooMany for whoever asks more often than a person or a patient program does."""
    who = caller()
    if who is ANYBODY:
        return
    if who.person is NOBODY:
        wait = rates.take(f"address {address()}", UNKNOWN)
    else:
        wait = rates.take(f"key {who.key}" if who.key else f"person {who.person.id}", SIGNED_IN)
    if wait:
        raise TooMany("Authorization", "requests", wait)


def is_page() -> bool:
    """Whether the answer is for somebody to read, rather than for a program or a script."""
    endpoint = request.endpoint or ""
    view = endpoint.startswith("review.") and endpoint in current_app.view_functions
    navigates = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return view and navigates and "text/html" in request.headers.get("Accept", "")


def send_headers(response: Response) -> None:
    """What goes with a refusal, and that no cache between gives one's answer to another."""
    who = caller()
    if response.status_code == 401:
        invalid = ', error="invalid_token"' if who.refusal == BAD_KEY else ""
        response.headers.setdefault("WWW-Authenticate", REALM + invalid)
    if "wait" in g and response.status_code == 429:
        response.headers["Retry-After"] = str(g.wait)
    if who is not ANYBODY:
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.vary.add("Cookie")
        response.vary.add("Authorization")
