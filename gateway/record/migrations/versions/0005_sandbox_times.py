"""Where the clocks of a test environment's partners stand."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sandbox_times",
        sa.Column("partner_id", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_sandbox_times_partner_id"),
        sa.PrimaryKeyConstraint("partner_id", name="pk_sandbox_times"),
    )
