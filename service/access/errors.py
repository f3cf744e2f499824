"""Why a request is not let through.

ServiceError
├── SignInWanted       401  the request does not say who it comes from, or what it says is no good
├── PermissionMissing  403  whoever asks may not do this
├── TokenMissing       403  a form without the token of its session
├── AccountWanted      403  a key, where a person has to be
├── ProviderRefused    403  the identity provider's answer can't be accepted
├── PasswordRefused    422  a password that is too easily guessed
├── WrongPassword      422  the name or the password is not right
└── TooMany            429  too many attempts or requests for now
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from service.errors import ServiceError


class AccessError(ServiceError):
    """The request is not let through."""


class PageRefused(Exception):
    """The request is for a page, whose reader is to be told with another page."""

    def __init__(self, error: AccessError) -> None:
        super().__init__(str(error))
        self.error = error


class SignInWanted(AccessError):
    """The request does not say who it comes from, or what it says is no good."""

    status = 401
    field = "Authorization"

    def __init__(self, reason: str) -> None:
        super().__init__(f"Authorization: {reason}")
        self.reason = reason


class PermissionMissing(AccessError):
    """Whoever asks may not do this."""

    status = 403

    def __init__(self, kind: str, given: Iterable[str], wanted: str, enough: Iterable[str]) -> None:
        has = ", ".join(given) or "none"
        needed = f" ({', '.join(enough)})" if enough else ""
        super().__init__(f"{kind}: this needs the permission {wanted!r}{needed}; there is: {has}")
        self.field = kind
        self.value = has
        self.wanted = wanted


class TokenMissing(AccessError):
    """The form is without the token of its session."""

    status = 403
    field = "csrf_token"

    def __init__(self) -> None:
        super().__init__(
            "csrf_token: it is not that of this session; load the page again and repeat it"
        )


class AccountWanted(AccessError):
    """A key asks for what only a person may do."""

    status = 403
    field = "Authorization"

    def __init__(self) -> None:
        super().__init__("Authorization: an account is its owner's, not a key's: sign in")


class ProviderRefused(AccessError):
    """The identity provider's answer can't be accepted."""

    status = 403
    field = "code"

    def __init__(self, reason: str) -> None:
        super().__init__(f"code: {reason}")


class PasswordRefused(AccessError):
    """The password is too easily guessed."""

    status = 422
    field = "password"

    def __init__(self, reason: str) -> None:
        super().__init__(f"password: {reason}")


class WrongPassword(AccessError):
    """The name or the password is not right."""

    status = 422
    field = "password"

    def __init__(self) -> None:
        super().__init__("password: the name or the password is not right")


class TooMany(AccessError):
    """There have been too many attempts or requests for now."""

    status = 429

    def __init__(self, field: str, what: str, wait: float) -> None:
        self.wait = max(1, math.ceil(wait))
        super().__init__(f"{field}: too many {what}; try again in {self.wait} s")
        self.field = field
        self.value = self.wait


def examples() -> tuple[AccessError, ...]:
    """One of each that a program can meet at the API."""
    return (
        SignInWanted("sign in, or send an API key"),
        PermissionMissing("scope", ["read"], "translate", []),
        TokenMissing(),
        AccountWanted(),
        TooMany("Authorization", "requests", 1),
    )
