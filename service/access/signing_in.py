"""Signing in with a name and a password, and what makes guessing them slow."""

from __future__ import annotations

from datetime import timedelta

import structlog
from flask import Response, g

from service.access.errors import TooMany, WrongPassword
from service.access.identity import (
    COOKIE,
    HOST_ONLY,
    VISIT,
    address,
    caller,
    cookie_name,
    person_of,
)
from service.access.passwords import hash_password, is_outdated, is_right
from service.access.tokens import hashed, new_token
from service.config import Settings
from service.store.database import Store
from service.store.people.accounts import read_password, rehash_password
from service.store.people.failures import Allowance, attempt, succeed, uncount
from service.store.people.names import fold
from service.store.people.records import Account
from service.store.people.sessions import begin_session, end_session

# Somebody who mistypes waits no longer than this, even while others guess at their name.
OF_A_NAME = Allowance(free=5, longest=timedelta(minutes=5))
# A newsroom behind one address mistypes more often than one person.
OF_AN_ADDRESS = Allowance(free=20, longest=timedelta(minutes=15))

logger = structlog.get_logger()


def check_credentials(store: Store, name: str, password: str) -> Account:
    """Whose name and password these are.

    Raises WrongPassword, the same for a name that nobody has and after the same
    work, and TooMany for whoever has failed too often.
    """
    of_name, of_address = f"name:{fold(name)}", f"address:{address()}"
    _admit(store, of_address, OF_AN_ADDRESS)
    try:
        _admit(store, of_name, OF_A_NAME)
    except TooMany:
        uncount(store, of_address)
        raise
    account, kept = read_password(store, name) or (None, None)
    right = is_right(password, kept)
    if account is None or kept is None or not right or account.disabled is not None:
        # The name is not logged: it may be a password, typed into the wrong field.
        logger.warning("sign-in refused", address=address())
        raise WrongPassword
    succeed(store, of_name)
    uncount(store, of_address)
    if is_outdated(kept):
        rehash_password(store, account.id, hash_password(password))
    return account


def check_own_password(store: Store, account: Account, password: str) -> None:
    """Raise WrongPassword unless somebody who is signed in knows their password still."""
    if account.has_password:
        check_credentials(store, account.name, password)


def begin(store: Store, settings: Settings, account: Account) -> None:
    """Sign somebody in: a new token, whatever the browser had before."""
    if caller().token:
        end_session(store, hashed(caller().token))
    token = new_token()
    begin_session(store, account.id, hashed(token), timedelta(hours=settings.session_hours))
    g.person = person_of(account)
    g.new_session = token
    logger.info("signed in", person=account.name, address=address())


def end(store: Store) -> None:
    """Sign out whoever the present request comes from."""
    if caller().token:
        end_session(store, hashed(caller().token))
        logger.info("signed out", person=caller().person.name)
    g.new_session = ""


def send_cookies(response: Response, settings: Settings) -> None:
    """Have the browser keep, or drop, what tells who it is."""
    token: str | None = g.get("new_session")
    if token is not None:
        _set(response, COOKIE, token, settings.session_hours * 3600 if token else 0)
        # What a form was good for before is good for nothing afterwards.
        _set(response, VISIT, "", 0)
    elif g.get("visit"):
        _set(response, VISIT, g.visit, None)


def _set(response: Response, name: str, value: str, age: int | None) -> None:
    name = cookie_name(name)
    secure = name.startswith(HOST_ONLY)
    response.set_cookie(
        name, value, max_age=age, path="/", secure=secure, httponly=True, samesite="Lax"
    )


def _admit(store: Store, subject: str, allowance: Allowance) -> None:
    wait = attempt(store, subject, allowance)
    if wait:
        raise TooMany("password", "attempts", wait)
