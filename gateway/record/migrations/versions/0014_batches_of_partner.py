"""An index by which a partner's batches are listed."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_batches_partner_id_received_at", "batches", ["partner_id", "received_at"])
