"""An index that finds the deliveries that were given up."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

PARKED = sa.text("state = 'parked'")


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_webhook_deliveries_parked",
        "webhook_deliveries",
        ["partner_id", "cursor"],
        postgresql_where=PARKED,
        sqlite_where=PARKED,
    )
