"""Webhooks."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
WAITING = sa.text("state = 'waiting'")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    """Make the tables of endpoints, progress, deliveries and attempts."""
    _endpoints()
    _deliveries()


def _endpoints() -> None:
    op.create_table(
        "webhook_endpoints",
        _text("id"),
        _text("url"),
        _whole("generation"),
        sa.Column("rotated_at", INSTANT),
        _whole("revision"),
        _whole("from_cursor"),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_endpoints"),
    )
    op.create_table(
        "webhook_progress",
        _text("id"),
        _whole("cursor"),
        _whole("failures"),
        sa.Column("failing_since", INSTANT),
        sa.Column("retry_at", INSTANT),
        sa.Column("disabled_revision", sa.BigInteger()),
        _text("reason"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_progress"),
    )


def _deliveries() -> None:
    op.create_table(
        "webhook_deliveries",
        _text("id"),
        _text("partner_id"),
        _text("order_id"),
        _whole("cursor"),
        _text("state"),
        _whole("attempts"),
        sa.Column("first_at", INSTANT),
        sa.Column("next_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_deliveries"),
    )
    op.create_index("ix_webhook_deliveries_partner_id_cursor", "webhook_deliveries", ["partner_id", "cursor"])
    op.create_index(
        "ix_webhook_deliveries_waiting",
        "webhook_deliveries",
        ["partner_id", "order_id", "cursor"],
        postgresql_where=WAITING,
        sqlite_where=WAITING,
    )
    op.create_table(
        "webhook_attempts",
        _text("id"),
        _text("notice_id"),
        _text("partner_id"),
        sa.Column("at", INSTANT, nullable=False),
        _text("url"),
        sa.Column("status", sa.BigInteger()),
        sa.Column("error", sa.Text()),
        _whole("milliseconds"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_attempts"),
    )
    op.create_index("ix_webhook_attempts_notice_id", "webhook_attempts", ["notice_id"])
