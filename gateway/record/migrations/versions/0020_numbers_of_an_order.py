"""An index that finds the telephone numbers of an order, which a purge takes away."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_order_numbers_order_id", "order_numbers", ["order_id"])
