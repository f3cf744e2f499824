"""Links by which somebody sets their own password: once, and not for ever."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from service.store.database import Store
from service.store.people.records import Account, account_of
from service.store.people.tables import password_links, people, sessions
from service.store.records import now


def add_link(store: Store, account_id: str, sha256: str, lasts: timedelta) -> None:
    """A link for somebody, known by the hash of its token; it takes the place of an earlier one."""
    person = select(people.c.key).where(people.c.id == account_id).scalar_subquery()
    with store.writing() as connection:
        connection.execute(delete(password_links).where(password_links.c.person == person))
        connection.execute(
            insert(password_links).values(sha256=sha256, person=person, ends=now() + lasts)
        )


def find_link(store: Store, sha256: str) -> Account | None:
    """Whose link this is; None for one that is used, over, or of a disabled account."""
    found = (
        select(people)
        .join(password_links, password_links.c.person == people.c.key)
        .where(
            password_links.c.sha256 == sha256,
            password_links.c.ends > now(),
            people.c.disabled.is_(None),
        )
    )
    with store.reading() as connection:
        row = connection.execute(found).first()
    return None if row is None else account_of(row)


def use_link(store: Store, sha256: str, password: str) -> Account | None:
    """Set the password of whose link this is, given as its hash; every session of theirs ends.

    None where the link is no good any more: of two who use it at once, one does.
    """
    account = find_link(store, sha256)
    if account is None:
        return None
    with store.writing() as connection:
        used = delete(password_links).where(password_links.c.sha256 == sha256)
        if not connection.execute(used).rowcount:
            return None
        mine = people.c.id == account.id
        connection.execute(update(people).where(mine).values(password=password))
        person = select(people.c.key).where(mine).scalar_subquery()
        connection.execute(delete(sessions).where(sessions.c.person == person))
    return account
