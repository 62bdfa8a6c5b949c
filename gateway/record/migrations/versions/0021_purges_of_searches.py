"""Purges take searches for loop make-up too: they name the address and the number of an end user.

All else that the migration `purges` says holds on: closed, old, without clocks that will fire or unsettled work.
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MAY_BE_PURGED = """
    EXISTS (SELECT 1 FROM orders o
            WHERE o.id = NEW.subject AND (o.family IN ('lsr', 'asr') OR o.product = 'loop-search')
            AND o.state IN ('COMPLETED', 'BILLED', 'CANCELLED', 'REJECTED'))
    AND NOT EXISTS (SELECT 1 FROM clocks c WHERE c.order_id = NEW.subject AND c.next_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.order_id = NEW.subject AND w.state <> 'settled')
    AND NOT EXISTS (SELECT 1 FROM events e
                    WHERE e.order_id = NEW.subject AND e.type <> 'order.purged' AND e.at >= NEW.before)
"""
REFUSED = f"NEW.done_at IS NOT NULL OR (NEW.kind = 'order' AND NOT ({MAY_BE_PURGED}))"
TEXT = "purges take closed orders that are old, and nothing else"


def upgrade() -> None:
    """Have the guard of new purges let searches through."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"""
            CREATE OR REPLACE FUNCTION refuse_purges_of_closed_orders() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF {REFUSED} THEN
                    RAISE EXCEPTION '{TEXT}' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
        )
        return
    op.execute("DROP TRIGGER purges_of_closed_orders")
    op.execute(
        f"CREATE TRIGGER purges_of_closed_orders BEFORE INSERT ON purges WHEN {REFUSED} "
        f"BEGIN SELECT RAISE(ABORT, '{TEXT}'); END"
    )
