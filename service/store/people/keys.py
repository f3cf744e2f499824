"""API keys: made, found by their hash, revoked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import insert, or_, select, update

from service.store.database import Store
from service.store.identifiers import new_id
from service.store.people.errors import NoSuchKey
from service.store.people.names import LONGEST_TITLE, check_name
from service.store.people.records import Account, ApiKey, Scope, account_of
from service.store.people.tables import api_keys, people
from service.store.records import now
from service.store.tables import AnyRow

STALE = timedelta(minutes=1)


def add_key(
    store: Store,
    account_id: str,
    title: str,
    prefix: str,
    sha256: str,
    scopes: Iterable[Scope],
    expires: datetime | None = None,
) -> ApiKey:
    """Keep a new key of somebody's, by its hash. Raises BadName for its title."""
    check_name(title, "title", LONGEST_TITLE)
    made = new_id()
    person = select(people.c.key).where(people.c.id == account_id).scalar_subquery()
    with store.writing() as connection:
        connection.execute(
            insert(api_keys).values(
                id=made,
                person=person,
                title=title,
                prefix=prefix,
                sha256=sha256,
                scopes=" ".join(sorted(scopes)),
                created=now(),
                expires=expires,
            )
        )
    return next(key for key in list_keys(store, account_id) if key.id == made)


def list_keys(store: Store, account_id: str | None = None) -> tuple[ApiKey, ...]:
    """The keys of one account, or of all, revoked ones included; the newest first."""
    found = (
        select(api_keys, people.c.name)
        .join(people, api_keys.c.person == people.c.key)
        .order_by(api_keys.c.key.desc())
    )
    if account_id is not None:
        found = found.where(people.c.id == account_id)
    with store.reading() as connection:
        return tuple(_key(row) for row in connection.execute(found))


def find_key(store: Store, sha256: str) -> tuple[ApiKey, Account] | None:
    """The key with this hash and whose it is; None for one that is no longer good."""
    at = now()
    good = (
        api_keys.c.sha256 == sha256,
        api_keys.c.revoked.is_(None),
        or_(api_keys.c.expires.is_(None), api_keys.c.expires > at),
        people.c.disabled.is_(None),
    )
    joined = api_keys.join(people, api_keys.c.person == people.c.key)
    with store.reading() as connection:
        row = connection.execute(
            select(api_keys, people.c.name).select_from(joined).where(*good)
        ).first()
        whose = row and connection.execute(select(people).where(people.c.key == row.person)).first()
    if row is None or whose is None:
        return None
    if row.used is None or row.used < at - STALE:
        with store.writing() as connection:
            connection.execute(update(api_keys).where(api_keys.c.key == row.key).values(used=at))
    return _key(row), account_of(whose)


def revoke_key(store: Store, key: str, account_id: str | None = None) -> ApiKey:
    """Make a key useless, given by its id or prefix; of one account's, if that is given.

    Raises NoSuchKey.
    """
    for each in list_keys(store, account_id):
        if key in (each.id, each.prefix):
            with store.writing() as connection:
                unrevoked = (api_keys.c.id == each.id) & api_keys.c.revoked.is_(None)
                connection.execute(update(api_keys).where(unrevoked).values(revoked=now()))
            return each
    raise NoSuchKey(key)


def _key(row: AnyRow) -> ApiKey:
    return ApiKey(
        id=row.id,
        person=row.name,
        title=row.title,
        prefix=row.prefix,
        scopes=frozenset(row.scopes.split()),
        created=row.created,
        expires=row.expires,
        used=row.used,
        revoked=row.revoked,
    )
