"""Signing in and out, with a password, a link or an identity provider."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from flask import Blueprint, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from service.access.addresses import inside
from service.access.errors import (
    AccessError,
    PageRefused,
    PasswordRefused,
    PermissionMissing,
    ProviderRefused,
    SignInWanted,
    TokenMissing,
    TooMany,
    WrongPassword,
)
from service.access.identity import ANYBODY, NO_ACCOUNTS, caller, cookie_name
from service.access.passwords import check_password, hash_password
from service.access.provider import answer, has_provider, question
from service.access.signing_in import begin, check_credentials, end
from service.access.tokens import hashed, new_token
from service.config import Settings
from service.review.languages import gettext
from service.store.database import Store
from service.store.errors import StoreError
from service.store.people.accounts import set_password
from service.store.people.errors import AdminWanted, BadName, NameTaken
from service.store.people.password_links import find_link, use_link
from service.store.people.records import Account

# What the browser is to remember while somebody is at the identity provider, in seconds.
ASKED = "visavis-asked"
ASKED_S = 600
Error = AccessError | StoreError

logger = structlog.get_logger()


def add_entrance(blueprint: Blueprint, settings: Settings, store: Store) -> None:
    """/sign-in, /sign-out and /password."""

    @blueprint.get("/sign-in")
    def sign_in() -> ResponseReturnValue:
        if caller() is not ANYBODY and caller().person.id:
            return redirect(_wished(request.args), 303)
        return sign_in_page(settings)

    @blueprint.post("/sign-in")
    def enter() -> ResponseReturnValue:
        form = request.form
        try:
            account = check_credentials(store, form.get("name", ""), form.get("password", ""))
        except (WrongPassword, TooMany) as error:
            return sign_in_page(settings, error, form.get("name", ""))
        begin(store, settings, account)
        return redirect(_wished(form), 303)

    @blueprint.post("/sign-out")
    def sign_out() -> ResponseReturnValue:
        end(store)
        return redirect(url_for("review.sign_in"), 303)

    @blueprint.get("/password")
    def password() -> ResponseReturnValue:
        return _link_page(store, request.args.get("token", ""))

    @blueprint.post("/password")
    def choose_password() -> ResponseReturnValue:
        return _set_by_link(settings, store, request.form)

    @blueprint.errorhandler(PageRefused)
    def refused(refusal: PageRefused) -> ResponseReturnValue:
        if isinstance(refusal.error, SignInWanted) and refusal.error.reason != NO_ACCOUNTS:
            there = request.full_path.rstrip("?") if request.method == "GET" else "/"
            return redirect(url_for("review.sign_in", next=there), 303)
        return refusal_page(refusal.error)

    _add_provider(blueprint, settings, store)


def _add_provider(blueprint: Blueprint, settings: Settings, store: Store) -> None:
    def back() -> str:
        return url_for("review.hear_provider", _external=True)

    @blueprint.get("/sign-in/provider")
    def ask_provider() -> ResponseReturnValue:
        seed = new_token()
        try:
            there = question(_with_provider(settings), seed, back())
        except ProviderRefused as error:
            return sign_in_page(settings, error)
        response = redirect(there, 303)
        kept = f"{seed} {_wished(request.args)}"
        secure = request.is_secure
        response.set_cookie(
            cookie_name(ASKED), kept, ASKED_S, secure=secure, httponly=True, samesite="Lax"
        )
        return response

    @blueprint.get("/sign-in/provider/back")
    def hear_provider() -> ResponseReturnValue:
        kept = request.cookies.get(cookie_name(ASKED), "")
        seed, _, wished = kept.partition(" ")
        try:
            account = answer(_with_provider(settings), store, seed, back(), request.args)
        except ProviderRefused as error:
            return sign_in_page(settings, error)
        begin(store, settings, account)
        response = redirect(inside(wished, url_for("review.compose")), 303)
        response.delete_cookie(cookie_name(ASKED), secure=request.is_secure, httponly=True)
        return response


def sign_in_page(
    settings: Settings, error: AccessError | None = None, name: str = ""
) -> ResponseReturnValue:
    """Where somebody says who they are; with what was wrong, if something was."""
    page = render_template(
        "review/people/sign_in.html",
        error=error and explained(error),
        name=name,
        wished=_wished(request.values),
        provider=has_provider(settings),
        unneeded=caller() is ANYBODY,
    )
    return told(page, error)


def refusal_page(error: Error) -> ResponseReturnValue:
    """That this may not be done, and why."""
    return told(render_template("review/people/refused.html", error=explained(error)), error)


def told(page: str, error: Error | None = None) -> ResponseReturnValue:
    """A page that nothing keeps, with the status and the wait of an error if there is one."""
    response = make_response(page, error.status if error else 200)
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, TooMany):
        g.wait = error.wait
    return response


def explained(error: Error) -> str:
    """What is wrong, in the reader's language."""
    if isinstance(error, TooMany):
        text = gettext("Too many attempts. Try again in %(seconds)s seconds.")
        return text % {"seconds": error.wait}
    if isinstance(error, PermissionMissing):
        text = gettext("Your role does not allow this; it needs the permission “%(wanted)s”.")
        return text % {"wanted": error.wanted}
    texts: dict[type[Exception], str] = {
        WrongPassword: gettext("The name or the password is not right."),
        PasswordRefused: gettext(
            "Choose a password of at least 12 characters: not your name, and not a few"
            " characters over and over. Four words do well."
        ),
        TokenMissing: gettext(
            "This page was open for too long, or came from elsewhere. Go back, load it again and"
            " repeat what you did."
        ),
        ProviderRefused: gettext(
            "The identity provider could not sign you in, or nobody here has added you with the"
            " e-mail address that it has verified."
        ),
        NameTaken: gettext("Somebody has this name or e-mail address already."),
        BadName: gettext("This can't be a name or an e-mail address: use what can be seen."),
        AdminWanted: gettext("There has to be an admin: the first account, and at least one."),
    }
    return texts.get(type(error), str(error))


def _wished(given: Mapping[str, str]) -> str:
    """Where somebody wanted to go before they were asked to sign in."""
    return inside(given.get("next", ""), url_for("review.compose"))


def _with_provider(settings: Settings) -> Settings:
    if not has_provider(settings):
        raise ProviderRefused("there is no identity provider")
    return settings


def _link_page(store: Store, token: str, error: AccessError | None = None) -> ResponseReturnValue:
    account = find_link(store, hashed(token))
    page = render_template(
        "review/people/password.html",
        account=account,
        token=token,
        error=error and explained(error),
    )
    response = make_response(told(page, error))
    if account is None:
        response.status_code = 404
    return response


def _set_by_link(settings: Settings, store: Store, form: Mapping[str, str]) -> ResponseReturnValue:
    token, password = form.get("token", ""), form.get("password", "")
    account = find_link(store, hashed(token))
    if account is None:
        return _link_page(store, token)
    try:
        kept = hash_password(check_password(password, account.name, account.email))
    except PasswordRefused as error:
        return _link_page(store, token, error)
    used = use_link(store, hashed(token), kept)
    if used is None:
        return _link_page(store, token)
    logger.info("password set", person=account.name, by="link")
    begin(store, settings, used)
    return redirect(url_for("review.compose"), 303)


def change_own_password(settings: Settings, store: Store, account: Account, password: str) -> None:
    """Another password for whoever is signed in, who stays so here and nowhere else."""
    set_password(store, account.id, hash_password(check_password(password, account.name)))
    logger.info("password set", person=account.name, by=account.name)
    begin(store, settings, account)
