"""Places at a Premises: queues of applications, of denied requests, options, reservations and forecasts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
OBJECT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "premises_places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("premises", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("rank_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("until", INSTANT),
        sa.Column("facts", OBJECT, nullable=False),
        sa.ForeignKeyConstraint(["id"], ["orders.id"], name="fk_premises_places_id"),
        sa.PrimaryKeyConstraint("id", name="pk_premises_places"),
    )
    op.create_index("ix_premises_places_premises", "premises_places", ["premises"])
    op.create_index("ix_premises_places_partner_id", "premises_places", ["partner_id"])
