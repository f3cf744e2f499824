"""One's own account: password, language, keys."""

from __future__ import annotations

from datetime import timedelta

import structlog
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.access.errors import AccessError, AccountWanted, PermissionMissing, SignInWanted
from service.access.identity import NO_ACCOUNTS, caller
from service.access.permissions import in_order
from service.access.signing_in import begin, check_own_password
from service.access.tokens import hashed, new_key
from service.config import Settings
from service.review.entrance import change_own_password, explained, told
from service.review.languages import LANGUAGES
from service.store.database import Store
from service.store.errors import StoreError
from service.store.people.accounts import end_sessions, read_account, set_language
from service.store.people.keys import add_key, list_keys, revoke_key
from service.store.people.records import SCOPES, Account
from service.store.people.sessions import count_sessions
from service.store.records import now

# For how many days a key may be made; 0 is for ever.
DAYS = (30, 90, 365, 0)

logger = structlog.get_logger()


def add_account_pages(blueprint: Blueprint, settings: Settings, store: Store) -> None:
    """/account and what can be changed there."""

    @blueprint.get("/account")
    def account() -> ResponseReturnValue:
        return _page(store, _own(store))

    @blueprint.post("/account/password")
    def change_password() -> ResponseReturnValue:
        mine, form = _own(store), request.form
        try:
            check_own_password(store, mine, form.get("old", ""))
            change_own_password(settings, store, mine, form.get("password", ""))
        except AccessError as error:
            return _page(store, mine, error, "password")
        return _back()

    @blueprint.post("/account/language")
    def change_language() -> ResponseReturnValue:
        wish = request.form.get("language", "")
        set_language(store, _own(store).id, wish if wish in LANGUAGES else "")
        return _back()

    @blueprint.post("/account/sign-out-everywhere")
    def end_own_sessions() -> ResponseReturnValue:
        mine = _own(store)
        end_sessions(store, mine.id)
        begin(store, settings, mine)
        return _back()

    @blueprint.post("/account/keys")
    def make_key() -> ResponseReturnValue:
        mine = _own(store)
        try:
            return _page(store, mine, shown=_made(store, mine))
        except (StoreError, PermissionMissing) as error:
            return _page(store, mine, error, "key")

    @blueprint.post("/account/keys/<key_id>/revoke")
    def drop_key(key_id: str) -> ResponseReturnValue:
        mine = _own(store)
        revoke_key(store, key_id, mine.id)
        logger.info("key revoked", person=mine.name, key=key_id)
        return _back()


def _own(store: Store) -> Account:
    """The account of whoever is signed in. Raises SignInWanted and AccountWanted."""
    if caller().key:
        raise AccountWanted
    if not caller().person.id:
        raise SignInWanted(NO_ACCOUNTS)
    return read_account(store, caller().person.id)


def _page(
    store: Store,
    account: Account,
    error: AccessError | StoreError | None = None,
    at: str = "",
    shown: str = "",
) -> ResponseReturnValue:
    """The page; `shown` is a new key, which it shows this once, `at` the form that is wrong."""
    page = render_template(
        "review/people/account.html",
        account=account,
        error=error and explained(error),
        at=at,
        shown=shown,
        keys=list_keys(store, account.id),
        places=count_sessions(store, account.id),
        scopes=in_order(caller().granted),
        days=DAYS,
        languages=LANGUAGES,
        now=now(),
    )
    return told(page, error)


def _made(store: Store, account: Account) -> str:
    """A new key, as the form asks for it. Raises BadName and PermissionMissing."""
    scopes = frozenset(each for each in SCOPES if each in request.form.getlist("scope"))
    beyond = scopes - caller().granted
    if beyond or not scopes:
        wanted = next(iter(in_order(beyond)), "read")
        raise PermissionMissing("scope", in_order(caller().granted), wanted, [])
    asked = request.form.get("days", "")
    days = int(asked) if asked in map(str, DAYS) else DAYS[0]
    key, prefix = new_key()
    title = request.form.get("title", "").strip()
    expires = now() + timedelta(days=days) if days else None
    add_key(store, account.id, title, prefix, hashed(key), scopes, expires)
    logger.info("key made", person=account.name, prefix=prefix)
    return key


def _back() -> ResponseReturnValue:
    return redirect(url_for("review.account"), 303)
