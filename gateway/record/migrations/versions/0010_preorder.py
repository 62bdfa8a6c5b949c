"""Holds of numbers and appointments, and what pre-order queries leave behind."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")

APPEND_ONLY = ("preorder_log", "authorizations", "customer_views")


def upgrade() -> None:
    """Make the tables."""
    _holds()
    _what_was_asked()
    _who_may_see()
    _rechecks()
    for table in APPEND_ONLY:
        _append_only(table)


def _holds() -> None:
    op.create_table(
        "holds",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("pon", sa.Text(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("released_at", INSTANT),
        sa.Column("used_by", sa.Text()),
        sa.PrimaryKeyConstraint("kind", "thing", name="pk_holds"),
        sa.UniqueConstraint("id", name="uq_holds_id"),
    )
    op.create_index("ix_holds_partner_id_pon", "holds", ["partner_id", "pon"])
    unused = sa.text("released_at IS NULL AND used_by IS NULL")
    op.create_index("ix_holds_until", "holds", ["until"], postgresql_where=unused, sqlite_where=unused)


def _what_was_asked() -> None:
    op.create_table(
        "preorder_log",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("measure", sa.Integer()),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("age_seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_preorder_log"),
    )
    op.create_index("ix_preorder_log_at", "preorder_log", ["at"])


def _who_may_see() -> None:
    op.create_table(
        "authorizations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("wtn", sa.Text(), nullable=False),
        sa.Column("authnm", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_authorizations"),
    )
    op.create_index("ix_authorizations_partner_id_wtn", "authorizations", ["partner_id", "wtn"])
    op.create_table(
        "customer_views",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("credential_id", sa.Text(), nullable=False),
        sa.Column("wtn", sa.Text(), nullable=False),
        sa.Column("authorization_id", sa.Text(), nullable=False),
        sa.Column("found", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_customer_views"),
    )
    op.create_index("ix_customer_views_wtn", "customer_views", ["wtn"])


def _rechecks() -> None:
    op.create_table(
        "rechecks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_rechecks"),
    )
    waiting = sa.text("next_at IS NOT NULL")
    op.create_index("ix_rechecks_next_at", "rechecks", ["next_at"], postgresql_where=waiting, sqlite_where=waiting)


def _append_only(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
