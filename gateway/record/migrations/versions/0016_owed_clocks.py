"""An index that finds what is owed to a partner and by it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_clocks_owed",
        "clocks",
        ["partner_id", "owed_by", "due_at"],
        postgresql_where=OPEN,
        sqlite_where=OPEN,
    )
