"""Indexes that find the orders that are no LSRs by their family, and count a partner's orders by state."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NO_LSR = sa.text("family <> 'lsr'")


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_orders_family", "orders", ["family", "id"], postgresql_where=NO_LSR, sqlite_where=NO_LSR)
    op.create_index("ix_orders_partner_id_state_id_family", "orders", ["partner_id", "state", "id", "family"])
