"""Signing in and out, one's own account, and everybody's for those who run the place."""

from __future__ import annotations

from datetime import timedelta

import structlog
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.access.identity import ANYBODY, caller
from service.access.tokens import hashed, new_token
from service.config import Settings
from service.engine import Engines
from service.review.account import add_account_pages
from service.review.entrance import add_entrance, explained, told
from service.store.database import Store
from service.store.errors import StoreError
from service.store.people.accounts import (
    add_account,
    disable_account,
    enable_account,
    list_accounts,
    read_account,
    set_email,
    set_role,
)
from service.store.people.errors import BadName
from service.store.people.password_links import add_link
from service.store.people.records import GRANTED, ROLES, Account, Role

# For how long a link to set a password is good.
LINK = timedelta(hours=48)

logger = structlog.get_logger()


def add_people_pages(
    blueprint: Blueprint, settings: Settings, engines: Engines, store: Store
) -> None:
    """The pages over the given engines and store."""
    add_entrance(blueprint, settings, store)
    add_account_pages(blueprint, settings, store)

    @blueprint.get("/people")
    def people() -> ResponseReturnValue:
        return _page(store)

    @blueprint.post("/people")
    def add_person() -> ResponseReturnValue:
        form = request.form
        try:
            name, email = form.get("name", "").strip(), form.get("email", "").strip()
            account = add_account(store, name, _role(form.get("role", "")), email=email)
        except StoreError as error:
            return _page(store, error)
        logger.info("account added", person=account.name, role=account.role, by=_by())
        return _page(store, invited=account, link=make_link(store, account))

    @blueprint.post("/people/<account_id>")
    def change_person(account_id: str) -> ResponseReturnValue:
        account = read_account(store, account_id)
        action = request.form.get("action", "")
        if action == "link":
            logger.info("password link", person=account.name, by=_by())
            return _page(store, invited=account, link=make_link(store, account))
        try:
            _change(store, account, action)
        except StoreError as error:
            return _page(store, error)
        logger.info("account changed", person=account.name, action=action, by=_by())
        return redirect(url_for("review.people"), 303)


def make_link(store: Store, account: Account) -> str:
    """The address at which somebody sets their own password, once and within 48 hours."""
    token = new_token()
    add_link(store, account.id, hashed(token), LINK)
    return url_for("review.password", token=token, _external=True)


def _change(store: Store, account: Account, action: str) -> None:
    if action == "role":
        set_role(store, account.id, _role(request.form.get("role", "")))
    elif action == "email":
        set_email(store, account.id, request.form.get("email", "").strip())
    elif action == "disable":
        disable_account(store, account.id)
    elif action == "enable":
        enable_account(store, account.id)
    else:
        raise BadName("action", action, "choose one of role, email, disable, enable, link")


def _role(wished: str) -> Role:
    for role in ROLES:
        if role == wished:
            return role
    raise BadName("role", wished, f"choose one of {', '.join(ROLES)}")


def _by() -> str:
    return caller().person.name


def _page(
    store: Store,
    error: StoreError | None = None,
    invited: Account | None = None,
    link: str = "",
) -> ResponseReturnValue:
    """Everybody; `link` is a new one for `invited`, shown this once."""
    page = render_template(
        "review/people/people.html",
        accounts=list_accounts(store),
        roles=ROLES,
        granted=GRANTED,
        error=error and explained(error),
        invited=invited,
        link=link,
        alone=caller() is ANYBODY,
    )
    return told(page, error)
