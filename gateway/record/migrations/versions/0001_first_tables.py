"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What has happened and what was received is never changed; the database itself refuses to.
APPEND_ONLY = ("events", "submissions")


def upgrade() -> None:
    """Make the tables."""
    _partners()
    _orders()
    _what_happened()
    _what_is_due()
    if op.get_bind().dialect.name == "postgresql":
        _append_only_on_postgresql()
    else:
        _append_only_on_sqlite()


def _where(condition: sa.TextClause) -> dict[str, Any]:
    return {"postgresql_where": condition, "sqlite_where": condition}


def _append_only_on_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
        """,
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _append_only_on_sqlite() -> None:
    for table in APPEND_ONLY:
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _partners() -> None:
    op.create_table(
        "partners",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Text(), nullable=False),
        sa.Column("codes", JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partners"),
    )
    op.create_table(
        "credentials",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text()),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT),
        sa.Column("revoked_at", INSTANT),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_credentials_partner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_credentials"),
        sa.UniqueConstraint("key_hash", name="uq_credentials_key_hash"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("agreement_id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("pon", sa.Text(), nullable=False),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("application_at", INSTANT),
        sa.Column("desired_due_date", sa.Date()),
        sa.Column("due_date", sa.Date()),
        sa.Column("original_due_date", sa.Date()),
        sa.Column("submission_id", sa.Text(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.UniqueConstraint("pon", "partner_id", "family", name="uq_orders_pon_partner_id_family"),
    )
    op.create_index("ix_orders_partner_id_id", "orders", ["partner_id", "id"])
    op.create_table(
        "submissions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("pon", sa.Text(), nullable=False),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("findings", JSON, nullable=False),
        sa.Column("acknowledgement", JSON, nullable=False),
        sa.Column("idempotency_key", sa.Text()),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_submissions_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("pon", "partner_id", "family", "ver", name="uq_submissions_pon_partner_id_family_ver"),
    )
    op.create_index(
        "ix_submissions_idempotency_key",
        "submissions",
        ["partner_id", "idempotency_key"],
        unique=True,
        **_where(sa.text("idempotency_key IS NOT NULL")),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_decisions_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )


def _what_happened() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("seq", NUMBER, sa.Identity(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_events_order_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_order_id_seq", "events", ["order_id", "seq"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("acknowledged_at", INSTANT),
        sa.Column("cursor", NUMBER, sa.Identity(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_notices_order_id"),
        sa.PrimaryKeyConstraint("cursor", name="pk_notices"),
        sa.UniqueConstraint("id", name="uq_notices_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_notices_order_id", "notices", ["order_id"])
    op.create_index("ix_notices_partner_id_cursor", "notices", ["partner_id", "cursor"])
    op.create_index(
        "ix_notices_unacknowledged", "notices", ["partner_id", "cursor"], **_where(sa.text("acknowledged_at IS NULL"))
    )


def _what_is_due() -> None:
    op.create_table(
        "clocks",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("clock", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("owed_by", sa.Text(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("breached_at", INSTANT),
        sa.Column("stopped_at", INSTANT),
        sa.Column("stopped_by", sa.Text()),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_clocks_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_clocks"),
    )
    op.create_index("ix_clocks_next_at", "clocks", ["next_at"], **_where(sa.text("next_at IS NOT NULL")))
    op.create_index("ix_clocks_order_id", "clocks", ["order_id"])
    op.create_index("ix_clocks_ran_out", "clocks", ["due_at"], **_where(sa.text("next_at IS NULL AND state = 'open'")))
    op.create_table(
        "outbox",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("ver", sa.Text(), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("entry_id", sa.Text()),
        sa.Column("sends", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("seq", NUMBER, sa.Identity(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_outbox_order_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_unsettled", "outbox", ["state", "seq"], **_where(sa.text("state != 'settled'")))
    op.create_index("ix_outbox_unsettled_order", "outbox", ["order_id"], **_where(sa.text("state != 'settled'")))
