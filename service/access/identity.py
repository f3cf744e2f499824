"""Who a request comes from, as its key or its session's cookie tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address, ip_network

from flask import g, request

from service.access.listening import is_loopback
from service.access.person import LOCAL, NOBODY, Person
from service.access.tokens import hashed
from service.config import Settings
from service.store.database import Store
from service.store.people.keys import find_key
from service.store.people.records import GRANTED, SCOPES, Account, Scope
from service.store.people.sessions import find_session

COOKIE = "visavis-session"
VISIT = "visavis-visit"
# A browser takes a cookie of such a name over TLS only, from this host itself, for all of it.
HOST_ONLY = "__Host-"
UNKNOWN = "sign in, or send an API key"
BAD_KEY = "this key is unknown, expired or revoked"
NO_ACCOUNTS = "there are no accounts yet; the first one: visavis users add NAME --role admin"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, what they may, and how they showed it: `token` is a session's, `subject` a key's.

    `refusal` says why somebody who may do nothing may not.
    """

    person: Person
    granted: frozenset[Scope]
    token: str = ""
    key: str = ""
    refusal: str = ""


ANYBODY = Caller(LOCAL, frozenset(SCOPES))


def caller() -> Caller:
    """Who the present request comes from, and what they may."""
    found: Caller = g.get("caller", ANYBODY)
    return found


def identify(settings: Settings, store: Store, accounts: bool) -> Caller:
    """Who the present request comes from; `accounts` tells whether there are any."""
    if not accounts:
        if is_loopback(settings.host):
            return ANYBODY
        return Caller(NOBODY, frozenset(), refusal=NO_ACCOUNTS)
    authorization = request.authorization
    if authorization is not None and authorization.type == "bearer":
        return _by_key(store, authorization.token or "")
    token = request.cookies.get(cookie_name(COOKIE), "")
    account = find_session(store, hashed(token), idle(settings)) if token else None
    if account is None:
        return Caller(NOBODY, frozenset(), refusal=UNKNOWN)
    return Caller(person_of(account), GRANTED[account.role], token=token)


def idle(settings: Settings) -> timedelta:
    """How long a session lasts that nobody uses: a quarter of how long it lasts at most."""
    return timedelta(hours=settings.session_hours) / 4


def person_of(account: Account) -> Person:
    """Whoever has this account."""
    return Person(account.id, account.name, account.role, account.language)


def cookie_name(name: str) -> str:
    """What a cookie is called: over TLS such that no other host can set it."""
    return HOST_ONLY + name if request.is_secure else name


def address() -> str:
    """Where the present request comes from; of IPv6 the network, which one household has."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    return str(found if found.version == 4 else ip_network(f"{found}/64", strict=False))


def _by_key(store: Store, shown: str) -> Caller:
    found = find_key(store, hashed(shown))
    if found is None:
        return Caller(NOBODY, frozenset(), refusal=BAD_KEY)
    key, account = found
    # What somebody may no longer do, their keys may not either.
    return Caller(person_of(account), key.scopes & GRANTED[account.role], key=key.id)
