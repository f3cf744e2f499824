"""Who has an account, and what their keys may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from service.store.tables import AnyRow

Role: TypeAlias = Literal["reader", "translator", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

# What a key may be made for; `public` is none of them, since it needs no key.
Scope: TypeAlias = Literal["read", "translate", "review", "jobs", "metrics", "admin"]
SCOPES: tuple[Scope, ...] = get_args(Scope)

GRANTED: Mapping[Role, frozenset[Scope]] = {
    "reader": frozenset({"read"}),
    "translator": frozenset({"read", "translate", "jobs"}),
    "reviewer": frozenset({"read", "translate", "jobs", "review"}),
    "admin": frozenset(SCOPES),
}


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in, unless `disabled`; `email` is "" where none is known.

    `language` is that of the interface, "" as the browser wishes.
    """

    id: str
    name: str
    role: Role
    email: str
    language: str
    has_password: bool
    created: datetime
    disabled: datetime | None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What a program shows instead of signing in; `prefix` is all of it that is kept to be seen."""

    id: str
    person: str
    title: str
    prefix: str
    scopes: frozenset[Scope]
    created: datetime
    expires: datetime | None
    used: datetime | None
    revoked: datetime | None


def account_of(row: AnyRow) -> Account:
    """The account that a row of `people` is."""
    return Account(
        id=row.id,
        name=row.name,
        role=row.role,
        email=row.email or "",
        language=row.language,
        has_password=row.password is not None,
        created=row.created,
        disabled=row.disabled,
    )
