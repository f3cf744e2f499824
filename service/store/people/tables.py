"""The tables of people, as the newest migration leaves them.

Of whatever somebody shows to prove who they are there is only a hash here: of a
password one that is slow to make (argon2), of a token with 256 random bits its
sha256.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from service.store.tables import Instant, Key, metadata


def _person(unique: bool = False) -> Column[int]:
    key = ForeignKey("people.key", ondelete="CASCADE")
    return Column("person", Key, key, nullable=False, index=not unique, unique=unique or None)


# `folded` is the name as it is compared; `subject` who they are to the identity provider.
people = Table(
    "people",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(26), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    Column("email", Text, unique=True),
    Column("subject", Text, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("language", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("disabled", Instant),
    sqlite_autoincrement=True,
)

sessions = Table(
    "sessions",
    metadata,
    Column("sha256", String(64), primary_key=True),
    _person(),
    Column("created", Instant, nullable=False),
    Column("seen", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(26), nullable=False, unique=True),
    _person(),
    Column("title", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant),
    Column("used", Instant),
    Column("revoked", Instant),
    sqlite_autoincrement=True,
)

password_links = Table(
    "password_links",
    metadata,
    Column("sha256", String(64), primary_key=True),
    _person(unique=True),
    Column("ends", Instant, nullable=False),
)

# `subject` is a hash: what people type as their name may be their password.
failures = Table(
    "failures",
    metadata,
    Column("subject", String(64), primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("latest", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)
