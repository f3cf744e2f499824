"""`visavis users`: who may use the service, and as what."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.access.passwords import check_password, hash_password
from service.config import Settings
from service.store.database import Store
from service.store.opening import open_store
from service.store.people.accounts import (
    add_account,
    disable_account,
    enable_account,
    find_account,
    has_accounts,
    list_accounts,
    set_password,
    set_role,
)
from service.store.people.names import check_email, check_name
from service.store.people.records import ROLES, Account, Role

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="table: to be read; json: for programs.",
)
PASSWORD_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, one line."
)
NEXT = """\
From now on everybody signs in, on this machine too. What next:
  visavis users add NAME --role reviewer         somebody else
  visavis keys create {name} --scopes translate  a key for a program
  visavis serve --host 0.0.0.0                   other machines too; docs/security.md says how"""


@click.group()
def users() -> None:
    """Say who may use the service, and as what.

    As long as nobody has an account, the service is open to whoever sits at
    this machine and listens nowhere else.

    \b
    reader      reads
    translator  and translates, marks claims, comments, runs jobs
    reviewer    and judges, signs off, deletes
    admin       and adds people, and everything else
    """


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True)
@click.option("--email", default="", help="To be known by at an identity provider.")
@click.option("--no-password", is_flag=True, help="Signs in with the identity provider only.")
@PASSWORD_STDIN
def add(name: str, role: Role, email: str, no_password: bool, password_stdin: bool) -> None:
    """Add somebody; the first one has to be an admin.

    The name stands in history beside what they do, and never changes.
    """
    check_name(name)
    check_email(email)
    if no_password and not email:
        raise click.UsageError("without a password they need --email, to be known by")
    with opened() as store:
        first = not has_accounts(store)
        kept = None if no_password else _asked_for(password_stdin, name, email)
        account = add_account(store, name, role, kept, email)
    click.echo(f"{account.name} is {account.role}.")
    if first:
        click.echo(NEXT.format(name=account.name if " " not in account.name else "NAME"))


@users.command("list")
@FORMAT
def list_users(form: str) -> None:
    """List everybody, disabled accounts included."""
    with opened() as store:
        accounts = list_accounts(store)
    if form == "json":
        click.echo(json.dumps([_json(each) for each in accounts], ensure_ascii=False, indent=2))
    elif not accounts:
        click.echo("nobody has an account; visavis users add NAME --role admin adds the first")
    else:
        _show(accounts)


@users.command("disable")
@click.argument("name")
def disable(name: str) -> None:
    """Let somebody in no more, from this moment on; their keys stop too.

    History keeps their name: an account is never deleted.
    """
    with opened() as store:
        account = disable_account(store, find_account(store, name).id)
    click.echo(f"{account.name} is disabled.")


@users.command("enable")
@click.argument("name")
def enable(name: str) -> None:
    """Let somebody in again, and their keys."""
    with opened() as store:
        account = enable_account(store, find_account(store, name).id)
    click.echo(f"{account.name} is enabled.")


@users.command("password")
@click.argument("name")
@PASSWORD_STDIN
def password(name: str, password_stdin: bool) -> None:
    """Set somebody's password; they are signed out everywhere."""
    with opened() as store:
        account = find_account(store, name)
        kept = _asked_for(password_stdin, account.name, account.email)
        set_password(store, account.id, kept)
    click.echo(f"{account.name} has a new password.")


@users.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
def role(name: str, role: Role) -> None:
    """Give somebody another role, which their keys are held to as well."""
    with opened() as store:
        account = set_role(store, find_account(store, name).id, role)
    click.echo(f"{account.name} is {account.role}.")


@contextmanager
def opened() -> Iterator[Store]:
    """The store that the settings name."""
    with closing(open_store(Settings.from_environ().database)) as store:
        yield store


def _asked_for(stdin: bool, *names: str) -> str:
    """The hash of a password, typed twice or read from standard input. Raises PasswordRefused."""
    if stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return hash_password(check_password(given, *names))


def _json(account: Account) -> dict[str, object]:
    return {
        "id": account.id,
        "name": account.name,
        "role": account.role,
        "email": account.email,
        "created": account.created.isoformat(timespec="seconds"),
        "disabled": account.disabled and account.disabled.isoformat(timespec="seconds"),
    }


def _show(accounts: tuple[Account, ...]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("name", "role", "e-mail", "added", ""):
        table.add_column(title)
    for each in accounts:
        state = "disabled" if each.disabled else ""
        added = str(each.created.date())
        table.add_row(escape(each.name), each.role, escape(each.email), added, state)
    Console(soft_wrap=True).print(table)
