"""The registers: entries of operators, which are entered and withdrawn, and never changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_SAID = (
    "id",
    "register",
    "partner_id",
    "key",
    "data",
    "section",
    "valid_from",
    "valid_until",
    "entered_by",
    "entered_at",
)


def upgrade() -> None:
    """Make the table, and have the database refuse any change but a withdrawal."""
    op.create_table(
        "register_entries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Text()),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("data", JSON, nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date()),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT),
        sa.Column("withdrawn_by", sa.Text()),
        sa.Column("withdrawn_because", sa.Text()),
        sa.ForeignKeyConstraint(["partner_id"], ["partners.id"], name="fk_register_entries_partner_id"),
        sa.PrimaryKeyConstraint("id", name="pk_register_entries"),
    )
    op.create_index("ix_register_entries_register_id", "register_entries", ["register", "id"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_on_postgresql()
    else:
        _guard_on_sqlite()


def _guard_on_postgresql() -> None:
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _SAID)
    op.execute(
        f"""
        CREATE FUNCTION refuse_register_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR OLD.withdrawn_at IS NOT NULL OR {changed} THEN
                RAISE EXCEPTION 'register_entries are withdrawn, not changed' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
    )
    op.execute(
        "CREATE TRIGGER register_entries_stand BEFORE UPDATE OR DELETE ON register_entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_register_change()"
    )


def _guard_on_sqlite() -> None:
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _SAID)
    refuse = "BEGIN SELECT RAISE(ABORT, 'register_entries are withdrawn, not changed'); END"
    op.execute(
        "CREATE TRIGGER register_entries_stand BEFORE UPDATE ON register_entries "
        f"WHEN OLD.withdrawn_at IS NOT NULL OR {changed} {refuse}"
    )
    op.execute(f"CREATE TRIGGER register_entries_stay BEFORE DELETE ON register_entries {refuse}")
