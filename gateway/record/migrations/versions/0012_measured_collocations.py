"""The index of a month's performance report finds collocations too."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MEASURED = sa.text(
    "type IN ('order.confirmed', 'order.rejected', 'order.completed', 'order.cancelled', "
    "'order.ready', 'order.cancellation-accepted', 'order.parent-cancelled', 'order.quotation-expired')"
)


def upgrade() -> None:
    """Make the index anew."""
    op.drop_index("ix_events_measured", "events")
    op.create_index(
        "ix_events_measured", "events", ["at", "order_id"], postgresql_where=MEASURED, sqlite_where=MEASURED
    )
