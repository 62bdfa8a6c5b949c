"""Purges of personal data, and the one way in which they may rewrite what is append-only.

Why that is safe. What was received and what has happened is still refused any change, but for the columns below, and
only while a row of `purges` for that very order is not done. Such a row can be written only for a closed order without
clocks that will fire or unsettled work, to which nothing has happened since the instant it names; it cannot be taken
back, and once it is done it opens nothing any more. Ids, natural keys, digests, instants, types, sections, outcomes and
idempotency keys cannot be changed by anything, so the log keeps its order, the same bytes get the same answer, and
measures are reckoned from what they were. Rows of submissions and events can still not be deleted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

INSTANT = sa.Text().with_variant(sa.TIMESTAMP(timezone=True), "postgresql")
OF_ORDER = "p.kind = 'order' AND p.subject = OLD.order_id"

# By table: the columns that stand for ever, and which purge opens the way to the others.
GUARDED = {
    "submissions": (
        (
            *("id", "partner_id", "family", "pon", "ver", "digest", "received_at", "order_id", "outcome"),
            "idempotency_key",
        ),
        OF_ORDER,
    ),
    "events": (("id", "order_id", "partner_id", "type", "at", "section", "seq"), OF_ORDER),
    "customer_views": (
        ("id", "at", "partner_id", "credential_id", "authorization_id", "found"),
        "p.kind = 'customer_views' AND OLD.at < p.before",
    ),
    "authorizations": (
        ("id", "partner_id", "dated", "until", "recorded_at", "recorded_by"),
        "p.kind = 'authorizations' AND OLD.recorded_at < p.before",
    ),
}
EMPTIED = {"customer_views": ("wtn",), "authorizations": ("wtn", "authnm")}

MAY_BE_PURGED = """
    EXISTS (SELECT 1 FROM orders o
            WHERE o.id = NEW.subject AND o.family IN ('lsr', 'asr')
            AND o.state IN ('COMPLETED', 'BILLED', 'CANCELLED', 'REJECTED'))
    AND NOT EXISTS (SELECT 1 FROM clocks c WHERE c.order_id = NEW.subject AND c.next_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.order_id = NEW.subject AND w.state <> 'settled')
    AND NOT EXISTS (SELECT 1 FROM events e
                    WHERE e.order_id = NEW.subject AND e.type <> 'order.purged' AND e.at >= NEW.before)
"""
PURGE_STANDS = ("id", "kind", "subject", "before", "at", "through_seq")


def upgrade() -> None:
    """Make the table, and let purges through."""
    op.create_table(
        "purges",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", INSTANT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("through_seq", sa.BigInteger(), nullable=False),
        sa.Column("done_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_purges"),
    )
    op.create_index("ix_purges_subject_kind", "purges", ["subject", "kind"])
    if op.get_bind().dialect.name == "postgresql":
        _on_postgresql()
    else:
        _on_sqlite()


def _opened(table: str) -> str:
    """Say in SQL that a change of a row of `table` is what an open purge does."""
    _, purge = GUARDED[table]
    emptied = "".join(f" AND NEW.{name} = ''" for name in EMPTIED.get(table, ()))
    return f"EXISTS (SELECT 1 FROM purges p WHERE p.done_at IS NULL AND {purge}){emptied}"  # noqa: S608 - of the table above


def _changed(columns: tuple[str, ...], unequal: str) -> str:
    return " OR ".join(f"NEW.{name} {unequal} OLD.{name}" for name in columns)


def _on_postgresql() -> None:
    unequal = "IS DISTINCT FROM"
    for table, (stands, _) in GUARDED.items():
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        _guard(table, f"({_changed(stands, unequal)}) OR NOT ({_opened(table)})", f"{table} is append-only")
    _guard("purges", f"OLD.done_at IS NOT NULL OR {_changed(PURGE_STANDS, unequal)}", "purges is append-only")
    _guard(
        "purges",
        f"NEW.done_at IS NOT NULL OR (NEW.kind = 'order' AND NOT ({MAY_BE_PURGED}))",
        "purges take closed orders that are old, and nothing else",
        "INSERT",
    )
    op.execute(
        "CREATE TRIGGER purges_append_only BEFORE DELETE OR TRUNCATE ON purges "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _guard(table: str, refused: str, text: str, change: str = "UPDATE") -> None:
    name = f"{table}_{'purged_only' if change == 'UPDATE' else 'of_closed_orders'}"
    op.execute(
        f"""
        CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {refused} THEN
                RAISE EXCEPTION '{text}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_{name}()")


def _on_sqlite() -> None:
    for table, (stands, _) in GUARDED.items():
        op.execute(f"DROP TRIGGER {table}_no_update")
        _refuse(
            f"{table}_purged_only",
            f"UPDATE ON {table}",
            f"({_changed(stands, 'IS NOT')}) OR NOT ({_opened(table)})",
            f"{table} is append-only",
        )
    _refuse(
        "purges_purged_only",
        "UPDATE ON purges",
        f"OLD.done_at IS NOT NULL OR {_changed(PURGE_STANDS, 'IS NOT')}",
        "purges is append-only",
    )
    _refuse("purges_no_delete", "DELETE ON purges", "1", "purges is append-only")
    _refuse(
        "purges_of_closed_orders",
        "INSERT ON purges",
        f"NEW.done_at IS NOT NULL OR (NEW.kind = 'order' AND NOT ({MAY_BE_PURGED}))",
        "purges take closed orders that are old, and nothing else",
    )


def _refuse(name: str, change: str, refused: str, text: str) -> None:
    op.execute(f"CREATE TRIGGER {name} BEFORE {change} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{text}'); END")
