"""`visavis keys`: what programs show instead of signing in."""

from __future__ import annotations

import json
from datetime import timedelta

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.access.permissions import in_order
from service.access.tokens import hashed, new_key
from service.commands.users import FORMAT, opened
from service.store.people.accounts import find_account
from service.store.people.keys import add_key, list_keys, revoke_key
from service.store.people.records import GRANTED, SCOPES, ApiKey, Scope
from service.store.records import now


@click.group()
def keys() -> None:
    """Make keys for programs, list them, revoke them.

    A key does what its scopes name, and never more than whose it is may do. It
    is sent as a header: Authorization: Bearer vav_…
    """


@keys.command("create")
@click.argument("name")
@click.option("--title", default="made by visavis keys", show_default=True, help="What it is for.")
@click.option("--scopes", default="read", show_default=True, help=", ".join(SCOPES))
@click.option("--days", type=click.IntRange(1, 3650), help="Good for so many; else for ever.")
def create(name: str, title: str, scopes: str, days: int | None) -> None:
    """Make a key for NAME and print it, this once."""
    key, prefix = new_key()
    with opened() as store:
        account = find_account(store, name)
        wished = _scopes(scopes)
        beyond = wished - GRANTED[account.role]
        if beyond:
            text = f"a {account.role} may not: {', '.join(in_order(beyond))}"
            raise click.BadParameter(text, param_hint="--scopes")
        expires = now() + timedelta(days=days) if days else None
        add_key(store, account.id, title, prefix, hashed(key), wished, expires)
    click.echo(key)
    click.echo("It is not shown again.", err=True)


@keys.command("list")
@FORMAT
def list_all(form: str) -> None:
    """List every key by what it begins with, revoked ones included."""
    with opened() as store:
        found = list_keys(store)
    if form == "json":
        click.echo(json.dumps([_json(each) for each in found], ensure_ascii=False, indent=2))
    elif not found:
        click.echo("there are no keys; visavis keys create NAME makes one")
    else:
        _show(found)


@keys.command("revoke")
@click.argument("key")
def revoke(key: str) -> None:
    """Make a key useless at once; KEY is its id or what it begins with."""
    with opened() as store:
        found = revoke_key(store, key)
    click.echo(f"{found.prefix} of {found.person} is revoked.")


def _scopes(written: str) -> frozenset[Scope]:
    named = {part.strip() for part in written.split(",") if part.strip()}
    unknown = named - set(SCOPES)
    if unknown or not named:
        text = f"{', '.join(sorted(unknown)) or 'nothing'}: choose of {', '.join(SCOPES)}"
        raise click.BadParameter(text, param_hint="--scopes")
    return frozenset(scope for scope in SCOPES if scope in named)


def _json(key: ApiKey) -> dict[str, object]:
    moments = {
        each: getattr(key, each) and getattr(key, each).isoformat(timespec="seconds")
        for each in ("created", "expires", "used", "revoked")
    }
    scopes = list(in_order(key.scopes))
    shown = {"id": key.id, "person": key.person, "title": key.title, "prefix": key.prefix}
    return {**shown, "scopes": scopes, **moments}


def _show(found: tuple[ApiKey, ...]) -> None:
    table = Table(box=None, pad_edge=False)
    for title in ("begins with", "whose", "title", "scopes", "made", "last used", "until"):
        table.add_column(title)
    for each in found:
        used = str(each.used.date()) if each.used else "never"
        until = str(each.expires.date()) if each.expires else "ever"
        scopes = " ".join(in_order(each.scopes))
        made = str(each.created.date())
        last = "revoked" if each.revoked else until
        table.add_row(
            each.prefix, escape(each.person), escape(each.title), scopes, made, used, last
        )
    Console(soft_wrap=True).print(table)
