"""The tables of what reviewers do, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Double, ForeignKey, Index, Integer, String, Table, Text

from service.store.tables import Instant, Key, metadata


def _document(primary_key: bool = False) -> Column[int]:
    key = ForeignKey("documents.key", ondelete="CASCADE")
    return Column("document", Key, key, primary_key=primary_key, nullable=False)


# What a segment was before its last change; without `target`, its text was the same, and so
# were score, details and severity.
former_segments = Table(
    "former_segments",
    metadata,
    _document(primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("edited_by", Text),
    Column("reviewed_by", Text, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("target", Text),
    Column("score", Double),
    Column("details", Text),
    Column("severity", Text),
)

# `start` and `end` count from the start of the segment; null where its words are gone.
flags = Table(
    "flags",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(26), nullable=False, unique=True),
    _document(),
    Column("number", Integer, nullable=False),
    Column("side", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("quote", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("resolved", Boolean, nullable=False),
    Index("ix_flags_document", "document", "number"),
    sqlite_autoincrement=True,
)

comments = Table(
    "comments",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(26), nullable=False, unique=True),
    _document(),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_comments_document", "document", "number"),
    sqlite_autoincrement=True,
)

# What each person finds of a claim; the claim itself has the latest verdict.
judgements = Table(
    "judgements",
    metadata,
    Column(
        "claim",
        Key,
        ForeignKey("claims.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("by", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("at", Instant, nullable=False),
)
