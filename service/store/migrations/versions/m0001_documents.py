"""Documents, their segments, the models that made them, and the words to search them by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of an empty store."""
    _make_models()
    _make_documents()
    _make_segments()
    _make_originals()
    if op.get_bind().dialect.name == "sqlite":
        _make_words_of_sqlite()
    else:
        _make_words_of_postgresql()


def _make_models() -> None:
    parts = ("name", "revision", "sha256", "engine", "decoding")
    op.create_table(
        "models",
        sa.Column("key", KEY, nullable=False),
        *(sa.Column(part, sa.Text(), nullable=False) for part in parts),
        sa.PrimaryKeyConstraint("key", name="pk_models"),
        sa.UniqueConstraint(*parts, name="uq_models_name"),
    )


def _make_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("identity", sa.String(64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.String(64), nullable=False),
        sa.Column("target_sha256", sa.String(64), nullable=False),
        sa.Column("source_length", sa.Integer(), nullable=False),
        sa.Column("target_length", sa.Integer(), nullable=False),
        sa.Column("source_language", sa.Text(), nullable=False),
        sa.Column("target_language", sa.Text(), nullable=False),
        sa.Column("model", KEY),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("checked", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("segments", sa.Integer(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
        sa.UniqueConstraint("id", name="uq_documents_id"),
        sa.UniqueConstraint("identity", name="uq_documents_identity"),
        sa.ForeignKeyConstraint(["model"], ["models.key"], name="fk_documents_model"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_documents_source_sha256", "documents", ["source_sha256"])


def _make_segments() -> None:
    op.create_table(
        "segments",
        sa.Column("document", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_end", sa.Integer(), nullable=False),
        sa.Column("target_start", sa.Integer(), nullable=False),
        sa.Column("target_end", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document", "number", name="pk_segments"),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.key"], name="fk_segments_document", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_segments_source_start", "segments", ["document", "source_start"])
    op.create_index("ix_segments_target_start", "segments", ["document", "target_start"])


def _make_originals() -> None:
    op.create_table(
        "originals",
        sa.Column("document", KEY, autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("document", name="pk_originals"),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.key"], name="fk_originals_document", ondelete="CASCADE"
        ),
    )


def _make_words_of_sqlite() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE document_words USING fts5("
        "words, tokenize = 'unicode61 remove_diacritics 0', detail = none, prefix = '2 3')"
    )
    op.execute(
        "CREATE TRIGGER documents_take_their_words AFTER DELETE ON documents BEGIN"
        " DELETE FROM document_words WHERE rowid = OLD.key; END"
    )


def _make_words_of_postgresql() -> None:
    op.execute(
        "CREATE TABLE document_words ("
        "document BIGINT PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,"
        " words TSVECTOR NOT NULL)"
    )
    # Words that wait in a list make the planner shun the index until somebody vacuums.
    op.execute(
        "CREATE INDEX ix_document_words_words ON document_words"
        " USING gin (words) WITH (fastupdate = off)"
    )
