"""Claims of orders by people, and the open orders by family and state."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
OPEN = sa.text("family = 'collocation' OR state NOT IN ('REJECTED', 'BILLED', 'CANCELLED')")


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "order_claims",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("order_id", name="pk_order_claims"),
    )
    op.create_index("ix_order_claims_person_id", "order_claims", ["person_id"])
    op.create_index("ix_order_claims_until", "order_claims", ["until"])
    op.create_index("ix_orders_open", "orders", ["family", "state", "id"], postgresql_where=OPEN, sqlite_where=OPEN)
