"""Claims, and the history of every change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make both tables; history refuses to be changed."""
    _make_claims()
    _make_history()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER history_is_kept BEFORE UPDATE ON history BEGIN"
            " SELECT RAISE(ABORT, 'history is only added to'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'history is only added to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER history_is_kept BEFORE UPDATE ON history"
            " FOR EACH ROW EXECUTE FUNCTION keep_history()"
        )


def _make_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("source_quotes", sa.Text(), nullable=False),
        sa.Column("target_quotes", sa.Text(), nullable=False),
        sa.Column("coverage", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("source_sha256", sa.String(64), nullable=False),
        sa.Column("target_sha256", sa.String(64), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_claims"),
        sa.UniqueConstraint("id", name="uq_claims_id"),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.key"], name="fk_claims_document", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_claims_document", "claims", ["document"])
    marked = sa.text("kind = 'marked'")
    op.create_index(
        "ix_claims_marked",
        "claims",
        ["document", "side", "start", "end"],
        unique=True,
        sqlite_where=marked,
        postgresql_where=marked,
    )


def _make_history() -> None:
    op.create_table(
        "history",
        sa.Column("key", KEY, nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint("key", name="pk_history"),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.key"], name="fk_history_document", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_document", "history", ["document"])
    op.create_index("ix_history_subject_id", "history", ["subject_id"])
