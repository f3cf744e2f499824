"""Accounts: added, changed, disabled. None is ever deleted.

History says by name who wrote, judged and signed what. A name that was free
again could be given to somebody else, who would then seem to have done it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.sql.elements import ColumnElement

from service.store.database import Store
from service.store.identifiers import new_id
from service.store.people.errors import AdminWanted, NameTaken, NoSuchAccount
from service.store.people.names import check_email, check_name, fold
from service.store.people.records import Account, Role, account_of
from service.store.people.tables import password_links, people, sessions
from service.store.records import REFUSED, now
from service.store.tables import AnyRow

FIRST = "the first account has to be an admin's: nobody else could add the others"
LAST = "this is the last admin: make somebody else one first"


def has_accounts(store: Store) -> bool:
    """Whether anybody has an account, disabled ones included."""
    with store.reading() as connection:
        return connection.execute(select(people.c.key).limit(1)).first() is not None


def add_account(
    store: Store, name: str, role: Role, password: str | None = None, email: str = ""
) -> Account:
    """A new account; `password` is its hash.

    Raises BadName, NameTaken, and AdminWanted where the first is no admin's.
    """
    check_name(name)
    checked = check_email(email)
    with store.writing() as connection:
        # Two that are added at once must not both be the first.
        _lock(connection)
        if role != "admin" and not connection.scalar(select(func.count()).select_from(people)):
            raise AdminWanted(FIRST)
        _refuse_taken(connection, "name", people.c.folded == fold(name), name)
        _refuse_taken(connection, "email", people.c.email == checked, email)
        connection.execute(
            insert(people).values(
                id=new_id(),
                name=name,
                folded=fold(name),
                email=checked,
                role=role,
                password=password,
                language="",
                created=now(),
            )
        )
        return account_of(_row(connection, people.c.folded == fold(name), name))


def list_accounts(store: Store) -> tuple[Account, ...]:
    """Everybody, by name."""
    with store.reading() as connection:
        rows = connection.execute(select(people).order_by(people.c.folded))
        return tuple(account_of(row) for row in rows)


def find_account(store: Store, name: str) -> Account:
    """The account of this name, however it is written. Raises NoSuchAccount."""
    with store.reading() as connection:
        return account_of(_row(connection, people.c.folded == fold(name), name))


def read_account(store: Store, account_id: str) -> Account:
    """The account with this id. Raises NoSuchAccount."""
    with store.reading() as connection:
        return account_of(_row(connection, people.c.id == account_id, account_id))


def read_password(store: Store, name: str) -> tuple[Account, str | None] | None:
    """Whoever has this name and the hash of their password; None where nobody is called so."""
    if REFUSED.search(name):
        return None
    with store.reading() as connection:
        row = connection.execute(select(people).where(people.c.folded == fold(name))).first()
    return None if row is None else (account_of(row), row.password)


def set_role(store: Store, account_id: str, role: Role) -> Account:
    """Give somebody another role. Raises NoSuchAccount, and AdminWanted for the last admin."""
    return _change(store, account_id, keeps_admin=role == "admin", role=role)


def disable_account(store: Store, account_id: str) -> Account:
    """Let somebody in no more, from this moment on: their sessions and links are gone.

    Their keys do nothing as long as they are disabled. Raises NoSuchAccount,
    and AdminWanted for the last admin.
    """
    account = _change(store, account_id, keeps_admin=False, disabled=now())
    end_sessions(store, account_id)
    return account


def enable_account(store: Store, account_id: str) -> Account:
    """Let somebody in again. Raises NoSuchAccount."""
    return _change(store, account_id, disabled=None)


def set_language(store: Store, account_id: str, language: str) -> Account:
    """The language that somebody wishes the interface in. Raises NoSuchAccount."""
    return _change(store, account_id, language=language)


def set_email(store: Store, account_id: str, email: str) -> Account:
    """Another e-mail address, "" for none. Raises NoSuchAccount, BadName, NameTaken."""
    checked = check_email(email)
    with store.writing() as connection:
        _lock(connection)
        other = (people.c.email == checked) & (people.c.id != account_id)
        _refuse_taken(connection, "email", other, email)
        # Who they are to the identity provider was told by the old one.
        values = {"email": checked, "subject": None}
        connection.execute(update(people).where(people.c.id == account_id).values(**values))
        return account_of(_row(connection, people.c.id == account_id, account_id))


def set_password(store: Store, account_id: str, password: str) -> Account:
    """Another password, given as its hash; every session and link ends. Raises NoSuchAccount."""
    account = _change(store, account_id, password=password)
    end_sessions(store, account_id)
    return account


def rehash_password(store: Store, account_id: str, password: str) -> None:
    """The hash of the same password, made as hashes are made now."""
    _change(store, account_id, password=password)


def end_sessions(store: Store, account_id: str) -> None:
    """Sign somebody out everywhere, and make links to set their password useless."""
    person = select(people.c.key).where(people.c.id == account_id).scalar_subquery()
    with store.writing() as connection:
        for table in (sessions, password_links):
            connection.execute(delete(table).where(table.c.person == person))


def recognise(store: Store, subject: str, email: str) -> Account | None:
    """Whoever the identity provider means; None where no admin has added them.

    They are known by their e-mail address the first time, and from then on by
    `subject` alone: an address may pass to somebody else.
    """
    with store.writing() as connection:
        known = connection.execute(select(people).where(people.c.subject == subject)).first()
        if known:
            return account_of(known)
        addressed = (people.c.email == email.lower()) & people.c.subject.is_(None)
        row = connection.execute(select(people).where(addressed)).first() if email else None
        if row is None:
            return None
        connection.execute(update(people).where(people.c.key == row.key).values(subject=subject))
        return account_of(row)


def _change(store: Store, account_id: str, keeps_admin: bool = True, **values: Any) -> Account:
    with store.writing() as connection:
        _lock(connection)
        row = _row(connection, people.c.id == account_id, account_id)
        if not keeps_admin and row.role == "admin" and row.disabled is None:
            others = select(func.count()).where(
                people.c.role == "admin", people.c.disabled.is_(None), people.c.key != row.key
            )
            if not connection.scalar(others):
                raise AdminWanted(LAST)
        connection.execute(update(people).where(people.c.key == row.key).values(**values))
        return account_of(_row(connection, people.c.id == account_id, account_id))


def _lock(connection: Connection) -> None:
    """Have others who change accounts wait; SQLite lets one write at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE people IN SHARE ROW EXCLUSIVE MODE")


def _row(connection: Connection, found: ColumnElement[bool], name: str) -> AnyRow:
    row = connection.execute(select(people).where(found)).first()
    if row is None:
        raise NoSuchAccount(name)
    return row


def _refuse_taken(
    connection: Connection, field: str, taken: ColumnElement[bool], value: str
) -> None:
    if value and connection.execute(select(people.c.key).where(taken)).first():
        raise NameTaken(field, value)
