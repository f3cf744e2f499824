"""The tables of jobs, and the clock that leases are counted by."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Interval,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    literal,
)

from service.store.records import now
from service.store.tables import Instant, Key, metadata


def moment(connection: Connection, seconds: float = 0) -> ColumnElement[datetime]:
    """This moment and so many seconds, by the clock that all who use the database share.

    That of PostgreSQL's server; a SQLite file is on this machine, whose clock it is then.
    """
    if connection.dialect.name == "sqlite":
        return literal(now() + timedelta(seconds=seconds), Instant())
    # Not now(), which stands still for the length of a transaction, waits for locks included.
    clock = func.clock_timestamp(type_=DateTime(timezone=True))
    return clock + literal(timedelta(seconds=seconds), Interval())


def _job() -> Column[int]:
    return Column("job", Key, ForeignKey("jobs.key", ondelete="CASCADE"), nullable=False)


# `request` is the idempotency key. `touched` is when articles last came in. What is left
# to do is reckoned from `since`, when `before` characters were done. `secret` is in clear:
# webhooks are signed with it.
jobs = Table(
    "jobs",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", String(26), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("source_language", Text, nullable=False),
    Column("target_language", Text, nullable=False),
    Column("quality", Text, nullable=False),
    Column("ignored", Text, nullable=False),
    Column("chunk_characters", Integer, nullable=False),
    Column("webhook", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("request", Text),
    Column("fingerprint", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("touched", Instant, nullable=False),
    Column("started", Instant),
    Column("finished", Instant),
    Column("served", Instant),
    Column("since", Instant),
    Column("before", Integer, nullable=False),
    UniqueConstraint("by", "request"),
    Index("ix_jobs_state", "state"),
    sqlite_autoincrement=True,
)

# `lost` counts the workers that died over it. An "open" chunk still takes articles.
chunks = Table(
    "job_chunks",
    metadata,
    Column("key", Key, primary_key=True),
    _job(),
    Column("state", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("delivery", Text, nullable=False),
    Column("until", Instant),
    Column("announced", Instant),
    Index("ix_job_chunks_job", "job", "state", "lost", "size", "key"),
    Index("ix_job_chunks_state", "state", "until"),
    sqlite_autoincrement=True,
)

# The second index has all that counting takes.
articles = Table(
    "job_articles",
    metadata,
    Column("key", Key, primary_key=True),
    _job(),
    Column("number", Integer, nullable=False),
    Column("chunk", Key, ForeignKey("job_chunks.key", ondelete="SET NULL"), index=True),
    Column("document", Key, ForeignKey("documents.key", ondelete="SET NULL"), index=True),
    Column("name", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("sentences", Integer, nullable=False),
    Column("tokens", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("job", "number"),
    Index("ix_job_articles_state", "job", "state", "number", "characters", "sentences", "tokens"),
)

# Only of articles that are not done: of those that are, the document has the text.
texts = Table(
    "job_texts",
    metadata,
    Column(
        "article",
        Key,
        ForeignKey("job_articles.key", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("text", Text, nullable=False),
    Column("paragraphs", Text),
    Column("media_type", Text, nullable=False),
    Column("filename", Text, nullable=False),
    Column("content", LargeBinary),
)

# The key is the id of a server-sent event.
events = Table(
    "job_events",
    metadata,
    Column("key", Key, primary_key=True),
    _job(),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_job_events_job", "job", "key"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "job_deliveries",
    metadata,
    Column("key", Key, primary_key=True),
    _job(),
    Column(
        "event",
        Key,
        ForeignKey("job_events.key", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("state", Text, nullable=False),
    Column("due", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_job_deliveries_job", "job"),
    Index("ix_job_deliveries_state", "state", "due"),
    sqlite_autoincrement=True,
)

# `key` is a sha256; `used` says when the sentence was last asked for.
sentences = Table(
    "known_sentences",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("used", Instant, nullable=False, index=True),
    Column("translation", LargeBinary, nullable=False),
)
