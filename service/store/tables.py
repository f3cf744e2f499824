"""The tables, as the newest migration leaves them.

`key` is a number that never leaves the store; `id` is what others see. The
words that documents are searched by are in a table of the database's own kind,
see `search`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}
# What is marked and still stands in the text: no two such claims are of the same span.
STANDING = "kind = 'marked' AND status <> 'orphaned'"
AnyRow: TypeAlias = Row[*tuple[Any, ...]]

metadata = MetaData(naming_convention=NAMES)

Key = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """A moment, in UTC in both databases; SQLite keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, without saying so where the database could not keep it."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, whatever zone the database's session is in."""
        if value is None or dialect.name != "sqlite":
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


def _document() -> Column[int]:
    key = ForeignKey("documents.key", ondelete="CASCADE")
    return Column("document", Key, key, nullable=False, index=True)


models = Table(
    "models",
    metadata,
    Column("key", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("revision", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("decoding", Text, nullable=False),
    UniqueConstraint("name", "revision", "sha256", "engine", "decoding"),
)

# `identity` is what makes two documents the same; see documents.identity.
documents = Table(
    "documents",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(26), nullable=False, unique=True),
    Column("identity", String(64), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("source_sha256", String(64), nullable=False, index=True),
    Column("target_sha256", String(64), nullable=False),
    Column("source_length", Integer, nullable=False),
    Column("target_length", Integer, nullable=False),
    Column("source_language", Text, nullable=False),
    Column("target_language", Text, nullable=False),
    Column("model", Key, ForeignKey("models.key")),
    Column("options", Text, nullable=False),
    Column("checked", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("segments", Integer, nullable=False),
    Column("created", Instant, nullable=False),
    Column("updated", Instant, nullable=False),
    sqlite_autoincrement=True,
)

originals = Table(
    "originals",
    metadata,
    Column(
        "document",
        Key,
        ForeignKey("documents.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("content", LargeBinary, nullable=False),
)

# `details` are links, null masses and issues, as `details.encode` writes them, `severity` that
# of the worst issue. `revision` counts the changes of state and text; `edited_by` is null as
# long as the translation is what came in.
segments = Table(
    "segments",
    metadata,
    Column("document", Key, ForeignKey("documents.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("source_start", Integer, nullable=False),
    Column("source_end", Integer, nullable=False),
    Column("target_start", Integer, nullable=False),
    Column("target_end", Integer, nullable=False),
    Column("score", Double),
    Column("state", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("severity", Text, nullable=False, server_default="none"),
    Column("revision", Integer, nullable=False, server_default="0"),
    Column("edited_by", Text),
    Column("reviewed_by", Text, nullable=False, server_default=""),
    Column("signed_by", Text, nullable=False, server_default=""),
    Index("ix_segments_source_start", "document", "source_start"),
    Index("ix_segments_target_start", "document", "target_start"),
)

claims = Table(
    "claims",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(40), nullable=False, unique=True),
    _document(),
    Column("kind", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("source_quotes", Text, nullable=False),
    Column("target_quotes", Text, nullable=False),
    Column("coverage", Double, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("source_sha256", String(64), nullable=False),
    Column("target_sha256", String(64), nullable=False),
    Column("verdict", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Index(
        "ix_claims_marked",
        "document",
        "side",
        "start",
        "end",
        unique=True,
        sqlite_where=text(STANDING),
        postgresql_where=text(STANDING),
    ),
    sqlite_autoincrement=True,
)

# Only ever added to: the database itself refuses to change a row.
history = Table(
    "history",
    metadata,
    Column("key", Key, primary_key=True),
    _document(),
    Column("subject", Text, nullable=False),
    Column("subject_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    Index("ix_history_subject_id", "subject_id"),
    sqlite_autoincrement=True,
)
