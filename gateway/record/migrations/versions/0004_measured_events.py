"""An index that finds the orders of a month's performance report."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MEASURED = sa.text("type IN ('order.confirmed', 'order.rejected', 'order.completed', 'order.cancelled')")


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_events_measured", "events", ["at", "order_id"], postgresql_where=MEASURED, sqlite_where=MEASURED
    )
