"""What reviewers do to a segment: edits, flags, comments, judgements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEVERITIES = ("critical", "major", "minor")


def upgrade() -> None:
    """Give segments what a review writes down of them, and make the tables beside them."""
    _widen_segments()
    _fill_severities()
    _make_former_segments()
    _make_flags()
    _make_comments()
    _make_judgements()
    _free_orphaned_claims()


def _widen_segments() -> None:
    for column in (
        sa.Column("severity", sa.Text(), nullable=False, server_default="none"),
        sa.Column("revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("edited_by", sa.Text()),
        sa.Column("reviewed_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("signed_by", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("segments", column)


def _fill_severities() -> None:
    """The worst of each segment's issues, read from the JSON of its details.

    An issue reads ["type","severity","explanation",[…],[…]]; quotation marks
    inside its strings are escaped, so that nothing else looks like a severity.
    """
    segments = sa.table("segments", sa.column("severity"), sa.column("details"))
    worst = [(segments.c.details.contains(f',"{each}","'), each) for each in SEVERITIES]
    op.execute(
        sa.update(segments)
        .where(sa.or_(*(found for found, _ in worst)))
        .values(severity=sa.case(*worst))
    )


def _make_former_segments() -> None:
    op.create_table(
        "former_segments",
        sa.Column("document", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.Text()),
        sa.Column("reviewed_by", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("target", sa.Text()),
        sa.Column("score", sa.Double()),
        sa.Column("details", sa.Text()),
        sa.Column("severity", sa.Text()),
        sa.PrimaryKeyConstraint("document", "number", name="pk_former_segments"),
        _of_document("former_segments"),
    )


def _make_flags() -> None:
    op.create_table(
        "flags",
        *_of_segment(),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("resolved", sa.Boolean(), nullable=False),
        *_rules("flags"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_flags_document", "flags", ["document", "number"])


def _make_comments() -> None:
    op.create_table(
        "comments",
        *_of_segment(),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_rules("comments"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comments_document", "comments", ["document", "number"])


def _make_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("claim", KEY, autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("claim", "by", name="pk_judgements"),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.key"], name="fk_judgements_claim", ondelete="CASCADE"
        ),
    )


def _free_orphaned_claims() -> None:
    """A claim whose words are gone no longer keeps others from marking where it stood."""
    standing = sa.text("kind = 'marked' AND status <> 'orphaned'")
    op.drop_index("ix_claims_marked", "claims")
    op.create_index(
        "ix_claims_marked",
        "claims",
        ["document", "side", "start", "end"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )


def _of_segment() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("document", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    )


def _rules(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("key", name=f"pk_{table}"),
        sa.UniqueConstraint("id", name=f"uq_{table}_id"),
        _of_document(table),
    )


def _of_document(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(
        ["document"], ["documents.key"], name=f"fk_{table}_document", ondelete="CASCADE"
    )
