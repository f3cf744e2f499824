"""Who a request comes from."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from service.store.people.records import Role as Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the service; `id` is empty where there are no accounts.

    `name` is what history keeps; `language` is that of the interface, "" as the browser wishes.
    """

    id: str
    name: str
    role: Role
    language: str = ""


# Whoever sits at a machine that has no accounts.
LOCAL = Person("", "", "admin")
# Whoever has not said who they are, where there are accounts; they may do nothing.
NOBODY = Person("", "", "reader")


def person() -> Person:
    """Who the present request comes from."""
    found: Person = g.get("person", LOCAL)
    return found
