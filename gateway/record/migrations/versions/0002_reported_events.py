"""An index that finds what the daily reports list."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REPORTED = sa.text("type IN ('order.completed', 'service.lost')")


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_events_reported", "events", ["partner_id", "at"], postgresql_where=REPORTED, sqlite_where=REPORTED
    )
