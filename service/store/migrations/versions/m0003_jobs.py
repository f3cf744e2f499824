"""Jobs, their articles and events, and sentences that were translated before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    _make_jobs()
    _make_chunks()
    _make_articles()
    _make_texts()
    _make_events()
    _make_deliveries()
    op.create_table(
        "known_sentences",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("used", MOMENT, nullable=False),
        sa.Column("translation", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_known_sentences"),
    )
    op.create_index("ix_known_sentences_used", "known_sentences", ["used"])


def _of_job(table: str) -> list[sa.Column[int] | sa.ForeignKeyConstraint]:
    return [
        sa.Column("job", KEY, nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.key"], name=f"fk_{table}_job", ondelete="CASCADE"),
    ]


def _make_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("source_language", sa.Text(), nullable=False),
        sa.Column("target_language", sa.Text(), nullable=False),
        sa.Column("quality", sa.Text(), nullable=False),
        sa.Column("ignored", sa.Text(), nullable=False),
        sa.Column("chunk_characters", sa.Integer(), nullable=False),
        sa.Column("webhook", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("request", sa.Text()),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("created", MOMENT, nullable=False),
        sa.Column("touched", MOMENT, nullable=False),
        *(sa.Column(name, MOMENT) for name in ("started", "finished", "served", "since")),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_jobs"),
        sa.UniqueConstraint("id", name="uq_jobs_id"),
        sa.UniqueConstraint("by", "request", name="uq_jobs_by"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_state", "jobs", ["state"])


def _make_chunks() -> None:
    op.create_table(
        "job_chunks",
        sa.Column("key", KEY, nullable=False),
        *_of_job("job_chunks"),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("delivery", sa.Text(), nullable=False),
        sa.Column("until", MOMENT),
        sa.Column("announced", MOMENT),
        sa.PrimaryKeyConstraint("key", name="pk_job_chunks"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_chunks_job", "job_chunks", ["job", "state", "lost", "size", "key"])
    op.create_index("ix_job_chunks_state", "job_chunks", ["state", "until"])


def _make_articles() -> None:
    op.create_table(
        "job_articles",
        sa.Column("key", KEY, nullable=False),
        *_of_job("job_articles"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("chunk", KEY),
        sa.Column("document", KEY),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("sentences", sa.Integer(), nullable=False),
        sa.Column("tokens", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_job_articles"),
        sa.UniqueConstraint("job", "number", name="uq_job_articles_job"),
        sa.ForeignKeyConstraint(
            ["chunk"], ["job_chunks.key"], name="fk_job_articles_chunk", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.key"], name="fk_job_articles_document", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_job_articles_chunk", "job_articles", ["chunk"])
    op.create_index("ix_job_articles_document", "job_articles", ["document"])
    counted = ["job", "state", "number", "characters", "sentences", "tokens"]
    op.create_index("ix_job_articles_state", "job_articles", counted)


def _make_texts() -> None:
    op.create_table(
        "job_texts",
        sa.Column("article", KEY, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("paragraphs", sa.Text()),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("article", name="pk_job_texts"),
        sa.ForeignKeyConstraint(
            ["article"], ["job_articles.key"], name="fk_job_texts_article", ondelete="CASCADE"
        ),
    )


def _make_events() -> None:
    op.create_table(
        "job_events",
        sa.Column("key", KEY, nullable=False),
        *_of_job("job_events"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_job_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_events_job", "job_events", ["job", "key"])


def _make_deliveries() -> None:
    op.create_table(
        "job_deliveries",
        sa.Column("key", KEY, nullable=False),
        *_of_job("job_deliveries"),
        sa.Column("event", KEY, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_job_deliveries"),
        sa.ForeignKeyConstraint(
            ["event"], ["job_events.key"], name="fk_job_deliveries_event", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    for column in ("event", "job"):
        op.create_index(f"ix_job_deliveries_{column}", "job_deliveries", [column])
    op.create_index("ix_job_deliveries_state", "job_deliveries", ["state", "due"])
