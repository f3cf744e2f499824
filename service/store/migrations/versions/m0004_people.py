"""People, their sessions and keys, and failed attempts at their passwords."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the five tables."""
    _make_people()
    _make_sessions()
    _make_api_keys()
    _make_password_links()
    op.create_table(
        "failures",
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("latest", _moment(), nullable=False),
        sa.Column("until", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_failures"),
    )


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)


def _belongs(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person"], ["people.key"], name=f"fk_{table}_person", ondelete="CASCADE"
    )


def _make_people() -> None:
    op.create_table(
        "people",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("email", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created", _moment(), nullable=False),
        sa.Column("disabled", _moment()),
        sa.PrimaryKeyConstraint("key", name="pk_people"),
        sa.UniqueConstraint("id", name="uq_people_id"),
        sa.UniqueConstraint("folded", name="uq_people_folded"),
        sa.UniqueConstraint("email", name="uq_people_email"),
        sa.UniqueConstraint("subject", name="uq_people_subject"),
        sqlite_autoincrement=True,
    )


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("created", _moment(), nullable=False),
        sa.Column("seen", _moment(), nullable=False),
        sa.Column("ends", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_sessions"),
        _belongs("sessions"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"])


def _make_api_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("key", KEY, nullable=False),
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created", _moment(), nullable=False),
        sa.Column("expires", _moment()),
        sa.Column("used", _moment()),
        sa.Column("revoked", _moment()),
        sa.PrimaryKeyConstraint("key", name="pk_api_keys"),
        sa.UniqueConstraint("id", name="uq_api_keys_id"),
        sa.UniqueConstraint("sha256", name="uq_api_keys_sha256"),
        _belongs("api_keys"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_api_keys_person", "api_keys", ["person"])


def _make_password_links() -> None:
    op.create_table(
        "password_links",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("person", KEY, nullable=False),
        sa.Column("ends", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_password_links"),
        sa.UniqueConstraint("person", name="uq_password_links_person"),
        _belongs("password_links"),
    )
