"""The languages of the interface: which one a reader gets, and its texts, dates and figures.

A catalog is a .po file below `locales`, read when it is first needed. What one
lacks is shown in English, which the sources are written in.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from flask import Flask, Response, has_request_context, redirect, request, url_for
from flask.typing import ResponseReturnValue

from service.access.addresses import inside
from service.access.person import person

# Each by its own name.
LANGUAGES = {"en": "English", "fr": "Français"}
DEFAULT = "en"
# Dates and figures as in Britain, where the sources' spelling is from too.
LOCALES = {"en": "en_GB"}
COOKIE = "visavis-language"
# Where an account's language is set.
ACCOUNT = "review.change_language"
# In seconds: a year.
KEPT = 365 * 24 * 3600


def speak(app: Flask) -> None:
    """Have the templates of an application speak the language of whoever reads them."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True
    )
    app.jinja_env.globals.update(
        interface_language=interface_language, other_languages=other_languages
    )
    app.jinja_env.filters.update(
        date=date, duration=duration, figure=figure, language_name=language_name, share=share
    )

    @app.post("/language")
    def language() -> ResponseReturnValue:
        return choose(request.form.get("language", ""), request.form.get("back", ""))

    @app.after_request
    def forget_choice(response: Response) -> Response:
        # Who chooses a language for the account means it for this browser too.
        if request.endpoint == ACCOUNT and COOKIE in request.cookies:
            response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
        return response


def interface_language() -> str:
    """What the present reader is shown: what their browser keeps, their account or it asks for."""
    if not has_request_context():
        return DEFAULT
    # Werkzeug's own match takes the English of "fr-CA, en" before the French.
    asked = (tag.partition("-")[0].lower() for tag, weight in request.accept_languages if weight)
    wishes = (request.cookies.get(COOKIE, ""), person().language, *asked)
    return next((wish for wish in wishes if wish in LANGUAGES), DEFAULT)


def other_languages() -> list[tuple[str, str]]:
    """The languages that the page could be in besides the present one: code and own name."""
    return [each for each in LANGUAGES.items() if each[0] != interface_language()]


def gettext(message: str) -> str:
    """A text of the interface in the present reader's language."""
    return _texts(interface_language()).gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """A text about a number of things, as the present reader's language counts them."""
    return _texts(interface_language()).ngettext(singular, plural, number)


def date(moment: datetime) -> str:
    """A moment, in UTC, as the present reader's language writes it: "23 Nov 2026, 19:05 UTC"."""
    return f"{format_datetime(moment, 'd MMM y, HH:mm', locale=_locale())} UTC"


def duration(seconds: float) -> str:
    """A length of time, in seconds, as the present reader's language says it: "3 minutes"."""
    return format_timedelta(timedelta(seconds=seconds), threshold=1.2, locale=_locale())


def figure(number: float) -> str:
    """A number as the present reader's language writes it, with up to three decimals."""
    return format_decimal(number, locale=_locale())


def share(part: float) -> str:
    """A part of 1 in whole per cent, as the present reader's language writes it."""
    return format_percent(part, locale=_locale())


def language_name(code: str) -> str:
    """What the present reader's language calls a language; its code, where it has no name."""
    try:
        return Locale.parse(code, sep="-").get_language_name(_locale()) or code
    except (UnknownLocaleError, ValueError):
        return code


def choose(language: str, back: str) -> ResponseReturnValue:
    """Keep the wish for a language in the browser, and go back to a page of this service."""
    answer = redirect(inside(back, url_for("review.compose")), 303)
    if language in LANGUAGES:
        answer.set_cookie(COOKIE, language, max_age=KEPT, httponly=True, samesite="Lax")
    return answer


def _locale() -> str:
    language = interface_language()
    return LOCALES.get(language, language)


@cache
def _texts(language: str) -> NullTranslations:
    place = files("service.review").joinpath("locales", language, "LC_MESSAGES", "messages.po")
    if not place.is_file():
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(place.read_bytes()), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
